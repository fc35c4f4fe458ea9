"""The settings take effect at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from wufei_cells.services import browsing


@pytest.fixture
def settings(window, open_window):
    """The page."""
    page = window.main.show_room("settings")
    open_window.settle(window)
    return page


def test_another_person_signs_what_follows(settings, window, open_window, register, qtbot):
    assert settings.person_edit.text() == "张评估"
    settings.person_edit.setText("  王   小明 ")
    qtbot.keyClick(settings.person_edit, Qt.Key.Key_Return)
    open_window.settle(window)
    assert window.main.header.person_button.text().startswith("王 小明")
    sites = window.main.show_room("sites")
    open_window.settle(window)
    sites.show_site(register.sites[0].id)
    open_window.settle(window)
    sites.take_step()
    open_window.settle(window)
    workspace = register.opened()
    assert browsing.list_assessments(workspace)[0].assessors == ("王 小明",)
    workspace.close()


def test_nobody_is_no_name(settings, window, open_window, qtbot):
    settings.person_edit.setText("   ")
    qtbot.keyClick(settings.person_edit, Qt.Key.Key_Return)
    open_window.settle(window)
    assert settings.person_problem.isVisible()
    assert window.context.desk.workspace.person.name == "张评估"


@pytest.mark.parametrize("size", [13, 18])
def test_the_size_of_type_reaches_every_corner(settings, window, open_window, size):
    settings.type_buttons[str(size)].click()
    assert window.main.header.search_button.font().pixelSize() == size
    assert window.main.sidebar.buttons[0].fontMetrics().height() >= size
    sites = window.main.show_room("sites")
    open_window.settle(window)
    assert sites.table.rowHeight(0) >= size * 2
    assert sites.table.font().pixelSize() == size


def test_dark_is_dark_everywhere(settings, window, open_window):
    settings.scheme_buttons["dark"].click()
    for room in ("overview", "sites", "settings"):
        page = window.main.show_room(room)
        open_window.settle(window)
        image = page.grab().toImage()
        light = sum(image.pixelColor(x, 3).lightness() for x in range(0, image.width(), 7)) / (image.width() / 7)
        assert light < 60, room
    settings.scheme_buttons["light"].click()
    image = window.main.page("settings").grab().toImage()
    assert image.pixelColor(2, 2).lightness() > 200


def test_where_the_data_is_can_be_read_and_copied(settings, register):
    assert settings.folder_label.text() == str(register.folder)
    assert settings.folder_label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_about_names_versions_and_licenses(settings):
    about = settings.about_label.text()
    for word in ("Apache-2.0", "SIL", "Lucide", "PySide6-Essentials 6.", "SQLAlchemy 2.", "reportlab 5."):
        assert word in about


@pytest.fixture
def empty(open_window, register):
    """The page of a register without sites."""
    window = open_window(register)
    page = window.main.show_room("settings")
    open_window.settle(window)
    return window, page.city_choice


def test_another_city_takes_over_an_empty_register_everywhere(empty, open_window):
    window, choice = empty
    assert [choice.city_box.itemText(at) for at in range(choice.city_box.count())] == ["焦作市", "洛阳市"]
    assert choice.city_box.currentData() == "jiaozuo"
    assert not choice.use_button.isEnabled()
    choice.city_box.setCurrentIndex(1)
    choice.use_button.click()
    open_window.settle(window)
    assert choice.city_box.currentData() == "luoyang"
    assert not choice.use_button.isEnabled()
    sites = window.main.show_room("sites")
    open_window.settle(window)
    box = sites.filter_bar.category_box
    assert [box.itemData(at) for at in range(1, 4)] == ["office", "procurement", "hotel"]
    assert sites.filter_bar.district_box.findData("luolong") > 0
    assert sites.filter_bar.district_box.findData("wen") < 0


def test_a_register_with_sites_says_why_it_stays_with_its_city(settings, window, open_window):
    choice = settings.city_choice
    choice.city_box.setCurrentIndex(choice.city_box.findData("luoyang"))
    choice.use_button.click()
    open_window.settle(window)
    assert window.context.desk.browsing.profile(window.context.desk.workspace).key == "jiaozuo"
    assert "不同城市请分开建数据库" in window.main.notice_bar.text_label.text()
    assert choice.use_button.isEnabled()

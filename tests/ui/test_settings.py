"""The settings take effect at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from ui.dialogs.office_key_dialog import OfficeKeyDialog, grouped
from ui.dialogs.openers import OPENERS, open_dialog
from ui.dialogs.passphrase_dialog import PassphraseDialog, Purpose
from ui.dialogs.process_dialog import ORDER, process_lines
from ui.dialogs.roles_dialog import RolesDialog
from ui.dialogs.save_dialog import SaveDialog
from ui.models.passphrase_strength import Strength, strength_of
from ui.models.window_commands import CERTIFICATES, DIALOGS
from ui.widgets.settings_office import ROWS
from wufei_cells import shipped
from wufei_cells.domain.lifecycle import Role
from wufei_cells.domain.process import Process
from wufei_cells.domain.text import LANGUAGES
from wufei_cells.services import assessing, browsing, office_keys, roles
from wufei_cells.signing.key_file import SHORTEST_PASSPHRASE


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
    row = assessing.start_assessment(window.context.desk.workspace, register.sites[0].id)
    assert row.assessors == ("王 小明",)


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
    program = settings.program
    about = f"{program.version_label.text()} {program.about_label.text()}".replace("\N{NO-BREAK SPACE}", " ")
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


# --- how the office is set up


def test_roles_begin_with_the_office_and_each_tick_is_written(settings, window, open_window, register, qtbot):
    settings.office.open_buttons["roles"].click()
    open_window.settle(window)
    dialog = settings.findChild(RolesDialog)
    assert "人人都可以" in dialog.state_label.text()
    mine = dialog.boxes["张评估", Role.OFFICE]
    assert mine.isVisible()
    assert not dialog.boxes["张评估", Role.ASSESSOR].isVisible()
    qtbot.keyClick(mine, Qt.Key.Key_Space)
    open_window.settle(window)
    dialog.name_edit.setText(" 王  小明 ")
    qtbot.keyClick(dialog.name_edit, Qt.Key.Key_Return)
    dialog.boxes["王 小明", Role.ASSESSOR].click()
    open_window.settle(window)
    mine.click()
    open_window.settle(window)
    assert mine.isChecked()
    assert "最后一个市级办理人" in dialog.problem.text()
    workspace = register.opened()
    held = {role: [person.name for person in people] for role, people in roles.holders(workspace).items()}
    workspace.close()
    assert held == {Role.OFFICE: ["张评估"], Role.ASSESSOR: ["王 小明"]}
    dialog.reject()
    open_window.settle(window)
    assert "市级办理人 1 人" in settings.office.summaries["roles"].text()


def test_who_is_not_of_the_office_reads_the_roles_only(open_window, register):
    workspace = register.opened()
    roles.grant(workspace, "周主任", Role.OFFICE)
    workspace.close()
    window = open_window(register)
    dialog = open_dialog("roles", window.context, window.main)
    open_window.settle(window)
    assert "周主任" in dialog.state_label.text()
    assert not any(box.isEnabled() for box in dialog.boxes.values())
    assert not dialog.name_edit.isEnabled()


def test_the_process_of_the_city_is_told_in_its_own_numbers(register, i18n):
    workspace = register.opened()
    profile = browsing.profile(workspace)
    workspace.close()
    said = dict(process_lines(profile, i18n))
    assert str(profile.process.notice_days) in said["公示"]
    assert str(profile.process.bar_years) in said["撤销以后"]
    assert str(profile.validity_years) in said["证书有效期"]
    plain = dict(process_lines(replace(profile, process=Process()), i18n))
    assert plain["公示"] == "不公示"
    assert set(plain) == set(said)


def test_every_sentence_that_is_put_together_is_worded():
    flags = ("application", "first_review", "four_eyes", "findings_block", "naming")
    made = [f"settings.process.{name}" for name in ORDER]
    made += [f"settings.process.{flag}_{answer}" for flag in flags for answer in ("yes", "no")]
    made += [f"settings.roles.{role.value}{part}" for role in Role for part in ("", "_work")]
    made += [f"settings.office_keys.strength_{strength.value}" for strength in Strength]
    made += [f"settings.office_keys.{one.value}{part}" for one in Purpose for part in ("", "_text", "_button")]
    made += [f"settings.{name}.{part}" for name in ROWS for part in ("title", "open_dialog")]
    made += [f"settings.template.language_{language}" for language in LANGUAGES]
    made += [title for _icon, title in (*DIALOGS.values(), *CERTIFICATES.values())]
    catalogue = shipped.wording_catalogue()
    assert [key for key in made if key not in catalogue] == []
    assert set(DIALOGS) < set(OPENERS)


@pytest.mark.parametrize(
    ("passphrase", "strength"),
    [
        ("", Strength.NONE),
        ("a" * (SHORTEST_PASSPHRASE - 1), Strength.SHORT),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("123456789012", Strength.WEAK),
        ("kettle mosaic 27", Strength.FAIR),
        ("kettle mosaic 27 bridge", Strength.GOOD),
        ("山药铁棍太极拳云台", Strength.GOOD),
    ],
)
def test_a_passphrase_is_as_strong_as_it_is_hard_to_guess(passphrase, strength):
    assert strength_of(passphrase) is strength


def type_in(qtbot, dialog, **texts):
    """Type passphrases into the fields, as a person does."""
    for name, text in texts.items():
        edit = getattr(dialog, f"{name}_edit")
        edit.clear()
        qtbot.keyClicks(edit, text)


def test_a_key_is_made_backed_up_and_followed(settings, window, open_window, register, qtbot, tmp_path):
    old, new = "kettle mosaic 27 bridge", "window orchard 9 lamp"
    settings.office.open_buttons["office_keys"].click()
    open_window.settle(window)
    keys = settings.findChild(OfficeKeyDialog)
    keys.act_buttons["make"].click()
    asked = keys.findChild(PassphraseDialog)
    type_in(qtbot, asked, new=old, again="kettle mosaics")
    assert asked.problem.isVisible()
    assert not asked.go_button.isEnabled()
    type_in(qtbot, asked, again=old)
    forgotten = []
    asked.finished.connect(lambda _result: forgotten.append((asked.new_edit.text(), asked.again_edit.text())))
    qtbot.keyClick(asked.again_edit, Qt.Key.Key_Return)
    open_window.settle(window)
    assert forgotten == [("", "")]
    saving = keys.findChild(SaveDialog)
    saving.path_chosen.emit(tmp_path / "copy.pem")
    saving.reject()
    open_window.settle(window)
    workspace = register.opened()
    (row,) = office_keys.list_keys(workspace)
    workspace.close()
    kept = register.folder / office_keys.FOLDER / f"office-{row.id}.pem"
    assert (tmp_path / "copy.pem").read_bytes() == kept.read_bytes()
    assert grouped(row.id) in keys.state_label.text()
    keys.act_buttons["succeed"].click()
    asked = keys.findChildren(PassphraseDialog)[-1]
    type_in(qtbot, asked, old="wrong passphrase", new=new, again=new)
    asked.go_button.click()
    open_window.settle(window)
    assert "口令不对" in asked.problem.text()
    type_in(qtbot, asked, old=old)
    asked.go_button.click()
    open_window.settle(window)
    workspace = register.opened()
    first, second = office_keys.list_keys(workspace)
    workspace.close()
    assert (first.id, second.predecessor, second.present) == (row.id, row.id, True)
    for left in keys.findChildren(SaveDialog):
        left.reject()


def test_another_register_is_asked_for_by_its_folder(settings, window, tmp_path):
    wanted = []
    window.context.events.register_wanted.connect(wanted.append)
    settings.other_button.click()
    (dialog,) = settings.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    assert wanted == [tmp_path]
    dialog.close()

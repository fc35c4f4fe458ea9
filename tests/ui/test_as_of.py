"""A window on an earlier day says so as long as it is open, and refuses to write in its notice bar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QDate

from ui.app import Start, Window
from ui.dialogs.as_of_dialog import ask_for_day
from ui.models.register_opening import open_register
from wufei_cells import shipped
from wufei_cells.services import assessing, browsing, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace

FIRST = datetime.now(UTC) - timedelta(days=5)
DAY = (FIRST + timedelta(days=1)).astimezone().date()


@pytest.fixture
def past(qtbot, qapp, tmp_path):
    """A window on the day after a site was entered and its assessment begun; another site came later."""
    for moment, name in ((FIRST, "焦作市第一中学"), (FIRST + timedelta(days=3), "云台山景区")):
        folder, given = tmp_path / "data", shipped.shipped_criteria()
        workspace = open_workspace(folder, given, person="张评估", create_folder=True, clock=lambda at=moment: at)
        category, district = browsing.categories(workspace)[0].key, browsing.profile(workspace).districts[0].key
        row = registering.add_site(workspace, SiteDraft(name, category, district))
        assessing.start_assessment(workspace, row.id)
        workspace.close()
    settings, log = tmp_path / "window.ini", tmp_path / "window.log"
    window = Window(qapp, Start(folder, "zh", "张评估", settings_file=settings, log_file=log, as_of=DAY))
    qtbot.addWidget(window.main)
    window.main.show()
    qtbot.waitUntil(lambda: window.main.current_room == "overview", timeout=15_000)
    qtbot.waitUntil(lambda: window.context.tasks.idle, timeout=15_000)
    yield window
    window.close()
    qapp.setStyleSheet("")


def test_it_shows_the_day_and_only_the_day_and_refuses_to_write(past, qtbot):
    def settle():
        qtbot.waitUntil(lambda: past.context.tasks.idle, timeout=15_000)

    main = past.main
    assert main.windowTitle().endswith(f"{DAY.isoformat()}（只读）")
    sites = main.show_room("sites")
    settle()
    assert [sites.model.row_at(sites.model.index(row, 0)).name for row in range(sites.model.rowCount())] == [
        "焦作市第一中学"
    ]
    [assessment] = browsing.list_assessments(past.context.desk.workspace)
    main.show_assessment(assessment.id)
    settle()
    assert main.notice_bar.notice is None  # looking is no writing
    past.context.ask(main, lambda desk: desk.assessing.finish_assessment(desk.workspace, assessment.id), print)
    settle()
    assert main.notice_bar.notice is not None
    assert main.notice_bar.notice.text.startswith(f"这是 {DAY.isoformat()} 的登记库，只能看，不能改")
    for language, words in (("en", f"The register of {DAY}, read-only."), ("zh", f"{DAY} 的登记库，只读。")):
        past.context.i18n.set_language(language)
        assert main.banner.isVisible()
        assert main.banner.text_label.text().startswith(words)


def test_who_does_not_want_to_wait_for_it_has_the_window_closed(past, qtbot):
    task = open_register(past.context, past.main, print, print)
    task.cancel()
    qtbot.waitUntil(past.main.isHidden, timeout=15_000)


def test_a_day_is_asked_for_and_another_window_is_opened_at_it(window):
    assert not window.main.banner.isVisible()
    asked: list[date] = []
    for comes_up in (True, False):
        context = replace(window.context, open_past=lambda day, answer=comes_up: bool(asked.append(day)) or answer)
        dialog = ask_for_day(context, window.main)
        assert dialog.day_edit.maximumDate() == QDate.currentDate()
        dialog.day_edit.setDate(QDate(2026, 5, 1))
        dialog.open_button.click()
        assert (window.main.notice_bar.notice is None) == comes_up
    assert asked == [date(2026, 5, 1)] * 2


def test_the_board_of_the_day_is_shown_and_nothing_can_be_put_on_record(past):
    page = past.main.page("overview")
    assert page.standing.today == DAY
    assert page.standing.board.sites.count == 1
    assert page.head.day_edit.maximumDate() == QDate(DAY.year, DAY.month, DAY.day)
    for button in (page.pipeline.record_button, page.indicators.write_button):
        assert not button.isEnabled()
        assert DAY.isoformat() in button.toolTip()

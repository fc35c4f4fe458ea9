"""Targets, indicators, follow-ups, visits and the calendar in the window, as people use them."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.dialogs.agenda_dialog import AgendaDialog, day_before, period_of
from ui.dialogs.follow_up_dialog import FollowUpDialog, SettleDialog
from ui.dialogs.indicators_dialog import ValueDialog
from ui.dialogs.openers import open_dialog
from ui.dialogs.save_dialog import SaveDialog
from ui.dialogs.visit_dialog import CancelDialog, VisitDialog
from wufei_cells.domain.agenda import AgendaKind
from wufei_cells.services import following_up, indicating, targeting, visiting

END = date(2027, 12, 31)


def top(kind):
    """The dialog of a kind that is open, wherever it hangs."""
    return next((each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()), None)


@pytest.fixture
def posted(window):
    """What the notice bar said."""
    said = []
    window.context.notices.posted.connect(said.append)
    return said


@pytest.fixture
def open_it(window, open_window):
    """``open_it(name)``: open a dialog by its name, when it shows what it asks for."""

    def opened(name):
        dialog = open_dialog(name, window.context, window.main)
        open_window.settle(window)
        return dialog

    return opened


@pytest.fixture
def settle(window, open_window):
    return lambda: open_window.settle(window)


def in_register(register, service, *arguments, **named):
    """Ask a service beside the window."""
    workspace = register.opened()
    try:
        return service(workspace, *arguments, **named)
    finally:
        workspace.close()


# --- targets


def test_targets_are_typed_pasted_and_saved_as_one_step(open_it, settle, register, posted):
    dialog = open_it("targets")
    table, model = dialog.table, dialog.model
    assert dialog.day_box.currentData() == END
    assert model.index(0, 0).data() == "100"
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    QGuiApplication.clipboard().setText("30\t20\t15\nx\t3\t\n")
    table.setCurrentIndex(model.index(1, 0))
    table.paste()
    assert "1 格" in dialog.problem.text()
    assert [[model.index(row, column).data() for column in range(3)] for row in (1, 2)] == [
        ["30", "20", "15"],
        ["", "3", ""],
    ]
    assert "各县区加起来是 35 个" in dialog.notes_label.text()
    dialog.save_button.click()
    settle()
    found = {
        (row.target.category, row.target.district): row.target.count
        for row in in_register(register, targeting.in_force).rows
    }
    first, second = (plan.category for plan in dialog._form.profile.categories[:2])
    assert found == {(first, None): 30, (first, "jiefang"): 20, (first, "shanyang"): 15, (second, "jiefang"): 3}
    assert not dialog.save_button.isEnabled()
    posted[-1].undo()
    settle()
    assert in_register(register, targeting.in_force).rows == ()
    assert model.index(1, 0).data() == ""


def test_a_day_more_is_a_table_more_and_what_is_no_number_is_not_taken(open_it, settle, register):
    dialog = open_it("targets")
    dialog.day_edit.show_day(date(2026, 12, 31))
    dialog.day_button.click()
    assert dialog.day_box.currentData() == date(2026, 12, 31)
    model = dialog.model
    assert model.setData(model.index(0, 0), "40")  # the whole city on its way to the goal
    for wrong in ("-1", "1.5", "十", "9999999"):
        assert not model.setData(model.index(1, 1), wrong)
    dialog.table.setCurrentIndex(model.index(0, 0))
    dialog.table.copy()
    assert QGuiApplication.clipboard().text() == "40"
    dialog.save_button.click()
    settle()
    [row] = in_register(register, targeting.in_force).rows
    assert (row.target.by, row.target.count, row.target.category) == (date(2026, 12, 31), 40, None)
    assert dialog.day_box.count() == 2


# --- indicators


def test_a_value_is_recorded_with_its_source_put_right_and_taken_out(open_it, settle, register):
    dialog = open_it("indicators")
    assert dialog.model.rowCount() == 13
    dialog.table.selectRow(2)
    key = dialog.chosen.indicator.key
    dialog.new_button.click()
    form = top(ValueDialog)
    form.value_edit.setText("much")
    form.confirm()
    settle()
    assert form.isVisible()
    form.value_edit.setText("71")
    form.source_edit.setText("市统计局")
    form.preliminary_box.setChecked(True)
    form.year_edit.setValue(date.today().year)  # noqa: DTZ011 - the year of the window
    form.confirm()
    settle()
    assert dialog.chosen.indicator.key == key
    assert [cell.data() for cell in (dialog.model.index(2, 3), dialog.values.index(0, 1))] == ["达到", "71%（快报）"]
    dialog.edit_button.click()
    form = top(ValueDialog)
    assert (form.value_edit.text(), form.source_edit.text()) == ("71", "市统计局")
    form.value_edit.setText("60")
    form.preliminary_box.setChecked(False)
    form.confirm()
    settle()
    assert str(in_register(register, indicating.indicator, key).latest.value) == "60"
    dialog.remove_button.click()
    settle()
    assert dialog.values.rowCount() == 0


# --- follow-ups


def test_a_follow_up_is_recorded_from_the_site_and_settled_in_the_list(window, open_it, settle, register):
    page = window.main.show_room("sites")
    settle()
    page.show_site(register.sites[0].id)
    settle()
    page.detail.follow_up_button.click()
    settle()
    form = top(FollowUpDialog)
    assert form.level_box.currentText() == "工作提醒"
    form.confirm()
    settle()
    assert "督办什么事" in form._fields["text"][1].text()
    form.text_edit.setPlainText("请抓紧申报")
    form.confirm()
    settle()
    dialog = open_it("follow_ups")
    assert dialog.chosen.site_name == register.sites[0].name
    dialog.settle_button.click()
    closing = top(SettleDialog)
    closing.outcome_edit.setPlainText("已申报")
    closing.confirm()
    settle()
    assert dialog.chosen is None
    dialog.chips.buttons["all"].click()
    assert "已申报" in dialog.outcome_label.text()
    assert not dialog.settle_button.isEnabled()
    dialog.remove_button.click()
    settle()
    assert in_register(register, following_up.follow_ups) == ()


def test_a_county_is_followed_up_and_what_is_missing_is_said_beside_its_field(open_it, settle, register):
    dialog = open_it("follow_ups")
    dialog.new_button.click()
    settle()
    form = top(FollowUpDialog)
    form.text_edit.setPlainText("进度落后")
    form.confirm()
    settle()
    assert "请选督办谁" in form._fields["district"][1].text()
    form.district_box.setCurrentIndex(3)
    form.confirm()
    settle()
    assert dialog.about(dialog.chosen) == "中站区"


# --- visits and the calendar


def test_a_visit_is_planned_at_the_site_and_stands_in_the_calendar(window, open_it, settle, register, posted):
    page = window.main.show_room("sites")
    settle()
    page.show_site(register.sites[0].id)
    settle()
    for site, button in ((0, page.detail.visit_button), (1, None)):
        if button is not None:
            button.click()
        else:
            page.show_site(register.sites[site].id)
            settle()
            page.detail.visit_button.click()
        settle()
        form = top(VisitDialog)
        assert form.site_box.currentText() == register.sites[site].name
        assert form.people_edit.names == (register.person,)
        form.time_edit.box.setChecked(True)
        form.confirm()
        settle()
    assert "同一时间还要去" in posted[-1].text
    dialog = open_it("calendar")
    visits = [dialog.model.thing(dialog.model.index(row, 0)) for row in range(dialog.model.rowCount())]
    assert [entry.kind for entry in visits] == [AgendaKind.VISIT] * 2
    dialog.change_button.click()
    settle()
    form = top(VisitDialog)
    form.day_edit.setDate(form.day_edit.date().addDays(7))
    form.confirm()
    settle()
    assert dialog.model.rowCount() == 1, "the calendar went to the week of the visit"
    dialog.cancel_button.click()
    closing = top(CancelDialog)
    closing.reason_edit.setPlainText("停电")
    closing.confirm()
    settle()
    assert dialog.model.rowCount() == 0
    assert len(in_register(register, visiting.visits)) == 1
    posted[-1].undo()
    settle()
    assert dialog.model.rowCount() == 1


def test_the_calendar_is_narrowed_turned_and_written(open_it, settle, register, tmp_path):
    workspace = register.opened()
    today = workspace.today()
    targeting.set_target(workspace, 40, by=today)
    workspace.close()
    dialog = open_it("calendar")
    assert [dialog.model.thing(dialog.model.index(0, 0)).kind] == [AgendaKind.TARGET]
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData("visit"))
    settle()
    assert dialog.model.rowCount() == 0
    dialog.kind_box.setCurrentIndex(0)
    dialog.next_button.click()
    settle()
    assert dialog.period == (today + timedelta(days=7), today + timedelta(days=13))
    assert dialog.model.rowCount() == 0
    dialog.back_button.click()
    settle()
    assert dialog.period == (today, today + timedelta(days=6))
    dialog.today_button.click()
    dialog.chips.buttons["quarter"].click()
    settle()
    assert dialog.model.rowCount() >= 1
    for button, name in ((dialog.file_button, "日程.ics"), (dialog.print_button, "日程.pdf")):
        button.click()
        asked = top(SaveDialog)
        asked.fileSelected.emit(str(tmp_path / name))
        asked.close()
        settle()
    events = icalendar.Calendar.from_ical((tmp_path / "日程.ics").read_bytes()).walk("VEVENT")
    assert any("目标日" in event["summary"] for event in events)
    assert (tmp_path / "日程.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("period", ["week", "month", "quarter"])
def test_periods_follow_each_other_without_a_gap(period):
    first, last = period_of(date(2026, 1, 15), period)
    for _turn in range(40):
        assert first <= last
        following = period_of(last + timedelta(days=1), period)
        assert following[0] == last + timedelta(days=1)
        assert period_of(day_before(following[0], period), period) == (first, last)
        first, last = following


def test_a_week_shows_what_comes_even_on_a_sunday():
    assert period_of(date(2026, 1, 18), "week") == (date(2026, 1, 18), date(2026, 1, 24))


@pytest.mark.parametrize("name", ["targets", "indicators", "follow_ups", "calendar"])
def test_every_word_is_there_in_both_languages(window, open_window, open_it, name):
    for language in ("en", "zh"):
        window.context.i18n.set_language(language)
        dialog = open_it(name)
        said = [dialog.windowTitle(), *(button.text() for button in dialog.buttons.buttons())]
        assert not [text for text in said if "steering." in text]
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        open_window.settle(window)
    assert top(AgendaDialog) is None

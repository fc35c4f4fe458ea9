"""One item over many sites: what is shown, what typing does to what is selected, and the way to a single site."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.desk.conftest import SITE, SMALL
from ui.context import Change
from ui.desk.across_model import AcrossModel, Column, Show
from ui.desk.across_view import AcrossView
from ui.desk.points_bars import bars_of
from wufei_cells import shipped
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import assessing, browsing, registering, steps
from wufei_cells.services.comparing_sites import across
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace

WAIT = 10_000
LEDGER = ("all", {"level": "some", "points": "4", "reason": "缺三月"}, "none", None)


class View:
    """The view in a window of its own, and the hands of a person."""

    def __init__(self, qtbot, window, folder, ids, edition):
        self.qtbot, self.context, self.folder, self.ids = qtbot, window.context, folder, ids
        self.edition = edition
        self.view = AcrossView(window.context)
        self.view.resize(1100, 640)
        with qtbot.waitActive(self.view):
            self.view.show()
            self.view.activateWindow()

    def open(self, key="A2"):
        self.view.show_item(self.edition, key)
        self.settle()
        self.view.table.setFocus()
        return self

    def settle(self):
        self.qtbot.waitUntil(lambda: self.context.tasks.idle, timeout=WAIT)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.context.tasks.idle, timeout=WAIT)

    @property
    def table(self):
        return self.view.table

    def column(self, column=Column.ANSWER):
        model = self.view.model
        return [model.index(line, column).data() for line in range(model.rowCount())]

    def select(self, *names):
        model, flags = self.view.model, QItemSelectionModel.SelectionFlag
        self.table.clearSelection()
        for line in range(model.rowCount()):
            if model.index(line, 0).data() in names:
                index = model.index(line, 0)
                self.table.selectionModel().setCurrentIndex(index, flags.Select | flags.Rows)

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.table, key, modifier)
        self.settle()

    def type(self, text):
        self.qtbot.keyClicks(self.table, text[0])
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.insert(text[1:])  # Chinese comes from an input method, not from keys
        self.qtbot.keyClick(editor, Qt.Key.Key_Return)
        self.settle()

    def stored(self, key="A2"):
        workspace = open_workspace(self.folder, shipped.shipped_criteria(), person="李旁人")
        try:
            return {row.site_name: row.answer for row in across(workspace, self.edition, key).rows}
        finally:
            workspace.close()


def fill_many(folder):
    """Fill a register with four sites under the small checklist, of which the last has answered nothing."""
    criteria = Criteria((("small.yaml", SMALL.read_bytes()),), shipped.shipped_criteria().profile)
    workspace = open_workspace(folder, criteria, person="张评估", create_folder=True)
    district = browsing.profile(workspace).districts[0].key
    ids = {}
    for name, level in zip("甲乙丙丁", LEDGER, strict=True):
        row = assessing.start_assessment(
            workspace, registering.add_site(workspace, SiteDraft(name, "office", district)).id
        )
        ids[name] = row.id
        if level:
            assessing.record_answer(workspace, row.id, "A2", Answer(level, note=f"{name}的说明"))
    workspace.close()
    return ids, row.edition


@pytest.fixture
def many(prepared, tmp_path):
    """Four sites under the small checklist, of which the last has answered nothing."""
    folder = tmp_path / "many"
    return folder, *prepared.copy(fill_many, folder)


@pytest.fixture
def view(qtbot, open_window, many):
    folder, ids, edition = many
    opened = View(qtbot, open_window(folder=folder), folder, ids, edition)
    yield opened
    opened.settle()
    opened.view.close()
    opened.view.deleteLater()  # gone before the application is undressed, which would lay it out once more
    QApplication.sendPostedEvents(opened.view, QEvent.Type.DeferredDelete)


# --- looking


def test_before_an_item_is_chosen_the_view_says_what_it_is_for(view):
    assert view.view.state.title
    assert not view.view.state.showing_content


def test_every_site_stands_with_its_answer_in_words_and_its_points(view):
    view.open()
    assert view.column(Column.SITE) == ["丁", "丙", "乙", "甲"]
    assert view.column(Column.POINTS) == ["0–8 / 8", "0 / 8", "4 / 8", "8 / 8"]
    assert view.column(Column.NOTE) == ["", "丙的说明", "乙的说明", "甲的说明"]
    assert "完整" in view.column()[3]
    assert view.column()[0] == "未答"
    assert view.view.head.number_label.text() == "A2"
    assert "满分 1" in view.view.head.counts_label.text()
    assert "扣分 2" in view.view.head.counts_label.text()
    assert view.view.head.bars.bars == [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]


def test_with_one_site_to_compare_no_middle_is_told_and_counts_need_no_plural(view):
    view.open("B1")
    view.select("甲")
    view.type("1")
    assert view.view.head.points_label.text() == "只有 1 家可比，4 分"
    assert "1 处" in view.column()
    view.context.i18n.set_language("en")
    view.view.retranslate()
    view.settle()
    assert view.view.head.points_label.text() == "only 1 site to compare, 4 points"
    assert "places: 1" in view.column()


def test_a_part_that_cannot_be_read_is_named_by_its_words(view):
    view.open("A4")
    view.select("甲")
    view.type("9")
    assert view.view.problem_label.text().startswith("有培训：")


def test_page_keys_go_from_item_to_item_and_stop_at_the_ends(view):
    view.open("G1")
    view.key(Qt.Key.Key_PageUp)
    assert view.view.item[1] == "G1"
    view.key(Qt.Key.Key_PageDown)
    assert view.view.item[1] == "A1"
    view.view.head.after_button.click()
    view.settle()
    assert view.view.head.number_label.text() == "A2"


def test_rows_are_sorted_by_points_and_filtered_by_kind_and_words(view):
    view.open()
    view.table.sortByColumn(Column.POINTS, Qt.SortOrder.DescendingOrder)
    assert view.column(Column.SITE) == ["甲", "乙", "丙", "丁"]
    view.view.chips[Show.DEDUCTED].click()
    assert view.column(Column.SITE) == ["乙", "丙"]
    view.view.search_edit.setText("丙的 说明")
    assert view.column(Column.SITE) == ["丙"]
    view.view.search_edit.setText("没有这样的")
    assert view.view.table_state.title
    view.view.table_state.action_button.click()
    assert len(view.column()) == 4


def test_enter_leads_to_the_item_of_that_site(view, qtbot):
    view.open()
    view.select("丙")
    with qtbot.waitSignal(view.view.assessment_requested) as asked:
        view.key(Qt.Key.Key_Return)
    assert asked.args == [view.ids["丙"], "A2"]


def test_who_is_strict_is_only_told_on_request(view):
    view.open()
    assert view.view.head.strict_label.isHidden()
    view.view.head.strict_button.click()
    assert "5" in view.view.head.strict_label.text()
    view.view.head.whole_button.click()
    view.settle()
    assert "全部条款" in view.view.head.strict_label.text()
    view.view.head.strict_button.click()
    assert view.view.head.strict_label.text() == ""


def test_the_rows_are_copied_as_a_table(view):
    view.open()
    view.select("甲", "乙")
    view.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines] == ["单位", "乙", "甲"]
    assert {len(line.split("\t")) for line in lines} == {len(Column)}


def test_everything_follows_the_language(view):
    view.open()
    view.context.i18n.set_language("en")
    view.settle()
    assert view.column()[0] == "open"
    assert view.view.chips[Show.ALL].text() == "All 4"
    assert "full marks 1" in view.view.head.counts_label.text()


def test_the_model_keeps_qts_rules(view, qtmodeltester):
    model = AcrossModel(view.context)
    tester = QAbstractItemModelTester(model)
    view.open()
    model.set_loaded(view.view.model.loaded)
    model.set_filter(Show.DEDUCTED, "")
    model.sort(Column.WHEN)
    qtmodeltester.check(model)
    assert tester.model() is model


def test_an_item_that_no_site_has_says_so_and_an_error_offers_to_try_again(view):
    view.open()
    workspace = open_workspace(view.folder, shipped.shipped_criteria(), person="李旁人")
    own = {entry.key for entry in browsing.checklist(workspace, view.edition).entries()}
    other = next(row for row in browsing.editions(workspace) if row.category == "office" and row.id != view.edition)
    first = next(entry.key for entry in browsing.checklist(workspace, other.id).entries() if entry.key not in own)
    workspace.close()
    view.view.show_item(other.id, first)
    view.settle()
    assert "没有可比的单位" in view.view.state.title
    view.view.show_item("no such category", "A2")
    view.settle()
    assert view.view.state.error is not None
    assert view.open().view.state.showing_content


# --- answering


def test_typing_answers_the_selected_sites_in_one_step(view):
    view.open()
    view.select("甲", "丙", "丁")
    view.type("2:3 缺两个月")
    values = {name: answer.value for name, answer in view.stored().items()}
    assert values["甲"] == values["丙"] == values["丁"] == {"level": "some", "points": "3", "reason": "缺两个月"}
    assert values["乙"]["points"] == "4"
    assert view.stored()["丙"].note == "丙的说明"
    assert view.column(Column.POINTS) == ["3 / 8", "3 / 8", "4 / 8", "3 / 8"]
    view.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert view.stored()["甲"].value == "all"
    assert view.stored()["丁"].value is None
    view.key(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert view.stored()["丁"].value["points"] == "3"


def test_delete_clears_and_u_takes_it_back(view):
    view.open()
    view.select("甲", "乙")
    view.key(Qt.Key.Key_Delete)
    assert [view.stored()[name].value for name in "甲乙丙"] == [None, None, "none"]
    assert view.stored()["甲"].note == "甲的说明"
    view.key(Qt.Key.Key_U)
    assert view.stored()["甲"].value == "all"


def test_what_cannot_be_read_is_said_below_and_nothing_is_written(view):
    view.open()
    view.select("甲", "乙")
    before = view.stored()
    view.type("9")
    assert view.view.problem_label.text()
    assert view.stored() == before
    view.type("2:7 太多")  # above what the level allows
    assert "甲" in view.view.problem_label.text()
    assert "乙" in view.view.problem_label.text()
    assert view.stored() == before
    assert "完整" in view.column()[3], "what was typed and refused is not shown as if it stood"
    view.type("1")
    assert view.view.problem_label.text() == ""
    assert view.stored()["乙"].value == "all"


def test_sites_that_are_closed_are_left_alone(view):
    view.open()
    view.view.show_item(view.edition, "A1")
    view.settle()
    workspace = open_workspace(view.folder, shipped.shipped_criteria(), person="李旁人")
    finish(workspace, view.ids["甲"])
    workspace.close()
    view.view.show_item(view.edition, "A2")
    view.settle()
    view.select("甲", "丙")
    view.type("1")
    assert "有 1 家不能改" in view.view.problem_label.text()
    assert view.stored()["丙"].value == "all"
    view.select("甲")
    view.key(Qt.Key.Key_Delete)
    assert view.stored()["甲"].value == "all"
    assert view.view.problem_label.text()


def test_a_site_that_was_closed_meanwhile_refuses_all_and_is_shown_as_it_stands(view):
    view.open()
    workspace = open_workspace(view.folder, shipped.shipped_criteria(), person="李旁人")
    finish(workspace, view.ids["甲"])
    workspace.close()
    view.select("甲", "丙")
    view.type("1")
    assert "甲" in view.view.problem_label.text()
    assert view.stored()["丙"].value == "none"
    assert view.column(Column.STAGE)[3] != view.column(Column.STAGE)[0]


def finish(workspace, assessment):
    """Close an assessment, whatever is missing in it, as a later program may have done."""
    with workspace.database.writing() as connection:
        state = {"stage": Stage.FINISHED.value, "facts": {}, "total": "0", "level": None, "passed": False, "basis": ""}
        steps.write_state(workspace, connection, assessment, state)


def test_an_answer_given_elsewhere_appears_at_once(view):
    view.open()
    workspace = open_workspace(view.folder, shipped.shipped_criteria(), person="李旁人")
    assessing.record_answer(workspace, view.ids["丁"], "A2", Answer("all"))
    workspace.close()
    view.select("丙")
    view.context.events.assessment_changed.emit(Change(view.ids["丁"]))
    QApplication.processEvents()
    view.qtbot.waitUntil(lambda: view.column(Column.POINTS)[0] == "8 / 8", timeout=WAIT)
    assert view.table.selected() == [view.ids["丙"]], "what was selected stays selected"


# --- inside the desk


def test_inside_the_desk_it_shows_the_item_of_the_desk_and_goes_back_to_it(desk, qtbot):
    view = AcrossView(desk.context, desk.page.session)
    qtbot.addWidget(view)
    view.show()
    view.show_key("A2")
    desk.settle()
    assert view.model.index(0, Column.SITE).data() == SITE
    with qtbot.waitSignal(view.entry_requested) as asked:
        view.table.row_opened.emit(view.model.index(0, 0))
    assert asked.args == ["A2"]
    view.show_key("")
    desk.settle()
    assert view.item[1] == "G1"
    desk.page.session.edit("A1", Answer("yes"), typing=False)
    desk.settle()
    view.show_key("A1")
    desk.settle()
    assert view.model.index(0, Column.POINTS).data() == "5 / 5"


# --- the small picture


def test_bars_count_every_site_once_and_full_marks_stand_alone():
    points = {Fraction(0): 2, Fraction(1, 3): 1, Fraction(29, 10): 3, Fraction(3): 4}
    bars = bars_of(points, Fraction(3))
    assert (sum(bars), bars[0], bars[-1]) == (10, 2, 7)
    assert bars_of({Fraction(27, 10): 1}, Fraction(3))[9] == 1

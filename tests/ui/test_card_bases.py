"""Under a number stands what it rests on, written by keyboard; the card adds up and keeps whatever it is given."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.answer_editor import marking_of
from ui.widgets.item_card import CardSubject, ItemCard
from wufei_cells import shipped
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.answers import Answer, Basis, BasisRow, Kept
from wufei_cells.domain.checklists import Gate
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.bases import MOST_ROWS
from wufei_cells.scoring.circumstances import Circumstances
from wufei_cells.scoring.evaluate import answer_problems

ENTER, ESCAPE, TAB, BACKTAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab
CONTROL = Qt.KeyboardModifier.ControlModifier
SMALL = Path(__file__).with_name("desk") / "small.yaml"
DAY = date(2026, 11, 21)


class Bench(QWidget):
    """A card with nothing around it: takes what it gives out, as the desk would, and shows it again."""

    def __init__(self, qtbot, i18n):
        super().__init__()
        self.qtbot = qtbot
        self.i18n = i18n
        self.checklist = read_checklist(SMALL.read_bytes(), SMALL.name)
        self.circumstances = Circumstances(self.checklist, {}, DAY)
        self.form = ItemCard(i18n, Theme(shipped.icon, []), self)
        self.answers = {}
        self.key = ""
        QVBoxLayout(self).addWidget(self.form)
        self.form.answer_edited.connect(self._on_edited)

    def _on_edited(self, key, answer, _typing):
        self.answers[key] = answer
        self._show_mark()

    def _show_mark(self):
        entry = self.checklist.entry(self.key)
        if not isinstance(entry, Gate):
            value = self.form.answer().value
            try:
                mark = self.circumstances.rules.mark(entry.rule, value, Fraction(entry.full))
            except BadAnswer:
                mark = None  # something is being typed
            self.form.show_mark(mark)

    def go_to(self, key):
        self.key = key
        entry = self.checklist.entry(key)
        marking = marking_of(self.i18n, entry, self.checklist, self.circumstances, DAY, taken=False)
        self.form.show_subject(CardSubject(entry, "", bonus=False), marking, self.answers.get(key, Answer()))
        self._show_mark()
        self.form.setFocus()

    def give(self, key, answer):
        """Put an answer there that came from elsewhere."""
        assert answer_problems(self.checklist, key, answer, on=DAY) == ()
        self.answers[key] = answer
        self.go_to(key)

    def answer(self, key):
        """Give what the card gave out last; the desk would take it."""
        assert answer_problems(self.checklist, key, self.answers[key], on=DAY) == ()
        return self.answers[key]

    def focused(self):
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the keyboard"
        return focused

    def press(self, *keys):
        for key in keys:
            if key == ESCAPE:
                self.form.setFocus()  # the desk does this
            elif isinstance(key, str) and self.focused() is self.form and key.isdigit():
                self.form.choose(int(key))
            elif isinstance(key, str) and self.focused() is self.form and key in COMMANDS:
                COMMANDS[key](self.form)
            elif isinstance(key, str):
                self.qtbot.keyClicks(self.focused(), key)
            else:
                self.qtbot.keyClick(self.focused(), key)

    def write(self, text):
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.focused(), event)


COMMANDS = {"d": ItemCard.begin_basis, "m": ItemCard.begin_note, "n": ItemCard.toggle_na}


@pytest.fixture
def card(qtbot, i18n):
    """A card with the keyboard."""
    bench = Bench(qtbot, i18n)
    qtbot.addWidget(bench)
    bench.resize(560, 700)
    with qtbot.waitActive(bench):
        bench.show()
        bench.activateWindow()
    return bench


def panel(card, path=""):
    return card.form.editor.basis_panels()[path]


def rows(*entries):
    return tuple(BasisRow(text, numbers) for text, numbers in entries)


# --- counts: one row for each thing seen


def test_a_sum_is_not_typed_and_says_why(card):
    card.give("B1", Answer("1", bases={"": Basis(rows=rows(("一楼", {"number": "1"})))}))
    (field,) = card.form.editor.fields
    assert field.line_edit.isReadOnly()
    assert not card.form.editor.more_button.isEnabled()
    assert field.locked_label.text() == "由下面的明细合计得出，请在明细里改。"
    assert not card.form.choose(7)
    assert card.form.answer().value == "1"


def test_what_was_typed_is_back_when_rows_carry_no_number_any_more(card):
    card.go_to("B1")
    card.press("5", ESCAPE, "d")
    card.write("一楼")
    assert card.form.editor.fields[0].text() == "1"
    card.press(TAB, Qt.Key.Key_Backspace)
    assert card.form.editor.fields[0].text() == "5"
    assert not card.form.editor.fields[0].line_edit.isReadOnly()
    card.press(ESCAPE)
    assert card.answer("B1") == Answer("5", bases={"": Basis(rows=rows(("一楼", {})))})


def test_a_row_is_taken_away_with_ctrl_delete(card):
    listed = rows(*[(f"{floor}楼", {"number": "1"}) for floor in range(3)])
    card.give("B1", Answer("3", bases={"": Basis(rows=listed)}))
    card.press("d", Qt.Key.Key_Up, Qt.Key.Key_Up)
    card.qtbot.keyClick(card.focused(), Qt.Key.Key_Delete, CONTROL)
    assert card.form.editor.fields[0].text() == "2"
    card.press(ESCAPE)
    assert card.answer("B1").bases[""].rows == (listed[0], listed[2])


# --- pairs, parts, words


def test_samples_add_up_to_a_share(card):
    card.go_to("B2")
    card.press("d", "2025", ENTER)
    card.write("开袋抽查")
    card.press(ENTER)
    for where, part, whole in (("一楼", "18", "20"), ("二楼", "9", "10")):
        card.write(where)
        card.press(ENTER, part, ENTER, whole, ENTER)
    sums = panel(card).body.sums
    assert [sums.item(0, column).text() for column in range(3)] == ["合计（2 行）", "27", "30"]
    assert sums.isVisible()
    assert card.form.editor.derived_label.text() == "= 90% → 9 分"
    card.press(ESCAPE)
    basis = Basis(
        "2025", "开袋抽查", rows(("一楼", {"part": "18", "whole": "20"}), ("二楼", {"part": "9", "whole": "10"}))
    )
    assert card.answer("B2") == Answer({"part": "27", "whole": "30"}, bases={"": basis})


def test_a_part_has_a_basis_of_its_own(card):
    card.go_to("A4")
    card.press("1", "d")
    card.write("三月例会")
    card.press(ESCAPE)
    stored = card.answer("A4")
    assert stored.value == {"training": "yes", "meetings": "1"}
    assert stored.bases == {"meetings": Basis(rows=rows(("三月例会", {"number": "1"})))}


def test_where_nothing_is_measured_words_can_be_written_when_asked_for(card):
    card.go_to("G1")
    assert panel(card).isHidden()
    card.press("1", "d")
    card.write("信用网站")
    card.press(ESCAPE)
    assert card.answer("G1") == Answer("yes", bases={"": Basis("信用网站")})
    card.go_to("A1")
    card.go_to("G1")
    assert panel(card).isVisible(), "what is there is shown"
    assert panel(card).toggle_button.text() == "依据（D）：信用网站"


def test_the_line_says_what_is_there(card):
    listed = rows(("一楼", {"number": "1"}), ("二楼", {}))
    card.give("B1", Answer("1", bases={"": Basis("2025年", "现场走访", listed)}))
    button = panel(card).toggle_button
    assert button.text() == "依据（D）：2025年 · 现场走访 · 明细 2 行"
    assert not panel(card).is_open
    card.i18n.set_language("en")
    card.form.retranslate()
    assert button.text() == "Basis (D): 2025年 · 现场走访 · 2 rows"
    assert button.accessibleName() == button.text()


# --- the keyboard


def test_tab_goes_through_every_cell_and_out_on_both_sides(card):
    card.give("B1", Answer("1", bases={"": Basis(rows=rows(("一楼", {"number": "1"})))}))
    card.press("d")
    body = panel(card).body
    body.source_edit.setFocus()
    for place in ((1, 0), (1, 1)):
        card.press(TAB)
        assert (body.table.currentIndex().row(), body.table.currentIndex().column()) == place
    card.press(TAB)
    assert body.delete_button.hasFocus()
    card.press(BACKTAB)
    places = []
    while body.table.isAncestorOf(QApplication.focusWidget()) or body.table.hasFocus():
        places.append((body.table.currentIndex().row(), body.table.currentIndex().column()))
        card.press(BACKTAB)
    assert places == [(1, 1), (1, 0), (0, 1), (0, 0)]
    assert body.source_edit.hasFocus()


def test_every_field_has_a_name_for_those_who_listen(card):
    card.go_to("B2")
    card.press("d")
    body = panel(card).body
    assert body.period_edit.accessibleName() == "期间"
    assert body.table.accessibleName() == "依据明细"
    body.table.go(0, 1)
    assert card.focused().accessibleName() == "1 正确 (袋)"


# --- the clipboard


def paste(card, text):
    QApplication.clipboard().setText(text)
    card.qtbot.keyClick(card.focused(), Qt.Key.Key_V, CONTROL)


def test_cells_of_a_spreadsheet_are_pasted_as_rows(card):
    card.go_to("B2")
    card.press("d", ENTER, ENTER)
    paste(card, '一楼\t18\t20\r\n"二楼\n东侧"\t1,009\t1,010\r\n')
    assert card.form.answer().value == {"part": "1027", "whole": "1030"}
    assert [row.text for row in card.answer("B2").bases[""].rows] == ["一楼", "二楼 东侧"]


def test_a_list_of_places_is_pasted_as_occurrences(card):
    card.go_to("B1")
    card.press("d")
    paste(card, "一楼\n二楼\n三楼")
    assert card.form.answer().value == "3"


def test_more_rows_than_there_is_room_for_are_refused_whole(card):
    card.go_to("B1")
    card.press("d")
    paste(card, "\n".join(["一楼"] * (MOST_ROWS + 1)))
    assert card.form.answer() == Answer()
    assert f"最多 {MOST_ROWS} 行，所以什么都没有粘贴" in panel(card).problem_label.text()


# --- nothing is dropped


FOREIGN = Answer(
    {"training": "yes", "meetings": "2"},
    note="齐",
    bases={
        "": Basis(source="年度总结"),
        "meetings": Basis("2025年", "纪要", rows(("三月", {"number": "1"}), ("", {"number": "1"}))),
    },
    kept=Kept(na="不适用过", notes={"deducted": "缺一次"}),
)


def test_what_came_from_elsewhere_comes_back_whole(card):
    card.give("A4", FOREIGN)
    assert card.form.answer() == FOREIGN
    card.press("m")
    card.write("，已看")
    card.press(ESCAPE)
    stored = card.answer("A4")
    assert (stored.bases, stored.kept) == (FOREIGN.bases, FOREIGN.kept)
    panel(card, "meetings").open_body()
    card.write("九月")
    card.press(ESCAPE)
    assert card.answer("A4").bases[""] == Basis(source="年度总结")
    assert card.answer("A4").value["meetings"] == "3"


def test_clearing_takes_the_rows_with_the_value(card):
    card.give("A4", FOREIGN)
    card.form.clear_answer()
    assert card.answer("A4") == Answer(note="齐", kept=FOREIGN.kept)


# --- notes of each state


def test_each_state_keeps_a_note_of_its_own(card):
    card.go_to("A1")
    card.press("1", "m")
    card.write("方案齐全")
    card.press(ESCAPE, "2")
    assert card.form.note_edit.note() == "方案齐全", "a state that has none of its own keeps what is there"
    card.press("m")
    card.form.note_edit.selectAll()
    card.press(Qt.Key.Key_Backspace)
    card.write("没有方案")
    card.press(ESCAPE, "1")
    assert card.form.note_edit.note() == "方案齐全"
    assert card.answer("A1") == Answer("yes", note="方案齐全", kept=Kept(notes={"deducted": "没有方案"}))


def test_the_note_of_another_state_can_be_brought_back(card):
    given = Answer("yes", note="齐", kept=Kept(notes={"deducted": "缺附件"}))
    card.give("A1", given)
    row, label, button = card.form.kept_notes._rows["deducted"]
    assert row.isVisible()
    assert label.text() == "扣分时的说明：缺附件"
    button.click()
    assert card.form.note_edit.note() == "齐\n缺附件"
    assert row.isHidden(), "what is shown is not offered"
    assert card.answer("A1").note == "齐\n缺附件"

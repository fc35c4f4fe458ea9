"""One question of the pre-check: what must hold, whether it does, and if not, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import set_look, tight
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.note_edit import NoteEdit
from ui.widgets.plain import plain_label
from wufei_cells.domain.prechecks import PrecheckFinding

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from ui.i18n import I18n
    from wufei_cells.domain.prechecks import PrecheckQuestion

HOLDS, FAILS = 0, 1


class QuestionRow(QFrame):
    """Shows a question with its two answers; the reason is asked for where it does not hold.

    Signals:
        decided: an answer was chosen (key of the question).
        reason_typed: the reason changes under the person's hands (key).
        reason_settled: the field of the reason was left after typing (key).
        entered: the keyboard came to this question (key).
    """

    decided = Signal(str)
    reason_typed = Signal(str)
    reason_settled = Signal(str)
    entered = Signal(str)

    def __init__(self, i18n: I18n, number: int, question: PrecheckQuestion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._number = number
        self.question = question
        self.setProperty("role", "part")
        self._build_widgets()
        self._build_layout()
        for choice in self.choices:
            choice.chosen.connect(self._on_chosen)
        self.reason_edit.note_typed.connect(self._on_typed)
        self.reason_edit.note_settled.connect(self._on_settled)
        self._show_reason()
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        self.text_label = plain_label("part_title", wrap=True, selectable=True)
        self.number_label = plain_label("muted")
        self.choices = [ChoiceRow(position, self) for position in (HOLDS, FAILS)]
        self.reason_edit = NoteEdit(self)
        self.problem_label = plain_label("problem", wrap=True)
        self.problem_label.hide()

    def _build_layout(self) -> None:
        asked, answers = tight(QHBoxLayout()), tight(QHBoxLayout())
        asked.addWidget(self.number_label, 0, Qt.AlignmentFlag.AlignTop)
        asked.addWidget(self.text_label, 1)
        for choice in self.choices:
            answers.addWidget(choice, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        self._column.addLayout(asked)
        self._column.addLayout(answers)
        self._column.addWidget(self.reason_edit)
        self._column.addWidget(self.problem_label)

    # --- public

    @property
    def key(self) -> str:
        """The key of the question."""
        return self.question.key

    def finding(self) -> PrecheckFinding | None:
        """Give what stands in the form; ``None`` while nothing is chosen."""
        if self.choices[HOLDS].is_chosen():
            return PrecheckFinding(holds=True)
        if self.choices[FAILS].is_chosen():
            return PrecheckFinding(holds=False, reason=self.reason_edit.note())
        return None

    def set_finding(self, finding: PrecheckFinding | None) -> None:
        """Show what is stored; not an edit. A reason typed before is kept for when the answer is turned round again."""
        self.choices[HOLDS].set_chosen(finding is not None and finding.holds)
        self.choices[FAILS].set_chosen(finding is not None and not finding.holds)
        if finding is not None and not finding.holds:
            self.reason_edit.set_note(finding.reason)
        self._show_reason()

    def choose(self, position: int) -> None:
        """Take an answer; where it does not hold, the cursor goes to the reason."""
        if not self.choices[position].mark.isEnabled():
            return
        for place, choice in enumerate(self.choices):
            choice.set_chosen(place == position)
        self._show_reason()
        if position == FAILS:
            self.reason_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.decided.emit(self.key)

    def set_current(self, current: bool) -> None:
        """Show whether the digit keys speak of this question."""
        set_look(self, "current", on=current)
        for choice in self.choices:
            choice.show_key(current)

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        for choice in self.choices:
            choice.mark.setEnabled(not read_only)
        self.reason_edit.setReadOnly(read_only)

    def put_below(self, button: QPushButton) -> None:
        """Take a button in below the reason."""
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_problem(self, sentence: str) -> None:
        """Say in place why this is not stored."""
        self.problem_label.setText(sentence)
        self.problem_label.setVisible(bool(sentence))
        set_look(self.reason_edit, "problem", on=bool(sentence))

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, text = self._i18n.tr, self._i18n.text
        self.text_label.setText(text(self.question.text))
        self.number_label.setText(tr("desk.precheck_number", number=self._number))
        self.choices[HOLDS].set_texts(tr("desk.precheck_choice_holds"))
        self.choices[FAILS].set_texts(tr("desk.precheck_choice_fails"))
        for choice in self.choices:
            choice.mark.setAccessibleDescription(text(self.question.text))
        self.reason_edit.setPlaceholderText(tr("desk.precheck_reason"))
        self.reason_edit.setAccessibleName(tr("desk.precheck_reason"))
        self.setAccessibleName(text(self.question.text))

    # --- Qt events

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard is here."""
        super().focusInEvent(event)
        self.entered.emit(self.key)

    # --- slots

    def _show_reason(self) -> None:
        self.reason_edit.setVisible(self.choices[FAILS].is_chosen())

    def _on_chosen(self, position: int) -> None:
        self.entered.emit(self.key)
        self.choose(position)

    def _on_typed(self) -> None:
        self.show_problem("")
        self.reason_typed.emit(self.key)

    def _on_settled(self) -> None:
        self.reason_settled.emit(self.key)

"""The middle of the scoring desk: one item with everything that is answered about it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.answer_bases import AnswerBases
from ui.widgets.answer_editor import AnswerEditor, Marking, set_look, tight
from ui.widgets.answer_editor_parts import editor_for
from ui.widgets.banner import Banner
from ui.widgets.card_answer import CardAnswer
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.conflict_panel import ConflictPanel
from ui.widgets.kept_notes import KeptNotes
from ui.widgets.note_edit import NoteEdit
from ui.widgets.plain import plain_label
from ui.widgets.recheck_panel import RecheckPanel
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Gate, NotApplicable
from wufei_cells.domain.turning import brought_back, cleared, taken_over

if TYPE_CHECKING:
    from ui.i18n import I18n
    from ui.theme import Theme
    from wufei_cells.domain.answers import State
    from wufei_cells.domain.checklists import Item
    from wufei_cells.errors import Problem
    from wufei_cells.scoring.rules import Mark

LONGEST_REASON = 500
NA_PROBLEMS = ("answer.na_reason", "answer.na_forbidden")
BASIS_PROBLEMS = "basis."


@dataclass(frozen=True, slots=True)
class CardSubject:
    """What the card is about."""

    entry: Gate | Item
    place: str
    """The group it stands in."""
    bonus: bool
    taken: bool = False
    """Whether its points are taken off the total."""


class ItemCard(QFrame):
    """Shows one item or gate and takes its answer.

    Signals:
        answer_edited: the answer of an item changed (its key, Answer; ``True`` while text is being typed).
    """

    answer_edited = Signal(str, object, bool)

    def __init__(self, i18n: I18n, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._marking = Marking(i18n)
        self._subject: CardSubject | None = None
        self._read_only = False
        self._held: CardAnswer | None = None
        self.editor: AnswerEditor | None = None
        self.bases: AnswerBases | None = None
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build_widgets(theme)
        self._build_layout()
        self._connect_signals()

    # --- build

    def _build_widgets(self, theme: Theme) -> None:
        self.place_label = plain_label("caption", wrap=True)
        self.number_label = plain_label("section")
        self.text_label = plain_label("section", wrap=True)
        self.points_label = plain_label("section")
        self.remark_label = plain_label("attention", wrap=True)
        self.scoring_label = plain_label("muted", wrap=True)
        for label in (self.text_label, self.scoring_label):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.banner, self.sent_back = Banner(theme, self), Banner(theme, self)
        self.conflict = ConflictPanel(self._i18n, self)
        self.recheck = RecheckPanel(self._i18n, theme, self)
        self.caution_label = plain_label("attention", wrap=True)
        self.na_row = ChoiceRow(9, self, several=True, key="N")
        self.na_edit = QLineEdit(self)
        self.na_edit.setMaxLength(LONGEST_REASON)
        self.na_problem_label = plain_label("problem", wrap=True)
        self.note_label = QLabel(self)
        self.note_edit = NoteEdit(self, goes_on=True)
        self.note_label.setBuddy(self.note_edit)
        self.kept_notes = KeptNotes(self._i18n, self)
        self.note_problem_label = plain_label("problem", wrap=True)
        self.stored_label = plain_label("caption", wrap=True)
        self.clear_button = QPushButton(self)
        self.clear_button.setProperty("role", "flat")

    def _build_layout(self) -> None:
        head = tight(QHBoxLayout(), 12)
        head.addWidget(self.number_label, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.text_label, 1)
        head.addWidget(self.points_label, 0, Qt.AlignmentFlag.AlignTop)
        self._editor_place = tight(QVBoxLayout())
        foot = tight(QHBoxLayout())
        foot.addWidget(self.stored_label, 1)
        foot.addWidget(self.clear_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.place_label)
        layout.addLayout(head)
        for widget in (self.remark_label, self.scoring_label, self.sent_back, self.banner, self.conflict, self.recheck):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addLayout(self._editor_place)
        for widget in (self.caution_label, self.na_row, self.na_edit, self.na_problem_label, self.note_label):
            layout.addWidget(widget)
        for widget in (self.note_edit, self.note_problem_label, self.kept_notes):
            layout.addWidget(widget)
        layout.addLayout(foot)
        layout.addStretch(1)

    def _connect_signals(self) -> None:
        self._na_touched = False
        self.na_row.chosen.connect(self._on_na_chosen)
        self.na_edit.textEdited.connect(self._on_na_typed)
        self.na_edit.editingFinished.connect(self._on_na_finished)
        self.note_edit.note_typed.connect(self._on_note_typed)
        self.note_edit.note_settled.connect(self._on_settled)
        self.kept_notes.wanted.connect(self._on_note_wanted)
        self.clear_button.clicked.connect(self.clear_answer)
        self.recheck.accepted.connect(self._on_accepted)

    # --- public: what is shown

    def show_subject(self, subject: CardSubject, marking: Marking, answer: Answer) -> None:
        """Show an item with its answer."""
        other = self._subject is None or self._subject.entry != subject.entry
        if other and self.isAncestorOf(QApplication.focusWidget() or self):
            self.setFocus()  # a field that is left now still speaks for the item it belongs to
        self._subject = subject
        self._marking = marking
        if other or self.editor is None:
            self._replace_editor(subject)
        if self.editor is not None:
            self.editor.show_circumstances(marking)
        if other or self._held is None:
            self._held = CardAnswer(subject.entry, marking)
        self._held.marking = marking
        if other or self.answer() != answer:  # what is being typed keeps its cursor
            self.set_answer(answer)
        self.retranslate()

    def set_answer(self, answer: Answer) -> None:
        """Show another answer of the same item; not an edit."""
        if self._held is not None:
            self._held.show(answer)
            self._show_answer(answer)

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        self._read_only = read_only
        if self.editor is not None:
            self.editor.set_read_only(read_only)
        if self.bases is not None:
            self.bases.set_read_only(read_only)
        self.kept_notes.show_answer(self.answer(), editable=not read_only)
        self.na_row.mark.setEnabled(not read_only)
        self.na_edit.setReadOnly(read_only)
        self.note_edit.setReadOnly(read_only)
        self.clear_button.setVisible(not read_only)

    def show_mark(self, mark: Mark | None) -> None:
        """Show what the answer gives, and what to look at twice."""
        subject = self._subject
        cautions: tuple[Problem, ...] = mark.cautions if mark else ()
        self.caution_label.setText("\n".join(self._i18n.problem(caution) for caution in cautions))
        self.caution_label.setVisible(bool(cautions))
        if self.editor is not None and (subject is None or not isinstance(subject.entry, Gate)):
            told = mark.explanation if mark else None
            if told is not None and told.code == "explain.clamped":
                told = told.children[0]
            self.editor.show_explanation(told)
        self.points_label.setText(self._points(mark))

    def show_problem(self, problem: Problem | None) -> None:
        """Say in place why the answer is not stored."""
        sentence = self._i18n.problem(problem) if problem else ""
        about_na = problem is not None and problem.code in NA_PROBLEMS
        about_note = problem is not None and problem.code == "field.too_long"
        self.na_problem_label.setText(sentence if about_na else "")
        self.na_problem_label.setVisible(about_na)
        set_look(self.na_edit, "problem", on=about_na)
        self.note_problem_label.setText(sentence if about_note else "")
        self.note_problem_label.setVisible(about_note)
        path = problem.place.split(".")[1:] if problem else []
        about_basis = problem is not None and problem.code.startswith(BASIS_PROBLEMS)
        if self.bases is not None:
            self.bases.show_problem(sentence if about_basis else "", ".".join(path))
        if self.editor is None:
            return
        if problem is None or about_na or about_note or about_basis:
            self.editor.show_problem("")
        else:
            self.editor.show_problem(sentence, tuple(path), str(problem.values.get("field", "")))

    def show_stored(self, sentence: str) -> None:
        """Say who stored the answer and when."""
        self.stored_label.setText(sentence)

    def retranslate(self) -> None:
        """Read all words again."""
        tr, text = self._i18n.tr, self._marking.text
        self.na_edit.setPlaceholderText(tr("desk.na_reason_hint"))
        self.na_edit.setAccessibleName(tr("desk.na_reason_hint"))
        self.note_label.setText(tr("desk.note"))
        self.note_edit.setAccessibleName(tr("desk.note"))
        self.note_edit.setPlaceholderText(tr("desk.note_hint"))
        self.clear_button.setText(tr("desk.clear_answer"))
        self.kept_notes.retranslate()
        if self._subject is None:
            return
        entry = self._subject.entry
        self.place_label.setText(self._subject.place)
        self.number_label.setText(entry.number)
        self.text_label.setText(text(entry.text))
        self.scoring_label.setText("" if isinstance(entry, Gate) else text(entry.scoring))
        self.scoring_label.setVisible(bool(self.scoring_label.text()))
        self.remark_label.setText(self._remark(self._subject))
        self.remark_label.setVisible(bool(self.remark_label.text()))
        forbidden = isinstance(entry, Gate) or entry.not_applicable is NotApplicable.NEVER
        self.na_row.setVisible(not forbidden)
        self.na_row.set_texts(tr("desk.na"))
        self.setAccessibleName(f"{entry.number} {text(entry.text)}")
        if self.editor is not None:
            self.editor.retranslate()
        if self.bases is not None:
            self.bases.retranslate(self._marking)

    # --- public: keys

    def answer(self) -> Answer:
        """Give what stands in the form, as one judgement, with all it rests on and what other states said."""
        return self._held.answer if self._held is not None else Answer()

    def choose(self, position: int) -> bool:
        """Act on a digit key; an item that was set aside is taken up again by it."""
        if self._read_only or self.editor is None or self._held is None:
            return False
        before = self._held.answer
        if before.na is not None:
            self._held.toggle()
            self._show_na(chosen=False)
        taken = self.editor.choose(position)
        if before.na is not None and not taken:
            self._held.show(before)
            self._show_na(chosen=True)
        return taken

    def accept_earlier(self) -> bool:
        """Let an earlier answer stand as it is; tells whether there is one that can."""
        return not self._read_only and self.recheck.accept_first()

    def move_part(self, step: int) -> bool:
        """Turn the digit keys to another part of a combination."""
        return self.editor is not None and self.editor.move_part(step)

    def toggle_na(self) -> bool:
        """Set the item aside, or take it up again; tells whether that is allowed."""
        if self._read_only or self.na_row.isHidden():
            return False
        self._on_na_chosen(0)
        return True

    def begin_note(self) -> None:
        """Put the cursor into the note."""
        self.note_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear_answer(self) -> None:
        """Take the answer away; the note stays."""
        if not self._read_only:
            self.set_answer(cleared(self.answer()))
            self._announce(typing=False)

    def begin_basis(self) -> None:
        """Open what the answer rests on, with the cursor in it; close it when it is open."""
        if self.bases is not None and not self.na_row.is_chosen():
            self.bases.toggle()

    # --- parts

    def _replace_editor(self, subject: CardSubject) -> None:
        if self.editor is not None:
            self.editor.answer_edited.disconnect(self._on_value_edited)
            self._editor_place.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        rule = None if isinstance(subject.entry, Gate) else subject.entry.rule
        self.editor = editor_for(rule, self._marking, self)
        self.bases = AnswerBases(self.editor, rule, self._marking)
        self.editor.set_read_only(self._read_only)
        self.bases.set_read_only(self._read_only)
        self._editor_place.addWidget(self.editor)
        self.editor.answer_edited.connect(self._on_value_edited)
        self.bases.edited.connect(self._on_value_edited)
        self._order_tabs(self.editor)

    def _order_tabs(self, editor: AnswerEditor) -> None:
        """Let Tab go from the card through the answer to what comes after it; Qt puts new fields last of all."""
        previous: QWidget = self
        for field in editor.findChildren(QWidget):
            if field.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(previous, field)
                previous = field
        for field in (self.na_row.mark, self.na_edit, self.note_edit, self.clear_button):
            QWidget.setTabOrder(previous, field)
            previous = field

    def _remark(self, subject: CardSubject) -> str:
        keys: list[str] = []
        if isinstance(subject.entry, Gate):
            keys.append("desk.gate_remark")
        elif subject.entry.star:
            keys.append("desk.star_remark")
        if subject.bonus:
            keys.append("desk.bonus_remark")
        if subject.taken:
            keys.append("desk.deduction_remark")
        return " · ".join(self._i18n.tr(key) for key in keys)

    def _points(self, mark: Mark | None) -> str:
        """Say what the answer gives of full marks, and what both count for where the item has a weight."""
        if self._subject is None or isinstance(self._subject.entry, Gate):
            return ""
        entry, tr = self._subject.entry, self._i18n.tr
        factor = Fraction(entry.worth) / Fraction(entry.full)
        weighted = "" if factor == 1 else "_weighted"
        values = {"full": printed(entry.full), "worth": printed(entry.worth)}
        if self.na_row.is_chosen() or mark is None or mark.missing or not mark.span.settled:
            return tr("desk.taken_at_most" if self._subject.taken else f"desk.full_marks{weighted}", **values)
        got = mark.span.low
        values |= {"got": printed(got), "counted": printed(got * factor)}
        return tr("desk.taken_of_full" if self._subject.taken else f"desk.got_of_full{weighted}", **values)

    def _show_answer(self, answer: Answer) -> None:
        """Show an answer in every field; what is set aside stands in the editor, out of sight, to be taken up again."""
        aside = answer.na is not None
        if self.editor is not None and self.bases is not None:
            self.editor.set_value(answer.kept.value if aside else answer.value)
            self.bases.set_bases(answer.bases)
        self._na_touched = False
        self.na_edit.setText(answer.na or "")
        self._show_note(answer)
        self._show_na(chosen=aside)

    def _show_note(self, answer: Answer) -> None:
        self.note_edit.set_note(answer.note)
        self.kept_notes.show_answer(answer, editable=not self._read_only)

    def _show_na(self, *, chosen: bool) -> None:
        self.na_row.set_chosen(chosen)
        self.na_edit.setVisible(chosen)
        if self.editor is not None:
            self.editor.setVisible(not chosen)

    def _announce(self, *, typing: bool) -> None:
        if self._subject is not None and self._held is not None and not self._read_only:
            if not typing and self._held.settle():
                self.note_edit.set_note(self._held.answer.note)
            self.kept_notes.show_answer(self._held.answer, editable=True)
            self.answer_edited.emit(self._subject.entry.key, self.answer(), typing)

    # --- slots

    def _on_accepted(self, answer: Answer) -> None:
        if not self._read_only:
            self.set_answer(taken_over(self.answer(), answer))
            self._announce(typing=False)

    def _on_value_edited(self, typing: bool) -> None:
        if self._held is not None and self.editor is not None and self.bases is not None:
            self._held.value(self.editor.value(), self.bases.bases())
            self._announce(typing=typing)

    def _on_na_chosen(self, _position: int) -> None:
        if self._held is None:
            return
        self._held.toggle()
        self._held.settle()
        self._show_answer(self._held.answer)
        if self.na_row.is_chosen():
            self.na_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._announce(typing=False)

    def _on_na_typed(self, text: str) -> None:
        self._na_touched = True
        if self._held is not None:
            self._held.reason(text.strip())
            self._announce(typing=True)

    def _on_na_finished(self) -> None:
        if self._na_touched:
            self._na_touched = False
            self._on_settled()

    def _on_note_typed(self) -> None:
        if self._held is not None:
            self._held.write(self.note_edit.note())
            self._announce(typing=True)

    def _on_note_wanted(self, state: State) -> None:
        if self._held is not None and not self._read_only:
            self._held.write(brought_back(self._held.answer, state).note)
            self._show_note(self._held.answer)
            self._announce(typing=False)

    def _on_settled(self) -> None:
        self._announce(typing=False)

"""The middle of the scoring desk: one item with everything that is answered about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import AnswerEditor, Marking, set_look, tight
from ui.widgets.answer_editor_parts import editor_for
from ui.widgets.banner import Banner
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.note_edit import NoteEdit
from ui.widgets.plain import plain_label
from ui.widgets.recheck_panel import RecheckPanel
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Gate, NotApplicable

if TYPE_CHECKING:
    from ui.i18n import I18n
    from ui.theme import Theme
    from wufei_cells.domain.checklists import Item
    from wufei_cells.errors import Problem
    from wufei_cells.scoring.rules import Mark

LONGEST_REASON = 500
NA_PROBLEMS = ("answer.na_reason", "answer.na_forbidden")


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
        self.editor: AnswerEditor | None = None
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
        self.banner = Banner(theme, self)
        self.recheck = RecheckPanel(self._i18n, theme, self)
        self.caution_label = plain_label("attention", wrap=True)
        self.na_row = ChoiceRow(9, self, several=True, key="N")
        self.na_edit = QLineEdit(self)
        self.na_edit.setMaxLength(LONGEST_REASON)
        self.na_problem_label = plain_label("problem", wrap=True)
        self.note_label = QLabel(self)
        self.note_edit = NoteEdit(self)
        self.note_label.setBuddy(self.note_edit)
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
        for widget in (self.remark_label, self.scoring_label, self.banner, self.recheck):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addLayout(self._editor_place)
        for widget in (self.caution_label, self.na_row, self.na_edit, self.na_problem_label, self.note_label):
            layout.addWidget(widget)
        layout.addWidget(self.note_edit)
        layout.addWidget(self.note_problem_label)
        layout.addLayout(foot)
        layout.addStretch(1)

    def _connect_signals(self) -> None:
        self._na_touched = False
        self.na_row.chosen.connect(self._on_na_chosen)
        self.na_edit.textEdited.connect(self._on_na_typed)
        self.na_edit.editingFinished.connect(self._on_na_finished)
        self.note_edit.note_typed.connect(self._on_typed)
        self.note_edit.note_settled.connect(self._on_settled)
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
        if other or self.answer() != answer:  # what is being typed keeps its cursor
            self.set_answer(answer)
        self.retranslate()

    def set_answer(self, answer: Answer) -> None:
        """Show another answer of the same item; not an edit."""
        if self.editor is not None:
            self.editor.set_value(answer.value)
        self._na_touched = False
        self.na_row.set_chosen(answer.na is not None)
        self.na_edit.setText(answer.na or "")
        self.note_edit.set_note(answer.note)
        self._show_na()

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        self._read_only = read_only
        if self.editor is not None:
            self.editor.set_read_only(read_only)
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
        if self.editor is None:
            return
        if problem is None or about_na or about_note:
            self.editor.show_problem("")
        else:
            path = tuple(problem.place.split(".")[1:])
            self.editor.show_problem(sentence, path, str(problem.values.get("field", "")))

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
        self.clear_button.setText(tr("desk.clear_answer"))
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

    # --- public: keys

    def answer(self) -> Answer:
        """Give what stands in the form, as one judgement."""
        note = self.note_edit.note()
        if self.na_row.is_chosen():
            return Answer(None, self.na_edit.text().strip(), note)
        return Answer(self.editor.value() if self.editor else None, None, note)

    def choose(self, position: int) -> bool:
        """Act on a digit key; an item that was set aside is taken up again by it."""
        if self._read_only or self.editor is None:
            return False
        set_aside = self.na_row.is_chosen()
        if set_aside:
            self.na_row.set_chosen(False)
            self._show_na()
        taken = self.editor.choose(position)
        if set_aside and not taken:
            self.na_row.set_chosen(True)
            self._show_na()
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
            self.set_answer(Answer(note=self.note_edit.note()))
            self._announce(typing=False)

    # --- parts

    def _replace_editor(self, subject: CardSubject) -> None:
        if self.editor is not None:
            self.editor.answer_edited.disconnect(self._on_value_edited)
            self._editor_place.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        rule = None if isinstance(subject.entry, Gate) else subject.entry.rule
        self.editor = editor_for(rule, self._marking, self)
        self.editor.set_read_only(self._read_only)
        self._editor_place.addWidget(self.editor)
        self.editor.answer_edited.connect(self._on_value_edited)

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

    def _show_na(self) -> None:
        chosen = self.na_row.is_chosen()
        self.na_edit.setVisible(chosen)
        if self.editor is not None:
            self.editor.setVisible(not chosen)

    def _announce(self, *, typing: bool) -> None:
        if self._subject is not None and not self._read_only:
            self.answer_edited.emit(self._subject.entry.key, self.answer(), typing)

    # --- slots

    def _on_accepted(self, answer: Answer) -> None:
        if not self._read_only:
            note = "\n".join(part for part in (answer.note, self.note_edit.note()) if part)
            self.set_answer(replace(answer, note=note))
            self._announce(typing=False)

    def _on_value_edited(self, typing: bool) -> None:
        self._announce(typing=typing)

    def _on_na_chosen(self, _position: int) -> None:
        self.na_row.set_chosen(not bool(self.na_row.property("chosen")))
        self._show_na()
        if self.na_row.is_chosen():
            self.na_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._announce(typing=False)

    def _on_na_typed(self, _text: str) -> None:
        self._na_touched = True
        self._on_typed()

    def _on_na_finished(self) -> None:
        if self._na_touched:
            self._na_touched = False
            self._on_settled()

    def _on_typed(self) -> None:
        self._announce(typing=True)

    def _on_settled(self) -> None:
        self._announce(typing=False)

"""The editor for combinations of parts, and the choice of the editor that fits a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.answer_editor import AnswerEditor, Marking, set_look, tight
from ui.widgets.answer_editor_choices import LevelsEditor, TicksEditor, YesNoEditor
from ui.widgets.answer_editor_numbers import CalculatedEditor, NumberEditor, PairEditor
from ui.widgets.plain import plain_label
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.rules import Best, Calculated, Change, Levels, Measured, Share, Sum, Ticks

if TYPE_CHECKING:
    from ui.widgets.basis_panel import BasisPanel
    from wufei_cells.domain.answers import JsonValue
    from wufei_cells.domain.rules import Measure, Part, Rule
    from wufei_cells.scoring.scorecard import Explanation


def editor_for(rule: Rule | None, marking: Marking, parent: QWidget | None = None) -> AnswerEditor:
    """Make the editor that fits a rule; without a rule it is a gate, met or not."""
    match rule:
        case Levels():
            return LevelsEditor(rule, marking, parent)
        case Sum() | Best():
            return PartsEditor(rule, marking, parent)
        case Measured():
            return measure_editor(rule.measure, marking, parent)
        case _:
            return YesNoEditor(rule, marking, parent)


def measure_editor(measure: Measure, marking: Marking, parent: QWidget | None = None) -> AnswerEditor:
    """Make the editor that fits what is measured."""
    match measure:
        case Ticks():
            return TicksEditor(measure, marking, parent)
        case Share() | Change():
            return PairEditor(measure, marking, parent)
        case Calculated():
            return CalculatedEditor(measure, marking, parent)
        case _:
            return NumberEditor(measure, marking, parent)


class PartFrame(QFrame):
    """One part of a combination: its words, its own editor, and what it gives.

    Signals:
        part_edited: its value changed (position of the part; ``True`` while text is being typed).
    """

    part_edited = Signal(int, bool)

    def __init__(self, position: int, part: Part, marking: Marking, parent: QWidget) -> None:
        super().__init__(parent)
        self._position = position
        self._marking = marking
        self.part = part
        self.applies = True
        self.setProperty("role", "part")
        self.title_label = plain_label("part_title", wrap=True)
        self.points_label = plain_label("points")
        self.editor = editor_for(part.rule, marking, self)
        title_row = tight(QHBoxLayout())
        title_row.addWidget(self.title_label, 1)
        title_row.addWidget(self.points_label, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(title_row)
        layout.addWidget(self.editor)
        self.editor.answer_edited.connect(self._on_edited)

    def show_explanation(self, explanation: Explanation | None) -> None:
        """Show what this part gives."""
        self.editor.show_explanation(explanation)
        settled = explanation is not None and explanation.span.settled and explanation.code != "explain.unanswered"
        points = printed(explanation.span.low) if explanation is not None and settled else ""
        if not self.applies:
            self.points_label.setText(self._marking.tr("desk.part_not_applicable"))
        else:
            self.points_label.setText(self._marking.worth(points) if points else "")

    def show_circumstances(self, marking: Marking) -> None:
        """Show whether this part applies; one that does not keeps its answer, but cannot be answered."""
        self._marking = marking
        self.applies = marking.applies(self.part.applies)
        self.editor.setVisible(self.applies)
        self.editor.show_circumstances(marking)
        set_look(self.title_label, "muted", on=not self.applies)
        self.show_explanation(None)

    def done(self) -> bool:
        """Tell whether nothing is left to be answered here."""
        return not self.applies or self.editor.complete()

    def retranslate(self) -> None:
        """Read all words again."""
        self.title_label.setText(self._marking.text(self.part.text))
        self.editor.setAccessibleName(self.title_label.text())
        self.editor.retranslate()

    def set_current(self, current: bool) -> None:
        """Show that the digit keys go here."""
        self.editor.show_keys(current)
        set_look(self, "current", on=current)

    def _on_edited(self, typing: bool) -> None:
        self.part_edited.emit(self._position, typing)


class PartsEditor(AnswerEditor):
    """Edits the parts of a sum or of a best-of; the digit keys go to one part at a time."""

    def __init__(self, rule: Sum | Best, marking: Marking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule = rule
        self._marking = marking
        self._current = 0
        self._keys_shown = True
        self.hint_label = plain_label("muted", wrap=True)
        self.problem_label = plain_label("problem", wrap=True)
        self.problem_label.hide()
        self.frames = [PartFrame(place, part, marking, self) for place, part in enumerate(rule.parts)]
        layout = tight(QVBoxLayout(self), 8)
        layout.addWidget(self.hint_label)
        for frame in self.frames:
            layout.addWidget(frame)
            frame.part_edited.connect(self._on_part_edited)
        layout.addWidget(self.problem_label)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        self.retranslate()
        self._turn_to(0)

    # --- public

    def value(self) -> JsonValue:
        """Give the parts that were answered, by key."""
        given: dict[str, JsonValue] = {
            frame.part.key: value for frame in self.frames if (value := frame.editor.value()) is not None
        }
        return given or None

    def set_value(self, value: JsonValue) -> None:
        """Show stored parts."""
        given = value if isinstance(value, dict) else {}
        for frame in self.frames:
            frame.editor.set_value(given.get(frame.part.key))
        self._turn_to(self._first_open(0))

    def complete(self) -> bool:
        """Tell whether every part is answered, or one of them where the best counts."""
        answered = [frame.editor.complete() for frame in self.frames if frame.applies]
        return any(answered) if isinstance(self._rule, Best) else all(answered)

    def choose(self, position: int) -> bool:
        """Hand the digit to the part whose turn it is."""
        frame = self.frames[self._current]
        return frame.applies and frame.editor.choose(position)

    def show_keys(self, shown: bool) -> None:
        """Show or hide the digits of the part whose turn it is."""
        self._keys_shown = shown
        self._turn_to(self._current)

    def move_part(self, step: int) -> bool:
        """Turn the digit keys to the part before or after."""
        if self.frames[self._current].editor.move_part(step):
            return True
        ahead = range(self._current + step, len(self.frames) if step > 0 else -1, step)
        there = next((place for place in ahead if self.frames[place].applies), None)
        if there is None:
            return False
        self._turn_to(there)
        return True

    def show_circumstances(self, marking: Marking) -> None:
        """Take over which parts apply to the site; the others are passed over."""
        super().show_circumstances(marking)
        for frame in self.frames:
            frame.show_circumstances(marking)
        if not self.frames[self._current].applies:
            self._turn_to(self._first_open(self._current))

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        for frame in self.frames:
            frame.editor.set_read_only(read_only)

    def show_problem(self, sentence: str, path: tuple[str, ...] = (), field: str = "") -> None:
        """Say what is wrong in the part it is about."""
        about = path[0] if path else ""
        known = False
        for frame in self.frames:
            here = bool(sentence) and frame.part.key == about
            known = known or here
            frame.editor.show_problem(sentence if here else "", path[1:], field if here else "")
        self.problem_label.setText("" if known else sentence)
        self.problem_label.setVisible(bool(sentence) and not known)

    def show_explanation(self, explanation: Explanation | None) -> None:
        """Show what each part gives."""
        if explanation is not None and explanation.code in ("explain.parts_made_up", "explain.parts_undecided"):
            explanation = explanation.children[0]
        by_key = {child.key: child for child in explanation.children} if explanation else {}
        for frame in self.frames:
            frame.show_explanation(by_key.get(frame.part.key))

    def retranslate(self) -> None:
        """Read all words again."""
        if isinstance(self._rule, Best):
            self.hint_label.setText(self._marking.tr("desk.best_of"))
        else:
            start = self._marking.bare(self._rule.start)
            self.hint_label.setText(self._marking.tr("desk.sum_from", start=start) if start != "0" else "")
        self.hint_label.setVisible(bool(self.hint_label.text()))
        for frame in self.frames:
            frame.retranslate()

    def basis_panels(self) -> dict[str, BasisPanel]:
        """Give what takes the basis of each part, and of the parts in it."""
        return {
            f"{frame.part.key}.{path}" if path else frame.part.key: panel
            for frame in self.frames
            for path, panel in frame.editor.basis_panels().items()
        }

    def current_basis(self) -> BasisPanel | None:
        """Give the one of the part whose turn it is."""
        return self.frames[self._current].editor.current_basis()

    # --- slots

    def _turn_to(self, position: int) -> None:
        self._current = position
        for place, frame in enumerate(self.frames):
            frame.set_current(self._keys_shown and place == position)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isAncestorOf(new):
            return
        for place, frame in enumerate(self.frames):
            if place != self._current and frame.isAncestorOf(new):
                self._turn_to(place)

    def _on_part_edited(self, position: int, typing: bool) -> None:
        if not typing and self.frames[position].done():
            self._turn_to(self._first_open(position))
        self.answer_edited.emit(typing)

    def _first_open(self, otherwise: int) -> int:
        """Find the part to answer next: the first open one after this, else any open one, else this one."""
        places = [*range(otherwise, len(self.frames)), *range(otherwise)]
        usable = [place for place in places if self.frames[place].applies]
        return next((place for place in usable if not self.frames[place].done()), next(iter(usable), otherwise))

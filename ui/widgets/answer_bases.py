"""Asking what an answer rests on: one panel under each number, and under anything else where somebody wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.widgets.answer_editor_numbers import FieldsEditor
from ui.widgets.answer_editor_parts import PartsEditor
from ui.widgets.basis_panel import BasisKind, BasisPanel
from ui.widgets.basis_rows import BasisField
from wufei_cells.domain.answers import Basis
from wufei_cells.domain.rules import Amount, Calculated, Change, Count, Measured, Share
from wufei_cells.scoring.bases import NUMBER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.widgets.answer_editor import AnswerEditor, Marking
    from wufei_cells.domain.rules import Measure, Rule

SEEN = BasisKind("desk.basis_seen", quiet=True)
KINDS: dict[type[Measure], BasisKind] = {
    Count: BasisKind("desk.basis_where", first="1"),  # each row is one occurrence
    Amount: BasisKind("desk.basis_record"),
    Share: BasisKind("desk.basis_sample"),
    Change: BasisKind("desk.basis_record"),
    Calculated: BasisKind("desk.basis_record"),
}


class AnswerBases(QObject):
    """Holds the panels of one item's editor, and keeps what it is given for parts that have none.

    Signals:
        edited: a basis changed, and with it perhaps the value (``True`` while text is being typed).
    """

    edited = Signal(bool)

    def __init__(self, editor: AnswerEditor, rule: Rule | None, marking: Marking) -> None:
        super().__init__(editor)
        self._editor = editor
        self._marking = marking
        self._others: dict[str, Basis] = {}
        self._leaves: dict[str, _Leaf] = {}
        self._add(editor, rule, "")

    def _add(self, editor: AnswerEditor, rule: Rule | None, path: str) -> None:
        if isinstance(editor, PartsEditor):
            for frame in editor.frames:
                below = f"{path}.{frame.part.key}" if path else frame.part.key
                self._add(frame.editor, frame.part.rule, below)
            return
        leaf = _Leaf(editor, rule, self._marking, self)
        leaf.panel.edited.connect(self.edited)
        self._leaves[path] = leaf

    # --- public

    def bases(self) -> dict[str, Basis]:
        """Give what was entered, and what came from elsewhere for parts that are not shown here."""
        given = {path: leaf.panel.basis() for path, leaf in self._leaves.items()}
        return {**self._others, **{path: basis for path, basis in given.items() if basis != Basis()}}

    def set_bases(self, bases: Mapping[str, Basis]) -> None:
        """Show stored bases; not an edit."""
        self._others = {path: basis for path, basis in bases.items() if path not in self._leaves}
        for path, leaf in self._leaves.items():
            leaf.panel.set_basis(bases.get(path, Basis()))

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        for leaf in self._leaves.values():
            leaf.panel.set_read_only(read_only)

    def show_problem(self, sentence: str, path: str = "") -> None:
        """Say what is wrong at the basis it is about; an empty sentence takes it back."""
        about = path if path in self._leaves else next(iter(self._leaves), "")
        for place, leaf in self._leaves.items():
            leaf.panel.show_problem(sentence if place == about else "")

    def toggle(self) -> None:
        """Open or close the panel that belongs to where the digit keys go."""
        panel = self._editor.current_basis()
        if panel is not None:
            panel.toggle()

    def retranslate(self, marking: Marking) -> None:
        """Read all words again."""
        for leaf in self._leaves.values():
            leaf.retranslate(marking)


class _Leaf(QObject):
    """One panel and the editor it stands under."""

    def __init__(self, editor: AnswerEditor, rule: Rule | None, marking: Marking, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._marking = marking
        self._measure = rule.measure if isinstance(rule, Measured) else None
        kind = KINDS.get(type(self._measure), SEEN) if self._measure is not None else SEEN
        self.panel = BasisPanel(marking.i18n, kind, self._fields(), editor)
        editor.basis_panel = self.panel
        layout = editor.layout()
        assert layout is not None
        layout.addWidget(self.panel)
        self.panel.edited.connect(self._take_sums)
        self.panel.shown_anew.connect(self._lock)

    def retranslate(self, marking: Marking) -> None:
        """Read all words again."""
        self._marking = marking
        self.panel.set_words(self._fields())
        self._lock()

    def _fields(self) -> tuple[BasisField, ...]:
        text, measure = self._marking.text, self._measure
        match measure:
            case Count() | Amount():
                named = [(NUMBER, measure.text, measure.unit)]
            case Share():
                named = [("part", measure.part, measure.unit), ("whole", measure.whole, measure.unit)]
            case Change():
                named = [("before", measure.before, measure.unit), ("after", measure.after, measure.unit)]
            case Calculated():
                named = [(entry.key, entry.text, entry.unit) for entry in measure.inputs]
            case _:
                named = []
        return tuple(BasisField(name, text(label), text(unit)) for name, label, unit in named)

    def _why(self) -> str:
        return self._marking.tr("desk.basis_locked")

    def _take_sums(self, _typing: bool) -> None:
        if isinstance(self._editor, FieldsEditor):
            self._editor.take_sums(self.panel.sums(), self._why())

    def _lock(self) -> None:
        if isinstance(self._editor, FieldsEditor):
            self._editor.lock(self.panel.sums(), self._why())

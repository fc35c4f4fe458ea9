"""When something applies: conditions on the facts of a site, built out of boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.studio.fields import Bench, Choice, Field, Part, beside, discard
from ui.studio.quantity_field import QuantityField
from ui.studio.rows import RowsPart
from ui.studio.tick_box import TickBox
from ui.widgets.answer_editor import tight
from ui.widgets.flow_layout import FlowLayout
from wufei_cells.checklists.draft_rules import BOUNDS
from wufei_cells.checklists.drafting import entries_at, fields_at, string_at
from wufei_cells.checklists.outline import text_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wufei_cells.checklists.yaml_source import Data, Path

JOINTS = ("all", "any", "not")
INDENT = 16


def fact_of(data: Data, key: str) -> dict[str, Data]:
    """Find a fact of the draft by its key."""
    facts = entries_at(data, ("facts",))
    return next((fields_at(fact, ()) for fact in facts if string_at(fact, ("key",)) == key), {})


def joint_of(condition: Data) -> str:
    """Say how a condition is put together; nothing for one on a single fact."""
    fields = fields_at(condition, ())
    return next((joint for joint in JOINTS if joint in fields), "")


class ConditionField(Field):
    """A condition that may be missing: then it always holds."""

    def __init__(self, bench: Bench, path: Path, caption: str) -> None:
        super().__init__(bench, path, caption)
        self.box = Choice(self)
        self.box.addItem(bench.tr("studio.condition.always"), "")
        self.box.addItem(bench.tr("studio.condition.when"), "when")
        self.box.setEnabled(not self.read_only)
        self.box.activated.connect(self._on_chosen)
        self._node: ConditionNode | None = None
        inside = QWidget(self)
        self._inner = tight(QVBoxLayout(inside), 4)
        self._inner.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        self.hold(inside)
        self.refresh()

    def widgets(self) -> Sequence[QWidget]:
        """Give the box that says whether there is a condition."""
        return (self.box,)

    def refresh(self) -> None:
        """Show the condition in the draft."""
        present = self.data is not None
        self.box.setCurrentIndex(int(present))
        if present and self._node is None:
            self._node = ConditionNode(self.bench, self.path)
            self._inner.addWidget(self._node)
        elif not present and self._node is not None:
            self._inner.removeWidget(self._node)
            discard(self._node)
            self._node = None
        elif self._node is not None:
            self._node.refresh()

    def _on_chosen(self, place: int) -> None:
        if place and self.data is None:
            self.write(new_condition(self.bench.session.data))
        elif not place:
            self.write(None)
        self.refresh()


def new_condition(data: Data) -> Data:
    """Give a condition to begin with: the first fact there is."""
    first = next(iter(entries_at(data, ("facts",))), None)
    return {"fact": string_at(first, ("key",)) or "fact"}


class ConditionNode(Part):
    """One condition: what it is about, and below it what it holds for."""

    def __init__(self, bench: Bench, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(bench, path, parent)
        self.box = Choice(self)
        self.box.setEnabled(not self.read_only)
        self.box.activated.connect(self._on_chosen)
        self.box.setAccessibleName(bench.tr("studio.condition.about"))
        self.box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(14)
        self._line = QWidget(self)
        self._row = tight(QHBoxLayout(self._line))
        self._row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1)
        self._column = tight(QVBoxLayout(self), 4)
        self._column.addWidget(self._line)
        self._value: Part | None = None
        self._shape: object = None
        self.refresh()

    def refresh(self) -> None:
        """Show the condition; what belongs to it is made anew when it is about something else."""
        shape = self._shape_now()
        if shape != self._shape:
            self._shape = shape
            self._build()
        elif self._value is not None:
            self._value.refresh()

    def _shape_now(self) -> object:
        joint = joint_of(self.data)
        facts = [(string_at(fact, ("key",)), self._name(fact)) for fact in entries_at(self._draft, ("facts",))]
        key = string_at(self.data, ("fact",))
        kind = string_at(fact_of(self._draft, key), ("ask",))
        options = [string_at(option, ("key",)) for option in entries_at(fact_of(self._draft, key), ("options",))]
        return joint, "" if joint else key, kind, facts, options

    @property
    def _draft(self) -> Data:
        return self.bench.session.data

    def _name(self, fact: Data) -> str:
        return self.bench.i18n.text(text_at(fact, ("text",))) or string_at(fact, ("key",))

    def _build(self) -> None:
        tr = self.bench.tr
        joint, key = joint_of(self.data), string_at(self.data, ("fact",))
        self.box.clear()
        for fact in entries_at(self._draft, ("facts",)):
            self.box.addItem(self._name(fact), string_at(fact, ("key",)))
        if not joint and self.box.findData(key) < 0:
            self.box.addItem(tr("studio.condition.unknown_fact", name=key), key)
        for name in JOINTS:
            self.box.addItem(tr(f"studio.condition.{name}"), f"={name}")
        self.box.setCurrentIndex(self.box.findData(f"={joint}" if joint else key))
        if self._value is not None:
            self._column.removeWidget(self._value)
            self._row.removeWidget(self._value)
            discard(self._value)
        self._value = self._inside(joint, key)
        if joint:
            self._column.addWidget(self._value)
        else:
            self._row.insertWidget(1, self._value, 1)

    def _inside(self, joint: str, key: str) -> Part:
        if joint == "not":
            return _Indented(self.bench, (*self.path, "not"))
        if joint:
            return ConditionRows(self.bench, (*self.path, joint))
        fact = fact_of(self._draft, key)
        if string_at(fact, ("ask",)) == "number":
            return _NumberCondition(self.bench, self.path)
        if string_at(fact, ("ask",)) == "choice":
            return _OptionsCondition(self.bench, self.path, fact)
        return _YesNoCondition(self.bench, self.path)

    def _on_chosen(self, _place: int) -> None:
        chosen = str(self.box.currentData())
        if not chosen.startswith("="):
            self._write_fact(chosen)
        elif chosen[1:] != joint_of(self.data):
            self._write_joint(chosen[1:])

    def _write_fact(self, key: str) -> None:
        if joint_of(self.data) or key != string_at(self.data, ("fact",)):
            asked = string_at(fact_of(self._draft, key), ("ask",))
            bound: dict[str, Data] = {"at_least": "0"} if asked == "number" else {}
            self.bench.session.write(self.path, {"fact": key, **bound})

    def _write_joint(self, joint: str) -> None:
        """Put the condition there is inside the new one, so that nothing is typed twice."""
        before = joint_of(self.data)
        inner = fields_at(self.data, ()).get(before) if before else self.data
        if joint == "not":
            value = inner[0] if isinstance(inner, list) and len(inner) == 1 else self.data
            value = inner if before == "not" else value
        else:
            value = inner if isinstance(inner, list) else [inner, new_condition(self._draft)]
        self.bench.session.write(self.path, {joint: value})


class ConditionRows(RowsPart):
    """The parts of a condition that holds when all or some of them do."""

    add_key = "studio.condition.add"
    least = 1

    def __init__(self, bench: Bench, path: Path) -> None:
        super().__init__(bench, path)
        self.setContentsMargins(INDENT, 0, 0, 0)

    def row(self, path: Path) -> Part:
        """Show one part."""
        return ConditionNode(self.bench, path)

    def template(self, entries: list[Data]) -> Data:
        """Begin with the first fact."""
        del entries
        return new_condition(self.bench.session.data)


class _Indented(Part):
    """The condition that must not hold."""

    def __init__(self, bench: Bench, path: Path) -> None:
        super().__init__(bench, path)
        column = tight(QVBoxLayout(self))
        column.setContentsMargins(INDENT, 0, 0, 0)
        self._node = ConditionNode(bench, path)
        column.addWidget(self._node)

    def refresh(self) -> None:
        self._node.refresh()


class _YesNoCondition(Part):
    """Whether the fact has to be yes or no."""

    def __init__(self, bench: Bench, path: Path) -> None:
        super().__init__(bench, path)
        self.box = Choice(self)
        for value in ("yes", "no"):
            self.box.addItem(bench.tr(f"studio.condition.is_{value}"), value)
        self.box.setAccessibleName(bench.tr("studio.condition.value"))
        self.box.setEnabled(not self.read_only)
        self.box.activated.connect(self._on_chosen)
        tight(QHBoxLayout(self)).addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def refresh(self) -> None:
        wanted = fields_at(self.data, ()).get("is", "yes")
        value = str(wanted[0]) if isinstance(wanted, list) and wanted else str(wanted)
        self.box.setCurrentIndex(self.box.findData(value))

    def _on_chosen(self, _place: int) -> None:
        key = string_at(self.data, ("fact",))
        value = str(self.box.currentData())
        self.bench.session.write(self.path, {"fact": key, **({} if value == "yes" else {"is": value})})


class _OptionsCondition(Part):
    """Which of its options the fact has to have."""

    def __init__(self, bench: Bench, path: Path, fact: dict[str, Data]) -> None:
        super().__init__(bench, path)
        flow = FlowLayout(self)
        self.boxes: dict[str, TickBox] = {}
        for option in entries_at(fact, ("options",)):
            key = string_at(option, ("key",))
            box = TickBox(bench.i18n.text(text_at(option, ("text",))) or key, self)
            box.setEnabled(not self.read_only)
            box.toggled.connect(self._on_toggled)
            self.boxes[key] = box
            flow.addWidget(box)
        self.refresh()

    def refresh(self) -> None:
        wanted = fields_at(self.data, ()).get("is")
        chosen = [str(each) for each in (wanted if isinstance(wanted, list) else [wanted])]
        for key, box in self.boxes.items():
            blocked = box.blockSignals(True)
            box.setChecked(key in chosen)
            box.blockSignals(blocked)

    def _on_toggled(self, _ticked: bool) -> None:
        chosen: list[Data] = [key for key, box in self.boxes.items() if box.isChecked()]
        self.bench.session.write((*self.path, "is"), chosen)


class _NumberCondition(Part):
    """How the fact is held against a number."""

    def __init__(self, bench: Bench, path: Path) -> None:
        super().__init__(bench, path)
        self.box = Choice(self)
        for bound in BOUNDS:
            self.box.addItem(bench.tr(f"studio.bound.{bound}"), bound)
        self.box.setAccessibleName(bench.tr("studio.bound"))
        self.box.setEnabled(not self.read_only)
        self.box.activated.connect(self._on_chosen)
        self.number = QuantityField(bench, path, name="studio.bound.number", read=bound_value, write=with_bound_value)
        frame = QFrame(self)
        tight(QHBoxLayout(frame)).addWidget(beside(self.box, self.number, stretch=1))
        tight(QHBoxLayout(self)).addWidget(frame)
        self.refresh()

    def refresh(self) -> None:
        self.box.setCurrentIndex(self.box.findData(bound_of(self.data)))
        self.number.refresh()

    def _on_chosen(self, _place: int) -> None:
        self.bench.session.write(self.path, with_bound(self.data, str(self.box.currentData())))


def bound_of(data: Data) -> str:
    """Say how a number is held against a bound; nothing where no bound is written."""
    fields = fields_at(data, ())
    return next((bound for bound in BOUNDS if bound in fields), "")


def bound_value(data: Data) -> str:
    """Give the number of a bound as it is written."""
    bound = bound_of(data)
    return string_at(data, (bound,)) if bound else ""


def with_bound_value(data: Data, value: str) -> Data:
    """Give a condition or a band with another number."""
    return {**fields_at(data, ()), bound_of(data) or "at_least": value}


def with_bound(data: Data, bound: str) -> Data:
    """Give a condition or a band that is held against its number in another way; the order of the fields stays."""
    before = bound_of(data)
    fields = fields_at(data, ())
    if not before:
        return {bound: "0", **fields} if bound else fields
    if not bound:
        return {name: value for name, value in fields.items() if name != before}
    return {bound if name == before else name: value for name, value in fields.items()}

"""From a number to points: a ladder, straight lines, or so many points for each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.studio.conditions import bound_of, bound_value, with_bound, with_bound_value
from ui.studio.fields import Bench, ChoiceField, Field, Part, discard, flowing, word
from ui.studio.quantity_field import QuantityField
from ui.studio.questions import EFFECTS, EffectField
from ui.studio.rows import Group, RowsPart
from ui.widgets.answer_editor import tight
from wufei_cells.checklists.draft_rules import BOUNDS
from wufei_cells.checklists.drafting import entries_at, fields_at, string_at

if TYPE_CHECKING:
    from wufei_cells.checklists.yaml_source import Data, Path


# --- ladders


class BandsForm(RowsPart):
    """The steps of a ladder, in the order in which they are tried."""

    add_key = "studio.bands.add"
    least = 1

    def row(self, path: Path) -> Part:
        """Show one step of the ladder."""
        return BandForm(self.bench, path)

    def template(self, entries: list[Data]) -> Data:
        """Begin a step."""
        del entries
        return {"at_least": "0", "points": "0"}

    def add(self) -> None:
        """Add a step above the last one, which takes what is left."""
        entries = self.entries
        otherwise = bool(entries) and not bound_of(entries[-1])
        session = self.bench.session
        place = len(entries) - 1 if otherwise else len(entries)
        bound = bound_of(entries[place - 1]) if place else "at_least"
        new: Data = {bound or "at_least": "0", "points": "0"}
        here = (*self.path, place)
        session.write(self.path, [*entries[:place], new, *entries[place:]])
        session.shown.emit(here)


class BandForm(Part):
    """One step of a ladder: its bound, and its points or its line."""

    def __init__(self, bench: Bench, path: Path) -> None:
        super().__init__(bench, path)
        self.bound = BoundField(bench, path)
        self.number = QuantityField(bench, path, name="studio.bound.number", read=bound_value, write=with_bound_value)
        self.points = QuantityField(bench, (*path, "points"), name="studio.bands.points")
        self.effect = BandEffect(bench, path)
        self._words = [word(bench.tr("studio.gives")), word(bench.tr("studio.points"))]
        self.line: LineForm | None = None
        self._column = tight(QVBoxLayout(self), 4)
        gives, unit = self._words
        self._column.addWidget(flowing(self.bound, self.number, gives, self.points, unit, self.effect))
        self.refresh()

    def refresh(self) -> None:
        """Show the step; a line is made when there is one."""
        for part in (self.bound, self.number, self.points, self.effect):
            part.refresh()
        fields = fields_at(self.data, ())
        self.number.setVisible(bool(bound_of(self.data)))
        lined = "line" in fields
        for part in (self.points, *self._words):
            part.setVisible(not lined)
        if lined and self.line is None:
            self.line = LineForm(self.bench, (*self.path, "line"))
            self._column.addWidget(self.line)
        elif not lined and self.line is not None:
            self._column.removeWidget(self.line)
            discard(self.line)
            self.line = None
        elif self.line is not None:
            self.line.refresh()


class BandEffect(EffectField):
    """What a step of a ladder does beyond fixed points: something follows from it, or it goes on along a line."""

    effects = (*EFFECTS, "line")

    def __init__(self, bench: Bench, path: Path) -> None:
        super().__init__(bench, path, _band_effect, _with_band_effect)


def _band_effect(data: Data) -> str:
    fields = fields_at(data, ())
    return "line" if "line" in fields else string_at(data, ("effect",))


def _with_band_effect(data: Data, effect: str) -> Data:
    """Turn points into a line that ends in them, a line into the points of its end, or let something follow."""
    fields = fields_at(data, ())
    kept = {name: each for name, each in fields.items() if name in BOUNDS}
    if effect == "line":
        return {**kept, "line": [["0", "0"], [bound_value(data) or "100", fields.get("points", "0")]]}
    corners = entries_at(fields.get("line"), ())
    last = entries_at(corners[-1], ()) if corners else []
    points = last[1] if len(last) > 1 else fields.get("points", "0")
    return {**kept, "points": points, **({"effect": effect} if effect else {})}


class BoundField(ChoiceField):
    """Which numbers a step takes: whether the bound itself counts is part of the word."""

    def __init__(self, bench: Bench, path: Path) -> None:
        options = [(bound, bench.tr(f"studio.bound.{bound}")) for bound in BOUNDS]
        super().__init__(bench, path, "", [*options, ("", bench.tr("studio.bound.otherwise"))])
        self.box.setAccessibleName(bench.tr("studio.bound"))

    def read(self) -> str:
        """Give the bound of the step."""
        return bound_of(self.data)

    def take(self, value: str) -> None:
        """Hold the number against the bound in another way."""
        self.write(with_bound(self.data, value))


# --- lines


class LineForm(RowsPart):
    """The corners of a line: at which number how many points; between them it goes straight."""

    add_key = "studio.line.add"
    least = 2

    def row(self, path: Path) -> Part:
        """Show one corner."""
        return CornerForm(self.bench, path)

    def template(self, entries: list[Data]) -> Data:
        """Begin a corner."""
        del entries
        return ["", ""]

    def add(self) -> None:
        """Add a corner after the last one."""
        session = self.bench.session
        here = (*self.path, len(self.entries))
        session.write(self.path, [*self.entries, ["0", "0"]])
        session.shown.emit(here)


class CornerForm(Group):
    """One corner of a line."""

    def __init__(self, bench: Bench, path: Path) -> None:
        super().__init__(bench, path)
        number = QuantityField(bench, (*path, 0), name="studio.line.number")
        points = QuantityField(bench, (*path, 1), name="studio.line.points")
        tr = bench.tr
        self.add(
            flowing(word(tr("studio.line.at")), number, word(tr("studio.gives")), points, word(tr("studio.points")))
        )


# --- steps


class StepsForm(Part):
    """One sentence: from which number on, in which steps, how many points, and the limits."""

    def __init__(self, bench: Bench, path: Path) -> None:
        super().__init__(bench, path)
        tr = bench.tr
        self.way = WayField(bench, path)
        self.reference = QuantityField(
            bench, path, name="studio.steps.reference", read=_reference, write=_with_reference, hint="studio.steps.zero"
        )
        self.each = QuantityField(bench, (*path, "each"), name="studio.steps.each", hint="studio.steps.one")
        self.points = QuantityField(bench, (*path, "points"), name="studio.steps.points")
        options = [(name, tr(f"studio.part_step.{name}")) for name in ("ignore", "count", "prorate")]
        self.part_step = ChoiceField(bench, (*path, "part_step"), "", options, usual="ignore")
        self.part_step.box.setAccessibleName(tr("studio.part_step"))
        self.limits = [
            QuantityField(bench, (*path, name), f"studio.steps.{name}", hint=f"studio.steps.{name}_usual")
            for name in ("start", "floor", "cap")
        ]
        column = tight(QVBoxLayout(self), 4)
        column.addWidget(flowing(self.way, self.reference, word(tr("studio.steps.every")), self.each))
        column.addWidget(
            flowing(word(tr("studio.steps.a_step")), self.points, word(tr("studio.points_signed")), self.part_step)
        )
        row = tight(QHBoxLayout(), 12)
        for field in self.limits:
            row.addWidget(field)
        row.addStretch(1)
        column.addLayout(row)
        self._fields: list[Field] = [self.way, self.reference, self.each, self.points, self.part_step, *self.limits]

    def refresh(self) -> None:
        """Show the steps in the draft."""
        for field in self._fields:
            field.refresh()


class WayField(ChoiceField):
    """Whether steps are counted above a number or below it."""

    def __init__(self, bench: Bench, path: Path) -> None:
        options = [(way, bench.tr(f"studio.steps.{way}")) for way in ("over", "short_of")]
        super().__init__(bench, path, "", options)
        self.box.setAccessibleName(bench.tr("studio.steps.way"))

    def read(self) -> str:
        """Tell which it is."""
        return "short_of" if "short_of" in fields_at(self.data, ()) else "over"

    def take(self, value: str) -> None:
        """Count on the other side of the same number."""
        fields = {name: each for name, each in fields_at(self.data, ()).items() if name not in ("over", "short_of")}
        number = _reference(self.data)
        keep = number or value == "short_of"
        self.write({**fields, **({value: number or "0"} if keep else {})})


def _reference(data: Data) -> str:
    return string_at(data, ("short_of",)) or string_at(data, ("over",))


def _with_reference(data: Data, written: str) -> Data:
    fields = fields_at(data, ())
    way = "short_of" if "short_of" in fields else "over"
    if not written and way == "over":
        return {name: value for name, value in fields.items() if name != "over"}
    return {**fields, way: written}

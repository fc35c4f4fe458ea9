"""Read what a county adds to its city's checklist, with all problems of form at once.

Whether the city's edition allows it is for ``overlaying`` to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from wufei_cells.checklists.entry_reading import EntryReader
from wufei_cells.checklists.fields import KEY_PATTERN, Fields, Reading
from wufei_cells.checklists.list_reading import ListReader
from wufei_cells.checklists.rule_reading import RuleReader
from wufei_cells.checklists.yaml_source import Data, Path, Source, parse_yaml
from wufei_cells.domain import checklists as model
from wufei_cells.domain.conditions import Fact
from wufei_cells.domain.rules import Quantity
from wufei_cells.domain.text import Text
from wufei_cells.errors import ProblemsFound

OVERLAY_FORMAT = "wufei-overlay/1"
SHORTEST_ID = 12
"""So many characters of an edition's identity are enough to name it; lists show as many."""


@dataclass(frozen=True, slots=True)
class Extended:
    """The city's edition that an overlay was written for."""

    key: str
    edition: str
    id: str
    """Its identity, or the beginning of it."""


@dataclass(frozen=True, slots=True)
class AddedItems:
    """Items for one of the city's groups."""

    group: str
    items: tuple[model.Item, ...]


@dataclass(frozen=True, slots=True)
class RaisedGrade:
    """What a level asks for in the county; ``None`` and what is not named stays as it is."""

    total_at_least: Quantity | None
    groups_at_least: Quantity | None
    group_exceptions: tuple[tuple[str, Quantity], ...]
    items_at_least: tuple[tuple[str, Quantity], ...]


@dataclass(frozen=True, slots=True)
class OverlayFile:
    """A county's overlay as its file has it, and where everything stands in the file."""

    source: Source = field(compare=False, repr=False)
    stated_totals: dict[Path, Decimal] = field(compare=False, repr=False)
    key: str
    edition: str
    title: Text
    official: bool
    notice: Text
    extends: Extended
    districts: tuple[str, ...]
    effective_from: date
    effective_until: date | None
    sources: tuple[model.Source, ...]
    gates: tuple[model.Gate, ...]
    facts: tuple[Fact, ...]
    parameters: tuple[model.Parameter, ...]
    items: tuple[AddedItems, ...]
    groups: tuple[model.Group, ...]
    bonus_items: tuple[model.Item, ...]
    weights: tuple[tuple[str, Decimal], ...]
    grades: tuple[tuple[str, RaisedGrade], ...]


def is_overlay(source: Source) -> bool:
    """Whether plain data says of itself that it is an overlay."""
    return isinstance(source.data, dict) and source.data.get("format") == OVERLAY_FORMAT


def read_overlay(content: bytes, name: str) -> OverlayFile:
    """Read an overlay from a YAML or JSON file.

    Raises:
        ProblemsFound: every problem of form, each with its place.
    """
    return read_overlay_source(parse_yaml(content, name))


def read_overlay_source(source: Source) -> OverlayFile:
    """Read an overlay from plain data that knows where it stood.

    Raises:
        ProblemsFound: every problem of form, each with its place.
    """
    reading = Reading(source)
    overlay = _OverlayReader(reading).overlay(source.data)
    if reading.problems:
        raise ProblemsFound(source.in_order(reading.problems), subject=source.name)
    return overlay


class _OverlayReader:
    """Reads the parts of one overlay with the readers of checklists."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        rules = RuleReader(reading)
        self.entries = EntryReader(reading, rules)
        self.lists = ListReader(reading, rules)

    def overlay(self, data: Data) -> OverlayFile:
        fields = Fields(self.reading, data, ())
        if fields.string("format") != OVERLAY_FORMAT:
            self.reading.problem(("format",), "overlay.format", expected=OVERLAY_FORMAT)
        add, raised = fields.fields("add"), fields.fields("raise")
        overlay = OverlayFile(
            source=self.reading.source,
            stated_totals=self.entries.stated_totals,
            key=fields.key(),
            edition=fields.string("edition"),
            title=fields.text("title"),
            official=fields.flag("official", default=False),
            notice=fields.text("notice", Text("")),
            extends=fields.get("extends", self._extended),
            districts=fields.each("districts", self.reading.key, required=True),
            effective_from=fields.get("effective_from", self.reading.day),
            effective_until=fields.maybe("effective_until", self.reading.day),
            sources=fields.each("sources", self.lists.source),
            gates=add.each("gates", self.entries.gate),
            facts=add.each("facts", self.lists.fact),
            parameters=add.each("parameters", self.lists.parameter),
            items=add.each("items", self._added_items),
            groups=add.each("groups", self.entries.group),
            bonus_items=add.each("bonus_items", self.entries.item),
            weights=self._weights(raised.fields("weights")),
            grades=self._grades(raised.fields("grades")),
        )
        for part in (add, raised, fields):
            part.finish()
        return overlay

    def _extended(self, data: Data, path: Path) -> Extended:
        fields = Fields(self.reading, data, path)
        extended = Extended(fields.key(), fields.string("edition"), fields.get("id", self._identity))
        fields.finish()
        return extended

    def _identity(self, data: Data, path: Path) -> str:
        written = data.strip().lower() if isinstance(data, str) else ""
        if not SHORTEST_ID <= len(written) <= 64 or set(written) - set("0123456789abcdef"):
            self.reading.problem(path, "overlay.not_identity", found=str(data)[:70], shortest=SHORTEST_ID)
        return written

    def _added_items(self, data: Data, path: Path) -> AddedItems:
        fields = Fields(self.reading, data, path)
        added = AddedItems(fields.key("group"), fields.each("items", self.entries.item, required=True))
        fields.finish()
        return added

    def _weights(self, fields: Fields) -> tuple[tuple[str, Decimal], ...]:
        return tuple((key, fields.number(key)) for key in self._keys(fields))

    def _grades(self, fields: Fields) -> tuple[tuple[str, RaisedGrade], ...]:
        return tuple((key, fields.get(key, self._grade)) for key in self._keys(fields))

    def _grade(self, data: Data, path: Path) -> RaisedGrade:
        fields = Fields(self.reading, data, path)
        quantity = self.reading.quantity
        grade = RaisedGrade(
            fields.maybe("total_at_least", quantity),
            fields.maybe("groups_at_least", quantity),
            self._quantities(fields.fields("group_exceptions")),
            self._quantities(fields.fields("items_at_least")),
        )
        fields.finish()
        return grade

    def _quantities(self, fields: Fields) -> tuple[tuple[str, Quantity], ...]:
        return tuple((key, fields.get(key, self.reading.quantity)) for key in self._keys(fields))

    def _keys(self, fields: Fields) -> list[str]:
        """Give the keys that a mapping says something of, in a fixed order; what is no key is a problem."""
        for name in fields.data:
            if not KEY_PATTERN.fullmatch(name):
                self.reading.problem(fields.at(name), "field.not_key", found=name[:40])
        return sorted(name for name in fields.data if name in fields and KEY_PATTERN.fullmatch(name))

"""What should stand, in a few lines of our own: the rule read anew, without a table and without an order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json

Name = tuple[str, int]
Cell = tuple[str, str]


@dataclass(frozen=True)
class Fact:
    """One act as every device knows it."""

    device: str
    seq: int
    kind: str
    entity: str
    cell: str
    lamport: int
    at: str
    author: str
    value: JsonValue
    replaces: frozenset[Name]
    readable: bool = True

    @property
    def name(self) -> Name:
        return self.device, self.seq

    @property
    def place(self) -> Cell:
        return self.entity, self.cell


@dataclass(frozen=True)
class Standing:
    """What stands in the cells of a register."""

    heads: dict[Cell, frozenset[Name]]
    distinct: dict[Cell, int]
    """By cell in conflict: how many values stand."""
    awaited: frozenset[tuple[Cell, Name]]
    shown: dict[Cell, Fact]


def standing(known: Iterable[Fact], aside: frozenset[Name]) -> Standing:
    """Say what stands when these acts are known and some of them do not count."""
    facts = {fact.name: fact for fact in known}
    of_cell: dict[Cell, dict[Name, Fact]] = defaultdict(dict)
    for fact in facts.values():
        if fact.name not in aside:
            of_cell[fact.place][fact.name] = fact
    heads, awaited = {}, set()
    for cell, acts in of_cell.items():
        named = frozenset().union(*(act.replaces for act in acts.values()))
        heads[cell] = frozenset(acts.keys() - named or acts.keys())  # a circle, which only a forger writes, stands
        awaited |= {(cell, name) for name in named - facts.keys()}
    values = {cell: {canonical_json(facts[name].value) for name in names} for cell, names in heads.items()}
    shown = {cell: facts[max(names, key=lambda n: (facts[n].lamport, n))] for cell, names in heads.items()}
    distinct = {cell: len(said) for cell, said in values.items() if len(said) > 1}
    return Standing(heads, distinct, frozenset(awaited), shown)

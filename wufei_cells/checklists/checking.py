"""Check that an edition makes sense: keys, totals, references, ladders, reachable full marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from wufei_cells.checklists.rule_checking import check_rule
from wufei_cells.checklists.yaml_source import Path
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.checklists import Checklist, Gate, Grade, Group, Item
from wufei_cells.domain.conditions import AllOf, AnyOf, Condition, Fact, FactCompared, FactIs, FactKind, Not
from wufei_cells.domain.rules import ParameterRef, Quantity
from wufei_cells.errors import Problem

Place = Callable[[Path], str]

RESERVED_KEY = "facts"
"""An answers file keeps the facts of the site under this name."""


def check(checklist: Checklist, stated_totals: dict[Path, Decimal], place: Place) -> list[Problem]:
    """List everything that does not make sense, each with its place."""
    return _Check(checklist, stated_totals, place).problems


class _Check:
    def __init__(self, checklist: Checklist, stated_totals: dict[Path, Decimal], place: Place) -> None:
        self.checklist = checklist
        self.place = place
        self.problems: list[Problem] = []
        self.facts = {fact.key: fact for fact in checklist.facts}
        self.parameters = {entry.key: entry.value for entry in checklist.parameters}
        self.sources = {source.key for source in checklist.sources}
        self._totals(stated_totals)
        self._keys()
        self._entries()
        self._grades()

    def note(self, path: Path, code: str, **values: object) -> None:
        self.problems.append(Problem(code, self.place(path), values))

    def value(self, quantity: Quantity, path: Path) -> Decimal | None:
        """Give a number's value; an unknown parameter is noted and has none."""
        if not isinstance(quantity, ParameterRef):
            return quantity
        if quantity.name not in self.parameters:
            self.note(path, "checklist.unknown_parameter", name=quantity.name)
        return self.parameters.get(quantity.name)

    # --- parts of the check

    def _totals(self, stated: dict[Path, Decimal]) -> None:
        actual: dict[Path, Decimal] = {(): self.checklist.full}
        actual.update({path: group.full for path, group in self._groups()})
        for path, total in stated.items():
            if path in actual and actual[path] != total:
                self.note((*path, "full"), "checklist.total", stated=plain(total), actual=plain(actual[path]))
        if self.checklist.bonus and self.checklist.bonus.cap < 0:
            self.note(("bonus", "cap"), "checklist.negative_cap")

    def _keys(self) -> None:
        seen: dict[str, Path] = {}
        for path, group in self._groups():
            self._unique(seen, group.key, path)
            if not group.items and not group.groups:
                self.note(path, "checklist.empty_group", name=group.key)
        for path, entry in self._all_entries():
            self._unique(seen, entry.key, path)
            if entry.key == RESERVED_KEY:
                self.note((*path, "key"), "checklist.reserved_key", name=entry.key)
        for name in ("facts", "parameters", "sources"):
            own: dict[str, Path] = {}
            for index, entry in enumerate(getattr(self.checklist, name)):
                self._unique(own, entry.key, (name, index))
        for index, fact in enumerate(self.checklist.facts):
            self._fact_options(fact, ("facts", index))

    def _fact_options(self, fact: Fact, path: Path) -> None:
        own: dict[str, Path] = {}
        for index, option in enumerate(fact.options):
            self._unique(own, option.key, (*path, "options", index))
        if fact.kind is FactKind.CHOICE and not fact.options:
            self.note((*path, "options"), "checklist.fact_without_options", name=fact.key)
        if fact.kind is not FactKind.CHOICE and fact.options:
            self.note((*path, "options"), "checklist.fact_with_options", name=fact.key)

    def _unique(self, seen: dict[str, Path], key: str, path: Path) -> None:
        if key in seen:
            self.note((*path, "key"), "checklist.duplicate_key", name=key, first=self.place((*seen[key], "key")))
        seen.setdefault(key, path)

    def _entries(self) -> None:
        for path, entry in self._all_entries():
            for index, source in enumerate(entry.sources):
                if source not in self.sources:
                    self.note((*path, "sources", index), "checklist.unknown_source", name=source)
            if entry.applies:
                self._condition(entry.applies, (*path, "applies"))
            if isinstance(entry, Item):
                if entry.full <= 0:
                    self.note((*path, "full"), "checklist.item_without_points", name=entry.key)
                check_rule(entry.rule, entry.full, (*path, "rule"), self.note, self.value)

    def _condition(self, condition: Condition, path: Path) -> None:
        match condition:
            case AllOf() | AnyOf():
                for index, part in enumerate(condition.parts):
                    self._condition(part, (*path, "all" if isinstance(condition, AllOf) else "any", index))
            case Not():
                self._condition(condition.part, (*path, "not"))
            case FactIs() | FactCompared():
                self._fact_condition(condition, path)

    def _fact_condition(self, condition: FactIs | FactCompared, path: Path) -> None:
        fact = self.facts.get(condition.fact)
        if fact is None:
            self.note((*path, "fact"), "checklist.unknown_fact", name=condition.fact)
        elif isinstance(condition, FactCompared):
            self.value(condition.bound.value, path)
            if fact.kind is not FactKind.NUMBER:
                self.note(path, "checklist.fact_not_number", name=fact.key)
        else:
            unknown = sorted(set(condition.values) - _possible_values(fact))
            if unknown:
                self.note((*path, "is"), "checklist.fact_value", name=fact.key, found=", ".join(unknown))

    def _grades(self) -> None:
        groups = {group.key for group in self.checklist.groups}
        previous: Decimal | None = None
        seen: dict[str, Path] = {}
        for index, grade in enumerate(self.checklist.grades):
            path: Path = ("scoring", "grades", index)
            self._unique(seen, grade.key, path)
            total = self.value(grade.total_at_least, (*path, "total_at_least"))
            if total is not None:
                self._grade_total(total, previous, path)
                previous = total
            self._grade_groups(grade, groups, path)

    def _grade_total(self, total: Decimal, previous: Decimal | None, path: Path) -> None:
        bonus = self.checklist.bonus
        reachable = self.checklist.full + (bonus.cap if bonus and bonus.counts_for_pass else 0)
        if total > reachable:
            values = {"total": plain(total), "reachable": plain(reachable)}
            self.note((*path, "total_at_least"), "checklist.unreachable_grade", **values)
        if previous is not None and total <= previous:
            values = {"total": plain(total), "previous": plain(previous)}
            self.note((*path, "total_at_least"), "checklist.grade_order", **values)

    def _grade_groups(self, grade: Grade, groups: set[str], path: Path) -> None:
        quantities = [("groups_at_least", grade.groups_at_least), *grade.group_exceptions]
        for key, quantity in quantities:
            here = (*path, key) if key == "groups_at_least" else (*path, "group_exceptions", key)
            value = None if quantity is None else self.value(quantity, here)
            if value is not None and not 0 <= value <= 100:
                self.note(here, "checklist.not_percent", found=plain(value))
        for key, _quantity in grade.group_exceptions:
            if key not in groups:
                self.note((*path, "group_exceptions", key), "checklist.unknown_group", name=key)

    # --- walking

    def _groups(self) -> Iterator[tuple[Path, Group]]:
        for index, group in enumerate(self.checklist.groups):
            yield from _walk(group, ("groups", index))
        if self.checklist.bonus:
            yield from _walk(self.checklist.bonus.group, ("bonus",))

    def _all_entries(self) -> Iterator[tuple[Path, Gate | Item]]:
        for index, gate in enumerate(self.checklist.gates):
            yield ("gates", index), gate
        for path, group in self._groups():
            for index, item in enumerate(group.items):
                yield (*path, "items", index), item


def _walk(group: Group, path: Path) -> Iterator[tuple[Path, Group]]:
    yield path, group
    for index, inner in enumerate(group.groups):
        yield from _walk(inner, (*path, "groups", index))


def _possible_values(fact: Fact) -> set[str]:
    if fact.kind is FactKind.YES_NO:
        return {"yes", "no"}
    return {option.key for option in fact.options}

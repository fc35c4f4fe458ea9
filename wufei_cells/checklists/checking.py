"""Check that an edition makes sense: keys, totals, references, ladders, reachable full marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from wufei_cells.checklists.rule_checking import check_rule, part_conditions
from wufei_cells.checklists.scoring_checking import check_scoring
from wufei_cells.checklists.yaml_source import Path
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.checklists import Checklist, Gate, Group, Item
from wufei_cells.domain.conditions import AllOf, AnyOf, Condition, Fact, FactCompared, FactIs, FactKind, Not
from wufei_cells.domain.formula_names import circle_in, names_in, parameters_in
from wufei_cells.domain.formulas import Formula
from wufei_cells.domain.rules import ParameterRef, Quantity
from wufei_cells.errors import Problem

Place = Callable[[Path], str]
Noted = tuple[Path, Problem]

RESERVED_KEY = "facts"
"""An answers file keeps the facts of the site under this name."""


def check(
    checklist: Checklist, stated_totals: dict[Path, Decimal], place: Place, unread: frozenset[Path] = frozenset()
) -> list[Problem]:
    """List everything that does not make sense, each with its place: at the start, and whenever a parameter changes.

    Args:
        checklist: the edition; where parts could not be read, with stand-ins.
        stated_totals: the full marks that the source states, by path.
        place: says where a path stands.
        unread: the paths of what could not be read. Nothing is said of it, nor of what depends on it.
    """
    days = sorted({phase.start for entry in checklist.parameters for phase in entry.phases})
    found: list[Noted] = []
    for day in (None, *days):
        totals = stated_totals if day is None else {}
        found += [one for one in _Check(checklist, totals, place, day, unread).noted if one not in found]
    return [problem for path, problem in found if not known_gap(path, problem.code, unread)]


class _Check:
    def __init__(
        self,
        checklist: Checklist,
        stated_totals: dict[Path, Decimal],
        place: Place,
        on: date | None,
        unread: frozenset[Path],
    ) -> None:
        self.checklist = checklist
        self.place = place
        self.unread = unread
        self.noted: list[Noted] = []
        self.facts = {fact.key: fact for fact in checklist.facts}
        self.parameters = {entry.key: entry.value_on(on) for entry in checklist.parameters}
        self.sources = {source.key for source in checklist.sources}
        self._dates()
        self._totals(stated_totals)
        self._keys()
        self._facts_worked_out()
        self._entries()
        if not any(gap[:1] == ("scoring",) and _is_compared(gap) for gap in unread):
            check_scoring(checklist, self.note, self.value, self._unique)

    def note(self, path: Path, code: str, **values: object) -> None:
        self.noted.append((path, Problem(code, self.place(path), values)))

    def _read(self, path: Path) -> bool:
        """Whether everything of a part could be read."""
        return not any(gap[: len(path)] == path for gap in self.unread)

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
        for name, extra in (("bonus", self.checklist.bonus), ("deductions", self.checklist.deductions)):
            if extra and extra.cap <= 0:
                self.note((name, "cap"), "checklist.cap_not_positive", found=plain(extra.cap))
        for path, group in self._groups():
            self._group_numbers(path, group)

    def _group_numbers(self, path: Path, group: Group) -> None:
        if group.weight is not None and group.weight <= 0:
            self.note((*path, "weight"), "checklist.weight_not_positive", found=plain(group.weight))
        inside = replace(group, cap=None).full
        if group.cap is not None and not 0 < group.cap <= inside:
            self.note((*path, "cap"), "checklist.group_cap", cap=plain(group.cap), inside=plain(inside))

    def _dates(self) -> None:
        until = self.checklist.effective_until
        if until is not None and until < self.checklist.effective_from:
            values = {"until": until.isoformat(), "since": self.checklist.effective_from.isoformat()}
            self.note(("effective_until",), "checklist.ends_before_it_starts", **values)
        for index, entry in enumerate(self.checklist.parameters):
            for number, (earlier, later) in enumerate(pairwise(entry.phases), start=1):
                if later.start <= earlier.start:
                    self.note(("parameters", index, "phases", number, "from"), "checklist.phase_order", name=entry.key)

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

    def _facts_worked_out(self) -> None:
        formulas = {key: fact.formula for key, fact in self.facts.items() if fact.formula is not None}
        for index, fact in enumerate(self.checklist.facts):
            if fact.formula is not None and self._read(("facts", index)):
                self._formula_of(fact, fact.formula, ("facts", index, "formula"))
        circle = circle_in(formulas)
        if circle:
            first = next(index for index, fact in enumerate(self.checklist.facts) if fact.key in circle)
            self.note(("facts", first, "formula"), "checklist.fact_circle", names=" → ".join((*circle, circle[0])))

    def _formula_of(self, fact: Fact, formula: Formula, path: Path) -> None:
        if fact.kind is not FactKind.NUMBER:
            self.note(path, "checklist.formula_of_no_number", name=fact.key)
        for name in dict.fromkeys(parameters_in(formula)):
            self.value(ParameterRef(name), path)
        for name in dict.fromkeys(names_in(formula)):
            if name not in self.facts:
                self.note(path, "checklist.unknown_fact", name=name)
            elif self.facts[name].kind is not FactKind.NUMBER:
                self.note(path, "checklist.fact_not_number", name=name)

    def _unique(self, seen: dict[str, Path], key: str, path: Path) -> None:
        if key and key in seen:
            self.note((*path, "key"), "checklist.duplicate_key", name=key, first=self.place((*seen[key], "key")))
        seen.setdefault(key, path)

    def _entries(self) -> None:
        for path, group in self._groups():
            if group.applies and self._read((*path, "applies")):
                self._condition(group.applies, (*path, "applies"))
        for path, entry in self._all_entries():
            for index, source in enumerate(entry.sources):
                if source not in self.sources:
                    self.note((*path, "sources", index), "checklist.unknown_source", name=source)
            if entry.applies and self._read((*path, "applies")):
                self._condition(entry.applies, (*path, "applies"))
            if isinstance(entry, Item):
                self._item(entry, path)

    def _item(self, item: Item, path: Path) -> None:
        if item.full <= 0:
            self.note((*path, "full"), "checklist.item_without_points", name=item.key)
        if item.star and path[0] != "groups":
            self.note((*path, "star"), "checklist.star_outside", name=item.key)
        if item.weight is not None and item.weight <= 0:
            self.note((*path, "weight"), "checklist.weight_not_positive", found=plain(item.weight))
        rule_path: Path = (*path, "rule")
        if not self._read(rule_path) or not self._read((*path, "full")):
            return
        check_rule(item.rule, item.full, rule_path, self.note, self.value)
        for here, condition in part_conditions(item.rule, rule_path):
            self._condition(condition, here)

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

    # --- walking

    def _groups(self) -> Iterator[tuple[Path, Group]]:
        for index, group in enumerate(self.checklist.groups):
            yield from _walk(group, ("groups", index))
        if self.checklist.bonus:
            yield from _walk(self.checklist.bonus.group, ("bonus",))
        if self.checklist.deductions:
            yield from _walk(self.checklist.deductions.group, ("deductions",))

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


_OF_TOTALS = ("checklist.total", "checklist.group_cap", "checklist.unreachable_grade")
_OF_LISTS = {
    "checklist.unknown_fact": "facts",
    "checklist.fact_not_number": "facts",
    "checklist.fact_value": "facts",
    "checklist.fact_circle": "facts",
    "checklist.unknown_parameter": "parameters",
    "checklist.unknown_source": "sources",
    "checklist.unknown_group": "groups",
    "checklist.unknown_item": "groups",
}
_COUNTED = ("full", "weight", "cap", "items", "groups")


def known_gap(path: Path, code: str, unread: frozenset[Path]) -> bool:
    """Whether a problem may only come from what could not be read: it stands in it, or speaks of what rests on it."""
    if any(path[: len(gap)] == gap for gap in unread):
        return True
    if code in _OF_TOTALS:
        return any(gap[:1] and gap[0] in ("groups", "bonus") and _is_counted(gap) for gap in unread)
    part = _OF_LISTS.get(code)
    return part is not None and any(gap[:1] == (part,) and _is_named(gap) for gap in unread)


def _is_counted(gap: Path) -> bool:
    return isinstance(gap[-1], int) or gap[-1] in _COUNTED


def _is_compared(gap: Path) -> bool:
    """Whether it leaves levels without the marks they are compared by."""
    return isinstance(gap[-1], int) or gap[-1] in ("scoring", "grades", "total_at_least")


def _is_named(gap: Path) -> bool:
    """Whether a key, or a whole entry that has one, could not be read."""
    return len(gap) == 1 or isinstance(gap[-1], int) or gap[-1] in ("key", "ask", "options", "items", "groups")

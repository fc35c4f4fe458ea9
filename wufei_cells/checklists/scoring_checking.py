"""Check the rules of the whole: levels that can be reached, shares that are shares, columns that weigh something."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from wufei_cells.checklists.rule_checking import Note, Value
from wufei_cells.checklists.yaml_source import Path
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.checklists import Checklist, Grade, NaPolicy
from wufei_cells.domain.rules import Quantity

Unique = Callable[[dict[str, Path], str, Path], None]


def check_scoring(checklist: Checklist, note: Note, value: Value, unique: Unique) -> None:
    """Note what does not make sense in the rules of the whole and in the levels."""
    check = _ScoringCheck(checklist, note, value, unique)
    check.settings()
    check.grades()


class _ScoringCheck:
    def __init__(self, checklist: Checklist, note: Note, value: Value, unique: Unique) -> None:
        self.checklist = checklist
        self.note = note
        self.value = value
        self.unique = unique
        self.groups = {group.key for group in checklist.groups}
        self.items = {item.key for group in checklist.groups for item in group.all_items()}

    def settings(self) -> None:
        """Check what indicator systems leave open."""
        rules = self.checklist.scoring
        self._percent(rules.na_share, ("scoring", "not_applicable_share"))
        self._percent(rules.na_at_most, ("scoring", "not_applicable_at_most"))
        if rules.na_share != 100 and rules.na_policy is not NaPolicy.SHARE:
            self.note(("scoring", "not_applicable_share"), "scoring.share_without_policy", policy=rules.na_policy.value)
        if rules.out_of is not None and rules.out_of <= 0:
            self.note(("scoring", "out_of"), "scoring.out_of_not_positive", found=plain(rules.out_of))
        seen: dict[str, Path] = {}
        for index, column in enumerate(rules.columns):
            self.unique(seen, column.key, ("scoring", "columns", index))
            if column.weight <= 0:
                path: Path = ("scoring", "columns", index, "weight")
                self.note(path, "checklist.weight_not_positive", found=plain(column.weight))

    def grades(self) -> None:
        """Check the levels: rising, reachable, and about groups and items that are there."""
        previous: Decimal | None = None
        seen: dict[str, Path] = {}
        for index, grade in enumerate(self.checklist.grades):
            path: Path = ("scoring", "grades", index)
            self.unique(seen, grade.key, path)
            total = self.value(grade.total_at_least, (*path, "total_at_least"))
            if total is not None:
                self._total(total, previous, path)
                previous = total
            self._minima(grade, path)

    def _total(self, total: Decimal, previous: Decimal | None, path: Path) -> None:
        bonus = self.checklist.bonus
        reachable = self.checklist.full + (bonus.cap if bonus and bonus.counts_for_pass else 0)
        if total > reachable:
            values = {"total": plain(total), "reachable": plain(reachable)}
            self.note((*path, "total_at_least"), "checklist.unreachable_grade", **values)
        if previous is not None and total <= previous:
            values = {"total": plain(total), "previous": plain(previous)}
            self.note((*path, "total_at_least"), "checklist.grade_order", **values)

    def _minima(self, grade: Grade, path: Path) -> None:
        self._percent(grade.groups_at_least, (*path, "groups_at_least"))
        for key, quantity in grade.group_exceptions:
            here: Path = (*path, "group_exceptions", key)
            self._percent(quantity, here)
            if key not in self.groups:
                self.note(here, "checklist.unknown_group", name=key)
        for key, quantity in grade.items_at_least:
            here = (*path, "items_at_least", key)
            self._percent(quantity, here)
            if key not in self.items:
                self.note(here, "checklist.unknown_item", name=key)

    def _percent(self, quantity: Quantity | None, path: Path) -> None:
        value = None if quantity is None else self.value(quantity, path)
        if value is not None and not 0 <= value <= 100:
            self.note(path, "checklist.not_percent", found=plain(value))

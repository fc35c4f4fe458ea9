"""Total, levels and verdict as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wufei_cells.domain.checklists import (
    Checklist,
    Grade,
    Group,
    Item,
    NaPolicy,
    Rounding,
    RoundingMode,
    WhenAbsent,
)
from wufei_cells.domain.rules import Effect
from wufei_cells.scoring.group_sums import worths
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.workbooks.formulas.entries import EntryCells, Standing, does_not_apply
from wufei_cells.workbooks.formulas.groups import GroupFormulas, SumCells
from wufei_cells.workbooks.formulas.workings import Workings, added, at_least, exactly, number

YES, NO = "1", "0"


@dataclass(frozen=True, slots=True)
class TotalCells:
    """Where the result stands; all but the sums only mean something where ``open`` is 0.

    Attributes:
        groups: the sums of the groups, by key.
        bonus: up to its cap.
        deductions: up to their cap.
        open: how many gates and items wait for an answer, or hold one that cannot be.
        open_facts: how many conditions rest on facts that are not known.
        failed: how many things rule passing out: gates, stars, vetoes.
        total: the total.
        counted: the points that levels are held against.
        applicable: full marks of what applies.
        grades: 1 where a level is reached, by key, from the lowest.
    """

    groups: Mapping[str, SumCells]
    bonus: str
    deductions: str
    open: str
    open_facts: str
    failed: str
    total: str
    counted: str
    applicable: str
    grades: Mapping[str, str]


class TotalFormulas:
    """Adds up under the rules of one edition, as ``scoring.totals`` does."""

    def __init__(
        self, checklist: Checklist, numbers: Numbers, entries: Mapping[str, EntryCells], workings: Workings
    ) -> None:
        """Start from the ``entries``: gates and items by key."""
        self._checklist = checklist
        self._rules = checklist.scoring
        self._numbers = numbers
        self._entries = entries
        self._put = workings.put
        policy = self._rules.na_policy
        left_out = policy in (NaPolicy.RESCALE, NaPolicy.SCALE_THRESHOLDS, NaPolicy.PRORATE)
        self._sums = GroupFormulas(entries, left_out, policy is NaPolicy.PRORATE, workings)
        self._extras = GroupFormulas(entries, left_out, prorate=False, workings=workings)
        self._counted = [item for group in checklist.groups for item in group.all_items()]

    def write(self) -> TotalCells:
        """Write everything down."""
        put, of = self._put, self._checklist
        groups = {group.key: self._sums.group(group) for group in of.groups}
        got = put("sum", added([one.points for one in groups.values()]))
        applicable = put("applicable", added([one.full for one in groups.values()]))
        base = put("base", self._stretched(got, applicable))
        bonus = self._extra(of.bonus.group if of.bonus else None, of.bonus.cap if of.bonus else 0)
        taken = self._extra(of.deductions.group if of.deductions else None, of.deductions.cap if of.deductions else 0)
        zeroed = added(self._effects(Effect.ZERO_TOTAL))
        total = put("total", self._finally(f"MAX(0,{base}+{bonus}-{taken})", zeroed))
        helps = bonus if of.bonus and of.bonus.counts_for_pass else "0"
        counted = put("counted", self._finally(f"MAX(0,{base}+{helps}-{taken})", zeroed))
        failed = put("failed", added(list(self._failing())))
        spoiled = put("spoiled", f"{failed}+{self._too_much_aside()}+{self._nothing_applies()}")
        return TotalCells(
            groups,
            bonus,
            taken,
            put("open", added([_is_open(cells.standing) for cells in self._entries.values()])),
            put("open facts", added([cells.open_facts for cells in self._entries.values()])),
            failed,
            total,
            counted,
            applicable,
            {grade.key: self._grade(grade, counted, applicable, spoiled, groups) for grade in of.grades},
        )

    # --- sums

    def _stretched(self, got: str, applicable: str) -> str:
        """Turn what was got into points of full marks, where what does not apply is made up for."""
        if self._rules.na_policy is NaPolicy.SCALE_THRESHOLDS:
            return got
        return f"IF({applicable}=0,{got},{got}*{number(self._checklist.full)}/{applicable})"

    def _extra(self, group: Group | None, cap: object) -> str:
        if group is None:
            return "0"
        inside = self._extras.plain(group).points
        return self._put(group.key, f"MIN(MAX(0,{inside}),{number(Fraction(str(cap)))})")

    def _finally(self, amount: str, zeroed: str) -> str:
        rounded = amount if self._rules.rounding is None else _rounded(amount, self._rules.rounding)
        return rounded if zeroed == "0" else f"IF({zeroed}>0,0,{rounded})"

    def _effects(self, effect: Effect) -> list[str]:
        return [cells.effects[effect] for cells in self._entries.values() if effect in cells.effects]

    # --- what rules passing out

    def _failing(self) -> Iterable[str]:
        for gate in self._checklist.gates:
            cells = self._entries[gate.key]
            yield f"IF(AND({cells.standing}=1,{cells.points}=0,{cells.open_facts}=0),1,0)"
        for item in self._checklist.items():
            if item.star:
                yield from self._star(self._entries[item.key])
        yield from self._effects(Effect.VETO)
        yield from self._effects(Effect.ZERO_TOTAL)

    def _star(self, cells: EntryCells) -> Iterable[str]:
        yield f"IF(AND({cells.standing}=1,{exactly(cells.points)}<=0),1,0)"
        if self._rules.absent_star is WhenAbsent.FAILED:
            yield f"IF(AND({cells.standing}={Standing.SET_ASIDE.value},{cells.open_facts}=0),1,0)"

    def _too_much_aside(self) -> str:
        if self._rules.na_at_most is None:
            return "0"
        limit, weights = number(self._numbers.value(self._rules.na_at_most)), worths(self._checklist.groups)
        asked: list[str] = []
        aside: list[str] = []
        for item in self._counted:
            standing, worth = self._entries[item.key].standing, number(weights[item.key])
            asked.append(f"IF({standing}={Standing.EXCLUDED.value},0,{worth})")
            aside.append(f"IF({standing}={Standing.SET_ASIDE.value},{worth},0)")
        share = f"({self._put('aside', added(aside))})*100-({self._put('asked', added(asked))})*{limit}"
        return f"IF({exactly(share)}>0,1,0)"

    def _nothing_applies(self) -> str:
        applies = [f"IF({does_not_apply(self._entries[item.key].standing)},0,1)" for item in self._counted]
        return f"IF({self._put('applies', added(applies))}=0,1,0)"

    # --- levels

    def _grade(self, grade: Grade, counted: str, applicable: str, spoiled: str, groups: Mapping[str, SumCells]) -> str:
        needed = number(self._numbers.value(grade.total_at_least))
        if self._rules.na_policy is NaPolicy.SCALE_THRESHOLDS:
            needed = f"{needed}*{applicable}/{number(self._checklist.full)}"
        checks = [at_least(counted, needed), f"{spoiled}=0"]
        for key, cells in groups.items():
            share = grade.group_share(key)
            if share is not None:
                empty = "TRUE" if self._rules.empty_group is WhenAbsent.MET else "FALSE"
                reached = at_least(cells.points, f"{cells.full}*{number(self._numbers.value(share))}/100")
                checks.append(f"IF({cells.full}=0,{empty},{reached})")
        items = {item.key: item for item in self._checklist.items()}
        checks += [
            self._item_reached(items[key], number(self._numbers.value(share))) for key, share in grade.items_at_least
        ]
        return self._put(grade.key, f"IF(AND({','.join(checks)}),1,0)")

    def _item_reached(self, item: Item, share: str) -> str:
        cells = self._entries[item.key]
        reached = at_least(cells.points, f"{number(item.full)}*{share}/100")
        return f"IF({does_not_apply(cells.standing)},TRUE,{reached})"


def _is_open(standing: str) -> str:
    return f"IF({standing}<1,1,0)"


def _rounded(amount: str, rounding: Rounding) -> str:
    scale = str(10**rounding.places)
    match rounding.mode:
        case RoundingMode.HALF_UP:
            return f"INT({exactly(f'({amount})*{scale}+0.5')})/{scale}"
        case RoundingMode.DOWN:
            return f"INT({exactly(f'({amount})*{scale}')})/{scale}"
        case RoundingMode.UP:
            return f"-INT(-{exactly(f'({amount})*{scale}')})/{scale}"

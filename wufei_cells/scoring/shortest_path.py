"""The cheapest way to the next level: which items to put right, under the real gates, minima, caps and weights.

Exact, by dynamic programming over the tree of the checklist. For every group and every effort, the most points that
effort can buy in the group are worked out from its items and inner groups (a knapsack in the (max, +) algebra). That is
enough, because what a group counts for never falls when its points rise: caps, weights and making up for what does not
apply keep the order. Groups under a minimum keep only what reaches it; the whole keeps the least effort whose total
reaches the mark. Among equal efforts the one with most points wins, so that a small loss elsewhere does no harm.
Putting an item right means full marks for it; what was set aside or does not apply stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, Group, Item, NaPolicy
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.scorecard import ItemScore, Scorecard
from wufei_cells.scoring.totals import rounded

ZERO = Fraction(0)
_STRETCHED = (NaPolicy.RESCALE, NaPolicy.PRORATE)


@dataclass(frozen=True, slots=True)
class PathStep:
    """One item to put right, or (without points) one gate to meet."""

    key: str
    now: Fraction | None
    then: Fraction | None
    forced: bool
    """Whether no way to the level goes without it."""


@dataclass(frozen=True, slots=True)
class PathToLevel:
    """The cheapest set of steps to a level; ``reachable`` is false where not even full marks get there."""

    target: str
    reachable: bool
    steps: tuple[PathStep, ...]
    effort: int
    now: Fraction
    then: Fraction
    """Points that levels are held against: as they are, and once the steps are done."""
    needed: Fraction


def next_level(card: Scorecard) -> str | None:
    """Name the lowest level that is not reached; ``None`` when all are."""
    return next((grade.key for grade in card.grades if grade.reached is not True), None)


def shortest_path(
    checklist: Checklist,
    facts: Mapping[str, object],
    answers: Mapping[str, Answer],
    *,
    target: str | None = None,
    efforts: Mapping[str, int] | None = None,
    on: date | None = None,
) -> PathToLevel | None:
    """Find the cheapest set of items that reaches a level; ``None`` when every level is reached.

    Args:
        checklist: the edition.
        facts: what is known of the site.
        answers: its answers; an item without one counts with the least it can still get.
        target: the level; by default the lowest one not reached.
        efforts: what putting an item right costs, a whole number; 1 where nothing is said, 0 or less: cannot be done.
        on: the day of the assessment.
    """
    card = evaluate(checklist, facts, answers, on=on)
    wanted = target or next_level(card)
    if wanted is None:
        return None
    return _Search(checklist, card, wanted, efforts or {}, Numbers(checklist.parameters, on)).path()


@dataclass(frozen=True, slots=True)
class _Choice:
    """What some effort buys: points in units of the whole, and the items put right, as bits."""

    points: Fraction
    items: int


_Frontier = dict[int, _Choice]
"""The best choice for each effort; only those that beat every cheaper one."""


class _Search:
    def __init__(
        self, checklist: Checklist, card: Scorecard, target: str, efforts: Mapping[str, int], numbers: Numbers
    ) -> None:
        self.checklist = checklist
        self.card = card
        self.numbers = numbers
        self.efforts = efforts
        self.grades = checklist.grades[: 1 + [grade.key for grade in checklist.grades].index(target)]
        self.needed = max(card.grades[index].total_needed for index in range(len(self.grades)))
        self.scores = {score.key: score for score in card.items}
        self.order = {score.key: index for index, score in enumerate(card.items)}
        self.kept = checklist.scoring.na_policy not in (*_STRETCHED, NaPolicy.SCALE_THRESHOLDS)
        self.forced = self._forced()

    def path(self) -> PathToLevel:
        gates = [gate.key for gate in self.card.gates if gate.code == "gate.condition" and gate.ok is not True]
        found = self._cheapest(self._whole())
        stuck = self._stuck()
        items = [] if found is None else [key for key, index in self.order.items() if found[1].items >> index & 1]
        then = self._counted(found[1].points) if found else self.card.counted.low
        return PathToLevel(
            target=self.grades[-1].key,
            reachable=found is not None and not stuck,
            steps=(
                *(PathStep(key, None, None, forced=True) for key in gates),
                *(self._step(key) for key in items),
            ),
            effort=(found[0] if found else 0) + sum(self._effort(key) for key in gates),
            now=self.card.counted.low,
            then=then,
            needed=self.needed,
        )

    def _step(self, key: str) -> PathStep:
        score = self.scores[key]
        then = ZERO if self._is_deduction(key) else score.full
        return PathStep(key, score.got.low, then, forced=key in self.forced)

    def _cheapest(self, whole: _Frontier) -> tuple[int, _Choice] | None:
        reaching = (effort for effort in sorted(whole) if self._counted(whole[effort].points) >= self.needed)
        effort = next(reaching, None)
        return None if effort is None else (effort, whole[effort])

    def _counted(self, points: Fraction) -> Fraction:
        rounding = self.checklist.scoring.rounding
        points = max(points, ZERO)
        return points if rounding is None else rounded(points, rounding)

    # --- what has to be put right whatever it costs

    def _forced(self) -> frozenset[str]:
        """Name the items without which no total helps: stars at nothing, vetoes, minima of single items."""
        gates = {gate.key for gate in self.card.gates if gate.code != "gate.condition" and gate.ok is not True}
        minima = {
            key
            for grade in self.grades
            for key, share in grade.items_at_least
            if self.scores[key].applies
            and self.scores[key].got.low < self.scores[key].full * self.numbers.value(share) / 100
        }
        return frozenset(gates | minima)

    def _stuck(self) -> bool:
        """Whether something stands in the way that no points remove: what was set aside, or does not apply at all."""
        limit = self.card.set_aside_limit
        if limit is not None and self.card.set_aside > limit:
            return True
        if any(gate.code == "gate.star_set_aside" for gate in self.card.gates):
            return True
        empty = {group.key for group in self.card.groups if not group.full}
        applies = (self.scores[item.key].applies for group in self.checklist.groups for item in group.all_items())
        return not any(applies) or any(empty & set(self.card.grades[index].short) for index in range(len(self.grades)))

    def _is_deduction(self, key: str) -> bool:
        deductions = self.checklist.deductions
        return deductions is not None and any(item.key == key for item in deductions.group.all_items())

    def _effort(self, key: str) -> int:
        return self.efforts.get(key, 1)

    # --- the tree

    def _whole(self) -> _Frontier:
        """Give the best total for each effort: base, bonus where it counts, deductions."""
        applicable = sum((group.full for group in self.card.groups), ZERO)
        factor = self._stretch(applicable)
        whole: _Frontier = {0: _Choice(ZERO, 0)}
        for group in self.checklist.groups:
            least = self._least(group) * factor
            reaching = {
                effort: choice for effort, choice in self._group(group, factor).items() if choice.points >= least
            }
            whole = _together(whole, reaching)
        bonus = self.checklist.bonus
        if bonus:  # where it does not count it buys nothing, but a veto in it still has to go
            cap = Fraction(bonus.cap) if bonus.counts_for_pass else ZERO
            whole = _together(whole, _capped(self._inside(bonus.group, Fraction(1), extra=True), cap))
        if self.checklist.deductions:
            whole = _together(whole, self._deductions())
        return whole

    def _stretch(self, applicable: Fraction) -> Fraction:
        stretched = self.checklist.scoring.na_policy is not NaPolicy.SCALE_THRESHOLDS
        return Fraction(self.checklist.full) / applicable if stretched and applicable else Fraction(1)

    def _least(self, group: Group) -> Fraction:
        """Give the points a top-level group must reach for the target and every level below it."""
        full = next(score.full for score in self.card.groups if score.key == group.key)
        shares = [grade.group_share(group.key) for grade in self.grades]
        return max((full * self.numbers.value(share) / 100 for share in shares if share is not None), default=ZERO)

    def _group(self, group: Group, factor: Fraction, *, extra: bool = False) -> _Frontier:
        """Give what efforts buy in a group; ``factor`` turns its points one level up into points of the whole.

        ``extra`` groups (those in a bonus) are never stretched.
        """
        whole, full = Fraction(group.full), self._applicable(group)
        if group.weight is not None and whole:
            factor *= Fraction(group.weight) / whole
        if self.checklist.scoring.na_policy is NaPolicy.PRORATE and full and not extra:
            factor *= whole / full
        inside = self._inside(group, factor, extra=extra)
        return inside if group.cap is None else _capped(inside, Fraction(group.cap) * factor)

    def _inside(self, group: Group, factor: Fraction, *, extra: bool = False) -> _Frontier:
        frontier: _Frontier = {0: _Choice(ZERO, 0)}
        for item in group.items:
            frontier = _together(frontier, self._item(item, factor))
        for inner in group.groups:
            frontier = _together(frontier, self._group(inner, factor, extra=extra))
        return frontier

    def _item(self, item: Item, factor: Fraction) -> _Frontier:
        score = self.scores[item.key]
        scale = factor * Fraction(item.worth) / Fraction(item.full)
        return self._options(score, score.got.low * scale, score.full * scale)

    def _deductions(self) -> _Frontier:
        """Deductions are put right by taking nothing; what is beyond the cap costs nothing more."""
        assert self.checklist.deductions is not None
        return _floored(
            self._taken(self.checklist.deductions.group, Fraction(1)), -Fraction(self.checklist.deductions.cap)
        )

    def _taken(self, group: Group, factor: Fraction) -> _Frontier:
        frontier: _Frontier = {0: _Choice(ZERO, 0)}
        for item in group.items:
            score = self.scores[item.key]
            scale = factor * Fraction(item.worth) / Fraction(item.full)
            frontier = _together(frontier, self._options(score, -score.got.high * scale, ZERO))
        for inner in group.groups:
            inside = factor if inner.weight is None else factor * Fraction(inner.weight) / Fraction(inner.full)
            taken = self._taken(inner, inside)
            frontier = _together(
                frontier, taken if inner.cap is None else _floored(taken, -Fraction(inner.cap) * inside)
            )
        return frontier

    def _options(self, score: ItemScore, now: Fraction, then: Fraction) -> _Frontier:
        """Leave an item as it is, or put it right."""
        as_it_is = {0: _Choice(now, 0)}
        effort = self._effort(score.key)
        if not score.applies or effort <= 0:
            return {} if score.key in self.forced and score.applies else as_it_is
        right = {effort: _Choice(then, 1 << self.order[score.key])}
        return right if score.key in self.forced else _best({**as_it_is, **right})

    def _applicable(self, group: Group) -> Fraction:
        """Give the full marks inside a group that count, before its weight."""
        items = sum((self._counts(item) for item in group.items), ZERO)
        inner = ZERO
        for part in group.groups:
            inside, whole = self._applicable(part), Fraction(part.full)
            prorated = whole if self.checklist.scoring.na_policy is NaPolicy.PRORATE and inside else inside
            inner += prorated if part.weight is None or not whole else prorated * Fraction(part.weight) / whole
        total = items + inner
        return total if group.cap is None else min(total, Fraction(group.cap))

    def _counts(self, item: Item) -> Fraction:
        return Fraction(item.worth) if self.scores[item.key].applies or self.kept else ZERO


def _together(left: _Frontier, right: _Frontier) -> _Frontier:
    """Give the best of two parts for each effort spent on both."""
    best: _Frontier = {}
    for effort, one in left.items():
        for further, other in right.items():
            points = one.points + other.points
            known = best.get(effort + further)
            if known is None or known.points < points:
                best[effort + further] = _Choice(points, one.items | other.items)
    return _best(best)


def _capped(frontier: _Frontier, cap: Fraction) -> _Frontier:
    return _best({effort: _Choice(min(one.points, cap), one.items) for effort, one in frontier.items()})


def _floored(frontier: _Frontier, floor: Fraction) -> _Frontier:
    return _best({effort: _Choice(max(one.points, floor), one.items) for effort, one in frontier.items()})


def _best(frontier: _Frontier) -> _Frontier:
    """Leave out what costs more and gives no more."""
    kept: _Frontier = {}
    most: Fraction | None = None
    for effort in sorted(frontier):
        if most is None or frontier[effort].points > most:
            kept[effort] = frontier[effort]
            most = frontier[effort].points
    return kept

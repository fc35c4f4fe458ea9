"""Hold one site's result under its edition against the result under another one, and say where the difference lies.

Pure: two scorecards and the way entries went from one edition to the other give the comparison.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from wufei_cells.checklists.lineage import Lineage, lineage
from wufei_cells.domain.checklists import Checklist, Item
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentId, EditionId, SiteId
from wufei_cells.scoring.contributions import contributions
from wufei_cells.scoring.scorecard import GateResult, GradeResult, Scorecard, Span
from wufei_cells.services.edition_memory import Hashes, turned_round

ZERO = Fraction(0)


class Shift(StrEnum):
    """What another edition would mean for a site, the worst first."""

    FAILS = "fails"
    """It would not pass any more."""
    LOWER = "lower"
    """It would pass at a lower level."""
    OPEN = "open"
    """It could not be told before something is assessed anew."""
    SAME = "same"
    HIGHER = "higher"
    PASSES = "passes"


class ItemChange(StrEnum):
    """What became of an item from one edition to the other."""

    SAME = "same"
    """Its words and its weight stand; its points count differently because of other items."""
    WEIGHED = "weighed"
    """Its words stand, it counts for more or less."""
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a site stands under an edition."""

    total: Span
    level: str | None
    passed: bool | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemEffect:
    """What an item contributes to the total under both editions: the points that it surely counts for."""

    key: str
    """In the other edition; of removed items in the present one."""
    change: ItemChange
    before: Fraction
    after: Fraction
    assumed: bool = False
    """Whether the old answer was taken over although the words changed, because it fits them."""
    unanswered: bool = False
    """Whether it would have to be answered anew."""

    @property
    def difference(self) -> Fraction:
        """What the total gains or loses through it."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class GateEffect:
    """A gate, starred item or veto that decides differently; ``None`` where an edition does not have it."""

    key: str
    before: GateResult | None
    after: GateResult | None


@dataclass(frozen=True, slots=True)
class GradeEffect:
    """A level whose mark to reach, or whose result, differs; ``None`` where an edition does not have it."""

    key: str
    before: GradeResult | None
    after: GradeResult | None


@dataclass(frozen=True, slots=True)
class CellImpact:
    """What another edition would mean for one site, and through what."""

    assessment: AssessmentId
    site: SiteId
    site_name: str
    district: str
    stage: Stage
    edition: EditionId
    before: Verdict
    after: Verdict
    shift: Shift
    items: tuple[ItemEffect, ...]
    """Only those that make a difference, the largest first. They add up to the difference of the totals."""
    gates: tuple[GateEffect, ...]
    grades: tuple[GradeEffect, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """How one entry of the other edition goes back to the present one."""

    key: str
    origins: tuple[str, ...]
    carried: str | None
    """The origin with the very same words: its answer counts."""


class Passage:
    """The way from the edition that sites are pinned to, to another one; made once for all of its sites."""

    def __init__(self, before: Checklist, hashes_before: Hashes, after: Checklist, hashes_after: Hashes) -> None:
        self.before = before
        self.after = after
        traced = lineage(before, after)
        self.links = tuple(_link(key, traced, hashes_before, hashes_after) for key in hashes_after)
        # Where an item was split its points went to the first of its parts, so that nothing is counted twice.
        self._line = {origin: later[0][0] for origin, later in turned_round(traced).items()}
        self._changes = {link.key: _change(link, before, after) for link in self.links}

    def items(self, before: Scorecard, after: Scorecard, assumed: frozenset[str]) -> tuple[ItemEffect, ...]:
        """Give the items through which the total changes, the largest difference first."""
        points: dict[str, Fraction] = {}
        removed: list[ItemEffect] = []
        for key, counted in contributions(before).items():
            line = self._line.get(key)
            if line is None:
                removed.append(ItemEffect(key, ItemChange.REMOVED, counted, ZERO))
            else:
                points[line] = points.get(line, ZERO) + counted
        unanswered = {score.key for score in after.items if score.applies and not score.answered}
        effects = [
            ItemEffect(key, self._changes[key], points.get(key, ZERO), counted, key in assumed, key in unanswered)
            for key, counted in contributions(after).items()
        ]
        differing = [effect for effect in (*effects, *removed) if effect.difference]
        return tuple(sorted(differing, key=lambda effect: (-abs(effect.difference), effect.key)))

    def gates(self, before: Scorecard, after: Scorecard) -> tuple[GateEffect, ...]:
        """Give the gates, stars and vetoes that decide differently."""
        known = {(self._line.get(gate.key, gate.key), gate.code): gate for gate in before.gates}
        now = {(gate.key, gate.code): gate for gate in after.gates}
        effects = [GateEffect(place[0], known.get(place), now.get(place)) for place in {**now, **known}]
        return tuple(effect for effect in effects if _ok(effect.before) != _ok(effect.after))

    def shift(self, before: Verdict, after: Verdict) -> Shift:
        """Say what the change means."""
        if before.passed is after.passed is True and before.level != after.level:
            return Shift.LOWER if self._rank(after.level) < self._rank(before.level) else Shift.HIGHER
        if before.passed == after.passed:
            return Shift.SAME
        if after.passed is None:
            return Shift.OPEN
        return Shift.PASSES if after.passed else Shift.FAILS

    def _rank(self, level: str | None) -> int:
        """Give the place of a level among those of the other edition, or else among the present ones."""
        for checklist in (self.after, self.before):
            keys = [grade.key for grade in checklist.grades]
            if level in keys:
                return keys.index(level)
        return -1


def grade_effects(before: Scorecard, after: Scorecard) -> tuple[GradeEffect, ...]:
    """Give the levels whose mark to reach, or whose result, differs."""
    known = {grade.key: grade for grade in before.grades}
    now = {grade.key: grade for grade in after.grades}
    effects = [GradeEffect(key, known.get(key), now.get(key)) for key in {**now, **known}]
    return tuple(effect for effect in effects if _demand(effect.before) != _demand(effect.after))


def verdict_of(card: Scorecard) -> Verdict:
    """Give what a scorecard says in the end."""
    return Verdict(card.total, card.level, card.passed, card.missing)


def _link(key: str, traced: Lineage, before: Hashes, after: Mapping[str, frozenset[str]]) -> Link:
    origins = tuple(origin for origin, _relation in traced.get(key, ()))
    same = (origin for origin in origins if before[origin] & after[key])
    return Link(key, origins, next(same, None))


def _change(link: Link, before: Checklist, after: Checklist) -> ItemChange:
    if not link.origins:
        return ItemChange.ADDED
    if link.carried is None or len(link.origins) > 1:
        return ItemChange.CHANGED
    old, new = before.entry(link.carried), after.entry(link.key)
    weighed = isinstance(old, Item) and isinstance(new, Item) and old.worth != new.worth
    return ItemChange.WEIGHED if weighed else ItemChange.SAME


def _ok(gate: GateResult | None) -> bool | None:
    """A gate that an edition does not have stands in nobody's way."""
    return True if gate is None else gate.ok


def _demand(grade: GradeResult | None) -> tuple[bool | None, Fraction | None, tuple[str, ...]]:
    return (None, None, ()) if grade is None else (grade.reached, grade.total_needed, grade.short)

"""What became of each item of an edition over its sites: how often, and how many points were lost. Pure, exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from wufei_cells.domain.checklists import Checklist, Gate, Item
from wufei_cells.scoring.one_entry import EntryScore, Outcome


class Part(StrEnum):
    """What an entry is in its checklist."""

    GATE = "gate"
    """A condition, which gives no points; one that is not met counts as lost."""
    ITEM = "item"
    BONUS = "bonus"
    """Points on top: one that nobody claims has lost nothing."""
    DEDUCTION = "deduction"
    """Points taken off: one that nobody noted was kept."""


@dataclass(slots=True)
class ItemStatistics:
    """One entry over the sites that were assessed with its edition."""

    entry: Gate | Item
    part: Part
    outcomes: Counter[Outcome] = field(default_factory=Counter[Outcome])
    judged: int = 0
    """How many of the sites it was judged at: answered in full, and not set aside."""
    lost: Fraction = Fraction(0)
    """Points that all of them together did not get, or were taken off."""
    nothing: int = 0
    """How many of them got nothing, or had all of it taken off."""

    def take(self, score: EntryScore) -> None:
        """Count one site."""
        self.outcomes[score.outcome] += 1
        kept = score.outcome is Outcome.UNCLAIMED and self.part is Part.DEDUCTION
        if not kept and score.outcome not in (Outcome.MET, Outcome.DEDUCTED):
            return
        self.judged += 1
        lost = self._lost(score)
        self.lost += lost
        self.nothing += lost == self.full

    def _lost(self, score: EntryScore) -> Fraction:
        if self.part is Part.GATE:
            return Fraction(score.outcome is Outcome.DEDUCTED)
        if score.points is None or score.outcome is Outcome.UNCLAIMED:
            return Fraction(0)
        return score.points.low if self.part is Part.DEDUCTION else self.full - score.points.low

    @property
    def full(self) -> Fraction:
        """Full marks; of a condition 1, which it meets or misses."""
        return Fraction(self.entry.full) if isinstance(self.entry, Item) else Fraction(1)

    @property
    def asked(self) -> int:
        """At how many sites it is asked; the facts of the others leave it out."""
        return sum(self.outcomes.values()) - self.outcomes[Outcome.EXCLUDED]

    @property
    def met(self) -> int:
        """How many of those it was judged at lost nothing."""
        return self.judged - self.outcomes[Outcome.DEDUCTED]

    @property
    def unanswered(self) -> int:
        """How many of those asked have not answered it, or not in full."""
        return self.asked - self.judged - self.outcomes[Outcome.NOT_APPLICABLE]

    @property
    def share(self) -> Fraction | None:
        """Mean share of the points where it was judged; ``None`` where it was nowhere."""
        return 1 - self.lost / (self.judged * self.full) if self.judged and self.full else None

    @property
    def ranked(self) -> bool:
        """Whether it can be compared with the others: bonus points are lost by nobody."""
        return self.part is not Part.BONUS and self.share is not None


def statistics_of(checklist: Checklist) -> dict[str, ItemStatistics]:
    """Give an empty account for every entry of an edition, by key, in printed order."""
    bonus = {item.key for item in checklist.bonus.group.all_items()} if checklist.bonus else set[str]()
    taken = {item.key for item in checklist.deductions.group.all_items()} if checklist.deductions else set[str]()

    def part(entry: Gate | Item) -> Part:
        if isinstance(entry, Gate):
            return Part.GATE
        return Part.BONUS if entry.key in bonus else Part.DEDUCTION if entry.key in taken else Part.ITEM

    return {entry.key: ItemStatistics(entry, part(entry)) for entry in checklist.entries()}


def worst_first(entries: Iterable[ItemStatistics]) -> list[tuple[int | None, ItemStatistics]]:
    """Put those of one edition in order, the least share of the points first, with their ranks.

    Equal shares have one rank and stay in printed order. What cannot be compared follows without a rank.
    """
    listed = list(entries)
    ranked = sorted((one for one in listed if one.ranked), key=lambda one: one.share or Fraction(0))
    shares = [one.share for one in ranked]
    found: list[tuple[int | None, ItemStatistics]] = [(shares.index(one.share) + 1, one) for one in ranked]
    return found + [(None, one) for one in listed if not one.ranked]

"""One item over many sites, as rows, and what the rows say together. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, Gate, Item
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import ActRef, AssessmentId, EditionId, SiteId
from wufei_cells.scoring.one_entry import Outcome
from wufei_cells.scoring.scorecard import Span
from wufei_cells.services.strictness import Sample, Strictness, strictness


@dataclass(frozen=True, slots=True)
class SiteAnswer:
    """What one site's latest assessment says to the item."""

    assessment: AssessmentId
    site: SiteId
    site_name: str
    district: str
    stage: Stage
    assessors: tuple[str, ...]
    edition: EditionId
    item: str
    """The key it has in that edition."""
    same_words: bool
    """Whether that edition asks in the very same words; only such rows are compared."""
    answer: Answer
    outcome: Outcome
    points: Span | None
    """In the item's own marks; ``None`` for conditions."""
    full: Fraction | None
    evidence: int
    """Pieces of evidence under the item."""
    on: date
    """The day the assessment is of."""
    author: str = ""
    at: datetime | None = None
    heads: tuple[ActRef, ...] = ()
    """The acts a new answer would replace."""
    values: int = 1
    """How many different values stand; more than one is an open conflict."""
    waits: bool = False
    """Answered before its words changed, not looked at since."""
    locked: bool = False
    """Whether the assessment was sent back for other items."""

    @property
    def editable(self) -> bool:
        """Whether the answer may still be changed."""
        return self.stage is Stage.SCORING and self.outcome is not Outcome.EXCLUDED and not self.locked

    @property
    def comparable(self) -> Fraction | None:
        """The points, where they can be compared with those of others: same words, answered, not set aside."""
        settled = self.outcome in (Outcome.MET, Outcome.DEDUCTED) and self.points is not None and self.points.settled
        return self.points.low if settled and self.points and self.same_words else None


@dataclass(frozen=True, slots=True)
class Distribution:
    """What the rows say together. Counts are over all rows, points over those that can be compared."""

    counts: Mapping[Outcome, int]
    points: Mapping[Fraction, int] = field(default_factory=dict[Fraction, int])
    """How many sites have just these points, from the least to the most."""

    @property
    def compared(self) -> int:
        """How many sites the points are of."""
        return sum(self.points.values())

    @property
    def median(self) -> Fraction | None:
        """The middle of the points; ``None`` where there are none."""
        return _middle(self._sorted())

    @property
    def middle_half(self) -> tuple[Fraction, Fraction] | None:
        """From where to where the middle half of the points lies."""
        points = self._sorted()
        if not points:
            return None
        half = (len(points) + 1) // 2
        lower, upper = _middle(points[:half]), _middle(points[-half:])
        assert lower is not None
        assert upper is not None
        return lower, upper

    @property
    def span(self) -> Span | None:
        """The least and the most."""
        points = self._sorted()
        return Span(points[0], points[-1]) if points else None

    def _sorted(self) -> list[Fraction]:
        return [value for value, count in self.points.items() for _ in range(count)]


@dataclass(frozen=True, slots=True)
class Across:
    """One item over the sites of its category."""

    edition: EditionId
    checklist: Checklist
    """The edition whose words are the measure."""
    entry: Gate | Item
    taken: bool
    """Whether its points are taken off the total."""
    rows: tuple[SiteAnswer, ...]
    """By the names of the sites."""
    facts: Mapping[AssessmentId, Mapping[str, str]] = field(default_factory=dict[AssessmentId, Mapping[str, str]])
    """What is known of the sites, as far as the item looks at it."""

    @property
    def full(self) -> Fraction | None:
        """Full marks; ``None`` for a condition."""
        return Fraction(self.entry.full) if isinstance(self.entry, Item) else None

    @property
    def distribution(self) -> Distribution:
        """What the rows say together."""
        return distribution_of(self.rows)

    @property
    def strictness(self) -> tuple[Strictness, ...]:
        """Who gave less and who more than the others for this item, the strictest first."""
        return strictness(samples_of(self.rows, taken=self.taken))


def distribution_of(rows: Iterable[SiteAnswer]) -> Distribution:
    """Count what became of the item, and how often which points were given."""
    listed = tuple(rows)
    counts = Counter(row.outcome for row in listed)
    points = Counter(row.comparable for row in listed)
    given = sorted((value, count) for value, count in points.items() if value is not None)
    return Distribution({outcome: counts.get(outcome, 0) for outcome in Outcome}, dict(given))


def samples_of(rows: Iterable[SiteAnswer], *, taken: bool) -> Iterable[Sample]:
    """Give what can be compared between assessors."""
    for row in rows:
        points = row.comparable
        if points is not None and row.full:
            share = points / row.full
            yield Sample("", row.author, -share if taken else share)


def _middle(points: Sequence[Fraction]) -> Fraction | None:
    if not points:
        return None
    half = len(points) // 2
    return points[half] if len(points) % 2 else (points[half - 1] + points[half]) / 2

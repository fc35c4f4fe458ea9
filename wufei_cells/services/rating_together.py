"""How far people agree who scored the same sites alone: item by item, two by two, and over everything.

Only sheets of assessors who score alone count, once all of them are ready; those that were begun or opened again when
the others' could be seen are left out. Points are compared as shares of full marks; conditions by their answers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from wufei_cells.checklists.document import entry_hash
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.progress import Report, silent
from wufei_cells.scoring.rater_agreement import Coefficient, cohen, fleiss, icc, weighted
from wufei_cells.services import blindness, comparing_sheets
from wufei_cells.services.comparing_sheets import SideBySide
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries


class Method(StrEnum):
    """Which measure was taken."""

    COHEN = "cohen"
    WEIGHTED = "weighted"
    FLEISS = "fleiss"


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """One item over the sites at which several people scored it alone."""

    entry: Gate | Item
    sites: int
    same: int
    """At how many of these all of them said the same."""
    method: Method
    beyond_chance: Coefficient


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two people over the sites that both scored alone."""

    people: tuple[str, str]
    sites: int
    entries: int
    same: int
    points: Coefficient
    """Weighted kappa of their shares of full marks."""
    totals: Coefficient
    """ICC(2,1) of their totals."""


@dataclass(frozen=True, slots=True)
class RatedTogether:
    """Everything that several people scored alone."""

    sites: int
    entries: int
    same: int
    overall: Coefficient
    """Weighted kappa of all pairs, each counted both ways round."""
    pairs: tuple[PairAgreement, ...]
    items: tuple[ItemAgreement, ...]
    """Those on which they agree least first."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What people said to one item at one site: by person the answer, and the share of full marks where it has one."""

    entry: Gate | Item
    words: str
    site: str
    answers: dict[str, str]
    shares: dict[str, Fraction]

    @property
    def same(self) -> bool:
        """Whether all of them said the same, or gave the same points."""
        return len(set(self.shares.values() if self.scored else self.answers.values())) == 1

    @property
    def scored(self) -> bool:
        """Whether all of them gave points."""
        return len(self.shares) == len(self.answers)


@dataclass(slots=True)
class _Pair:
    entries: list[_Said] = field(default_factory=list["_Said"])
    totals: list[tuple[Fraction, Fraction]] = field(default_factory=list[tuple[Fraction, Fraction]])
    sites: set[str] = field(default_factory=set[str])


def rated_together(workspace: Workspace, category: str | None = None, *, report: Report = silent) -> RatedTogether:
    """Compare what people scored alone.

    Args:
        workspace: the register.
        category: of one category only.
        report: told how far it is.
    """
    said: list[_Said] = []
    pairs: dict[tuple[str, str], _Pair] = defaultdict(_Pair)
    wholes = _wholes(workspace, category)
    for number, whole in enumerate(wholes):
        report(number, len(wholes))
        side = comparing_sheets.side_by_side(workspace, whole)
        alone = _alone(side)
        if len(alone) > 1:
            found = list(_said(side, alone))
            said += found
            _pair_up(pairs, side, alone, found)
    report(len(wholes), len(wholes))
    return RatedTogether(
        sites=len({one.site for one in said}),
        entries=len(said),
        same=sum(one.same for one in said),
        overall=_overall(said),
        pairs=tuple(_pair(people, pairs[people]) for people in sorted(pairs)),
        items=_items(said),
    )


def _wholes(workspace: Workspace, category: str | None) -> list[str]:
    """Name the assessments that several people scored alone and are ready with."""
    with workspace.database.reading() as connection:
        parts: dict[str, list[bool]] = defaultdict(list)
        columns = {row.id: row for row in assessment_queries.assessments(connection)}
        for part in assessment_queries.all_parts(connection):
            whole = columns.get(part.part_of) if part.part_of else None
            if whole is not None and blindness.blind_parts(whole, [part]) and category in (None, whole.category):
                parts[whole.id].append(part.stage is Stage.SCORING)
    return sorted(whole for whole, waiting in parts.items() if len(waiting) > 1 and not any(waiting))


def _alone(side: SideBySide) -> dict[str, str]:
    """Give by sheet the person who scored it alone; sheets of several people are nobody's own."""
    blind = {row.id for row in blindness.blind_parts(side.whole.assessment, [one.assessment for one in side.parts])}
    sheets = [key for key in side.compared if key in blind and key not in side.late]
    people = {key: side.sheet(key).assessment.assessors for key in sheets}
    return {key: names[0] for key, names in people.items() if len(names) == 1}


def _said(side: SideBySide, alone: dict[str, str]) -> Iterator[_Said]:
    full = {score.key: score.full for score in side.whole.scorecard.items}
    for row in side.rows:
        entry = side.whole.checklist.entry(row.key)
        given = [one for one in row.opinions if one.sheet in alone and one.answer.given]
        if entry is None or len(given) < 2:
            continue
        answers = {alone[one.sheet]: comparing_sheets.plainly(one.answer) for one in given}
        marks = full.get(row.key)
        shares = {alone[one.sheet]: one.points / marks for one in given if marks and one.points is not None}
        if len(answers) > 1:
            yield _Said(entry, entry_hash(entry), side.whole.assessment.site, answers, shares)


def _pair_up(
    pairs: dict[tuple[str, str], _Pair], side: SideBySide, alone: dict[str, str], said: Sequence[_Said]
) -> None:
    totals = {who: side.sheet(key).scorecard.total for key, who in alone.items()}
    for one, other in combinations(sorted(totals), 2):
        pair = pairs[one, other]
        pair.sites.add(side.whole.assessment.site)
        pair.entries += [entry for entry in said if one in entry.answers and other in entry.answers]
        if totals[one].settled and totals[other].settled:
            pair.totals.append((totals[one].low, totals[other].low))


def _pair(people: tuple[str, str], pair: _Pair) -> PairAgreement:
    one, other = people
    points = [(row.shares[one], row.shares[other]) for row in pair.entries if one in row.shares and other in row.shares]
    same = sum(
        row.shares[one] == row.shares[other]
        if one in row.shares and other in row.shares
        else row.answers[one] == row.answers[other]
        for row in pair.entries
    )
    return PairAgreement(people, len(pair.sites), len(pair.entries), same, weighted(points), icc(pair.totals))


def _overall(said: Iterable[_Said]) -> Coefficient:
    scored = [one for one in said if one.scored]
    pairs = [pair for one in scored for pair in combinations(one.shares.values(), 2)]
    both = [turned for first, second in pairs for turned in ((first, second), (second, first))]
    return replace(weighted(both), count=len(scored))


def _items(said: Iterable[_Said]) -> tuple[ItemAgreement, ...]:
    by_item: dict[tuple[str, str], list[_Said]] = defaultdict(list)
    for one in said:
        by_item[one.entry.key, one.words].append(one)
    found = [_item(rows) for rows in by_item.values()]
    return tuple(sorted(found, key=lambda one: (Fraction(one.same, one.sites), one.entry.number, one.entry.key)))


def _item(rows: Sequence[_Said]) -> ItemAgreement:
    """Take Cohen's measure where the same two people scored it everywhere, by points where all gave some."""
    people = {tuple(sorted(row.answers)) for row in rows}
    scored = all(row.scored for row in rows)
    two = next(iter(people)) if len(people) == 1 else ()
    same = sum(row.same for row in rows)
    if len(two) == 2 and scored:
        pairs = [(row.shares[two[0]], row.shares[two[1]]) for row in rows]
        return ItemAgreement(rows[0].entry, len(rows), same, Method.WEIGHTED, weighted(pairs))
    if len(two) == 2:
        found = cohen([(row.answers[two[0]], row.answers[two[1]]) for row in rows])
        return ItemAgreement(rows[0].entry, len(rows), same, Method.COHEN, found)
    values = [Counter(map(str, row.shares.values() if scored else row.answers.values())) for row in rows]
    return ItemAgreement(rows[0].entry, len(rows), same, Method.FLEISS, fleiss(values))

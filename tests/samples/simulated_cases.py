"""Registers that a seeded hand of dice writes: sites that apply, are scored, pass or fail, are renewed or run out."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from wufei_cells.board.cases import Case, Entered, Span, Way
from wufei_cells.board.papers import Paper
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentId, SiteId

FIRST = date(2024, 1, 1)


@dataclass(frozen=True)
class City:
    """How things go in a city; durations are mean days, their spread is a gamma distribution's with shape 2."""

    months: int = 30
    begun_per_month: float = 5
    pass_share: float = 0.75
    scoring: float = 30
    finished: float = 20
    approved: float = 15
    batch_every: int = 0
    """Days between the days on which certificates are issued; 0: any day."""
    validity: int = 1095
    renewed: float = 0.8
    taken_back: float = 0.0
    """Share of certificates taken back half-way."""
    returned: float = 0.15
    waiting: int = 0
    """Sites registered on the first day that never begin."""


@dataclass
class Simulated:
    """What came out."""

    cases: list[Case]
    papers: dict[SiteId, list[Paper]] = field(default_factory=dict)
    until: date = FIRST


def simulated(seed: int, city: City = City(), *, category: str = "office") -> Simulated:
    """Throw the dice."""
    dice = random.Random(seed)
    last = FIRST + timedelta(days=round(city.months * 30.44))
    found = Simulated([], {}, last)
    begin, number = 0.0, 0
    while True:
        begin += dice.expovariate(city.begun_per_month / 30.44)
        on = FIRST + timedelta(days=int(begin))
        if on > last:
            break
        number += 1
        _site(found, dice, city, SiteId(f"{category}{number}"), category, on)
    for extra in range(city.waiting):
        found.cases.append(Case(SiteId(f"{category}-waits{extra}"), category, "east", FIRST))
    return found


def _site(found: Simulated, dice: random.Random, city: City, site: SiteId, category: str, on: date) -> None:
    ways, papers = [], []
    start: date | None = on
    while start is not None:
        way, certified = _way(dice, city, f"{site}.{len(ways)}", start)
        ways.append(way)
        start = None
        if certified:
            papers.append(_paper(dice, city, certified))
            if dice.random() < city.renewed and papers[-1].taken_back_on is None:
                # renewals are handled in time: the next certificate follows on the day after the last
                following = papers[-1].printed.last + timedelta(days=1)
                while following <= found.until:
                    paper = _paper(dice, city, following)
                    papers.append(Paper(following - timedelta(days=20), paper.printed, paper.taken_back_on))
                    following = paper.printed.last + timedelta(days=1)
                    if paper.taken_back_on or dice.random() >= city.renewed:
                        break
    ways = [cut for way in ways if (cut := _cut(way, found.until))]
    papers = [paper for paper in papers if paper.issued_on <= found.until]
    papers = [_known(paper, found.until) for paper in papers]
    found.cases.append(Case(site, category, "east", on, tuple(ways), _held(papers)))
    found.papers[site] = papers


def _way(dice: random.Random, city: City, key: str, start: date) -> tuple[Way, date | None]:
    day, entered = start, [Entered(Stage.SCORING, start)]

    def go(stage: Stage, mean: float) -> None:
        nonlocal day
        day += timedelta(days=int(dice.gammavariate(2, mean / 2)))
        entered.append(Entered(stage, day))

    go(Stage.FINISHED, city.scoring)
    if dice.random() < city.returned:
        go(Stage.SCORING, 7)
        go(Stage.FINISHED, 10)
    if dice.random() >= city.pass_share:
        go(Stage.REJECTED, city.finished)
        return Way(AssessmentId(key), tuple(entered)), None
    go(Stage.APPROVED, city.finished)
    go(Stage.CERTIFIED, city.approved)
    if city.batch_every:
        past = (entered[-1].on - FIRST).days
        day = FIRST + timedelta(days=-(-past // city.batch_every) * city.batch_every)
        entered[-1] = Entered(Stage.CERTIFIED, day)
    return Way(AssessmentId(key), tuple(entered)), day


def _paper(dice: random.Random, city: City, first: date) -> Paper:
    taken = first + timedelta(days=city.validity // 2) if dice.random() < city.taken_back else None
    return Paper(first, Span(first, first + timedelta(days=city.validity - 1)), taken)


def _known(paper: Paper, until: date) -> Paper:
    taken = paper.taken_back_on
    return paper if taken is None or taken <= until else Paper(paper.issued_on, paper.printed)


def _cut(way: Way, until: date) -> Way | None:
    entered = tuple(one for one in way.entered if one.on <= until)
    return Way(way.assessment, entered) if entered else None


def _held(papers: list[Paper]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for paper in papers:
        last = paper.taken_back_on - timedelta(days=1) if paper.taken_back_on else paper.printed.last
        if spans and paper.printed.first <= spans[-1].last + timedelta(days=1):
            spans[-1] = Span(spans[-1].first, max(spans[-1].last, last))
        else:
            spans.append(Span(paper.printed.first, last))
    return tuple(spans)


def known_on(found: Simulated, day: date) -> Simulated:
    """Give the same register as it was when a day ended."""
    cases, papers = [], {}
    for case in found.cases:
        if case.registered_on > day:
            continue
        ways = tuple(cut for way in case.ways if (cut := _cut(way, day)))
        told = [_known(paper, day) for paper in found.papers.get(case.site, []) if paper.issued_on <= day]
        papers[case.site] = told
        cases.append(Case(case.site, case.category, case.district, case.registered_on, ways, _held(told)))
    return Simulated(cases, papers, day)

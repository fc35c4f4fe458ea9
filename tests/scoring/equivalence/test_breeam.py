"""BREEAM: section weights, capped innovation credits, minimum standards for each rating.

Written from the scoring chapter of its technical manuals: the share of credits achieved in a section times the weight
of the section; one percent more for each innovation credit, at most ten; at most 100 in all; a rating needs its score
and the credits that its minimum standards ask of single issues.

===========================  ====================================================================================
Section weights              group ``weight``, ``not_applicable: prorate`` for issues that were filtered out
Innovation, at most ten      ``bonus`` with ``cap: 10``, ``counts_for_pass: yes``
At most 100 in all           everything in one top group with ``cap: 100``, innovation a group in it with ``cap: 10``
Minimum standards            ``items_at_least`` of the grade, credits asked for as percent of those available
===========================  ====================================================================================
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

import pytest

RATINGS = {"pass": 30, "good": 45, "very_good": 55, "excellent": 70, "outstanding": 85}


@dataclass(frozen=True)
class Issue:
    """Credits achieved (``None``: filtered out) of those available, and how many each rating asks for."""

    key: str
    available: int
    achieved: int | None
    asked: tuple[int, ...] = (0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Section:
    """An environmental section."""

    key: str
    weight: Decimal
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class Building:
    """What is rated, with the innovation credits that were granted among those applied for."""

    sections: tuple[Section, ...]
    innovation: tuple[bool, ...]


# --- the published algorithm


def uncapped_score(building: Building) -> Fraction:
    score = Fraction(min(sum(building.innovation), 10))
    for section in building.sections:
        counted = [issue for issue in section.issues if issue.achieved is not None]
        achieved = sum(issue.achieved or 0 for issue in counted)
        score += Fraction(section.weight) * achieved / sum(issue.available for issue in counted)
    return score


def rating(building: Building) -> str | None:
    """The highest rating of which score and minimum standards are met; ``None``: unclassified."""
    score, best = uncapped_score(building), None
    issues = [issue for section in building.sections for issue in section.issues if issue.achieved is not None]
    for index, (name, threshold) in enumerate(RATINGS.items()):
        if score >= threshold and all((issue.achieved or 0) >= issue.asked[index] for issue in issues):
            best = name
    return best


# --- random buildings


def building_of(chance: random.Random) -> Building:
    """Buildings of very different quality, so that every rating occurs."""
    quality = chance.random()
    keys = iter(range(1000))

    def issue(*, sure: bool) -> Issue:
        available = chance.randint(1, 9)
        achieved = sum(chance.random() < quality for _ in range(available))
        asked = (0, 0, 0, 0, 0)
        if chance.random() < 0.15:  # never fewer for a higher rating
            asked = tuple(sorted(chance.choice((0, 0, 0, chance.randint(0, available))) for _ in RATINGS))
        filtered = not sure and chance.random() < 0.15
        return Issue(f"i{next(keys)}", available, None if filtered else achieved, asked)

    cuts = sorted(chance.sample(range(1, 200), chance.randint(1, 3)))
    weights = [Decimal(after - before) / 2 for before, after in zip([0, *cuts], [*cuts, 200], strict=True)]
    sections = tuple(
        Section(f"s{index}", weight, tuple(issue(sure=not number) for number in range(chance.randint(1, 2))))
        for index, weight in enumerate(weights)
    )
    return Building(sections, tuple(chance.random() < quality for _ in range(chance.choice((0, 3, 12)))))


# --- the same as a checklist


class Translation:
    """The checklist and the answers of one building. ``capped``: at most 100 in all."""

    def __init__(self, build, building: Building, *, capped: bool) -> None:
        self.build, self.answers = build, {}
        sections = [self.section(section) for section in building.sections]
        innovation = [self.innovation(f"x{index}", won) for index, won in enumerate(building.innovation)]
        grades = tuple(
            build.grade(name, threshold, self.standards(building, index))
            for index, (name, threshold) in enumerate(RATINGS.items())
        )
        if capped:
            inner = [build.group("X", innovation, cap=Decimal(10))] if innovation else []
            whole = build.group("ALL", [], [*sections, *inner], cap=Decimal(100))
            self.checklist = build.checklist([whole], "prorate", grades=grades)
        else:
            bonus = build.bonus(build.group("X", innovation), 10) if innovation else None
            self.checklist = build.checklist(sections, "prorate", grades=grades, bonus=bonus)

    def section(self, section: Section):
        items = [
            self.build.item(issue.key, issue.available, self.build.line((0, 0), (issue.available, issue.available)))
            for issue in section.issues
        ]
        for issue in section.issues:
            given = None if issue.achieved is None else self.build.Answer(issue.achieved)
            self.answers[issue.key] = given or self.build.set_aside
        return self.build.group(section.key, items, weight=section.weight)

    def innovation(self, key: str, won: bool):
        self.answers[key] = self.build.Answer(won)
        return self.build.item(key, 1, self.build.yes_no(1))

    @staticmethod
    def standards(building: Building, index: int) -> dict[str, Decimal]:
        """Credits as percent; cut after six decimals a third still asks for exactly one of three."""
        return {
            issue.key: (Decimal(issue.asked[index]) * 100 / issue.available).quantize(Decimal("1e-6"), ROUND_DOWN)
            for section in building.sections
            for issue in section.issues
            if issue.asked[index]
        }

    def score(self):
        return self.build.score(self.checklist, self.answers)


def cases(build, seed: int) -> Iterator[Building]:
    chance = random.Random(seed)
    for _ in range(build.tries):
        yield building_of(chance)


@pytest.mark.parametrize("capped", [False, True], ids=["innovation on top", "at most 100"])
def test_score_and_rating(build, capped):
    seen = set()
    for building in cases(build, 11 + capped):
        card = Translation(build, building, capped=capped).score()
        score = uncapped_score(building)
        assert card.total.low == (min(score, 100) if capped else score), building
        assert card.level == rating(building), building
        seen.add((card.level, score > 100))
    assert {level for level, _over in seen} == {None, *RATINGS}
    assert (("outstanding", True)) in seen


def test_minimum_standards_alone_cost_a_rating(build):
    """A missed standard leaves the next lower rating; one that every rating asks for leaves none."""
    for asked, expected in (((0, 0, 0, 0, 0), "outstanding"), ((0, 0, 0, 2, 3), "very_good"), ((2, 2, 2, 2, 2), None)):
        issue = Issue("i", 3, 1, asked)
        building = Building((Section("s", Decimal(5), (issue,)), Section("t", Decimal(95), (Issue("j", 9, 9),))), ())
        assert rating(building) == expected
        assert Translation(build, building, capped=False).score().level == expected

"""LEED: prerequisites without points, credits with points, a level by the points.

Written from the published scorecards: every prerequisite must be met before any level is reached; credits add up to
100, innovation adds at most 6 and regional priority at most 4; 40, 50, 60 and 80 points make the levels. A credit
that is not attempted gives nothing.

===========================  ====================================================================================
Prerequisites                ``gates``
Credits                      items; ``not_applicable: zero``: what is not attempted gives nothing
Innovation 6, regional 4     ``bonus`` with ``cap: 10``, ``counts_for_pass: yes``, of two groups with a ``cap`` each
Levels                       ``grades``
===========================  ====================================================================================
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

LEVELS = {"certified": 40, "silver": 50, "gold": 60, "platinum": 80}


@dataclass(frozen=True)
class Credit:
    """Points earned by the best of the paths tried (none: not attempted), of those possible."""

    key: str
    possible: int
    paths: tuple[int, ...]

    @property
    def points(self) -> int:
        return max(self.paths, default=0)


@dataclass(frozen=True)
class Project:
    """What is certified."""

    prerequisites: tuple[bool, ...]
    categories: tuple[tuple[Credit, ...], ...]
    innovation: tuple[Credit, ...]
    regional: tuple[Credit, ...]


# --- the published algorithm


def points(project: Project) -> int:
    base = sum(credit.points for category in project.categories for credit in category)
    innovation = sum(credit.points for credit in project.innovation)
    regional = sum(credit.points for credit in project.regional)
    return base + min(innovation, 6) + min(regional, 4)


def level(project: Project) -> str | None:
    if not all(project.prerequisites):
        return None
    return next((name for name, mark in reversed(LEVELS.items()) if points(project) >= mark), None)


# --- random projects


def project_of(chance: random.Random) -> Project:
    quality = chance.random()
    keys = iter(range(1000))

    def credit(possible: int) -> Credit:
        earned = (sum(chance.random() < quality for _ in range(possible)) for _ in range(chance.randint(0, 2)))
        return Credit(f"c{next(keys)}", possible, tuple(earned))

    def category(total: int) -> tuple[Credit, ...]:
        cuts = sorted(chance.sample(range(1, total), min(total - 1, chance.randint(0, 1))))
        return tuple(credit(after - before) for before, after in zip([0, *cuts], [*cuts, total], strict=True))

    cuts = sorted(chance.sample(range(1, 100), chance.randint(0, 3)))
    categories = tuple(category(after - before) for before, after in zip([0, *cuts], [*cuts, 100], strict=True))
    return Project(
        tuple(chance.random() < 0.95 for _ in range(chance.randint(0, 4))),
        categories,
        (credit(5), credit(1), credit(1)),
        tuple(credit(1) for _ in range(5)),
    )


# --- the same as a checklist


def score(build, project: Project):
    answers = {}

    def item(credit: Credit):
        """Paths are alternatives of one rule, each with a line of its own."""
        line = build.line((0, 0), (credit.possible, credit.possible))
        answers[credit.key] = build.set_aside
        if credit.paths:
            given = {f"p{index}": build.number(earned) for index, earned in enumerate(credit.paths)}
            answers[credit.key] = build.Answer(given)
        return build.item(credit.key, credit.possible, build.best({"p0": line, "p1": line}))

    groups = [
        build.group(f"g{index}", [item(credit) for credit in category])
        for index, category in enumerate(project.categories)
    ]
    extra = build.group(
        "X",
        [],
        [
            build.group("XI", [item(credit) for credit in project.innovation], cap=build.exactly(6)),
            build.group("XR", [item(credit) for credit in project.regional], cap=build.exactly(4)),
        ],
    )
    gates = tuple(build.gate(f"G{index}") for index in range(len(project.prerequisites)))
    answers |= {gate.key: build.Answer(met) for gate, met in zip(gates, project.prerequisites, strict=True)}
    grades = tuple(build.grade(name, mark) for name, mark in LEVELS.items())
    checklist = build.checklist(groups, "zero", grades=grades, gates=gates, bonus=build.bonus(extra, 10))
    return build.score(checklist, answers)


def cases(build) -> Iterator[Project]:
    chance = random.Random(21)
    for _ in range(build.tries):
        yield project_of(chance)


def test_points_and_level(build):
    seen = set()
    for project in cases(build):
        card = score(build, project)
        assert (card.total.low, card.full) == (points(project), 100), project
        assert card.level == level(project), project
        seen.add((card.level, all(project.prerequisites), card.total.low > 100))
    assert {name for name, _met, _over in seen} == {None, *LEVELS}
    assert (None, False, True) in seen, "more than 100 points, yet a prerequisite is missing"

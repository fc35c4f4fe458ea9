"""SafetyCulture: weight times score of the response, for single and multiple choice.

Written from its help pages and the public template that demonstrates scoring: an item's score is its weight times the
score of the response; with one choice the base is the highest response, with several it is the sum of all; a response
without score (N/A) leaves the item out of both; a question that is hidden by the answer to another does not count. The
result is a percentage.

===========================  ====================================================================================
One choice                   ``levels``; ``full`` = weight × highest response, or ``weight`` of the item
Several choices              ``sum`` of questions, one for each response
N/A, hidden                  set aside, or ``applies``; ``rescale`` and ``out_of: 100`` give the percentage
Score and base               ``scale_thresholds`` gives both as they are
===========================  ====================================================================================

Not covered on purpose: responses that score less than nothing (an item of a checklist gives at least 0; what lowers a
result are ``deductions``).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest


@dataclass(frozen=True)
class Question:
    """Responses with their scores, what was chosen (``None``: N/A), and whether another answer hides it."""

    key: str
    weight: Decimal
    responses: tuple[Decimal, ...]
    chosen: frozenset[int] | None
    several: bool
    hidden: bool


Page = tuple["Question | Page", ...]


# --- the published algorithm


def questions(page: Page) -> Iterator[Question]:
    for entry in page:
        if isinstance(entry, Question):
            yield entry
        else:
            yield from questions(entry)


def audit_score(page: Page) -> tuple[Fraction, Fraction]:
    """Score and base."""
    score = base = Fraction(0)
    for question in questions(page):
        if question.hidden or question.chosen is None:
            continue
        most = sum(question.responses) if question.several else max(question.responses)
        base += Fraction(question.weight) * Fraction(most)
        score += Fraction(question.weight) * sum(Fraction(question.responses[index]) for index in question.chosen)
    return score, base


# --- random audits


def page_of(chance: random.Random) -> Page:
    keys = iter(range(1000))

    def question() -> Question:
        responses = [Decimal(chance.randint(0, 10)) / chance.choice((1, 2)) for _ in range(chance.randint(2, 4))]
        responses[chance.randrange(len(responses))] = Decimal(chance.randint(1, 10))
        several = chance.random() < 0.4
        many = chance.sample(range(len(responses)), chance.randint(0, len(responses)) if several else 1)
        chosen = None if chance.random() < 0.2 else frozenset(many)
        weight = Decimal(chance.randint(1, 50)) / chance.choice((1, 10))
        return Question(f"q{next(keys)}", weight, tuple(responses), chosen, several, chance.random() < 0.1)

    def section(depth: int) -> Page:
        return tuple(
            section(depth - 1) if depth and chance.random() < 0.3 else question() for _ in range(chance.randint(1, 3))
        )

    return tuple(section(2) for _ in range(chance.randint(1, 3)))


# --- the same as a checklist


class Translation:
    """The checklist, answers and facts of one audit. ``percent``: as percentage, weights as such."""

    def __init__(self, build, page: Page, *, percent: bool) -> None:
        self.build, self.percent = build, percent
        self.answers, self.facts = {}, {}
        self.keys = iter(range(1000))
        groups = [self.group(section) for section in page if isinstance(section, tuple)]
        ways = {"policy": "rescale", "out_of": Decimal(100)} if percent else {"policy": "scale_thresholds"}
        self.checklist = build.checklist(groups, facts=build.facts(list(self.facts)), **ways)

    def group(self, page: Page):
        items = [self.item(entry) for entry in page if isinstance(entry, Question)]
        inner = [self.group(entry) for entry in page if not isinstance(entry, Question)]
        return self.build.group(f"g{next(self.keys)}", items, inner)

    def item(self, question: Question):
        """The weight is one of the item, or already in its points."""
        scale = 1 if self.percent else question.weight
        points = [response * scale for response in question.responses]
        full = sum(points) if question.several else max(points)
        rule = self.build.levels(points)
        if question.several:
            rule = self.build.sum({f"l{index}": self.build.yes_no(value) for index, value in enumerate(points)})
        self.answers[question.key] = self.answer(question)
        if question.hidden:
            self.facts[question.key] = "no"
        return self.build.item(
            question.key,
            full,
            rule,
            selected_by=(question.key,) if question.hidden else (),
            weight=full * question.weight if self.percent else None,
        )

    def answer(self, question: Question):
        if question.chosen is None:
            return self.build.set_aside
        if question.several:
            given = {f"l{index}": index in question.chosen for index in range(len(question.responses))}
            return self.build.Answer(given)
        return self.build.Answer(f"l{min(question.chosen)}")

    def score(self):
        return self.build.score(self.checklist, self.answers, self.facts)


@pytest.mark.parametrize("percent", [True, False], ids=["percentage", "score and base"])
def test_scores(build, percent):
    chance = random.Random(31 + percent)
    for _ in range(build.tries):
        page = page_of(chance)
        card = Translation(build, page, percent=percent).score()
        score, base = audit_score(page)
        if percent:
            assert card.total.low == (score * 100 / base if base else 0), page
        else:
            assert (card.total.low, sum(group.full for group in card.groups)) == (score, base), page


def test_the_figures_of_the_public_demonstration(build):
    """Responses 1 to 5 with weight 4 make 12 of 20 at the third; several of 1, 2, 0 and 5 have a base of 8."""
    one = Question("a", Decimal(4), tuple(Decimal(n) for n in (1, 2, 3, 4, 5)), frozenset({2}), False, False)
    several = Question("b", Decimal(1), tuple(Decimal(n) for n in (1, 2, 0, 5)), frozenset({0, 3}), True, False)
    assert audit_score((one,)) == (12, 20)
    assert audit_score((several,)) == (6, 8)
    card = Translation(build, ((one, several),), percent=False).score()
    assert (card.total.low, card.groups[0].full) == (18, 28)

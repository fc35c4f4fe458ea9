"""XCCDF 1.2 (NISTIR 7275 revision 4, section 7.3): the four scoring models of security checklists.

A benchmark is a tree of groups and rules with weights. A rule passes (``pass``, ``fixed``), fails (``fail``, ``error``,
``unknown``) or does not count (``notapplicable``, ``notselected``, ``notchecked``, ``informational``).

=================  ==============================================================================================
Default            ``not_applicable: prorate``, ``out_of: 100``; item and group ``weight`` = XCCDF weight
Flat               ``not_applicable: scale_thresholds``, item ``full`` = weight; groups without weight
Flat unweighted    the same with ``full: 1``
Absolute           Flat, and a grade at full marks
=================  ==============================================================================================

Not covered on purpose: weights of 0, which the format has no use for; and Absolute calls a benchmark of which nothing
applies a success, where a checklist says that nothing was shown.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest

PASSING = ("pass", "fixed")
FAILING = ("fail", "error", "unknown")
LEFT_OUT = ("notapplicable", "notchecked", "informational", "notselected")


@dataclass(frozen=True)
class Check:
    """One XCCDF rule with its result."""

    key: str
    weight: Decimal
    result: str


@dataclass(frozen=True)
class Section:
    """A group, or the benchmark itself; ``selected`` as a profile may set it."""

    key: str
    weight: Decimal
    children: tuple[Section | Check, ...]
    selected: bool = True


# --- the published algorithms


def default_score(node: Section | Check) -> Fraction | None:
    """A rule scores 100 or 0, a group the weighted mean of what counts in it; ``None``: nothing counts."""
    if isinstance(node, Check):
        return None if node.result in LEFT_OUT else Fraction(100 * (node.result in PASSING))
    scores = [(Fraction(child.weight), default_score(child)) for child in node.children if node.selected]
    counting = [(weight, score) for weight, score in scores if score is not None]
    if not counting:
        return None
    return sum(weight * score for weight, score in counting) / sum(weight for weight, _score in counting)


def counted_rules(node: Section) -> Iterator[Check]:
    for child in node.children if node.selected else ():
        if isinstance(child, Section):
            yield from counted_rules(child)
        elif child.result not in LEFT_OUT:
            yield child


def flat_score(benchmark: Section, *, unweighted: bool) -> tuple[Fraction, Fraction]:
    """Weights of the rules that pass, and of all that count."""
    worth = [(Fraction(1) if unweighted else Fraction(rule.weight), rule) for rule in counted_rules(benchmark)]
    passed = sum((weight for weight, rule in worth if rule.result in PASSING), Fraction(0))
    return passed, sum((weight for weight, _rule in worth), Fraction(0))


# --- random benchmarks


def benchmark_of(chance: random.Random) -> Section:
    keys = iter(range(1000))

    def weight() -> Decimal:
        return Decimal(chance.randint(1, 80)) / chance.choice((1, 1, 2, 10))

    def section(depth: int) -> Section:
        children = tuple(
            section(depth - 1) if depth and chance.random() < 0.35 else rule() for _ in range(chance.randint(1, 4))
        )
        return Section(f"g{next(keys)}", weight(), children, chance.random() > 0.05)

    def rule() -> Check:
        result = chance.choice((*PASSING, *PASSING, *PASSING, *FAILING, *LEFT_OUT))
        return Check(f"r{next(keys)}", weight(), result)

    children = tuple(section(2) if chance.random() < 0.7 else rule() for _ in range(chance.randint(1, 4)))
    return Section("benchmark", Decimal(1), children)


# --- the same as a checklist


class Translation:
    """The checklist, the answers and the facts (what the profile selects) of one benchmark."""

    def __init__(self, build, benchmark: Section, scoring: str) -> None:
        self.build, self.scoring = build, scoring
        self.answers, self.facts = {}, {}
        groups = [self.top(child) for child in benchmark.children]
        ways = {"policy": "prorate", "out_of": Decimal(100)} if scoring == "default" else {"policy": "scale_thresholds"}
        if scoring == "absolute":
            full = sum((group.full for group in groups), Decimal(0))
            ways["grades"] = (build.grade("all", full),)
        self.checklist = build.checklist(groups, facts=build.facts(list(self.facts)), **ways)

    def top(self, child: Section | Check):
        """A checklist holds groups; a rule on top gets one of its own, of the same weight."""
        if isinstance(child, Section):
            return self.group(child)
        return self.build.group(f"{child.key}-group", [self.item(child)], **self.weight(child))

    def group(self, section: Section):
        items = [self.item(child) for child in section.children if isinstance(child, Check)]
        inner = [self.group(child) for child in section.children if isinstance(child, Section)]
        applies = {}
        if not section.selected:
            self.facts[section.key] = "no"
            applies = {"applies": self.build.any_of([section.key])}
        return self.build.group(section.key, items, inner, **self.weight(section), **applies)

    def weight(self, node: Section | Check) -> dict[str, Decimal]:
        return {"weight": node.weight} if self.scoring == "default" else {}

    def item(self, rule: Check):
        full = rule.weight if self.scoring in ("flat", "absolute") else 1
        chosen = ()
        if rule.result == "notselected":
            self.facts[rule.key], chosen = "no", (rule.key,)
        elif rule.result in LEFT_OUT:
            self.answers[rule.key] = self.build.set_aside
        else:
            self.answers[rule.key] = self.build.Answer(rule.result in PASSING)
        rule_of_ours = self.build.yes_no(full)
        return self.build.item(rule.key, full, rule_of_ours, selected_by=chosen, **self.weight(rule))

    def score(self):
        """Rules in groups that are not selected are answered too: that must change nothing."""
        return self.build.score(self.checklist, self.answers, self.facts)


def cases(build, seed: int) -> Iterator[Section]:
    chance = random.Random(seed)
    for _ in range(build.tries):
        yield benchmark_of(chance)


def test_default_scoring_is_weights_everywhere_and_prorating(build):
    for benchmark in cases(build, 1):
        expected = default_score(benchmark) or Fraction(0)
        assert Translation(build, benchmark, "default").score().total.low == expected, benchmark


@pytest.mark.parametrize("scoring", ["flat", "flat-unweighted"])
def test_flat_scoring_is_plain_points(build, scoring):
    for benchmark in cases(build, 2 + len(scoring)):
        card = Translation(build, benchmark, scoring).score()
        expected = flat_score(benchmark, unweighted=scoring == "flat-unweighted")
        assert (card.total.low, sum(group.full for group in card.groups)) == expected, benchmark


def test_absolute_scoring_is_a_grade_at_full_marks(build):
    seen = set()
    for benchmark in cases(build, 3):
        score, maximum = flat_score(benchmark, unweighted=False)
        card = Translation(build, benchmark, "absolute").score()
        assert card.passed is (maximum > 0 and score == maximum), benchmark
        seen.add(card.passed)
    assert seen == {True, False}


def test_the_figures_of_a_small_benchmark_worked_out_by_hand(build):
    """Two groups: weight 1 with half of its rules passed (1 of 2 by weight 1:3), weight 2 wholly passed."""
    rules = (Check("a", Decimal(1), "pass"), Check("b", Decimal(3), "fail"), Check("c", Decimal(5), "notapplicable"))
    benchmark = Section(
        "x",
        Decimal(1),
        (Section("g", Decimal(1), rules), Section("h", Decimal(2), (Check("d", Decimal(7), "pass"),))),
    )
    assert default_score(benchmark) == Fraction(25 * 1 + 100 * 2, 3) == 75
    assert Translation(build, benchmark, "default").score().total.low == 75
    assert flat_score(benchmark, unweighted=False) == (8, 11)
    assert Translation(build, benchmark, "flat").score().total.low == 8

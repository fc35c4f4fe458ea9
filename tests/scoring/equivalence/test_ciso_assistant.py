"""CISO Assistant: average, sum and average of averages, with items that do not apply dropped or anchored to a target.

Written from the description of its scoring in the models of the backend (2026-08). A requirement has a scale of whole
numbers, a weight and groups it belongs to; an audit has a scale of its own, and may pick groups. Results are cut after
one decimal.

===========================  ====================================================================================
Average                      ``rescale``; item ``weight``; a line over its scale; ``out_of`` = width of the scale
Sum                          ``scale_thresholds``; item ``full`` = weight × end of scale; a line from the start of
                             the scale, which gives points as well
Average of averages          ``prorate``; ``weight`` of items and of groups; top groups of equal weight
Anchored to the target       ``not_applicable: share`` of so many percent; where the target is no finite percentage,
                             or where others are dropped, an alternative of the rule (``best``)
Cut after one decimal        ``rounding: {places: 1, mode: down}``
===========================  ====================================================================================

The scale of an audit may start above 0; a checklist counts from 0, so the start is added to its total. Not covered on
purpose: a root whose own requirements all drop out is no category any more, and its sections step up in its place.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest

from wufei_cells.domain.checklists import Rounding, RoundingMode

NOT_APPLICABLE = None
SCALES = ((0, 100), (0, 5), (1, 4), (0, 4), (10, 20), (0, 1), (1, 5), (0, 3))


@dataclass(frozen=True)
class Requirement:
    """What is assessed: its score on its scale, or ``NOT_APPLICABLE``."""

    key: str
    weight: int
    scale: tuple[int, int]
    score: int | None
    groups: frozenset[str]


@dataclass(frozen=True)
class Node:
    """A heading."""

    key: str
    weight: int
    children: tuple[Node | Requirement, ...]


@dataclass(frozen=True)
class Audit:
    """An assessment under way: its scale, its target, the groups it looks at (none: all), its roots."""

    scale: tuple[int, int]
    target: int | None
    anchored: bool
    picked: frozenset[str]
    roots: tuple[Node, ...]

    def counts(self, one: Requirement) -> bool:
        chosen = not self.picked or bool(self.picked & one.groups)
        return chosen and (self.anchored or one.score is not NOT_APPLICABLE)

    @property
    def target_ratio(self) -> Fraction:
        low, high = self.scale
        return Fraction(1) if self.target is None else Fraction(min(max(self.target, low), high) - low, high - low)

    def ratio(self, one: Requirement) -> Fraction:
        low, high = one.scale
        return self.target_ratio if one.score is NOT_APPLICABLE else Fraction(one.score - low, high - low)


# --- the published algorithms


def cut(value: Fraction) -> Fraction:
    return Fraction(math.floor(value * 10), 10)


def leaves(node: Node | Requirement) -> Iterator[Requirement]:
    if isinstance(node, Requirement):
        yield node
    else:
        for child in node.children:
            yield from leaves(child)


def counted(audit: Audit) -> list[Requirement]:
    return [one for root in audit.roots for one in leaves(root) if audit.counts(one)]


def average(audit: Audit) -> Fraction | None:
    """Mean of ratios by weight, on the scale of the audit."""
    scored = counted(audit)
    if not scored:
        return None
    low, high = audit.scale
    mean = sum(audit.ratio(one) * one.weight for one in scored) / sum(one.weight for one in scored)
    return cut(low + mean * (high - low))


def plain_sum(audit: Audit) -> tuple[Fraction, int] | None:
    """Raw scores by weight, and the most they could be."""
    scored = counted(audit)
    if not scored:
        return None
    total, most = Fraction(0), 0
    for one in scored:
        low, high = one.scale
        total += one.weight * (low + audit.ratio(one) * (high - low))
        most += one.weight * high
    return cut(total), most


def average_of_averages(audit: Audit) -> Fraction | None:
    """Weighted means up the tree; the categories then count alike."""

    def ratio(node: Node | Requirement) -> Fraction | None:
        if isinstance(node, Requirement):
            return audit.ratio(node) if audit.counts(node) else None
        inner = [(child.weight, ratio(child)) for child in node.children]
        known = [(weight, value) for weight, value in inner if value is not None]
        return sum(weight * value for weight, value in known) / sum(weight for weight, _ in known) if known else None

    categories: list[Fraction | None] = []
    for root in audit.roots:
        own = any(isinstance(child, Requirement) and audit.counts(child) for child in root.children)
        categories += [ratio(root)] if own or not root.children else [ratio(child) for child in root.children]
    known = [value for value in categories if value is not None]
    low, high = audit.scale
    return cut(low + sum(known) / len(known) * (high - low)) if known else None


# --- random audits


def audit_of(chance: random.Random, *, anchored: bool, mixed: bool) -> Audit:
    """``mixed``: with scales of their own and groups that are not looked at."""
    keys = iter(range(1000))
    scale = chance.choice(SCALES)

    def requirement(*, sure: bool = False) -> Requirement:
        low, high = chance.choice(SCALES) if mixed and chance.random() < 0.5 else scale
        score = NOT_APPLICABLE if not sure and chance.random() < 0.25 else chance.randint(low, high)
        groups = frozenset(name for name in ("core", "extra") if sure or chance.random() < 0.6)
        return Requirement(f"r{next(keys)}", chance.randint(1, 5), (low, high), score, groups)

    def heading(depth: int) -> Node:
        inner = tuple(
            heading(depth - 1) if depth and chance.random() < 0.3 else requirement()
            for _ in range(chance.choice((1, 2, 2, 3)))
        )
        return Node(f"n{next(keys)}", chance.randint(1, 4), inner)

    def root() -> Node:
        if chance.random() < 0.6:  # headings only: each is a category
            return Node(f"n{next(keys)}", 1, tuple(heading(1) for _ in range(chance.randint(1, 3))))
        own = (requirement(sure=True), *(heading(1) for _ in range(chance.randint(0, 1))))
        return Node(f"n{next(keys)}", chance.randint(1, 4), own)

    target = chance.choice((None, chance.randint(*scale), chance.randint(0, 110)))
    picked = frozenset({"core"}) if mixed and chance.random() < 0.5 else frozenset[str]()
    return Audit(scale, target, anchored, picked, tuple(root() for _ in range(chance.choice((1, 1, 2)))))


# --- the same as a checklist


def finite(value: Fraction) -> bool:
    """Whether a number can be written in a file: at most six decimals."""
    return 10**6 % value.denominator == 0


class Translation:
    """The checklist, answers and facts of one audit."""

    def __init__(self, build, audit: Audit, method: str) -> None:
        self.build, self.audit, self.method = build, audit, method
        low, high = audit.scale
        share = audit.target_ratio * 100
        self.by_share = audit.anchored and method != "sum" and not audit.picked and finite(share)
        policy = {"average": "rescale", "sum": "scale_thresholds", "average_of_averages": "prorate"}[method]
        ways = {"policy": policy, "rounding": Rounding(1, RoundingMode.DOWN)}
        if self.by_share:
            ways |= {"policy": "share", "na_share": Decimal(share.numerator) / share.denominator}
        if method != "sum":
            ways["out_of"] = Decimal(high - low)
        self.answers = {}
        self.facts = {name: "yes" if name in audit.picked else "no" for name in ("core", "extra", "other")}
        self.checklist = build.checklist(self.groups(), facts=build.facts(list(self.facts)), **ways)

    def groups(self):
        """Categories are the top groups; where headings have no weight, any division will do."""
        tops = []
        for root in self.audit.roots:
            own = any(isinstance(child, Requirement) for child in root.children)
            tops += [root] if own else root.children
        return [self.group(node, top=True) for node in tops]

    def group(self, node: Node, *, top: bool = False):
        items = [self.item(child) for child in node.children if isinstance(child, Requirement)]
        inner = [self.group(child) for child in node.children if isinstance(child, Node)]
        by_weight = self.method == "average_of_averages"
        weight = {"weight": Decimal(1 if top else node.weight)} if by_weight else {}
        return self.build.group(node.key, items, inner, **weight)

    def item(self, one: Requirement):
        """Full marks are a multiple of the width of the audit's scale: so its target is a whole number of points."""
        low, high = one.scale
        width = self.audit.scale[1] - self.audit.scale[0]
        alternative = self.audit.anchored and not self.by_share
        if self.method == "sum":
            full, least, weight = width * high, width * low, one.weight * high
        else:
            full, least, weight = width * (high - low), 0, one.weight
        rule = self.build.line((low, least), (high, full))
        if alternative:
            target = least + self.audit.target_ratio * (full - least)
            assert target.denominator == 1
            rule = self.build.best({"score": rule, "none": self.build.levels([int(target)])})
        self.answer(one, alternative=alternative)
        chosen = sorted(one.groups or {"other"}) if self.audit.picked else ()
        return self.build.item(one.key, full, rule, selected_by=chosen, weight=Decimal(weight))

    def answer(self, one: Requirement, *, alternative: bool) -> None:
        if one.score is not NOT_APPLICABLE:
            value = self.build.number(one.score)
            self.answers[one.key] = self.build.Answer({"score": value} if alternative else value)
        elif alternative:
            self.answers[one.key] = self.build.Answer({"none": "l0"})
        else:
            self.answers[one.key] = self.build.set_aside

    def score(self):
        return self.build.score(self.checklist, self.answers, self.facts)


def cases(build, *, anchored: bool, seed: int) -> Iterator[Audit]:
    chance = random.Random(seed + anchored)
    for _ in range(build.tries):
        yield audit_of(chance, anchored=anchored, mixed=chance.random() < 0.5)


ANCHORED = pytest.mark.parametrize("anchored", [False, True], ids=["dropped", "anchored"])


@ANCHORED
@pytest.mark.parametrize(("method", "published"), [("average", average), ("average_of_averages", average_of_averages)])
def test_averages(build, method, published, anchored):
    for audit in cases(build, anchored=anchored, seed=len(method)):
        card = Translation(build, audit, method).score()
        counts = any(group.full for group in card.groups)
        assert (audit.scale[0] + card.total.low if counts else None) == published(audit), audit


@ANCHORED
def test_sums_and_what_they_could_be_at_most(build, anchored):
    for audit in cases(build, anchored=anchored, seed=100):
        card = Translation(build, audit, "sum").score()
        most = sum(group.full for group in card.groups)
        assert ((card.total.low, most) if most else None) == plain_sum(audit), audit


def test_both_ways_of_anchoring_are_tried(build):
    ways = [Translation(build, audit, "average").by_share for audit in cases(build, anchored=True, seed=7)]
    assert 500 < sum(ways) < len(ways) - 500


def test_the_figures_of_a_small_audit_worked_out_by_hand(build):
    """Scale 0 to 5: two categories, the first with 4 (weight 1) and 1 (weight 2), the second with 5 and an N/A."""

    def one(key: str, weight: int, score: int | None) -> Requirement:
        return Requirement(key, weight, (0, 5), score, frozenset())

    first = Node("a", 1, (one("a1", 1, 4), one("a2", 2, 1)))
    second = Node("b", 1, (one("b1", 1, 5), one("b2", 1, None)))
    roots = (Node("r", 1, (first, second)),)
    dropped, anchored = (Audit((0, 5), 3, way, frozenset(), roots) for way in (False, True))
    by_hand = {
        ("average", dropped): Fraction("2.7"),  # (4 + 2 + 5) / 4 = 2.75
        ("average", anchored): Fraction("2.8"),  # (4 + 2 + 5 + 3) / 5
        ("sum", dropped): Fraction(11),
        ("sum", anchored): Fraction(14),
        ("average_of_averages", dropped): Fraction("3.5"),  # (2 + 5) / 2
        ("average_of_averages", anchored): Fraction(3),  # (2 + 4) / 2
    }
    for (method, audit), expected in by_hand.items():
        assert Translation(build, audit, method).score().total.low == expected

"""A second evaluator, written from docs/checklist-format.md alone, must agree with the first on random checklists."""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Span


@settings(
    max_examples=80 * int(os.environ.get("WUFEI_LAWS", "1")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(data=st.data())
def test_complete_answers_give_what_a_second_evaluator_gives(drawing, data):
    of = data.draw(drawing.checklists())
    facts = data.draw(drawing.facts)
    answers = data.draw(drawing.finished_answers(of))
    card = evaluate(of, facts, answers)
    expected = Plain(of, facts, answers)
    assert card.total == Span.exactly(expected.total)
    assert [grade.reached for grade in card.grades] == expected.reached
    assert card.passed is expected.reached[0]


class Plain:
    """Scores complete answers the short way: no ranges, no explanations, no problems."""

    def __init__(self, of, facts: Mapping[str, Any], answers) -> None:
        self.parameters = {entry.key: Fraction(entry.value) for entry in of.parameters}
        self.facts, self.answers, self.policy = facts, answers, of.na_policy.value
        self.effects: set[str] = set()
        self.starless = False
        sums = [self.group(group) for group in of.groups]
        full, counted = Fraction(of.full), sum(full for _got, full in sums)
        base = sum((got for got, _full in sums), Fraction(0))
        if self.policy == "rescale" and counted:
            base = base * full / counted
        bonus = Fraction(0)
        if of.bonus:
            bonus = sum((self.item(item, bonus=True)[0] for item in of.bonus.group.all_items()), bonus)
            bonus = min(bonus, Fraction(of.bonus.cap))
        if "zero_total" in self.effects:
            base = bonus = Fraction(0)
        self.total = base + bonus
        towards = self.total if of.bonus and of.bonus.counts_for_pass else base
        gates = all(self.answers[gate.key].value in (True, "yes") for gate in of.gates if self.applies(gate.applies))
        allowed = gates and not self.effects and not self.starless and counted > 0
        self.reached = []
        for grade in of.grades:
            mark = self.value(grade.total_at_least)
            mark = mark * counted / full if self.policy == "scale_thresholds" else mark
            shares = [dict(grade.group_exceptions).get(group.key, grade.groups_at_least) for group in of.groups]
            minima = all(
                got * 100 >= whole * self.value(share)
                for (got, whole), share in zip(sums, shares, strict=True)
                if share is not None and whole
            )
            self.reached.append(allowed and towards >= mark and minima)

    def value(self, quantity) -> Fraction:
        return self.parameters[quantity.name] if hasattr(quantity, "name") else Fraction(quantity)

    def applies(self, condition) -> bool:
        match type(condition).__name__:
            case "NoneType":
                return True
            case "AllOf":
                return all(self.applies(part) for part in condition.parts)
            case "AnyOf":
                return any(self.applies(part) for part in condition.parts)
            case "Not":
                return not self.applies(condition.part)
            case "FactIs":
                return self.facts[condition.fact] in condition.values
            case _:
                return self.within(condition.bound, Fraction(self.facts[condition.fact]))

    def within(self, bound, number: Fraction) -> bool:
        limit = self.value(bound.value)
        passed = {
            "at_least": number >= limit,
            "above": number > limit,
            "at_most": number <= limit,
            "below": number < limit,
        }
        return passed[bound.comparison.value]

    def group(self, group) -> tuple[Fraction, Fraction]:
        pairs = [self.item(item) for item in group.all_items()]
        return sum((got for got, _full in pairs), Fraction(0)), sum((full for _got, full in pairs), Fraction(0))

    def item(self, item, *, bonus: bool = False) -> tuple[Fraction, Fraction]:
        """Points, and the full marks that count."""
        full, answer = Fraction(item.full), self.answers.get(item.key)
        if not self.applies(item.applies) or (answer and answer.na):
            given = full if self.policy == "full" and not bonus else Fraction(0)
            return given, full if self.policy in ("full", "zero") else Fraction(0)
        if answer is None:
            return Fraction(0), full
        got = min(max(self.rule(item.rule, answer.value, full, inside=False), Fraction(0)), full)
        self.starless |= item.star and not got
        return got, full

    def outcome(self, outcome) -> Fraction:
        self.effects |= {outcome.effect.value} if outcome.effect else set()
        return self.value(outcome.points)

    def rule(self, rule, value: Any, full: Fraction, *, inside: bool) -> Fraction:
        match type(rule).__name__:
            case "YesNo":
                return self.outcome(rule.yes if value in (True, "yes") else rule.no)
            case "Levels":
                key, given = (value["level"], value["points"]) if isinstance(value, dict) else (value, None)
                fixed = self.outcome(next(level for level in rule.levels if level.key == key).outcome)
                return fixed if given is None else Fraction(given)
            case "Sum":
                marks = (self.rule(part.rule, value[part.key], full, inside=True) for part in rule.parts)
                return self.value(rule.start) + sum(marks)
            case "Best":
                claimed = (part for part in rule.parts if part.key in value)
                return max([self.rule(part.rule, value[part.key], full, inside=inside) for part in claimed])
            case _:
                return self.scale(rule.scale, self.number(rule.measure, value), full, inside=inside)

    def number(self, measure, value: Any) -> Fraction:
        match type(measure).__name__:
            case "Share":
                return Fraction(value["part"]) * 100 / Fraction(value["whole"])
            case "Change":
                before, after = Fraction(value["before"]), Fraction(value["after"])
                return (after / before - 1) * 100 if measure.relative else after - before
            case "Ticks":
                return Fraction(len(value))
            case _:
                return Fraction(value)

    def scale(self, scale, number: Fraction, full: Fraction, *, inside: bool) -> Fraction:
        match type(scale).__name__:
            case "Bands":
                band = next(band for band in scale.bands if band.bound is None or self.within(band.bound, number))
                is_line = hasattr(band.result, "corners")
                return self.line(band.result, number) if is_line else self.outcome(band.result)
            case "Line":
                return self.line(scale, number)
        each, goal = self.value(scale.points), self.value(scale.reference)
        count = max((goal - number if scale.short else number - goal) / self.value(scale.step), Fraction(0))
        count = {"ignore": count // 1, "count": -(-count // 1), "prorate": count}[scale.part_step.value]
        start = full if each < 0 and not inside else Fraction(0)
        start = start if scale.start is None else self.value(scale.start)
        floor = (-full if inside else Fraction(0)) if scale.floor is None else self.value(scale.floor)
        return min(max(start + count * each, floor), full if scale.cap is None else self.value(scale.cap))

    def line(self, line, number: Fraction) -> Fraction:
        corners = [(self.value(x), self.value(y)) for x, y in line.corners]
        number = min(max(number, corners[0][0]), corners[-1][0])
        left, right = next(pair for pair in itertools.pairwise(corners) if number <= pair[1][0])
        return left[1] + (number - left[0]) * (right[1] - left[1]) / (right[0] - left[0])

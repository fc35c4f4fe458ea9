"""A second evaluator, written from docs/checklist-format.md alone, must agree with the first on random checklists."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Span


def test_complete_answers_give_what_a_second_evaluator_gives(drawing):
    def law(chance):
        of = drawing.checklist(chance)
        facts, answers = drawing.facts(chance), drawing.finished_answers(chance, of)
        on = chance.choice(drawing.days)
        card = evaluate(of, facts, answers, on=on)
        expected = Plain(of, facts, answers, on)
        assert card.finished
        assert card.total == Span.exactly(expected.total)
        assert card.counted == Span.exactly(expected.counted)
        assert [grade.reached for grade in card.grades] == expected.reached
        assert card.passed is expected.reached[0]

    drawing.try_out(law, 800)


class Plain:
    """Scores complete answers the short way: no ranges, no explanations, no problems."""

    def __init__(self, of, facts: Mapping[str, Any], answers, on: date | None) -> None:
        self.of, self.rules, self.policy = of, of.scoring, of.scoring.na_policy.value
        self.parameters = {entry.key: entry.value for entry in of.parameters} | {
            entry.key: phase.value for entry in of.parameters for phase in entry.phases if on and phase.start <= on
        }
        self.facts, self.answers = dict(facts), answers
        for fact in of.facts:
            if fact.formula is not None:
                numbers = {key: Fraction(value) for key, value in self.facts.items() if not isinstance(value, str)}
                self.facts[fact.key] = self.formula(fact.formula, numbers)
        grants = {"full": Fraction(1), "zero": Fraction(0), "share": self.value(self.rules.na_share) / 100}
        self.granted = grants.get(self.policy)
        self.effects: set[str] = set()
        self.got: dict[str, Fraction | None] = {}
        self.spoiled = False
        self.aside = self.asked = Fraction(0)
        self.add_up()

    def add_up(self) -> None:
        of = self.of
        self.sums = [self.group(group, Fraction(1)) for group in of.groups]
        full, whole = Fraction(of.full), Fraction(of.groups_full)
        self.applicable = sum((full for _got, full in self.sums), Fraction(0))
        base = sum((got for got, _full in self.sums), Fraction(0))
        if self.policy in ("rescale", "prorate"):
            base = base * full / self.applicable if self.applicable else base
        elif self.policy != "scale_thresholds":
            base = base * full / whole
        bonus, taken = self.outside(of.bonus), self.outside(of.deductions)
        helping = bonus if of.bonus and of.bonus.counts_for_pass else 0
        none = "zero_total" in self.effects
        self.total, self.counted = (
            Fraction(0) if none else self.rounded(max(base + more - taken, Fraction(0))) for more in (bonus, helping)
        )
        self.reached = [self.grade(grade) for grade in of.grades]

    def grade(self, grade) -> bool:
        gates = all(self.answers[gate.key].value in (True, "yes") for gate in self.of.gates if self.holds(gate.applies))
        applied = any(self.got[item.key] is not None for group in self.of.groups for item in group.all_items())
        if not gates or self.effects or self.spoiled or not applied:
            return False
        limit = self.rules.na_at_most
        if limit is not None and self.aside * 100 > self.value(limit) * self.asked:
            return False
        mark = self.value(grade.total_at_least)
        if self.policy == "scale_thresholds":
            mark = mark * self.applicable / Fraction(self.of.full)
        if self.counted < mark:
            return False
        fulls = {item.key: Fraction(item.full) for item in self.of.items()}
        for key, share in grade.items_at_least:
            got = self.got[key]
            if got is not None and got * 100 < fulls[key] * self.value(share):
                return False
        shares = [dict(grade.group_exceptions).get(group.key, grade.groups_at_least) for group in self.of.groups]
        return all(
            got * 100 >= whole * self.value(share) if whole else self.rules.empty_group.value == "met"
            for (got, whole), share in zip(self.sums, shares, strict=True)
            if share is not None
        )

    def rounded(self, value: Fraction) -> Fraction:
        if self.rules.rounding is None:
            return value
        scaled = value * 10**self.rules.rounding.places
        ways = {"down": scaled // 1, "up": -(-scaled // 1), "half_up": (scaled + Fraction(1, 2)) // 1}
        return Fraction(ways[self.rules.rounding.mode.value], 10**self.rules.rounding.places)

    def value(self, quantity) -> Fraction:
        return Fraction(self.parameters[quantity.name] if hasattr(quantity, "name") else quantity)

    def holds(self, condition) -> bool:
        match type(condition).__name__:
            case "NoneType":
                return True
            case "AllOf":
                return all(self.holds(part) for part in condition.parts)
            case "AnyOf":
                return any(self.holds(part) for part in condition.parts)
            case "Not":
                return not self.holds(condition.part)
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

    # --- items and groups: points, and the full marks that count

    def group(
        self, group, worth: Fraction, *, extra: bool = False, excluded: bool = False
    ) -> tuple[Fraction, Fraction]:
        """``worth``: what a point in this group counts for in the whole."""
        excluded = excluded or not self.holds(group.applies)
        whole = Fraction(group.full)
        factor = Fraction(1) if group.weight is None else Fraction(group.weight) / whole
        inner = {"extra": extra, "excluded": excluded}
        pairs = [self.item(item, worth * factor, **inner) for item in group.items]
        pairs += [self.group(one, worth * factor, **inner) for one in group.groups]
        got, full = (sum(column, Fraction(0)) for column in zip(*pairs, strict=True))
        if group.cap is not None:
            got, full = min(got, Fraction(group.cap)), min(full, Fraction(group.cap))
        if self.policy == "prorate" and full and not extra:
            got, full = got * whole / full, whole
        return got * factor, full * factor

    def outside(self, extra) -> Fraction:
        """Bonus and deductions: never granted, never stretched."""
        return min(self.group(extra.group, Fraction(0), extra=True)[0], Fraction(extra.cap)) if extra else Fraction(0)

    def item(self, item, worth: Fraction, *, extra: bool, excluded: bool) -> tuple[Fraction, Fraction]:
        full, answer = Fraction(item.full), self.answers.get(item.key)
        self.granting = Fraction(0) if extra else self.granted
        factor = Fraction(1) if item.weight is None else Fraction(item.weight) / full
        excluded = excluded or not self.holds(item.applies) or not self.applies(item.rule)
        if not excluded:
            self.asked += full * factor * worth
        self.got[item.key] = None
        if excluded or (answer and answer.na):
            if not excluded:
                self.aside += full * factor * worth
                self.spoiled |= item.star and self.rules.absent_star.value == "failed"
            kept = self.granted is not None
            return full * factor * (self.granted if kept and not extra else 0), full * factor * kept
        got = Fraction(0)
        if answer is not None:
            got = min(max(self.rule(item.rule, answer.value, full, inside=False), Fraction(0)), full)
            self.spoiled |= item.star and not got
        self.got[item.key] = got
        return got * factor, full * factor

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
                return self.sum(rule, value, full)
            case "Best":
                claimed = [part for part in rule.parts if part.key in value and self.part_applies(part)]
                return max(self.rule(part.rule, value[part.key], full, inside=inside) for part in claimed)
            case _:
                return self.scale(rule.scale, self.number(rule.measure, value), full, inside=inside)

    def applies(self, rule) -> bool:
        """A combination applies when some part of it does."""
        return not hasattr(rule, "parts") or any(self.part_applies(part) for part in rule.parts)

    def part_applies(self, part) -> bool:
        return self.holds(part.applies) and self.applies(part.rule)

    def sum(self, rule, value: Any, full: Fraction) -> Fraction:
        """What is gained is stretched to what all parts together could give; what is lost stays as it is."""
        points = kept = highest = self.value(rule.start)
        for part in rule.parts:
            top = self.highest(part.rule, full, inside=True)
            highest += top
            if self.part_applies(part):
                kept += top
                points += self.rule(part.rule, value[part.key], full, inside=True)
            else:
                points += max(top, Fraction(0)) * (self.granting or 0)
        stretched = self.granting is None and 0 < kept < highest and points > 0
        return points * highest / kept if stretched else points

    def highest(self, rule, full: Fraction, *, inside: bool) -> Fraction:
        match type(rule).__name__:
            case "YesNo":
                return max(self.value(rule.yes.points), self.value(rule.no.points))
            case "Levels":
                return max(self.value(level.outcome.points) for level in rule.levels)
            case "Sum":
                return self.value(rule.start) + sum(self.highest(part.rule, full, inside=True) for part in rule.parts)
            case "Best":
                return max(self.highest(part.rule, full, inside=inside) for part in rule.parts)
        return self.top_of(rule.scale, full, inside=inside)

    def top_of(self, scale, full: Fraction, *, inside: bool) -> Fraction:
        match type(scale).__name__:
            case "Line":
                return max(self.value(y) for _x, y in scale.corners)
            case "Bands":
                tops = (
                    self.top_of(band.result, full, inside=inside)
                    if hasattr(band.result, "corners")
                    else self.value(band.result.points)
                    for band in scale.bands
                )
                return max(tops)
        cap = full if scale.cap is None else self.value(scale.cap)
        if self.value(scale.points) > 0:
            return cap
        least = (-full if inside else Fraction(0)) if scale.floor is None else self.value(scale.floor)
        start = (Fraction(0) if inside else full) if scale.start is None else self.value(scale.start)
        return min(max(start, least), cap)

    def formula(self, formula, numbers: Mapping[str, Fraction]) -> Fraction:
        match type(formula).__name__:
            case "Constant" | "ParameterRef":
                return self.value(getattr(formula, "value", formula))
            case "Name":
                return numbers[formula.key]
            case "Negated":
                return -self.formula(formula.formula, numbers)
            case "Call":
                given = [self.formula(one, numbers) for one in formula.arguments]
                ways = {
                    "min": min,
                    "max": max,
                    "abs": lambda one: abs(one[0]),
                    "mean": lambda all_: sum(all_) / len(all_),
                }
                return ways[formula.function.value](given)
        left, right = self.formula(formula.left, numbers), self.formula(formula.right, numbers)
        if formula.operator.value == "/":
            return left / right
        return {"+": left + right, "-": left - right, "*": left * right}[formula.operator.value]

    def number(self, measure, value: Any) -> Fraction:
        match type(measure).__name__:
            case "Share":
                return Fraction(value["part"]) * 100 / Fraction(value["whole"])
            case "Change":
                before, after = Fraction(value["before"]), Fraction(value["after"])
                return (after / before - 1) * 100 if measure.relative else after - before
            case "Ticks":
                return Fraction(len(value))
            case "Calculated":
                return self.formula(measure.formula, {key: Fraction(number) for key, number in value.items()})
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

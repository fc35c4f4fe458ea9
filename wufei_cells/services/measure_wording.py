"""Say what was measured and how a scale turned it into points, with the units of the measure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from wufei_cells.domain.amounts import PRINTED_PLACES, exact, plain, printed, with_unit
from wufei_cells.domain.numbers_in_text import TextIn
from wufei_cells.domain.rules import Amount, Calculated, Change, Count, Measure, Measured, Rule, Share, Ticks
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.scorecard import Explanation, Span
from wufei_cells.services.formula_wording import formula_in_words
from wufei_cells.wording import Wording

READINGS = (
    "explain.count",
    "explain.amount",
    "explain.share",
    "explain.change",
    "explain.ticks",
    "explain.calculated",
)
"""The nodes that say what was noted; they are about no points."""


def score_text(span: Span) -> str:
    """Write points: one number, or from the least to the most that is still possible."""
    return printed(span.low) if span.settled else f"{printed(span.low)}–{printed(span.high)}"


def up_to_print(value: Fraction | str) -> str:
    """Write what must be reached: rounded up where print has no more places, so that it never looks reached."""
    scale = 10**PRINTED_PLACES
    return printed(Fraction(math.ceil(Fraction(value) * scale), scale))


def nearly(value: Fraction) -> str:
    """Write a number exactly, or with more places than print has and a sign that it goes on."""
    written = exact(value)
    if "/" not in written:
        return written
    scale = 100 * 10**PRINTED_PLACES
    return f"{plain(Decimal(int(value * scale)) / scale)}…"


def measured_sentence(
    node: Explanation, rule: Rule, wording: Wording, text: TextIn, numbers: Numbers, *, taken: bool = False
) -> str | None:
    """Say a node that speaks of a measure or of its scale; ``None`` for any other.

    Args:
        node: the explanation.
        rule: the rule it explains.
        wording: the reader's language.
        text: reads the edition's texts.
        numbers: the parameters in force.
        taken: whether the points are taken off the total.
    """
    if not isinstance(rule, Measured):
        return None
    teller = _Measure(rule.measure, wording, text, numbers, taken=taken)
    if node.code in READINGS:
        return teller.reading(node)
    if node.code in ("explain.steps_short", "explain.steps_over"):
        return teller.steps(node)
    if node.code == "explain.line" or node.code.startswith("explain.band_"):
        return teller.scaled(node)
    return None


def calculation(measure: Calculated, wording: Wording, text: TextIn, numbers: Numbers) -> str:
    """Write how a number is worked out, with the names of its inputs."""
    names = {entry.key: text(entry.text) for entry in measure.inputs}
    return formula_in_words(measure.formula, names, numbers, wording)


class _Measure:
    """One measure, with its words in one language."""

    def __init__(self, measure: Measure, wording: Wording, text: TextIn, numbers: Numbers, *, taken: bool) -> None:
        self.given = "explain.each_counted" if taken else "explain.each_given"
        self.measure = measure
        self.wording = wording
        self.text = text
        self.numbers = numbers
        self.raw_unit = wording.say("explain.ticks_unit") if isinstance(measure, Ticks) else text(measure.unit)
        in_percent = isinstance(measure, Share) or (isinstance(measure, Change) and measure.relative)
        self.is_percent = in_percent or (isinstance(measure, Calculated) and self.raw_unit == "%")
        self.unit = "%" if self.is_percent else self.raw_unit

    def reading(self, node: Explanation) -> str:
        """Say what was noted."""
        values = node.values
        match self.measure:
            case Count() | Amount():
                number = with_unit(values["number"], self.unit)
                return self.wording.say(node.code, measure=self.text(self.measure.text), number=number)
            case Share():
                return self.wording.say(
                    node.code,
                    part_name=self.text(self.measure.part),
                    part=with_unit(values["part"], self.raw_unit),
                    whole_name=self.text(self.measure.whole),
                    whole=with_unit(values["whole"], self.raw_unit),
                    number=with_unit(values["number"], "%"),
                )
            case Change():
                return self.wording.say(
                    node.code if self.measure.relative else "explain.change_difference",
                    before_name=self.text(self.measure.before),
                    before=with_unit(values["before"], self.raw_unit),
                    after_name=self.text(self.measure.after),
                    after=with_unit(values["after"], self.raw_unit),
                    number=with_unit(values["number"], self.unit),
                )
            case Ticks():
                ticked = values["ticked"].split()
                names = [self.text(option.text) for option in self.measure.options if option.key in ticked]
                code = node.code if names else "explain.ticks_none"
                listed = self.wording.say("explain.list_separator").join(names)
                return self.wording.say(code, number=values["number"], whole=values["whole"], listed=listed)
            case Calculated():
                return self._calculated(self.measure, values)

    def _calculated(self, measure: Calculated, values: Mapping[str, str]) -> str:
        entered = (
            self.wording.say(
                "explain.calculated_input",
                name=self.text(entry.text),
                number=with_unit(values[f"input.{entry.key}"], self.text(entry.unit)),
            )
            for entry in measure.inputs
        )
        return self.wording.say(
            "explain.calculated",
            listed=self.wording.say("explain.list_separator").join(entered),
            measure=self.text(measure.text),
            formula=calculation(measure, self.wording, self.text, self.numbers),
            number=with_unit(values["number"], self.unit),
        )

    def scaled(self, node: Explanation) -> str:
        """Say which band held, or what the line gave."""
        slots = {**node.values, "score": score_text(node.span), "number": with_unit(node.values["number"], self.unit)}
        if "bound" in slots:
            slots["bound"] = with_unit(slots["bound"], self.unit)
        return self.wording.say(node.code, **slots)

    def steps(self, node: Explanation) -> str:
        """Say how many steps were counted and what they did to the points."""
        values = node.values
        slots = {
            "number": with_unit(values["number"], self.unit),
            "reference": with_unit(values["reference"], self.unit),
            "score": score_text(node.span),
        }
        from_nothing = node.code == "explain.steps_over" and values["reference"] == "0"  # "3 places" needs no "over 0"
        if values["met"]:
            code = "explain.steps_over_none" if from_nothing else f"{node.code}_met"
            return self.wording.say(code, **slots)
        taken = values["each"].startswith("-")
        slots |= {
            "beyond": with_unit(values["beyond"], self._gap_unit()),
            "count": values["count"],
            "rule": self._step_rule(values),
            "sum": self.wording.say(
                "explain.steps_limited" if values["limit"] else "explain.steps_sum",
                start=values["start"],
                sign="−" if taken else "+",
                change=values["change"],
                score=slots["score"],
            ),
        }
        return self.wording.say("explain.steps_over_nothing" if from_nothing else node.code, **slots)

    def _gap_unit(self) -> str:
        return self.wording.say("explain.percentage_points") if self.is_percent else self.unit

    def _step_rule(self, values: Mapping[str, str]) -> str:
        """Say what a step is and what it does: each full 5 percentage points takes off 1."""
        step = self.wording.say(f"explain.step_{values['part_step']}", step=with_unit(values["step"], self._gap_unit()))
        points = values["each"].lstrip("-")
        code = "explain.each_taken" if values["each"].startswith("-") else self.given
        each = self.wording.say(code, points=points)
        code = "explain.each_step" if self.unit else "explain.each_step_without_unit"
        return self.wording.say(code, step=step, each=each)

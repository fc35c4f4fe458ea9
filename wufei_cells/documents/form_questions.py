"""What a form asks of an item, written so that a pen can answer it: boxes to tick, blanks to fill in.

It asks exactly what the window asks; points are worked out when the answers are entered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from wufei_cells.documents.fonts import Face
from wufei_cells.documents.form_table import SMALL, Para
from wufei_cells.documents.report_table import INK
from wufei_cells.documents.text import TextStyle
from wufei_cells.domain.checklists import NotApplicable
from wufei_cells.domain.conditions import Fact, FactKind
from wufei_cells.domain.rules import (
    Amount,
    Bands,
    Best,
    Calculated,
    Change,
    Comparison,
    Count,
    Level,
    Levels,
    Line,
    Measure,
    Measured,
    Outcome,
    Part,
    PartStep,
    Quantity,
    Rule,
    Scale,
    Share,
    Steps,
    Sum,
    Ticks,
    YesNo,
)

if TYPE_CHECKING:
    from wufei_cells.documents.form_words import FormWords
    from wufei_cells.domain.checklists import Gate, Item
    from wufei_cells.domain.text import Text

PEN = TextStyle(Face.SANS, 8.5, color=INK)
PEN_LEADING = 16.0  # from line to line where something is written by hand
BOX, TICKED = "□", "☑"
BLANK, LONG_BLANK = "_" * 8, "_" * 22
SIGNS = {Comparison.AT_LEAST: "≥", Comparison.ABOVE: ">", Comparison.AT_MOST: "≤", Comparison.BELOW: "<"}
PART_INDENT = 9.0
BOX_HANG = 11.0
ONE_LINE = 21.0  # widths of a Chinese character that surely fit into a line of the record
GLUE = "\u00a0"  # keeps a blank and its unit together


class FormQuestions:
    """Writes what is asked, under what is known of the site."""

    def __init__(self, words: FormWords) -> None:
        self._words = words
        self._say = words.say
        self._text = words.text

    # --- whole entries

    def gate(self, gate: Gate) -> Iterator[Para]:
        """Ask whether a condition is met."""
        yield _asked(f"{BOX} {self._say('met')}　　{BOX} {self._say('not_met')}")
        if gate.applies is not None:
            yield from self._only_where(self._words.condition(gate.applies))

    def item(self, item: Item, conditions: Iterator[str]) -> Iterator[Para]:
        """Ask everything that the points of an item rest on.

        Args:
            item: the item.
            conditions: when it applies, in words.
        """
        # The printed words of a whole item say already what a number gives.
        yield from self.rule(item.rule, item.key, worded=bool(item.scoring))
        for condition in conditions:
            yield from self._only_where(condition)
        if item.not_applicable is NotApplicable.REASON:
            yield _asked(self._say("set_aside_blank", box=BOX, blank=LONG_BLANK))

    def fact(self, fact: Fact) -> str:
        """Ask for a fact of the site; one that is known is given."""
        known = self._words.data.facts.get(fact.key, "")
        if fact.formula is not None:
            return self._say("fact_worked_out", formula=self._words.data.formulas.get(f"facts.{fact.key}", ""))
        if fact.kind is FactKind.NUMBER:
            return _with_unit(known or BLANK, self._text(fact.unit))
        options = [(option.key, self._text(option.text)) for option in fact.options]
        if fact.kind is FactKind.YES_NO:
            options = [("yes", self._say("yes")), ("no", self._say("no"))]
        return "　".join(f"{TICKED if key == known else BOX} {text}" for key, text in options)

    # --- rules

    def rule(self, rule: Rule, path: str, *, worded: bool = False) -> Iterator[Para]:
        """Ask what a rule wants to know.

        Args:
            rule: the rule.
            path: where its formula is.
            worded: whether what a number gives stands beside it in words.
        """
        match rule:
            case YesNo():
                answers = ((self._say("yes"), rule.yes), (self._say("no"), rule.no))
                told = "　　".join(f"{BOX} {word}{self._worth(outcome)}" for word, outcome in answers)
                yield _asked(told)
            case Levels():
                yield from self._levels(rule.levels)
            case Measured():
                yield from self._measure(rule.measure, path)
                if not worded or isinstance(rule.scale, Steps):
                    yield from self._scale(rule.scale, rule.measure)
            case Sum():
                start = self._words.number(rule.start)
                if start != "0":
                    yield Para(self._say("sum_from", start=start), SMALL)
                yield from self._parts(rule.parts, path)
            case Best():
                yield Para(self._say("best_of"), SMALL)
                yield from self._parts(rule.parts, path)

    def _parts(self, parts: tuple[Part, ...], path: str) -> Iterator[Para]:
        for number, part in enumerate(parts, start=1):
            name = self._say("part", number=number, name=self._text(part.text))
            excluded = part.applies is not None and self._words.excluded((part.applies,))
            if excluded:
                yield Para(self._say("part_excluded", part=name), SMALL, above=2)
                continue
            yield Para(name, replace(PEN, face=Face.SANS_BOLD), above=3)
            for para in self.rule(part.rule, f"{path}.{part.key}"):
                yield replace(para, indent=para.indent + PART_INDENT)
            if part.applies is not None:
                for para in self._only_where(self._words.condition(part.applies)):
                    yield replace(para, indent=para.indent + PART_INDENT)

    def _levels(self, levels: tuple[Level, ...]) -> Iterator[Para]:
        """Short levels stand beside each other."""
        told = [f"{BOX} {self._text(level.text)}{self._worth(level.outcome)}" for level in levels]
        if all(level.lowest is None for level in levels) and _ems("　".join(told)) <= ONE_LINE:
            yield _asked("　".join(told))
            return
        for level in levels:
            yield from self._level(level)

    def _level(self, level: Level) -> Iterator[Para]:
        text = self._text(level.text)
        if level.lowest is None:
            yield _asked(f"{BOX} {text}{self._worth(level.outcome)}", hang=BOX_HANG, leading=13.0)
            return
        low, high = self._words.number(level.lowest), self._words.number(level.outcome.points)
        told = self._say("level_range", low=low, high=high, effect=self._effect(level.outcome))
        yield _asked(f"{BOX} {text}{told}", hang=BOX_HANG, leading=13.0)
        yield _asked(self._say("level_reason", blank="_" * 5, long="_" * 15), indent=BOX_HANG)

    def _only_where(self, condition: str) -> Iterator[Para]:
        yield Para(self._say("only_where", condition=condition), SMALL, above=2)

    def _worth(self, outcome: Outcome) -> str:
        points = self._words.number(outcome.points)
        return self._say("worth", points=points, effect=self._effect(outcome))

    def _effect(self, outcome: Outcome) -> str:
        return self._say(f"effect_{outcome.effect.value}") if outcome.effect else ""

    # --- measures

    def _measure(self, measure: Measure, path: str) -> Iterator[Para]:
        match measure:
            case Count():
                yield self._blank(measure.text, measure.unit)
                yield _asked(self._say("seen_where", blank=LONG_BLANK))
            case Amount():
                yield self._blank(measure.text, measure.unit)
                yield self._basis()
            case Share():
                yield self._blank(measure.part, measure.unit)
                yield self._blank(measure.whole, measure.unit, smallest=measure.smallest_whole)
                yield _asked(self._say("share_is", blank=_with_unit(BLANK, "%")))
                yield self._basis()
            case Change():
                yield self._blank(measure.before, measure.unit)
                yield self._blank(measure.after, measure.unit)
                unit = "%" if measure.relative else self._text(measure.unit)
                yield _asked(self._say("change_is", blank=_with_unit(BLANK, unit)))
                yield self._basis()
            case Ticks():
                for option in measure.options:
                    yield _asked(f"{BOX} {self._text(option.text)}", hang=BOX_HANG, leading=13.0)
                yield _asked(self._say("ticked", blank="_" * 5, count=len(measure.options)))
            case Calculated():
                for entry in measure.inputs:
                    yield self._blank(entry.text, entry.unit)
                formula = self._words.plain(self._words.data.formulas.get(path, ""))
                name, unit = self._text(measure.text), self._text(measure.unit)
                blank = _with_unit(BLANK, unit)
                yield _asked(self._say("calculated_is", name=name, formula=formula, blank=blank))
                yield self._basis()

    def _blank(self, text: Text, unit: Text, smallest: int | None = None) -> Para:
        told = self._say("blank", name=self._text(text), blank=_with_unit(BLANK, self._text(unit)))
        return _asked(told if smallest is None else told + self._say("at_least", number=smallest))

    def _basis(self) -> Para:
        return _asked(self._say("basis_blank", blank=BLANK, long="_" * 12))

    # --- scales

    def _scale(self, scale: Scale, measure: Measure) -> Iterator[Para]:
        unit = self._unit(measure)
        match scale:
            case Steps():
                yield Para(self._steps(scale, measure, unit), SMALL)
            case Line():
                yield Para(self._say("read_on", scale=self._line(scale, unit)), SMALL)
            case Bands():
                told: list[str] = []
                for band in scale.bands:
                    bound = band.bound
                    where = f"{SIGNS[bound.comparison]} {self._with(bound.value, unit)}" if bound else self._say("else")
                    result = band.result
                    gives = self._line(result, unit) if isinstance(result, Line) else self._worth_of(result)
                    told.append(self._say("band", where=where, gives=gives))
                yield Para(self._say("read_on", scale=self._say("then").join(told)), SMALL)

    def _steps(self, steps: Steps, measure: Measure, unit: str) -> str:
        """Write a calculation that a pen can carry out: 5 − ___ 处 × 2."""
        words = self._words
        points, step, reference = words.number(steps.points), words.number(steps.step), words.number(steps.reference)
        limits = [
            self._say(f"limit_{name}", points=words.number(limit))
            for name, limit in (("start", steps.start), ("floor", steps.floor), ("cap", steps.cap))
            if limit is not None
        ]
        values = {"blank": _with_unit("_" * 5, unit), "points": points}
        if not steps.short and reference == "0" and step == "1" and steps.part_step is not PartStep.PRORATE:
            told = self._say("steps", **values)
        else:
            kind = "steps_short" if steps.short else "steps_over"
            each = self._say(f"each_{steps.part_step.value}", step=f"{step} {self._gap(measure, unit)}".strip())
            told = self._say(kind, **values, each=each, reference=self._with(steps.reference, unit))
        return self._say("list").join([told, *limits])

    def _line(self, line: Line, unit: str) -> str:
        corners = [f"{self._with(x, unit)} → {self._words.number(y)}" for x, y in line.corners]
        return self._say("line", corners=self._say("list").join(corners))

    def _worth_of(self, outcome: Outcome) -> str:
        return self._say("points", points=self._words.number(outcome.points)) + self._effect(outcome)

    def _with(self, quantity: Quantity, unit: str) -> str:
        number = self._words.number(quantity)
        return f"{number}{unit}" if unit in ("", "%", "‰") else f"{number} {unit}"

    def _unit(self, measure: Measure) -> str:
        if isinstance(measure, Share) or (isinstance(measure, Change) and measure.relative):
            return "%"
        return self._say("ticks_unit") if isinstance(measure, Ticks) else self._text(measure.unit)

    def _gap(self, measure: Measure, unit: str) -> str:
        return self._say("percentage_points") if unit == "%" and not isinstance(measure, Ticks) else unit


def _asked(text: str, *, indent: float = 0.0, hang: float = 0.0, leading: float = PEN_LEADING) -> Para:
    """A line that is answered by hand."""
    return Para(text, PEN, leading=leading, indent=indent, hang=hang)


def _with_unit(blank: str, unit: str) -> str:
    return f"{blank}{GLUE}{unit.replace(' ', GLUE)}" if unit else blank


def _ems(text: str) -> float:
    """About how many Chinese characters wide a text is."""
    return sum(1.0 if char > "\u2000" else 0.56 for char in text)

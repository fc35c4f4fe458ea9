"""Apply one scoring rule to one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.conditions import Condition
from wufei_cells.domain.rules import Bands, Best, Effect, Level, Levels, Measured, Outcome, Part, Rule, Sum, YesNo
from wufei_cells.errors import Problem
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.measures import read_measure
from wufei_cells.scoring.numbers import Numbers, read_number
from wufei_cells.scoring.scales import apply_scale, scale_limits
from wufei_cells.scoring.scorecard import Explanation, Span


@dataclass(frozen=True, slots=True)
class Mark:
    """What a rule gives for an answer; a span while parts are unanswered."""

    span: Span
    explanation: Explanation
    effects: tuple[Effect, ...] = ()
    missing: tuple[str, ...] = ()
    """Names of unanswered parts, relative to the rule; ``""`` is the rule itself."""
    cautions: tuple[Problem, ...] = ()
    pending: tuple[Effect, ...] = ()
    """What the unanswered parts may still bring with them."""


Holds = Callable[[Condition], bool | None]


def _unknown(_condition: Condition) -> bool | None:
    return None


class RuleEvaluator:
    """Applies the rules of one edition.

    Args:
        numbers: the parameters in force.
        holds: tells whether the condition of a part holds (``None``: not known).
        dropped: what a part that does not apply gets of its own highest points; ``None``: the rest makes up for it.
    """

    def __init__(self, numbers: Numbers, holds: Holds = _unknown, dropped: Fraction | None = None) -> None:
        self._numbers = numbers
        self._holds = holds
        self._dropped = dropped

    def mark(self, rule: Rule, value: JsonValue, full: Fraction) -> Mark:
        """Score an item's answer: its rule, kept between nothing and full marks.

        Raises:
            BadAnswer: the value does not fit the rule.
        """
        mark = self._apply(rule, value, full, "", inside=False)
        clamped = mark.span.clamped(Fraction(0), full)
        if clamped == mark.span:
            return mark
        values = {"full": printed(full), **_span_values(clamped)}
        explanation = Explanation("explain.clamped", clamped, "", values, (mark.explanation,))
        return replace(mark, span=clamped, explanation=explanation)

    def _apply(self, rule: Rule, value: JsonValue, full: Fraction, key: str, *, inside: bool) -> Mark:
        if value is None:
            return self._unanswered(rule, full, key, inside=inside)
        match rule:
            case YesNo():
                return self._yes_no(rule, value, key)
            case Levels():
                return self._levels(rule, value, key)
            case Measured():
                return self._measured(rule, value, full, key, inside=inside)
            case Sum():
                return self._sum(rule, value, full, key)
            case Best():
                return self._best(rule, value, full, key, inside=inside)

    # --- questions

    def _yes_no(self, rule: YesNo, value: JsonValue, key: str) -> Mark:
        answer = read_yes_no(value)
        outcome = rule.yes if answer else rule.no
        code = "explain.yes" if answer else "explain.no"
        return self._known(self._numbers.value(outcome.points), outcome.effect, Explanation(code, Span.exactly(0), key))

    def _levels(self, rule: Levels, value: JsonValue, key: str) -> Mark:
        chosen, given, reason = _level_answer(value)
        level = next((level for level in rule.levels if level.key == chosen), None)
        if level is None:
            allowed = ", ".join(level.key for level in rule.levels)
            raise BadAnswer("answer.not_choice", found=chosen[:40], allowed=allowed)
        points = self._numbers.value(level.outcome.points)
        values = {"level": level.text.zh, "level_key": level.key}
        if level.lowest is not None:
            values |= {"lowest": exact(self._numbers.value(level.lowest)), "highest": exact(points), "reason": reason}
            points = self._ranged(level, points, given, reason)
            return self._known(points, level.outcome.effect, Explanation("explain.range", Span.exactly(0), key, values))
        if given is not None and read_number(given) != points:
            raise BadAnswer("answer.points_fixed", found=str(given)[:40], points=exact(points))
        return self._known(points, level.outcome.effect, Explanation("explain.level", Span.exactly(0), key, values))

    def _ranged(self, level: Level, highest: Fraction, given: JsonValue, reason: str) -> Fraction:
        lowest = self._numbers.value(level.lowest) if level.lowest is not None else highest
        points = None if given is None else read_number(given)
        if points is None:
            raise BadAnswer("answer.range_needs_points", lowest=exact(lowest), highest=exact(highest))
        if not lowest <= points <= highest:
            raise BadAnswer("answer.outside_range", found=exact(points), lowest=exact(lowest), highest=exact(highest))
        if not reason.strip() and points != highest:
            raise BadAnswer("answer.range_needs_reason")
        return points

    # --- measures

    def _measured(self, rule: Measured, value: JsonValue, full: Fraction, key: str, *, inside: bool) -> Mark:
        reading = read_measure(rule.measure, value, self._numbers)
        if reading is None:
            return self._unanswered(rule, full, key, inside=inside)
        scaled = apply_scale(rule.scale, reading.number, full, self._numbers, inside=inside)
        span = Span.exactly(scaled.points)
        measured = Explanation(f"explain.{type(rule.measure).__name__.lower()}", span, key, reading.raw)
        explanation = Explanation(scaled.code, span, key, scaled.values, (measured,))
        effects = (scaled.effect,) if scaled.effect else ()
        return Mark(span, explanation, effects, (), reading.cautions)

    # --- combinations

    def _sum(self, rule: Sum, value: JsonValue, full: Fraction, key: str) -> Mark:
        answers = _part_answers(rule.parts, value)
        start = self._numbers.value(rule.start)
        span = Span.exactly(start)
        marks: list[Mark] = []
        for part in rule.parts:
            if self._applies(part) is False:
                mark = self._dropped_part(part, full)
            else:
                mark = self._part(part, answers.get(part.key), full, inside=True)
            marks.append(mark)
            span += mark.span
        values = {"start": exact(start), **_span_values(span)}
        mark = self._combined(rule.parts, marks, span, "explain.sum", key, values)
        return self._made_up(rule, marks, mark, full) if any(map(conditional, rule.parts)) else mark

    def _best(self, rule: Best, value: JsonValue, full: Fraction, key: str, *, inside: bool) -> Mark:
        answers = _part_answers(rule.parts, value)
        open_to = [part for part in rule.parts if self._applies(part) is not False]
        claimed = tuple(part for part in open_to if answers.get(part.key) is not None)
        if not claimed:
            return self._unanswered(rule, full, key, inside=inside)
        marks = [self._part(part, answers[part.key], full, inside=inside) for part in claimed]
        span = Span(max(mark.span.low for mark in marks), max(mark.span.high for mark in marks))
        mark = self._combined(claimed, marks, span, "explain.best", key, _span_values(span))
        states = [self._applies(part) for part in claimed]
        if None not in states:
            return mark
        reach = self.reach(rule, full, inside=inside)
        # The claim may fall away as a whole; then another alternative has to be named, and that may be any.
        high = mark.span.high if True in states else reach.high
        return _widened(mark, Span(min(Fraction(0), reach.low), high))

    # --- parts that do not apply

    def _applies(self, part: Part) -> bool | None:
        """Tell whether a part applies: its condition holds, and something of its own rule applies."""
        if not conditional(part):
            return True
        states = (True if part.applies is None else self._holds(part.applies), self.applies(part.rule))
        return False if False in states else None if None in states else True

    def applies(self, rule: Rule) -> bool | None:
        """Tell whether anything of a rule applies; ``None`` while that is not known."""
        if not isinstance(rule, Sum | Best):
            return True
        states = [self._applies(part) for part in rule.parts]
        return True if True in states else None if None in states else False

    def open_conditions(self, rule: Rule) -> Iterator[Condition]:
        """Give the conditions on parts of which it is not known whether they hold, and on which something depends."""
        for part in rule.parts if isinstance(rule, Sum | Best) else ():
            state = True if part.applies is None else self._holds(part.applies)
            if state is None and part.applies is not None:
                yield part.applies
            if state is not False:
                yield from self.open_conditions(part.rule)

    def _dropped_part(self, part: Part, full: Fraction) -> Mark:
        highest = max(self.reach(part.rule, full, inside=True).high, Fraction(0))
        given = Span.exactly(highest * (self._dropped or 0))
        return Mark(given, Explanation("explain.part_not_applicable", given, part.key, _span_values(given)))

    def _made_up(self, rule: Sum, marks: list[Mark], mark: Mark, full: Fraction) -> Mark:
        """Let the parts that apply make up for those that do not; what is taken off in all stays as it is."""
        states = [self._applies(part) for part in rule.parts]
        tops = [self.reach(part.rule, full, inside=True).high for part in rule.parts]
        highest = self._numbers.value(rule.start) + sum(tops)
        if None in states:
            undecided = (one for one, state in zip(marks, states, strict=True) if state is None)
            low = mark.span.low - sum(max(one.span.low, Fraction(0)) for one in undecided)
            return _widened(mark, Span(min(Fraction(0), low), max(mark.span.high, highest)))
        kept = highest - sum(top for top, state in zip(tops, states, strict=True) if state is False)
        if self._dropped is not None or not 0 < kept < highest:
            return mark
        span = mark.span.each(lambda points: points * highest / kept if points > 0 else points)
        values = {"kept": printed(kept), "highest": printed(highest), **_span_values(span)}
        told = Explanation("explain.parts_made_up", span, mark.explanation.key, values, (mark.explanation,))
        return replace(mark, span=span, explanation=told)

    def _part(self, part: Part, value: JsonValue, full: Fraction, *, inside: bool) -> Mark:
        try:
            return self._apply(part.rule, value, full, part.key, inside=inside)
        except BadAnswer as bad:
            bad.part = ".".join(filter(None, (part.key, bad.part)))
            raise

    def _combined(
        self, parts: tuple[Part, ...], marks: list[Mark], span: Span, code: str, key: str, values: Mapping[str, str]
    ) -> Mark:
        missing = tuple(
            ".".join(filter(None, (part.key, name)))
            for part, mark in zip(parts, marks, strict=True)
            for name in mark.missing
        )
        explanation = Explanation(code, span, key, values, tuple(mark.explanation for mark in marks))
        return Mark(
            span,
            explanation,
            tuple(effect for mark in marks for effect in mark.effects),
            missing,
            tuple(caution for mark in marks for caution in mark.cautions),
            tuple(effect for mark in marks for effect in mark.pending),
        )

    # --- what is not known yet

    def _unanswered(self, rule: Rule, full: Fraction, key: str, *, inside: bool) -> Mark:
        span = self.reach(rule, full, inside=inside)
        explanation = Explanation("explain.unanswered", span, key, _span_values(span))
        return Mark(span, explanation, missing=("",), pending=tuple(_effects_in(rule)))

    def reach(self, rule: Rule, full: Fraction, *, inside: bool) -> Span:
        """Give the least and the most a rule can yield."""
        match rule:
            case YesNo():
                return _span_of([self._points(rule.yes), self._points(rule.no)])
            case Levels():
                ends = [self._points(level.outcome) for level in rule.levels]
                ends += [self._numbers.value(level.lowest) for level in rule.levels if level.lowest is not None]
                return _span_of(ends)
            case Measured():
                return Span(*scale_limits(rule.scale, full, self._numbers, inside=inside))
            case Sum():
                return self._reach_of_sum(rule, full)
            case Best():
                reaches = [self.reach(part.rule, full, inside=inside) for part in rule.parts]
                return Span(min(reach.low for reach in reaches), max(reach.high for reach in reaches))

    def _reach_of_sum(self, rule: Sum, full: Fraction) -> Span:
        """Add up what the parts can yield; a part with a condition may also give nothing."""
        low = high = self._numbers.value(rule.start)
        for part in rule.parts:
            reach = self.reach(part.rule, full, inside=True)
            low += min(reach.low, Fraction(0)) if conditional(part) else reach.low
            high += reach.high
        return Span(min(low, Fraction(0)) if any(map(conditional, rule.parts)) else low, high)

    def _points(self, outcome: Outcome) -> Fraction:
        return self._numbers.value(outcome.points)

    def _known(self, points: Fraction, effect: Effect | None, explanation: Explanation) -> Mark:
        span = Span.exactly(points)
        values = {**explanation.values, "points": printed(points)}
        told = Explanation(explanation.code, span, explanation.key, values)
        return Mark(span, told, (effect,) if effect else ())


def _widened(mark: Mark, span: Span) -> Mark:
    """Give a mark the span it has while it is not known which of its parts apply."""
    told = Explanation("explain.parts_undecided", span, mark.explanation.key, _span_values(span), (mark.explanation,))
    return replace(mark, span=span, explanation=told, effects=(), pending=(*mark.effects, *mark.pending))


def conditional(part: Part) -> bool:
    """Whether it depends on facts if a part applies: on its own condition, or on those of everything in it."""
    if part.applies is not None:
        return True
    return isinstance(part.rule, Sum | Best) and all(conditional(inner) for inner in part.rule.parts)


def read_yes_no(value: JsonValue) -> bool:
    """Read yes or no.

    Raises:
        BadAnswer: it is neither.
    """
    if isinstance(value, bool):
        return value
    if value in ("yes", "no"):
        return value == "yes"
    raise BadAnswer("answer.not_yes_no", found=str(value)[:40])


def _effects_in(rule: Rule) -> Iterator[Effect]:
    """Name the effects that some answer to a rule has."""
    match rule:
        case YesNo():
            outcomes = [rule.yes, rule.no]
        case Levels():
            outcomes = [level.outcome for level in rule.levels]
        case Measured():
            bands = rule.scale.bands if isinstance(rule.scale, Bands) else ()
            outcomes = [band.result for band in bands if isinstance(band.result, Outcome)]
        case Sum() | Best():
            for part in rule.parts:
                yield from _effects_in(part.rule)
            return
    yield from (outcome.effect for outcome in outcomes if outcome.effect)


def _level_answer(value: JsonValue) -> tuple[str, JsonValue, str]:
    """Read a chosen level: its key, or a mapping with key, points within its range, and the reason for them."""
    if isinstance(value, str):
        return value, None, ""
    if isinstance(value, dict) and set(value) <= {"level", "points", "reason"} and isinstance(value.get("level"), str):
        return str(value["level"]), value.get("points"), str(value.get("reason") or "")
    raise BadAnswer("answer.not_level", found=str(value)[:40])


def _part_answers(parts: tuple[Part, ...], value: JsonValue) -> dict[str, JsonValue]:
    known = [part.key for part in parts]
    if not isinstance(value, dict):
        raise BadAnswer("answer.not_parts", allowed=", ".join(known))
    unknown = [name for name in value if name not in known]
    if unknown:
        raise BadAnswer("answer.unknown_part", found=", ".join(unknown)[:80], allowed=", ".join(known))
    return value


def _span_of(values: list[Fraction]) -> Span:
    return Span(min(values), max(values))


def _span_values(span: Span) -> dict[str, str]:
    return {"low": printed(span.low), "high": printed(span.high), "points": printed(span.low)}

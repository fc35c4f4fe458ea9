"""A scoring rule as formulas: its points, whether everything for them is there, and what else follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from wufei_cells.domain.rules import Best, Effect, Level, Levels, Measured, Outcome, Part, Rule, Sum, YesNo
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.rules import RuleEvaluator, conditional
from wufei_cells.workbooks.formulas import scales
from wufei_cells.workbooks.formulas.conditions import HOLDS, Conditions
from wufei_cells.workbooks.formulas.fields import (
    Answers,
    choice_state,
    given,
    number_state,
    position,
    says,
    yes_no_state,
)
from wufei_cells.workbooks.formulas.measures import CellOf, read_measure
from wufei_cells.workbooks.formulas.workings import Workings, added, exactly, least, most, number

FAR_BELOW = "-1E+15"
"""Less than any points."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Where the outcome of a rule stands.

    Attributes:
        points: the points; 0 unless the state is 1.
        state: 1 where everything needed is there and fits, 0 where something is missing, -1 where something cannot be.
        given: 1 where anything is filled in.
        open_facts: how many conditions of parts rest on facts that are not known.
        effects: 1 where an answer brings an effect.
    """

    points: str
    state: str
    given: str
    open_facts: str = "0"
    effects: Mapping[Effect, str] = field(default_factory=dict[Effect, str])


class RuleFormulas:
    """Writes rules down. ``dropped`` is what a part that does not apply gets, as for ``RuleEvaluator``."""

    def __init__(
        self, numbers: Numbers, conditions: Conditions, dropped: Fraction | None, words: Answers, workings: Workings
    ) -> None:
        self._numbers = numbers
        self._conditions = conditions
        self._dropped = dropped
        self._words = words
        self._workings = workings
        self._rules = RuleEvaluator(numbers)

    def item(self, rule: Rule, full: Fraction, cell: CellOf) -> Scored:
        """Write the rule of an item down, kept between nothing and full marks."""
        scored = self._rule(rule, full, "", cell, inside=False)
        points = f"MIN(MAX({scored.points},0),{number(full)})"
        return Scored(self._put("", points), scored.state, scored.given, scored.open_facts, scored.effects)

    def applies(self, rule: Rule) -> str:
        """Say whether anything of a rule applies: 1, 0, or 0.5 while that is not known."""
        if not isinstance(rule, Sum | Best):
            return HOLDS
        states = [self._applies(part) for part in rule.parts]
        return HOLDS if HOLDS in states else most(states)

    def _put(self, at: str, formula: str) -> str:
        return self._workings.put(at, formula)

    def _rule(self, rule: Rule, full: Fraction, at: str, cell: CellOf, *, inside: bool) -> Scored:
        match rule:
            case YesNo():
                return self._yes_no(rule, at, cell(at))
            case Levels():
                return self._levels(rule, at, cell)
            case Measured():
                return self._measured(rule, full, at, cell, inside=inside)
            case Sum():
                return self._sum(rule, full, at, cell)
            case Best():
                return self._best(rule, full, at, cell, inside=inside)

    # --- questions

    def _yes_no(self, rule: YesNo, at: str, cell: str) -> Scored:
        state = self._put(at, yes_no_state(cell, self._words))
        yes = says(cell, self._words.yes)
        either = f"IF({yes},{self._points(rule.yes)},{self._points(rule.no)})"
        hits = {effect: (rule.yes.effect is effect, rule.no.effect is effect) for effect in Effect}
        effects = {
            effect: self._put(at, f"IF({state}=1,IF({yes},{int(first)},{int(second)}),0)")
            for effect, (first, second) in hits.items()
            if first or second
        }
        return Scored(self._put(at, f"IF({state}=1,{either},0)"), state, self._put(at, given(cell)), effects=effects)

    def _levels(self, rule: Levels, at: str, cell: CellOf) -> Scored:
        chosen = cell(at)
        place = self._put(at, position(chosen))
        state = self._put(at, choice_state(chosen, place, len(rule.levels)))
        listed = ",".join(self._points(level.outcome) for level in rule.levels)
        points = f"CHOOSE({place},{listed})"
        anything = given(chosen)
        if any(level.lowest is not None for level in rule.levels):
            typed, reason = cell(f"{at}/points"), cell(f"{at}/reason")
            anything = f"MIN(1,{added([anything, given(typed), given(reason)])})"
            ranged = [self._in_range(level, typed, reason) for level in rule.levels]
            state = self._put(at, f"IF({state}<1,{state},CHOOSE({place},{','.join(ranged)}))")
            points = f"IF({given(typed)}=1,{typed},{points})"
        effects = {
            effect: self._put(at, f"IF({state}=1,CHOOSE({place},{','.join(hits)}),0)")
            for effect in Effect
            if "1" in (hits := [str(int(level.outcome.effect is effect)) for level in rule.levels])
        }
        scored = self._put(at, f"IF({state}=1,{points},0)")
        return Scored(scored, state, self._put(at, anything), effects=effects)

    def _in_range(self, level: Level, typed: str, reason: str) -> str:
        """Say whether the points fit the level: missing points or a missing reason can still come."""
        highest = self._numbers.value(level.outcome.points)
        if level.lowest is None:
            fits = f"IF({exactly(typed)}={number(highest)},1,-1)"
            return f"IF({given(typed)}=0,1,IF({number_state(typed)}<1,-1,{fits}))"
        lowest = self._numbers.value(level.lowest)
        inside = f"AND({typed}>={number(lowest)},{typed}<={number(highest)})"
        reasoned = f"IF(OR({exactly(typed)}={number(highest)},{given(reason)}=1),1,0)"
        return f"IF({number_state(typed)}<1,{number_state(typed)},IF({inside},{reasoned},-1))"

    # --- measures

    def _measured(self, rule: Measured, full: Fraction, at: str, cell: CellOf, *, inside: bool) -> Scored:
        reading = read_measure(rule.measure, at, cell, self._numbers, self._words)
        state = self._put(at, reading.state)
        measured = self._put(at, f"IF({state}=1,{reading.number},0)")
        points = scales.points(rule.scale, measured, full, self._numbers, inside=inside)
        found = {effect: scales.brings(rule.scale, effect, measured, self._numbers) for effect in Effect}
        effects = {key: self._put(at, f"IF({state}=1,{hit},0)") for key, hit in found.items() if hit}
        scored = self._put(at, f"IF({state}=1,{points},0)")
        return Scored(scored, state, self._put(at, reading.given), effects=effects)

    # --- combinations

    def _sum(self, rule: Sum, full: Fraction, at: str, cell: CellOf) -> Scored:
        parts = self._parts(rule.parts, full, at, cell, inside=True)
        applies = [self._applies(part) for part in rule.parts]
        start = self._numbers.value(rule.start)
        tops = [self._rules.reach(part.rule, full, inside=True).high for part in rule.parts]
        amounts = [
            part.points if state == HOLDS else f"IF({state}=0,{number(self._granted(top))},{part.points})"
            for part, state, top in zip(parts, applies, tops, strict=True)
        ]
        points = self._put(at, f"{number(start)}+{added(amounts)}")
        if self._dropped is None and any(state != HOLDS for state in applies):
            points = self._put(at, _made_up(points, start, tops, applies))
        states = [_unless_dropped(part.state, state, "1") for part, state in zip(parts, applies, strict=True)]
        return self._combined(at, points, least(states), parts, applies, [HOLDS] * len(parts), rule.parts)

    def _best(self, rule: Best, full: Fraction, at: str, cell: CellOf, *, inside: bool) -> Scored:
        parts = self._parts(rule.parts, full, at, cell, inside=inside)
        applies = [self._applies(part) for part in rule.parts]
        claimed = [
            self._put(at, _unless_dropped(part.given, state, "0")) for part, state in zip(parts, applies, strict=True)
        ]
        states = least([f"IF({claim}=1,{part.state},1)" for claim, part in zip(claimed, parts, strict=True)])
        state = self._put(at, f"IF({added(claimed)}=0,0,{states})")
        best = most([f"IF({claim}=1,{part.points},{FAR_BELOW})" for claim, part in zip(claimed, parts, strict=True)])
        points = self._put(at, f"IF({state}=1,{best},0)")
        return self._combined(at, points, state, parts, applies, claimed, rule.parts)

    def _parts(self, parts: tuple[Part, ...], full: Fraction, at: str, cell: CellOf, *, inside: bool) -> list[Scored]:
        return [
            self._rule(part.rule, full, f"{at}.{part.key}" if at else part.key, cell, inside=inside) for part in parts
        ]

    def _combined(
        self,
        at: str,
        points: str,
        state: str,
        parts: list[Scored],
        applies: list[str],
        counted: list[str],
        rules: tuple[Part, ...],
    ) -> Scored:
        """Put together what parts bring with them, as far as they apply and count."""
        anything = f"MIN(1,{added([part.given for part in parts])})"
        effects: dict[Effect, str] = {}
        for effect in Effect:
            hits = [
                _unless_dropped(hit if count == HOLDS else f"{count}*{hit}", applied, "0")
                for part, applied, count in zip(parts, applies, counted, strict=True)
                if (hit := part.effects.get(effect))
            ]
            if hits:
                effects[effect] = self._put(at, f"MIN(1,{added(hits)})")
        unknown = [self._open_facts(part, scored) for part, scored in zip(rules, parts, strict=True)]
        return Scored(points, self._put(at, state), self._put(at, anything), self._put(at, added(unknown)), effects)

    # --- parts that do not apply

    def _applies(self, part: Part) -> str:
        if not conditional(part):
            return HOLDS
        own = HOLDS if part.applies is None else self._conditions.holds(part.applies)
        inner = self.applies(part.rule)
        return inner if own == HOLDS else own if inner == HOLDS else f"MIN({own},{inner})"

    def _open_facts(self, part: Part, scored: Scored) -> str:
        """Count the conditions in and on a part that rest on facts that are not known."""
        if part.applies is None:
            return scored.open_facts
        own = self._conditions.holds(part.applies)
        return f"IF({own}=0,0,IF({own}=1,0,1)+{scored.open_facts})"

    def _granted(self, top: Fraction) -> Fraction:
        return max(top, Fraction(0)) * (self._dropped or 0)

    def _points(self, outcome: Outcome) -> str:
        return number(self._numbers.value(outcome.points))


def _unless_dropped(amount: str, applies: str, otherwise: str) -> str:
    return amount if applies == HOLDS else f"IF({applies}=0,{otherwise},{amount})"


def _made_up(points: str, start: Fraction, tops: list[Fraction], applies: list[str]) -> str:
    """Let the parts that apply make up for those that do not; what is taken off in all stays as it is."""
    highest = number(start + sum(tops))
    lost = [f"IF({state}=0,{number(top)},0)" for top, state in zip(tops, applies, strict=True) if state != HOLDS]
    kept = f"({highest}-({added(lost)}))"
    return f"IF(AND({kept}>0,{kept}<{highest},{points}>0),{points}*{highest}/{kept},{points})"

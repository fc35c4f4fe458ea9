"""Facts and conditions as formulas: 1 where a condition holds, 0 where not, 0.5 while a fact it needs is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.conditions import AllOf, AnyOf, Condition, Fact, FactCompared, FactIs, FactKind, Not
from wufei_cells.domain.formula_names import names_in
from wufei_cells.domain.formulas import Call, Constant, Formula, Function, Name, Negated, Operation
from wufei_cells.domain.rules import Comparison, ParameterRef
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.workbooks.formulas.fields import Answers, choice_state, number_state, position, yes_no_state
from wufei_cells.workbooks.formulas.workings import Workings, cut, exactly, least, most, number

SIGNS = {Comparison.AT_LEAST: ">=", Comparison.ABOVE: ">", Comparison.AT_MOST: "<=", Comparison.BELOW: "<"}
_FUNCTIONS = {Function.MIN: "MIN", Function.MAX: "MAX", Function.ABS: "ABS", Function.MEAN: "AVERAGE"}
UNKNOWN = "0.5"
HOLDS = "1"


@dataclass(frozen=True, slots=True)
class KnownFact:
    """Where a fact stands.

    Attributes:
        value: the number; of a choice its position; of yes and no 1 and 2.
        known: 1 where it is known.
        is_number: whether it can be compared.
    """

    value: str
    known: str
    is_number: bool


class Conditions:
    """Writes the facts of a site down and turns conditions on them into formulas."""

    def __init__(
        self, checklist: Checklist, cells: Mapping[str, str], numbers: Numbers, words: Answers, workings: Workings
    ) -> None:
        """Read the facts from their ``cells``, by key."""
        self._declared = {fact.key: fact for fact in checklist.facts}
        self._numbers = numbers
        self._workings = workings
        self._written: dict[Condition, str] = {}
        self._facts = {key: self._asked(self._declared[key], cell, words) for key, cell in cells.items()}
        self._derive([fact for fact in checklist.facts if fact.formula is not None])

    def holds(self, condition: Condition) -> str:
        """Give the cell that says whether a condition holds."""
        if condition not in self._written:
            self._written[condition] = self._workings.put("?", self._formula(condition))
        return self._written[condition]

    def all_hold(self, conditions: tuple[Condition, ...]) -> str:
        """Say whether all of some conditions hold."""
        return least([self.holds(condition) for condition in conditions]) if conditions else HOLDS

    def worked_out(self, key: str) -> str:
        """Give the value of a fact that follows from others; nothing while it cannot be worked out."""
        fact = self._facts.get(key)
        return '""' if fact is None else f'IF({fact.known}<1,"",{cut(fact.value)})'

    # --- facts

    def _asked(self, fact: Fact, cell: str, words: Answers) -> KnownFact:
        put = self._workings.put
        if fact.kind is FactKind.NUMBER:
            known = put(fact.key, f"MAX(0,{number_state(cell)})")
            return KnownFact(put(fact.key, f"IF({known}=1,{cell},0)"), known, is_number=True)
        if fact.kind is FactKind.YES_NO:
            known = put(fact.key, f"MAX(0,{yes_no_state(cell, words)})")
            value = put(fact.key, f'IF({known}=0,0,IF(TRIM({cell})="{words.yes}",1,2))')
            return KnownFact(value, known, is_number=False)
        value = put(fact.key, position(cell))
        return KnownFact(
            value, put(fact.key, f"MAX(0,{choice_state(cell, value, len(fact.options))})"), is_number=False
        )

    def _derive(self, waiting: list[Fact]) -> None:
        """Work out facts from others, those first that others rest on."""
        while waiting:
            ready = [fact for fact in waiting if fact.formula and set(names_in(fact.formula)) <= set(self._facts)]
            if not ready:
                return
            for fact in ready:
                self._facts[fact.key] = self._derived(fact)
            waiting = [fact for fact in waiting if fact not in ready]

    def _derived(self, fact: Fact) -> KnownFact:
        assert fact.formula is not None
        rests_on = [self._facts[name] for name in dict.fromkeys(names_in(fact.formula))]
        worked_out = written(fact.formula, {key: known.value for key, known in self._facts.items()}, self._numbers)
        all_known = least([known.known if known.is_number else "0" for known in rests_on] or ["1"])
        known = self._workings.put(fact.key, f"IF({all_known}<1,0,IF(ISERROR({worked_out}),0,1))")
        return KnownFact(self._workings.put(fact.key, f"IF({known}=1,{worked_out},0)"), known, is_number=True)

    # --- conditions

    def _formula(self, condition: Condition) -> str:
        match condition:
            case AllOf():
                return least([self.holds(part) for part in condition.parts])
            case AnyOf():
                return most([self.holds(part) for part in condition.parts])
            case Not():
                return f"1-{self.holds(condition.part)}"
            case FactIs():
                return self._is(condition)
            case FactCompared():
                return self._compared(condition)

    def _is(self, condition: FactIs) -> str:
        fact = self._facts.get(condition.fact)
        if fact is None:
            return UNKNOWN
        places = [f"{fact.value}={place}" for place in self._places(condition)]
        met = f"OR({','.join(places)})" if places else "FALSE"
        return f"IF({fact.known}<1,{UNKNOWN},IF({met},1,0))"

    def _places(self, condition: FactIs) -> list[int]:
        fact = self._declared[condition.fact]
        if fact.kind is FactKind.NUMBER:
            return []
        keys = ["yes", "no"] if fact.kind is FactKind.YES_NO else [option.key for option in fact.options]
        return [place for place, key in enumerate(keys, start=1) if key in condition.values]

    def _compared(self, condition: FactCompared) -> str:
        fact = self._facts.get(condition.fact)
        if fact is None or not fact.is_number:
            return UNKNOWN
        bound = condition.bound
        limit = number(self._numbers.value(bound.value))
        return f"IF({fact.known}<1,{UNKNOWN},IF({exactly(fact.value)}{SIGNS[bound.comparison]}{limit},1,0))"


def written(formula: Formula, names: Mapping[str, str], numbers: Numbers) -> str:
    """Write a formula of a checklist as one of a spreadsheet; ``names`` says where each number stands."""
    match formula:
        case Constant():
            return number(formula.value)
        case Name():
            return names[formula.key]
        case ParameterRef():
            return number(numbers.value(formula))
        case Negated():
            return f"(-{written(formula.formula, names, numbers)})"
        case Operation():
            left, right = (written(side, names, numbers) for side in (formula.left, formula.right))
            return f"({left}{formula.operator.value}{right})"
        case Call():
            arguments = ",".join(written(entry, names, numbers) for entry in formula.arguments)
            return f"{_FUNCTIONS[formula.function]}({arguments})"

"""Write formulas as people read them: names instead of keys, the values of parameters, × and ÷."""

from __future__ import annotations

from collections.abc import Mapping

from wufei_cells.domain.amounts import exact, plain
from wufei_cells.domain.formulas import Call, Constant, Formula, Name, Negated, Operation, Operator
from wufei_cells.domain.rules import ParameterRef
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.wording import Wording

_SIGNS = {Operator.PLUS: "+", Operator.MINUS: "−", Operator.TIMES: "×", Operator.DIVIDED_BY: "÷"}
_TIGHTNESS = {Operator.PLUS: 1, Operator.MINUS: 1, Operator.TIMES: 2, Operator.DIVIDED_BY: 2}
_NEGATED, _ATOM = 3, 4


def formula_in_words(formula: Formula, names: Mapping[str, str], numbers: Numbers, wording: Wording) -> str:
    """Write a formula.

    Args:
        formula: the formula.
        names: what its keys are called, in the reader's language.
        numbers: the parameters in force.
        wording: the reader's language.
    """

    def written(node: Formula) -> str:
        match node:
            case Constant():
                return plain(node.value)
            case Name():
                return names.get(node.key, node.key)
            case ParameterRef():
                return exact(numbers.value(node))
            case Negated():
                return f"−{within(node.formula, _NEGATED)}"
            case Operation():
                tightness = _TIGHTNESS[node.operator]
                left, right = within(node.left, tightness), within(node.right, tightness + 1)
                return f"{left} {_SIGNS[node.operator]} {right}"
            case Call():
                listed = wording.say("explain.formula_list").join(written(argument) for argument in node.arguments)
                return wording.say(f"explain.formula_{node.function.value}", listed=listed)

    def within(node: Formula, tightness: int) -> str:
        text = written(node)
        return text if _tightness(node) >= tightness else f"({text})"

    return written(formula)


def _tightness(formula: Formula) -> int:
    if isinstance(formula, Operation):
        return _TIGHTNESS[formula.operator]
    return _NEGATED if isinstance(formula, Negated) else _ATOM

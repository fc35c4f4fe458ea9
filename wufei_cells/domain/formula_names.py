"""What formulas name, and in which order numbers that rest on one another can be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wufei_cells.domain.formulas import Call, Constant, Formula, Name, Negated, Operation
from wufei_cells.domain.rules import ParameterRef


def nodes_of(formula: Formula) -> Iterator[Formula]:
    """Go through a formula and everything in it, in the order it is written."""
    ahead = [formula]
    while ahead:
        node = ahead.pop()
        yield node
        ahead.extend(reversed(_inside(node)))


def names_in(formula: Formula) -> Iterator[str]:
    """Give the keys that a formula names, each once, in the order of their first use."""
    return iter(dict.fromkeys(node.key for node in nodes_of(formula) if isinstance(node, Name)))


def parameters_in(formula: Formula) -> Iterator[str]:
    """Give the parameters that a formula names, each once, in the order of their first use."""
    return iter(dict.fromkeys(node.name for node in nodes_of(formula) if isinstance(node, ParameterRef)))


def order_of(formulas: Mapping[str, Formula]) -> list[str]:
    """Order keys so that each formula comes after the formulas it names; names without a formula stand in nobody's way.

    Keys in a circle, and those that rest on one, have no place and are left out; ``circle_in`` names a circle.
    """
    needed = _needs(formulas)
    order: list[str] = []
    while ready := [key for key, needs in needed.items() if not needs]:
        order += ready
        done = set(ready)
        needed = {key: needs - done for key, needs in needed.items() if key not in done}
    return order


def circle_in(formulas: Mapping[str, Formula]) -> tuple[str, ...]:
    """Give the keys of a circle in the order in which each names the next; nothing when there is none."""
    stuck = set(formulas) - set(order_of(formulas))
    if not stuck:
        return ()
    path = [next(key for key in formulas if key in stuck)]
    while True:
        following = next(name for name in names_in(formulas[path[-1]]) if name in stuck)
        if following in path:
            return tuple(path[path.index(following) :])
        path.append(following)


def _needs(formulas: Mapping[str, Formula]) -> dict[str, set[str]]:
    return {key: set(names_in(formula)) & set(formulas) for key, formula in formulas.items()}


def _inside(formula: Formula) -> tuple[Formula, ...]:
    match formula:
        case Operation():
            return (formula.left, formula.right)
        case Negated():
            return (formula.formula,)
        case Call():
            return formula.arguments
        case Constant() | Name() | ParameterRef():
            return ()

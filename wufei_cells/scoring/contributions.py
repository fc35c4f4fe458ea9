"""What each item contributes to the total, so that all of them add up to it exactly.

An item's points pass through weights, caps, stretching and rounding before they are counted. Going down the
explanation of the total, each number is shared among those it was made from in proportion to them.
"""

from __future__ import annotations

from fractions import Fraction

from wufei_cells.scoring.scorecard import Explanation, Scorecard

ZERO = Fraction(0)
_TAKEN = "explain.deductions"


def contributions(card: Scorecard) -> dict[str, Fraction]:
    """Give the points that each item surely counts for in the total: while answers are missing, in its lower end.

    What a deduction takes is negative.
    """
    found = dict.fromkeys((item.key for item in card.items), ZERO)
    leaves = {id(item.explanation): item.key for item in card.items}
    _share(card.explanation, card.total.low, leaves, found)
    return found


def _share(
    node: Explanation, amount: Fraction, leaves: dict[int, str], found: dict[str, Fraction], *, taken: bool = False
) -> None:
    key = leaves.get(id(node))
    if key is not None:
        found[key] += amount
        return
    parts = [(child, taken or child.code == _TAKEN) for child in node.children]
    # Of what is taken off, the most that is still possible.
    sure = [-child.span.high if off else child.span.low for child, off in parts]
    whole = sum(sure, ZERO)
    for (child, off), part in zip(parts, sure, strict=True):
        counted = part if amount == whole else amount * part / whole if whole else ZERO
        if counted:
            _share(child, counted, leaves, found, taken=off)

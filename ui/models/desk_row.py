"""One line of the list beside the scoring desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wufei_cells.scoring.scorecard import Span


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One line of the list: a heading (no key) or something to answer."""

    key: str
    number: str
    title: str
    remark: str
    """Points, a word, or how many gates are met."""
    icon: str = ""
    color: str = "muted"
    spoken: str = ""
    depth: int = 0
    got: Span | None = field(default=None)
    """Only for headings with a bar: points, out of ``full``, with ``needed`` as the least."""
    full: Fraction = Fraction(0)
    needed: Fraction | None = None
    taken: bool = False
    """Whether the points are taken off the total."""
    sign: str = ""
    """An icon for what holds beside the state: ``lock``, or ``undo`` for what was sent back."""

    @property
    def heading(self) -> bool:
        """Whether this line is a group."""
        return not self.key

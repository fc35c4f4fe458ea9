"""Texts that find their room: cut short where they must be, in lines, and out of each other's way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wufei_cells.charts.marks import Label, Measure, Side

ABOVE, BELOW = 0.8, 0.22  # of the size: what text takes above and below its base line
MIDDLE = 0.36  # of the size: how far the middle of characters is above the base line
CUT = "…"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rect) -> bool:
        """Say whether two rectangles have room in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Rect) -> bool:
        """Say whether another rectangle is within this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


def room_of(label: Label, measure: Measure) -> Rect:
    """Give the room that a label takes."""
    width = measure(label.text, label.size, label.bold)
    before = {Side.LEFT: 0.0, Side.MIDDLE: width / 2, Side.RIGHT: width}[label.side]
    if label.upward:
        bottom = label.y + before
        return Rect(label.x - ABOVE * label.size, bottom - width, label.x + BELOW * label.size, bottom)
    left = label.x - before
    return Rect(left, label.y - ABOVE * label.size, left + width, label.y + BELOW * label.size)


def wide(text: str, size: float, measure: Measure) -> float:
    """Tell how wide a text of usual weight is."""
    return measure(text, size, False)  # noqa: FBT003  # a plain callable has no names


def cut(text: str, width: float, size: float, measure: Measure, *, bold: bool = False) -> str:
    """Give as much of a text as there is room for, an ellipsis at its end; nothing rather than an ellipsis alone."""
    if measure(text, size, bold) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + CUT, size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + CUT if low else ""


def in_lines(text: str, width: float, most: int, size: float, measure: Measure) -> tuple[str, ...]:
    """Break a name into lines, at spaces where it has them; the last is cut when there are too many."""
    lines: list[str] = []
    for piece in _pieces(text):
        if lines and wide((lines[-1] + piece).strip(), size, measure) <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
    lines = [*lines[: most - 1], "".join(lines[most - 1 :])]
    return tuple(cut(line.strip(), width, size, measure) for line in lines if line.strip())


def _pieces(text: str) -> list[str]:
    """Split between words, and between Chinese characters."""
    pieces: list[str] = []
    for sign in text:
        wide = sign >= "\u2e80"
        if pieces and not wide and pieces[-1][-1] < "\u2e80" and pieces[-1][-1] not in " -/":
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def crosses(rect: Rect, points: Sequence[tuple[float, float]]) -> bool:
    """Say whether a line through points goes through a rectangle."""
    return any(
        _enters(rect, start, end)
        for start, end in pairwise(points)
        if start[0] <= rect.right and end[0] >= rect.left  # most pieces are far off; lines run to the right
    )


def _enters(rect: Rect, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Cut the line's course by each side of the rectangle; something is left of it when it goes through."""
    (x, y), dx, dy = start, end[0] - start[0], end[1] - start[1]
    enter, leave = 0.0, 1.0
    for toward, room in ((-dx, x - rect.left), (dx, rect.right - x), (-dy, y - rect.top), (dy, rect.bottom - y)):
        if toward == 0:
            if room < 0:
                return False
        elif toward < 0:
            enter = max(enter, room / toward)
        else:
            leave = min(leave, room / toward)
    return enter <= leave


def spread(places: Sequence[float], height: float, top: float, bottom: float) -> list[float]:
    """Move places apart so that things of a height do not meet, none further than it must; in the order given.

    Where the room is too little for all they share it evenly.
    """
    if not places:
        return []
    order = sorted(range(len(places)), key=lambda number: places[number])
    height = min(height, (bottom - top) / len(places))
    moved = dict.fromkeys(order, 0.0)
    edge = top
    for number in order:
        moved[number] = edge = max(places[number], edge + height / 2)
        edge += height / 2
    edge = bottom
    for number in reversed(order):
        moved[number] = edge = min(moved[number], edge - height / 2)
        edge -= height / 2
    return [moved[number] for number in range(len(places))]

"""A picture that goes somewhere by itself: with its title above it and a margin around it."""

from __future__ import annotations

from dataclasses import replace

from wufei_cells.charts.labels import cut
from wufei_cells.charts.marks import Area, Label, Line, Mark, Measure, Picture

TITLE = 1.3  # of the text's size


def framed(picture: Picture, title: str, size: float, measure: Measure, margin: float = 16.0) -> Picture:
    """Put a title above a picture and a margin around both."""
    down = margin + (size * TITLE * 2 if title else 0)
    marks: list[Mark] = [_moved(mark, margin, down) for mark in picture.marks]
    if title:
        text = cut(title, picture.width, size * TITLE, measure, bold=True)
        marks.append(Label(margin, margin + size * TITLE, text, size * TITLE, bold=True))
    spots = tuple(replace(spot, x=spot.x + margin, y=spot.y + down) for spot in picture.spots)
    return Picture(picture.width + 2 * margin, picture.height + down + margin, tuple(marks), spots)


def _moved(mark: Mark, right: float, down: float) -> Mark:
    if isinstance(mark, Line | Area):
        return replace(mark, points=tuple((x + right, y + down) for x, y in mark.points))
    return replace(mark, x=mark.x + right, y=mark.y + down)

"""A picture as an SVG file: text stays text, and every figure has its sentence as a title."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from wufei_cells.charts.inks import Inks
from wufei_cells.charts.marks import Area, Block, Dot, Label, Line, Mark, Pattern, Picture, Side
from wufei_cells.charts.patterns import DOT, STROKE, dots_of, strokes_of

ANCHORS = {Side.LEFT: "start", Side.MIDDLE: "middle", Side.RIGHT: "end"}


def as_svg(picture: Picture, inks: Inks, families: str, title: str, said: str = "") -> str:
    """Write a picture.

    Args:
        picture: what is drawn.
        inks: its colors.
        families: names of fonts, as in CSS; they are not put into the file.
        title: of the picture.
        said: the whole of it as a sentence.
    """
    size = f'width="{picture.width:g}" height="{picture.height:g}" viewBox="0 0 {picture.width:g} {picture.height:g}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{escape(families)}">',
        f"<title>{escape(title)}</title><desc>{escape(said)}</desc>",
        f'<rect width="100%" height="100%" fill="{inks.paper}"/>',
    ]
    for number, mark in enumerate(picture.marks):
        parts += _written(mark, number, inks)
    for spot in picture.spots:
        box = f'x="{spot.x:.2f}" y="{spot.y:.2f}" width="{spot.width:.2f}" height="{spot.height:.2f}"'
        parts.append(f'<rect {box} fill-opacity="0"><title>{escape(spot.said)}</title></rect>')
    return "\n".join((*parts, "</svg>\n"))


def _written(mark: Mark, number: int, inks: Inks) -> Iterator[str]:
    match mark:
        case Line():
            dash = f' stroke-dasharray="{" ".join(f"{part:g}" for part in mark.dash)}"' if mark.dash else ""
            stroke = f'stroke="{inks.of(mark.tone)}" stroke-width="{mark.width:g}"{dash} stroke-linejoin="round"'
            yield f'<polyline points="{_points(mark.points)}" fill="none" {stroke}/>'
        case Area() | Block():
            yield from _filled(mark, number, inks)
        case Dot():
            paint = f'fill="{inks.paper if mark.hollow else inks.of(mark.tone)}" stroke="{inks.of(mark.tone)}"'
            width = ' stroke-width="1.5"' if mark.hollow else ""
            yield f'<circle cx="{mark.x:.2f}" cy="{mark.y:.2f}" r="{mark.radius:g}" {paint}{width}/>'
        case Label():
            turn = f' transform="rotate(-90 {mark.x:.2f} {mark.y:.2f})"' if mark.upward else ""
            look = f'font-size="{mark.size:g}" text-anchor="{ANCHORS[mark.side]}" fill="{inks.of_text(mark)}"{turn}'
            weight = ' font-weight="bold"' if mark.bold else ""
            yield f'<text x="{mark.x:.2f}" y="{mark.y:.2f}" {look}{weight}>{escape(mark.text)}</text>'


def _filled(mark: Area | Block, number: int, inks: Inks) -> Iterator[str]:
    """Write an area, and its pattern clipped by it."""
    color, shape = inks.of(mark.tone), _shape(mark)
    if isinstance(mark, Block) and mark.outline:
        yield f'<{shape} fill="none" stroke="{color}"/>'
        return
    edge = f' stroke="{inks.edge_of(mark.tone)}" stroke-width="0.8"' if inks.needs_edge(mark) else ""
    yield f'<{shape} fill="{color}"{edge}/>'
    if mark.pattern is Pattern.PLAIN:
        return
    stroke = inks.stroke_on(mark.tone)
    yield f'<clipPath id="clip{number}"><{shape}/></clipPath><g clip-path="url(#clip{number})">'
    lines = "".join(f"M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" for x, y, to_x, to_y in strokes_of(mark))
    if lines:
        yield f'<path d="{lines}" stroke="{stroke}" stroke-width="{STROKE}"/>'
    for x, y in dots_of(mark):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT}" fill="{stroke}"/>'
    yield "</g>"


def _shape(mark: Area | Block) -> str:
    if isinstance(mark, Area):
        return f'polygon points="{_points(mark.points)}"'
    return f'rect x="{mark.x:.2f}" y="{mark.y:.2f}" width="{mark.width:.2f}" height="{mark.height:.2f}"'


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)

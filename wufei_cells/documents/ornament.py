"""The ornament of certificates: a frame of interwoven lines with a rosette in each corner, and a sprig of three leaves.

Everything is a curve computed from a formula and drawn as vectors in a few fine inks. A page is symmetric, so one
quarter of the lace is stored in a document and shown four times, on every page again. Nothing depends on what a
certificate says: the curves are computed once in a process.
"""

# pyright: reportUnknownMemberType=false
# reportlab has no types.

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import acos, cos, pi, sin
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.pathobject import PDFPathObject

from wufei_cells.documents.curves import Chain, Curve, Point, circle, polyline, shifted, smooth, turned

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

GREEN = "#0B6B57"
GOLD = "#B08D4A"
LACE_TINT = 0.72  # of the frame's color on white: the lace; then the ground, which words must stand out from
GROUND_TINT = 0.11

# Distances in points from the edge of the paper. Office printers leave 12 to 17 points white; the outermost ring ends
# at LACE_INSET - RING_OUTER = 19.
OUTER_INSET = 27.0
OUTER_FINE_INSET = 30.4
LACE_INSET = 39.0  # the middle of the lace, and of the corner rosettes
INNER_FINE_INSET = 47.6
INNER_INSET = 51.0

# Radii around the middle of a corner rosette.
ROSETTE = 13.6
RING_OUTER_FINE = 16.6
RING_OUTER = 20.0
RING_INNER_FINE = 20.4
RING_INNER = 23.8

LACE_HEIGHT = 5.0
LACE_PERIOD = 20.0  # about; between two rosettes there are whole periods
LEAF = ((0.16, 0.0), (0.30, 0.52), (0.78, 0.50), (1.06, 0.10), (0.92, -0.26), (0.44, -0.30), (0.16, 0.0))

ROUND_CAP = 1
ROUND_JOIN = 1


@dataclass(frozen=True, slots=True)
class Stroke:
    """Curves in one ink; filled where `width` is 0."""

    path: PDFPathObject
    color: str
    width: float


def draw_frame(canvas: Canvas, page_size: Point, color: str = GREEN, second: str = GOLD) -> None:
    """Draw the ground and the frame of a page in two inks. Call it at a page's beginning."""
    quarter, lines = (f"{name}-{color[1:]}-{second[1:]}" for name in ("lace-quarter", "frame-lines"))
    if not canvas.hasForm(quarter):
        strokes_of = {quarter: lace_quarter(page_size, color), lines: frame_lines(page_size, color, second)}
        for name, strokes in strokes_of.items():
            canvas.beginForm(name, 0, 0, *page_size)
            _draw(canvas, strokes)
            canvas.endForm()
    width, height = page_size
    for across, up in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
        canvas.saveState()
        canvas.transform(across, 0, 0, up, 0 if across > 0 else width, 0 if up > 0 else height)
        canvas.doForm(quarter)
        canvas.restoreState()
    canvas.doForm(lines)


def draw_sprig(canvas: Canvas, x: float, y: float, half_width: float, color: str = GREEN, second: str = GOLD) -> None:
    """Draw the divider: three leaves around (x, y) and a fine line to either side."""
    canvas.saveState()
    canvas.translate(x, y)
    _draw(canvas, sprig(half_width, color, second))
    canvas.restoreState()


@cache
def lace_quarter(page_size: Point, color: str) -> tuple[Stroke, ...]:
    """The ground, the lace and the rosette of the lower left quarter of a page."""
    middle = (page_size[0] / 2, page_size[1] / 2)
    corner = (LACE_INSET, LACE_INSET)
    ground = [
        shifted(chain, middle)
        for radius, waves, depth in ((178.0, 48, 0.30), (133.0, 36, 0.36), (91.0, 24, 0.46))
        for chain in _rosette(radius, waves, depth, quarter=True)
    ]
    rosette = [shifted(chain, corner) for chain in _rosette(ROSETTE, 12, 0.40)]
    leaves = [shifted(turned(chain, -pi / 4), corner) for chain in _three_leaves(6.4)]
    return (
        Stroke(_path(ground), tint(color, GROUND_TINT), 0.5),
        Stroke(_path(_lace(middle)), tint(color, LACE_TINT), 0.35),
        Stroke(_path(rosette), tint(color, LACE_TINT), 0.35),
        Stroke(_path(leaves), color, 0),
    )


@cache
def frame_lines(page_size: Point, color: str, second: str) -> tuple[Stroke, ...]:
    """The four lines that go around the page, whole: in quarters they would show seams on screens."""
    return (
        Stroke(_path([_edge(OUTER_FINE_INSET, RING_OUTER_FINE, page_size)]), second, 0.5),
        Stroke(_path([_edge(INNER_FINE_INSET, RING_INNER_FINE, page_size)]), second, 0.5),
        Stroke(_path([_edge(OUTER_INSET, RING_OUTER, page_size)]), color, 1.6),
        Stroke(_path([_edge(INNER_INSET, RING_INNER, page_size)]), color, 0.8),
    )


@cache
def sprig(half_width: float, color: str, second: str) -> tuple[Stroke, ...]:
    """The curves of the divider around the origin."""
    gap = 19.0
    lines = [polyline((side * gap, 0), (side * half_width, 0)) for side in (-1, 1)]
    beads = [shifted(circle(1.3), (side * gap, 0)) for side in (-1, 1)]
    return (
        Stroke(_path(lines), second, 0.6),
        Stroke(_path(beads), second, 0),
        Stroke(_path(_three_leaves(9.5)), color, 0),
    )


def tint(color: str, share: float) -> str:
    """Mix a color with white."""
    parts = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)


def _draw(canvas: Canvas, strokes: Iterable[Stroke]) -> None:
    canvas.saveState()
    canvas.setLineCap(ROUND_CAP)
    canvas.setLineJoin(ROUND_JOIN)
    for stroke in strokes:
        color = HexColor(stroke.color)
        canvas.setStrokeColor(color)
        canvas.setFillColor(color)
        canvas.setLineWidth(stroke.width)
        canvas.drawPath(stroke.path, stroke=int(stroke.width > 0), fill=int(stroke.width == 0))
    canvas.restoreState()


def _path(chains: Iterable[Chain]) -> PDFPathObject:
    """Write chains as one path. Two decimals are finer than any printer, and half the bytes of reportlab's six."""
    path = PDFPathObject()
    for chain in chains:
        points = [(round(x, 2), round(y, 2)) for x, y in chain]
        path.moveTo(*points[0])
        for place in range(1, len(points), 3):
            first, second, third = points[place : place + 3]
            path.curveTo(*first, *second, *third)
    return path


# --- figures


def _lace(middle: Point) -> Iterable[Chain]:
    """Lace from a corner rosette along both edges to the middle, where it meets its mirror image."""
    for across, length in ((False, middle[0]), (True, middle[1])):
        reach = length - LACE_INSET - RING_OUTER_FINE - 2.0
        periods = round(reach / LACE_PERIOD)
        waves = [(LACE_HEIGHT, periods, 2 * pi * third / 3) for third in range(3)]
        waves += [(LACE_HEIGHT * 0.45, 2 * periods, pi * half) for half in range(2)]
        for height, count, phase in waves:
            chain = smooth(_wave(reach, height, count, phase), count * 3)
            yield [
                (LACE_INSET + aside, length - along) if across else (length - along, LACE_INSET + aside)
                for along, aside in chain
            ]


def _wave(reach: float, height: float, count: int, phase: float) -> Curve:
    """A wave that dies away over its last period."""

    def curve(t: float) -> Point:
        left = min((1 - t) * reach / LACE_PERIOD, 1.0)
        swell = left * left * (3 - 2 * left)
        return (t * reach, height * swell * cos(2 * pi * count * t + phase))

    return curve


def _rosette(radius: float, waves: int, depth: float, *, quarter: bool = False) -> Iterable[Chain]:
    """Three waves around the origin, turned against each other; `depth` is how far they go inwards.

    A quarter (the lower left one) has whole waves, so that it meets its mirror images.
    """
    turns, start = (0.25, pi) if quarter else (1.0, 0.0)

    def strand(phase: float) -> Curve:
        def curve(t: float) -> Point:
            angle = 2 * pi * turns * t
            distance = radius * (1 - depth / 2 + depth / 2 * cos(waves * angle + phase))
            return (distance * cos(angle + start), distance * sin(angle + start))

        return curve

    for third in range(3):
        yield smooth(strand(2 * pi * third / 3), round(waves * turns) * 3)


def _three_leaves(size: float) -> Iterable[Chain]:
    """Three leaves that follow each other around the origin: use less, use again, recover."""
    leaf = [(size * x, size * y) for x, y in LEAF]
    for number in range(3):
        yield turned(leaf, pi / 2 + 2 * pi * number / 3)


def _edge(inset: float, radius: float, page_size: Point) -> Chain:
    """A closed line around the page that goes around the rosette of each corner in a part of a circle.

    The part is the outer one, or the inner one if the line is nearer to the page's middle than the rosettes.
    """
    reach = inset - LACE_INSET
    swing = acos(abs(reach) / radius)
    first, last = (pi / 2 - swing, swing) if reach > 0 else (3 * pi / 2 + swing, pi - swing)
    bow = _bow(radius, first, last)
    (right, top), near = page_size, LACE_INSET
    corners = ((near, near), (near, top - near), (right - near, top - near), (right - near, near))
    chain: list[Point] = []
    for number, corner in enumerate(corners):
        part = shifted(turned(bow, -pi / 2 * number), corner)
        chain += polyline(chain[-1], part[0])[1:] if chain else part[:1]
        chain += part[1:]
    return [*chain, *polyline(chain[-1], chain[0])[1:]]


def _bow(radius: float, first: float, last: float) -> Chain:
    """A part of a circle around the origin, between two angles."""

    def curve(t: float) -> Point:
        angle = first + (last - first) * t
        return (radius * cos(angle), radius * sin(angle))

    return smooth(curve, 8)

"""Plane curves as chains of Bézier pieces, ready to be drawn. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, pi, sin

Point = tuple[float, float]
Curve = Callable[[float], Point]
"""A curve by a parameter that runs from 0 to 1."""
Chain = Sequence[Point]
"""The first point is the start; then three for each piece: two that give the directions, and its end."""

SMALL_STEP = 1e-4


def smooth(curve: Curve, pieces: int) -> Chain:
    """Follow a curve with pieces that have its points and its directions at their ends."""
    chain: list[Point] = [curve(0)]
    third = 1 / (3 * pieces)
    for piece in range(pieces):
        start, end = piece / pieces, (piece + 1) / pieces
        (x0, y0), (x1, y1) = curve(start), curve(end)
        (dx0, dy0), (dx1, dy1) = _direction(curve, start), _direction(curve, end)
        chain += [(x0 + dx0 * third, y0 + dy0 * third), (x1 - dx1 * third, y1 - dy1 * third), (x1, y1)]
    return chain


def polyline(*points: Point) -> Chain:
    """Straight lines from point to point."""
    chain = [points[0]]
    for point in points[1:]:
        chain += [chain[-1], point, point]
    return chain


def circle(radius: float) -> Chain:
    """A circle around the origin."""
    return smooth(lambda t: (radius * cos(2 * pi * t), radius * sin(2 * pi * t)), 8)


def shifted(chain: Chain, by: Point) -> Chain:
    """The same chain at another place."""
    return [(x + by[0], y + by[1]) for x, y in chain]


def turned(chain: Chain, angle: float) -> Chain:
    """The chain turned around the origin, counterclockwise in radians."""
    across, up = cos(angle), sin(angle)
    return [(x * across - y * up, x * up + y * across) for x, y in chain]


def _direction(curve: Curve, t: float) -> Point:
    (x0, y0), (x1, y1) = curve(t - SMALL_STEP), curve(t + SMALL_STEP)
    return ((x1 - x0) / (2 * SMALL_STEP), (y1 - y0) / (2 * SMALL_STEP))

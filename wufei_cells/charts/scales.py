"""From figures to places: scales, and the ticks that axes bear."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

MINUS = "\u2212"
QUARTER = 2.5  # only where the ticks stay whole: 25, 250
FINEST = -3  # the power of ten below which no figure is told apart
STEPS = (1, 2, 2.5, 5)  # times a power of ten


@dataclass(frozen=True, slots=True)
class Scale:
    """Figures from ``low`` to ``high`` lie between two places; what is beyond them lies at the end."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Give the place of a figure."""
        if value <= self.low:
            return self.start
        if value >= self.high:
            return self.end
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Round figures at equal distances; the first and the last are the ends of the scale."""

    values: tuple[float, ...]
    step: float

    @property
    def low(self) -> float:
        """The lowest."""
        return self.values[0]

    @property
    def high(self) -> float:
        """The highest."""
        return self.values[-1]

    def texts(self, *, signed: bool = False) -> tuple[str, ...]:
        """Write the figures, all with as many decimals as the step has."""
        decimals = max(0, -math.floor(math.log10(self.step) + 1e-9))
        return tuple(_written(value, decimals, signed=signed) for value in self.values)

    def sizes(self) -> tuple[str, ...]:
        """Write the figures without signs, for what is counted in both directions: two lost are two, not minus two."""
        return tuple(text.removeprefix(MINUS) for text in self.texts())


def round_ticks(low: float, high: float, most: int, *, whole: bool = True) -> Ticks:
    """Choose ticks that hold both figures and zero.

    Args:
        low: the smallest figure.
        high: the largest figure.
        most: how many ticks there is room for; at least two are given.
        whole: no fractions: what is counted has none.
    """
    low, high = min(low, 0.0), max(high, 0.0)
    if high == low:
        high = 1.0
    for step in _steps((high - low) / max(most, 2), whole=whole):
        first, last = math.floor(low / step + 1e-12), math.ceil(high / step - 1e-12)
        if last - first + 1 <= max(most, 2 if first == 0 or last == 0 else 3):
            return Ticks(tuple(place * step for place in range(first, last + 1)), step)
    raise AssertionError("steps grow without end")


def _steps(least: float, *, whole: bool) -> Iterator[float]:
    """Give round steps from about the least on, rising."""
    power = math.floor(math.log10(least))
    for exponent in count(max(power, 0 if whole else FINEST)):
        yield from (float(f"{step}e{exponent}") for step in STEPS if step != QUARTER or (whole and exponent))


def _written(value: float, decimals: int, *, signed: bool) -> str:
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{abs(value):.{decimals}f}"

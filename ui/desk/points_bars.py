"""A small painted picture of how many sites got how many points; the numbers stand beside it as text."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from wufei_cells.domain.amounts import printed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPaintEvent

    from ui.context import AppContext

MOST_BARS = 11  # one for each tenth of full marks and one for nothing
BAR = 18
GAP = 4
HEIGHT = 40


def bars_of(points: Mapping[Fraction, int], full: Fraction) -> list[int]:
    """Count sites by points: a bar for nothing, then one for each tenth of full marks up to full marks itself."""
    bars = [0] * MOST_BARS
    for value, count in points.items():
        place = -(-(value * (MOST_BARS - 1)) // full) if full else 0  # what is above a mark belongs to the next bar
        bars[min(max(int(place), 0), MOST_BARS - 1)] += count
    return bars


class PointsBars(QWidget):
    """Paints the points of the sites from nothing, at the left, to full marks."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._bars: list[int] = []
        self._full = Fraction(0)
        self._taken = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        context.theme.changed.connect(self.update)

    @property
    def bars(self) -> list[int]:
        """How many sites each bar stands for."""
        return list(self._bars)

    def show_points(self, points: Mapping[Fraction, int], full: Fraction, said: str, *, taken: bool) -> None:
        """Show how often which points were given; ``said`` is the same as a sentence."""
        self._bars = bars_of(points, full) if points else []
        self._full, self._taken = full, taken
        self.setAccessibleName(said)
        self.setVisible(bool(self._bars))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the bars and a line of figures under them."""
        return QSize(MOST_BARS * (BAR + GAP) + 8, HEIGHT + self._theme.pixels("caption") + 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars; the best one in the color of what is passed, the others in that of what lost points."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        highest = max(self._bars, default=1) or 1
        best = 0 if self._taken else MOST_BARS - 1
        for place, count in enumerate(self._bars):
            height = max(2.0, (HEIGHT - 2) * count / highest) if count else 1.0
            color = "line" if not count else "passed" if place == best else "attention"
            painter.setBrush(theme.color(color))
            painter.drawRoundedRect(QRectF(4 + place * (BAR + GAP), HEIGHT - height, BAR, height), 2, 2)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("muted"))
        under = QRectF(4, HEIGHT + 2, MOST_BARS * (BAR + GAP) - GAP, self.height() - HEIGHT - 2)
        painter.drawText(under, Qt.AlignmentFlag.AlignLeft, "0")
        sign = "−" if self._taken else ""
        painter.drawText(under, Qt.AlignmentFlag.AlignRight, f"{sign}{printed(self._full)}")
        painter.end()

"""A bar of points: what is sure, what is still possible, and the mark to reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from fractions import Fraction

    from PySide6.QtGui import QPaintEvent

    from ui.theme import Theme

HEIGHT = 10
BAR = 6


@dataclass(frozen=True, slots=True)
class BarFigures:
    """What a bar shows: shares between nothing and everything, for drawing only."""

    low: float
    high: float
    needed: float | None
    taken: bool = False
    """Whether the points are taken off."""

    @classmethod
    def of(
        cls, low: Fraction, high: Fraction, full: Fraction, needed: Fraction | None, *, taken: bool = False
    ) -> BarFigures:
        """Turn points into shares of full marks."""
        if not full:
            return cls(0, 0, None)
        sides = [min(max(float(value / full), 0.0), 1.0) for value in (low, high)]
        return cls(sides[0], sides[1], None if needed is None else min(float(needed / full), 1.0), taken)


def paint_bar(painter: QPainter, rect: QRectF, figures: BarFigures, theme: Theme) -> None:
    """Draw a bar into a rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    track = QRectF(rect.x(), rect.center().y() - BAR / 2, rect.width(), BAR)
    lost = figures.needed is not None and figures.high < figures.needed
    role = "failed" if lost else "attention" if figures.taken else "accent"
    sure, possible = theme.color(role), theme.color(role)
    possible.setAlpha(70)
    for width, color in ((1.0, theme.color("raised")), (figures.high, possible), (figures.low, sure)):
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(track.x(), track.y(), track.width() * width, BAR), BAR / 2, BAR / 2)
    if figures.needed is not None:
        painter.setBrush(theme.color("text"))
        painter.drawRect(QRectF(track.x() + track.width() * figures.needed - 1, rect.y(), 2, rect.height()))
    painter.restore()


class RangeBar(QWidget):
    """Shows one bar; its words stand beside it, so it says nothing to screen readers itself."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figures = BarFigures(0, 0, None)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_figures(self, figures: BarFigures) -> None:
        """Draw other figures."""
        if figures != self._figures:
            self._figures = figures
            self.update()

    # --- Qt events

    def sizeHint(self) -> QSize:
        """Ask for a slim line."""
        return QSize(160, HEIGHT + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        paint_bar(painter, QRectF(1, 2, self.width() - 2, HEIGHT), self._figures, self._theme)
        painter.end()

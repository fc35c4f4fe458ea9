"""Painted bars: the way to the goal, and one bar for each category or district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.widgets.plain import literal

if TYPE_CHECKING:
    from ui.context import AppContext

THICKNESS = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """What one bar says: certified of all sites, and the target where there is one."""

    key: str
    label: str
    certified: int
    sites: int
    target: int | None
    said: str
    """The same as a sentence, for those who listen."""


class BarRow(QAbstractButton):
    """A bar with its name and its figures; pressing it leads to the list it stands for."""

    def __init__(self, context: AppContext, color: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._color = color
        self._bar = Bar("", "", 0, 0, None, "")
        self._scale = 1
        self._label_width = 80
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # paint anew when the pointer comes and goes
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def key(self) -> str:
        """What the bar stands for."""
        return self._bar.key

    def show_bar(self, bar: Bar, scale: int, label_width: int) -> None:
        """Show figures; ``scale`` is the number of sites that fills the whole width."""
        self._bar, self._scale, self._label_width = bar, max(1, scale), label_width
        self.setAccessibleName(bar.said)
        self.setToolTip(literal(bar.said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a row."""
        return QSize(320, self._theme.row_height(dense=True))

    def minimumSizeHint(self) -> QSize:
        """Ask for room for the name and a stub of the bar."""
        return QSize(self._label_width + 140, self._theme.row_height(dense=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint name, bar, target and figures."""
        del event
        theme, bar = self._theme, self._bar
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("raised") if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(whole, 6, 6)
        painter.setPen(theme.color("text"))
        left = QRectF(8, 0, self._label_width, self.height())
        elided = painter.fontMetrics().elidedText(bar.label, Qt.TextElideMode.ElideRight, self._label_width)
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, elided)
        figures = f"{bar.certified} / {bar.sites}"
        room = max(
            painter.fontMetrics().horizontalAdvance("000 / 0000"), painter.fontMetrics().horizontalAdvance(figures)
        )
        painter.drawText(
            QRectF(self.width() - room - 8, 0, room, self.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            figures,
        )
        start = self._label_width + 16
        track = QRectF(start, (self.height() - THICKNESS) / 2, self.width() - start - room - 20, THICKNESS)
        self._paint_bar(painter, track)
        painter.end()

    def _paint_bar(self, painter: QPainter, track: QRectF) -> None:
        theme, bar = self._theme, self._bar
        painter.setPen(Qt.PenStyle.NoPen)
        for share, color in (
            (1.0, theme.color("raised")),
            (bar.sites / self._scale, theme.color("line")),
            (bar.certified / self._scale, self._color),
        ):
            painter.setBrush(color)
            painter.drawRoundedRect(QRectF(track.x(), track.y(), track.width() * min(share, 1.0), track.height()), 3, 3)
        if bar.target is not None:
            at = track.x() + track.width() * min(bar.target / self._scale, 1.0)
            painter.setPen(QPen(theme.color("text"), 2, Qt.PenStyle.DashLine))
            painter.drawLine(int(at), int(track.y()) - 3, int(at), int(track.bottom()) + 3)


class GoalBar(QWidget):
    """The way to the city's goal: what is certified, with the goal as a dashed line at the end."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._certified, self._goal = 0, 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.events.scheme_changed.connect(self._repaint)

    def show_goal(self, certified: int, goal: int, said: str) -> None:
        """Show figures, and the same as a sentence for those who listen."""
        self._certified, self._goal = certified, max(1, goal)
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the bar and a line of figures under it."""
        return QSize(400, 24 + self._theme.pixels("caption") + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        del event
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = max(self._goal, self._certified)
        width = self.width() - 2
        track = QRectF(1, 2, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(track, 6, 6)
        painter.setBrush(theme.color("accent"))
        done = width * self._certified / whole
        painter.drawRoundedRect(QRectF(1, 2, done, 20), min(6, done / 2), 6)
        at = 1 + width * self._goal / whole - 1
        painter.setPen(QPen(theme.color("text"), 2, Qt.PenStyle.DashLine))
        painter.drawLine(int(at), 0, int(at), 24)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("muted"))
        under = QRectF(1, 26, width, self.height() - 26)
        painter.drawText(under, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(QRectF(under.x(), under.y(), at, under.height()), Qt.AlignmentFlag.AlignRight, str(self._goal))
        painter.end()

    @Slot()
    def _repaint(self) -> None:
        self.updateGeometry()
        self.update()

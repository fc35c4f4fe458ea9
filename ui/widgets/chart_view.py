"""A chart in the window: figures can be pointed at, pressed, and gone through by keys."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.widgets.picture_painting import PicturePainter, TextMeasure, inks_of
from ui.widgets.plain import literal
from wufei_cells.charts.layout import lay_out

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from ui.context import AppContext
    from wufei_cells.charts.layout import Chart
    from wufei_cells.charts.marks import Picture, Spot

WIDTH = 640  # asked for
LEAST_WIDTH = 280
FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down)
BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
SHADE = 26  # of 255: how strongly the figure that is pointed at is shaded


class ChartView(QWidget):
    """Paints one chart.

    Signals:
        activated: a figure was pressed (its key).
        pointed: another figure is pointed at (its sentence; empty for none).
    """

    activated = Signal(object)
    pointed = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._measure = TextMeasure(context.theme)
        self._chart: Chart | None = None
        self._height: int | None = None
        self._picture: Picture | None = None
        self._heights: dict[int, int] = {}  # by width; Qt asks for them again and again
        self._current: int | None = None
        self._by_keys = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(LEAST_WIDTH)
        context.theme.changed.connect(self._on_theme_changed)

    # --- public

    @property
    def chart(self) -> Chart | None:
        """What is shown."""
        return self._chart

    @property
    def current(self) -> Spot | None:
        """The figure that is pointed at."""
        return None if self._current is None else self.picture.spots[self._current]

    @property
    def picture(self) -> Picture:
        """What is painted, laid out for the widget's size."""
        assert self._chart is not None
        if self._picture is None:
            height = float(self.height()) if self.height() > 0 else None
            self._picture = self._laid_out(self.width(), height)
        return self._picture

    def show_chart(self, chart: Chart, height: int | None = None) -> None:
        """Show a chart; the height is what a burn-up or columns shall have, ``None`` for what suits them."""
        self._chart, self._height = chart, height
        self._current = None
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.said)
        self._lay_out_anew()

    def point_at(self, number: int | None, *, by_keys: bool = False) -> None:
        """Point at a figure by its number, or at none."""
        if number == self._current and by_keys == self._by_keys:
            return
        self._current, self._by_keys = number, by_keys
        spot = self.current
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if spot and spot.key is not None else Qt.CursorShape.ArrowCursor
        )
        said = spot.said if spot else ""
        if self._chart is not None:
            self.setAccessibleDescription(said or self._chart.said)
        self._show_tip(spot, by_keys=by_keys)
        self.pointed.emit(said)
        self.update()

    # --- Qt

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height that suits a width."""
        if self._chart is None:
            return 0
        if width not in self._heights:
            self._heights[width] = math.ceil(self._laid_out(width, self._height).height)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """Ask for a usual width and the height that goes with it."""
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else WIDTH
        return QSize(WIDTH, self.heightForWidth(max(width, LEAST_WIDTH)))

    def minimumSizeHint(self) -> QSize:
        """Ask for no less than the chart needs at the width that it has."""
        return QSize(LEAST_WIDTH, self.heightForWidth(max(self.width(), LEAST_WIDTH)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the chart out for the new size."""
        self._picture = None
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart, and shade what is pointed at."""
        if self._chart is None:
            return
        painter = QPainter(self)
        PicturePainter(painter, inks_of(self._theme), self._measure).paint(self.picture)
        spot = self.current
        if spot:
            self._mark(painter, QRectF(spot.x, spot.y, spot.width, spot.height))
        elif self.hasFocus():
            self._mark(painter, QRectF(self.rect()), shaded=False)
        painter.end()

    def _mark(self, painter: QPainter, room: QRectF, *, shaded: bool = True) -> None:
        middle = room.center()
        room.setSize(room.size().expandedTo(QRectF(0, 0, 4, 4).size()))
        room.moveCenter(middle)
        shade = QColor(self._theme.color("text"))
        shade.setAlpha(SHADE)
        ringed = self._by_keys or not shaded
        painter.setBrush(shade if shaded else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("accent"), 2) if ringed else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(room.intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1)), 2, 2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the figure below the pointer."""
        if self._chart is not None:
            self.point_at(self.picture.spot_at(event.position().x(), event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing when the pointer has gone."""
        if not self._by_keys:
            self.point_at(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing when the keys belong to another widget; a menu of this one does not count."""
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.point_at(None)
        super().focusOutEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the figure below the pointer."""
        if self._chart is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self.point_at(self.picture.spot_at(event.position().x(), event.position().y()))
        self._press()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the figures and press them."""
        key, count = Qt.Key(event.key()), len(self.picture.spots) if self._chart else 0
        now = self._current
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not count:
            super().keyPressEvent(event)
        elif key in FORWARD:
            self.point_at(0 if now is None else min(now + 1, count - 1), by_keys=True)
        elif key in BACK:
            self.point_at(count - 1 if now is None else max(now - 1, 0), by_keys=True)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.point_at(0 if key == Qt.Key.Key_Home else count - 1, by_keys=True)
        elif key == Qt.Key.Key_Escape and now is not None:
            self.point_at(None)
        elif key in PRESSING and now is not None:
            self._press()
        else:
            super().keyPressEvent(event)

    # --- slots and parts

    def _press(self) -> None:
        spot = self.current
        if spot and spot.key is not None:
            self.activated.emit(spot.key)

    def _show_tip(self, spot: Spot | None, *, by_keys: bool) -> None:
        if spot is None:
            QToolTip.hideText()
            return
        place = self.cursor().pos()
        if by_keys:
            place = self.mapToGlobal(QPoint(round(spot.x + spot.width / 2), round(spot.y + spot.height)))
        QToolTip.showText(place, literal(spot.said), self)

    def _on_theme_changed(self) -> None:
        self._measure = TextMeasure(self._theme)
        self._lay_out_anew()

    def _lay_out_anew(self) -> None:
        self._picture = None
        self._heights.clear()
        self.updateGeometry()
        self.update()

    def _laid_out(self, width: float, height: float | None) -> Picture:
        assert self._chart is not None
        return lay_out(self._chart, width, height, self._theme.pixels("caption"), self._measure)

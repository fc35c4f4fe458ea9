"""Paints a line of the search palette: what it is, where it belongs, and of what kind it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.palette_model import ROW_ROLE, PaletteRow

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from ui.theme import Theme

ICON = 18
SIDE = 12
GAP = 10


class PaletteDelegate(QStyledItemDelegate):
    """Paints title over place, the icon of the kind before them, its word behind."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = QFontMetrics(theme.font("body"))
        self._caption = QFontMetrics(theme.font("caption"))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give all lines the same height."""
        del option, index
        return QSize(120, self._title.height() + self._caption.height() + 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a line; texts that are too long lose their ends."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, PaletteRow):
            return
        theme, place = self._theme, cast("Any", option)  # the type stubs do not know the fields of style options
        rect: QRect = place.rect
        painter.save()
        if place.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(QRect(rect.left(), rect.top() + 8, 3, rect.height() - 16), 1.5, 1.5)
        icon = QRect(rect.left() + SIDE, rect.center().y() - ICON // 2, ICON, ICON)
        theme.icon(row.icon, "muted").paint(painter, icon)
        kind = self._caption.horizontalAdvance(row.kind)
        left = icon.right() + GAP
        room = QRect(left, rect.top() + 6, rect.right() - SIDE - kind - GAP - left, rect.height() - 12)
        self._write(painter, row, room)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("muted"))
        at = QRect(rect.right() - SIDE - kind, rect.top(), kind, rect.height())
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, row.kind)
        painter.restore()

    def _write(self, painter: QPainter, row: PaletteRow, room: QRect) -> None:
        theme, elide = self._theme, Qt.TextElideMode.ElideRight
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        above = QRect(room.left(), room.top(), room.width(), self._title.height())
        title = self._title.elidedText(row.title, elide, room.width())
        painter.drawText(above if row.where else room, Qt.AlignmentFlag.AlignVCenter, title)
        if row.where:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("muted"))
            below = QRect(room.left(), above.bottom() + 1, room.width(), self._caption.height())
            painter.drawText(
                below, Qt.AlignmentFlag.AlignVCenter, self._caption.elidedText(row.where, elide, room.width())
            )

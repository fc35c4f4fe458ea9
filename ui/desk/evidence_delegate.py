"""Paints one piece of evidence: its small picture, what it shows, when it was taken, and what is odd about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.desk.evidence_model import THUMBNAIL, Role

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from ui.theme import Theme

MARGIN = 8
MOST_ODD = 3


class EvidenceDelegate(QStyledItemDelegate):
    """Paints rows of an ``EvidenceModel``."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for the picture's height, or for as many lines as there are."""
        _title, _about, odd = index.data(Role.LINES)
        lines = QFontMetrics(self._theme.font()).lineSpacing()
        small = QFontMetrics(self._theme.font("caption")).lineSpacing()
        words = lines + small * (1 + 2 * min(len(odd), MOST_ODD))
        return QSize(0, max(THUMBNAIL, words) + 2 * MARGIN)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row."""
        view = cast("Any", option)  # the type stubs do not know the fields of style options
        view.widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view.widget)
        place = view.rect.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        painter.save()
        self._paint_picture(painter, QRect(place.topLeft(), QSize(THUMBNAIL, THUMBNAIL)), index)
        self._paint_words(painter, place.adjusted(THUMBNAIL + MARGIN, 0, 0, 0), index)
        if view.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._theme.color("accent"))
            painter.drawRoundedRect(view.rect.adjusted(1, 1, -2, -2), 4, 4)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("raised"))
        painter.drawRoundedRect(place, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        picture = index.data(Role.PICTURE)
        if isinstance(picture, QPixmap) and not picture.isNull():
            size = picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(_centered(size, place), picture)
            return
        name = "pdf" if index.data(Role.PIECE).received else "alert"
        icon = self._theme.pixmap(name, "muted", 32, painter.device().devicePixelRatioF())
        painter.drawPixmap(_centered(QSize(32, 32), place), icon)

    def _paint_words(self, painter: QPainter, place: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        title, about, odd = index.data(Role.LINES)
        top = self._line(painter, place, place.top(), title, "body", "text")
        top = self._line(painter, place, top, about, "caption", "muted")
        for sentence in odd[:MOST_ODD]:
            top = self._line(painter, place, top, sentence, "caption", "attention", lines=2)

    def _line(
        self, painter: QPainter, place: QRect, top: int, text: str, kind: str, role: str, *, lines: int = 1
    ) -> int:
        """Write one sentence; give where the next one begins."""
        font = self._theme.font(kind)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        room = QRect(place.left(), top, place.width(), metrics.lineSpacing() * lines)
        if lines == 1:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            return room.bottom() + 1
        needed = painter.boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        painter.drawText(room, Qt.TextFlag.TextWordWrap, text)
        return top + min(needed.height(), room.height())


def _centered(size: QSize, place: QRect) -> QRect:
    return QRect(
        place.x() + (place.width() - size.width()) // 2,
        place.y() + (place.height() - size.height()) // 2,
        size.width(),
        size.height(),
    )

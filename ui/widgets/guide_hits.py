"""What was found in the guide: a line with the section's name, and under it the words around what was looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ui.theme import Theme

EXCERPT = Qt.ItemDataRole.UserRole + 1
PLACE = Qt.ItemDataRole.UserRole
EDGE = 6
WRAPPED = Qt.TextFlag.TextWordWrap.value


class GuideHits(QListWidget):
    """Lists hits.

    Signals:
        place_chosen: somebody chose one (the place it was given with).
    """

    place_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(_HitDelegate(theme, self))
        self.itemClicked.connect(self._tell)
        self.itemActivated.connect(self._tell)

    def show_hits(self, hits: Iterable[tuple[str, str, object]], nothing: str) -> None:
        """List hits as (name of the section, words around, place), or the sentence that there are none."""
        self.clear()
        for title, excerpt, place in hits:
            item = QListWidgetItem(title)
            item.setData(EXCERPT, excerpt)
            item.setData(PLACE, place)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, excerpt)
            self.addItem(item)
        if not self.count():
            item = QListWidgetItem("")
            item.setData(EXCERPT, nothing)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)

    def choose_first(self) -> None:
        """Choose the hit the list stands at, else the first."""
        if self.count():
            self._tell(self.item(max(self.currentRow(), 0)))

    @Slot(QListWidgetItem)
    def _tell(self, item: QListWidgetItem) -> None:
        if item.data(PLACE) is not None:
            self.place_chosen.emit(item.data(PLACE))


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give room to all lines at the width of the list."""
        # As if the bar for scrolling were there: it may come once all heights are known.
        bar = self._list.verticalScrollBar().sizeHint().width()
        width = self._list.width() - 2 * self._list.frameWidth() - bar - 2 * EDGE
        title, excerpt = self._heights(index, width)
        return QSize(0, title + excerpt + 2 * EDGE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the name, and the words around in quieter type."""
        painter.save()
        room: QRect = option.rect  # type: ignore[attr-defined]  # PySide's stubs leave the fields out
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(room, self._theme.color("selection"))
        inside = room.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        title, _excerpt = self._heights(index, inside.width())
        painter.setFont(self._theme.font(bold=True))
        painter.setPen(self._theme.color("text"))
        painter.drawText(inside, WRAPPED, str(index.data() or ""))
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.color("muted"))
        painter.drawText(inside.adjusted(0, title, 0, 0), WRAPPED, str(index.data(EXCERPT) or ""))
        painter.restore()

    def _heights(self, index: QModelIndex | QPersistentModelIndex, width: int) -> tuple[int, int]:
        room = QRect(0, 0, width, 10_000)
        title = _height(self._theme.font(bold=True), str(index.data() or ""), room)
        return title, _height(self._theme.font("caption"), str(index.data(EXCERPT) or ""), room)


def _height(font: QFont, text: str, room: QRect) -> int:
    return QFontMetrics(font).boundingRect(room, WRAPPED, text).height() if text else 0

"""The list beside the scoring desk, painted: groups with bars, items with state, number, words and points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.widgets.range_bar import BarFigures, paint_bar

if TYPE_CHECKING:
    from fractions import Fraction

    from PySide6.QtGui import QKeyEvent

    from ui.theme import Theme
    from wufei_cells.scoring.scorecard import Span

ICON = 16
SIGN = 14
GAP = 8
INDENT = 12


class ListedRow(Protocol):
    """What a line gives to be painted."""

    @property
    def number(self) -> str:
        """The printed number."""
        ...

    @property
    def title(self) -> str:
        """The words."""
        ...

    @property
    def remark(self) -> str:
        """Points or a word, at the right."""
        ...

    @property
    def icon(self) -> str:
        """The state as an icon; empty: a ring."""
        ...

    @property
    def color(self) -> str:
        """The color role of the state."""
        ...

    @property
    def heading(self) -> bool:
        """Whether this is a group."""
        ...

    @property
    def depth(self) -> int:
        """How deep it stands."""
        ...

    @property
    def got(self) -> Span | None:
        """The points of a group with a bar."""
        ...

    @property
    def full(self) -> Fraction:
        """What they are out of."""
        ...

    @property
    def needed(self) -> Fraction | None:
        """The least of them."""
        ...

    @property
    def taken(self) -> bool:
        """Whether they are taken off the total."""
        ...

    @property
    def sign(self) -> str:
        """An icon for what holds beside the state; ``lock`` dims the line."""
        ...


class ItemDelegate(QStyledItemDelegate):
    """Paints one line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    # --- Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give headings with a bar more room."""
        del option
        row = cast("ListedRow", index.data(Qt.ItemDataRole.UserRole))
        height = self._theme.row_height(dense=True)
        if row.heading:
            height += GAP + (GAP + 4 if row.got is not None else 0)
        return QSize(120, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a heading or an item."""
        row = cast("ListedRow", index.data(Qt.ItemDataRole.UserRole))
        place = cast("Any", option)  # the type stubs do not know the fields of style options
        painter.save()
        if row.heading:
            self._paint_heading(painter, place.rect, row)
        else:
            self._paint_item(painter, place.rect, row, selected=bool(place.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    # --- parts

    def _paint_heading(self, painter: QPainter, rect: QRect, row: ListedRow) -> None:
        theme = self._theme
        line = QRect(rect.x() + INDENT, rect.y() + GAP, rect.width() - 2 * INDENT, theme.row_height(dense=True) - 4)
        caption = theme.font("caption")
        metrics = QFontMetrics(caption)
        remark = metrics.elidedText(row.remark, Qt.TextElideMode.ElideRight, line.width() * 3 // 5)
        width = metrics.horizontalAdvance(remark)
        self._remark(painter, line, remark, "muted")
        bold = theme.font("body", bold=True)
        painter.setFont(bold)
        painter.setPen(theme.color("text"))
        title = f"{row.number} {row.title}".strip()
        room = line.width() - width - GAP
        painter.drawText(
            QRect(line.x(), line.y(), room, line.height()),
            Qt.AlignmentFlag.AlignVCenter,
            QFontMetrics(bold).elidedText(title, Qt.TextElideMode.ElideRight, room),
        )
        if row.got is not None:
            bar = QRectF(line.x(), line.bottom() + 1, line.width(), 10)
            paint_bar(
                painter, bar, BarFigures.of(row.got.low, row.got.high, row.full, row.needed, taken=row.taken), theme
            )

    def _paint_item(self, painter: QPainter, rect: QRect, row: ListedRow, *, selected: bool) -> None:
        theme = self._theme
        if selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection"))
            painter.drawRoundedRect(QRectF(rect).adjusted(4, 1, -4, -1), 6, 6)
        left = rect.x() + INDENT
        self._paint_state(painter, QRect(left, rect.center().y() - ICON // 2 + 1, ICON, ICON), row)
        left += ICON + GAP
        caption, body = theme.font("caption"), theme.font("body")
        remark_width = QFontMetrics(caption).horizontalAdvance(row.remark)
        self._remark(painter, rect.adjusted(0, 0, -INDENT, 0), row.remark, row.color)
        painter.setFont(body)
        metrics = QFontMetrics(body)
        if row.number:
            width = max(metrics.horizontalAdvance(row.number), metrics.horizontalAdvance("A10")) + GAP
            painter.setPen(theme.color("muted"))
            painter.drawText(QRect(left, rect.y(), width, rect.height()), Qt.AlignmentFlag.AlignVCenter, row.number)
            left += width
        room = rect.right() - INDENT - remark_width - GAP - left
        locked = row.sign == "lock"
        if row.sign:
            room -= SIGN + GAP
            place = QRect(left + room + GAP, rect.center().y() - SIGN // 2 + 1, SIGN, SIGN)
            theme.icon(row.sign, "muted" if locked else "attention").paint(painter, place)
        painter.setPen(theme.color("muted" if locked else "text"))
        painter.drawText(
            QRect(left, rect.y(), room, rect.height()),
            Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(row.title.replace("\n", " "), Qt.TextElideMode.ElideRight, room),
        )

    def _paint_state(self, painter: QPainter, place: QRect, row: ListedRow) -> None:
        if row.icon:
            self._theme.icon(row.icon, row.color).paint(painter, place)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color(row.color), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(place).adjusted(2.5, 2.5, -2.5, -2.5))

    def _remark(self, painter: QPainter, rect: QRect, text: str, color: str) -> None:
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.color(color))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


class ItemList(QListView):
    """Shows the lines; letters and digits go to the desk instead of a search by first letter.

    Signals:
        row_entered: the person went to a line by mouse or keyboard (its index).
    """

    row_entered = Signal(QModelIndex)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(ItemDelegate(theme, self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(False)
        theme.changed.connect(self._on_theme_changed)

    def reveal(self, index: QModelIndex) -> None:
        """Select a line and scroll to it, with its neighbours in view; not announced as entered."""
        model = self.selectionModel()
        if not index.isValid():
            model.clear()
            return
        if self.currentIndex() != index:
            blocked = self.blockSignals(True)
            self.setCurrentIndex(index)
            self.blockSignals(blocked)
        for near in (index.row() - 2, index.row() + 2, index.row()):
            beside = index.sibling(near, 0)
            if beside.isValid():
                self.scrollTo(beside)

    # --- Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the keys that scroll; everything else is the desk's."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell where the person went."""
        super().currentChanged(current, previous)
        if current.isValid() and not self.signalsBlocked():
            self.row_entered.emit(current)

    # --- slots

    def _on_theme_changed(self) -> None:
        palette = QPalette(self.palette())
        self.setPalette(palette)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

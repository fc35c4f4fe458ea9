"""The rows of a list of sites, each as high as its words need: ticked, answered and walked through by mouse or keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.site_list_model import LINE_ROLE, Entry, Line, SiteListModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext

FEW = 200  # rows are measured in portions, so that thousands of them do not hold the window up
SIDE, ABOVE, GAP, BOX, ICON = 12, 8, 8, 16, 16
HIGHEST = 4000  # pixels; no text is so high
WRAPPED = Qt.TextFlag.TextWordWrap
ANSWERS = {Qt.Key(Qt.Key.Key_1.value + number): number for number in range(9)}


class SiteListView(QListView):
    """Shows the rows; Space ticks, figures answer a question."""

    def __init__(self, context: AppContext, model: SiteListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.drawer = RowDelegate(context, self, model.words)
        self.setItemDelegate(self.drawer)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(FEW)
        self.setMouseTracking(True)
        model.modelReset.connect(self.drawer.forget)
        context.events.scheme_changed.connect(self._lay_out_anew)

    def answer_at(self, place: int) -> str | None:
        """Give which site a doubtful row was said to mean."""
        return self._rows.answer(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick the row with Space, answer its question with a figure."""
        index, key = self.currentIndex(), Qt.Key(event.key())
        if not index.isValid() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self._rows.toggle(index.row())
        elif key in ANSWERS:
            answers = [line.answer for line in self._rows.entry(index.row()).lines if line.answer]
            if ANSWERS[key] < len(answers):
                self._rows.choose_answer(index.row(), answers[ANSWERS[key]])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick the row whose box was pressed, take the answer that was pressed."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        found = self.drawer.pressed(index, event.position().toPoint(), self.visualRect(index))
        if found == "":
            self._rows.toggle(index.row())
        elif found is not None:
            self._rows.choose_answer(index.row(), found)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew with other type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._lay_out_anew()

    def _lay_out_anew(self) -> None:
        self.drawer.forget()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()


class RowDelegate(QStyledItemDelegate):
    """Paints a row: its box, its fate, its name and place, and below them what would be written or what is wrong."""

    def __init__(self, context: AppContext, view: SiteListView, words: Callable[[], list[str]]) -> None:
        """Build it; ``words`` gives every word that stands beside an icon."""
        super().__init__(view)
        self._theme = context.theme
        self._view = view
        self._words = words
        self._widest = 0
        self._heights: dict[tuple[int, int], tuple[int, ...]] = {}

    def forget(self) -> None:
        """Measure everything anew."""
        self._heights.clear()
        self._widest = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for the height that the lines have at the width of the list."""
        del option
        heights = self._measured(index, self._view.viewport().width())
        return QSize(120, self._head_height() + sum(heights) + 2 * ABOVE)

    def pressed(self, index: QModelIndex, at: QPoint, rect: QRect) -> str | None:
        """Say what was pressed: the box or the head of the row (``""``), or an answer; ``None`` for anything else."""
        entry: Entry = index.data(LINE_ROLE)
        if at.y() < rect.top() + ABOVE + self._head_height():
            return "" if entry.ticks and at.x() < rect.left() + SIDE + BOX + GAP else None
        for line, place in self._places(index, rect):
            if line.answer and place.top() <= at.y() <= place.bottom():
                return line.answer
        return None

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row."""
        entry: Entry = index.data(LINE_ROLE)
        theme, place = self._theme, cast("Any", option)  # the type stubs do not know the fields of style options
        rect: QRect = place.rect
        painter.save()
        painter.setClipRect(rect)  # a word that is wider than the list
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if place.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection"))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)
        elif index.row():
            painter.setPen(theme.color("line"))
            painter.drawLine(rect.left() + SIDE, rect.top(), rect.right() - SIDE, rect.top())
        if entry.ticks:
            self._paint_box(painter, rect, chosen=index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked)
        self._paint_head(painter, entry, rect)
        chosen = self._view.answer_at(index.row())
        painter.setFont(theme.font("body"))
        for line, room in self._places(index, rect):
            if line.answer:
                self._paint_circle(painter, room, chosen=line.answer == chosen)
            painter.setPen(theme.color(line.tone))
            painter.drawText(room.adjusted(BOX + GAP if line.answer else 0, 0, 0, 0), WRAPPED, line.text)
        painter.restore()

    # --- parts

    def _paint_box(self, painter: QPainter, rect: QRect, *, chosen: bool) -> None:
        theme = self._theme
        top = rect.top() + ABOVE + (self._head_height() - BOX) // 2
        box = QRect(rect.left() + SIDE, top, BOX, BOX)
        painter.setPen(QPen(theme.color("accent" if chosen else "field"), 1))
        painter.setBrush(theme.color("accent" if chosen else "card"))
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 3, 3)
        if chosen:
            theme.icon("check", "on_accent").paint(painter, box.adjusted(2, 2, -2, -2))

    def _paint_circle(self, painter: QPainter, room: QRect, *, chosen: bool) -> None:
        theme = self._theme
        height = QFontMetrics(theme.font("body")).height()
        circle = QRect(room.left(), room.top() + (height - BOX) // 2, BOX, BOX).adjusted(1, 1, -2, -2)
        painter.setPen(QPen(theme.color("accent" if chosen else "field"), 1))
        painter.setBrush(theme.color("card"))
        painter.drawEllipse(circle)
        if chosen:
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(circle.adjusted(3, 3, -3, -3))

    def _paint_head(self, painter: QPainter, entry: Entry, rect: QRect) -> None:
        theme, middle = self._theme, Qt.AlignmentFlag.AlignVCenter
        left, top, height = rect.left() + SIDE + BOX + GAP, rect.top() + ABOVE, self._head_height()
        theme.icon(entry.icon, entry.tone).paint(painter, QRect(left, top + (height - ICON) // 2, ICON, ICON))
        painter.setFont(theme.font("caption", bold=True))
        painter.setPen(theme.color(entry.tone))
        painter.drawText(QRect(left + ICON + 4, top, self._word_width(), height), middle, entry.word)
        left += self._word_width() + ICON
        caption = QFontMetrics(theme.font("caption"))
        right = rect.right() - SIDE
        place = caption.elidedText(entry.place, Qt.TextElideMode.ElideMiddle, (right - left) // 2)
        room = caption.horizontalAdvance(place)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("muted"))
        painter.drawText(QRect(right - room, top, room + 1, height), middle, place)
        bold = theme.font("body", bold=True)
        painter.setFont(bold)
        painter.setPen(theme.color("text"))
        wide = right - room - GAP - left
        title = QFontMetrics(bold).elidedText(entry.title, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(QRect(left, top, wide, height), middle, title)

    # --- measuring

    def _places(self, index: QModelIndex | QPersistentModelIndex, rect: QRect) -> list[tuple[Line, QRect]]:
        entry: Entry = index.data(LINE_ROLE)
        top, left = rect.top() + ABOVE + self._head_height(), rect.left() + self._indent()
        found: list[tuple[Line, QRect]] = []
        for line, height in zip(entry.lines, self._measured(index, rect.width()), strict=True):
            found.append((line, QRect(left, top, rect.right() - SIDE - left, height)))
            top += height
        return found

    def _measured(self, index: QModelIndex | QPersistentModelIndex, width: int) -> tuple[int, ...]:
        known = self._heights.get((index.row(), width))
        if known is None:
            metrics = QFontMetrics(self._theme.font("body"))
            room = max(width - self._indent() - SIDE, 1)
            entry: Entry = index.data(LINE_ROLE)
            known = self._heights[index.row(), width] = tuple(_height(metrics, line, room) for line in entry.lines)
        return known

    def _head_height(self) -> int:
        return QFontMetrics(self._theme.font("body", bold=True)).height() + 4

    def _word_width(self) -> int:
        if not self._widest:
            metrics = QFontMetrics(self._theme.font("caption", bold=True))
            self._widest = max(map(metrics.horizontalAdvance, self._words())) + 4 + 2 * GAP
        return self._widest

    def _indent(self) -> int:
        return SIDE + BOX + GAP + ICON + self._word_width()


def _height(metrics: QFontMetrics, line: Line, room: int) -> int:
    room -= BOX + GAP if line.answer else 0
    return metrics.boundingRect(0, 0, max(room, 1), HIGHEST, WRAPPED, line.text).height() + 2

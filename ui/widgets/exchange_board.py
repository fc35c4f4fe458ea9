"""Who has what: a line for each device, up to where its acts are here, what is missing, and what it lacks itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from ui.widgets.exchange_words import count_words, device_words, span_words
from ui.widgets.plain import literal

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QResizeEvent

    from ui.context import AppContext
    from wufei_cells.domain.bundles import Span
    from wufei_cells.domain.exchange import DeviceStanding

COLUMNS = ("device", "acts", "heard", "lacks")
SHARES = (27, 39, 17, 17)
ACTS = COLUMNS.index("acts")
ROW = Qt.ItemDataRole.UserRole
STRIP = 8
LEAST_GAP = 4  # pixels: the smallest gap is still seen
MOST_ROWS = 12


class ExchangeBoard(QTreeWidget):
    """Shows the devices, this one first."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._rows: tuple[DeviceStanding, ...] = ()
        self.setColumnCount(len(COLUMNS))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.header().setSectionsMovable(False)
        self.setItemDelegateForColumn(ACTS, StripDelegate(context, self))

    # --- public and Qt events

    @property
    def selected(self) -> DeviceStanding | None:
        """The device that is chosen."""
        item = self.currentItem()
        return item.data(0, ROW) if item is not None and item.isSelected() else None

    def show_rows(self, rows: tuple[DeviceStanding, ...]) -> None:
        """Show devices; the chosen one stays chosen."""
        kept = self.selected.uuid if self.selected else ""
        self._rows = rows
        self.clear()
        for row in rows:
            item = QTreeWidgetItem(self, [self._text(name, row) for name in COLUMNS])
            item.setData(0, ROW, row)
            self._dress(item, row)
            if row.uuid == kept:
                self.setCurrentItem(item)
        self._fit()

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self.setHeaderLabels([tr(f"exchange.column.{name}") for name in COLUMNS])
        self.setAccessibleName(tr("exchange.who_has_what"))
        self.show_rows(self._rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        for column, share in enumerate(SHARES):
            self.setColumnWidth(column, self.viewport().width() * share // 100)

    # --- parts

    def _text(self, column: str, row: DeviceStanding) -> str:
        i18n = self._context.i18n
        tr = i18n.tr
        if column == "device":
            return tr("exchange.own_device", device=device_words(i18n, row)) if row.own else device_words(i18n, row)
        if column == "acts":
            return self._acts(row)
        if column == "heard":
            return "–" if row.own else i18n.moment(row.heard_at) if row.heard_at else tr("exchange.never_heard")
        if row.revoked_after is not None:
            return tr("exchange.revoked_after", after=count_words(row.revoked_after))
        if row.own or row.lacks is None:
            return "–" if row.own else tr("exchange.lacks_unknown")
        return tr("exchange.lacks", count=count_words(row.lacks)) if row.lacks else tr("exchange.lacks_nothing")

    def _acts(self, row: DeviceStanding) -> str:
        i18n = self._context.i18n
        said = i18n.tr("exchange.up_to", last=count_words(row.last)) if row.last else i18n.tr("exchange.no_acts")
        absent = sum(last - first + 1 for first, last in row.missing)
        if absent > row.held_back:
            said = i18n.tr("exchange.up_to_missing", last=count_words(row.last), spans=span_words(i18n, row.missing))
        elif row.held_back:
            said = i18n.tr("exchange.up_to_waiting", last=count_words(row.last))
        if row.held_back:
            said = i18n.tr("exchange.and_waiting", said=said, count=count_words(row.held_back))
        return said

    def _dress(self, item: QTreeWidgetItem, row: DeviceStanding) -> None:
        theme = self._context.theme
        item.setIcon(0, theme.icon("device", "accent" if row.own else "muted"))
        for column in range(len(COLUMNS)):
            item.setToolTip(column, literal(item.text(column)))
        if row.missing:
            item.setForeground(ACTS, theme.color("attention"))
        if row.lacks:
            item.setIcon(3, theme.icon("upload", "information"))
        elif row.lacks == 0 and not row.own:
            item.setIcon(3, theme.icon("check", "passed"))
        if not row.own and row.heard_at is None:
            item.setForeground(2, theme.color("muted"))

    def _fit(self) -> None:
        """Be as high as the rows, as long as they are few."""
        count = max(1, min(self.topLevelItemCount(), MOST_ROWS))
        row = self.sizeHintForRow(0) if self.topLevelItemCount() else self._context.theme.row_height()
        self.setFixedHeight(self.header().sizeHint().height() + count * row + 2 * self.frameWidth() + 2)


class StripDelegate(QStyledItemDelegate):
    """Paints what is here of a device's acts as a strip with its gaps, and says it in words under it."""

    def __init__(self, context: AppContext, parent: QTreeWidget) -> None:
        super().__init__(parent)
        self._context = context

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for a line of words and the strip."""
        hint = super().sizeHint(option, index)
        theme = self._context.theme
        return QSize(hint.width(), max(theme.row_height(), hint.height()) + STRIP + 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the words, and the strip over them."""
        below = QStyleOptionViewItem(option)
        below.rect = option.rect.adjusted(0, 0, 0, -6)  # type: ignore[attr-defined]  # stubs lack it
        below.displayAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom  # type: ignore[attr-defined]  # stubs lack it
        super().paint(painter, below, index)
        row: DeviceStanding | None = index.model().index(index.row(), 0).data(ROW)
        if row is None or not row.last:
            return
        rect = QRectF(option.rect)  # type: ignore[attr-defined]  # stubs lack it
        self._strip(painter, QRectF(rect.left() + 4, rect.top() + 8, rect.width() - 24, STRIP), row)

    def _strip(self, painter: QPainter, place: QRectF, row: DeviceStanding) -> None:
        theme = self._context.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(place, 3, 3)
        for span in row.missing:
            gap = _place(span, row.last, place)
            painter.fillRect(gap, theme.color("card"))
            painter.setPen(QPen(theme.color("attention"), 1.5))
            painter.setBrush(QBrush(theme.color("attention"), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(gap.adjusted(0.75, 0.75, -0.75, -0.75))
            painter.setPen(Qt.PenStyle.NoPen)
        painter.restore()


def _place(span: Span, last: int, strip: QRectF) -> QRectF:
    """Give where a span lies on a strip that stands for all numbers up to the last."""
    first, end = span
    left = strip.width() * (first - 1) / last
    width = max(strip.width() * (min(end, last) - first + 1) / last, LEAST_GAP)
    return QRectF(strip.left() + min(left, strip.width() - width), strip.top(), width, strip.height())

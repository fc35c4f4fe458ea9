"""Hints of the X-rays as rows of a list, and how each is painted: its weight, what was found, where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wufei_cells.domain.checkups import Hint, Weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext

LOOKS = {
    Weight.ERROR: ("conflict", "failed"),
    Weight.WARNING: ("alert", "attention"),
    Weight.NOTE: ("information", "information"),
}
"""Icon and color of each weight."""
HINT_ROLE = Qt.ItemDataRole.UserRole + 1
ICON, SIDE, GAP, ABOVE = 18, 8, 10, 6
_NO_INDEX = QModelIndex()
HIGHEST = 1000  # pixels; no sentence is so high
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


class HintsModel(QAbstractListModel):
    """Holds the hints that are shown."""

    def __init__(self, context: AppContext, parent: QObject | None = None, *, with_sites: bool = False) -> None:
        super().__init__(parent)
        self._context = context
        self._with_sites = with_sites
        self.hints: Sequence[Hint] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        """Show other hints."""
        self.beginResetModel()
        self.hints = hints
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        """Count the hints."""
        return 0 if parent.isValid() else len(self.hints)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a hint, or what stands for it where it is read out."""
        if not index.isValid():
            return None
        hint = self.hints[index.row()]
        if role == HINT_ROLE:
            return hint
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join((self.weight_of(hint), self.sentence(hint), self.below(hint)))
        return None

    def sentence(self, hint: Hint) -> str:
        """Say what was found."""
        return self._context.i18n.tr(f"checkup.{hint.check.value}", **hint.values)

    def below(self, hint: Hint) -> str:
        """Say of what kind it is, and at which site."""
        tr = self._context.i18n.tr
        site = hint.site_name or tr("checkup.register")
        kind = tr(f"check.{hint.check.value}")
        return f"{site} · {kind}" if self._with_sites else kind

    def weight_of(self, hint: Hint) -> str:
        """Give the word for a hint's weight."""
        return self._context.i18n.tr(f"weight.{hint.weight.value}")


class HintDelegate(QStyledItemDelegate):
    """Paints the sentence as high as it needs, with its kind and site below and the icon of its weight before it."""

    def __init__(self, context: AppContext, model: HintsModel, view: QListView) -> None:
        super().__init__(view)
        self._theme = context.theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for the height that the sentence has at the width of the list."""
        del option
        hint = index.data(HINT_ROLE)
        width = self._view.viewport().width()
        sentence = self._sentence_height(self._model.sentence(hint), width - self._left() - SIDE)
        return QSize(120, sentence + QFontMetrics(self._theme.font("caption")).height() + 2 * ABOVE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a hint."""
        hint = index.data(HINT_ROLE)
        theme, place = self._theme, cast("Any", option)  # the type stubs do not know the fields of style options
        rect: QRect = place.rect
        painter.save()
        if place.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        name, tone = LOOKS[hint.weight]
        theme.icon(name, tone).paint(painter, QRect(rect.left() + SIDE, rect.top() + ABOVE + 1, ICON, ICON))
        sentence = self._model.sentence(hint)
        room = rect.adjusted(self._left(), ABOVE, -SIDE, -ABOVE)
        height = self._sentence_height(sentence, room.width())
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(room.left(), room.top(), room.width(), height), WRAPPED, sentence)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("muted"))
        below = QRect(room.left(), room.top() + height, room.width(), room.height() - height)
        metrics = QFontMetrics(theme.font("caption"))
        written = metrics.elidedText(self._model.below(hint), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, written)
        painter.restore()

    def _sentence_height(self, sentence: str, width: int) -> int:
        metrics = QFontMetrics(self._theme.font("body"))
        return metrics.boundingRect(0, 0, max(width, 1), HIGHEST, WRAPPED, sentence).height()

    @staticmethod
    def _left() -> int:
        return SIDE + ICON + GAP

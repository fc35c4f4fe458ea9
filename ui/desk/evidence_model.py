"""The pieces of evidence as a list: small pictures come when they are looked at."""

from __future__ import annotations

from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from ui.desk.evidence_words import piece_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext, Desk
    from wufei_cells.domain.evidence import EvidenceRow, Likeness
    from wufei_cells.services.evidence_checks import Caution

THUMBNAIL = 72

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the list's painter asks for."""

    PIECE = Qt.ItemDataRole.UserRole
    LINES = Qt.ItemDataRole.UserRole + 1
    """Name or caption, when and by whom, what is odd (a list, empty when nothing is)."""
    PICTURE = Qt.ItemDataRole.UserRole + 2


class EvidenceModel(QAbstractListModel):
    """Holds the rows that are shown."""

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: tuple[EvidenceRow, ...] = ()
        self._cautions: dict[tuple[str, str], list[Caution]] = {}
        self._alike: dict[str, list[Likeness]] = {}
        self._pictures: dict[str, QPixmap | None] = {}

    # --- public

    def show(self, rows: Sequence[EvidenceRow], cautions: Sequence[Caution]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._cautions = {}
        for caution in cautions:
            self._cautions.setdefault((caution.row.file.id, caution.row.item), []).append(caution)
        self.endResetModel()

    def show_likenesses(self, found: Sequence[Likeness]) -> None:
        """Show which pieces stand elsewhere, too."""
        self._alike = {}
        for one in found:
            self._alike.setdefault(one.row.file.id, []).append(one)
        self.repaint()

    def repaint(self) -> None:
        """Write everything anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    @property
    def rows(self) -> tuple[EvidenceRow, ...]:
        """The rows in order."""
        return self._rows

    def row_at(self, index: Index) -> EvidenceRow | None:
        """Give the piece of a row."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def likenesses(self, row: EvidenceRow) -> list[Likeness]:
        """Give where the same or a similar picture stands."""
        return self._alike.get(row.file.id, [])

    def cautions(self, row: EvidenceRow) -> list[Caution]:
        """Give what is odd about when and where it was taken."""
        return self._cautions.get((row.file.id, row.item), [])

    # --- Qt's questions

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what is asked for."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == Role.PIECE:
            return row
        if role == Role.LINES:
            return piece_lines(self._context.i18n, row, self.cautions(row), self.likenesses(row))
        if role == Role.PICTURE:
            return self._picture(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            title, about, odd = piece_lines(self._context.i18n, row, self.cautions(row), self.likenesses(row))
            return "\n".join((title, about, *odd))
        return None

    def _picture(self, row: EvidenceRow) -> QPixmap | None:
        """Give the small picture, or ask for it: only what is painted is ever asked for."""
        key = row.file.id
        if row.file.is_picture and row.received and key not in self._pictures:
            self._pictures[key] = None
            self._context.ask(self, partial(_thumbnail, key), partial(self._on_thumbnail, key), _ignore)
        return self._pictures.get(key) if row.received else None

    def _on_thumbnail(self, key: str, content: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(content)
        self._pictures[key] = picture
        for at, row in enumerate(self._rows):
            if row.file.id == key:
                self.dataChanged.emit(self.index(at), self.index(at), [Role.PICTURE])


def _thumbnail(key: str, desk: Desk) -> bytes:
    return desk.evidencing.thumbnail(desk.workspace, key)


def _ignore(_error: Exception) -> None:
    """A small picture that cannot be made leaves its icon; opening it says why."""

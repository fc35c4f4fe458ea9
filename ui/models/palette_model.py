"""What the search palette offers: things found in the register, and what the window can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from wufei_cells.domain.folding import fold

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from ui.i18n import I18n
    from wufei_cells.services.searching import Hit

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
BETWEEN = " · "
ICONS = {
    "site": "site",
    "certificate": "certificate",
    "assessment": "assessment",
    "item": "checklist",
    "finding": "alert",
    "note": "note",
    "reason": "not_applicable",
    "basis": "search",
    "evidence": "folder",
    "remark": "decide",
    "objection": "conflict",
    "event": "history",
    "batch": "publish",
}


@dataclass(frozen=True, slots=True)
class Command:
    """Something the window can do."""

    name: str
    title: str
    icon: str
    keys: str = ""


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """One line of the palette."""

    icon: str
    title: str
    where: str
    kind: str
    meant: Hit | Command


def hit_row(hit: Hit, i18n: I18n) -> PaletteRow:
    """Show something that was found."""
    where = BETWEEN.join(i18n.text(part) for part in hit.where if part)
    return PaletteRow(ICONS[hit.kind], i18n.text(hit.title), where, i18n.tr(f"search.kind.{hit.kind.value}"), hit)


def command_row(command: Command) -> PaletteRow:
    """Show something the window can do."""
    return PaletteRow(command.icon, command.title, "", command.keys, command)


def fitting_commands(commands: Sequence[Command], words: str) -> tuple[list[Command], list[Command]]:
    """Give the commands whose names begin with what was typed, and those that hold all its words elsewhere."""
    typed = fold(words).split()
    fitting = [command for command in commands if all(word in fold(command.title) for word in typed)]
    begun = [command for command in fitting if fold(command.title).startswith(" ".join(typed))]
    return begun, [command for command in fitting if command not in begun]


class PaletteModel(QAbstractListModel):
    """The lines of the palette, replaced as a whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PaletteRow] = []

    def set_rows(self, rows: Sequence[PaletteRow]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_at(self, index: QModelIndex | QPersistentModelIndex) -> PaletteRow | None:
        """Give the line at a place."""
        return self._rows[index.row()] if index.isValid() else None

    # --- Qt

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Count the lines."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a line, or its words for those who listen."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return BETWEEN.join(part for part in (row.kind, row.title, row.where) if part)
        return None

"""The rows of the list of sites: filtered and sorted here, in plain Python.

A proxy model would call back into Python for every comparison, which takes half a second for 10,000 rows; sorting
a list by a key takes hundredths.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.context import Places
from ui.theme import STATE_LOOKS, fallen, look_of
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.lifecycle import Stage

if TYPE_CHECKING:
    from ui.i18n import I18n
    from ui.theme import Theme
    from wufei_cells.domain.register import SiteRow
    from wufei_cells.domain.text import Text

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
STAGE_ORDER = {stage: order for order, stage in enumerate(Stage)}
SortKey = int | str | bytes | Fraction | date


class Column(IntEnum):
    """The columns of the list, from left to right."""

    NAME = 0
    CATEGORY = 1
    DISTRICT = 2
    STAGE = 3
    SCORE = 4
    CERTIFICATE = 5
    VALID_UNTIL = 6


@dataclass(frozen=True, slots=True)
class NamedSites:
    """Sites that were found elsewhere, such as those behind a figure, and what they are called together."""

    name: Text
    sites: frozenset[str]


@dataclass(frozen=True, slots=True)
class SiteFilter:
    """Which sites are wanted; what is empty does not restrict."""

    text: str = ""
    category: str = ""
    district: str = ""
    stages: frozenset[Stage] = frozenset()
    holding: bool = False
    """Only those that hold a valid certificate today."""
    named: NamedSites | None = None
    """Only those of a list that somebody came with."""

    def __bool__(self) -> bool:
        restricted = self.category or self.district or self.stages or self.holding
        return bool(self.text.strip() or restricted or self.named)

    def choose(self, entries: Sequence[Entry]) -> list[Entry]:
        """Give the entries that fit, in their order."""
        chosen = list(entries)
        if self.category:
            chosen = [entry for entry in chosen if entry.row.category == self.category]
        if self.district:
            chosen = [entry for entry in chosen if entry.row.district == self.district]
        if self.stages:
            chosen = [entry for entry in chosen if entry.row.stage in self.stages]
        if self.holding:
            chosen = [entry for entry in chosen if entry.holding]
        if self.named:
            chosen = [entry for entry in chosen if entry.row.id in self.named.sites]
        for word in self.text.casefold().split():
            chosen = [entry for entry in chosen if word in entry.searched]
        return chosen


@dataclass(frozen=True, slots=True)
class Entry:
    """A site with what finding and sorting need of it."""

    name: bytes
    row: SiteRow
    searched: str
    holding: bool
    """Whether it holds a valid certificate."""


def entry_of(row: SiteRow, holding: Container[str] = ()) -> Entry:
    """Prepare a site for the list; ``holding`` names those with a valid certificate."""
    parts = (row.name, row.address, row.credit_code, row.contact, row.certificate_number or "")
    return Entry(name_key(row.name), row, "\n".join(parts).casefold(), row.id in holding)


def entries_of(rows: Sequence[SiteRow], holding: Container[str] = ()) -> list[Entry]:
    """Prepare sites for the list, in the order of their names. Meant for the worker thread."""
    return sorted((entry_of(row, holding) for row in rows), key=_order)


def name_key(name: str) -> bytes:
    """Order Chinese names as a reader expects: GB 18030 puts the common characters in the order of their sound."""
    return name.casefold().encode("gb18030", errors="replace")


def _order(entry: Entry) -> tuple[bytes, str]:
    return entry.name, entry.row.id


class SitesModel(QAbstractTableModel):
    """The sites that fit the filter, in the order of the chosen column; equal ones in the order of their names."""

    def __init__(self, i18n: I18n, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._theme = theme
        self._places = Places({}, {})
        self._all: list[Entry] = []
        self._shown: list[Entry] = []
        self._filter = SiteFilter()
        self._sorted_by: tuple[Column, Qt.SortOrder] = (Column.NAME, Qt.SortOrder.AscendingOrder)

    # --- public

    @property
    def filter(self) -> SiteFilter:
        """Which sites are wanted."""
        return self._filter

    @property
    def total(self) -> int:
        """How many sites there are, wanted or not."""
        return len(self._all)

    def set_entries(self, entries: Sequence[Entry], places: Places) -> None:
        """Show other sites, prepared by ``entries_of``."""
        self._places = places
        self._all = list(entries)
        self._show_anew()

    def set_filter(self, wanted: SiteFilter) -> None:
        """Show the sites that fit."""
        if wanted != self._filter:
            self._filter = wanted
            self._show_anew()

    def put(self, row: SiteRow) -> None:
        """Show a site that was added or changed; when nothing about its place changes, only its cells do."""
        entry = entry_of(row)
        old = next((number for number, each in enumerate(self._all) if each.row.id == row.id), -1)
        before = self._all.pop(old) if old >= 0 else None
        insort(self._all, entry, key=_order)
        at = self.position(row.id)
        key = self._key()
        same_place = before is not None and (key(before), before.name) == (key(entry), entry.name)
        if at >= 0 and same_place and self._filter.choose([entry]):
            self._shown[at] = entry
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(Column) - 1))
        else:
            self._show_anew()

    def row_at(self, index: Index) -> SiteRow | None:
        """Give the site of a row."""
        return self._shown[index.row()].row if index.isValid() and index.row() < len(self._shown) else None

    def position(self, site: str) -> int:
        """Give the row of a site, -1 when it is not shown."""
        return next((at for at, entry in enumerate(self._shown) if entry.row.id == site), -1)

    def retranslate(self) -> None:
        """Say that every word changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(Column) - 1))

    # --- Qt's questions

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        """Count the columns."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._i18n.tr(f"sites.column.{Column(section).name.lower()}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Show a cell."""
        row = self.row_at(index)
        if row is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            text = self._tip(row, column)
            return f"<span>{escape(text)}</span>" if "<" in text else text  # Qt would take it for markup
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == ROW_ROLE:
            return row
        return self._look(row, column, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows into the order of a column."""
        if 0 <= column < len(Column) and (Column(column), order) != self._sorted_by:
            self._sorted_by = (Column(column), order)
            self._show_anew()

    # --- the rest

    def _show_anew(self) -> None:
        """Filter and sort; selections and the current row follow their site."""
        column, order = self._sorted_by
        chosen = self._filter.choose(self._all)
        descending = order == Qt.SortOrder.DescendingOrder
        if column is not Column.NAME:
            chosen.sort(key=self._key(), reverse=descending)
        elif descending:
            chosen.reverse()
        if chosen and len(chosen) == len(self._shown):
            self._lay_out(chosen)
        else:
            self.beginResetModel()
            self._shown = chosen
            self.endResetModel()

    def _lay_out(self, chosen: list[Entry]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = [index for index in self.persistentIndexList() if index.row() < len(self._shown)]
        sites = [self._shown[index.row()].row.id for index in before]
        self._shown = chosen
        rows = {site: self.position(site) for site in set(sites)}
        after = [
            QModelIndex() if rows[site] < 0 else self.index(rows[site], index.column())
            for site, index in zip(sites, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _text(self, row: SiteRow, column: Column) -> str:
        if column is Column.CATEGORY:
            return self._i18n.text(self._places.category(row.category))
        if column is Column.DISTRICT:
            return self._i18n.text(self._places.district(row.district))
        if column is Column.STAGE:
            return self._i18n.tr(look_of(row)[2])
        if column is Column.SCORE:
            return "" if row.total is None else printed(row.total)
        if column is Column.VALID_UNTIL:
            return row.valid_until.isoformat() if row.valid_until else ""
        return row.name if column is Column.NAME else row.certificate_number or ""

    def _tip(self, row: SiteRow, column: Column) -> str:
        """Say of a certificate that does not hold how it stands."""
        text, state = self._text(row, column), fallen(row)
        if state is None or column not in (Column.STAGE, Column.CERTIFICATE):
            return text
        first = self._i18n.tr(f"ui.stage.{row.stage.value}") if column is Column.STAGE else text
        return f"{first} · {self._i18n.tr(f'ui.certificate_state.{state.value}')}"

    def _look(self, row: SiteRow, column: Column, role: int) -> object:
        state = fallen(row)
        if column is Column.CERTIFICATE and state and role == Qt.ItemDataRole.ForegroundRole:
            return self._theme.color(STATE_LOOKS[state][1])
        if column is Column.STAGE:
            icon, tone, _key = look_of(row)
            if role == Qt.ItemDataRole.DecorationRole:
                return self._theme.icon(icon, tone)
            if role == Qt.ItemDataRole.ForegroundRole:
                return self._theme.color(tone)
        return None

    def _key(self) -> Callable[[Entry], SortKey]:
        """Give what the column sorts by."""
        if self._sorted_by[0] is Column.CATEGORY:
            order = {key: number for number, key in enumerate(self._places.categories)}
            return lambda entry: order.get(entry.row.category, len(order))
        if self._sorted_by[0] is Column.DISTRICT:
            order = {key: number for number, key in enumerate(self._places.districts)}
            return lambda entry: order.get(entry.row.district, len(order))
        return SORT_KEYS[self._sorted_by[0]]


def _alignment(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column is Column.SCORE else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


SORT_KEYS: dict[Column, Callable[[Entry], SortKey]] = {
    Column.NAME: lambda entry: entry.name,
    Column.STAGE: lambda entry: STAGE_ORDER[entry.row.stage],
    Column.SCORE: lambda entry: Fraction(-1) if entry.row.total is None else entry.row.total,
    Column.CERTIFICATE: lambda entry: entry.row.certificate_number or "",
    Column.VALID_UNTIL: lambda entry: entry.row.valid_until or date.min,
}

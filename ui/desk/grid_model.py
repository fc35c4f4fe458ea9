"""The table of all entries of the open assessment: filtered, sorted, and never rebuilt for one answer."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.desk.grid_answers import GridAnswers
from ui.desk.grid_cells import TITLES, GridCells, GridColumn, alignment
from ui.desk.grid_lines import GridLine, GridReader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.context import AppContext
    from ui.models.scoring_session import ScoringSession

Index = QModelIndex | QPersistentModelIndex


EDITABLE = (GridColumn.ANSWER, GridColumn.NOTE)
ROLE = Qt.ItemDataRole


class GridModel(QAbstractTableModel):
    """Lists groups and entries; sorted by a column it lists entries only."""

    LineRole = ROLE.UserRole

    def __init__(self, context: AppContext, session: ScoringSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._session = session
        self.answers = GridAnswers(session, context.i18n, self)
        self.cells = GridCells(context.i18n, context.theme)
        self._reader = GridReader(session, self.answers, context.i18n)
        self._all: dict[str, GridLine] = {}
        """Every line of the assessment, by key, in printed order."""
        self._shown: list[str] = []
        self._keys: frozenset[str] | None = None
        self._words = ""
        self._order: tuple[GridColumn, bool] | None = None
        self.kept = ""
        """The entry the person is at: it stays in the table although an answer has just made the filter drop it."""
        self.answers.unread_changed.connect(self.update_line)
        session.answer_changed.connect(self.update_line)

    # --- public: what is shown

    def update(self) -> None:
        """Take over what the session holds; only lines that say something else than before are announced."""
        lines = {line.key: line for line in self._reader.all_lines()}
        if list(lines) != list(self._all):
            self.beginResetModel()
            self._all = lines
            self._shown = self._wanted()
            self.endResetModel()
            return
        changed = [key for key, line in lines.items() if line != self._all[key]]
        self._all = lines
        self._announce(changed)
        self._list_anew()

    def update_line(self, key: str) -> None:
        """Make the line of one entry anew."""
        old = self._all.get(key)
        line = self._reader.line(key, old.depth) if old else None
        if line is not None and line != old:
            self._all[key] = line
            self._announce([key])

    def show_keys(self, keys: Collection[str] | None) -> None:
        """Show only some entries; ``None`` shows all."""
        self._keys = None if keys is None else frozenset(keys)
        self._list_anew()

    def keep(self, key: str) -> None:
        """Let an entry stay in the table whatever the filter."""
        self.kept = key
        self._list_anew()

    def show_words(self, words: str) -> None:
        """Show only entries that hold these words in number, text, answer or note."""
        self._words, self.kept = words, ""
        self._list_anew()

    def show_evidence(self, counts: Mapping[str, int]) -> None:
        """Take over how many pieces of evidence stand under each entry."""
        self._reader.evidence = dict(counts)
        self.update()

    def retranslate(self) -> None:
        """Write everything anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(GridColumn) - 1)
        self.update()

    # --- public: asking

    @property
    def tells_evidence(self) -> bool:
        """Whether it was told how many pieces of evidence there are."""
        return bool(self._reader.evidence)

    def keys(self) -> list[str]:
        """List the entries that are shown, in the order they stand."""
        return [key for key in self._shown if not self._all[key].heading]

    def line_at(self, index: Index) -> GridLine | None:
        """Give the line of a cell."""
        return self._all[self._shown[index.row()]] if index.isValid() else None

    def line_of(self, key: str) -> GridLine | None:
        """Give the line of an entry, shown or not."""
        return self._all.get(key)

    def index_of(self, key: str, column: GridColumn = GridColumn.ANSWER) -> QModelIndex:
        """Find a cell; an invalid index when its line is not shown."""
        return self.index(self._shown.index(key), column) if key in self._shown else QModelIndex()

    def count_entries(self) -> int:
        """Count everything that can be answered, shown or not."""
        return sum(not line.heading for line in self._all.values())

    # --- Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Count the lines."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Count the columns."""
        return 0 if parent.isValid() else len(GridColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> object:
        """Name the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == ROLE.DisplayRole:
            return self._context.i18n.tr(TITLES[GridColumn(section)])
        if role == ROLE.TextAlignmentRole:
            return alignment(GridColumn(section))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let headings be passed over, and answers and notes be written."""
        line = self.line_at(index)
        if line is None or line.heading:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if line.editable and index.column() in EDITABLE else flags

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> object:
        """Give what a cell shows, and how."""
        line = self.line_at(index)
        if line is None or role == self.LineRole:
            return line
        return self.cells.value(line, GridColumn(index.column()), role, written=self._session.answerable)

    def setData(self, index: Index, value: object, role: int = ROLE.EditRole) -> bool:
        """Take over what was typed into a cell."""
        line = self.line_at(index)
        if line is None or role != ROLE.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        self.enter(GridColumn(index.column()), {line.key: str(value)})
        return True

    def enter(self, column: GridColumn, texts: Mapping[str, str]) -> None:
        """Take over what was typed into cells of one column; one step for undo."""
        if column is GridColumn.NOTE:
            self.answers.enter({}, texts)
        else:
            self.answers.enter(texts)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; a negative one brings the printed order back."""
        descending = order is Qt.SortOrder.DescendingOrder
        self._order = None if column < 0 else (GridColumn(column), descending)
        self._list_anew()

    # --- which lines

    def _passes(self, line: GridLine) -> bool:
        if line.key == self.kept:
            return True
        wanted = self._keys is None or line.key in self._keys
        return wanted and all(word in line.searched for word in self._words.casefold().split())

    def _wanted(self) -> list[str]:
        if self._order is not None:
            lines = [line for line in self._all.values() if not line.heading and self._passes(line)]
            return _sorted(lines, self._all, *self._order)
        wanted: list[str] = []
        waiting: list[GridLine] = []
        for line in self._all.values():
            if line.heading:
                # A heading closes the headings of its own depth and below that had nothing to show.
                waiting = [*(one for one in waiting if one.depth < line.depth), line]
            elif self._passes(line):
                wanted += [*(one.key for one in waiting), line.key]
                waiting = []
        return wanted

    def _list_anew(self) -> None:
        """Bring the lines that are shown up to date; where some only come or go, an open cell stays open."""
        wanted = self._wanted()
        if wanted == self._shown:
            return
        staying = set(wanted) & set(self._shown)
        if staying and [key for key in self._shown if key in staying] == [key for key in wanted if key in staying]:
            self._come_and_go(wanted, staying)
            return
        self.beginResetModel()
        self._shown = wanted
        self.endResetModel()

    def _come_and_go(self, wanted: list[str], staying: Collection[str]) -> None:
        for row in reversed(range(len(self._shown))):
            if self._shown[row] not in staying:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._shown[row]
                self.endRemoveRows()
        for row, key in enumerate(wanted):
            if self._shown[row : row + 1] != [key]:
                self.beginInsertRows(QModelIndex(), row, row)
                self._shown.insert(row, key)
                self.endInsertRows()

    def _announce(self, keys: Collection[str]) -> None:
        places = {key: row for row, key in enumerate(self._shown)} if keys else {}
        for key in keys:
            if key in places:
                self.dataChanged.emit(self.index(places[key], 0), self.index(places[key], len(GridColumn) - 1))


def _sorted(lines: list[GridLine], everything: Collection[str], column: GridColumn, descending: bool) -> list[str]:
    """Sort lines by what a column holds; where it holds nothing, they come last either way."""
    printed_place = {key: place for place, key in enumerate(everything)}

    def rank(line: GridLine) -> object:
        ranks: dict[GridColumn, object] = {
            GridColumn.NUMBER: printed_place[line.key],
            GridColumn.ITEM: line.title.casefold(),
            GridColumn.FULL: line.full,
            GridColumn.ANSWER: line.answer.casefold() or None,
            GridColumn.POINTS: None if line.points is None else line.points.low * (-1 if line.taken else 1),
            GridColumn.LOST: line.lost,
            GridColumn.NOTE: line.note.casefold() or None,
            GridColumn.ASIDE: int(line.excluded) if line.set_aside or line.excluded else None,
            GridColumn.EVIDENCE: None if line.evidence is None else Fraction(line.evidence),
            GridColumn.AUTHOR: line.author or None,
            GridColumn.AT: line.at,
        }
        return ranks[column]

    holding = [line for line in lines if rank(line) is not None]
    holding.sort(key=rank, reverse=descending)  # pyright: ignore[reportArgumentType, reportCallIssue] - one kind in a column
    return [*(line.key for line in holding), *(line.key for line in lines if rank(line) is None)]

"""The rows of one item over many sites: filtered and sorted here, in plain Python, and typed into."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.models.tool_tips import literal
from ui.theme import STAGE_LOOKS
from wufei_cells.domain.amounts import printed
from wufei_cells.scoring.answer_notation import write
from wufei_cells.scoring.one_entry import Outcome
from wufei_cells.services.measure_wording import score_text

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QIcon

    from ui.context import AppContext
    from ui.desk.across_loading import Loaded
    from wufei_cells.domain.checklists import Gate, Item
    from wufei_cells.services.site_answers import SiteAnswer

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, from left to right."""

    SITE = 0
    ANSWER = 1
    POINTS = 2
    NOTE = 3
    EVIDENCE = 4
    WHO = 5
    WHEN = 6
    DISTRICT = 7
    STAGE = 8


class Show(StrEnum):
    """Which rows are shown."""

    ALL = "all"
    OPEN = "open"
    DEDUCTED = "deducted"
    NOT_APPLICABLE = "not_applicable"
    WITHOUT_EVIDENCE = "without_evidence"
    OTHER_WORDS = "other_words"


LOOKS: dict[Outcome, tuple[str, str]] = {
    Outcome.MET: ("check", "passed"),
    Outcome.DEDUCTED: ("alert", "attention"),
    Outcome.NOT_APPLICABLE: ("not_applicable", "not_applicable"),
    Outcome.UNCLAIMED: ("not_applicable", "not_applicable"),
    Outcome.EXCLUDED: ("not_applicable", "not_applicable"),
}
RIGHT = (Column.POINTS, Column.EVIDENCE)
LAST = Fraction(-1)  # rows without points stand below nothing


def passes(row: SiteAnswer, show: Show) -> bool:
    """Tell whether a row is shown."""
    match show:
        case Show.OPEN:
            return row.outcome is Outcome.OPEN
        case Show.DEDUCTED:
            return row.outcome is Outcome.DEDUCTED
        case Show.NOT_APPLICABLE:
            return row.outcome is Outcome.NOT_APPLICABLE
        case Show.WITHOUT_EVIDENCE:
            return not row.evidence and row.outcome not in (Outcome.NOT_APPLICABLE, Outcome.EXCLUDED)
        case Show.OTHER_WORDS:
            return not row.same_words
        case _:
            return True


class AcrossModel(QAbstractTableModel):
    """Holds the sites that pass the filter.

    Signals:
        typed: an answer was typed into a row (its assessment, the text).
    """

    typed = Signal(str, str)
    RowRole = Qt.ItemDataRole.UserRole

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._i18n = context.i18n
        self._theme = context.theme
        self.loaded: Loaded | None = None
        self._shown: list[SiteAnswer] = []
        self._lines: dict[str, int] = {}
        self._haystacks: dict[str, str] = {}
        self._pending: dict[str, str] = {}
        self._words: tuple[str, ...] = ()
        self._sorted_by = (Column.SITE, Qt.SortOrder.AscendingOrder)
        self.show = Show.ALL

    # --- public

    def set_loaded(self, loaded: Loaded) -> None:
        """Show an item, or the same one as it stands now."""
        self.loaded = loaded
        self._pending.clear()
        self._haystacks.clear()
        self._arrange()

    def set_filter(self, show: Show, words: str) -> None:
        """Show only rows of one kind that hold these words."""
        self.show = show
        self._words = tuple(words.casefold().split())
        self._arrange()

    def set_pending(self, texts: Mapping[str, str]) -> None:
        """Show what was typed while it is on its way to disk; nothing once it was refused."""
        changed = {*self._pending, *texts}
        self._pending = dict(texts)
        lines = [self._lines[assessment] for assessment in changed if assessment in self._lines]
        if lines:
            self.dataChanged.emit(self.index(min(lines), 0), self.index(max(lines), len(Column) - 1))

    @property
    def total(self) -> int:
        """Count the sites, shown or not."""
        return len(self.loaded.across.rows) if self.loaded else 0

    def counts(self) -> dict[Show, int]:
        """Count the sites of each kind, whatever the words."""
        rows = self.loaded.across.rows if self.loaded else ()
        return {show: sum(passes(row, show) for row in rows) for show in Show}

    def row_at(self, index: Index) -> SiteAnswer | None:
        """Give the row of a line."""
        return self._shown[index.row()] if index.isValid() else None

    def index_of(self, assessment: str, column: Column = Column.ANSWER) -> QModelIndex:
        """Find a site among those shown."""
        line = self._lines.get(assessment)
        return QModelIndex() if line is None else self.index(line, column)

    def entry_of(self, row: SiteAnswer) -> Gate | Item:
        """Give the item as the row's edition has it."""
        assert self.loaded is not None
        return self.loaded.entries[row.edition]

    def as_table(self, assessments: Collection[str]) -> str:
        """Give rows as text that Excel and WPS paste as a table, with a line of titles; all with none named."""
        titles = "\t".join(self._title(column) for column in Column)
        rows = (row for row in self._shown if not assessments or row.assessment in assessments)
        return "\n".join([titles, *("\t".join(_cell(self._text(row, column)) for column in Column) for row in rows)])

    def retranslate(self) -> None:
        """Have all words read again."""
        self._haystacks.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    # --- Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Count the lines."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Count the columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(Column(section))
        return _alignment(Column(section)) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words, the icon and the color of a cell, and for typing the answer in its short form."""
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column).replace("\n", " ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return literal(self._text(row, column, whole=True))
        if role == Qt.ItemDataRole.EditRole:
            return write(self.entry_of(row), row.answer, self._i18n.language) if column is Column.ANSWER else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return row if role == self.RowRole else self._painted(row, column, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed; it is stored by whoever listens."""
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.EditRole:
            return False
        self.typed.emit(row.assessment, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let answers of open assessments be typed into."""
        row = self.row_at(index)
        flags = super().flags(index)
        typable = row is not None and row.editable and index.column() == Column.ANSWER
        return flags | Qt.ItemFlag.ItemIsEditable if typable else flags

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in another order."""
        self._sorted_by = (Column(max(column, 0)), order)
        self._arrange()

    # --- cells

    def _title(self, column: Column) -> str:
        return self._i18n.tr(f"desk.across.column_{column.name.lower()}")

    def _text(self, row: SiteAnswer, column: Column, *, whole: bool = False) -> str:
        i18n = self._i18n
        match column:
            case Column.ANSWER:
                text = self._pending.get(row.assessment) or self._answer(row, whole=whole)
            case Column.POINTS:
                text = self._points(row)
            case Column.DISTRICT:
                text = i18n.text(self.loaded.places.district(row.district)) if self.loaded else row.district
            case Column.STAGE:
                text = i18n.tr(f"ui.stage.{row.stage.value}")
            case Column.WHO:
                text = row.author or i18n.tr("desk.list_separator").join(row.assessors)
            case Column.WHEN:
                text = i18n.moment(row.at) if row.at else ""
            case _:
                plain = {Column.SITE: row.site_name, Column.NOTE: row.answer.note}
                text = plain.get(column, str(row.evidence or ""))
        return text

    def _answer(self, row: SiteAnswer, *, whole: bool) -> str:
        tr = self._i18n.tr
        if row.values > 1:
            return tr("desk.across.conflict", count=row.values)
        if row.outcome is Outcome.EXCLUDED:
            return tr("desk.across.excluded")
        if row.waits:
            return tr("desk.across.waits")
        if not row.answer.given:
            return tr("desk.across.unclaimed") if row.outcome is Outcome.UNCLAIMED else tr("desk.across.unanswered")
        assert self.loaded is not None
        words = self.loaded.words[row.assessment][whole]
        return words if row.same_words else tr("desk.across.other_words", answer=words)

    def _points(self, row: SiteAnswer) -> str:
        if row.points is None or row.full is None or row.outcome in (Outcome.EXCLUDED, Outcome.UNCLAIMED):
            return ""
        taken = self.loaded is not None and self.loaded.across.taken
        sign = "−" if taken and row.points.high else ""
        return f"{sign}{score_text(row.points)} / {printed(row.full)}"

    def _painted(self, row: SiteAnswer, column: Column, role: int) -> QIcon | QColor | None:
        look = self._look(row, column)
        if look is None:
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            return self._theme.icon(*look) if look[0] else None
        return self._theme.color(look[1]) if role == Qt.ItemDataRole.ForegroundRole else None

    def _look(self, row: SiteAnswer, column: Column) -> tuple[str, str] | None:
        if column is Column.STAGE:
            return STAGE_LOOKS[row.stage]
        if column is Column.WHEN or (column is Column.WHO and not row.author):
            return "", "muted"
        if column is not Column.ANSWER:
            return None
        if row.assessment in self._pending:
            return "save", "muted"
        if row.values > 1 or row.locked:
            return ("conflict", "conflict") if row.values > 1 else ("lock", "muted")
        return ("history", "information") if row.waits else LOOKS.get(row.outcome, ("", "muted"))

    # --- the rest

    def _arrange(self) -> None:
        """Filter and sort."""
        column, order = self._sorted_by
        self.beginResetModel()
        rows = self.loaded.across.rows if self.loaded else ()
        self._shown = [row for row in rows if passes(row, self.show) and self._holds(row)]
        self._shown.sort(key=lambda row: self._sort_key(row, column), reverse=order == Qt.SortOrder.DescendingOrder)
        self._lines = {row.assessment: line for line, row in enumerate(self._shown)}
        self.endResetModel()

    def _sort_key(self, row: SiteAnswer, column: Column) -> tuple[Fraction | int, str]:
        points = LAST if row.points is None or not row.points.settled else row.points.low
        numbers: dict[Column, Fraction | int] = {Column.POINTS: points, Column.EVIDENCE: row.evidence}
        return numbers.get(column, 0), "" if column in numbers else self._text(row, column).casefold()

    def _holds(self, row: SiteAnswer) -> bool:
        if not self._words:
            return True
        haystack = self._haystacks.get(row.assessment)
        if haystack is None:
            columns = (Column.SITE, Column.DISTRICT, Column.ANSWER, Column.NOTE, Column.WHO)
            haystack = "\n".join(self._text(row, column) for column in columns).casefold()
            self._haystacks[row.assessment] = haystack
        return all(word in haystack for word in self._words)


def _cell(text: str) -> str:
    """Write a cell as Excel reads it from the clipboard."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in '\t\n"') else text


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter

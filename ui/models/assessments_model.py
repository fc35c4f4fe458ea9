"""The table of assessments: open ones first, with how far each one is."""

from __future__ import annotations

from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from ui.context import Places, load_places
from ui.models.tool_tips import literal
from ui.theme import ASSESSMENT_STAGES, STAGE_LOOKS
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import WufeiError
from wufei_cells.services.measure_wording import score_text

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QIcon

    from ui.context import AppContext, Desk
    from wufei_cells.domain.register import AssessmentRow
    from wufei_cells.scoring.scorecard import Span


class AssessmentsColumn(IntEnum):
    """The columns, in the order they stand."""

    SITE = 0
    CATEGORY = 1
    STAGE = 2
    VISITED = 3
    ASSESSORS = 4
    ANSWERED = 5
    SCORE = 6


TITLES: dict[AssessmentsColumn, str] = {
    AssessmentsColumn.SITE: "desk.column_site",
    AssessmentsColumn.CATEGORY: "desk.column_category",
    AssessmentsColumn.STAGE: "desk.column_stage",
    AssessmentsColumn.VISITED: "desk.column_visited",
    AssessmentsColumn.ASSESSORS: "desk.column_assessors",
    AssessmentsColumn.ANSWERED: "desk.column_answered",
    AssessmentsColumn.SCORE: "desk.column_score",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """All assessments, the names of the city's categories, and how much each edition asks."""

    rows: tuple[AssessmentRow, ...]
    places: Places
    entries: Mapping[str, int]
    """Edition to the number of things that have to be answered in it; a bonus is not one of them."""
    waiting: Container[str] = frozenset()
    """Those that wait for the person who works here."""


@dataclass(frozen=True, slots=True)
class Reach:
    """From where to where the total of an open assessment can still go, and how much is missing."""

    total: Span
    missing: int


def load_listing(desk: Desk) -> Listing:
    """Ask for all assessments; runs in the worker thread."""
    workspace, browsing = desk.workspace, desk.browsing
    rows = browsing.list_assessments(workspace)
    editions = {row.edition: browsing.checklist(workspace, row.edition) for row in rows}
    counts = {
        key: len(edition.gates) + sum(1 for group in edition.groups for _ in group.all_items())
        for key, edition in editions.items()
    }
    return Listing(rows, load_places(desk), counts, desk.waiting.waiting(workspace).assessments)


def load_reaches(assessments: tuple[str, ...], desk: Desk) -> dict[str, Reach]:
    """Ask how open assessments stand; runs in the worker thread."""
    reaches: dict[str, Reach] = {}
    for key in assessments:
        with suppress(WufeiError):  # one that cannot be scored must not keep the others from being shown
            sheet = desk.browsing.sheet(desk.workspace, key)
            known = {entry.key for entry in sheet.checklist.entries()}
            missing = known & {key.split(".", maxsplit=1)[0] for key in sheet.scorecard.missing}
            reaches[key] = Reach(sheet.scorecard.total, len(missing))
    return reaches


class AssessmentsModel(QAbstractTableModel):
    """Holds the assessments that pass the filter.

    Signals:
        listed: other rows arrived.
        failed: the rows could not be read (Exception).
    """

    listed = Signal()
    failed = Signal(object)
    RowRole = Qt.ItemDataRole.UserRole

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._i18n = context.i18n
        self._theme = context.theme
        self._listing = Listing((), Places({}, {}), {})
        self._shown: list[AssessmentRow] = []
        self._reaches: dict[str, Reach | None] = {}
        self._wanted: list[str] = []
        self._haystacks: dict[str, str] = {}
        self._words: tuple[str, ...] = ()
        self._stage: Stage | None = None
        self._mine = False
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._ask_reaches)

    # --- public

    def refresh(self) -> None:
        """Ask for the assessments in the background."""
        self._context.ask(self, load_listing, self._on_listed, self.failed.emit)

    def set_listing(self, listing: Listing) -> None:
        """Show other assessments; ranges are asked for anew as they come into view."""
        self._listing = replace(listing, rows=tuple(sorted(listing.rows, key=_place)))
        self._reaches.clear()
        self._haystacks.clear()
        self._filter()

    def set_filter(self, words: str, stage: Stage | None, *, mine: bool = False) -> None:
        """Show only what holds these words and is in this stage; ``mine``: and waits for the person."""
        self._words = tuple(words.casefold().split())
        self._stage, self._mine = stage, mine
        self._filter()

    def set_reaches(self, reaches: dict[str, Reach]) -> None:
        """Fill in what was asked for."""
        self._reaches.update(reaches)
        for place, row in enumerate(self._shown):
            if row.id in reaches:
                first, last = AssessmentsColumn.ANSWERED, AssessmentsColumn.SCORE
                self.dataChanged.emit(self.index(place, first), self.index(place, last))

    def count(self, stage: Stage | None = None) -> int:
        """Count all assessments, or those in a stage, whatever the filter."""
        return sum(stage is None or row.stage is stage for row in self._listing.rows)

    def count_waiting(self) -> int:
        """Count those that wait for the person, whatever the filter."""
        return sum(row.id in self._listing.waiting for row in self._listing.rows)

    def row_at(self, index: QModelIndex | QPersistentModelIndex) -> AssessmentRow | None:
        """Give the assessment of a line."""
        return self._shown[index.row()] if index.isValid() else None

    def index_of(self, assessment: str) -> QModelIndex:
        """Find an assessment among the lines shown."""
        place = next((place for place, row in enumerate(self._shown) if row.id == assessment), -1)
        return self.index(place, 0) if place >= 0 else QModelIndex()

    def retranslate(self) -> None:
        """Have all words read again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(TITLES) - 1)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(TITLES) - 1))

    # --- Qt overrides

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Count the lines."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Count the columns."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation is Qt.Orientation.Vertical:
            return None
        column = AssessmentsColumn(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._i18n.tr(TITLES[column])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words, the icon and the color of a cell."""
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], AssessmentsColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = self._text(row, column)
            return text if role == Qt.ItemDataRole.DisplayRole else literal(text)
        if role == self.RowRole:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if column is AssessmentsColumn.STAGE:
            return self._stage_look(row.stage, role)
        return None

    # --- cells

    def _text(self, row: AssessmentRow, column: AssessmentsColumn) -> str:
        if column is AssessmentsColumn.SCORE:
            return self._score(row)
        if column is AssessmentsColumn.ANSWERED:
            return self._answered(row)
        i18n = self._i18n
        texts = {
            AssessmentsColumn.SITE: row.site_name,
            AssessmentsColumn.CATEGORY: i18n.text(self._listing.places.category(row.category)),
            AssessmentsColumn.STAGE: i18n.tr(f"ui.stage.{row.stage.value}"),
            AssessmentsColumn.VISITED: i18n.day(row.visited_on),
            AssessmentsColumn.ASSESSORS: i18n.tr("desk.list_separator").join(row.assessors),
        }
        return texts[column]

    def _score(self, row: AssessmentRow) -> str:
        if row.stage is not Stage.SCORING and row.total is not None:
            return printed(row.total)
        reach = self._reach(row)
        return "…" if reach is None else score_text(reach.total)

    def _answered(self, row: AssessmentRow) -> str:
        entries = self._listing.entries.get(row.edition, 0)
        if row.stage not in (Stage.APPLIED, Stage.SCORING, Stage.STOPPED):
            return f"{entries} / {entries}"
        reach = self._reach(row)
        return "…" if reach is None else f"{entries - reach.missing} / {entries}"

    def _reach(self, row: AssessmentRow) -> Reach | None:
        """Give how an open assessment stands, or ask for it because the row has come into view."""
        if row.id not in self._reaches:
            self._reaches[row.id] = None
            self._wanted.append(row.id)
            self._asking.start()
        return self._reaches[row.id]

    def _stage_look(self, stage: Stage, role: int) -> QIcon | QColor | None:
        icon, color = STAGE_LOOKS[stage]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._theme.icon(icon, color)
        return self._theme.color(color) if role == Qt.ItemDataRole.ForegroundRole else None

    # --- slots and the rest

    def _on_listed(self, listing: Listing) -> None:
        self.set_listing(listing)
        self.listed.emit()

    def _ask_reaches(self) -> None:
        wanted, self._wanted = tuple(self._wanted), []
        if wanted:
            self._context.ask(self, partial(load_reaches, wanted), self.set_reaches)

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = [row for row in self._listing.rows if self._passes(row)]
        self.endResetModel()

    def _passes(self, row: AssessmentRow) -> bool:
        if self._stage is not None and row.stage is not self._stage:
            return False
        if self._mine and row.id not in self._listing.waiting:
            return False
        if not self._words:
            return True
        haystack = self._haystacks.get(row.id)
        if haystack is None:
            category = self._listing.places.category(row.category)
            haystack = "\n".join((row.site_name, category.zh, category.en, *row.assessors)).casefold()
            self._haystacks[row.id] = haystack
        return all(word in haystack for word in self._words)


def _place(row: AssessmentRow) -> tuple[int, float]:
    """Put open ones first, and within a stage the newest."""
    return ASSESSMENT_STAGES.index(row.stage), -row.started_at.timestamp()


def _alignment(column: AssessmentsColumn) -> Qt.AlignmentFlag:
    right = column in (AssessmentsColumn.ANSWERED, AssessmentsColumn.SCORE)
    return (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter

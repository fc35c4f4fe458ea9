"""The columns of the grid, and what their cells show."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.models.desk_items_model import ItemState, minus
from ui.models.tool_tips import literal
from wufei_cells.domain.amounts import printed
from wufei_cells.services.measure_wording import score_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.desk.grid_lines import GridLine
    from ui.i18n import I18n
    from ui.theme import Theme

ROLE = Qt.ItemDataRole


class GridColumn(IntEnum):
    """The columns, in the order they stand."""

    NUMBER = 0
    ITEM = 1
    FULL = 2
    ANSWER = 3
    POINTS = 4
    LOST = 5
    NOTE = 6
    ASIDE = 7
    EVIDENCE = 8
    AUTHOR = 9
    AT = 10


TITLES: dict[GridColumn, str] = {
    GridColumn.NUMBER: "desk.grid.number",
    GridColumn.ITEM: "desk.grid.item",
    GridColumn.FULL: "desk.grid.full",
    GridColumn.ANSWER: "desk.grid.answer",
    GridColumn.POINTS: "desk.grid.points",
    GridColumn.LOST: "desk.grid.lost",
    GridColumn.NOTE: "desk.grid.note",
    GridColumn.ASIDE: "desk.grid.aside",
    GridColumn.EVIDENCE: "desk.grid.evidence",
    GridColumn.AUTHOR: "desk.grid.author",
    GridColumn.AT: "desk.grid.at",
}
FIGURES = (GridColumn.FULL, GridColumn.POINTS, GridColumn.LOST, GridColumn.EVIDENCE)
MARKED = (ItemState.CONFLICT, ItemState.RECHECK, ItemState.UNSAVED)
"""States that are shown beside an answer although its text does not tell them."""


class GridCells:
    """Says what a cell shows, how it looks, and what is read out."""

    def __init__(self, i18n: I18n, theme: Theme) -> None:
        self._i18n = i18n
        self._theme = theme

    def text(self, line: GridLine, column: GridColumn) -> str:
        """Write what stands in a cell."""
        writers: dict[GridColumn, Callable[[], str]] = {
            GridColumn.NUMBER: lambda: line.number,
            GridColumn.ITEM: lambda: line.title,
            GridColumn.FULL: lambda: "" if line.full is None else printed(line.full),
            GridColumn.ANSWER: lambda: line.answer,
            GridColumn.POINTS: lambda: _points(line),
            GridColumn.LOST: lambda: "" if line.lost is None else printed(line.lost),
            GridColumn.NOTE: lambda: line.note.replace("\n", " "),
            GridColumn.ASIDE: lambda: self._aside(line),
            GridColumn.EVIDENCE: lambda: "" if line.evidence is None else str(line.evidence),
            GridColumn.AUTHOR: lambda: line.author,
            GridColumn.AT: lambda: "" if line.at is None else self._i18n.moment(line.at),
        }
        return writers[column]()

    def value(self, line: GridLine, column: GridColumn, role: int, *, written: bool) -> object:
        """Give what a role asks for; ``written`` tells whether anything may be written in the assessment."""
        values: dict[int, Callable[[], object]] = {
            ROLE.DisplayRole: lambda: self.text(line, column),
            ROLE.EditRole: lambda: line.note if column is GridColumn.NOTE else self.text(line, column),
            ROLE.ToolTipRole: lambda: literal(self._tip(line, column)),
            ROLE.AccessibleTextRole: lambda: self._spoken(line, column),
            ROLE.TextAlignmentRole: lambda: alignment(column),
            ROLE.FontRole: lambda: self._theme.font("body", bold=line.heading),
            ROLE.BackgroundRole: lambda: self._theme.color("raised") if line.heading else None,
            ROLE.ForegroundRole: lambda: self._theme.color(_color(line, column, written=written)),
            ROLE.DecorationRole: lambda: self._mark(line, column),
        }
        return values[role]() if role in values else None

    def _aside(self, line: GridLine) -> str:
        """Say why nothing is asked: somebody set it aside, or the facts of the site leave it out."""
        if line.excluded:
            return self._i18n.tr("desk.grid.is_excluded")
        return self._i18n.tr("desk.grid.is_aside") if line.set_aside else ""

    def _tip(self, line: GridLine, column: GridColumn) -> str:
        if problem := _problem(line, column):
            return problem
        return line.note if column is GridColumn.NOTE else self.text(line, column)

    def _spoken(self, line: GridLine, column: GridColumn) -> str:
        text = self.text(line, column)
        if column is not GridColumn.ANSWER or line.heading:
            return " ".join(filter(None, (text, _problem(line, column))))
        return " ".join(
            filter(None, (line.number, text, self._i18n.tr(f"desk.state_{line.state.value}"), line.problem))
        )

    def _mark(self, line: GridLine, column: GridColumn) -> object:
        if column is GridColumn.ANSWER and not line.heading and (line.problem or line.state in MARKED):
            return self._theme.icon(*line.look)
        if column is GridColumn.ANSWER and line.locked:
            return self._theme.icon("lock", "muted")
        return self._theme.icon("alert", "failed") if column is GridColumn.NOTE and line.note_problem else None


def alignment(column: GridColumn) -> int:
    """Align figures at the right."""
    side = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _problem(line: GridLine, column: GridColumn) -> str:
    """Say what is wrong with what stands in a cell."""
    return {GridColumn.ANSWER: line.problem, GridColumn.NOTE: line.note_problem}.get(column, "")


def _points(line: GridLine) -> str:
    if line.points is None:
        return ""
    return minus(line.points) if line.taken else score_text(line.points)


def _color(line: GridLine, column: GridColumn, *, written: bool) -> str:
    if line.heading:
        return "text"
    if _problem(line, column):
        return "failed"
    if column is GridColumn.ANSWER and line.set_aside:
        return "not_applicable"
    if column is GridColumn.LOST and line.lost:
        return "attention"
    if written and not line.editable:
        return "not_applicable"
    return "text" if column in (GridColumn.ITEM, GridColumn.ANSWER, GridColumn.POINTS, GridColumn.NOTE) else "muted"

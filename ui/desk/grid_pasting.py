"""Carrying tables between the grid and spreadsheets: all that is wrong is told at once, and nothing written before."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from ui.desk.grid_cells import TITLES, GridColumn
from ui.desk.grid_clipboard import FIELDS, Field, Pasted, as_html, as_text, recognized
from ui.desk.part_names import named_part
from ui.dialogs.problems_dialog import ProblemsDialog
from ui.widgets.pasted_cells import pasted_cells
from wufei_cells.domain.text import LANGUAGES
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.scoring.answer_notation import read
from wufei_cells.scoring.notation_text import folded

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext
    from ui.desk.grid_lines import GridLine
    from ui.desk.grid_model import GridModel
    from ui.desk.grid_table import GridTable
    from ui.models.scoring_session import ScoringSession

COLUMN_OF: dict[Field, GridColumn] = {
    "number": GridColumn.NUMBER,
    "item": GridColumn.ITEM,
    "answer": GridColumn.ANSWER,
    "points": GridColumn.POINTS,
    "note": GridColumn.NOTE,
}


@dataclass(slots=True)
class Placed:
    """Where the lines of a pasted table go, and what is wrong with them."""

    answers: dict[str, str] = field(default_factory=dict[str, str])
    notes: dict[str, str] = field(default_factory=dict[str, str])
    unread: dict[str, str] = field(default_factory=dict[str, str])
    """Answers that do not fit, by item: they go into their cells to be mended there."""
    problems: list[Problem] = field(default_factory=list[Problem])

    @property
    def count(self) -> int:
        """Count the entries that something is written for."""
        return len({**self.answers, **self.notes})


class GridPasting(QObject):
    """Copies the selection of the grid, and writes what was copied elsewhere."""

    def __init__(
        self, context: AppContext, session: ScoringSession, model: GridModel, table: GridTable, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._context = context
        self._session = session
        self._model = model
        self._table = table
        self._owner = owner
        table.copy_requested.connect(self.copy)
        table.paste_requested.connect(self.paste)

    # --- copying

    def copy(self) -> None:
        """Put the selected rows on the clipboard as a table; cells of one column go by themselves."""
        lines = [line for line in map(self._model.line_of, self._table.selected_keys()) if line is not None]
        if not lines:
            return
        columns = {index.column() for index in self._table.selectedIndexes()}
        alone = len(columns) == 1
        if alone:
            rows = [[self._whole_text(line, GridColumn(next(iter(columns))))] for line in lines]
        else:
            titles = [self._context.i18n.tr(TITLES[COLUMN_OF[name]]) for name in FIELDS]
            rows = [titles, *([self._whole_text(line, COLUMN_OF[name]) for name in FIELDS] for line in lines)]
        data = QMimeData()
        data.setText(as_text(rows))
        data.setHtml(as_html(rows, headed=not alone))
        QGuiApplication.clipboard().setMimeData(data)

    def _whole_text(self, line: GridLine, column: GridColumn) -> str:
        return line.note if column is GridColumn.NOTE else self._model.cells.text(line, column)

    # --- pasting

    def paste(self) -> None:
        """Write the table that is on the clipboard, or say all that is wrong with it."""
        rows = pasted_cells(QGuiApplication.clipboard().text())
        if not rows or not self._session.answerable:
            return
        numbers = self._numbers()
        items = frozenset(folded(line.title) for line in map(self._model.line_of, numbers.values()) if line)
        lines = recognized(rows, self._titles(), frozenset(numbers), items)
        if lines is None:
            self._context.notices.post(self._context.i18n.tr("desk.grid.paste_unclear"), "attention")
            return
        placed = self._placed(lines, numbers)
        if placed.problems:
            self._show_problems(placed)
        elif placed.count:
            self._write(placed)

    def _titles(self) -> dict[Field, frozenset[str]]:
        """Give what columns may be called, in both languages."""
        spoken = [self._context.i18n.wording.speaking(language) for language in LANGUAGES]
        found: dict[Field, frozenset[str]] = {}
        for name in FIELDS:
            own = [wording.say(TITLES[COLUMN_OF[name]]) for wording in spoken]
            others = [word for wording in spoken for word in wording.say(f"desk.grid.also_{name}").split("|")]
            found[name] = frozenset(map(folded, (*own, *others)))
        return found

    def _numbers(self) -> dict[str, str]:
        """Give the entries by number and by key; a number that stands for several names none."""
        sheet = self._session.sheet
        entries = list(sheet.checklist.entries()) if sheet else []
        found: dict[str, str] = {}
        several: set[str] = set()
        for entry in entries:
            for name in {folded(entry.number), folded(f"{entry.number}★")} - {""}:
                if found.setdefault(name, entry.key) != entry.key:
                    several.add(name)
        return {name: key for name, key in found.items() if name not in several} | {
            folded(entry.key): entry.key for entry in entries
        }

    def _placed(self, lines: list[Pasted], numbers: dict[str, str]) -> Placed:
        placed = Placed()
        targets = self._targets(lines)
        seen: dict[str, int] = {}
        for place, line in enumerate(lines):
            key = numbers.get(folded(line.number), "") if line.number else targets[place : place + 1]
            for one in [key] if isinstance(key, str) else key or [""]:
                self._place(placed, line, one, seen)
        if len(lines) == 1 and not lines[0].number:
            for key in targets[1:]:
                self._place(placed, lines[0], key, seen)  # one value for all selected rows
        return placed

    def _targets(self, lines: list[Pasted]) -> list[str]:
        """Give the rows that lines without a number go to: those selected, else from the current one on."""
        selected, keys = self._table.selected_keys(), self._model.keys()
        if len(selected) > 1 or len(lines) == 1:
            return selected
        current = self._table.current_key
        return keys[keys.index(current) :] if current in keys else []

    def _place(self, placed: Placed, line: Pasted, key: str, seen: dict[str, int]) -> None:
        """Put one line where it belongs, or say why it cannot be put there."""
        if not line.answer and not line.note and (key or not line.number):
            return  # nothing to write; an empty line without a number leaves out its row
        problem = self._out_of_place(line, key, seen)
        if problem is not None:
            self._wrong(placed, line, key, problem)
            return
        seen[key] = line.line
        if line.note:
            placed.notes[key] = line.note
        if line.answer:
            self._place_answer(placed, line, key)

    def _out_of_place(self, line: Pasted, key: str, seen: dict[str, int]) -> Problem | None:
        if not key:
            code = "desk.grid.paste_unknown" if line.number else "desk.grid.paste_no_row"
            return Problem(code, "", {"number": line.number, "found": line.answer or line.note})
        if key in seen:
            return Problem("desk.grid.paste_twice", "", {"line": seen[key]})
        return None if self._model.answers.editable(key) else Problem("desk.grid.paste_closed")

    def _place_answer(self, placed: Placed, line: Pasted, key: str) -> None:
        entry, sheet = self._model.answers.entry(key), self._session.sheet
        assert entry is not None
        assert sheet is not None
        try:
            read(sheet.checklist, entry, line.answer, on=sheet.on)
        except ProblemsFound as found:
            placed.unread[key] = line.answer
            for problem in found.problems:
                self._wrong(placed, line, key, problem)
        else:
            placed.answers[key] = line.answer

    def _wrong(self, placed: Placed, line: Pasted, key: str, problem: Problem) -> None:
        entry = self._model.answers.entry(key) if key else None
        part, problem = named_part(entry, problem, self._session.text) if entry else ("", problem)
        number = " ".join(filter(None, (entry.number or entry.key if entry else line.number, part)))
        place = self._context.i18n.tr("desk.grid.paste_line", line=line.line, number=number).strip()
        placed.problems.append(Problem(problem.code, place, problem.values))

    # --- what comes of it

    def _write(self, placed: Placed) -> None:
        self._model.answers.enter({**placed.answers, **placed.unread}, placed.notes)
        told = self._context.i18n.tr("desk.grid.pasted", count=placed.count)
        self._context.notices.post(told, "passed", partial(self._session.undo, ""))

    def _show_problems(self, placed: Placed) -> None:
        tr = self._context.i18n.tr
        found = ProblemsFound(placed.problems, subject=tr("desk.grid.clipboard"))
        dialog = ProblemsDialog(
            self._context, tr("desk.grid.clipboard"), found, self._owner.window(), readable=placed.count > 0
        )
        dialog.setWindowTitle(tr("desk.grid.paste_problems"))
        dialog.hint_label.setText(tr("desk.grid.paste_hint" if placed.count else "desk.grid.paste_hint_none"))
        dialog.open_button.setText(tr("desk.grid.paste_rest", count=placed.count))
        dialog.opening_requested.connect(partial(self._write, placed))
        dialog.open()

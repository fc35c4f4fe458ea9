"""Read the cells of a row into the fields of an entity, and note what is wrong with any of them."""

from __future__ import annotations

from collections.abc import Sequence

from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.workbooks.authoring.cell_forms import CellForms, in_braces
from wufei_cells.workbooks.authoring.condition_text import SheetTextError
from wufei_cells.workbooks.authoring.sheets import Form, SheetColumn
from wufei_cells.workbooks.reading.cells import Cell, CellKind
from wufei_cells.workbooks.sheet_source import Line, Notes, Spot

Fields = dict[str, Data]
_WITHOUT_FIELD = (Form.SPECIAL, Form.MORE, Form.RULE)


class EntityReader:
    """Reads rows."""

    def __init__(self, forms: CellForms, notes: Notes) -> None:
        self.forms = forms
        self.notes = notes

    def entity(self, columns: Sequence[SheetColumn], line: Line, path: Path) -> Fields:
        """Read the fields that stand in some columns; the entity belongs at ``path``."""
        self.notes.spots[path] = line.start
        entity: Fields = {}
        for column in columns:
            if column.form in _WITHOUT_FIELD or not column.path:
                continue
            here = (*path, *column.path)
            spot = line.spot(column.name)
            self.notes.spots[here] = spot
            for length in range(len(path) + 1, len(here)):
                self.notes.spots.setdefault(here[:length], spot)
            if column.name in line.absent:
                self.notes.silenced.add(here)
                self.notes.silenced.add(here[: len(path) + 1])
            cell = line.cells.get(column.name)
            value = self._value(column, cell, here, spot) if cell else None
            if value is not None:
                _set(entity, column.path, value)
        return merged(entity, self.more(line, path))

    def more(self, line: Line, path: Path) -> Fields:
        """Read what has no column."""
        cell = line.cells.get("more")
        if cell is None:
            return {}
        try:
            data = in_braces(cell.text)
        except SheetTextError as error:
            self.notes.problem((*path, "more"), line.spot("more"), error.code, **error.values)
            return {}
        if not isinstance(data, dict):
            self.notes.problem((*path, "more"), line.spot("more"), "authoring.braces", found=cell.text[:40])
            return {}
        return data

    def readable(self, cell: Cell, path: Path, spot: Spot) -> bool:
        """Whether a cell holds something to read: no error, no picture, no formula without a result."""
        if cell.kind is CellKind.ERROR:
            self.notes.problem(path, spot, "authoring.cell_error", found=cell.text[:40])
        elif cell.kind is CellKind.NO_RESULT:
            self.notes.problem(path, spot, "authoring.no_result", found=cell.text[:40])
        elif cell.kind is CellKind.PICTURE:
            self.notes.caution(spot, "authoring.picture")
        return cell.kind in (CellKind.TEXT, CellKind.NUMBER, CellKind.DATE)

    def _value(self, column: SheetColumn, cell: Cell, path: Path, spot: Spot) -> Data:
        if not self.readable(cell, path, spot):
            return None
        if cell.kind is CellKind.DATE and column.form is not Form.DATE:
            self.notes.caution(spot, "authoring.date_in_text", found=cell.text)
        try:
            return self.forms.read(column, cell)
        except SheetTextError as error:
            self.notes.problem(path, spot, error.code, **error.values)
            return cell.text.strip()


def merged(entity: Fields, more: Fields) -> Fields:
    """Put fields from columns and from braces together."""
    result = dict(entity)
    for name, value in more.items():
        there = result.get(name)
        result[name] = merged(there, value) if isinstance(there, dict) and isinstance(value, dict) else value
    return result


def _set(entity: Fields, path: Path, value: Data) -> None:
    holder = entity
    for step in path[:-1]:
        inner = holder.setdefault(str(step), {})
        if not isinstance(inner, dict):
            return
        holder = inner
    holder[str(path[-1])] = value

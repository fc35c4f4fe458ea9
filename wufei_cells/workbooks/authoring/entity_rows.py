"""One entity of a checklist as the cells of a row: each field in its column, and what has no column in braces.

Nothing is lost: a field is written in its column only where reading the cell gives the same again.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence

from wufei_cells.checklists.defaults import is_empty
from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.workbooks.authoring.cell_forms import CellForms, braces
from wufei_cells.workbooks.authoring.condition_text import SheetTextError
from wufei_cells.workbooks.authoring.sheets import Form, SheetColumn
from wufei_cells.workbooks.cell_text import LONGEST, clean_text
from wufei_cells.workbooks.reading.cells import Cell

Fields = dict[str, Data]
Row = dict[str, str]
_WITHOUT_FIELD = (Form.SPECIAL, Form.MORE, Form.RULE)


def entity_row(
    forms: CellForms, columns: Sequence[SheetColumn], entity: Mapping[str, Data], elsewhere: Iterable[str] = ()
) -> Row:
    """Write an entity as a row.

    Args:
        forms: how things are written.
        columns: where its fields stand.
        entity: its fields.
        elsewhere: fields that other rows or sheets show.
    """
    rest: Fields = copy.deepcopy({name: value for name, value in entity.items() if name not in set(elsewhere)})
    row: Row = {}
    for column in columns:
        if column.form in _WITHOUT_FIELD or not column.path:
            continue
        _spread(rest, column.path)
        value = _at(rest, column.path)
        text = None if is_empty(value) else forms.written(column, value)
        if text is not None and fits_cell(text) and _reads_back(forms, column, text, value):
            row[column.name] = text
            _remove(rest, column.path)
    if rest := {name: value for name, value in rest.items() if not is_empty(value)}:
        row["more"] = braces(rest)
    return row


def fits_cell(text: str) -> bool:
    """Whether a cell can hold text to the letter."""
    plain = text.replace("_x", "")  # what Excel reads as the code of a character is written in another way
    return clean_text(plain) == plain and text == text.strip() and len(text) < LONGEST // 2


def _reads_back(forms: CellForms, column: SheetColumn, text: str, value: Data) -> bool:
    try:
        return forms.read(column, Cell(text, 1, 1)) == value
    except SheetTextError:
        return False


def _spread(rest: Fields, path: Path) -> None:
    """Text in one language stands where text in two would."""
    *parents, language = path
    if language not in ("zh", "en"):
        return
    holder = _at(rest, tuple(parents[:-1])) if parents else None
    if isinstance(holder, dict) and isinstance(value := holder.get(str(parents[-1])), str):
        holder[str(parents[-1])] = {"zh": value}


def _at(data: Data, path: Path) -> Data:
    for step in path:
        if not isinstance(data, dict):
            return None
        data = data.get(str(step))
    return data


def _remove(rest: Fields, path: Path) -> None:
    """Take a field out, and what is empty without it."""
    holder = _at(rest, path[:-1])
    if isinstance(holder, dict):
        holder.pop(str(path[-1]), None)
        if not holder and len(path) > 1:
            _remove(rest, path[:-1])


def list_of_fields(data: Data) -> list[Fields] | None:
    """Give a list in which every entry has fields, which rows can show."""
    if not isinstance(data, list) or not data:
        return None
    entries = [entry for entry in data if isinstance(entry, dict) and entry]
    return entries if len(entries) == len(data) else None

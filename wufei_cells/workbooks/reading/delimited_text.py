"""Read a table from a text file (.csv, .tsv, .txt), whatever stands between the cells and however it is encoded."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import PurePath

from wufei_cells.domain.amounts import plain
from wufei_cells.workbooks.reading.cells import MOST_COLUMNS, MOST_ROWS, Cell, CellKind, SheetCells, text_cell
from wufei_cells.workbooks.reading.limits import MILLION, Limits
from wufei_cells.workbooks.reading.refusals import Room, refusal
from wufei_cells.workbooks.reading.text_encodings import decoded

_DELIMITERS = "\t;,"
"""In the order of trust: a comma also stands in texts and, in half of the world, in numbers."""
_LOOKED_AT = 200
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?")
_PERCENT = re.compile(r"(-?(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?) ?%")
_AS_TEXT = re.compile(r'="([^"]*)"')
"""How programs keep Excel from making a number of a text."""
_DIGITS = 15


def read_text(content: bytes, name: str, limits: Limits) -> SheetCells:
    """Read a text file as one sheet.

    Raises:
        ProblemsFound: it is too large, or no table.
    """
    if len(content) > limits.text:
        raise refusal("workbook.text_too_large", name, limit=limits.text // MILLION)
    text = decoded(content)
    if text is None:
        raise refusal("workbook.unknown", name)
    delimiter, text = _delimiter(text)
    room = Room(name, cells=limits.cells, areas=0, marks=limits.marks)
    sheet = SheetCells(PurePath(name).stem)
    try:
        for row, values in enumerate(_rows(text, delimiter), start=1):
            if row > MOST_ROWS or len(values) > MOST_COLUMNS:
                raise refusal("workbook.text_too_wide", name, line=row)
            room.take_marks(len(values))
            cells = {at: cell for at, value in enumerate(values, start=1) if (cell := _cell(value, row, at))}
            if cells:
                room.take_cells(len(cells))
                sheet.rows[row] = cells
    except csv.Error:
        raise refusal("workbook.text_broken", name, line=max(sheet.rows, default=0) + 1) from None
    return sheet


def _delimiter(text: str) -> tuple[str, str]:
    """Tell what stands between the cells: what most rows have equally often, and the first row, too."""
    if text[:4].lower() == "sep=" and len(text) > 5 and text[5] in "\r\n":  # Excel's own way to say it
        return text[4], text[6:].lstrip("\n")
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            counts = [len(row) for row in islice(_rows(text[:200_000], delimiter), _LOOKED_AT) if any(row)]
        except csv.Error:
            continue
        if not counts or max(counts) < 2:
            continue
        usual, times = Counter(counts).most_common(1)[0]
        evenness = (times / len(counts)) * (usual > 1) + (counts[0] > 1)
        if evenness > most:
            best, most = delimiter, evenness
    return best, text


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(_lines(text, delimiter), delimiter=delimiter)


def _lines(text: str, delimiter: str) -> Iterator[str]:
    """Give the lines with their ends; one that would make too many cells is cut, and refused by its number."""
    begin = 0
    while begin < len(text):
        end = text.find("\n", begin) + 1 or len(text)
        line = text[begin:end]
        if line.count(delimiter) > MOST_COLUMNS:
            line = delimiter * (MOST_COLUMNS + 1)
        yield line.replace("\r\n", "\n").replace("\r", "\n") if line.count("\r") < 2 else line.replace("\r", " ")
        begin = end


def _cell(value: str, row: int, column: int) -> Cell | None:
    """Make a cell. Only what can be nothing but a number becomes one: 007 and long numbers of documents stay texts."""
    if found := _AS_TEXT.fullmatch(value):
        return text_cell(found[1], row, column)
    bare = value.strip()
    if _NUMBER.fullmatch(bare) and sum(map(str.isdigit, bare)) <= _DIGITS:
        return Cell(plain(Decimal(bare)), row, column, CellKind.NUMBER)
    if found := _PERCENT.fullmatch(bare):
        return Cell(plain(Decimal(found[1]) / 100), row, column, CellKind.NUMBER, percent=True)
    return text_cell(value, row, column)

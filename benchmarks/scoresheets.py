"""Scoresheets: written against the libraries alone that write the same cells, and a hundred of them looked at again.

The bare writers put the values and formulas of one of our sheets into cells with a border and wrapped text; they write
no notes, no merged areas, no limits for what is typed, no protection, no heights.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Side
from xlsxwriter import Workbook as XlsxWorkbook

from benchmarks.register import filled_workspace
from benchmarks.result import Result
from wufei_cells import shipped
from wufei_cells.services import browsing, exporting, importing_scoresheets
from wufei_cells.services.workspace import Workspace
from wufei_cells.wording import Wording

SHEETS = 100
ROUNDS = 12
Cells = list[list[list[Any]]]
"""By sheet, row and column; ``None`` for nothing, text that begins with a sign of equality for a formula."""


def run() -> Iterator[Result]:
    """Measure writing and looking."""
    wording = Wording(shipped.wording_catalogue(), "zh")
    with tempfile.TemporaryDirectory() as folder:
        workspace, _last = filled_workspace(Path(folder), assessments=SHEETS + 1)
        try:
            yield from _measured(workspace, wording)
        finally:
            workspace.close()


def _measured(workspace: Workspace, wording: Wording) -> Iterator[Result]:
    rows = [row.id for row in browsing.list_assessments(workspace) if row.answered][:SHEETS]
    content = exporting.scoresheet(workspace, rows[0], wording)
    cells = _cells(content)
    count = len(cells[0])
    ours = _median(lambda: exporting.scoresheet(workspace, rows[0], wording))
    for name, write in WRITERS.items():
        yield Result(f"scoresheet of {count} rows: ours / {name}", ours, _median(lambda write=write: write(cells)))
    files = [
        (f"{number}.xlsx", _filled(exporting.scoresheet(workspace, row, wording))) for number, row in enumerate(rows)
    ]
    start = time.perf_counter()
    found = importing_scoresheets.preview(workspace, files, wording)
    whole = (time.perf_counter() - start) * 1000
    assert sum(len(sheet.changes) for sheet in found.sheets) >= len(files), "every sheet says something new"
    start = time.perf_counter()
    for _name, file in files:
        _values(file)
    bare = (time.perf_counter() - start) * 1000
    yield Result(f"preview of {len(files)} filled sheets / values by openpyxl", whole, bare)


def _median(work: Callable[[], object]) -> float:
    work()
    times: list[float] = []
    for _round in range(ROUNDS):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def _cells(content: bytes) -> Cells:
    book = load_workbook(BytesIO(content))
    return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets]


def _values(content: bytes) -> int:
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    return sum(1 for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for _value in row)


def _filled(content: bytes) -> bytes:
    """Change a note in a sheet, as a clerk would."""
    book, target = load_workbook(BytesIO(content)), BytesIO()
    sheet: Any = book.worksheets[0]
    names = next(row for row in sheet.iter_rows() if row[0].value == "number")
    places = {cell.value: cell.column for cell in names}
    key = next(cell for cell in next(sheet.iter_cols(places["key"], places["key"])) if "entry:" in str(cell.value))
    sheet.cell(key.row, places["note"]).value = "现场核实"
    book.save(target)
    return target.getvalue()


# --- the libraries alone

_SIDE = Side(style="thin")
_LOOK: dict[str, Any] = {"border": Border(_SIDE, _SIDE, _SIDE, _SIDE), "alignment": Alignment(wrap_text=True)}


def _openpyxl(cells: Cells) -> bytes:
    book, target = Workbook(), BytesIO()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(cells):
        sheet: Any = book.create_sheet(f"S{number}")
        for place, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(place, column, value)
                cell.border, cell.alignment = _LOOK["border"], _LOOK["alignment"]
    book.save(target)
    return target.getvalue()


def _openpyxl_write_only(cells: Cells) -> bytes:
    book, target = Workbook(write_only=True), BytesIO()
    for number, rows in enumerate(cells):
        sheet: Any = book.create_sheet(f"S{number}")
        for row in rows:
            line: list[Any] = []
            for value in row:
                cell = WriteOnlyCell(sheet, value)
                cell.border, cell.alignment = _LOOK["border"], _LOOK["alignment"]
                line.append(cell)
            sheet.append(line)
    book.save(target)
    return target.getvalue()


def _xlsxwriter(cells: Cells) -> bytes:
    target = BytesIO()
    with XlsxWorkbook(target, {"in_memory": True}) as book:
        look = book.add_format({"border": 1, "text_wrap": True})
        for number, rows in enumerate(cells):
            sheet = book.add_worksheet(f"S{number}")
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row, look)
    return target.getvalue()


WRITERS: dict[str, Callable[[Cells], bytes]] = {
    "bare openpyxl": _openpyxl,
    "bare openpyxl, write-only": _openpyxl_write_only,
    "bare XlsxWriter": _xlsxwriter,
}

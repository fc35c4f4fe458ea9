"""Read a workbook of LibreOffice, OpenOffice or another program that writes OpenDocument (.ods).

Such a file states how often a row or a cell is repeated: a line of it may mean a million rows. What is empty costs
nothing here, and what is not empty is counted before it is repeated.
"""

from __future__ import annotations

from wufei_cells.errors import Problem
from wufei_cells.workbooks.reading.cells import SheetCells
from wufei_cells.workbooks.reading.ods_cells import OdsSheets
from wufei_cells.workbooks.reading.refusals import refusal
from wufei_cells.workbooks.reading.xlsx_workbook import Content
from wufei_cells.workbooks.reading.zip_parts import ZipParts

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_LOCKED = ("encryption-data", "encrypted-package")


def read_ods(file: ZipParts) -> Content:
    """Read all sheets, hidden ones too; the pictures are left.

    Raises:
        ProblemsFound: it has a password, is damaged, or too large.
    """
    names = file.names()
    if "encrypted-package" in names or _is_locked(file):
        raise refusal("workbook.password", file.name)
    reader = OdsSheets(file.room, file.limits.sheets)
    file.feed(_CONTENT, reader)
    if not reader.sheets:
        raise refusal("workbook.no_sheets", file.name)
    found = {
        "workbook.note_pictures_left": any(name.startswith("pictures/") for name in names),
        "workbook.note_macros": any(name.startswith(("basic/", "scripts/")) for name in names),
        "workbook.note_links": reader.has_links,
        "workbook.note_embedded": any(name.startswith("object ") for name in names),
    }
    sheets: tuple[SheetCells, ...] = tuple(reader.sheets)
    return Content(sheets, (), tuple(Problem(code, file.name) for code, is_there in found.items() if is_there))


def _is_locked(file: ZipParts) -> bool:
    return _MANIFEST in file and any(True for _element in file.elements(_MANIFEST, *_LOCKED))

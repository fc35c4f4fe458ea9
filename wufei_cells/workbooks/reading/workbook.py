"""The one door for workbooks that anybody may have made: what they hold, or a sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wufei_cells.errors import Problem
from wufei_cells.workbooks.reading.cells import SheetCells
from wufei_cells.workbooks.reading.delimited_text import read_text
from wufei_cells.workbooks.reading.file_kinds import FileKind, file_kind, zip_kind
from wufei_cells.workbooks.reading.limits import MILLION, USUAL, Limits
from wufei_cells.workbooks.reading.ods_workbook import read_ods
from wufei_cells.workbooks.reading.ole_file import OleFault, OleFile
from wufei_cells.workbooks.reading.pictures import PlacedPicture
from wufei_cells.workbooks.reading.refusals import damaged, refusal
from wufei_cells.workbooks.reading.xls_workbook import STREAMS, read_xls
from wufei_cells.workbooks.reading.xlsb_workbook import read_xlsb
from wufei_cells.workbooks.reading.xlsx_workbook import Content, read_xlsx
from wufei_cells.workbooks.reading.zip_parts import ZipParts

_DOCUMENTS = ("worddocument",)
_SLIDES = ("powerpoint document",)


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """What a workbook holds."""

    format: str
    """What the file is by its content: xlsx, xls, xlsb, ods, csv."""
    sheets: tuple[SheetCells, ...]
    """All sheets with cells, in their order, hidden ones too."""
    pictures: tuple[PlacedPicture, ...]
    notes: tuple[Problem, ...]
    """What was passed over without harm: macros, links, pictures that could not be taken."""


def read_workbook(content: bytes, name: str, limits: Limits = USUAL, *, with_pictures: bool = True) -> ReadWorkbook:
    """Read a workbook of Excel, WPS or LibreOffice, or a table in a text file. Its name does not matter.

    Args:
        content: the bytes of the file.
        name: what the file is called, for what is told of it.
        limits: how large it may be.
        with_pictures: whether its pictures are wanted.

    Raises:
        ProblemsFound: it cannot be read; the sentence says what it is and what to do.
    """
    check_size(len(content), name, limits)
    kind = file_kind(content)
    match kind:
        case FileKind.ZIP:
            return _read_zip(ZipParts(content, name, limits), with_pictures=with_pictures)
        case FileKind.OLE:
            return _read_ole(content, name, limits)
        case FileKind.TEXT:
            sheet = read_text(content, name, limits)
            return ReadWorkbook("csv", (sheet,), (), (Problem("workbook.note_read_from_text", name),))
        case _:
            raise refusal(f"workbook.{kind.value}", name)


def read_workbook_file(path: Path, limits: Limits = USUAL, *, with_pictures: bool = True) -> ReadWorkbook:
    """Read a workbook from the disk; one that is too large is refused without being read.

    Raises:
        ProblemsFound: it cannot be read; the sentence says what it is and what to do.
        OSError: the machine does not give the file.
    """
    return read_workbook(file_content(path, limits), path.name, limits, with_pictures=with_pictures)


def file_content(path: Path, limits: Limits = USUAL) -> bytes:
    """Give the bytes of a file, unless there are too many: then it is refused without being read.

    Raises:
        ProblemsFound: it is too large.
        OSError: the machine does not give the file.
    """
    check_size(path.stat().st_size, path.name, limits)
    with path.open("rb") as stream:
        content = stream.read(limits.file + 1)  # the file may have grown, or be none that has a size
    check_size(len(content), path.name, limits)
    return content


def check_size(size: int, name: str, limits: Limits = USUAL) -> None:
    """Refuse a file that is too large.

    Raises:
        ProblemsFound: it is.
    """
    if size > limits.file:
        raise refusal("workbook.file_too_large", name, limit=limits.file // MILLION)


def _read_zip(file: ZipParts, *, with_pictures: bool) -> ReadWorkbook:
    kind = zip_kind(file)
    match kind:
        case "xlsx":
            return _with_notes(kind, read_xlsx(file, with_pictures=with_pictures), file.name)
        case "xlsb":
            return _with_notes(kind, read_xlsb(file, with_pictures=with_pictures), file.name)
        case "ods":
            return _with_notes(kind, read_ods(file), file.name)
        case _:
            raise refusal(f"workbook.{kind}", file.name)


def _read_ole(content: bytes, name: str, limits: Limits) -> ReadWorkbook:
    try:
        top = OleFile(content).top
    except OleFault:
        raise damaged(name) from None
    if "encryptedpackage" in top:
        raise refusal("workbook.password", name)
    if any(stream.lower() in top for stream in STREAMS):
        return _with_notes("xls", read_xls(content, name, limits), name)
    if any(stream in top for stream in _DOCUMENTS):
        raise refusal("workbook.document", name)
    if any(stream in top for stream in _SLIDES):
        raise refusal("workbook.presentation", name)
    raise refusal("workbook.unknown_ole", name)


def _with_notes(kind: str, content: Content, name: str) -> ReadWorkbook:
    codes = {"xls": "workbook.note_read_from_xls", "ods": "workbook.note_read_from_ods"}
    source = (Problem(codes[kind], name),) if kind in codes else ()
    return ReadWorkbook(kind, content.sheets, content.pictures, (*source, *content.notes))

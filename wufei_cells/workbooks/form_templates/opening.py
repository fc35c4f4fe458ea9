"""Open the file of an office's own workbook: what is none, or brings more than cells, is refused with a remedy."""

from __future__ import annotations

from wufei_cells.workbooks.reading.file_kinds import FileKind, file_kind, zip_kind
from wufei_cells.workbooks.reading.limits import MILLION, Limits
from wufei_cells.workbooks.reading.ole_file import OleFault, OleFile
from wufei_cells.workbooks.reading.refusals import refusal, too_large
from wufei_cells.workbooks.reading.workbook import check_size
from wufei_cells.workbooks.reading.xls_workbook import STREAMS
from wufei_cells.workbooks.reading.zip_parts import ZipParts

LIMITS = Limits(file=20 * MILLION, content=40 * MILLION, marks=4 * MILLION)
"""A form is small; here pictures count, because everything is written again."""
CONTENT_TYPES = "[content_types].xml"


def open_template(content: bytes, name: str) -> ZipParts:
    """Open a workbook that is to be filled in.

    Raises:
        ProblemsFound: it is no .xlsx file, has a password, or is too large.
    """
    check_size(len(content), name, LIMITS)
    kind = file_kind(content)
    if kind is FileKind.OLE:
        raise refusal(_code_of_ole(content), name)
    if kind is not FileKind.ZIP:
        raise refusal("workbook.no_workbook" if kind is FileKind.TEXT else f"workbook.{kind.value}", name)
    file = ZipParts(content, name, LIMITS)
    match zip_kind(file):
        case "xlsx":
            return file
        case "ods" | "xlsb":
            raise refusal("form_template.other_office", name)
        case other:
            raise refusal(f"workbook.{other}", name)


def all_parts(file: ZipParts) -> dict[str, bytes]:
    """Give all parts by name, as they are, in the order of the file.

    Raises:
        ProblemsFound: one is broken, everything together is too large, or there are macros: what goes from hand to
            hand should bring none.
    """
    room, parts = file.limits.content, dict[str, bytes]()
    for name in file.original_names():
        pieces: list[bytes] = []
        for piece in file.pieces(name):
            room -= len(piece)
            if room < 0:
                raise too_large(file.name, file.limits.content)
            pieces.append(piece)
        parts[name] = b"".join(pieces)
    if _has_macros(parts):
        raise refusal("form_template.macros", file.name)
    return parts


def plain(part: str) -> str:
    """Write the name of a part in one way: small and capital letters do not count in it."""
    return part.replace("\\", "/").lstrip("/").lower()


def _has_macros(parts: dict[str, bytes]) -> bool:
    for name, content in parts.items():
        part = plain(name)
        if part.endswith("vbaproject.bin") or part.startswith("xl/macrosheets/"):
            return True
        if part == CONTENT_TYPES and b"macroenabled" in content.lower():
            return True
    return False


def _code_of_ole(content: bytes) -> str:
    try:
        streams = OleFile(content).top
    except OleFault:
        return "workbook.damaged"
    if "encryptedpackage" in streams:
        return "workbook.password"
    is_workbook = any(stream.lower() in streams for stream in STREAMS)
    return "form_template.old_excel" if is_workbook else "workbook.unknown_ole"

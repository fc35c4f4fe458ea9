"""Tell by its content what a file is that somebody sent as a workbook. Its name may say anything."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from wufei_cells.workbooks.reading.text_encodings import decoded

if TYPE_CHECKING:
    from wufei_cells.workbooks.reading.zip_parts import ZipParts

ZIP_BEGINS = b"PK\x03\x04"
OLE_BEGINS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileKind(StrEnum):
    """What a file is."""

    ZIP = "zip"
    OLE = "ole"
    TEXT = "text"
    EMPTY = "empty"
    PDF = "pdf"
    PICTURE = "picture"
    WEB_PAGE = "web_page"
    XML = "xml"
    RICH_TEXT = "document"
    ARCHIVE = "archive"
    OLD_RECORDS = "too_old"
    UNKNOWN = "unknown"


_BEGINNINGS = (
    (ZIP_BEGINS, FileKind.ZIP),
    (OLE_BEGINS, FileKind.OLE),
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"\x89PNG\r\n\x1a\n", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"II*\0", FileKind.PICTURE),
    (b"MM\0*", FileKind.PICTURE),
    (b"{\\rtf", FileKind.RICH_TEXT),
    (b"PK\x05\x06", FileKind.ARCHIVE),
    (b"Rar!", FileKind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"\x09\x00\x04\x00", FileKind.OLD_RECORDS),
    (b"\x09\x02\x06\x00", FileKind.OLD_RECORDS),
    (b"\x09\x04\x06\x00", FileKind.OLD_RECORDS),
    (b"\x09\x08\x08\x00", FileKind.OLD_RECORDS),
    (b"\x09\x08\x10\x00", FileKind.OLD_RECORDS),
)
_TAG = re.compile(r"<[a-z?!]")
_SHEET_MARKS = ("<workbook", "office:spreadsheet", "<office:document")
_PAGE_MARKS = ("<html", "<table", "<meta", "<head", "<body", "<div", "<style")
_SAVED_PAGE = "mime-version:"
_LOOKED_AT = 4_096


def file_kind(content: bytes) -> FileKind:
    """Tell what a file is; what is inside archives is told by their parts."""
    if not content.strip():
        return FileKind.EMPTY
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.PICTURE
    if content[:2] == b"BM" and content[6:10] == bytes(4):
        return FileKind.PICTURE
    return _text_kind(content)


def _text_kind(content: bytes) -> FileKind:
    start = content[:_LOOKED_AT]
    text = decoded(start[: len(start) // 2 * 2]) or start.decode("utf-8", "ignore")
    begin = text.lstrip("\ufeff \t\r\n").lower()
    if begin.startswith(_SAVED_PAGE):
        return FileKind.WEB_PAGE
    if not _TAG.match(begin):
        return FileKind.TEXT
    is_page = any(mark in begin for mark in _PAGE_MARKS) and not any(mark in begin for mark in _SHEET_MARKS)
    return FileKind.WEB_PAGE if is_page else FileKind.XML


def zip_kind(file: ZipParts) -> str:
    """Tell what a zip file is: xlsx, xlsb, ods, or the last word of the sentence that refuses it."""
    if "xl/workbook.bin" in file:
        return "xlsb"
    names = file.names()
    if "mimetype" in file and "content.xml" in file:
        kind = file.read("mimetype")[:200]
        return "ods" if b"opendocument.spreadsheet" in kind else "document"
    if "encrypted-package" in names:
        return "ods"
    if any(name.startswith("word/") for name in names):
        return "document"
    if any(name.startswith("ppt/") for name in names) or "ofd.xml" in names:
        return "presentation"
    return "xlsx" if "[content_types].xml" in names or "xl/workbook.xml" in names else "archive"

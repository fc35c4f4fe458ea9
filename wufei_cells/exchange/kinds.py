"""Tell what a file is that somebody dropped on the window, when it is no package."""

from __future__ import annotations

import re

from wufei_cells.errors import Problem
from wufei_cells.exchange.encryption import is_encrypted

HEAD = 65_536
"""So many bytes from the beginning are looked at."""
TAIL = 262_144
"""And so many from the end of a zip file, where its names stand."""
ZIP = b"PK\x03\x04"
_DATABASE = b"SQLite format 3\0"
_ID_AT, _OUR_ID = slice(68, 72), b"WFCB"
"""Where the head of a SQLite file says whose it is; since schema 5.0 ours say so."""
_OUR_TABLES = re.compile(rb'CREATE TABLE "?act"?\b')
_BEGINNINGS = (
    (b"%PDF-", "package.is_pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "package.is_workbook"),
    (b"\xff\xd8\xff", "package.is_picture"),
    (b"\x89PNG", "package.is_picture"),
    (b"GIF8", "package.is_picture"),
    (b"7z\xbc\xaf\x27\x1c", "package.is_archive"),
    (b"Rar!", "package.is_archive"),
    (b"\x1f\x8b", "package.is_archive"),
    (b"PK\x05\x06", "package.is_archive"),
)
_IN_ZIPS = (
    (b"xl/workbook", "package.is_workbook"),
    (b"word/document", "package.is_document"),
    (b"opendocument", "package.is_document"),
    (b".wufei", "package.is_archive_of_packages"),
)
_TEXTS = (
    (re.compile(r'"?format"?\s*:\s*"?wufei-(checklist|overlay|profile|rules)/'), "package.is_checklist"),
    (re.compile(r'"?format"?\s*:\s*"?wufei-keys?/'), "package.is_key"),
    (re.compile(r'"?format"?\s*:\s*"?wufei-'), "package.is_other_file"),
)


def may_be_package(head: bytes) -> bool:
    """Tell whether a file begins as packages do, encrypted or not."""
    return head.startswith(ZIP) or is_encrypted(head)


def what_instead(head: bytes, tail: bytes, name: str) -> Problem:
    """Say what a file is that is no package, and what to do with it.

    Args:
        head: its first bytes.
        tail: its last bytes; the same as the first in a small file.
        name: what it is called.
    """
    return Problem(_code(head, tail), name)


def _code(head: bytes, tail: bytes) -> str:
    if not head:
        return "package.is_empty"
    if not any(head):
        return "package.is_blank"
    if head.startswith(_DATABASE):
        return "package.is_register" if head[_ID_AT] == _OUR_ID or _OUR_TABLES.search(head) else "package.is_database"
    if head.startswith(ZIP):
        found = next((code for sign, code in _IN_ZIPS if sign in tail or sign in head[:1000]), "")
        return found or ("package.cut_off" if head[30:].startswith(b"manifest.json") else "package.is_archive")
    for sign, code in _BEGINNINGS:
        if head.startswith(sign):
            return code
    return _text_code(head)


def _text_code(head: bytes) -> str:
    cut = "ignore" if len(head) >= HEAD else "strict"  # the last character may have been cut through
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = head.decode(encoding, cut if encoding == "gb18030" or _is_utf8(head) else "strict")
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return next((code for sign, code in _TEXTS if sign.search(text[:20_000])), "package.is_text")
    return "package.is_unknown"


def _is_utf8(head: bytes) -> bool:
    try:
        head[: len(head) - 4 or None].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 8
    return True

"""Find signed texts: in what was pasted, in the bytes of a PDF, in a picture."""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Iterable, Iterator

from wufei_cells.signing.proofs import MARK

_LETTERS = r"[0-9A-Z $%*+\-./:]"
# None of these letters is special in a PDF's strings, so a signed text stands in the file as it is.
_IN_PDF = re.compile(rf"{MARK}{_LETTERS}+".encode())
_MARK_IN_UTF16 = b"\0".join(bytes([letter]) for letter in MARK.encode())
_MARK_IN_OCTAL = rb"WFC1\072"
_OCTAL = re.compile(rb"\\([0-7]{3})")
_STREAM = re.compile(rb"stream\r?\n")
_OBJECTS = b"/ObjStm"
_LONGEST_HEAD = 300
_LARGEST_STREAM = 4 * 1024 * 1024
_BETWEEN = re.compile(rf" +(?={MARK})")
_MARK_IN_LINE = re.compile(rf"(?m)^[ \t\ufeff]*(?={MARK})")


def texts_in_text(text: str) -> tuple[str, ...]:
    """Split what was pasted into signed texts: each begins a line with its mark. Without any, it is one text."""
    starts = [found.end() for found in _MARK_IN_LINE.finditer(text)]
    if not starts:
        return (text,)
    return _once(text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True))


def texts_in_pdf(content: bytes) -> tuple[str, ...]:
    """Scan a PDF for signed texts; they stand in its document information, or in its metadata, uncompressed.

    Where none does, a program may have saved the file anew and packed its objects; then those are looked through.
    """
    found = _texts_in_bytes(content)
    if _MARK_IN_UTF16 in content:  # a program that saved the file anew writes two bytes for each letter
        found += _texts_in_bytes(content.replace(b"\0", b""))
    if _MARK_IN_OCTAL in content:  # another writes all but letters and digits as numbers
        found += _texts_in_bytes(_OCTAL.sub(lambda number: bytes([int(number[1], 8) & 0xFF]), content))
    return _once(found or [text for objects in _packed_objects(content) for text in _texts_in_bytes(objects)])


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """Unpack the object streams of a PDF (ISO 32000-1, 7.5.7), each up to a size that no honest one passes."""
    for found in _STREAM.finditer(content):
        if _OBJECTS in content[max(0, found.start() - _LONGEST_HEAD) : found.start()]:
            with contextlib.suppress(zlib.error):
                yield zlib.decompressobj().decompress(memoryview(content)[found.end() :], _LARGEST_STREAM)


def _texts_in_bytes(content: bytes) -> list[str]:
    runs = (found.group().decode("ascii") for found in _IN_PDF.finditer(content))
    return [text for run in runs for text in _BETWEEN.split(run) if text.strip() != MARK]


def texts_in_picture(gray: bytes, width: int, height: int, *, marks: tuple[str, ...] = (MARK,)) -> tuple[str, ...]:
    """Read the QR codes in a picture that hold signed texts.

    Args:
        gray: one byte a pixel, row by row.
        width: in pixels.
        height: in pixels.
        marks: how the texts begin that are looked for.
    """
    import zxingcpp  # noqa: PLC0415 - only where a picture is read

    view = memoryview(gray).cast("B", (height, width))
    found = zxingcpp.read_barcodes(view, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return _once(code.text for code in found if code.text.startswith(marks))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """Give each text once, without the space around it: a signed text neither begins nor ends with one."""
    return tuple(dict.fromkeys(text.strip() for text in texts))

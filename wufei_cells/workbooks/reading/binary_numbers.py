"""Read numbers and errors as the binary formats of Excel write them, in .xls and .xlsb alike."""

from __future__ import annotations

import struct

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def short_number(written: int) -> float:
    """Read a number of four bytes: a whole number or the front half of a long one, perhaps in hundredths."""
    if written & 2:
        value = float((written >> 2) - ((1 << 30) if written >> 31 else 0))
    else:
        (value,) = struct.unpack("<d", struct.pack("<II", 0, written & 0xFFFF_FFFC))
    return value / 100 if written & 1 else value


def shown(value: float) -> str:
    """Write a number with the 15 digits that Excel shows of it."""
    return f"{value:.15g}"


def error_text(number: int) -> str:
    """Give the sign of an error."""
    return _ERRORS.get(number, "#ERROR!")

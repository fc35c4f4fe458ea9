"""How large a workbook may be that is read. What is larger is refused with a sentence, early and in little memory."""

from __future__ import annotations

from dataclasses import dataclass

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one file; the defaults leave room for a register of a large city and for forty photos of a phone."""

    file: int = 180 * MILLION
    """Bytes of the file."""
    content: int = 200 * MILLION
    """Bytes of everything together that is read of it, unpacked; pictures do not count."""
    text: int = 50 * MILLION
    """Bytes of a text file (.csv)."""
    marks: int = 12 * MILLION
    """Beginnings and ends of elements, or records, that are gone through; they cost the time."""
    cells: int = 1_200_000
    areas: int = 50_000
    """Merged areas of the whole workbook."""
    sheets: int = 500
    picture: int = 30 * MILLION
    """Bytes of one picture."""
    pictures: int = 1_000
    """Pictures that are placed somewhere."""
    all_pictures: int = 180 * MILLION
    """Bytes of all different pictures together."""


USUAL = Limits()

"""Make rows high enough for the text that was filled in, where nobody has set their height.

Spreadsheet programs do not do this for text that a program wrote. A row is only made higher, never lower, and one
whose height a person has set stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from wufei_cells.workbooks.form_templates.cells import RawCell, RawRow, RawSheet
from wufei_cells.workbooks.form_templates.places import Edit, open_tag
from wufei_cells.workbooks.reading.cells import MOST_COLUMNS
from wufei_cells.workbooks.text_fitting import HIGHEST, text_height

_HEIGHT = re.compile(rb"""\sht\s*=\s*(?:"[^"]*"|'[^']*')""")


def heights(
    content: bytes, sheet: RawSheet, written: Mapping[int, Iterable[tuple[RawCell, str]]], wraps: Mapping[int, float]
) -> Iterator[Edit]:
    """Give the changes that make rows higher.

    Args:
        content: the sheet.
        sheet: what is known of it.
        written: by row, the cells that were filled in, with their text.
        wraps: by number of the format that wraps text, the size of its letters.
    """
    widths = _widths(sheet)
    areas = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
    for row, cells in written.items():
        known = sheet.rows.get(row)
        if known is None:
            continue
        needed = max(
            (_needed(cell, text, (widths, sheet.usual_width), areas, wraps) for cell, text in cells), default=0.0
        )
        if needed > (known.height or sheet.usual_height):
            yield _higher(content, known, min(needed, HIGHEST))


def _needed(
    cell: RawCell,
    text: str,
    widths: tuple[Mapping[int, float], float],
    areas: Mapping[tuple[int, int], tuple[int, int]],
    wraps: Mapping[int, float],
) -> float:
    """Say how high a cell has to be; one over several rows asks for nothing."""
    size = wraps.get(cell.look)
    bottom, right = areas.get((cell.row, cell.column), (cell.row, cell.column))
    if size is None or bottom != cell.row:
        return 0.0
    known, usual = widths
    width = sum(known.get(column, usual) for column in range(cell.column, right + 1))
    return text_height(text, width, size)


def _widths(sheet: RawSheet) -> dict[int, float]:
    """Give the width of every column that has one of its own."""
    return {
        column: width for first, last, width in sheet.widths for column in range(first, min(last, MOST_COLUMNS) + 1)
    }


def _higher(content: bytes, row: RawRow, height: float) -> Edit:
    head = content[row.start : row.head_end]
    closing = b"/>" if head.endswith(b"/>") else b">"
    stated = _HEIGHT.sub(b"", open_tag(head)) + f' ht="{height:.1f}"'.encode() + closing
    return Edit(row.start, row.head_end, stated)

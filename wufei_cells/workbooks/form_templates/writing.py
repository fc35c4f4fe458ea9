"""Write single cells of a sheet anew: a text, a number or a day, in the format that the cell has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from wufei_cells.domain.amounts import plain
from wufei_cells.workbooks.cell_text import LONGEST, clean_text
from wufei_cells.workbooks.form_templates.cells import RawCell, without_kind
from wufei_cells.workbooks.form_templates.data import Value
from wufei_cells.workbooks.form_templates.places import Edit
from wufei_cells.workbooks.form_templates.text import Look, Run

FIRST_DAY, FIRST_DAY_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FIRST_SURE_DAY = 61  # before March 1900, Excel counts a day that never was


def serial_number(day: date, *, from_1904: bool) -> Decimal | None:
    """Give the number by which spreadsheets know a day; ``None`` where they have none, or disagree about it."""
    number = (day - (FIRST_DAY_OF_1904 if from_1904 else FIRST_DAY)).days
    return Decimal(number) if number >= (0 if from_1904 else _FIRST_SURE_DAY) else None


def as_text(value: Value) -> str:
    """Write a value as it stands within a text."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value


def number_cell(content: bytes, cell: RawCell, number: Decimal) -> Edit:
    """Let a cell hold a number."""
    return _edit(content, cell, b"", f"<{cell.prefix}v>{plain(number)}</{cell.prefix}v>")


def empty_cell(content: bytes, cell: RawCell) -> Edit:
    """Let a cell hold nothing, in its format."""
    return Edit(cell.start, cell.end, without_kind(content, cell) + b"/>")


def text_cell(content: bytes, cell: RawCell, runs: Iterable[Run]) -> Edit:
    """Let a cell hold text, which is never a formula; nothing where there are no letters."""
    kept = list(_within_room(runs))
    if not kept:
        return empty_cell(content, cell)
    prefix = cell.prefix
    if len(kept) == 1 and not kept[0].look:
        inside = _letters(kept[0].text, prefix)
    else:
        inside = "".join(
            f"<{prefix}r>{_font(run.look, prefix)}{_letters(run.text, prefix)}</{prefix}r>" for run in kept
        )
    return _edit(content, cell, b' t="inlineStr"', f"<{prefix}is>{inside}</{prefix}is>")


def _edit(content: bytes, cell: RawCell, kind: bytes, inside: str) -> Edit:
    closing = f"{inside}</{cell.prefix}c>".encode()
    return Edit(cell.start, cell.end, without_kind(content, cell) + kind + b">" + closing)


def _within_room(runs: Iterable[Run]) -> Iterator[Run]:
    """Make texts fit for a cell, and cut off what is more than one takes."""
    room = LONGEST
    for run in runs:
        text = clean_text(run.text)
        if text and room:
            yield replace(run, text=text if len(text) <= room else f"{text[: room - 1]}…")
            room = max(room - len(text), 0)


def _letters(text: str, prefix: str) -> str:
    return f'<{prefix}t xml:space="preserve">{escape(text)}</{prefix}t>'


def _font(look: Look, prefix: str) -> str:
    if not look:
        return ""
    parts = (
        f"<{prefix}{name}{''.join(f' {key}={quoteattr(value)}' for key, value in attributes)}/>"
        for name, attributes in look
    )
    return f"<{prefix}rPr>{''.join(parts)}</{prefix}rPr>"

"""Tables on the clipboard: the grid as Excel and WPS take it, and what of a pasted table belongs where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from wufei_cells.scoring.notation_text import folded

Field = Literal["number", "item", "answer", "points", "note"]
FIELDS: tuple[Field, ...] = ("number", "item", "answer", "points", "note")
"""What a copied table holds, in this order."""
AS_TEXT = "mso-number-format:'\\@'"
"""Keeps spreadsheets from making dates of 1/2 and times of 2:05."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """One line of a pasted table; empty texts leave alone what stands."""

    line: int
    number: str = ""
    """What names the item; empty where the line has none and goes to the row in its turn."""
    answer: str = ""
    note: str = ""


# --- copying


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """Write a table with tabs; cells with line breaks or quotation marks stand in quotation marks."""
    return "\n".join("\t".join(_cell(cell) for cell in row) for row in rows)


def as_html(rows: Sequence[Sequence[str]], *, headed: bool) -> str:
    """Write a table as HTML, every cell as text."""
    lines: list[str] = []
    for place, row in enumerate(rows):
        tag = "th" if headed and place == 0 else "td"
        cells = "".join(f'<{tag} style="{AS_TEXT}">{_html(cell)}</{tag}>' for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    return f'<html><head><meta charset="utf-8"></head><body><table>{"".join(lines)}</table></body></html>'


def _cell(text: str) -> str:
    if any(sign in text for sign in '\t\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")


# --- pasting


def recognized(
    rows: Sequence[Sequence[str]],
    titles: Mapping[Field, frozenset[str]],
    numbers: frozenset[str],
    items: frozenset[str],
) -> list[Pasted] | None:
    """Say what the lines of a pasted table hold; ``None`` when its columns cannot be told apart.

    Args:
        rows: the cells.
        titles: by field, what its column may be called, folded.
        numbers: numbers and keys of items, folded.
        items: texts of items, folded.
    """
    columns = _by_titles(rows[0], titles) if rows else {}
    body = list(enumerate(rows, 1))
    if columns:
        body = body[1:]
    else:
        columns = _by_content(rows, numbers, items)
    if not columns:
        return None
    lines = [_pasted(line, row, columns) for line, row in body]
    if "number" in columns:
        return [line for line in lines if line.number or line.answer or line.note]
    return lines  # an empty line leaves out a row


def _by_titles(row: Sequence[str], titles: Mapping[Field, frozenset[str]]) -> dict[Field, int]:
    found: dict[Field, int] = {}
    for place, cell in enumerate(row):
        for field in FIELDS:
            if folded(cell) in titles[field]:
                found.setdefault(field, place)
    return found if "answer" in found or {"number", "note"} <= set(found) else {}


def _by_content(rows: Sequence[Sequence[str]], numbers: frozenset[str], items: frozenset[str]) -> dict[Field, int]:
    """Find the column of numbers, leave out that of texts, and take the rest in the order of a copied table."""
    width = max((len(row) for row in rows), default=0)
    if width == 1:
        return {"answer": 0}
    named = next((place for place in range(width) if _mostly(_column(rows, place), numbers, distinct=True)), None)
    if named is None:
        return {"answer": 0, "note": 1} if width == 2 else {}
    rest = [
        place for place in range(width) if place != named and not _mostly(_column(rows, place), items, distinct=False)
    ]
    orders: dict[int, tuple[Field, ...]] = {1: ("answer",), 2: ("answer", "note"), 3: ("answer", "points", "note")}
    if len(rest) not in orders:
        return {}
    return {"number": named, **dict(zip(orders[len(rest)], rest, strict=True))}


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [folded(row[place]) for row in rows if place < len(row) and row[place].strip()]


def _mostly(cells: list[str], known: frozenset[str], *, distinct: bool) -> bool:
    if not cells or (distinct and len(set(cells)) < len(cells)):
        return False
    return 2 * sum(cell in known for cell in cells) >= len(cells)


def _pasted(line: int, row: Sequence[str], columns: Mapping[Field, int]) -> Pasted:
    def cell(field: Field) -> str:
        place = columns.get(field, len(row))
        return row[place].strip() if place < len(row) else ""

    return Pasted(line, cell("number"), cell("answer"), cell("note"))

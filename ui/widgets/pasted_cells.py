"""Cells on the clipboard, as spreadsheets put them there: tabs between cells, one line for each row."""

from __future__ import annotations


def pasted_cells(text: str) -> list[list[str]]:
    """Read cells; one with line breaks or quotation marks stands between quotation marks, with its own doubled.

    Empty rows at the end are left out, blanks around a cell too; line breaks inside a cell become blanks.
    """
    rows: list[list[str]] = [[]]
    rest = text.replace("\r\n", "\n").replace("\r", "\n")
    while True:
        cell, rest = _first_cell(rest)
        rows[-1].append(" ".join(cell.split()))
        if not rest:
            break
        if rest[0] == "\n":
            rows.append([])
        rest = rest[1:]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _first_cell(text: str) -> tuple[str, str]:
    """Split off the first cell; the rest begins with the sign that ends it."""
    if text.startswith('"'):
        end = 1
        while (end := text.find('"', end)) >= 0 and text[end + 1 : end + 2] == '"':
            end += 2
        # A quotation mark that opens nothing, such as inches, is part of the cell.
        if end > 0 and text[end + 1 : end + 2] in ("", "\t", "\n"):
            return text[1:end].replace('""', '"'), text[end + 1 :]
    ends = [place for place in (text.find("\t"), text.find("\n")) if place >= 0]
    end = min(ends, default=len(text))
    return text[:end], text[end:]

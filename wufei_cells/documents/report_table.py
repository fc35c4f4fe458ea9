"""Tables of reports: text wraps, rows stay whole, the head is repeated on each page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wufei_cells.documents.fonts import Face
from wufei_cells.documents.report_pages import LEFT, MIDDLE_OF_SIGNS, Box, Mark, ReportPages, Words
from wufei_cells.documents.text import Align, TextStyle, line_width, wrap_text

INK = "#1B211E"
QUIET = "#56605B"
LINE = "#D9DEDB"
STRONG_LINE = "#8FA39B"
HEAD = "#E4EFEB"
ACCENT = "#0B6B57"
SOFT_ACCENT = "#A5D2C5"
GROUND = "#F1F4F2"
"""Of a bar, as wide as it can be."""

TEXT = TextStyle(Face.SANS, 9, color=INK)
STRONG = TextStyle(Face.SANS_BOLD, 9, color=INK)
LEADING = 12.5
PADDING = 4.0  # at the left and right of a cell
ROOM_ABOVE = 3.6  # above the text of a row, and as much below it
MOST_LINES = 45  # a higher cell goes on in further rows; so many fit on a page
SMALLEST = 6.5  # of text with long words
BAR_HEIGHT = 7.0
WORD = re.compile(r"[!-\u1fff]+")  # what line breaking keeps together


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    title: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in a cell; lengths are shares of the cell's width."""

    solid: float
    soft: float = 0.0
    """Behind the solid one, from the same edge."""
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Tinted:
    """Text on a ground of its own."""

    text: str
    ground: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Text with passages that stand out, as from a marker pen: where each begins, and where it ends."""

    text: str
    passages: Sequence[tuple[int, int]]
    ground: str


Cell = str | Bar | Tinted | Marked


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; a strong one stands out as a sum."""

    cells: Sequence[Cell]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class _Set:
    """The text of a cell as it is set."""

    lines: Sequence[str]
    style: TextStyle
    passages: Sequence[Sequence[tuple[int, int]]] = ()
    """Of each line: what stands out in it."""


class Table:
    """Sets one table on pages."""

    def __init__(self, pages: ReportPages, columns: Sequence[Column]) -> None:
        self._pages = pages
        self._columns = columns
        self._width = sum(column.width for column in columns)
        self._head = [self._wrapped(column.title, column, STRONG) for column in columns]

    def least_height(self, rows: Sequence[Row]) -> float:
        """The height of the head with the first row, which stay together."""
        first = next(self._parts(rows[0])) if rows else []
        return _height(self._head) + (_height(first) if first else 0)

    def set(self, rows: Sequence[Row]) -> None:
        """Put the table on the pages from their free room on; a sum never stands on a page without a row before it."""
        self._pages.need(self.least_height(rows))
        self._set_head()
        for row, following in zip(rows, (*rows[1:], None), strict=True):
            after = _height(next(self._parts(following))) if following and following.strong else 0.0
            for texts in self._parts(row):
                if self._pages.need(_height(texts) + after):
                    self._set_head()
                self._set_row(row, texts)

    def _set_head(self) -> None:
        height = _height(self._head)
        self._pages.y -= height
        self._pages.add(Box(LEFT, self._pages.y, self._width, height, fill=HEAD))
        for column, x, text in zip(self._columns, self._edges(), self._head, strict=True):
            self._pages.add(*_text(text, column, x, self._pages.y + height / 2))

    def _set_row(self, row: Row, texts: Sequence[_Set]) -> None:
        height = _height(texts)
        self._pages.y -= height
        y = self._pages.y
        for cell, column, x, text in zip(row.cells, self._columns, self._edges(), texts, strict=True):
            if isinstance(cell, Bar):
                self._pages.add(*_bar(cell, column, x, y + height / 2))
                continue
            if isinstance(cell, Tinted):
                self._pages.add(Box(x, y, column.width, height, fill=cell.ground))
            if isinstance(cell, Marked):
                self._pages.add(*self._passages(text, cell.ground, x + PADDING, y + height / 2))
            self._pages.add(*_text(text, column, x, y + height / 2))
        self._pages.add(Box(LEFT, y, self._width, 0, stroke=LINE))
        if row.strong:
            self._pages.add(Box(LEFT, y + height, self._width, 0, stroke=STRONG_LINE, line_width=0.9))

    def _parts(self, row: Row) -> Iterator[list[_Set]]:
        """The texts of a row's cells; a row that is too high for a page goes on in further rows."""
        style = STRONG if row.strong else TEXT
        texts = ["" if isinstance(cell, Bar) else cell if isinstance(cell, str) else cell.text for cell in row.cells]
        wrapped = [self._wrapped(text, column, style) for text, column in zip(texts, self._columns, strict=True)]
        most = max(len(text.lines) for text in wrapped)
        passages = [_on_lines(cell, text.lines) for cell, text in zip(row.cells, wrapped, strict=True)]
        for start in range(0, most, MOST_LINES):
            part = slice(start, start + MOST_LINES)
            yield [
                _Set(text.lines[part], text.style, marks[part]) for text, marks in zip(wrapped, passages, strict=True)
            ]

    def _passages(self, text: _Set, ground: str, x: float, middle: float) -> Iterator[Mark]:
        """The grounds of passages; their text begins at the left edge."""
        fonts, style = self._pages.fonts, text.style
        for y, line, passages in zip(_baselines(text, middle), text.lines, text.passages, strict=True):
            for start, end in passages:
                left = x + line_width(fonts, line[:start], style)
                width = x + line_width(fonts, line[:end], style) - left
                yield Box(left, y - style.size * 0.2, width, style.size * 1.15, fill=ground)

    def _wrapped(self, text: str, column: Column, style: TextStyle) -> _Set:
        """Break a text into lines, a little smaller where a long word would have to be taken apart."""
        fonts, room = self._pages.fonts, _inner(column)
        longest = max((line_width(fonts, word, style) for word in WORD.findall(text)), default=0.0)
        if longest > room:
            style = style.scaled(max(style.size * room / longest, SMALLEST))
        return _Set(wrap_text(fonts, text, style, room), style)

    def _edges(self) -> Iterator[float]:
        x = LEFT
        for column in self._columns:
            yield x
            x += column.width


def _inner(column: Column) -> float:
    return column.width - 2 * PADDING


def _height(texts: Sequence[_Set]) -> float:
    return max(1, *(len(text.lines) for text in texts)) * LEADING + 2 * ROOM_ABOVE


def _text(text: _Set, column: Column, x: float, middle: float) -> Iterator[Mark]:
    """Lines in the middle of a cell's height."""
    at = x + PADDING + _inner(column) * column.align.value
    for y, line in zip(_baselines(text, middle), text.lines, strict=True):
        if line:
            yield Words(line, at, y, text.style, column.align)


def _baselines(text: _Set, middle: float) -> list[float]:
    first = middle + (len(text.lines) - 1) * LEADING / 2 - MIDDLE_OF_SIGNS * text.style.size
    return [first - number * LEADING for number in range(len(text.lines))]


def _on_lines(cell: Cell, lines: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Find the passages of a marked cell on its lines; spaces at the ends of lines are gone there."""
    found: list[list[tuple[int, int]]] = [[] for _line in lines]
    if not isinstance(cell, Marked):
        return found
    behind = 0
    for line, marks in zip(lines, found, strict=True):
        begin = max(cell.text.find(line, behind), behind)
        behind = begin + len(line)
        marks += [
            (max(start, begin) - begin, min(end, behind) - begin)
            for start, end in cell.passages
            if start < behind and end > begin
        ]
    return found


def _bar(bar: Bar, column: Column, x: float, middle: float) -> Iterator[Mark]:
    """The bar along its cell: the target as an outline, what is reached upon it."""
    full, left, y = _inner(column), x + PADDING, middle - BAR_HEIGHT / 2
    yield Box(left, y, full, BAR_HEIGHT, fill=GROUND)
    if bar.target:
        yield Box(left, y - 1.5, full * bar.target, BAR_HEIGHT + 3, stroke=STRONG_LINE, line_width=0.7)
    for share, color in ((bar.soft, SOFT_ACCENT), (bar.solid, ACCENT)):
        if share:
            yield Box(left, y, full * share, BAR_HEIGHT, fill=color)

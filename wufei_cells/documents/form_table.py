"""Tables of forms: ruled cells that hold paragraphs, rows that stay whole, a head on each page.

Unlike the tables of reports, cells begin at their top and are ruled off from each other, because people write in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from wufei_cells.documents.fonts import Face
from wufei_cells.documents.report_pages import MIDDLE_OF_SIGNS, Box, ReportPages, Words
from wufei_cells.documents.report_table import HEAD, INK, LINE, QUIET, STRONG_LINE, WORD
from wufei_cells.documents.text import Align, TextStyle, line_width, wrap_text

BODY = TextStyle(Face.SANS, 8.5, color=INK)
STRONG = TextStyle(Face.SANS_BOLD, 8.5, color=INK)
SMALL = TextStyle(Face.SANS, 7.5, color=QUIET)
PADDING = 4.0
ROOM_ABOVE = 3.5
SMALLEST = 5.5  # of text with long words
GREYED = "#F3F5F4"
BAND = "#F1F6F4"


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph in a cell."""

    text: str
    style: TextStyle = BODY
    leading: float = 0.0
    """From line to line; nothing: by the size."""
    indent: float = 0.0
    hang: float = 0.0
    """How much further in its second and later lines begin."""
    above: float = 0.0
    """Room above it, unless it is the first of its cell."""

    @property
    def step(self) -> float:
        """From line to line."""
        return self.leading or self.style.size * 1.36


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a form."""

    title: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of cells; one with a single cell goes over the whole width."""

    cells: Sequence[Sequence[Para]]
    least: float = 0.0
    """Its least height: room to write."""
    ground: str | None = None
    grounds: Sequence[str | None] = ()
    """Of single cells."""
    keep: bool = False
    """Whether it stays with the row after it."""
    under: str = ""
    """The heading that is repeated when a page begins with this row."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a cell: how far below the row's top its middle is, and how far in it begins."""

    text: str
    below: float
    indent: float
    style: TextStyle

    @property
    def low(self) -> float:
        """How far below the row's top it ends."""
        return self.below + self.style.size * 0.7


@dataclass(frozen=True, slots=True)
class _SetRow:
    row: FormRow
    cells: Sequence[Sequence[_Line]]
    height: float
    edges: Sequence[float] = field(default_factory=tuple[float, ...])


class FormTable:
    """Sets one table on pages; without titles it has no head."""

    def __init__(
        self,
        pages: ReportPages,
        columns: Sequence[FormColumn],
        *,
        continued: str = "{heading}",
        strong: TextStyle = STRONG,
        after: float = 0.0,
    ) -> None:
        """Begin a table.

        Args:
            pages: where it goes.
            columns: their widths are in points.
            continued: how a heading is repeated on a new page.
            strong: of the head and of headings that are repeated.
            after: room below the last row for what must not stand on a page of its own.
        """
        self._pages = pages
        self._columns = columns
        self._continued = continued
        self._strong = strong
        self._after = after
        self._width = sum(column.width for column in columns)
        self._edges = [pages.paper.left + sum(column.width for column in columns[:n]) for n in range(len(columns) + 1)]
        titled = any(column.title for column in columns)
        head = FormRow([[Para(column.title, strong)] for column in columns], ground=HEAD)
        self._head = self._set(head) if titled else None

    def need(self, rows: Sequence[FormRow], above: float = 0.0) -> bool:
        """Go to a new page unless the beginning of the table fits, with room for a heading above it."""
        placed = [self._set(row) for row in rows]
        head = self._head.height if self._head else 0.0
        return self._pages.need(above + head + self._room(placed, 0, self._chain(placed, 0)))

    def set(self, rows: Sequence[FormRow]) -> None:
        """Put the table on the pages from their free room on."""
        placed = [self._set(row) for row in rows]
        self.need(rows)
        self._draw_head()
        at = 0
        while at < len(placed):
            chain = self._chain(placed, at)
            if self._pages.need(self._room(placed, at, chain)):
                self._begin_page(chain[0].row.under)
            for row in chain:
                self._place(row)
            at += len(chain)

    # --- setting

    def _room(self, rows: Sequence[_SetRow], at: int, chain: Sequence[_SetRow]) -> float:
        """The room that rows need which stay together; the last ones with what comes after the table."""
        last = at + len(chain) == len(rows)
        return sum(row.height for row in chain) + (self._after if last else 0.0)

    def _chain(self, rows: Sequence[_SetRow], start: int) -> Sequence[_SetRow]:
        """A row with those it has to stay together with, as far as a page can hold them."""
        end, room = start, self._most()
        while end < len(rows) and rows[end].row.keep:
            end += 1
        chain = rows[start : end + 1]
        while len(chain) > 1 and sum(row.height for row in chain) > room:
            chain = chain[:-1]
        return chain

    def _set(self, row: FormRow) -> _SetRow:
        whole = len(row.cells) == 1 and len(self._columns) > 1
        columns = [FormColumn("", self._width)] if whole else self._columns
        edges = [self._edges[0], self._edges[-1]] if whole else self._edges
        cells = [list(self._lines(cell, column)) for cell, column in zip(row.cells, columns, strict=True)]
        filled = max((_end(cell, lines) for cell, lines in zip(row.cells, cells, strict=True)), default=0.0)
        return _SetRow(row, cells, max(row.least, filled + ROOM_ABOVE), edges)

    def _lines(self, cell: Sequence[Para], column: FormColumn) -> Iterator[_Line]:
        below, room = ROOM_ABOVE, column.width - 2 * PADDING
        for number, para in enumerate(cell):
            below += para.above if number else 0.0
            style = self._fitting(para, room - para.indent - para.hang)
            texts = wrap_text(self._pages.fonts, para.text, style, room - para.indent - para.hang)
            if para.hang:  # the first line begins further out, so it takes more
                texts = _hung(self._pages, para, style, room)
            for place, text in enumerate(texts):
                yield _Line(text, below + para.step / 2, para.indent + (para.hang if place else 0.0), style)
                below += para.step

    def _fitting(self, para: Para, room: float) -> TextStyle:
        """A little smaller where a long word would have to be taken apart."""
        fonts, style = self._pages.fonts, para.style
        longest = max((line_width(fonts, word, style) for word in WORD.findall(para.text)), default=0.0)
        return style if longest <= room else style.scaled(max(style.size * room / longest, SMALLEST))

    # --- drawing

    def _most(self) -> float:
        """The highest row that a page takes under the head and a repeated heading."""
        paper = self._pages.paper
        return (
            paper.top
            - paper.bottom
            - (self._head.height if self._head else 0.0)
            - self._set(_band("字", self._strong)).height
        )

    def _begin_page(self, under: str) -> None:
        self._draw_head()
        if under:
            self._draw(self._set(_band(self._continued.format(heading=under), self._strong)))

    def _draw_head(self) -> None:
        if self._head:
            self._draw(self._head)

    def _place(self, row: _SetRow) -> None:
        """Draw a row; one that is higher than a page goes on on the next."""
        while row.height > self._pages.room:
            room = self._pages.room if row.height > self._most() else 0.0
            first, row = _cut(row, room)
            if any(first.cells):
                self._draw(first)
            self._pages.need(self._pages.room + 1)
            self._begin_page(row.row.under)
        self._draw(row)

    def _draw(self, row: _SetRow) -> None:
        pages = self._pages
        top, left = pages.y, row.edges[0]
        pages.y -= row.height
        if row.row.ground:
            pages.add(Box(left, pages.y, self._width, row.height, fill=row.row.ground))
        for place, ground in enumerate(row.row.grounds):
            if ground:
                x = row.edges[place]
                pages.add(Box(x, pages.y, row.edges[place + 1] - x, row.height, fill=ground))
        for y in (top, pages.y):
            pages.add(Box(left, y, self._width, 0, stroke=STRONG_LINE, line_width=0.5))
        for place, x in enumerate(row.edges):
            outer = place in (0, len(row.edges) - 1)
            pages.add(Box(x, pages.y, 0, row.height, stroke=STRONG_LINE if outer else LINE, line_width=0.5))
        columns = self._columns if len(row.cells) > 1 else [FormColumn("", self._width)]
        for lines, x, column in zip(row.cells, row.edges, columns, strict=False):
            for line in lines:
                if line.text:
                    pages.add(_words(line, x, column, top))


def _words(line: _Line, x: float, column: FormColumn, top: float) -> Words:
    y = top - line.below - MIDDLE_OF_SIGNS * line.style.size
    at = x + PADDING + line.indent if column.align is Align.LEFT else x + column.width * column.align.value
    return Words(line.text, at, y, line.style, column.align)


def _end(cell: Sequence[Para], lines: Sequence[_Line]) -> float:
    return lines[-1].below + cell[-1].step / 2 if lines else 0.0


def _hung(pages: ReportPages, para: Para, style: TextStyle, room: float) -> Sequence[str]:
    """Break a paragraph whose later lines are narrower than its first."""
    texts: list[str] = []
    for piece in para.text.split("\n"):
        lines = wrap_text(pages.fonts, piece, style, room - para.indent - para.hang, first_indent=-para.hang)
        texts += lines
    return texts


def _band(text: str, style: TextStyle) -> FormRow:
    return FormRow([[Para(text, style)]], ground=BAND)


def _cut(row: _SetRow, room: float) -> tuple[_SetRow, _SetRow]:
    """Part a row's lines at a height; a short first cell, which is the row's number, stands in both parts."""
    limit = room - ROOM_ABOVE
    first = [[line for line in lines if line.low <= limit] for lines in row.cells]
    behind = [[line for line in lines if line.low > limit] for lines in row.cells]
    shift = min((line.below - line.style.size * 0.7 for lines in behind for line in lines), default=0.0) - ROOM_ABOVE
    rest = [[replace(line, below=line.below - shift) for line in lines] for lines in behind]
    if len(row.cells) > 1 and len(row.cells[0]) == 1 and not rest[0]:
        rest[0] = list(row.cells[0])
    return replace(row, cells=first, height=_height(first)), replace(row, cells=rest, height=_height(rest))


def _height(cells: Sequence[Sequence[_Line]]) -> float:
    return max((line.low for lines in cells for line in lines), default=0.0) + ROOM_ABOVE

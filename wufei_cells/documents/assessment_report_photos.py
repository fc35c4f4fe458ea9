"""The evidence of an assessment report: photos in a grid, and what cannot be shown as a list.

A photo with its words is never parted by the end of a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.documents.fonts import Face
from wufei_cells.documents.form_answers import FAILED
from wufei_cells.documents.form_head import HEADING, HEADING_ABOVE, HEADING_HEIGHT
from wufei_cells.documents.form_table import BODY, STRONG, FormColumn, FormRow, FormTable, Para
from wufei_cells.documents.report_pages import Box, Picture, Words
from wufei_cells.documents.report_table import INK, LINE, QUIET
from wufei_cells.documents.text import TextStyle, wrap_text

if TYPE_CHECKING:
    from wufei_cells.documents.assessment_report_data import PaperPicture
    from wufei_cells.documents.assessment_report_words import ReportWords
    from wufei_cells.documents.form_head import FormHead
    from wufei_cells.documents.report_pages import ReportPages
    from wufei_cells.domain.evidence import EvidenceFile, EvidenceRow

FEW = 12  # so many photos are printed larger, two in a row
ACROSS_FEW, ACROSS_MANY = 2, 3
GAP = 10.0
RATIO = 0.75  # height of the room for a photo, by its width
NUMBERS = TextStyle(Face.SANS_BOLD, 8, color=INK)
CAPTION = TextStyle(Face.SANS, 8, color=INK)
TAKEN = TextStyle(Face.SANS, 7, color=QUIET)
LEADING = 11.0
GROUND = "#F3F5F4"


def photos_across(count: int) -> int:
    """How many of so many photos stand in a row."""
    return ACROSS_FEW if count <= FEW else ACROSS_MANY


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of the evidence, with everything that it stands under."""

    file: EvidenceFile
    items: tuple[str, ...]
    names: tuple[str, ...]
    captions: tuple[str, ...]
    received: bool


@dataclass(frozen=True, slots=True)
class _Placed:
    """A photo with the lines below it."""

    picture: PaperPicture
    lines: Sequence[tuple[str, TextStyle]]


class ReportPhotos:
    """Sets the evidence."""

    def __init__(self, pages: ReportPages, words: ReportWords, head: FormHead) -> None:
        self._pages = pages
        self._words = words
        self._head = head
        self._pictures = words.report.pictures
        self._pieces = pieces(words)

    def set(self) -> None:
        """Put it on the pages."""
        shown = [piece for piece in self._pieces if piece.file.id in self._pictures]
        if shown:
            self._grid(shown)
        others = [piece for piece in self._pieces if piece.file.id not in self._pictures]
        if others:
            width = self._pages.paper.width
            shares = (("entry", 0.16), ("name", 0.3), ("caption", 0.3), ("state", 0.24))
            columns = [FormColumn(self._words.say(f"column_{key}"), width * share) for key, share in shares]
            table = FormTable(self._pages, columns)
            self._head.section("files", table, [self._row(piece) for piece in others], count=len(others))

    # --- photos

    def _grid(self, shown: Sequence[Piece]) -> None:
        pages = self._pages
        across = photos_across(len(shown))
        width = (pages.paper.width - GAP * (across - 1)) / across
        placed = [self._placed(piece, width) for piece in shown]
        rows = [placed[at : at + across] for at in range(0, len(placed), across)]
        if not pages.need(HEADING_ABOVE + HEADING_HEIGHT + _height(rows[0], width)):
            pages.y -= HEADING_ABOVE
        pages.paragraph([self._words.say("heading_photos", count=len(shown))], HEADING, HEADING_HEIGHT)
        for row in rows:
            pages.need(_height(row, width))
            self._row_of_photos(row, width)

    def _placed(self, piece: Piece, width: float) -> _Placed:
        """The lines below a photo: item numbers, what it shows, when it was taken."""
        words = self._words
        told = [(words.say("under", numbers=self._numbers(piece)), NUMBERS)]
        told += [(words.plain(caption), CAPTION) for caption in piece.captions]
        name = words.plain(piece.names[0])
        taken = piece.file.taken_at
        told.append((words.say("taken", at=f"{taken:%Y-%m-%d %H:%M}", name=name) if taken else name, TAKEN))
        lines = [(line, style) for text, style in told for line in wrap_text(self._pages.fonts, text, style, width)]
        return _Placed(self._pictures[piece.file.id], lines)

    def _row_of_photos(self, row: Sequence[_Placed], width: float) -> None:
        pages, room = self._pages, width * RATIO
        top = pages.y
        pages.y -= _height(row, width)
        for place, one in enumerate(row):
            x = pages.paper.left + place * (width + GAP)
            pages.add(Box(x, top - room, width, room, fill=GROUND))
            scale = min(width / one.picture.width, room / one.picture.height)
            across, down = one.picture.width * scale, one.picture.height * scale
            left, low = x + (width - across) / 2, top - room + (room - down) / 2
            pages.add(Picture(one.picture.content, left, low, across, down))
            pages.add(Box(x, top - room, width, room, stroke=LINE, line_width=0.5))
            for number, (line, style) in enumerate(one.lines):
                pages.add(Words(line, x, top - room - 10 - number * LEADING, style))

    # --- what cannot be shown

    def _row(self, piece: Piece) -> FormRow:
        words = self._words
        damaged = piece.file.id in words.report.damaged
        if not piece.received:
            state = Para(words.say("state_missing"), FAILED)
        elif damaged:
            state = Para(words.say("state_damaged"), FAILED)
        else:
            state = Para(words.say("state_no_picture", size=_size(piece.file.size)))
        names = [Para(words.plain(name)) for name in piece.names]
        captions = [Para(words.plain(caption), BODY) for caption in piece.captions]
        return FormRow([[Para(self._numbers(piece), STRONG)], names, captions, [state]])

    def _numbers(self, piece: Piece) -> str:
        return self._words.say("names").join(map(self._words.numbers_of, piece.items))


def pieces(words: ReportWords) -> list[Piece]:
    """Gather the evidence by file, in the order of the items: a photo under three items is printed once."""
    order = {entry.key: place for place, entry in enumerate(words.data.checklist.entries(), start=1)}
    order[""] = 0

    def place(row: EvidenceRow) -> tuple[object, ...]:
        taken = f"{row.file.taken_at:%Y%m%d%H%M%S}" if row.file.taken_at else ""
        return (order.get(row.item, len(order)), taken, row.at, row.name, row.file.id)

    rows = sorted(words.filled.evidence, key=place)
    of_file: dict[str, list[EvidenceRow]] = {}
    for row in rows:
        of_file.setdefault(row.file.id, []).append(row)
    return [_piece(found) for found in of_file.values()]


def _piece(rows: Sequence[EvidenceRow]) -> Piece:
    def each(texts: Iterator[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for text in texts if text))

    return Piece(
        rows[0].file,
        tuple(dict.fromkeys(row.item for row in rows)),
        each(row.name for row in rows) or (rows[0].file.id[:12],),
        each(row.caption for row in rows),
        all(row.received for row in rows),
    )


def _height(row: Sequence[_Placed], width: float) -> float:
    return width * RATIO + max(len(one.lines) for one in row) * LEADING + 14


def _size(size: int) -> str:
    kilobytes = max(1, round(size / 1024))
    return f"{kilobytes} KB" if kilobytes < 1024 else f"{kilobytes / 1024:.1f} MB"

"""Where a form is signed: lines for the pen, or what was drawn on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.documents.fonts import Face
from wufei_cells.documents.form_answers import FAILED_SMALL
from wufei_cells.documents.form_head import HEADING, HEADING_ABOVE, HEADING_HEIGHT
from wufei_cells.documents.form_table import BODY, PADDING, SMALL
from wufei_cells.documents.report_pages import Box, Trace, Words
from wufei_cells.documents.report_table import INK, LINE, STRONG_LINE
from wufei_cells.documents.text import TextStyle, fit_text, wrap_text
from wufei_cells.domain.signatures import SignatureRow, Signer

if TYPE_CHECKING:
    from wufei_cells.documents.form_words import FormWords
    from wufei_cells.documents.report_pages import ReportPages

ACROSS = 3
HEIGHT = 96.0
FIELD = 46.0  # height of the room for the signature itself
FEWEST = 2  # assessors when fewer are named
PEN_WIDTH = 1.2
NAME = TextStyle(Face.SANS_BOLD, 9, color=INK)
THOUSANDTHS = 1000


@dataclass(frozen=True, slots=True)
class _Place:
    """One place to sign."""

    part: Signer
    name: str
    signature: SignatureRow | None = None


class FormSignatures:
    """Sets the places to sign, three beside each other."""

    def __init__(self, pages: ReportPages, words: FormWords) -> None:
        self._pages = pages
        self._words = words
        self._say = words.say

    def set(self) -> None:
        """Put them on the pages; all of them stay together where a page can hold them."""
        places = list(self._places())
        rows = [places[at : at + ACROSS] for at in range(0, len(places), ACROSS)]
        statement = wrap_text(self._pages.fonts, self._say("statement"), BODY, self._pages.paper.width)
        head = HEADING_ABOVE + HEADING_HEIGHT + len(statement) * 13 + 5
        paper = self._pages.paper
        together = head + len(rows) * HEIGHT
        self._pages.need(together if together <= paper.top - paper.bottom else head + HEIGHT)
        self._pages.y -= HEADING_ABOVE
        self._pages.paragraph([self._say("heading_signatures")], HEADING, HEADING_HEIGHT)
        self._pages.paragraph(statement, BODY, 13)
        self._pages.y -= 5
        for row in rows:
            self._pages.need(HEIGHT)
            self._set_row(row)

    def _places(self) -> Iterator[_Place]:
        """Those who signed, then the assessors who did not, at last the unit."""
        data = self._words.data
        signed = data.filled.signatures if data.filled else ()
        ordered = sorted(signed, key=lambda row: (row.part is Signer.UNIT, row.signed_at, row.id))
        assessors = [row for row in ordered if row.part is Signer.ASSESSOR]
        yield from (_Place(row.part, row.name, row) for row in assessors)
        names = {row.name for row in assessors}
        open_names = [name for name in data.assessors if name not in names]
        yield from (_Place(Signer.ASSESSOR, name) for name in open_names)
        for _missing in range(FEWEST - len(assessors) - len(open_names)):
            yield _Place(Signer.ASSESSOR, "")
        unit = [row for row in ordered if row.part is Signer.UNIT]
        yield from (_Place(row.part, row.name, row) for row in unit)
        if not unit:
            yield _Place(Signer.UNIT, "")

    def _set_row(self, row: Sequence[_Place]) -> None:
        pages = self._pages
        width = pages.paper.width / ACROSS
        pages.y -= HEIGHT
        for place, one in enumerate(row):
            x = pages.paper.left + place * width
            pages.add(Box(x, pages.y, width, HEIGHT, stroke=STRONG_LINE, line_width=0.5))
            self._set_place(one, x + PADDING * 2, pages.y, width - PADDING * 4)

    def _set_place(self, one: _Place, x: float, y: float, width: float) -> None:
        pages, say, top = self._pages, self._say, y + HEIGHT
        part = say(f"signer_{one.part.value}")
        label = say("signer_named", part=part, name=self._words.plain(one.name)) if one.name else part
        fitted = fit_text(pages.fonts, label, NAME, width, smallest=6, most_lines=2, smallest_wrapped=5)
        for number, line in enumerate(fitted.lines):
            pages.add(Words(line, x, top - 14 - number * fitted.style.size * 1.25, fitted.style))
        base = y + 27
        pages.add(Box(x, base, width, 0, stroke=LINE))
        if one.signature is None:
            pages.add(Words(say("sign_date"), x, y + 10, SMALL))
            return
        pages.add(*_traces(one.signature, x, base, width))
        pages.add(Words(say("signed_at", at=self._words.moment(one.signature.signed_at)), x, y + 16, SMALL))
        if not one.signature.holds:
            remark = fit_text(pages.fonts, say("signed_before_change"), FAILED_SMALL, width, smallest=5, most_lines=1)
            pages.add(Words(remark.lines[0], x, y + 6, remark.style))


def _traces(signature: SignatureRow, x: float, base: float, width: float) -> Iterator[Trace]:
    """The strokes as they were drawn, as large as the room allows and never larger than they were."""
    points = [point for stroke in signature.strokes for point in stroke]
    if not points:
        return
    left, low = min(px for px, _py in points), max(py for _px, py in points)
    right, high = max(px for px, _py in points), min(py for _px, py in points)
    scale = min(width / THOUSANDTHS, FIELD / max(low - high, 1), width / max(right - left, 1))
    for stroke in signature.strokes:
        if stroke:
            # The screen counts downwards, paper upwards.
            placed = [(x + (px - left) * scale, base + 3 + (low - py) * scale) for px, py in stroke]
            yield Trace(placed, INK, PEN_WIDTH)

"""The pages of a report: what is set goes down the page and on to the next one.

They are drawn at the end, when it is known how many there are.
"""

# pyright: reportUnknownMemberType=false
# reportlab has no types.

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.colors import HexColor

from wufei_cells.documents.canvas import A4_PORTRAIT, DocumentInfo, new_canvas
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.text import Align, TextPainter, TextStyle

LEFT, RIGHT = 48.0, A4_PORTRAIT[0] - 48.0
TOP, BOTTOM = A4_PORTRAIT[1] - 58.0, 58.0
WIDTH = RIGHT - LEFT
MIDDLE_OF_SIGNS = 0.36  # of the size: how far the middle of Chinese characters is above the baseline


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text at its place."""

    text: str
    x: float
    y: float
    style: TextStyle
    align: Align = Align.LEFT
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; also a line, when it has no height."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    line_width: float = 0.6
    dash: tuple[float, ...] = ()


Mark = Words | Box


class ReportPages:
    """Collects what stands on pages. `y` is where the free room of the last page begins; it grows smaller downwards."""

    def __init__(self, fonts: DocumentFonts) -> None:
        self.fonts = fonts
        self.y = TOP
        self._pages: list[list[Mark]] = [[]]

    @property
    def room(self) -> float:
        """How much height is left on the page."""
        return self.y - BOTTOM

    def need(self, height: float) -> bool:
        """Go to a new page when the room left is smaller than this; tell whether that was so."""
        if height <= self.room or self.y == TOP:
            return False
        self._pages.append([])
        self.y = TOP
        return True

    def add(self, *marks: Mark) -> None:
        """Put marks on the last page."""
        self._pages[-1] += marks

    def paragraph(self, lines: Sequence[str], style: TextStyle, leading: float) -> None:
        """Set lines from the free room's top downwards, each kept whole."""
        for line in lines:
            self.need(leading)
            self.add(Words(line, LEFT, self.y - leading / 2 - MIDDLE_OF_SIGNS * style.size, style))
            self.y -= leading

    def save(self, info: DocumentInfo, frame: Callable[[int, int], Sequence[Mark]], *, repeatable: bool) -> bytes:
        """Draw everything.

        Args:
            info: what the file says about itself.
            frame: what stands on each page beside its content, by page number and number of pages; drawn below it.
            repeatable: without the time of making.
        """
        target = BytesIO()
        canvas = new_canvas(target, A4_PORTRAIT, self.fonts, info, main_face=Face.SANS, repeatable=repeatable)
        painter = TextPainter(canvas, self.fonts)
        for number, marks in enumerate(self._pages, start=1):
            for mark in (*frame(number, len(self._pages)), *marks):
                _draw(painter, mark)
            canvas.showPage()
        canvas.save()
        return target.getvalue()


def _draw(painter: TextPainter, mark: Mark) -> None:
    canvas = painter.canvas
    canvas.saveState()
    if isinstance(mark, Words):
        canvas.translate(mark.x, mark.y)
        if mark.angle:
            canvas.rotate(mark.angle)
        painter.line(mark.text, 0, 0, mark.style, mark.align)
    else:
        canvas.setLineWidth(mark.line_width)
        canvas.setDash(list(mark.dash))
        if mark.fill:
            canvas.setFillColor(HexColor(mark.fill))
        if mark.stroke:
            canvas.setStrokeColor(HexColor(mark.stroke))
        if not mark.fill and not mark.stroke:
            raise ValueError("a box that nobody could see")
        if mark.height and mark.width:
            canvas.rect(
                mark.x, mark.y, mark.width, mark.height, stroke=int(bool(mark.stroke)), fill=int(bool(mark.fill))
            )
        else:
            canvas.line(mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
    canvas.restoreState()

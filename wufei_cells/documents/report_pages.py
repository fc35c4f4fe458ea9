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
from reportlab.lib.utils import ImageReader

from wufei_cells.documents.canvas import A4_PORTRAIT, DocumentInfo, new_canvas
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.text import Align, TextPainter, TextStyle

MIDDLE_OF_SIGNS = 0.36  # of the size: how far the middle of Chinese characters is above the baseline


@dataclass(frozen=True, slots=True)
class Paper:
    """A page, and the room on it that content may take."""

    size: tuple[float, float]
    side: float
    """Margin at the left and right."""
    end: float
    """Margin at the top and bottom, where the frame stands."""

    @property
    def left(self) -> float:
        """Left edge of the content."""
        return self.side

    @property
    def right(self) -> float:
        """Right edge of the content."""
        return self.size[0] - self.side

    @property
    def top(self) -> float:
        """Where content begins."""
        return self.size[1] - self.end

    @property
    def bottom(self) -> float:
        """Where content ends."""
        return self.end

    @property
    def width(self) -> float:
        """From the left edge to the right one."""
        return self.right - self.left


PORTRAIT = Paper(A4_PORTRAIT, side=48.0, end=58.0)
LEFT, RIGHT = PORTRAIT.left, PORTRAIT.right
TOP, BOTTOM = PORTRAIT.top, PORTRAIT.bottom
WIDTH = PORTRAIT.width


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


@dataclass(frozen=True, slots=True)
class Trace:
    """A line as it was drawn by hand, through points."""

    points: Sequence[tuple[float, float]]
    color: str
    line_width: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG in a rectangle; its bytes go into the file as they are, and only once."""

    content: bytes
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """What draws itself, such as a chart, in points from the bottom left of the page."""

    draw: Callable[[TextPainter], None]


Mark = Words | Box | Trace | Picture | Drawn


class ReportPages:
    """Collects what stands on pages. `y` is where the free room of the last page begins; it grows smaller downwards."""

    def __init__(self, fonts: DocumentFonts, paper: Paper = PORTRAIT) -> None:
        self.fonts = fonts
        self.paper = paper
        self.y = paper.top
        self._pages: list[list[Mark]] = [[]]

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def room(self) -> float:
        """How much height is left on the page."""
        return self.y - self.paper.bottom

    def need(self, height: float) -> bool:
        """Go to a new page when the room left is smaller than this; tell whether that was so."""
        if height <= self.room or self.y == self.paper.top:
            return False
        self._pages.append([])
        self.y = self.paper.top
        return True

    def add(self, *marks: Mark) -> None:
        """Put marks on the last page."""
        self._pages[-1] += marks

    def paragraph(self, lines: Sequence[str], style: TextStyle, leading: float) -> None:
        """Set lines from the free room's top downwards, each kept whole."""
        for line in lines:
            self.need(leading)
            self.add(Words(line, self.paper.left, self.y - leading / 2 - MIDDLE_OF_SIGNS * style.size, style))
            self.y -= leading

    def save(self, info: DocumentInfo, frame: Callable[[int, int], Sequence[Mark]], *, repeatable: bool) -> bytes:
        """Draw everything.

        Args:
            info: what the file says about itself.
            frame: what stands on each page beside its content, by page number and number of pages; drawn below it.
            repeatable: without the time of making.
        """
        target = BytesIO()
        canvas = new_canvas(target, self.paper.size, self.fonts, info, main_face=Face.SANS, repeatable=repeatable)
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
    elif isinstance(mark, Trace):
        _draw_trace(painter, mark)
    elif isinstance(mark, Drawn):
        mark.draw(painter)
    elif isinstance(mark, Picture):
        canvas.drawImage(ImageReader(BytesIO(mark.content)), mark.x, mark.y, mark.width, mark.height)
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


def _draw_trace(painter: TextPainter, mark: Trace) -> None:
    """Draw through all points with round ends, as a pen does; a single point becomes a dot."""
    canvas = painter.canvas
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setLineWidth(mark.line_width)
    canvas.setStrokeColor(HexColor(mark.color))
    path = canvas.beginPath()
    first, *others = mark.points
    path.moveTo(*first)
    for point in others or [first]:
        path.lineTo(*point)
    canvas.drawPath(path)

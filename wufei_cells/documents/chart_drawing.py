"""Charts on the pages of documents: the same pictures as in the window, in colors for print.

Patterns are drawn as strokes, so that areas can be told apart on paper without color, too.
"""

# pyright: reportUnknownMemberType=false
# reportlab has no types.

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import HexColor

from wufei_cells.charts.inks import Inks
from wufei_cells.charts.marks import Area, Block, Dot, Label, Line, Mark, Measure, Pattern, Picture, Side, Tone
from wufei_cells.charts.patterns import DOT, STROKE, dots_of, strokes_of
from wufei_cells.charts.splitting import pictures_of
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.report_pages import Drawn, ReportPages
from wufei_cells.documents.text import Align, TextPainter, TextStyle, line_width

if TYPE_CHECKING:
    from reportlab.pdfgen.pathobject import PDFPathObject

    from wufei_cells.charts.layout import Chart

SIZE = 8.5  # of text in charts
ALIGNS = {Side.LEFT: Align.LEFT, Side.MIDDLE: Align.CENTER, Side.RIGHT: Align.RIGHT}
EDGE = 0.5
ROUND = 1
PRINT: Final = Inks(
    {
        Tone.INK: "#1B211E",
        Tone.QUIET: "#56605B",
        Tone.GRID: "#D9DEDB",
        Tone.GROUND: "#EDF0EE",
        Tone.ACCENT: "#0B6B57",
        Tone.SOFT: "#A5D2C5",
        Tone.ATTENTION: "#8A5A00",
        Tone.BAD: "#B3261E",
        Tone.SERIES_1: "#0072B2",
        Tone.SERIES_2: "#E69F00",
        Tone.SERIES_3: "#009E73",
        Tone.SERIES_4: "#CC79A7",
        Tone.SERIES_5: "#56B4E9",
        Tone.SERIES_6: "#D55E00",
        Tone.SERIES_7: "#F0E442",
        Tone.SERIES_8: "#1B211E",
        Tone.HEAT_0: "#F1F4F2",
        Tone.HEAT_1: "#D5EAE3",
        Tone.HEAT_2: "#A9D6C8",
        Tone.HEAT_3: "#76BFAB",
        Tone.HEAT_4: "#3FA58C",
    },
    paper="#FFFFFF",
)


def text_measure(fonts: DocumentFonts) -> Measure:
    """Give what measures text of charts in the fonts of documents."""

    def measure(text: str, size: float, bold: bool) -> float:  # noqa: FBT001  # as charts call it
        return line_width(fonts, text, _style(size, bold=bold)) if text else 0.0

    return measure


def set_chart(
    pages: ReportPages, chart: Chart, *, height: float | None = None, size: float = SIZE, inks: Inks = PRINT
) -> None:
    """Put a chart on the pages, as wide as their content; one of many rows goes on on the next page.

    Args:
        pages: where it goes; their free room begins below it afterwards.
        chart: what is shown.
        height: what a burn-up or columns shall have; ``None`` for what suits them.
        size: of the text.
        inks: the colors.

    Raises:
        UserError: ``document.glyph_missing``: a text holds a character that no font has.
    """
    measure, paper = text_measure(pages.fonts), pages.paper
    room = paper.top - paper.bottom
    for picture in pictures_of(chart, paper.width, room, size, measure, height=height):
        pages.need(picture.height)
        pages.add(drawn(picture, paper.left, pages.y, inks))
        pages.y -= picture.height


def drawn(picture: Picture, x: float, y: float, inks: Inks = PRINT) -> Drawn:
    """Give a picture as a mark of a page; its upper left corner is at a place."""
    return Drawn(lambda painter: draw_picture(painter, picture, x, y, inks))


def draw_picture(painter: TextPainter, picture: Picture, x: float, y: float, inks: Inks = PRINT) -> None:
    """Draw a picture at once; its upper left corner is at a place of the page."""
    drawer = _PictureDrawer(painter, x, y, inks)
    painter.canvas.saveState()
    for mark in picture.marks:
        drawer.draw(mark)
    painter.canvas.restoreState()


class _PictureDrawer:
    """Draws marks; y grows downwards in pictures and upwards on pages."""

    def __init__(self, painter: TextPainter, x: float, y: float, inks: Inks) -> None:
        self._painter = painter
        self._canvas = painter.canvas
        self._x, self._y = x, y
        self._inks = inks

    def draw(self, mark: Mark) -> None:
        match mark:
            case Line():
                self._line(mark)
            case Area() | Block():
                self._filled(mark)
            case Dot():
                self._dot(mark)
            case Label():
                self._label(mark)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self._x + x, self._y - y

    def _pen(self, color: str, width: float, dash: tuple[float, ...] = ()) -> None:
        self._canvas.setStrokeColor(HexColor(color))
        self._canvas.setLineWidth(width)
        self._canvas.setDash(list(dash))

    def _path(self, points: tuple[tuple[float, float], ...], *, closed: bool) -> PDFPathObject:
        path = self._canvas.beginPath()
        first, *others = points
        path.moveTo(*self._at(*first))
        for point in others:
            path.lineTo(*self._at(*point))
        if closed:
            path.close()
        return path

    def _line(self, mark: Line) -> None:
        self._pen(self._inks.of(mark.tone), mark.width * 0.75, tuple(part * 0.75 for part in mark.dash))
        self._canvas.setLineJoin(ROUND)
        self._canvas.drawPath(self._path(mark.points, closed=False), stroke=1, fill=0)

    def _filled(self, mark: Area | Block) -> None:
        canvas, inks = self._canvas, self._inks
        path = self._path(_corners(mark), closed=True)
        if isinstance(mark, Block) and mark.outline:
            self._pen(inks.of(mark.tone), EDGE)
            canvas.drawPath(path, stroke=1, fill=0)
            return
        edged = inks.needs_edge(mark)
        if edged:
            self._pen(inks.edge_of(mark.tone), EDGE)
        canvas.setFillColor(HexColor(inks.of(mark.tone)))
        canvas.drawPath(path, stroke=int(edged), fill=1)
        if mark.pattern is not Pattern.PLAIN:
            self._pattern(mark)

    def _pattern(self, mark: Area | Block) -> None:
        canvas, color = self._canvas, self._inks.stroke_on(mark.tone)
        canvas.saveState()
        canvas.clipPath(self._path(_corners(mark), closed=True), stroke=0, fill=0)
        self._pen(color, STROKE * 0.75)
        for x, y, to_x, to_y in strokes_of(mark):
            canvas.line(*self._at(x, y), *self._at(to_x, to_y))
        canvas.setFillColor(HexColor(color))
        for x, y in dots_of(mark):
            canvas.circle(*self._at(x, y), DOT, stroke=0, fill=1)
        canvas.restoreState()

    def _dot(self, mark: Dot) -> None:
        color = self._inks.of(mark.tone)
        self._pen(color, 1.0)
        self._canvas.setFillColor(HexColor(self._inks.paper if mark.hollow else color))
        self._canvas.circle(*self._at(mark.x, mark.y), mark.radius * 0.85, stroke=int(mark.hollow), fill=1)

    def _label(self, mark: Label) -> None:
        style = _style(mark.size, bold=mark.bold, color=self._inks.of_text(mark))
        self._canvas.saveState()
        self._canvas.translate(*self._at(mark.x, mark.y))
        if mark.upward:
            self._canvas.rotate(90)
        self._painter.line(mark.text, 0, 0, style, ALIGNS[mark.side])
        self._canvas.restoreState()


def _style(size: float, *, bold: bool, color: str = "#000000") -> TextStyle:
    return TextStyle(Face.SANS_BOLD if bold else Face.SANS, size, color=color)


def _corners(mark: Area | Block) -> tuple[tuple[float, float], ...]:
    if isinstance(mark, Area):
        return mark.points
    right, bottom = mark.x + mark.width, mark.y + mark.height
    return (mark.x, mark.y), (right, mark.y), (right, bottom), (mark.x, bottom)

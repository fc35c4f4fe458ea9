"""Put text on a page: lines, paragraphs, and names that must fit whatever their length.

All text of documents goes through `TextPainter`: it takes rare characters from the fallback face, and refuses what no
face can show before anything of that line is on the page.
"""

# pyright: reportUnknownMemberType=false
# reportlab has no types.

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import Color, HexColor

from wufei_cells.documents.line_breaking import MeasureChar, split_paragraphs, wrap, wrap_evenly
from wufei_cells.documents.punctuation import hanging, squeezed_pieces, squeezed_width
from wufei_cells.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from wufei_cells.documents.fonts import DocumentFonts, Face, Run

STEP = 0.5  # sizes of fitted text go down in half points
FILL_AND_STROKE = 2  # PDF's text rendering mode
ROUND_JOIN = 1
LAST_OF_FIRST_PLANE = "\uffff"
SPREAD = 0.1  # of the size: spacing that a reader of PDF may take for spaces between words
BOLD_STROKE = 1 / 80  # of the size: makes the regular fallback face heavier; more would fill the gaps of 龘


class Align(Enum):
    """What the x of a line means."""

    LEFT = 0.0
    CENTER = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text looks. Lengths are in points; `spacing` is added between characters."""

    face: Face
    size: float
    spacing: float = 0.0
    color: str = "#000000"

    def scaled(self, size: float) -> TextStyle:
        """The same look in another size."""
        return replace(self, size=size, spacing=self.spacing * size / self.size)


@dataclass(frozen=True, slots=True)
class FittedText:
    """Text that has its place: the lines, and the style in which they fit."""

    lines: tuple[str, ...]
    style: TextStyle


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of a paragraph: how far in it begins, and its style, which is spaced more widely if it is justified."""

    text: str
    indent: float
    style: TextStyle


class TextPainter:
    """Writes on a canvas with the fonts of documents. Coordinates are reportlab's: points from the bottom left."""

    def __init__(self, canvas: Canvas, fonts: DocumentFonts) -> None:
        self.canvas = canvas
        self.fonts = fonts

    def line(self, text: str, x: float, y: float, style: TextStyle, align: Align = Align.LEFT) -> float:
        """Write one line with its baseline at y; return its width.

        Raises:
            UserError: ``document.glyph_missing``, also for a line end in the text.
        """
        width = line_width(self.fonts, text, style)
        self.put(text, x - width * align.value, y, style)
        return width

    def lines(
        self,
        lines: Sequence[str],
        x: float,
        y: float,
        style: TextStyle,
        *,
        leading: float,
        align: Align = Align.LEFT,
    ) -> float:
        """Write lines below each other, the first with its baseline at y; return the baseline after the last."""
        for line in lines:
            self.line(line, x, y, style, align)
            y -= leading
        return y

    def paragraph(
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        style: TextStyle,
        *,
        leading: float,
        first_indent: float = 0.0,
        justify: bool = False,
    ) -> float:
        """Write a text of any length, its first baseline at y; return the baseline after the last line.

        Args:
            text: line ends begin a new paragraph.
            x: left edge.
            y: baseline of the first line.
            width: of the column.
            style: of all of it; the spacing of justified lines is widened.
            leading: from baseline to baseline.
            first_indent: of each paragraph's first line; two Chinese characters are ``2 * style.size``.
            justify: spread all but the last lines of paragraphs to the full width.
        """
        for line in set_text(self.fonts, text, style, width, first_indent=first_indent, justify=justify):
            self.line(line.text, x + line.indent, y, line.style)
            y -= leading
        return y

    def put(self, text: str, x: float, y: float, style: TextStyle) -> None:
        """Write one line that begins at x, without measuring it.

        Raises:
            UserError: ``document.glyph_missing``, also for a line end in the text.
        """
        runs = self.fonts.runs(text, style.face)
        color = _color(style.color)
        # Readers take wide gaps for spaces, unless they are told what is written. (There pdfium loses characters beyond
        # U+FFFF; better a space too many.)
        spread = style.spacing > SPREAD * style.size and max(text, default="") <= LAST_OF_FIRST_PLANE
        if spread:
            written = text.encode("utf-16-be").hex().upper()
            self.canvas.addLiteral(f"/Span <</ActualText <FEFF{written}>>> BDC")
        self.canvas.saveState()
        self.canvas.setFillColor(color)
        if any(_made_bold(run, style) for run in runs):
            self.canvas.setStrokeColor(color)
            self.canvas.setLineWidth(style.size * BOLD_STROKE)
            self.canvas.setLineJoin(ROUND_JOIN)
        piece: Any = self.canvas.beginText(x, y)
        for run in runs:
            piece.setFont(self.fonts.name(run.face), style.size)
            piece.setTextRenderMode(FILL_AND_STROKE if _made_bold(run, style) else 0)
            for part, squeeze in squeezed_pieces(run.text):
                piece.setCharSpace(style.spacing - squeeze * style.size)
                piece.textOut(part)
        self.canvas.drawText(piece)
        self.canvas.restoreState()
        if spread:
            self.canvas.addLiteral("EMC")


def line_width(fonts: DocumentFonts, text: str, style: TextStyle) -> float:
    """How wide a line is, in points, with its spacing between characters and its punctuation squeezed.

    Raises:
        UserError: ``document.glyph_missing``.
    """
    spacing = style.spacing * max(len(text) - 1, 0)
    return fonts.width(text, style.face, style.size) + spacing - squeezed_width(text, style.size)


def wrap_text(
    fonts: DocumentFonts, text: str, style: TextStyle, width: float, *, first_indent: float = 0.0
) -> tuple[str, ...]:
    """Break a text into lines by the rules of Chinese typesetting (see `line_breaking`); its own line ends stay.

    Raises:
        UserError: ``document.glyph_missing``.
    """
    lines: list[str] = []
    for paragraph in split_paragraphs(text):
        fonts.runs(paragraph, style.face)  # refuses with the whole text, not with one character of it
        lines += wrap(paragraph, _measure(fonts, style), width + style.spacing, first_indent=first_indent)
    return tuple(lines)


def set_text(
    fonts: DocumentFonts,
    text: str,
    style: TextStyle,
    width: float,
    *,
    first_indent: float = 0.0,
    justify: bool = False,
) -> tuple[SetLine, ...]:
    """Set a text in lines, as `TextPainter.paragraph` draws it.

    Raises:
        UserError: ``document.glyph_missing``.
    """
    placed: list[SetLine] = []
    for paragraph in split_paragraphs(text):
        lines = wrap_text(fonts, paragraph, style, width, first_indent=first_indent)
        for number, line in enumerate(lines):
            # Where edges are straight, the empty half of a sign hangs out of them.
            before, behind = hanging(line, style.size) if justify else (0.0, 0.0)
            indent = first_indent if number == 0 else -before
            last = number == len(lines) - 1
            used = style if last or not justify else _justified(fonts, line, style, width - indent + behind)
            placed.append(SetLine(line, indent, used))
    return tuple(placed)


def fit_text(
    fonts: DocumentFonts,
    text: str,
    style: TextStyle,
    width: float,
    *,
    smallest: float,
    most_lines: int = 2,
    smallest_wrapped: float | None = None,
) -> FittedText:
    """Make a name fit: in one line, smaller if need be; below the smallest size in more lines, as large as they can be.

    Args:
        fonts: the fonts of the document.
        text: one paragraph.
        style: how it looks where there is room.
        width: of a line.
        smallest: size of a single line.
        most_lines: rather two lines of smaller type than three.
        smallest_wrapped: size of more than one line, if not the same.

    Raises:
        UserError: ``document.glyph_missing``; ``document.text_too_long`` when even the smallest size needs more lines.
    """
    needed = line_width(fonts, text, style)
    for size in _sizes(style.size, smallest):
        if needed * size <= width * style.size:
            return FittedText((text,), style.scaled(size))
    wrapped = smallest if smallest_wrapped is None else smallest_wrapped
    for count, size in product(range(2, most_lines + 1), _sizes(style.size, wrapped)):
        scaled = style.scaled(size)
        lines = wrap_evenly(text, _measure(fonts, scaled), width + scaled.spacing)
        if len(lines) <= count:
            return FittedText(lines, scaled)
    raise UserError("document.text_too_long", text=text, lines=most_lines)


def _justified(fonts: DocumentFonts, line: str, style: TextStyle, width: float) -> TextStyle:
    gaps = len(line) - 1
    spare = width - line_width(fonts, line, style)
    return replace(style, spacing=style.spacing + spare / gaps) if gaps > 0 else style


def _sizes(largest: float, smallest: float) -> list[float]:
    steps = max(int((largest - smallest) / STEP), 0)
    return [largest - STEP * step for step in range(steps + 1)]


def _measure(fonts: DocumentFonts, style: TextStyle) -> MeasureChar:
    """The room that one character takes, with the spacing behind it."""
    face, size, spacing = style.face, style.size, style.spacing
    return lambda char: fonts.advance(char, face) * size + spacing


def _made_bold(run: Run, style: TextStyle) -> bool:
    """Whether a run in a bold line has to be made heavier: the fallback face has no bold cut."""
    return style.face.bold and not run.face.bold


@cache
def _color(code: str) -> Color:
    return HexColor(code)

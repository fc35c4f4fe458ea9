"""Text that has its place on a page before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.documents.punctuation import hanging
from wufei_cells.documents.text import STEP, Align, FittedText, SetLine, TextStyle, set_text
from wufei_cells.errors import UserError

MIDDLE_OF_SIGNS = 0.36  # of the size: how far the middle of Chinese characters is above the baseline
LONELY = 3  # characters in a last line, with the full stop
SMALLER = 3  # steps down that a better last line is worth
SMALLEST = 0.6  # of the wanted size


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text at its place."""

    text: str
    x: float
    y: float
    style: TextStyle
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Block:
    """Text that fits into its room."""

    lines: Sequence[SetLine]
    style: TextStyle
    leading: float

    @property
    def height(self) -> float:
        """From the first baseline to the last."""
        return (len(self.lines) - 1) * self.leading


def centered(text: FittedText, x: float, last: float, leading: float) -> Iterator[PlacedLine]:
    """Place lines around x, the last with its baseline at a height; empty halves of signs at the ends do not count."""
    for below, line in zip(reversed(range(len(text.lines))), text.lines, strict=True):
        before, behind = hanging(line, text.style.size)
        yield PlacedLine(line, x + (behind - before) / 2, last + below * leading, text.style, Align.CENTER)


def fit_block(
    fonts: DocumentFonts, text: str, style: TextStyle, room: tuple[float, float], *, lead: float, indent: int = 0
) -> Block:
    """Set a text as large as its room allows; rather a little smaller than with a lonely sign in the last line.

    Args:
        fonts: the fonts of the document.
        text: line ends begin a new paragraph.
        style: the largest.
        room: width and height.
        lead: from line to line, by the size.
        indent: of first lines, in Chinese characters; a text with an indent is justified too.

    Raises:
        UserError: ``document.glyph_missing``; ``document.text_too_long`` when the smallest size takes more room.
    """
    width, height = room
    first: Block | None = None
    for size in _sizes(style.size):
        scaled = style.scaled(size)
        lines = set_text(fonts, text, scaled, width, first_indent=indent * size, justify=indent > 0)
        block = Block(lines, scaled, lead * size)
        if block.height + block.leading > height:
            continue
        if len(lines[-1].text) > LONELY:
            return block
        first = first or block
        if first.style.size - size >= SMALLER * STEP:
            break
    if first is None:
        raise UserError("document.text_too_long", text=text, lines=int(height / (style.size * SMALLEST * lead)))
    return first


def _sizes(largest: float) -> Iterator[float]:
    size = largest
    while size >= largest * SMALLEST:
        yield size
        size -= STEP

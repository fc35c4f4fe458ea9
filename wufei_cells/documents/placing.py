"""Text that has its place on a page before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.documents.punctuation import hanging
from wufei_cells.documents.text import STEP, Align, FittedText, SetLine, TextStyle, fit_text, set_text
from wufei_cells.errors import UserError

MIDDLE_OF_SIGNS = 0.36  # of the size: how far the middle of Chinese characters is above the baseline
LONELY = 3  # Chinese characters in a last line, with the full stop; letters are half as wide
WIDE_FROM = "\u2e80"
TOLERANCE = 0.01  # points
SMALLER = 3  # steps down that a better last line is worth
ABOVE = 0.88  # of the size: what Chinese characters take above the baseline; the rest is below


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
    fonts: DocumentFonts,
    text: str,
    style: TextStyle,
    room: tuple[float, float],
    *,
    lead: float,
    smallest: float,
    indent: float = 0,
    justify: bool = False,
) -> Block:
    """Set a text as large as its room allows; rather a little smaller than with a lonely sign in the last line.

    Args:
        fonts: the fonts of the document.
        text: line ends begin a new paragraph.
        style: the largest.
        room: width and height.
        lead: from line to line, by the size.
        smallest: size, in points.
        indent: of first lines, in Chinese characters.
        justify: whether to spread lines to the full width.

    Raises:
        UserError: ``document.glyph_missing``; ``document.text_too_long`` when the smallest size takes more room.
    """
    width, height = room
    first: Block | None = None
    for size in _sizes(style.size, smallest):
        scaled = style.scaled(size)
        lines = set_text(fonts, text, scaled, width, first_indent=indent * size, justify=justify)
        block = Block(lines, scaled, lead * size)
        if block.height + size > height + TOLERANCE:
            continue
        if len(lines) == 1 or _ems(lines[-1].text) > LONELY:
            return block
        first = first or block
        if first.style.size - size >= SMALLER * STEP:
            break
    if first is None:
        most = max(int((height - smallest) / (smallest * lead)) + 1, 1)
        raise UserError("document.text_too_long", text=text, lines=most)
    return first


def fit_lines(
    fonts: DocumentFonts,
    text: str,
    style: TextStyle,
    room: tuple[float, float],
    *,
    lead: float,
    most_lines: int,
    smallest: float,
    wraps_at: float,
) -> Block:
    """Set a name or a title as large as its room allows, in few lines.

    Args:
        fonts: the fonts of the document.
        text: one paragraph.
        style: the largest.
        room: width and height.
        lead: from line to line, by the size.
        most_lines: rather two lines of smaller type than three.
        smallest: size, in points.
        wraps_at: rather another line than a single one of smaller type than this.

    Raises:
        UserError: ``document.glyph_missing``; ``document.text_too_long`` when the smallest size takes more room.
    """
    width, height = room
    single = smallest if most_lines == 1 else wraps_at
    while True:
        fitted = fit_text(fonts, text, style, width, smallest=single, most_lines=most_lines, smallest_wrapped=smallest)
        size = fitted.style.size
        block = Block([SetLine(line, 0.0, fitted.style) for line in fitted.lines], fitted.style, lead * size)
        if block.height + size <= height + TOLERANCE:
            return block
        if size - STEP < smallest:
            raise UserError("document.text_too_long", text=text, lines=max(len(fitted.lines) - 1, 1))
        style = style.scaled(size - STEP)


def _sizes(largest: float, smallest: float) -> Iterator[float]:
    size = largest
    while size >= smallest:
        yield size
        size -= STEP


def _ems(text: str) -> float:
    """How wide a text is, about, in Chinese characters."""
    return sum(1.0 if char >= WIDE_FROM else 0.5 for char in text)

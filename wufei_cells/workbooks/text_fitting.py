"""How much room text takes in a cell.

Spreadsheet programs do not make a row higher for wrapped text that a program wrote, and fonts differ between
machines; so the height is reckoned here, a little generously. Widths are in units of the text's size.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

UNIT = 5.25  # points that one unit of column width takes with the workbook's main font
PADDING = 6.0  # points at the left and right edges of a cell together
LEADING = 1.42  # line height by size; fonts that stand in for 宋体 on other systems need so much
MARGIN = 5.0  # points above and below the text together
HIGHEST = 409.0  # points; Excel's limit for a row

_CLOSING = frozenset("，。、；：？！）】》」』〉”’…%％,.;:?!)]}")


@lru_cache(maxsize=4096)
def text_height(text: str, column_width: float, size: float) -> float:
    """The height in points that a text needs in a column (or merged columns) of this width."""
    room = room_in(column_width, size)
    lines = sum(lines_needed(paragraph, room) for paragraph in text.split("\n"))
    return lines * size * LEADING + MARGIN


def room_in(column_width: float, size: float) -> float:
    """How many times its size a line of text has room for in a column (or merged columns) of this width."""
    return max((column_width * UNIT - PADDING) / size, 1.0)


def lines_needed(paragraph: str, room: float) -> int:
    """How many lines a paragraph takes when a line has room for so many times the text's size."""
    lines, used = 1, 0.0
    for word in _words(paragraph):
        width = sum(map(char_width, word))
        if used + width > room and used > 0:
            lines, used = lines + 1, 0.0
        if width > room:  # a word longer than a line is taken apart
            full_lines, width = divmod(width, room)
            lines += int(full_lines)
        used += width
    return lines


@lru_cache(maxsize=8192)
def char_width(char: str) -> float:
    """About how wide a character is; Chinese ones are as wide as high."""
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    return 0.72 if char.isupper() or char in "mwMW%@" else 0.56


def _words(paragraph: str) -> list[str]:
    """Pieces that stay on one line: Latin words, and Chinese characters with the closing marks that follow them."""
    words: list[str] = []
    for char in paragraph:
        if words and (char in _CLOSING or (_is_latin(char) and _is_latin(words[-1][-1]))):
            words[-1] += char
        else:
            words.append(char)
    return words


def _is_latin(char: str) -> bool:
    return char != " " and char < "\u2e80"

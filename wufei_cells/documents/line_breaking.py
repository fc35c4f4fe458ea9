"""Where a line of Chinese (with Latin words in it) may end.

Between Chinese characters nearly everywhere; but no line begins with closing punctuation (。，、》」), none ends with
an opening one (（《「), dashes and dots (——, ……) stay together, and Latin words, numbers and certificate numbers are
not taken apart unless one of them alone is wider than the line.

Pure: widths come from a function, so the same rules serve every face and size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

CLOSING = frozenset("。，、；：！？．）〕】》〉」』〗｝］”’～·‧・%‰％℃℉°㎡,.;:!?)]}/-々〻ー")
OPENING = frozenset("（〔【《〈「『〖｛［“‘([{￥¥$＄£№＃#")
TWINS = frozenset("…—─")  # come in pairs that must not be parted; as a pair they may begin a line (GB/T 15834)
IN_WORDS = frozenset("’–\u2011")  # apostrophe, en dash, no-break hyphen
SPACES = " \u3000"
GLUE = "\u00a0"  # the no-break space

MeasureChar = Callable[[str], float]


def split_paragraphs(text: str) -> list[str]:
    """Split at line ends, of whatever system; a tab becomes a space."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")


def wrap(paragraph: str, measure: MeasureChar, width: float, *, first_indent: float = 0) -> tuple[str, ...]:
    """Break a paragraph into lines that are no wider than `width`.

    Args:
        paragraph: text without line ends.
        measure: the width of one character.
        width: what a line may take; a line always takes at least one character.
        first_indent: how much narrower the first line is.
    """
    widths = [measure(char) for char in paragraph]
    return _cut(paragraph, _cuts(paragraph, widths, width, first_indent))


def wrap_evenly(paragraph: str, measure: MeasureChar, width: float) -> tuple[str, ...]:
    """Break as `wrap` does, into as few lines, but lines of about the same length: for titles and names."""
    widths = [measure(char) for char in paragraph]
    cuts = _cuts(paragraph, widths, width, 0)
    narrow, wide = 0.0, width
    while cuts and wide - narrow > width / 200:
        middle = (narrow + wide) / 2
        tried = _cuts(paragraph, widths, middle, 0)
        if len(tried) <= len(cuts) and all(may_break(paragraph[cut - 1], paragraph[cut]) for cut in tried):
            cuts, wide = tried, middle
        else:
            narrow = middle
    return _cut(paragraph, cuts)


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two neighboring characters."""
    if GLUE in (before, after) or _is_space(after) or after in CLOSING or before in OPENING:
        return False
    if before == after and before in TWINS:
        return False
    return not (_is_latin(before) and _is_latin(after))


def _cuts(text: str, widths: Sequence[float], width: float, indent: float) -> list[int]:
    """Fill lines from left to right; when one is full, go back to the last place where it may end."""
    cuts: list[int] = []
    start, room = 0, width - indent
    while (end := _fitting_end(text, widths, start, room)) < len(text):
        start, room = _last_break(text, start, end), width
        cuts.append(start)
    return cuts


def _cut(text: str, cuts: Sequence[int]) -> tuple[str, ...]:
    """Take a text apart; spaces at which it breaks are gone."""
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return (*tuple(piece.rstrip(SPACES) for piece in pieces[:-1]), pieces[-1])


def _fitting_end(text: str, widths: Sequence[float], start: int, room: float) -> int:
    """The end of the longest piece from `start` that fits; spaces at a line's end take no room."""
    taken = 0.0
    for place in range(start, len(text)):
        taken += widths[place]
        if taken > room + 1e-6 and not _is_space(text[place]):
            return max(place, start + 1)
    return len(text)


def _last_break(text: str, start: int, end: int) -> int:
    """The last allowed break in text[start:end + 1], or `end` where there is none: then a long word is taken apart."""
    for place in range(end, start, -1):
        if may_break(text[place - 1], text[place]):
            return place
    return end


def _is_space(char: str) -> bool:
    return char in SPACES


def _is_latin(char: str) -> bool:
    """Whether a character is part of words and numbers: 2026–2027, CO₂, don’t, 50㎡ without its ㎡."""
    return not _is_space(char) and (char < "\u2000" or char in IN_WORDS or "\u2070" <= char <= "\u209f")

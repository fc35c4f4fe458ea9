"""Cut from a long text the part in which a searched word stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from wufei_cells.domain.folding import fold

LENGTH = 60
BEFORE = 12
"""How many characters are shown before the word."""
ELLIPSIS = "…"


def snippet(text: str, words: Sequence[str], length: int = LENGTH) -> str:
    """Give a text in one line, cut to a length around the first of the (folded) words that is in it."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    start = max(min(_first(line, words) - BEFORE, len(line) - length), 0)
    cut = line[start : start + length].strip()
    return f"{ELLIPSIS if start else ''}{cut}{ELLIPSIS if start + length < len(line) else ''}"


def _first(line: str, words: Sequence[str]) -> int:
    """Give the place of the first word in a text; folding may make characters more or fewer."""
    folded = fold(line)
    at = min((place for word in words if (place := folded.find(word)) >= 0), default=0)
    if len(folded) == len(line):
        return at
    ends = accumulate(len(fold(character)) for character in line)
    return next((place for place, end in enumerate(ends) if end > at), 0)

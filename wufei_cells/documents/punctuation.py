"""Squeeze Chinese punctuation: where two signs meet, one of their two empty halves goes.

A full-width sign fills half of its square. In ”。 or ）》（ the empty halves add up to holes in the line, which
typesetters have always closed. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CLOSING = "。，、”’）》〉】」』〕］｝"  # their right half is empty
LOW = "；："  # stand in the left half too, but what follows keeps its distance
OPENING = "“‘（《〈【「『〔［｛"  # their left half is empty
SQUEEZE = 0.5  # of the size
GETA = "〓"
"""The printers' sign for a character that is not at hand; certificates are refused instead."""
# The fonts hold Chinese quotation marks, which are as wide as a character; English words take the straight ones.
STRAIGHT = str.maketrans("“”‘’", "\"\"''")

_BEFORE_ANOTHER = re.compile(f"[{CLOSING}](?=[{CLOSING}{LOW}{OPENING}])|[{OPENING}](?=[{OPENING}])")


def squeezed_width(text: str, size: float) -> float:
    """How much narrower a line becomes, in points."""
    return len(_BEFORE_ANOTHER.findall(text)) * SQUEEZE * size


def squeezed_pieces(text: str) -> Iterator[tuple[str, float]]:
    """Take a line apart after its squeezed signs: pieces, and by how much of the size the next one moves up to each.

    A squeezed sign is a piece of its own, so that the spacing behind it can differ from that of the rest.
    """
    start = 0
    for match in _BEFORE_ANOTHER.finditer(text):
        if match.start() > start:
            yield text[start : match.start()], 0.0
        yield match.group(), SQUEEZE
        start = match.end()
    if start < len(text):
        yield text[start:], 0.0


def hanging(text: str, size: float) -> tuple[float, float]:
    """How much of a line is empty before its first sign and behind its last one, in points."""
    before = text != "" and text[0] in OPENING
    behind = text != "" and text[-1] in CLOSING
    return before * SQUEEZE * size, behind * SQUEEZE * size

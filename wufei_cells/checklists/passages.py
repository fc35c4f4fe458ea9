"""Find the words that differ between an old and a new text, so that a reader need not compare them letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

Passage = tuple[int, int]
"""Where a passage begins in a text, and where it ends."""

_TOKEN = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|\s+|.", re.DOTALL)  # a Chinese character is a token of its own
LEAST_LIKENESS = 0.3
"""Texts that have less in common are new as a whole; marks would only be confetti."""
MOST_WORK = 4_000_000
"""Tokens of one text times tokens of the other; longer texts would keep people waiting."""


def changed_passages(old: str, new: str) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Give the passages of the old text that went and those of the new text that came.

    Nothing is given for texts that have little in common, or are too long to be compared at once. Texts of as many
    lines are compared line by line.
    """
    if old.count("\n") != new.count("\n"):
        return _compared(old, new)
    went: list[Passage] = []
    came: list[Passage] = []
    places = [0, 0]
    for line in zip(old.split("\n"), new.split("\n"), strict=True):
        for place, passages, found in zip(places, (went, came), _compared(*line), strict=True):
            passages += [(place + start, place + end) for start, end in found]
        places = [place + len(one) + 1 for place, one in zip(places, line, strict=True)]
    return tuple(went), tuple(came)


def _compared(old: str, new: str) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if not before or not after or len(before) * len(after) > MOST_WORK:
        return (), ()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LEAST_LIKENESS:
        return (), ()
    changes = [code[1:] for code in matcher.get_opcodes() if code[0] != "equal"]
    went = _passages(before, ((start, end) for start, end, _begin, _stop in changes))
    came = _passages(after, ((begin, stop) for _start, _end, begin, stop in changes))
    return went, came


def _passages(tokens: Sequence[str], ranges: Iterable[tuple[int, int]]) -> tuple[Passage, ...]:
    """Turn ranges of tokens into passages; two with a single token between them become one."""
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if start == end:
            continue
        if joined and start - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    places = [0]
    for token in tokens:
        places.append(places[-1] + len(token))
    return tuple((places[start], places[end]) for start, end in joined)

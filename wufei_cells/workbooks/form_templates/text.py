"""Find placeholders in the text of a cell, also where it is written in several looks, and put values in their place."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

Look = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Font of a piece of text: the elements of its description with their attributes; empty for the cell's own."""

_PLACEHOLDER = re.compile(r"(?:\{\{|｛｛)([^{}｛｝]*)(?:\}\}|｝｝)")
_BRACES = re.compile(r"\{\{|\}\}|｛｛|｝｝")
_LONGEST_TOLD = 40


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look."""

    text: str
    look: Look = ()


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder in a text."""

    name: str
    """What stands between the braces."""
    start: int
    end: int
    letter: int
    """Where its name begins."""


@dataclass(frozen=True, slots=True)
class CellText:
    """The text of a cell."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(run.text for run in self.runs)

    @property
    def has_braces(self) -> bool:
        """Whether there may be placeholders in it."""
        return has_braces(self.text)

    def placeholders(self) -> tuple[Placeholder, ...]:
        """Find all placeholders, whatever look their letters have."""
        return tuple(map(_placeholder, _PLACEHOLDER.finditer(self.text)))

    @property
    def alone(self) -> bool:
        """Whether a single placeholder is all that stands in the cell."""
        return _PLACEHOLDER.fullmatch(self.text.strip()) is not None

    @property
    def unclosed(self) -> str:
        """What stands behind braces that have no other half; empty where all have."""
        return unclosed(self.text)

    def filled(self, text_of: Callable[[str], str]) -> tuple[Run, ...]:
        """Put texts in the place of placeholders, each in the look of the first letter of its name.

        Programs that keep a font for each script (LibreOffice) give braces another one than Chinese letters.
        """
        marks = self.placeholders()
        texts = [text_of(mark.name) for mark in marks]
        return tuple(run for run in self._filled(marks, texts) if run.text)

    def _filled(self, marks: tuple[Placeholder, ...], texts: list[str]) -> Iterator[Run]:
        whole, begin, waiting = self.text, 0, deque(zip(marks, texts, strict=True))
        for run in self.runs:
            end, at, pieces = begin + len(run.text), begin, list[str]()
            while waiting and waiting[0][0].start < end:
                mark, text = waiting[0]
                pieces.append(whole[at : max(at, mark.start)])
                if begin <= mark.letter < end:
                    pieces.append(text)
                at = min(mark.end, end)
                if mark.end > end:
                    break
                waiting.popleft()
            pieces.append(whole[at:end])
            yield replace(run, text="".join(pieces))
            begin = end


def _placeholder(found: re.Match[str]) -> Placeholder:
    name = found[1].strip()
    letter = found.start(1) + len(found[1]) - len(found[1].lstrip()) if name else found.start()
    return Placeholder(name, *found.span(), letter)


def has_braces(text: str) -> bool:
    """Whether double braces stand in a text."""
    return _BRACES.search(text) is not None


def unclosed(text: str) -> str:
    """Give what stands behind double braces that have no other half; empty where all have."""
    rest = _PLACEHOLDER.sub(lambda found: " " * len(found[0]), text)
    found = _BRACES.search(rest)
    return text[found.start() : found.start() + _LONGEST_TOLD] if found else ""


def names_in(text: str) -> tuple[str, ...]:
    """List the placeholders of a plain text, as they stand between the braces."""
    return tuple(mark.name for mark in CellText((Run(text),)).placeholders())

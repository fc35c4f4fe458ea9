"""The words of the authoring workbook, as they are written in one language and read in both.

A word may have several spellings, parted by ``|``: the first is written, all are understood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from wufei_cells.domain.text import LANGUAGES, Language

if TYPE_CHECKING:
    from wufei_cells.wording import Wording

_MARKS = re.compile(r"[\s*＊：:]+")


class Vocabulary:
    """Gives words for meanings, and meanings for words."""

    def __init__(self, wording: Wording) -> None:
        self._own = wording
        self.language: Language = "en" if wording.language == "en" else "zh"
        self._spoken = {language: wording.speaking(language) for language in LANGUAGES}
        self._known: dict[tuple[str, tuple[str, ...]], dict[str, str]] = {}

    def say(self, key: str, **values: object) -> str:
        """Write a word or sentence of the workbook by the last part of its key."""
        return self._own.say(f"book.{key}", **values).split("|", 1)[0]

    def spellings(self, key: str) -> list[str]:
        """Every way in which a word may be written, in both languages."""
        return [one for wording in self._spoken.values() for one in wording.say(f"book.{key}").split("|")]

    def meaning(self, area: str, names: Iterable[str], written: str) -> str | None:
        """Say which of several names of an area a person means; a name itself is understood too."""
        names = tuple(names)
        if (area, names) not in self._known:
            known = {folded(word): name for name in names for word in self.spellings(f"{area}.{name}")}
            self._known[area, names] = {folded(name): name for name in names} | known
        return self._known[area, names].get(folded(written))

    def choices(self, area: str, names: Iterable[str]) -> list[str]:
        """Write several names of an area."""
        return [self.say(f"{area}.{name}") for name in names]

    @cached_property
    def list_mark(self) -> str:
        """What stands between the members of a list."""
        return self.say("word.list")

    @cached_property
    def part_mark(self) -> str:
        """What stands between the parts of a rule."""
        return self.say("word.parts")

    def pattern(self, *names: str) -> str:
        """A regular expression for some words in all their spellings, the longest first."""
        spellings = {spelling for name in names for spelling in self.spellings(f"word.{name}")}
        return "|".join(_escaped(spelling) for spelling in sorted(spellings, key=lambda one: (-len(one), one)))


def folded(text: str) -> str:
    """Make spellings of the same word equal: width, case, blanks and marks do not matter."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SIMPLE = str.maketrans({**_FULL_WIDTH, "　": " ", "−": "-", "–": "-", "—": "-", "％": "%"})  # type: ignore[arg-type]


def simple(text: str) -> str:
    """Give ASCII for full-width signs, character by character, so that positions stay."""
    return text.translate(_SIMPLE)


def _escaped(spelling: str) -> str:
    """Latin words must stand alone; Chinese ones and signs need no blanks around them."""
    escaped = re.escape(simple(spelling)).replace(r"\ ", r"\s+")
    latin = spelling[0].isascii() and spelling[0].isalpha()
    return rf"(?<![A-Za-z0-9_]){escaped}(?![A-Za-z0-9_])" if latin else escaped

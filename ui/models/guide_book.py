"""The guide as a book: chapters and their sections, where links lead, and what is found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

PLACES: Mapping[str, str] = {
    "overview": "office#board",
    "sites": "assessor#register",
    "assessment": "assessor#scoring",
    "certificates": "certificates",
    "checklists": "checklists",
    "exchange": "exchange",
    "settings": "office#settings",
    "roles": "office#roles",
    "process": "office#process",
    "office_keys": "office#key",
    "devices": "exchange#devices",
    "template": "certificates#template",
    "checkup": "reviewer#checkup",
    "drawing": "office#drawing",
    "site_list": "excel#lists",
    "scoresheets": "excel#scoresheets",
    "ledgers": "excel#ledgers",
    "reports": "office#reports",
    "targets": "office#targets",
    "indicators": "office#targets",
    "follow_ups": "office#follow-ups",
    "calendar": "office#follow-ups",
    "conflicts": "exchange#conflicts",
    "past": "office#past",
    "write_out": "exchange#write-out",
    "take_in": "exchange#take-in",
    "verify": "certificates#verify",
    "update": "upkeep#updates",
    "self_check": "upkeep#wrong",
    "support": "upkeep#wrong",
    "keys": "keys",
}
"""Where F1 leads, by the room or the dialog in which it is pressed: a chapter without its number, and an anchor."""

ANCHOR = re.compile(r'<a id="([a-z0-9-]+)"></a>')
HEADING = re.compile(r"(#{1,3}) (.+)")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)]*)\)")
MARKS = re.compile(r"\*\*|`|^> ?|^\s*[-*] |^\s*\d+\. |^\|[\s:|-]+\|$", re.MULTILINE)
NUMBER = re.compile(r"\d+-")
AROUND = 20
"""Characters shown before what was found."""


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading."""

    title: str
    level: int
    anchor: str
    text: str
    """Its words, without any marks."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the guide."""

    name: str
    """Of the file, with its number and without its ending: links name it."""
    markdown: str
    sections: tuple[Section, ...]
    """The first is the chapter's own title with what stands under it."""

    @property
    def key(self) -> str:
        """The name without its number."""
        return NUMBER.sub("", self.name, count=1)

    @property
    def title(self) -> str:
        """What the chapter is called."""
        return self.sections[0].title


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the book: a chapter and one of its sections, counted from 0."""

    chapter: int
    section: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that holds all words looked for."""

    spot: Spot
    title: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Book:
    """The guide in one language."""

    chapters: tuple[Chapter, ...]

    def spot(self, place: str) -> Spot | None:
        """Find a place written as a link or a name: ``02-exchange.md#devices``, ``exchange#devices``, ``exchange``."""
        name, _, anchor = place.partition("#")
        name = name.removesuffix(".md")
        for at, chapter in enumerate(self.chapters):
            if name in (chapter.name, chapter.key):
                anchors = [section.anchor for section in chapter.sections]
                if anchor and anchor not in anchors:
                    return None
                return Spot(at, anchors.index(anchor) if anchor else 0)
        return None

    def section(self, spot: Spot) -> Section:
        """Give what stands at a place."""
        return self.chapters[spot.chapter].sections[spot.section]

    def spots(self) -> Iterator[Spot]:
        """Give every section's place, in the order of the book."""
        for at, chapter in enumerate(self.chapters):
            for number in range(len(chapter.sections)):
                yield Spot(at, number)


def read_book(texts: Mapping[str, str]) -> Book:
    """Read the chapters."""
    return Book(tuple(Chapter(name, _shown(text), tuple(_sections(text))) for name, text in texts.items()))


def find(words: str, books: Sequence[Book]) -> list[Hit]:
    """Find the sections that hold all words, titles first; what another language's book says counts as well.

    The books have the same sections in the same order; hits are told in the words of the first.
    """
    wanted = words.casefold().split()
    if not wanted:
        return []
    in_title: list[Hit] = []
    in_text: list[Hit] = []
    for spot in books[0].spots():
        told = books[0].section(spot)
        for section in (book.section(spot) for book in books):
            if all(word in section.title.casefold() for word in wanted):
                in_title.append(Hit(spot, told.title, told.text[: 3 * AROUND]))
                break
            if _holds(section, wanted):
                in_text.append(Hit(spot, told.title, _excerpt(told.text, wanted[0])))
                break
    return in_title + in_text


def _holds(section: Section, wanted: Sequence[str]) -> bool:
    whole = f"{section.title}\n{section.text}".casefold()
    return all(word in whole for word in wanted)


def _excerpt(text: str, word: str) -> str:
    at = max(text.casefold().find(word), 0)
    begin = max(at - AROUND, 0)
    return f"{'…' if begin else ''}{text[begin : begin + 3 * AROUND]}"


def _sections(text: str) -> Iterator[Section]:
    """Part a chapter at its headings; what stands in code is no heading."""
    title, level, anchor, named, lines, code = "", 0, "", "", list[str](), False
    for line in text.splitlines():
        code ^= line.startswith("```")
        heading = None if code else HEADING.fullmatch(line)
        if heading:
            if level:
                yield Section(title, level, anchor, _plain(lines))
            title, level, lines = heading[2].replace("`", ""), len(heading[1]), []
            anchor, named = named or slug(title), ""
        elif found := ANCHOR.fullmatch(line):
            named = found[1]
        else:
            lines.append(line)
    yield Section(title, level, anchor, _plain(lines))


def slug(title: str) -> str:
    """Name a heading as web pages of projects do."""
    kept = (sign for sign in title.lower() if sign.isalnum() or sign in " -_")
    return "".join(kept).replace(" ", "-")


def _plain(lines: Sequence[str]) -> str:
    text = LINK.sub(lambda link: "" if link[1] else link[2], "\n".join(lines))
    return " ".join(MARKS.sub("", text).replace("|", " ").split())


def _shown(text: str) -> str:
    """Leave out the names of headings: who shows a chapter knows them from its sections."""
    return ANCHOR.sub("", text)

"""Walk through a part of a workbook and know at which byte every tag stands, so that little can be changed in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.parsers import expat

_TAG = re.compile(rb"""<(?:[^"'>]++|"[^"]*"|'[^']*')*+>""")


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes that come in the place of others."""

    start: int
    end: int
    content: bytes


def edited(content: bytes, edits: Iterable[Edit]) -> bytes:
    """Make changes that do not overlap."""
    pieces: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda one: one.start):
        pieces += (content[at : edit.start], edit.content)
        at = edit.end
    return b"".join((*pieces, content[at:]))


def is_well_formed(content: bytes) -> bool:
    """Whether a part that was changed is still XML."""
    try:
        expat.ParserCreate().Parse(content, True)  # noqa: FBT003 - the last piece
    except expat.ExpatError:
        return False
    return True


def open_tag(head: bytes) -> bytes:
    """Give a tag without its end sign, whether or not its element has content."""
    return head.rstrip(b">").rstrip(b"/").rstrip()


def _refuse(*_details: object) -> None:
    raise ValueError("it declares what could unfold")


class PlacedParser:
    """Calls ``on_start``, ``on_end`` and ``on_text`` for what stands in a part; places are those of bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self.on_start
        self._parser.EndElementHandler = self.on_end
        self._parser.CharacterDataHandler = self.on_text
        self._parser.StartDoctypeDeclHandler = _refuse

    def parse(self) -> None:
        """Walk through it.

        Raises:
            ExpatError: it is no XML.
            ValueError: a tag has no end, or there is a document type, which no office program writes.
        """
        self._parser.Parse(self.content, True)  # noqa: FBT003 - the last piece

    @property
    def at(self) -> int:
        """Where the tag stands that begins."""
        return self._parser.CurrentByteIndex

    def tag_end(self) -> int:
        """Find the end of the tag that begins; an end sign within quotes is none."""
        found = _TAG.match(self.content, self.at)
        if found is None:
            raise ValueError("a tag has no end")
        return found.end()

    def element_end(self, name: str) -> int:
        """Find the end of the element that ends; behind one without content, the parser stands already."""
        closing = b"</" + name.encode()
        if self.content[self.at : self.at + len(closing)] == closing:
            return self.content.index(b">", self.at) + 1
        return self.at

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def on_end(self, name: str) -> None:
        """An element ends."""

    def on_text(self, text: str) -> None:
        """Text stands in the element that began last."""

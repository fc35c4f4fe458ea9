"""Go through XML that anybody may have written, piece by piece: no entities, no depth without end, no whole tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol
from xml.etree.ElementTree import Element
from xml.parsers import expat

_DEEPEST = 200
_MOST_NODES = 1_000_000


class XmlFault(Exception):
    """It is no XML that an office program writes."""


class XmlHandler(Protocol):
    """Is told what stands in the XML; names have their namespace in front, parted by ``}``."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        ...

    def end(self, tag: str) -> None:
        """An element ends."""
        ...

    def text(self, data: str) -> None:
        """A piece of text, not necessarily all of it."""
        ...


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace: strict and ordinary workbooks differ in those."""
    return tag[tag.rfind("}") + 1 :]


class LocalNames(dict[str, str]):
    """Gives the names without their namespace, and finds each only once: a sheet has few, millions of times."""

    def __missing__(self, tag: str) -> str:
        self[tag] = name = local(tag)
        return name


def parse(pieces: Iterable[bytes], handler: XmlHandler) -> Iterator[bytes]:
    """Tell a handler what stands in pieces of XML, and give each piece before it is gone through.

    Raises:
        XmlFault: it is broken, or has a document type (no office program writes one; there may be a bomb in it).
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    for piece in pieces:
        yield piece
        _go(parser, piece, last=False)
    _go(parser, b"", last=True)
    yield b""


def _go(parser: expat.XMLParserType, piece: bytes, *, last: bool) -> None:
    try:
        parser.Parse(piece, last)
    except (expat.ExpatError, ValueError, LookupError):  # LookupError: an encoding that nobody has
        raise XmlFault from None


def _refuse(*_details: object) -> None:
    raise XmlFault


class ElementCollector:
    """Builds the elements of some names, and nothing of what stands around them."""

    def __init__(self, tags: Iterable[str]) -> None:
        self._wanted = frozenset(tags)
        self._open: list[Element] = []
        self._done: list[Element] = []
        self._texts: list[str] = []
        self._nodes = 0
        self._depth = 0

    def taken(self) -> list[Element]:
        """Hand over what is complete."""
        done, self._done = self._done, []
        return done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = local(tag)
        self._depth += 1
        self._nodes = self._nodes + 1 if self._open else 1
        if self._depth > _DEEPEST or self._nodes > _MOST_NODES:
            raise XmlFault
        if not self._open and name not in self._wanted:
            return
        self._write()
        element = Element(name, {local(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].append(element)
        self._open.append(element)

    def end(self, tag: str) -> None:  # noqa: ARG002 - as every handler is told it
        """An element ends."""
        self._depth -= 1
        if not self._open:
            return
        self._write()
        element = self._open.pop()
        if not self._open:
            self._done.append(element)

    def text(self, data: str) -> None:
        """A piece of text."""
        if self._open:
            self._texts.append(data)

    def _write(self) -> None:
        if not self._texts:
            return
        text = "".join(self._texts)
        self._texts.clear()
        last = self._open[-1]
        if len(last) == 0:
            last.text = (last.text or "") + text
        else:
            last[-1].tail = (last[-1].tail or "") + text

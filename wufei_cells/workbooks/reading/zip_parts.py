"""Read the parts of a zip file that anybody may have made, with a budget for everything that comes out of it.

Workbooks of Excel, WPS and LibreOffice are zip files of XML. The sizes that they state are not believed: what comes
out is counted, and a few kilobytes that unfold into gigabytes are stopped early.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from wufei_cells.workbooks.reading.limits import Limits
from wufei_cells.workbooks.reading.refusals import Room, damaged, too_large
from wufei_cells.workbooks.reading.xml_elements import ElementCollector, XmlFault, XmlHandler, parse

MOST_PARTS = 10_000
_ENTRY = b"PK\x01\x02"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CHUNK = 65_536
_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, IndexError, KeyError),
    RuntimeError,  # encrypted, or packed in a way that zipfile does not know
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to."""

    kind: str
    """The last word of its type: image, drawing, worksheet."""
    target: str
    """The name of another part; of something outside as it is written."""
    external: bool = False


class ZipParts:
    """The parts of a file, read one after the other, with a budget for all of them together."""

    def __init__(self, content: bytes, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.room = Room(name, cells=limits.cells, areas=limits.areas, marks=limits.marks)
        self._bytes_left = limits.content
        if content.count(_ENTRY) > MOST_PARTS:  # before zipfile makes an object of each
            raise too_large(name, limits.content)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self._entries = {_normal(entry.filename): entry for entry in self._archive.infolist()}
        except _FAULTS:
            raise damaged(name) from None

    def __contains__(self, part: str) -> bool:
        return _normal(part) in self._entries

    def names(self) -> list[str]:
        """The names of all parts, in small letters."""
        return list(self._entries)

    def original_names(self) -> list[str]:
        """The names of all parts as the file has them, without folders."""
        return [entry.filename for entry in self._entries.values() if not entry.is_dir()]

    def read(self, part: str) -> bytes:
        """Give the content of a part.

        Raises:
            ProblemsFound: the part is not there or broken, or everything together is too large.
        """
        return b"".join(self._counted(part))

    def _counted(self, part: str) -> Iterator[bytes]:
        for piece in self.pieces(part):
            self._bytes_left -= len(piece)
            if self._bytes_left < 0:
                raise too_large(self.name, self.limits.content)
            yield piece

    def pieces(self, part: str) -> Iterator[bytes]:
        """Give the content of a part piece by piece, beyond the budget: the caller counts.

        Raises:
            ProblemsFound: the part is not there or broken.
        """
        entry = self._entries.get(_normal(part))
        if entry is None or entry.compress_type not in _PACKED:
            raise damaged(self.name)
        try:
            stream = self._archive.open(entry)
        except _FAULTS:
            raise damaged(self.name) from None
        with stream:
            while True:
                try:
                    piece = stream.read(_CHUNK)
                except _FAULTS:
                    raise damaged(self.name) from None
                if not piece:
                    return
                yield piece

    def feed(self, part: str, handler: XmlHandler) -> None:
        """Go through the tags and texts of a part.

        Raises:
            ProblemsFound: it is broken, or too large.
        """
        for _piece in self._parsed(part, handler):
            pass

    def elements(self, part: str, *tags: str) -> Iterator[Element]:
        """Give the elements of some names in a part, whatever their namespace, each when it is complete.

        Attributes have their names without namespace, too.
        """
        collector = ElementCollector(tags)
        for _piece in self._parsed(part, collector):
            yield from collector.taken()

    def _parsed(self, part: str, handler: XmlHandler) -> Iterator[None]:
        try:
            for piece in parse(self._counted(part), handler):
                self.room.take_marks(piece.count(b"<") + piece.count(b"/>"))
                yield
        except XmlFault:
            raise damaged(self.name) from None

    def relations(self, part: str) -> dict[str, Relation]:
        """Give what a part refers to, by the name of the relation."""
        folder, file = posixpath.split(part)
        sheet = posixpath.join(folder, "_rels", f"{file}.rels")
        if sheet not in self:
            return {}
        found: dict[str, Relation] = {}
        for element in self.elements(sheet, "Relationship"):
            target, external = element.get("Target", ""), element.get("TargetMode", "").lower() == "external"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            found[element.get("Id", "")] = Relation(kind, target, external)
        return found


def _normal(part: str) -> str:
    """Names of parts do not tell small from capital letters, and some programs write backslashes."""
    return part.replace("\\", "/").lstrip("/").lower()

"""Open the file of a workbook that anybody may have made: everything that is none, or that would harm, is refused.

A workbook is a zip file of XML. The sizes that it states are not believed: what comes out of it is counted, and a few
kilobytes that unfold into gigabytes are stopped early.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from wufei_cells.errors import Problem, ProblemsFound

LARGEST_FILE = 20_000_000
LARGEST_CONTENT = 40_000_000
"""Bytes of all the parts together that are read; pictures are not."""
MOST_PARTS = 5_000
ZIP_BEGINS = b"PK\x03\x04"
OLE_BEGINS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCUMENT_TYPES = [
    sign.encode(code) for sign in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
]
_CHUNK = 65_536
_NAMES_IN_OLE = 2_000_000
_MILLION = 1_000_000


class XlsxFile:
    """The parts of a workbook's file, read one after the other, with a budget for all of them together."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        if len(content) > LARGEST_FILE:
            raise self.refusal("authoring.file_too_large", limit=LARGEST_FILE // _MILLION)
        if content.startswith(OLE_BEGINS):
            locked = "EncryptedPackage".encode("utf-16-le") in content[:_NAMES_IN_OLE] + content[-_NAMES_IN_OLE:]
            raise self.refusal("authoring.password" if locked else "authoring.old_excel")
        if not content.startswith(ZIP_BEGINS):
            raise self.refusal("authoring.no_workbook")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            names = self._archive.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            raise self.damaged() from None
        if len(names) > MOST_PARTS:
            raise self.refusal("authoring.content_too_large", limit=LARGEST_CONTENT // _MILLION)
        self._names = {_normal(entry): entry for entry in names}
        self._room = LARGEST_CONTENT
        if "xl/workbook.bin" in self._names or "mimetype" in self._names:
            raise self.refusal("authoring.other_office")

    def __contains__(self, part: str) -> bool:
        return _normal(part) in self._names

    def refusal(self, code: str, **values: object) -> ProblemsFound:
        """Say why the file cannot be read at all."""
        return ProblemsFound([Problem(code, self.name, values)], subject=self.name)

    def damaged(self) -> ProblemsFound:
        """Say that the file is broken."""
        return self.refusal("authoring.damaged")

    def read(self, part: str) -> bytes:
        """Give the content of a part; the reader asks for no more than the budget has left.

        Raises:
            ProblemsFound: the part is not there or broken, or everything together is too large.
        """
        pieces: list[bytes] = []
        try:
            with self._archive.open(self._names[_normal(part)]) as stream:
                while piece := stream.read(_CHUNK):
                    self._room -= len(piece)
                    if self._room < 0:
                        raise self.refusal("authoring.content_too_large", limit=LARGEST_CONTENT // _MILLION)
                    pieces.append(piece)
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
            # RuntimeError: the part is encrypted, or compressed in a way that zipfile does not know.
            raise self.damaged() from None
        return b"".join(pieces)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts as the file has them, each once, folders left out."""
        return tuple(entry for entry in self._names.values() if not entry.endswith("/"))

    def xml(self, part: str) -> bytes:
        """Give the content of a part in XML, which has no document type.

        Raises:
            ProblemsFound: the part is not there or broken, or declares what could unfold.
        """
        content = self.read(part)
        if any(sign in content for sign in _DOCUMENT_TYPES):
            raise self.damaged()  # no office program writes one; there may be a bomb in it
        return content

    def elements(self, part: str, *tags: str) -> Iterator[ET.Element]:
        """Give the elements of some names in a part, whatever their namespace, each when it is complete."""
        content = self.xml(part)
        try:
            for _event, element in ET.iterparse(io.BytesIO(content)):  # noqa: S314 - without a DTD nothing can unfold
                if local(element.tag) in tags:
                    yield element
                    element.clear()
        except (ET.ParseError, ValueError, LookupError):  # LookupError: an encoding that nobody has
            raise self.damaged() from None

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Give what a part refers to: kind and target by the name of the relation."""
        folder, file = posixpath.split(part)
        sheet = posixpath.join(folder, "_rels", f"{file}.rels")
        if sheet not in self:
            return {}
        return {
            element.get("Id", ""): (
                element.get("Type", "").rsplit("/", 1)[-1],
                posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/"),
            )
            for element in self.elements(sheet, "Relationship")
        }


def local(tag: object) -> str:
    """The name of an element or attribute without its namespace: strict and ordinary workbooks differ in those."""
    return str(tag).rsplit("}", 1)[-1]


def _normal(part: str) -> str:
    """Names of parts do not tell small from capital letters, and some programs write backslashes."""
    return part.replace("\\", "/").lstrip("/").lower()

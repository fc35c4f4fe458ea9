"""The fonts of all documents: which there are, which characters they hold, how wide a text is.

Font files are handed in; nothing here looks for them. A font is read when the first text needs it, once in a process
however many `DocumentFonts` there are, so a certificate without rare characters never pays for the fallback font.

A character that a document's face lacks is taken from the fallback face. One that no face holds is refused with
`UserError("document.glyph_missing")`: a box or a gap on a certificate would be found by its reader, too late.
"""

# pyright: reportUnknownMemberType=false
# reportlab has no types.

from __future__ import annotations

import hashlib
import threading
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from reportlab.pdfbase import pdfmetrics

from wufei_cells.documents.embedding import EmbeddedFont
from wufei_cells.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Control and invisible characters, codes that are no characters, private use, lone surrogates. A font may map some of
# them to an empty glyph; they are refused all the same, because on paper they would be a silent gap. Tab and line ends
# are dealt with before.
INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


class Face(StrEnum):
    """The typefaces of documents. The value is the PostScript name; with ``.ttf`` behind it, the file's name."""

    SERIF = "WufeiSerifSC-Regular"
    SERIF_BOLD = "WufeiSerifSC-Bold"
    SANS = "WufeiSansSC-Regular"
    SANS_BOLD = "WufeiSansSC-Bold"
    FALLBACK = "WufeiFallbackSC-Regular"

    @property
    def bold(self) -> bool:
        """Whether this is a bold cut."""
        return self in {Face.SERIF_BOLD, Face.SANS_BOLD}


class FontFile(Protocol):
    """Anything that can be read whole: a Path, or a file of a package."""

    def read_bytes(self) -> bytes:
        """Return the content."""
        ...


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one face."""

    text: str
    face: Face


class DocumentFonts:
    """The fonts that a document may use, by face.

    Args:
        files: font files or their bytes. Without `Face.FALLBACK`, rare characters are refused.
    """

    def __init__(self, files: Mapping[Face, FontFile | bytes]) -> None:
        self._files = dict(files)
        self._fonts: dict[Face, EmbeddedFont] = {}
        self._advances: dict[tuple[str, Face], float] = {}

    def name(self, face: Face) -> str:
        """The name by which reportlab knows the face (`canvas.setFont`); `TextPainter` seldom leaves a need for it."""
        return self._font(face).fontName

    def width(self, text: str, face: Face, size: float) -> float:
        """How wide the text is, in points.

        Raises:
            UserError: ``document.glyph_missing``.
        """
        return sum(self._font(run.face).stringWidth(run.text, size) for run in self.runs(text, face))

    def advance(self, char: str, face: Face) -> float:
        """How wide one character is, by the size; remembered, because breaking lines asks for each character.

        Raises:
            UserError: ``document.glyph_missing``.
        """
        known = self._advances.get((char, face))
        if known is None:
            known = self._advances[char, face] = self.width(char, face, 1)
        return known

    def ascent(self, face: Face, size: float) -> float:
        """How far the face reaches above the baseline, in points."""
        return self._font(face).face.ascent * size / 1000

    def runs(self, text: str, face: Face) -> tuple[Run, ...]:
        """Split a line of text into pieces of this face and pieces of the fallback face. A tab becomes a space.

        Raises:
            UserError: ``document.glyph_missing`` with ``characters`` (``"🎉 U+1F389, U+200B"``) and ``text``.
        """
        text = text.replace("\t", " ")
        held = self._font(face).characters
        if held.issuperset(text) and not _invisible(text):
            return (Run(text, face),) if text else ()
        if missing := self.missing(text, face):
            raise UserError("document.glyph_missing", characters=describe_characters(missing), text=text)
        return tuple(
            Run("".join(part), face if main else Face.FALLBACK) for main, part in groupby(text, key=held.__contains__)
        )

    def missing(self, text: str, face: Face = Face.SERIF) -> str:
        """The distinct characters of a line that neither the face nor the fallback can show, in order."""
        held = self._font(face).characters
        rare = [char for char in dict.fromkeys(text) if char not in held or _invisible(char)]
        if not rare:
            return ""
        fallback = self._font(Face.FALLBACK).characters if Face.FALLBACK in self._files else frozenset[str]()
        return "".join(char for char in rare if char not in fallback or _invisible(char))

    def _font(self, face: Face) -> EmbeddedFont:
        """The face's font; read and registered when it is asked for the first time."""
        font = self._fonts.get(face)
        if font is None:
            source = self._files[face]
            font = _register(face, source if isinstance(source, bytes) else source.read_bytes())
            self._fonts[face] = font
        return font


def describe_characters(characters: Iterable[str]) -> str:
    """Name characters so that a person can find them: the sign, if it is visible, and its code."""
    return ", ".join(f"U+{ord(char):04X}" if _invisible(char) else f"{char} U+{ord(char):04X}" for char in characters)


def _invisible(text: str) -> bool:
    return not text.isprintable() and any(unicodedata.category(char) in INVISIBLE for char in text)


_registered: dict[str, EmbeddedFont] = {}
_registering = threading.Lock()


def _register(face: Face, data: bytes) -> EmbeddedFont:
    """Make the font known to reportlab, which has one register per process; the same bytes only once."""
    name = f"{face}-{hashlib.sha256(data).hexdigest()[:12]}"
    with _registering:
        font = _registered.get(name)
        if font is None:
            font = EmbeddedFont(name, data)
            # reportlab would silently go on with an older font of the same PostScript name: it sees a unique one here.
            shown, font.face.name = font.face.name, name.encode()
            pdfmetrics.registerFont(font)
            font.face.name = shown
            _registered[name] = font
    return font

"""A TrueType font as it goes into a PDF: reportlab's, with two repairs and one choice.

* Text beyond U+FFFF copies out of the PDF as the right characters. reportlab writes such a code as five hexadecimal
  digits, which no reader understands; the table that maps glyphs back to text is written anew here.
* Two threads may save documents with the same font: the parser behind a font has one reading position, so the part
  that moves it takes turns.
* A document holds only the glyphs that it shows. reportlab would add the ASCII range to each font of each file, which
  made a one-page certificate 45 % larger and 60 % slower.

All of it sits in a subclass: reportlab itself stays as it is for anyone else in the process.
"""

# pyright: reportUnknownMemberType=false
# reportlab has no types.

from __future__ import annotations

import threading
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from reportlab.pdfbase.ttfonts import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BLOCK = 100  # the PDF and CMap specifications allow no more entries in one bfchar block


class EmbeddedFont(TTFont):
    """A font for many documents, also at the same time."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(name, BytesIO(data), asciiReadable=False, shapable=False)
        self._turn = threading.Lock()
        # Glyph 0 is the box of missing characters; reportlab finds it at the end mark of the font's table, U+FFFF.
        glyphs = cast("dict[int, int]", self.face.charToGlyph)
        self.characters = frozenset(chr(code) for code, glyph in glyphs.items() if glyph)

    def addObjects(self, doc: Any) -> None:  # noqa: N802  # reportlab's name
        """Put the font's subsets into the document, then replace their tables of characters."""
        with self._turn:
            subsets = cast("list[list[int]]", self.state[doc].subsets)
            super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        internal = doc.fontMapping[self.fontName].lstrip("/")
        for number, codes in enumerate(subsets):
            embedded = fonts[f"{internal}+{number}"]
            table = doc.idToObject[embedded.ToUnicode.name]
            table.content = character_table(embedded.BaseFont, codes)


def character_table(font_name: str, codes: Sequence[int]) -> str:
    """Write the CMap that tells a reader which character each glyph code of a subset stands for."""
    entries = [(place, code) for place, code in enumerate(codes) if code]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
        *_blocks(entries),
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    ]
    return "\n".join(lines)


def _blocks(entries: Sequence[tuple[int, int]]) -> Iterator[str]:
    for start in range(0, len(entries), BLOCK):
        block = entries[start : start + BLOCK]
        yield f"{len(block)} beginbfchar"
        for place, code in block:
            yield f"<{place:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        yield "endbfchar"

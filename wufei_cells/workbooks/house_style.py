"""How our workbooks look, whichever library writes them: typefaces, sizes, colors; made for black and white print.

Fonts are named, not embedded: these are the ones that Chinese and other machines with a spreadsheet program have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wufei_cells.domain.text import Language

BODY_SIZE = 10.0
"""Points."""
TITLE_SIZE = 18.0
WARNING_SIZE = 11.0

INK = "000000"
RED = "B3261E"
LINE = "808A84"
HEAD_FILL = "DDE5E1"
LABEL_FILL = "F1F4F2"
MUTED_FILL = "ECEEED"
ANSWER_FILL = "FFFBE6"
"""Colors as RRGGBB."""

A4 = 9  # Excel's number for the paper
DAY = "yyyy-mm-dd"
"""How days are shown."""
MARGIN, FOOT_MARGIN, FOOT_AT = 0.4, 0.6, 0.28
"""Edges of a printed page in inches: around it, below it, and where its foot stands."""
FOOT_ROOM = 40.0  # characters in a third of the page's foot
FOOT_SIZE = 9


@dataclass(frozen=True, slots=True)
class Faces:
    """The typefaces of one language."""

    body: str
    heading: str

    @property
    def heavy_heads(self) -> bool:
        """Whether headings need weight to stand out: they are in the body's face."""
        return self.heading == self.body


FACES: Mapping[Language, Faces] = {"zh": Faces("宋体", "黑体"), "en": Faces("Arial", "Arial")}

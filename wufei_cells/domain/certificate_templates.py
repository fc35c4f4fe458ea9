"""How a certificate looks: what stands where on the page, in which type and which languages.

A template is data that an office adapts without code. Places are in millimetres from the upper left corner of an A4
sheet that lies on its side; sizes of type, and the spacing between characters, are in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from wufei_cells.domain.text import Language, Text

PAGE_WIDTH = Decimal(297)
PAGE_HEIGHT = Decimal(210)
"""A4 landscape, in millimetres."""

QUIET_ZONE = 4
"""Modules around a QR code that must stay white (ISO/IEC 18004)."""

SLOTS = (
    *("site", "title", "body", "remark", "category", "city", "issuer"),
    *("number", "document", "named_on", "batch", "renews"),
    *("checklist", "edition", "total", "level", "result"),
    *("issued", "issued_formal", "valid_until", "record", "basis"),
)
"""What a template may print of a certificate, each as ``{name}``."""

REQUIRED_SLOTS = ("site", "number", "issuer", "valid_until")
"""Without one of these a paper would be no certificate."""

UNDER_SEAL = frozenset({"issuer", "issued", "issued_formal", "city"})
"""What the red seal is pressed upon by custom: who issues, and when."""


class TypeFace(StrEnum):
    """The faces that the program brings along."""

    SERIF = "serif"
    SERIF_BOLD = "serif_bold"
    SANS = "sans"
    SANS_BOLD = "sans_bold"


class Side(StrEnum):
    """Where lines stand in their box."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Height(StrEnum):
    """Where a block of lines stands in its box."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class BorderStyle(StrEnum):
    """The frames that the program can draw."""

    LACE = "lace"
    """Interwoven lines with a rosette in each corner, and a pale ground."""
    DOUBLE = "double"
    PLAIN = "plain"
    NONE = "none"


class ImageKind(StrEnum):
    """Kinds of pictures that a template may hold."""

    PNG = "png"
    JPEG = "jpeg"


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the page, in millimetres."""

    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal

    @property
    def right(self) -> Decimal:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> Decimal:
        """Its lower edge."""
        return self.y + self.height

    def touches(self, other: Box) -> bool:
        """Whether the two share a part of the page."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def on_page(self) -> bool:
        """Whether it lies within the page."""
        return self.x >= 0 and self.y >= 0 and self.right <= PAGE_WIDTH and self.bottom <= PAGE_HEIGHT

    def grown(self, by: Decimal) -> Box:
        """The same with a margin all around."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


@dataclass(frozen=True, slots=True)
class Type:
    """How letters look. `size` and `spacing` in points; `smallest` is how far a long text may go down."""

    face: TypeFace
    size: Decimal
    smallest: Decimal
    spacing: Decimal
    color: str


@dataclass(frozen=True, slots=True)
class TextElement:
    """A text in a box.

    With `lines`, a name or title: as large as it can be, in so many lines at most; it takes another line rather than
    become smaller than `wraps_at`. Without, a paragraph.
    """

    text: Text
    box: Box
    type: Type
    align: Side
    valign: Height
    leading: Decimal
    """From line to line, by the size."""
    lines: int | None
    wraps_at: Decimal
    indent: Decimal
    """Of the first line, in Chinese characters."""
    justify: bool
    under_seal: bool


@dataclass(frozen=True, slots=True)
class NoteElement:
    """What has to be known before anything else is read: example data, or a model checklist. Else it prints nothing."""

    example: Text
    model: Text
    box: Box
    type: Type
    align: Side


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of details; left out where everything in its value is empty."""

    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class TableElement:
    """Labels and values with fine lines between them. In two languages the second one stands below, smaller."""

    rows: tuple[TableRow, ...]
    box: Box
    label: Type
    value: Type
    label_width: Decimal
    row_height: Decimal
    """Of a value of one line, in millimetres."""
    second: Decimal
    """Size of the second language's type, in points."""
    rule: str
    """Color of the lines between; empty for none."""
    valign: Height


@dataclass(frozen=True, slots=True)
class LineElement:
    """A straight line; its thickness in points."""

    x: Decimal
    y: Decimal
    to_x: Decimal
    to_y: Decimal
    thickness: Decimal
    color: str


@dataclass(frozen=True, slots=True)
class BorderElement:
    """The frame of the page. `inset` is how far a plain or double one stands from the paper's edge."""

    style: BorderStyle
    color: str
    second: str
    inset: Decimal


@dataclass(frozen=True, slots=True)
class OrnamentElement:
    """A sprig of three leaves around a point, with a fine line to either side; `width` is of the whole."""

    x: Decimal
    y: Decimal
    width: Decimal
    color: str
    second: str


@dataclass(frozen=True, slots=True)
class ImageElement:
    """A picture such as a logo, as large as its box allows, undistorted, in the middle."""

    box: Box
    data: str
    """Base64 of the file."""
    kind: ImageKind


@dataclass(frozen=True, slots=True)
class QrElement:
    """The code with the signed text, in the upper middle of its box; nothing where a certificate has none.

    The box holds the largest code; its quiet zone lies around the box and has to stay free.
    """

    box: Box
    module: Decimal
    caption: Text
    type: Type
    """Of the caption, which stands below the quiet zone."""

    @property
    def quiet(self) -> Box:
        """The box with the quiet zone."""
        return self.box.grown(QUIET_ZONE * self.module)


@dataclass(frozen=True, slots=True)
class SpecimenElement:
    """The large mark across a certificate on example data."""

    text: Text
    type: Type
    width: Decimal
    angle: Decimal


Element: TypeAlias = (
    TextElement
    | NoteElement
    | TableElement
    | LineElement
    | BorderElement
    | OrnamentElement
    | ImageElement
    | QrElement
    | SpecimenElement
)


@dataclass(frozen=True, slots=True)
class CertificateTemplate:
    """The look of a certificate; elements are drawn in their order, later ones over earlier ones."""

    key: str
    version: str
    title: Text
    """Its name, to tell it from others."""
    languages: tuple[Language, ...]
    """In which the page is set; what is written in another one is not printed."""
    seal: Box
    """Kept free for the red seal, which is put on paper and never printed."""
    elements: tuple[Element, ...]
    colors: tuple[tuple[str, str], ...] = ()
    """Colors by name."""

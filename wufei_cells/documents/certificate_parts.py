"""What a certificate is made of once everything has its place: in points from the lower left, ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from wufei_cells.documents.canvas import A4_LANDSCAPE
from wufei_cells.documents.fonts import Face
from wufei_cells.documents.placing import PlacedLine
from wufei_cells.documents.qr_code import QrCode
from wufei_cells.documents.text import TextStyle
from wufei_cells.domain.certificate_templates import BorderStyle, Box, CertificateTemplate, Type, TypeFace

POINTS = 72 / 25.4
"""A millimetre."""

FACES = {
    TypeFace.SERIF: Face.SERIF,
    TypeFace.SERIF_BOLD: Face.SERIF_BOLD,
    TypeFace.SANS: Face.SANS,
    TypeFace.SANS_BOLD: Face.SANS_BOLD,
}


@dataclass(frozen=True, slots=True)
class Rect:
    """A part of the page."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.bottom + self.height

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A straight line."""

    start: tuple[float, float]
    end: tuple[float, float]
    thickness: float
    color: str


@dataclass(frozen=True, slots=True)
class PlacedFrame:
    """The frame of the page."""

    style: BorderStyle
    color: str
    second: str
    inset: float


@dataclass(frozen=True, slots=True)
class PlacedSprig:
    """The divider, around its middle."""

    x: float
    y: float
    half_width: float
    color: str
    second: str


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture and the room it may take."""

    data: str
    room: Rect


@dataclass(frozen=True, slots=True)
class PlacedCode:
    """A QR code by its upper left corner."""

    code: QrCode
    x: float
    y: float
    module: float


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A line that stands turned around the middle of the page."""

    line: PlacedLine
    angle: float


Part: TypeAlias = PlacedLine | PlacedRule | PlacedFrame | PlacedSprig | PlacedPicture | PlacedCode | PlacedMark


@dataclass(frozen=True, slots=True)
class Palette:
    """The colors of a template by name."""

    named: Mapping[str, str]
    styles: dict[int, TextStyle] = field(default_factory=dict[int, TextStyle])
    """What `style` gave, by the identity of the type: hashing all its parts would take longer than the rest."""

    @classmethod
    def of(cls, template: CertificateTemplate) -> Palette:
        """Take the colors of a template."""
        return cls(dict(template.colors))

    def color(self, name: str) -> str:
        """Give a color as ``#RRGGBB``."""
        return self.named.get(name, name)

    def style(self, look: Type) -> TextStyle:
        """Give a type as the fonts know it."""
        known = self.styles.get(id(look))
        if known is None:
            known = TextStyle(FACES[look.face], float(look.size), float(look.spacing), self.color(look.color))
            self.styles[id(look)] = known
        return known


def across(x: Decimal) -> float:
    """Give a distance, or a place from the left, in points."""
    return float(x) * POINTS


def up(y: Decimal) -> float:
    """Give a place from the top as one from the bottom, in points."""
    return A4_LANDSCAPE[1] - float(y) * POINTS


def rect(box: Box) -> Rect:
    """Give a box in points."""
    return Rect(across(box.x), up(box.bottom), across(box.width), across(box.height))

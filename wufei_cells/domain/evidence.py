"""Evidence: photos and files that show what an assessor saw. A piece is known by the SHA-256 of its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import NewType

EvidenceId = NewType("EvidenceId", str)
"""SHA-256 of the stored content, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a photo was taken, in degrees."""

    latitude: str
    longitude: str
    """Decimal text as the camera wrote it, so that no digits are made up."""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """What is known of a piece's content; all of it follows from the content, so it is the same on every machine."""

    id: EvidenceId
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None
    taken_at: datetime | None = None
    """As the camera's clock had it; without a time zone, since cameras seldom write one."""
    place: Place | None = None
    likeness: str = ""
    """Perceptual hash of 64 bits in hexadecimal; empty for what is no picture."""
    original: EvidenceId | None = None
    """The picture as it came, where it was kept beside the smaller one."""

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown."""
        return self.width is not None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece that stands under one item of an assessment."""

    file: EvidenceFile
    item: str
    """Key of the item or gate; empty for the assessment as a whole."""
    name: str
    """What the file was called when it was taken in."""
    caption: str
    author: str
    at: datetime
    received: bool = True
    """Whether the content is on this machine."""
    erased: bool = False
    """Whether the office had the content erased for good; it never comes back."""
    until: date | None = None
    """The last day on which what it shows holds, as of a contract or a license; ``None``: it does not run out."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The same or nearly the same picture in another assessment."""

    row: EvidenceRow
    other: EvidenceId
    assessment: str
    site: str
    site_name: str
    item: str
    started_at: datetime
    same: bool
    """The very same content; else it only looks like it."""
    share: Fraction
    """How many of the 64 bits agree."""

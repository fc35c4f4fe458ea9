"""Signatures drawn on the screen at the end of a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Stroke = tuple[tuple[int, int], ...]
"""Points of one stroke in thousandths of the field's width (both axes)."""


class Signer(StrEnum):
    """In which part somebody signs."""

    ASSESSOR = "assessor"
    UNIT = "unit"
    """Whoever speaks for the site."""


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signature, and the digest of what stood when it was given."""

    id: str
    assessment: str
    name: str
    part: Signer
    strokes: tuple[Stroke, ...]
    signed_at: datetime
    author: str
    """Who was at the keyboard."""
    basis: str
    holds: bool = True
    """Whether what was signed is still what stands."""

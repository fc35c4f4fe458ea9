"""What a progress report is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from wufei_cells.domain.register import Progress
    from wufei_cells.domain.text import Text


@dataclass(frozen=True, slots=True)
class PassedSite:
    """A site that passed, with its certificate where one was issued."""

    name: str
    category: str
    """Key of the category; so is ``district``."""
    district: str
    total: Fraction | None
    level: Text
    certificate: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class FailedSite:
    """A site that did not pass, and why, in the language of the report."""

    name: str
    category: str
    district: str
    total: Fraction | None
    reason: str


@dataclass(frozen=True, slots=True)
class ReportData:
    """The progress of one city on one day."""

    city: Text
    issuer: Text
    progress: Progress
    categories: Mapping[str, Text]
    """Names by key, in the order in which they are printed."""
    districts: Mapping[str, Text]
    """The same for counties and districts."""
    targets: Mapping[str, int] = field(default_factory=dict[str, int])
    """How many valid cells the city wants of a category, where it says so."""
    passed: tuple[PassedSite, ...] = ()
    failed: tuple[FailedSite, ...] = ()
    example: bool = False
    """Made-up data: each page says so."""

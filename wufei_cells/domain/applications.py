"""Applications: a unit asks to be assessed and commits itself, with the name of who signs for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wufei_cells.domain.register import ActRef


@dataclass(frozen=True, slots=True)
class Application:
    """What a unit handed in; written as a whole."""

    applied_on: date
    signatory: str
    """Who signs for the unit: its legal representative or head."""
    committed_on: date
    """The day of the letter of commitment."""
    recommended_by: str = ""
    """The county or department that recommends the unit."""
    highlights: str = ""
    """What the unit is proud of."""


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application on record."""

    application: Application
    author: str
    at: datetime
    heads: tuple[ActRef, ...]

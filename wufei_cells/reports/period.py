"""As of which day a report is, and of which part of the city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """What is reported on."""

    on: date | None = None
    """``None``: today."""
    month: date | None = None
    """Any day of the month that is reported on; the report is as of its last day, or of today where that is earlier."""
    district: str = ""
    """By key, or in the reader's words; empty for the whole city."""

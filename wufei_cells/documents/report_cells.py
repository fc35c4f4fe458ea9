"""The values of a report's tables as cells on paper."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.documents.report_table import Bar, Cell, Tinted
from wufei_cells.domain.amounts import printed
from wufei_cells.reports.blocks import Gauge, Look, Ratio

if TYPE_CHECKING:
    from wufei_cells.reports.blocks import Value

TINTS = ("#F4FAF8", "#E0F1EB", "#C6E4DA", "#A5D2C5")
NOTHING = "–"


def cell_of(value: Value, look: Look) -> Cell:
    """Give a value as it stands on paper; numbers are cut as everywhere, never rounded up."""
    match value:
        case None:
            return NOTHING
        case Gauge():
            return Bar(value.solid, value.soft, value.target)
        case Ratio():
            return Tinted(value.text, TINTS[value.tone - 1]) if value.tone else value.text
        case Fraction():
            return f"{printed(value * 100)}%" if look is Look.SHARE else printed(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)

"""A ledger as plain values: its heads, and rows of texts, numbers and days. Loads no library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.reports.blocks import Ratio

if TYPE_CHECKING:
    from wufei_cells.domain.text import Language

Value = str | int | Fraction | Ratio | date | datetime | None
"""What a cell holds. Of a ratio the cell holds the part as a number and shows the whole behind it. A datetime without a
zone is shown as it is, one with a zone as the machine's clock has it."""
Row = Sequence[Value]


class Look(Enum):
    """How the cells of a column look."""

    TEXT = "text"
    """At the left, as long text is read best."""
    CENTER = "center"
    """In the middle: short texts, numbers, days."""
    SHARE = "share"
    """A fraction of a whole, shown in percent."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head in the reader's language, its width in characters, and how its cells look."""

    head: str
    width: float
    look: Look = Look.CENTER


@dataclass(frozen=True, slots=True)
class Table:
    """Everything about a ledger but its rows. All texts are in the reader's language."""

    title: str
    about: str
    """Whose it is, as of when, and how much is in it."""
    warning: str
    """Stands out below the title; empty for none."""
    sheet: str
    """Name of the worksheet."""
    page: str
    """Which page of how many, with Excel's signs for both."""
    columns: tuple[Column, ...]
    frozen: int
    """How many columns stay in sight while one looks at the others."""
    as_of: date
    language: Language


@dataclass(frozen=True, slots=True)
class Lines:
    """What a ledger lists."""

    columns: tuple[Column, ...]
    rows: Iterable[Row]
    """Made while they are written, so that they need not all be there at once."""
    count: int
    frozen: int = 2

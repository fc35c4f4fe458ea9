"""A report that is ready to be written: blocks with every word and figure in its place, in one language.

PDF and Excel are written from the same blocks, so their figures cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wufei_cells.charts.layout import Chart
    from wufei_cells.domain.text import Language
    from wufei_cells.reports.vocabulary import ReportKind, TableKind


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence that stands out."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; it stays with what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with its name below it."""

    key: str
    value: int | Fraction | None
    """``None``: nothing is known, which is not the same as 0."""
    name: str


@dataclass(frozen=True, slots=True)
class Tiles:
    """Numbers beside each other."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class GoalBar:
    """The bar from nothing to the goal, or beyond it."""

    title: str
    goal_text: str
    goal: int
    parts: tuple[tuple[str, int], ...]
    """Names and counts, the longest first; each lies upon the one before: 评估通过 60, 证书有效 48."""


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart."""

    key: str
    chart: Chart
    height: float | None
    """Millimetres; ``None``: what suits it."""
    empty: str = ""
    """Said in its place when there is nothing to show."""


class Look(Enum):
    """How the cells of a column look."""

    TEXT = "text"
    """At the left."""
    CENTER = "center"
    """Short texts, numbers, days."""
    SHARE = "share"
    """A fraction of a whole, in percent."""
    BAR = "bar"
    """A bar; a worksheet has none, the figures beside it say the same."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A bar in a cell; lengths are shares of its full width."""

    solid: float
    soft: float = 0.0
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many, on a ground that is the darker the more of them there are."""

    part: int
    whole: int
    tone: int = 0
    """From 0, no ground, to 4."""

    @property
    def text(self) -> str:
        """As it is written."""
        return f"{self.part} / {self.whole}" if self.whole or self.part else "–"


Value = str | int | Fraction | date | Gauge | Ratio | None
"""What a cell holds; ``None`` is nothing known."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column."""

    key: str
    head: str
    width: float
    """Its share of the table, beside the others'."""
    look: Look = Look.CENTER


@dataclass(frozen=True, slots=True)
class Row:
    """A row; a strong one stands out as a sum."""

    cells: tuple[Value, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table."""

    kind: TableKind
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str
    """Said in place of rows when there are none."""
    total: int = 0
    """How many rows there are without those of sums, shown or not."""
    most: int | None = None
    """How many of them are shown at most; a page's room may allow fewer."""
    notes: tuple[str, ...] = ()
    """Said below the table."""
    titled: bool = True
    """Whether its title stands above it on paper; its worksheet always has one."""
    legend: tuple[str, ...] = ()
    """What bars mean: solid, soft, the outline of the target, their ground; an empty one is left out."""

    def shown(self, most: int | None) -> tuple[Row, ...]:
        """Give the first rows, and every sum."""
        limit = min((each for each in (self.most, most) if each is not None), default=None)
        if limit is None:
            return self.rows
        plain = [row for row in self.rows if not row.strong][:limit]
        return (*plain, *(row for row in self.rows if row.strong))

    def left_out(self, most: int | None) -> int:
        """How many rows are not shown then."""
        return max(0, self.total - sum(1 for row in self.shown(most) if not row.strong))


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines to sign on, beside each other."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Lead | Heading | Paragraph | Tiles | GoalBar | ChartBlock | TableBlock | Signature | PageBreak


@dataclass(frozen=True, slots=True)
class Report:
    """A report, ready to be written."""

    kind: ReportKind
    title: str
    subtitle: str
    """As of which day, and whose it is."""
    issuer: str
    subject: str
    """What it says, in a sentence."""
    on: date
    language: Language
    blocks: tuple[Block, ...]
    example: bool
    one_page: bool

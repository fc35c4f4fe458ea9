"""A report template: a title, and blocks in their order, with words that an office can change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from wufei_cells.domain.text import Text
    from wufei_cells.reports.vocabulary import ChartKind, Figure, ReportKind, TableKind

FORMAT = "wufei-report/1"


@dataclass(frozen=True, slots=True)
class SentencePart:
    """A sentence that stands out; ``{name}`` slots are filled in, as in all words of a template."""

    text: Text


@dataclass(frozen=True, slots=True)
class HeadingPart:
    """A heading inside the report."""

    text: Text


@dataclass(frozen=True, slots=True)
class ParagraphPart:
    """Plain text."""

    text: Text


@dataclass(frozen=True, slots=True)
class FiguresPart:
    """Numbers beside each other, each with its name."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A chart."""

    show: ChartKind
    title: Text
    """Empty: the program's own."""
    height: Decimal | None = None
    """Millimetres; the program's own where it is not said."""


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table."""

    show: TableKind
    title: Text
    """Empty: the program's own."""
    columns: tuple[str, ...]
    """Never empty, but for tables whose columns are the city's."""
    most: int | None = None
    """How many rows at most; how many are left out is said."""
    titled: bool = True
    """Without, it stands right under the heading before it."""


@dataclass(frozen=True, slots=True)
class SignaturePart:
    """Lines to sign on and for the day, beside each other."""

    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class PageBreakPart:
    """What follows begins on a new page."""


Part = SentencePart | HeadingPart | ParagraphPart | FiguresPart | ChartPart | TablePart | SignaturePart | PageBreakPart


@dataclass(frozen=True, slots=True)
class ReportTemplate:
    """How one kind of report is made up."""

    kind: ReportKind
    title: Text
    parts: tuple[Part, ...]
    one_page: bool = False
    """The report is made to fit exactly one page: tables are cut and charts made lower as far as needed."""

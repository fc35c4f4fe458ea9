"""A list of sites that somebody sent: its tables and rows, and what taking it into the register would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wufei_cells.domain.register import SiteId
from wufei_cells.domain.text import Text
from wufei_cells.errors import Problem

NEEDED = ("name", "category", "district")
"""What must be known of a site before it can be entered."""
FACT = "fact."
"""What the columns and fields of facts begin with."""


# --- as it was sent


@dataclass(frozen=True, slots=True)
class ListTable:
    """One table of a list: where it stands, and what stands around it."""

    file: str
    """The file's name; empty where there is only one."""
    sheet: str
    number: int
    """The sheet's place in the file, counted from 1."""
    columns: Mapping[str, tuple[int, str]]
    """By field: number of the column, and its head as it is written. A fact is ``fact.`` and its head, folded."""
    titles: tuple[str, ...] = ()
    """What stands above the table, then the names of sheet and file: the nearest first."""


@dataclass(frozen=True, slots=True)
class ListCell:
    """What stands in a cell, as text."""

    text: str
    number: bool = False
    """Whether it was stored as a number."""
    percent: bool = False
    """Whether the number is shown as a percentage."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a list as it was read, before anybody knows what its words mean."""

    table: ListTable
    row: int
    cells: Mapping[str, ListCell]
    """By field."""
    section: str = ""
    """A heading among the rows above it."""
    problems: tuple[Problem, ...] = ()
    """What could not be read, with its place."""
    hidden: bool = False
    """Whether a person who looks at the workbook does not see the row."""


@dataclass(frozen=True, slots=True)
class RawList:
    """What was read from one file."""

    rows: tuple[RawRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Why the file, or a part of it, could not be read."""
    notes: tuple[Problem, ...] = ()
    """What was passed over."""


# --- as it was understood


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list with the values that it states."""

    number: int
    """Its place in the whole list, over all files, counted from 1."""
    table: ListTable
    row: int
    values: Mapping[str, str]
    """By field; a field that is to be emptied is empty, one that is to stay as it is does not stand here."""
    implied: Mapping[str, str] = field(default_factory=dict[str, str])
    """Category and district as headings name them; they count for new sites only."""
    facts: Mapping[str, ListCell] = field(default_factory=dict[str, ListCell])
    """By folded head; what they mean depends on the category."""
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


# --- what would become of it


class Fate(StrEnum):
    """What taking in a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    """The register has it so already, or another row of the list says it."""
    DOUBTFUL = "doubtful"
    """A person has to say which site is meant."""
    WRONG = "wrong"
    """It cannot be taken in as it is."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a field of a site would say instead."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a row would do to one site."""

    site: SiteId | None
    """``None``: it would be entered as a new one."""
    name: str
    """What the site is called now; for a new one, what it would be called."""
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of a list, and what would become of it."""

    number: int
    place: str
    name: str
    """As the list has it, or the credit code where it gives no name."""
    fate: Fate
    outcomes: tuple[Outcome, ...] = ()
    """The only one, or those that a person has to choose from."""
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether it can be taken in without asking which site is meant."""
        return self.fate in (Fate.NEW, Fate.CHANGED)

    def outcome(self, site: str | None) -> Outcome | None:
        """Give what it would do to a site; ``None`` for the site stands for a new one."""
        return next((one for one in self.outcomes if one.site == site), None)


@dataclass(frozen=True, slots=True)
class ListNames:
    """What keys are called, for showing rows to a person."""

    categories: Mapping[str, Text]
    districts: Mapping[str, Text]
    facts: Mapping[str, Text]
    options: Mapping[tuple[str, str], Text]
    """By fact and value."""


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What taking a list into the register would do, as it stands at the moment."""

    rows: tuple[PreviewRow, ...]
    names: ListNames
    problems: tuple[Problem, ...] = ()
    """Files that could not be read."""
    notes: tuple[Problem, ...] = ()
    """What was passed over."""
    source: tuple[RawList, ...] = ()
    """What was read, to be compared again when it is taken in."""

    def of(self, *fates: Fate) -> tuple[PreviewRow, ...]:
        """Give the rows of some fates."""
        return tuple(row for row in self.rows if row.fate in fates)


NEW_SITE = "new"
"""In a choice: the row is a site of its own."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A chosen row that was not taken in, and why."""

    number: int
    place: str
    name: str
    why: Problem


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken into the register as one step."""

    new: tuple[SiteId, ...] = ()
    changed: tuple[SiteId, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def count(self) -> int:
        """How many sites were entered or changed."""
        return len(self.new) + len(self.changed)


@dataclass(frozen=True, slots=True)
class Stayed:
    """A site that was not taken back, and why."""

    site: SiteId
    name: str
    why: Problem


@dataclass(frozen=True, slots=True)
class ImportTakenBack:
    """What was taken back of an import."""

    new: int
    """Sites that are gone from the register again."""
    changed: int
    """Sites that say again what they said before."""
    stayed: tuple[Stayed, ...] = ()


@dataclass(frozen=True, slots=True)
class LastImport:
    """The last import of the person on this machine that can still be taken back."""

    at: str
    """When, in ISO form."""
    new: int
    changed: int

"""Findings: what an assessor found wanting, what is to be done about it by when, and whether it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from wufei_cells.domain.register import ActRef, SiteId

FindingId = NewType("FindingId", str)


class Severity(StrEnum):
    """How much weight a finding has; the order is from the heaviest to the lightest."""

    MAJOR = "major"
    """严重不符合"""
    MINOR = "minor"
    """一般不符合"""
    OBSERVATION = "observation"
    """观察项"""
    SUGGESTION = "suggestion"
    """改进建议"""


class FindingState(StrEnum):
    """Whether a finding still asks for something."""

    OPEN = "open"
    DONE = "done"
    """The unit says it was put right; nobody has checked."""
    CLOSED = "closed"
    """Checked and found in order, or taken back."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found and what is asked for; written as a whole."""

    item: str
    """Key of the item or gate; empty for the site as a whole."""
    severity: Severity
    text: str
    action: str = ""
    """What the unit is to do."""
    responsible: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """A finding as it was typed; nothing about it has been looked at yet."""

    item: str = ""
    """Key of the item or gate; empty for the site as a whole."""
    severity: str = Severity.MINOR.value
    text: str = ""
    action: str = ""
    responsible: str = ""
    due: str = ""
    """A day such as 2026-11-21; empty for none."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding of an assessment and how it stands."""

    id: FindingId
    assessment: str
    finding: Finding
    author: str
    at: datetime
    state: FindingState = FindingState.OPEN
    check_note: str = ""
    """What the last check found."""
    checked_by: str | None = None
    checked_on: date | None = None
    heads: tuple[ActRef, ...] = ()
    """The acts that a new wording would replace."""
    check_heads: tuple[ActRef, ...] = ()
    """The acts that a new check would replace."""
    values: int = 1
    """How many different wordings stand; more than one is an open conflict."""
    check_values: int = 1
    """How many different checks stand."""

    def overdue(self, on: date) -> bool:
        """Tell whether its day has passed while it is open."""
        return self.state is FindingState.OPEN and self.finding.due is not None and self.finding.due < on


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding with the site it was made at."""

    row: FindingRow
    site: SiteId
    site_name: str
    category: str
    district: str
    on: date
    """The day of the assessment it was made in."""


@dataclass(frozen=True, slots=True)
class SheetFindings:
    """The findings of an assessment, the heaviest first, and what earlier assessments of the site left open."""

    own: tuple[FindingRow, ...]
    carried: tuple[ListedFinding, ...] = ()

    @property
    def waiting(self) -> int:
        """How many are not closed, here and from before."""
        return sum(row.state is not FindingState.CLOSED for row in self.own) + len(self.carried)

"""What lists of names are made from: who is to be named, who was named, whose certificate is valid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wufei_cells.domain.text import Text
from wufei_cells.errors import Problem, ProblemsFound


class ListKind(StrEnum):
    """What a list is for."""

    NOTICE = "notice"
    """公示: before the naming; anybody may object."""
    NAMING = "naming"
    """通报: after it."""
    VALID = "valid"
    """Whose certificate is valid on a day."""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One unit of a list. Lists are unranked: there is no place for points."""

    name: str
    district: Text
    certificate: str = ""
    """Number of the certificate, where there is one."""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class ListGroup:
    """The units of one category, in the order in which they are printed."""

    category: Text
    entries: tuple[ListEntry, ...]


@dataclass(frozen=True, slots=True)
class NameList:
    """One list, with what the text around it says."""

    kind: ListKind
    city: Text
    issuer: Text
    on: date
    """The day that stands below it."""
    groups: tuple[ListGroup, ...]
    batch: Text = Text("")
    """Which batch, as the title has it: 2026年第一批."""
    document_number: str = ""
    """文号 of the naming document."""
    period: tuple[date, date] | None = None
    """Of a notice: the first and the last day on which objections are taken."""
    contact: str = ""
    """Of a notice: where they are taken."""
    example: bool = False
    """Made-up data: each page says so."""
    official: bool = True
    """Whether all checklists were issued by an authority."""

    @property
    def count(self) -> int:
        """How many units it names."""
        return sum(len(group.entries) for group in self.groups)

    def refuse_gaps(self) -> None:
        """Refuse a list that cannot be published like this.

        Raises:
            ProblemsFound: it names nobody; a notice says nothing of when or where objections are taken.
        """
        found = [] if self.count else [Problem("paper.nobody", "list")]
        if self.kind is ListKind.NOTICE:
            if self.period is None:
                found.append(Problem("paper.no_period", "period"))
            elif self.period[1] < self.period[0]:
                found.append(
                    Problem(
                        "paper.period_backwards", "period", {"start": str(self.period[0]), "end": str(self.period[1])}
                    )
                )
            if not self.contact.strip():
                found.append(Problem("paper.no_contact", "contact"))
        if found:
            raise ProblemsFound(found)

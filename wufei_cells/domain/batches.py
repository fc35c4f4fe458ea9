"""Batches: sites that are published for objections together and named together, by one document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from wufei_cells.domain.register import ActRef

BatchId = NewType("BatchId", str)


@dataclass(frozen=True, slots=True)
class Batch:
    """What is laid down for a batch; written as a whole by each step that adds to it."""

    title: str
    """What people call it, as 2026年第一批."""
    notice_from: date | None = None
    notice_until: date | None = None
    """The last day on which objections are taken."""
    contact: str = ""
    """Where to object, as the notice prints it."""
    document_number: str = ""
    """文号 of the naming document; empty until it is named."""
    named_on: date | None = None


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch on record, and how many assessments stand in it."""

    id: BatchId
    batch: Batch
    author: str
    at: datetime
    heads: tuple[ActRef, ...]
    values: int = 1
    """How many different versions stand; more than one is an open conflict."""
    noticed: int = 0
    named: int = 0
    certified: int = 0

    @property
    def members(self) -> int:
        """How many assessments stand in it."""
        return self.noticed + self.named + self.certified

"""Objections: somebody doubts a name in a public notice, or a unit appeals against the points of an item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from wufei_cells.domain.register import AssessmentId

ObjectionId = NewType("ObjectionId", str)


class ObjectionKind(StrEnum):
    """Who objects to what."""

    OBJECTION = "objection"
    """Anybody, against a site that is to be named."""
    APPEAL = "appeal"
    """The unit itself, against its result in an item or as a whole."""


class Outcome(StrEnum):
    """How an objection was settled."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Objection:
    """What was put forward; written as a whole."""

    assessment: AssessmentId
    kind: ObjectionKind
    text: str
    received_on: date
    item: str = ""
    """Key of the item; empty for the result or the site as a whole."""
    name: str = ""
    """Who objects; personal data, never printed."""
    contact: str = ""
    due: date | None = None
    """By when it is to be answered."""


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """An objection on record, and how it was settled."""

    id: ObjectionId
    objection: Objection
    author: str
    at: datetime
    revision: int = 1
    """Of the assessment, when it was put forward."""
    outcome: Outcome = Outcome.OPEN
    reason: str = ""
    settled_by: str = ""
    settled_on: date | None = None

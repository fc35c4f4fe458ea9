"""What the register holds, as frozen rows: people, sites, assessments, certificates, progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import NewType

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import CertificateState, Stage

SiteId = NewType("SiteId", str)
AssessmentId = NewType("AssessmentId", str)
CertificateId = NewType("CertificateId", str)
EditionId = NewType("EditionId", str)
DraftId = NewType("DraftId", str)
PersonId = NewType("PersonId", str)


@dataclass(frozen=True, slots=True)
class ActRef:
    """Names one act of the journal: which device wrote it, and its number there."""

    device: str
    seq: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody whose name stands under acts."""

    id: PersonId
    name: str


class EditionState(StrEnum):
    """How a published edition stands on a day."""

    TO_COME = "to_come"
    IN_FORCE = "in_force"
    """New assessments use it."""
    SUPERSEDED = "superseded"
    """A newer one has taken its place."""
    EXPIRED = "expired"
    """Its last day has passed."""
    RETIRED = "retired"
    """Somebody took it out of use."""


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One stored checklist edition. Rows come with the newest first, of editions of one day the one published last."""

    id: EditionId
    key: str
    edition: str
    category: str
    effective_from: date
    effective_until: date | None = None
    """The last day on which assessments may be started with it."""
    retired_on: date | None = None
    reason: str = ""
    """Why it was retired."""
    districts: tuple[str, ...] = ()
    """Where a county's own edition holds; empty for the city's."""
    extends: EditionId | None = None
    """The city's edition that a county's own one stands on."""
    state: EditionState = EditionState.IN_FORCE
    """As of the day that was asked about."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One checklist that is being written, and the acts that saving it would replace."""

    id: DraftId
    title: str
    category: str
    based_on: EditionId | None
    author: str
    at: datetime
    heads: tuple[ActRef, ...]
    values: int = 1
    """How many different versions stand; more than one is an open conflict."""


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One unit in the register, with the state of its latest assessment and certificate."""

    id: SiteId
    name: str
    category: str
    district: str
    address: str
    credit_code: str
    contact: str
    phone: str
    note: str
    facts: Mapping[str, str]
    stage: Stage
    assessment: AssessmentId | None = None
    total: Fraction | None = None
    level: str | None = None
    certificate: CertificateId | None = None
    certificate_number: str | None = None
    valid_until: date | None = None
    certificate_state: CertificateState | None = None
    """How its newest certificate stands on the day asked about; ``None`` without one, or without a day."""


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One assessment of one site."""

    id: AssessmentId
    site: SiteId
    site_name: str
    category: str
    district: str
    edition: EditionId
    column: str
    """Whose opinion it is: a ``Column``, or the key of a column that the checklist names."""
    assessors: tuple[str, ...]
    visited_on: date | None
    started_at: datetime
    stage: Stage
    total: Fraction | None = None
    level: str | None = None
    passed: bool | None = None
    basis: str | None = None
    """Digest of the acts the finished result rests on."""
    decided_by: str | None = None
    decided_at: datetime | None = None
    remarks: str = ""
    answered: int = 0
    """How many answers are on record, those to earlier editions among them."""
    came_from: tuple[EditionId, ...] = ()
    """The editions it was pinned to before it was carried over, in order."""
    part_of: AssessmentId | None = None
    """Of a sheet of one column or one assessor: the assessment it belongs to."""
    returned: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of one that was sent back: the remark by item; only these items can be answered."""
    revision: int = 1
    """Rises each time it is opened again."""
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None
    seal: str | None = None
    """Hash of everything the result rests on, and the decision about it."""
    batch: str | None = None
    """The batch in which it is published and named."""

    @property
    def on(self) -> date:
        """The day the assessment is of: of the visit, or of its start (in UTC, so the same on every machine)."""
        return day_of(self.visited_on, self.started_at)


def day_of(visited_on: date | None, started_at: datetime) -> date:
    """Give the day an assessment is of."""
    return visited_on or started_at.date()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One stored answer: the judgement, who wrote it when, and the acts a new one would replace."""

    item: str
    answer: Answer
    author: str
    at: datetime
    heads: tuple[ActRef, ...]
    values: int = 1
    """How many different values stand; more than one is an open conflict."""
    entry: str = ""
    """Hash of the words that were answered."""
    lamport: int = 0
    """Its place among all acts, to tell what came since somebody looked last."""


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One certificate as issued: everything that is printed is kept with it."""

    id: CertificateId
    number: str
    site: SiteId
    assessment: AssessmentId
    site_name: str
    category: str
    category_text: Mapping[str, str]
    district: str
    issuer: Mapping[str, str]
    city: Mapping[str, str]
    checklist: Mapping[str, str]
    edition: str
    total: str
    level: Mapping[str, str]
    issued_on: date
    valid_until: date
    document_number: str
    """文号 of the naming document; empty while it is not known."""
    basis: str
    wording: Mapping[str, Mapping[str, str]]
    """Title, body and remark as filled in at issue, by language."""
    example: bool
    """Issued on example data: printed with a specimen watermark."""
    official: bool = True
    """Whether the checklist was issued by an authority; a certificate after a model checklist says so."""
    template: str = ""
    """Identity of the template it is printed with; empty for those of before there were templates."""
    proof: str = ""
    """The signed text of its QR code; empty where the office has no key."""
    paper: str = ""
    """SHA-256 of the PDF as it was issued; empty for those of before it was kept."""
    batch: str = ""
    """Title of the batch it was named in."""
    named_on: date | None = None
    renews: str = ""
    """Number of the certificate of the same site that it follows."""
    state: CertificateState = CertificateState.VALID
    """On the day asked about."""
    since: date | None = None
    """The day from which it stands so."""
    ordered_until: date | None = None
    """By when something is to be put right; ``None`` when nothing is."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How far one category, district or cell of the table is."""

    sites: int = 0
    assessed: int = 0
    passed: int = 0
    certified: int = 0
    """Valid certificates on the day asked about."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.sites + other.sites,
            self.assessed + other.assessed,
            self.passed + other.passed,
            self.certified + other.certified,
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress towards the goal on a day."""

    on: date
    goal: int
    by: date
    whole: Tally
    categories: Mapping[str, Tally] = field(default_factory=dict[str, Tally])
    districts: Mapping[str, Tally] = field(default_factory=dict[str, Tally])
    cells: Mapping[tuple[str, str], Tally] = field(default_factory=dict[tuple[str, str], Tally])
    """By (category, district)."""
    stages: Mapping[Stage, int] = field(default_factory=dict[Stage, int])
    certified: Mapping[CertificateState, int] = field(default_factory=dict[CertificateState, int])
    """How the newest certificates of the sites at that stage stand on the day."""

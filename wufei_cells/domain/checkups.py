"""X-rays (体检): what does not agree on one file or in the whole register, and what had better be looked at twice.

A hint refuses nothing: refusing is the work of the guards in ``domain.lifecycle``. It says what was found, how much
weight it has, and where it is to be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Weight(StrEnum):
    """How much a hint matters; the order is from the heaviest to the lightest."""

    ERROR = "error"
    """What is on record contradicts itself."""
    WARNING = "warning"
    """To be looked at before somebody decides."""
    NOTE = "note"
    """Good to know."""


class Check(StrEnum):
    """What is looked for."""

    EVIDENCE_MISSING = "evidence_missing"
    """The checklist demands evidence for what was answered, and there is none."""
    EVIDENCE_NAMED = "evidence_named"
    """The checklist names evidence for items that were answered, and there is none."""
    EVIDENCE_EXPIRED = "evidence_expired"
    """A piece of evidence is past the day until which it holds."""
    PHOTO_SAME = "photo_same"
    """The very same photo stands in another file."""
    PHOTO_ALIKE = "photo_alike"
    """A photo looks like one in another file."""
    PHOTO_TIME = "photo_time"
    """A photo was taken on none of the days of the visit."""
    EDGE_MARK = "edge_mark"
    """The points lie close to the pass mark, above it or below."""
    EDGE_LEVEL = "edge_level"
    """The points lie close to what a higher level asks for."""
    NA_SHARE = "na_share"
    """Much was set aside as not applicable."""
    REVIEWED_OWN = "reviewed_own"
    """Reviewed by somebody who assessed it."""
    DECIDED_OWN = "decided_own"
    """Decided by somebody who assessed it."""
    DECIDED_REVIEWED = "decided_reviewed"
    """Reviewed and decided by the same person."""
    ASSESSORS_FEW = "assessors_few"
    """Fewer assessors than the city wants."""
    BASIS_CHANGED = "basis_changed"
    """Something the result rests on was written after it."""
    SEAL_BROKEN = "seal_broken"
    """The content is not that which the decision was taken on."""
    SIGNATURE_STALE = "signature_stale"
    """What was signed is not what stands."""
    SIGNATURES_FEW = "signatures_few"
    """Not every assessor has signed what stands."""
    BLIND_UNUSED = "blind_unused"
    """Sheets that were scored alone are ready, and nothing of them was taken over."""
    CONFLICT = "conflict"
    """Different values stand for one thing."""
    EDITION_OUTDATED = "edition_outdated"
    """An open file is scored under an edition that is no longer used."""
    FINDING_OVERDUE = "finding_overdue"
    FINDING_MAJOR = "finding_major"
    """A major finding is not closed."""
    OBJECTION_OVERDUE = "objection_overdue"
    """An objection or appeal is past the day by which it is to be answered."""
    APPLICATION_MISSING = "application_missing"
    STANDS_STILL = "stands_still"
    """Nobody has written anything in an open file for a long time."""
    CERTIFICATE_TWICE = "certificate_twice"
    """A number stands on more than one certificate."""
    CERTIFICATE_REVIEW = "certificate_review"
    """What a certificate rests on changed after it was issued, or is in conflict."""
    CERTIFICATE_LOST = "certificate_lost"
    """Numbers that were passed over and that nothing explains."""
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_DUE = "certificate_due"
    """A certificate runs out soon."""
    CERTIFICATE_UNSIGNED = "certificate_unsigned"
    """Issued without a signature although the office had a key."""
    REPORT_OVERDUE = "report_overdue"
    ORDER_OVERDUE = "order_overdue"
    """What was ordered to be put right is past its day."""
    NOT_CHECKED = "not_checked"
    """A check could not be made; the others were."""


class Cell(StrEnum):
    """What of a file or a site can be in conflict that is no item, as a sentence names it."""

    HEADER = "header"
    STATE = "state"
    PRECHECK = "precheck"
    APPLICATION = "application"
    FINDING = "finding"
    EVIDENCE = "evidence"
    NAME = "name"
    CATEGORY = "category"
    DISTRICT = "district"
    ADDRESS = "address"
    CREDIT_CODE = "credit_code"
    CONTACT = "contact"
    PHONE = "phone"
    NOTE = "note"


DAYS_STILL = 60
"""After so many days without an act an open file counts as standing still."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that was found, and where it is to be seen."""

    check: Check
    weight: Weight
    site: str = ""
    """Empty for what belongs to the register as a whole."""
    site_name: str = ""
    assessment: str = ""
    item: str = ""
    """Key of the item or gate; empty for the file as a whole."""
    certificate: str = ""
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    """What its sentence names."""


def sorted_hints(hints: Iterable[Hint]) -> tuple[Hint, ...]:
    """Put the heaviest first, then by kind and by site; those of one file and kind stay in their order."""
    weights, checks = list(Weight), list(Check)
    return tuple(
        sorted(
            hints,
            key=lambda hint: (
                weights.index(hint.weight),
                checks.index(hint.check),
                hint.site_name,
                hint.site,
                hint.assessment,
            ),
        )
    )

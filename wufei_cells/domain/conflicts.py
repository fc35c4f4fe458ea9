"""Disagreements: what can be in conflict, how a person settles it, and by which rule many at once.

A conflict is settled by a person, never by a clock: either by choosing one of the values that stand, by going back to
what stood before both, or by a merged value where the two changed different fields.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.register import ActRef
from wufei_cells.domain.text import Text
from wufei_cells.errors import Problem

ID_LENGTH = 10


class Room(StrEnum):
    """Which room of the window a conflict belongs to."""

    SITES = "sites"
    ASSESSMENT = "assessment"
    CERTIFICATES = "certificates"
    CHECKLISTS = "checklists"
    SETTINGS = "settings"


class Disputed(StrEnum):
    """What is in conflict, by the kind of its acts; sites have a word for each field."""

    SITE_NAME = "site_name"
    SITE_CATEGORY = "site_category"
    SITE_DISTRICT = "site_district"
    SITE_ADDRESS = "site_address"
    SITE_CREDIT_CODE = "site_credit_code"
    SITE_CONTACT = "site_contact"
    SITE_PHONE = "site_phone"
    SITE_NOTE = "site_note"
    SITE_FACT = "site_fact"
    SITE_WITHDRAWN = "site_withdrawn"
    """Taken out of the register here, worked on there."""
    FINDING_WITHDRAWN = "finding_withdrawn"
    ASSESSMENT = "assessment"
    ASSESSMENT_STATE = "assessment_state"
    ANSWER = "answer"
    EVIDENCE = "evidence"
    EVIDENCE_FILE = "evidence_file"
    FINDING = "finding"
    FINDING_CHECK = "finding_check"
    SIGNATURE = "signature"
    PRECHECK = "precheck"
    APPLICATION = "application"
    OBJECTION = "objection"
    OBJECTION_SETTLED = "objection_settled"
    CERTIFICATE = "certificate"
    CERTIFICATE_EVENT = "certificate_event"
    BATCH = "batch"
    DRAFT = "draft"
    EDITION = "edition"
    EDITION_SOURCE = "edition_source"
    EDITION_STATE = "edition_state"
    PROFILE = "profile"
    TEMPLATE = "template"
    TEMPLATE_CHOICE = "template_choice"
    NUMBER_KEEPER = "number_keeper"
    NUMBER_BLOCK = "number_block"
    ROLE = "role"
    PERSON = "person"
    OFFICE_KEY = "office_key"
    STATUS_LIST = "status_list"
    DRAWING = "drawing"
    TARGET = "target"
    INDICATOR_VALUE = "indicator_value"
    FOLLOW_UP = "follow_up"
    VISIT = "visit"
    OTHER = "other"
    """Of a kind that only newer programs know."""


class How(StrEnum):
    """How a conflict is settled."""

    TAKE = "take"
    BEFORE = "before"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for one conflict; ``place`` counts the standing values from zero."""

    how: How
    place: int = 0


class RuleKind(StrEnum):
    """By what a person lets many conflicts be settled in one go."""

    PERSON = "person"
    DEVICE = "device"
    VISITOR = "visitor"
    """Who is named as an assessor."""
    LOWER_POINTS = "lower_points"
    LATER = "later"
    """The later time as the devices' clocks claimed it."""
    BEFORE = "before"


NAMING = (RuleKind.PERSON, RuleKind.DEVICE)
"""Rules that need a name."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that a person chose; ``name`` is the person's or the device's."""

    kind: RuleKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One thing of which several values stand."""

    id: str
    """The same on every device."""
    entity: str
    cell: str
    kind: str
    what: Disputed
    values: int
    heads: tuple[ActRef, ...]
    """The acts that stand; whoever settles it has seen exactly these."""
    room: Room
    site: str = ""
    site_name: str = ""
    assessment: str = ""
    item: str = ""
    """Key of the item or gate."""
    about: Text | str = ""
    """Which item, fact, paper or person, in words."""
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who says a value."""

    author: str
    at: datetime
    """As the device's clock had it."""
    device: str
    restored_by: str = ""
    """Who put it back by taking a settlement back."""


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a value in words."""

    field: str
    label: str
    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class ValueTold:
    """One value, ready to be shown."""

    headline: str
    lines: tuple[Line, ...]
    value: JsonValue
    holders: tuple[Holder, ...] = ()
    points: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()
    """Content hashes of the pictures that its holders put there."""
    problem: Problem | None = None
    """Why it cannot be chosen as it is."""
    heads: tuple[ActRef, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act in words."""

    at: datetime
    author: str
    device: str
    text: str
    standing: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConflictTold:
    """A conflict with everything a person needs to settle it."""

    row: ConflictRow
    title: str
    values: tuple[ValueTold, ...]
    """The one that is shown meanwhile comes first."""
    history: tuple[HistoryLine, ...]
    before: ValueTold | None = None
    """What all of them started from."""
    merged: ValueTold | None = None
    assessors: tuple[str, ...] = field(default=())
    """Who is named as assessor of the file it belongs to."""

    def outcome(self, choice: Choice) -> ValueTold | None:
        """Give what a choice makes of it; ``None`` where there is nothing of that kind."""
        if choice.how is How.BEFORE:
            return self.before
        if choice.how is How.MERGED:
            return self.merged
        return self.values[choice.place] if 0 <= choice.place < len(self.values) else None


def conflict_id(entity: str, cell: str) -> str:
    """Name a conflict, the same way on every device."""
    return hashlib.sha256(f"{entity}\n{cell}".encode()).hexdigest()[:ID_LENGTH]


def chosen_by(told: ConflictTold, rule: Rule) -> Choice | None:
    """Give what a rule makes of a conflict; ``None`` where it cannot decide."""
    match rule.kind:
        case RuleKind.PERSON:
            return _only([rule.name in {one.author for one in value.holders} for value in told.values])
        case RuleKind.DEVICE:
            return _only([rule.name in {one.device for one in value.holders} for value in told.values])
        case RuleKind.VISITOR:
            named = set(told.assessors)
            return _only([bool(named & {one.author for one in value.holders}) for value in told.values])
        case RuleKind.LOWER_POINTS:
            points = [_number(value.points) for value in told.values]
            known = [one for one in points if one is not None]
            return _only([one == min(known) for one in points]) if len(known) == len(points) else None
        case RuleKind.LATER:
            times = [max(one.at for one in value.holders) for value in told.values]
            return _only([one == max(times) for one in times])
        case RuleKind.BEFORE:
            return Choice(How.BEFORE) if told.before else None


def _only(fitting: Sequence[bool]) -> Choice | None:
    return Choice(How.TAKE, fitting.index(True)) if sum(fitting) == 1 else None


def _number(points: str) -> Fraction | None:
    try:
        return Fraction(points)
    except ValueError:
        return None

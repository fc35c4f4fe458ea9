"""What people see of the exchange: what to send, what came, who has what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.bundles import Span
from wufei_cells.errors import Problem

LEAST_LIMIT = 100_000
"""Bytes of the smallest part that may be asked for."""


class Scope(StrEnum):
    """Which acts to send."""

    LACKING = "lacking"
    """What the receiver lacks, as far as is known from what they sent last."""
    SINCE = "since"
    """What was written from a day on."""
    SITE = "site"
    """What concerns one site, with what it takes to read it."""
    ALL = "all"


class Photos(StrEnum):
    """Which photos and papers to send."""

    NONE = "none"
    LACKING = "lacking"
    """Those that belong to what is sent, and those that the receiver asked for."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Order:
    """What to write into a package."""

    to: str = ""
    """The device it is for; empty for everyone."""
    scope: Scope = Scope.LACKING
    since: date | None = None
    site: str = ""
    photos: Photos = Photos.LACKING
    limit: int | None = None
    """The most bytes of a part."""
    passphrase: str = field(default="", repr=False)  # so that no log gets it
    """What the package is closed with; empty for none."""
    locked: bool = False
    """Whether only the receiver's machine can open it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a package would be, before it is written."""

    acts: int
    bundles: int
    files: int
    act_bytes: int
    file_bytes: int
    missing_files: int
    """Photos that belong to it and are not on this machine."""
    parts: int
    size: int
    """Bytes of all parts together."""
    unknown: bool = False
    """Whether nothing is known of what the receiver has, so that everything is sent."""


@dataclass(frozen=True, slots=True)
class DeviceStanding:
    """One device and what is known of it."""

    uuid: str
    name: str
    called: str
    """The name, told apart from equal ones of other devices; the beginning of the id where it has none."""
    person: str
    own: bool
    heard_at: datetime | None
    """When it made the last package that came here, by its clock."""
    received_at: datetime | None
    """When that came here."""
    last: int
    """The highest number of its acts that is known of, here or elsewhere."""
    held: tuple[Span, ...]
    """Its acts that are here."""
    missing: tuple[Span, ...]
    """Its acts that somebody has and that are not here."""
    lacks: int | None
    """How many acts that are here it lacks; ``None`` when it was never heard of, or takes part no longer."""
    held_back: int = 0
    """How many of its acts wait in the side view."""
    revoked_after: int | None = None
    """The last one of its acts that counts; ``None`` as long as it was not revoked."""


@dataclass(frozen=True, slots=True)
class ExchangeState:
    """Who has what."""

    devices: tuple[DeviceStanding, ...]
    missing_files: Sequence[str]
    """Photos and papers that are named here and have not come."""
    conflicts: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class CellChange:
    """What an import does to one cell."""

    kind: str
    entity: str
    cell: str
    before: JsonValue
    after: JsonValue
    author: str
    device: str
    at: str
    conflict: bool


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """One file that was laid on the window."""

    name: str
    sender: str = ""
    """Name of the device it comes from."""
    person: str = ""
    purpose: str = ""
    made_at: datetime | None = None
    part: tuple[int, int] = (1, 1)
    new_acts: int = 0
    known_acts: int = 0
    new_files: int = 0
    held_back: int = 0
    """Acts of devices that nobody here has admitted."""
    problems: tuple[Problem, ...] = ()
    needs: str = ""
    """``passphrase`` or ``key`` where it is closed and was not opened."""
    device: str = ""
    """The sender's."""
    wanted_files: int = 0
    """Photos and papers that its sender asks for."""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What taking in some files would do; nothing has been written."""

    files: tuple[IncomingFile, ...]
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    """New acts by kind."""
    changes: tuple[CellChange, ...] = ()
    """Of the cells that would change, the first ones; ``changed`` counts them all."""
    changed: int = 0
    new_conflicts: int = 0
    settled_conflicts: int = 0
    aside: int = 0
    """New acts that do not count."""
    missing: Mapping[str, tuple[Span, ...]] = field(default_factory=dict[str, tuple[Span, ...]])
    """What would still be missing, by device."""
    missing_parts: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    """Parts of sets that are not among the files, by the name of a file of the set."""


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One import."""

    id: str
    at: datetime
    person: str
    undone_at: datetime | None
    files: tuple[str, ...]
    senders: tuple[str, ...]
    acts: int
    photos: int
    conflicts: int

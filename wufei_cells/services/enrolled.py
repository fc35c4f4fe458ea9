"""Who takes part, as people see it: devices, the people on them, what runs out, and what needs a second look.

Days and districts of an enrolment decide nothing (``domain.enrolments`` says why); here they are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from wufei_cells.domain.enrolments import Enrolment
from wufei_cells.domain.lifecycle import Role
from wufei_cells.domain.text import Text
from wufei_cells.errors import Problem, UserError
from wufei_cells.services.workspace import Workspace
from wufei_cells.signing.fingerprints import fingerprint
from wufei_cells.signing.signing_key import device_id
from wufei_cells.store import authority_queries, office_queries
from wufei_cells.store.authority import Authority, Mode
from wufei_cells.store.journal import Connection

REMIND_BEFORE = 30
"""Days before its last day on which an enrolment is said to run out."""


@dataclass(frozen=True, slots=True)
class EnrolledPerson:
    """Somebody who works on a device."""

    id: str
    name: str
    roles: tuple[Role, ...]
    districts: tuple[str, ...]
    until: date | None
    expired: bool
    ends_soon: bool


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device that takes part, or did."""

    device: str
    name: str
    words: Text | None
    """The words of its key; ``None`` where only its id is known here."""
    own: bool
    """Whether it is this machine."""
    last: int
    """The number of its last act that is here."""
    accepted: bool
    """Whether its acts are taken in."""
    revoked_after: int | None
    reason: str
    """Why it was revoked."""
    people: tuple[EnrolledPerson, ...]


@dataclass(frozen=True, slots=True)
class Participants:
    """Everybody who takes part."""

    mode: Mode
    office_words: Text | None
    """The words of the office's first key, as this machine has pinned it."""
    forked: tuple[str, ...]
    """Keys that more than one key claims to follow: somebody has a key of the office who should not."""
    devices: tuple[DeviceRow, ...]


def participants(workspace: Workspace) -> Participants:
    """List the devices and people that take part; this machine first."""
    own_key = workspace.database.identity
    with workspace.database.reading() as connection:
        authority = Authority.of(connection)
        chain = authority.statements.chain
        last = authority_queries.last_numbers(connection)
        names = office_queries.devices(connection)
    statements, today = authority.statements, workspace.today()
    said = [one for one in statements.counted if isinstance(one, Enrolment)]
    # Acceptances are signed by nobody: a key in one shows words only where the device is really named after it.
    keys = {one.device: one.key for one in said if one.key and device_id(one.key) == one.device}
    keys[own_key.uuid] = own_key.key.public
    called = {one.device: one.name for one in said if one.name}
    known = {*statements.enrolled, *statements.accepted, *statements.revoked, *last, own_key.uuid}
    rows = [
        DeviceRow(
            device,
            called.get(device) or names.get(device, ""),
            fingerprint(keys[device]) if device in keys else None,
            device == own_key.uuid,
            last.get(device, 0),
            authority.admits(device) and device not in statements.revoked,
            statements.revoked[device].after if device in statements.revoked else None,
            statements.revoked[device].reason if device in statements.revoked else "",
            _people(statements.enrolled.get(device, {}), today),
        )
        for device in known
    ]
    rows.sort(key=lambda row: (not row.own, not row.people, row.name, row.device))
    root = chain.keys.get(chain.pin)
    return Participants(authority.mode, fingerprint(root) if root else None, chain.forked, tuple(rows))


def _people(enrolled: Mapping[str, tuple[Enrolment, ...]], today: date) -> tuple[EnrolledPerson, ...]:
    latest = [max(ones, key=lambda one: (one.serial, one.statement)) for ones in enrolled.values()]
    rows = [
        EnrolledPerson(
            one.person,
            one.person_name,
            tuple(role for role in Role if role in one.held),
            one.districts,
            one.until,
            one.until is not None and one.until < today,
            one.until is not None and 0 <= (one.until - today).days < REMIND_BEFORE,
        )
        for one in latest
    ]
    return tuple(sorted(rows, key=lambda row: (row.name, row.id)))


def refuse_expired(workspace: Workspace) -> None:
    """Refuse to make a package while this person's enrolment on this machine has run out, or is none.

    Raises:
        UserError: it has; it names the last day. Taking in packages and working go on.
    """
    with workspace.database.reading() as connection:
        authority = Authority.of(connection)
    if authority.mode is Mode.OPEN:
        return
    here = [one for one in authority.statements.standing() if one.device == authority.own]
    mine = next((one for one in here if one.person == workspace.person.id), None)
    if mine is None:
        raise UserError("trust.own_not_enrolled", name=workspace.person.name)
    if mine.until is not None and mine.until < workspace.today():
        raise UserError("trust.expired", name=workspace.person.name, until=mine.until)


def findings(workspace: Workspace) -> tuple[Problem, ...]:
    """List what counts and needs a second look: acts that are dated outside the days of their author's enrolment."""
    with workspace.database.reading() as connection:
        authority = Authority.of(connection)
        if authority.mode is Mode.OPEN:
            return ()
        return tuple(
            problem
            for one in authority.statements.standing()
            if (problem := _outside_days(connection, one)) is not None
        )


def _outside_days(connection: Connection, one: Enrolment) -> Problem | None:
    if one.until is None:
        return None
    first, last, count = authority_queries.dated_after(connection, one.device, one.person, one.until)
    if not count:
        return None
    days = {"from": datetime.fromisoformat(first).date(), "to": datetime.fromisoformat(last).date()}
    values = {"name": one.person_name, "device": one.name, "until": one.until, "count": count}
    return Problem("trust.dated_outside", one.device, {**values, **days})

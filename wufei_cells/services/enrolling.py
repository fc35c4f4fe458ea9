"""Who takes part: devices ask to join, the office enrols them with the people on them, and revokes them.

Two small files go to and fro. The *request* names the device's key and the person; the office compares the six words of
the key with that person, and enrols both in roles. The *answer* brings the office's keys and everything it has said of
devices; the person compares the six words of the office's first key, which this machine pins by that.

While the office has enrolled nobody, people accept a device by its words (``accept_unknown``), and everybody may do
everything. The first enrolment, that of the office's own device, begins the other mode for everyone who pins the key.
What the office has in its register by then goes on counting, whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from wufei_cells.domain.enrolments import Enrolment
from wufei_cells.domain.lifecycle import Role
from wufei_cells.errors import UserError
from wufei_cells.exchange.bundles import key_of
from wufei_cells.services import office_keys, reading, roles, stating
from wufei_cells.services.revoking import known_device
from wufei_cells.services.text_fields import LONGEST_NAME, require_text
from wufei_cells.services.workspace import Workspace
from wufei_cells.signing import joining
from wufei_cells.signing.enrolments import sign
from wufei_cells.signing.fingerprints import same
from wufei_cells.signing.joining import JoinRequest
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.store import arrivals, authority_queries, bundles, office_queries
from wufei_cells.store.authority import Authority, Mode
from wufei_cells.store.journal import Connection

# --- the device that wants to join


def make_request(workspace: Workspace) -> bytes:
    """Give the file by which this device and this person ask to take part."""
    with workspace.database.writing() as connection:
        workspace.write(connection, [])  # a newcomer gets an id that stays
        identity = workspace.database.identity
        devices = office_queries.devices(connection)
        others = {*bundles.unsealed(connection), *authority_queries.handed_on(connection, identity.uuid)}
        others |= workspace.database.stands_for
        request = JoinRequest(
            key=identity.key.public,
            name=devices.get(identity.uuid, ""),
            person=workspace.person.id,
            person_name=workspace.person.name,
            city=reading.profile(connection).key,
            last=authority_queries.last_number(connection, identity.uuid),
            instead_of=tuple(sorted(others - {identity.uuid})),
        )
    return joining.write_request(identity.key, request)


# --- the office


def begin_office(workspace: Workspace, key: SigningKey) -> Enrolment:
    """Enrol the office's own device; from now on only those count whom the office enrols.

    Acts of all devices that are in the register by now go on counting. The person gets the roles that they hold, and
    that of the office; where nobody holds any, all of them.

    Raises:
        UserError: the office enrols already, the key does not speak for it, or the person is not of the office.
    """
    with workspace.database.writing() as connection:
        roles.require(workspace, connection, Role.OFFICE)
        return _begin(workspace, connection, key)


def read_request(content: bytes) -> JoinRequest:
    """Read a request, from its file or as scanned; its words are to be compared with the person before it is accepted.

    Raises:
        UserError: it is none, or was altered.
    """
    return joining.read_request(content)


def accept_request(
    workspace: Workspace,
    key: SigningKey,
    content: bytes,
    held: Iterable[Role],
    *,
    districts: Sequence[str] = (),
    until: date | None = None,
    words: str = "",
    vouch: bool = False,
) -> Enrolment:
    """Enrol a person on the device that asked; the office's own is enrolled first where it is not yet.

    Args:
        workspace: the register.
        key: the office's, open.
        content: the request.
        held: in which roles the person works there; none: what is everybody's work.
        districts: where; nowhere named: everywhere. For people to see; it decides nothing.
        until: the last day, shown and reminded of.
        words: what the person read out; refused where they are not those of the device.
        vouch: whether what the device wrote until it asked counts, whoever wrote it.

    Raises:
        UserError: it is no request, comes from a register of another city, its words differ, a district is not known,
            the key does not speak for the office, or the person who works here is not of the office.
    """
    request = joining.read_request(content)
    if words and not same(request.key, words):
        raise UserError("trust.other_words", name=request.name)
    with workspace.database.writing() as connection:
        roles.require(workspace, connection, Role.OFFICE)
        _refuse_unfit(connection, request, districts)
        if Authority.of(connection).mode is Mode.OPEN:
            _begin(workspace, connection, key)
        wanted = Enrolment(
            request.device,
            request.key,
            request.name,
            request.person,
            request.person_name,
            tuple(role.value for role in Role if role in set(held)),
            tuple(dict.fromkeys(districts)),
            workspace.today(),
            until,
            instead_of=request.instead_of,
            known=((request.device, request.last),) if vouch else (),
        )
        return _enrol(workspace, connection, key, wanted)


def change_enrolment(
    workspace: Workspace,
    key: SigningKey,
    device: str,
    person: str,
    held: Iterable[Role],
    *,
    until: date | None = None,
    after: int | None = None,
) -> Enrolment:
    """Give somebody on a device other roles, or another last day.

    Where a role is taken away, that holds from the last act on that the office has of the device, unless told
    otherwise; what is given holds for everything that the person wrote there.

    Raises:
        UserError: nobody of that name or id is enrolled there, the key does not speak for the office, or the person
            who works here is not of the office.
    """
    with workspace.database.writing() as connection:
        roles.require(workspace, connection, Role.OFFICE)
        place = known_device(connection, device)
        on_device = [one for one in Authority.of(connection).statements.standing() if one.device == place]
        found = next((one for one in on_device if person in (one.person, one.person_name)), None)
        if found is None:
            raise UserError("trust.not_enrolled_there", name=person, device=device)
        wanted, before = {role.value for role in held}, {*found.roles}
        if before - wanted and wanted - before:  # taken from here on, given for all that was written
            found = _enrol(workspace, connection, key, replace(found, roles=_ordered(wanted | before), statement=""))
        last = authority_queries.last_number(connection, found.device) if before - wanted else 0
        changed = replace(found, roles=_ordered(wanted), until=until, after=last if after is None else after)
        changed = replace(changed, statement="")
        return _enrol(workspace, connection, key, changed)


def _ordered(names: Collection[str]) -> tuple[str, ...]:
    return tuple(role.value for role in Role if role.value in names)


def accept_unknown(workspace: Workspace, device: str, name: str = "", *, words: str = "") -> None:
    """Let the acts of a device count whose words its person confirmed, while the office enrols nobody.

    Args:
        workspace: the register.
        device: its whole id; nothing need have come from it.
        name: how people call it.
        words: what its person read out; refused where they are not those of the device.

    Raises:
        UserError: the office enrols devices, so it is not for others to accept one; the words differ, or nothing that
            the device signed is here to compare them with.
        ProblemsFound: the name cannot be one.
    """
    name = require_text("name", name, limit=LONGEST_NAME)
    with workspace.database.writing() as connection:
        refuse_accepting(connection)
        key = key_here(connection, device)
        if words and not key:
            raise UserError("trust.no_key", name=name or device[:8])
        if words and not same(key, words):
            raise UserError("trust.other_device_words", name=name or device[:8])
        workspace.write(connection, [])
        accepted = Enrolment(device, key, name, "", "", start=workspace.today())
        stating.write(workspace, connection, [stating.draft_of(accepted)])


def refuse_accepting(connection: Connection) -> None:
    """Refuse to accept a device where the office enrols them.

    Raises:
        UserError: it does.
    """
    if Authority.of(connection).mode is Mode.OFFICE:
        raise UserError("trust.office_accepts")


def key_here(connection: Connection, device: str) -> bytes:
    """Give the public key of a device by what it signed and is here, waiting or taken in; empty where nothing is."""
    content = arrivals.signed_by(connection, device)
    return key_of(content) if content else b""


# --- within a transaction


def _refuse_unfit(connection: Connection, request: JoinRequest, districts: Sequence[str]) -> None:
    profile = reading.profile(connection)
    if request.city != profile.key:
        raise UserError("trust.other_city", found=request.city, city=profile.key)
    unknown = [key for key in districts if profile.district(key) is None]
    if unknown:
        raise UserError("trust.unknown_district", found=", ".join(unknown))
    if request.device in Authority.of(connection).statements.revoked:
        raise UserError("trust.revoked_device", name=request.name)


def _begin(workspace: Workspace, connection: Connection, key: SigningKey) -> Enrolment:
    authority = Authority.of(connection)
    if authority.mode is Mode.OFFICE:
        raise UserError("trust.begun")
    _pin_own_key(connection, key)
    workspace.write(connection, [])
    own = workspace.database.identity
    before = office_queries.holders(connection)
    held = [role for role in Role if any(one.name == workspace.person.name for one in before.get(role, ()))]
    wanted = Enrolment(
        own.uuid,
        own.key.public,
        office_queries.devices(connection).get(own.uuid, ""),
        workspace.person.id,
        workspace.person.name,
        tuple(role.value for role in Role if role in {*held, Role.OFFICE} or not any(before.values())),
        start=workspace.today(),
        instead_of=tuple(sorted(workspace.database.stands_for - {own.uuid})),
        known=tuple(sorted(authority_queries.last_numbers(connection).items())),
    )
    return _enrol(workspace, connection, key, wanted)


def _pin_own_key(connection: Connection, key: SigningKey) -> None:
    """Pin the first key of the office in a register that had it before there were pins: its owner is here."""
    chain = Authority.of(connection).statements.chain
    if chain.pin:
        return
    before = {one.id: one for one in office_keys.announced(connection)}
    first = before.get(key.id)
    while first is not None and first.predecessor:
        first = before.get(first.predecessor)
    if first is None:
        raise UserError("office_key.not_announced", key=key.id)
    stating.pin(connection, first.id)


def _enrol(workspace: Workspace, connection: Connection, key: SigningKey, wanted: Enrolment) -> Enrolment:
    stating.require_speaking(connection, key)
    statements = Authority.of(connection).statements
    earlier = statements.enrolled.get(wanted.device, {}).get(wanted.person, ())
    signed = sign(key, replace(wanted, serial=1 + max((one.serial for one in earlier), default=0), seal=None))
    stating.write(workspace, connection, [stating.draft_of(signed)])
    return signed

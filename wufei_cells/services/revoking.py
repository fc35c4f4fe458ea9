"""Let acts of a device count no longer from a number on, and let them count again."""

from __future__ import annotations

from wufei_cells.domain.enrolments import Revocation
from wufei_cells.domain.lifecycle import Role
from wufei_cells.errors import UserError
from wufei_cells.services import roles, stating
from wufei_cells.services.reading import SHORTEST_ID
from wufei_cells.services.text_fields import LONGEST_NOTE, require_text
from wufei_cells.services.workspace import Workspace
from wufei_cells.signing.enrolments import sign
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.store import authority_queries, office_queries
from wufei_cells.store.authority import Authority, Mode
from wufei_cells.store.journal import Connection


def revoke(
    workspace: Workspace, key: SigningKey | None, device: str, *, after: int | None = None, reason: str
) -> Revocation:
    """Let acts of a device count no longer from a number on, on every machine that hears of it.

    Args:
        workspace: the register.
        key: the office's, open; ``None`` only while the office enrols nobody.
        device: its id, the beginning of it, or its name where only one is called so.
        after: the last act that counts; the last one that is here unless told otherwise.
        reason: why.

    Raises:
        UserError: the device is not known or is this one, no reason was given, the key is missing or does not speak for
            the office, or the person who works here is not of the office.
        ProblemsFound: the reason is too long.
    """
    reason = require_text("reason", reason, limit=LONGEST_NOTE, lines=True)
    if not reason:
        raise UserError("trust.reason_needed")
    with workspace.database.writing() as connection:
        found = known_device(connection, device)
        if found == workspace.database.device_uuid:
            raise UserError("trust.own_device")
        last = authority_queries.last_number(connection, found) if after is None else after
        return _revoke(workspace, connection, key, found, last, reason)


def reinstate(workspace: Workspace, key: SigningKey | None, device: str, *, reason: str) -> Revocation:
    """Lift a revocation: every act of the device counts again.

    Raises:
        UserError: it is not revoked; or as with ``revoke``.
    """
    reason = require_text("reason", reason, limit=LONGEST_NOTE, lines=True)
    with workspace.database.writing() as connection:
        found = known_device(connection, device)
        if found not in Authority.of(connection).statements.revoked:
            raise UserError("trust.not_revoked", device=device)
        return _revoke(workspace, connection, key, found, None, reason)


def known_device(connection: Connection, device: str) -> str:
    """Find a device by its id, the beginning of it, or its name where only one is called so.

    Raises:
        UserError: there is none, or more than one.
    """
    statements = Authority.of(connection).statements
    names = dict(office_queries.devices(connection))
    names |= {one.device: one.name for one in statements.standing()} | dict.fromkeys(statements.accepted, "")
    found = [one for one in names if one == device] or [one for one in names if names[one] == device]
    if not found and len(device) >= SHORTEST_ID:
        found = [one for one in names if one.startswith(device.lower())]
    if len(found) != 1:
        raise UserError("trust.several_devices" if found else "trust.unknown_device", device=device)
    return found[0]


def _revoke(
    workspace: Workspace, connection: Connection, key: SigningKey | None, device: str, after: int | None, reason: str
) -> Revocation:
    authority = Authority.of(connection)
    revoked = Revocation(
        device,
        after,
        reason,
        serial=1 + max((one.serial for one in authority.statements.revocations(device)), default=0),
        handed=tuple(sorted(authority_queries.handed_on(connection, device).items())),
    )
    if authority.mode is Mode.OFFICE:
        roles.require(workspace, connection, Role.OFFICE)
        if key is None:
            raise UserError("trust.key_needed")
        stating.require_speaking(connection, key)
        revoked = sign(key, revoked)
    stating.write(workspace, connection, [stating.draft_of(revoked)])
    return revoked

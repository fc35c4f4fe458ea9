"""The office's keys: make one, announce it, open it, back it up, bring it in, let another follow.

The private half is a file beside the register, encrypted with a passphrase; it never enters the journal, so it never
travels with it. What is announced of a key does. A machine without the file checks certificates but signs none.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from wufei_cells.domain.answers import JsonValue
from wufei_cells.errors import EnvironmentFault, UserError, why
from wufei_cells.services import reading, roles, saving, stating
from wufei_cells.services.text_fields import LONGEST_NAME, require_text
from wufei_cells.services.workspace import Workspace
from wufei_cells.signing import key_file, signing_key
from wufei_cells.signing.announcements import Announcement, announce, read_announcement, write_announcements
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.signing.trust import Trust, trust_in
from wufei_cells.store import key_queries
from wufei_cells.store.authority import Authority
from wufei_cells.store.faults import faults
from wufei_cells.store.journal import Connection, Draft

FOLDER = "keys"
_OWNER_ONLY, _OWNERS_FOLDER = 0o600, 0o700


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One announced key."""

    id: str
    issuer: str
    since: date
    until: date | None
    """The day another took over; none while it is in use."""
    predecessor: str | None
    present: bool
    """Whether its private half is on this machine."""


# --- reading


def trust_of(connection: Connection) -> Trust:
    """Give the keys that the register announces, within a transaction."""
    return trust_in(announced(connection))


def announced(connection: Connection) -> tuple[Announcement, ...]:
    """Give what the register announces, within a transaction; what only newer programs can read is left out."""
    found: list[Announcement] = []
    for document in key_queries.announcements(connection):
        with contextlib.suppress(UserError):
            found.append(read_announcement(document))
    return tuple(found)


def list_keys(workspace: Workspace) -> tuple[KeyRow, ...]:
    """List the announced keys in the order they came into use, and which of them this machine can sign with."""
    with workspace.database.reading() as connection:
        return _rows(workspace, trust_of(connection))


def _rows(workspace: Workspace, trust: Trust) -> tuple[KeyRow, ...]:
    rows = sorted(trust.keys.values(), key=lambda one: (one.since, one.predecessor is not None, one.id))
    return tuple(
        KeyRow(
            one.id,
            one.issuer,
            one.since,
            trust.taken_over_on(one.id),
            one.predecessor,
            present=_path(workspace, one.id).is_file(),
        )
        for one in rows
    )


def announcements_file(workspace: Workspace) -> bytes:
    """Give the file by which others can check what this office signs.

    Raises:
        UserError: there is no key yet.
    """
    with workspace.database.reading() as connection:
        known = announced(connection)
    if not known:
        raise UserError("office_key.none")
    return write_announcements(known)


def key_in_use(workspace: Workspace) -> KeyRow | None:
    """Give the key this machine signs with: announced, not followed by another, its file here; else ``None``."""
    usable = [row for row in list_keys(workspace) if row.until is None and row.present]
    return usable[-1] if usable else None


# --- making, opening


def make_key(workspace: Workspace, passphrase: str, *, issuer: str = "", since: date | None = None) -> SigningKey:
    """Make the office's first key, keep its file beside the register, and announce it.

    Args:
        workspace: the register.
        passphrase: protects the file; nobody can recover it.
        issuer: whose key it is; the city's issuing office unless told otherwise.
        since: from which day on; today unless told otherwise.

    Raises:
        UserError: the passphrase is too short, or there is a key already, which another has to follow; or
            the person is not of the office.
        ProblemsFound: the name cannot be.
        EnvironmentFault: the file cannot be written.
    """
    key = signing_key.generate()
    content = key_file.write_key_file(key, passphrase)
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, "office_key")
        if trust_of(connection).keys:
            raise UserError("office_key.already")
        name = _issuer(connection, issuer)
        workspace.write(connection, [])  # enters a newcomer
        _keep(workspace, connection, content, announce(key, name, since or workspace.today()))
        _pin(connection, key)
    return key


def make_first_again(
    workspace: Workspace, passphrase: str, *, issuer: str = "", since: date | None = None
) -> SigningKey:
    """Make another first key, for the one before is lost; it says of devices what that one had said.

    Where two keys claim to follow one, nobody's role is certain, so none is asked for: a new key means nothing to
    others until they pin it by its words. It says what the key said that is in use here.

    Raises:
        UserError: the passphrase is too short, there was no key before, or the person is not of the office.
        ProblemsFound: the name cannot be.
        EnvironmentFault: the file cannot be written.
    """
    key = signing_key.generate()
    content = key_file.write_key_file(key, passphrase)
    used = key_in_use(workspace)
    with workspace.database.writing() as connection:
        if not Authority.of(connection).statements.chain.forked:
            roles.require_for(workspace, connection, "office_key")
        before = trust_of(connection).keys
        if not before:
            raise UserError("office_key.none")
        name = _issuer(connection, issuer or max(before.values(), key=lambda one: one.since).issuer)
        stating.append(workspace, connection, stating.restated(connection, key, own=used.id if used else ""))
        _keep(workspace, connection, content, announce(key, name, since or workspace.today()))
        _pin(connection, key)
    return key


def succeed(
    workspace: Workspace, old: SigningKey, passphrase: str, *, issuer: str = "", since: date | None = None
) -> SigningKey:
    """Let a new key follow one that is open; the old one signs for it, and its certificates stay genuine.

    Raises:
        UserError: as with `make_key`; or the old key is not announced, was followed already, or came later than the
            new one is to.
        ProblemsFound: the name cannot be.
        EnvironmentFault: the file cannot be written.
    """
    key = signing_key.generate()
    content = key_file.write_key_file(key, passphrase)
    day = since or workspace.today()
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, "office_key")
        before = require_in_use(trust_of(connection), old.id, day)
        if day < before.since:
            raise UserError("office_key.before_predecessor", since=before.since)
        name = _issuer(connection, issuer or before.issuer)
        # What it says of devices comes first: where only the announcement arrived, nothing would count for a while.
        stating.append(workspace, connection, stating.restated(connection, key))
        _keep(workspace, connection, content, announce(key, name, day, predecessor=old))
        stating.judge(connection)
    return key


def require_in_use(trust: Trust, key: str, day: date) -> Announcement:
    """Give what is announced of a key that may sign on a day.

    Raises:
        UserError: it is not announced, or another has taken over.
    """
    known = trust.known(key)
    if known is None:
        raise UserError("office_key.not_announced", key=key)
    until = trust.taken_over_on(key)
    if until is not None:
        raise UserError("office_key.given_up", key=key, until=until, day=day)
    return known


def unlock(workspace: Workspace, passphrase: str, *, key: str = "") -> SigningKey:
    """Open a key; the caller holds it in memory for as long as it is needed.

    Args:
        workspace: the register.
        passphrase: of its file.
        key: its name; the one in use unless told otherwise.

    Raises:
        UserError: this machine has no such key, its file is damaged, or the passphrase is wrong.
    """
    return key_file.read_key_file(_content(workspace, key), passphrase)


# --- copies


def export_key(workspace: Workspace, target: Path, *, key: str = "") -> Path:
    """Write a backup copy of a key's file, as encrypted as it is.

    Raises:
        UserError: this machine has no such key, or a register stands at the target.
        EnvironmentFault: it cannot be written.
    """
    content = _content(workspace, key)
    saving.refuse_register(target)
    _write_private(target, content)
    return target


def import_key(workspace: Workspace, content: bytes, passphrase: str, *, introduce: bool = False) -> SigningKey:
    """Bring the file of a key in, such as a backup copy or that of another machine of the office.

    Args:
        workspace: the register.
        content: the file.
        passphrase: of the file.
        introduce: whether to announce the key as the office's first where the register knows of none.

    Raises:
        UserError: the file is no usable key, the passphrase is wrong, or the key is not announced here.
        EnvironmentFault: it cannot be written.
    """
    key = key_file.read_key_file(content, passphrase)
    with workspace.database.writing() as connection:
        trust = trust_of(connection)
        if trust.known(key.id) is None:
            if trust.keys or not introduce:
                raise UserError("office_key.not_announced", key=key.id)
            roles.require_for(workspace, connection, "office_key")
            _keep(workspace, connection, content, announce(key, _issuer(connection, ""), workspace.today()))
            _pin(connection, key)
        elif not _path(workspace, key.id).is_file():
            _write_private(_path(workspace, key.id), content)
    return key


# --- the rest


def _issuer(connection: Connection, issuer: str) -> str:
    name = require_text("issuer", issuer, limit=LONGEST_NAME)
    return name or reading.profile(connection).issuer.zh


def _keep(workspace: Workspace, connection: Connection, content: bytes, announcement: Announcement) -> None:
    """Write the file first: a key that is announced must be there. Without its act, the file goes again."""
    path = _path(workspace, announcement.id)
    _write_private(path, content)
    try:
        value = cast("JsonValue", announcement.document())
        stating.append(workspace, connection, [Draft("office_key", announcement.id, "announcement", value)])
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _pin(connection: Connection, key: SigningKey) -> None:
    """Whoever has its private half knows whose it is."""
    stating.pin(connection, key.id)
    stating.judge(connection)


def _path(workspace: Workspace, key: str) -> Path:
    return _folder(workspace) / f"office-{key}.pem"


def _folder(workspace: Workspace) -> Path:
    return workspace.database.path.parent / FOLDER


def _content(workspace: Workspace, key: str) -> bytes:
    known = [row.id for row in list_keys(workspace)] if key else []
    name = _named(key, known) if key else None
    if not key:
        row = key_in_use(workspace)
        name = row.id if row else None
    path = _path(workspace, name) if name else None
    if path is None or not path.is_file():
        if not list_keys(workspace):
            raise UserError("office_key.none")
        raise UserError("office_key.not_here", key=key) if key else UserError("office_key.no_file")
    with faults(path):
        return path.read_bytes()


def _named(key: str, known: Iterable[str]) -> str | None:
    """Find a key by the beginning of its name."""
    found = [one for one in known if one.startswith(key.lower())]
    return found[0] if len(found) == 1 else None


def _write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all; its folder is made where there is none."""
    part: Path | None = None
    try:
        path.parent.mkdir(mode=_OWNERS_FOLDER, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".wufei-")  # readable by its owner alone
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(_OWNER_ONLY)
        part.replace(path)
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        raise EnvironmentFault("file.not_writable", path=str(path), detail=why(error)) from error

"""Which device this is: the one whose private key lies on this machine.

A device is called by its key: the first 16 bytes of the SHA-256 of the public half. The private half is kept in a
folder of the machine, outside the data folder, in one file for each register, with the place of that register and what
was sealed last. So a register notices when it was

- copied to another machine, or moved there: its key is not here;
- copied on this machine: the file names another place, and the register that lies there has the same device;
- restored from a backup: less is sealed in it than the file knows of.

In all three cases it takes a new device id before anything is written, so that one number of one device never means two
acts. What the former device wrote and had not sealed yet is handed over: the new one seals it.

A register on a stick (``folder`` is ``None``) keeps its key inside; its copies cannot be told from it.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, update

from wufei_cells.signing.signing_key import SigningKey, device_id, generate
from wufei_cells.store import tables
from wufei_cells.store.faults import file_fault

KEY_INSIDE = "device_key"
"""Where a register that keeps its key itself notes it."""
LOCK = "device_lock"
"""The name under which the key is kept with which packages closed for this device are opened."""
KEYLESS = "keyless_device"
"""The device of a register that was brought up to date from the time before devices had keys."""
_THIS, _STANDS_FOR = "this_device", "stands_for"


@dataclass(frozen=True, slots=True)
class Identity:
    """A device of this machine."""

    uuid: str
    key: SigningKey


def make(folder: Path | None, register: Path) -> Identity:
    """Make a device with a key of its own; its file is on disk when this returns.

    Raises:
        EnvironmentFault: the folder does not take the file.
    """
    key = generate()
    identity = Identity(device_id(key.public), key)
    if folder is not None:
        _write(folder, identity, {"register": str(register.resolve()), "sealed": 0})
    return identity


def enter(connection: Connection, folder: Path | None, identity: Identity, name: str) -> None:
    """Let a device be the one that writes in this register, in the place of the one before."""
    # Nobody else can be a device of the time before devices had keys; a device with a key may live on elsewhere, so
    # what was handed out to that one, such as certificate numbers, stays with it.
    former = _note(connection, KEYLESS)
    connection.execute(delete(tables.meta).where(tables.meta.c.name == KEYLESS))
    connection.execute(insert(tables.device).values(uuid=identity.uuid, name=name))
    _set_note(connection, _THIS, identity.uuid)
    _set_note(connection, _STANDS_FOR, former)
    if folder is None:
        _set_note(connection, KEY_INSIDE, base64.b64encode(identity.key.secret()).decode())
    else:
        connection.execute(delete(tables.meta).where(tables.meta.c.name == KEY_INSIDE))


def rename(connection: Connection, uuid: str, name: str) -> None:
    """Call a device otherwise; the name stands in everything it sends from now on."""
    connection.execute(update(tables.device).where(tables.device.c.uuid == uuid).values(name=name))


def recognized(connection: Connection, folder: Path | None, register: Path) -> Identity | None:
    """Give the device of a register if this machine is it; else ``None``: the register needs a new one."""
    uuid, inside = _note(connection, _THIS), _note(connection, KEY_INSIDE)
    if inside:
        identity = _identity(inside)
        return identity if identity and identity.uuid == uuid else None
    if folder is None or not uuid:
        return None
    notes = _read(folder, uuid)
    identity = _identity(str(notes.get("secret", ""))) if notes else None
    if notes is None or identity is None or identity.uuid != uuid:
        return None
    if _sealed_in(connection, uuid) < int(str(notes.get("sealed", 0))):
        return None  # restored from a backup
    here = str(register.resolve())
    if notes.get("register") != here:
        if _is_there(Path(str(notes.get("register"))), register, uuid):
            return None  # a copy: the other one has the key's file
        _write(folder, identity, {**notes, "register": here})
    return identity


def own_device(connection: Connection) -> str:
    """Give the device that writes in this register."""
    return _note(connection, _THIS)


def stands_for(connection: Connection) -> frozenset[str]:
    """Give the devices that this one is, too: itself, and the one without a key whose place it took."""
    return frozenset({_note(connection, _THIS), _note(connection, _STANDS_FOR)} - {""})


def note_sealed(folder: Path | None, identity: Identity, last: int) -> None:
    """Note outside the register up to which act the device has sealed: an older copy of the register is behind it.

    Raises:
        EnvironmentFault: the folder does not take the file.
    """
    if folder is None:
        return
    notes = _read(folder, identity.uuid) or {}
    if int(str(notes.get("sealed", 0))) < last:
        _write(folder, identity, {**notes, "sealed": last})


def kept(connection: Connection, folder: Path | None, uuid: str, name: str) -> str:
    """Give something else that is kept with a device's key; empty where there is none."""
    return _note(connection, name) if folder is None else str((_read(folder, uuid) or {}).get(name, ""))


def keep(connection: Connection, folder: Path | None, identity: Identity, name: str, value: str) -> None:
    """Keep something else with a device's key, which leaves the machine as little as that.

    Raises:
        EnvironmentFault: the folder does not take the file.
    """
    if folder is None:
        _set_note(connection, name, value)
    else:
        _write(folder, identity, {**(_read(folder, identity.uuid) or {}), name: value})


# --- the register's own notes


def _note(connection: Connection, name: str) -> str:
    return str(connection.execute(select(tables.meta.c.value).where(tables.meta.c.name == name)).scalar() or "")


def _set_note(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(tables.meta).where(tables.meta.c.name == name))
    connection.execute(insert(tables.meta).values(name=name, value=value))


def _sealed_in(connection: Connection, uuid: str) -> int:
    bundle, device = tables.bundle, tables.device
    query = select(func.max(bundle.c.last)).join(device, device.c.id == bundle.c.device).where(device.c.uuid == uuid)
    return int(connection.execute(query).scalar() or 0)


def _is_there(other: Path, register: Path, uuid: str) -> bool:
    """Tell whether another file is a register of the same device."""
    try:
        if not other.is_file() or other.samefile(register):
            return False
        uri = f"{other.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as looked:
            row = looked.execute("SELECT value FROM meta WHERE name = ?", (_THIS,)).fetchone()
    except (OSError, sqlite3.Error):
        return False
    return row is not None and row[0] == uuid


# --- the machine's file


def _identity(secret: str) -> Identity | None:
    try:
        key = SigningKey(base64.b64decode(secret, validate=True))
    except ValueError:
        return None
    return Identity(device_id(key.public), key)


def _read(folder: Path, uuid: str) -> dict[str, object] | None:
    try:
        found: object = json.loads((folder / f"{uuid}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return dict(found) if isinstance(found, dict) else None  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - our own file


def _write(folder: Path, identity: Identity, notes: dict[str, object]) -> None:
    """Write the file so that only its owner reads it, whole or not at all."""
    path = folder / f"{identity.uuid}.json"
    secret = base64.b64encode(identity.key.secret()).decode()
    part: Path | None = None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".part-")  # readable by its owner alone
        part = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps({**notes, "device": identity.uuid, "secret": secret}, ensure_ascii=False))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        raise file_fault(error, path) from error

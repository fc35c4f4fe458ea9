"""The key with which this device opens packages that were closed for it; what it gives away of it is the lock."""

from __future__ import annotations

from wufei_cells.exchange.encryption import new_identity, recipient_of
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import device_identity


def secret(workspace: Workspace) -> str:
    """Give the key; empty where none was made yet."""
    database = workspace.database
    with database.reading() as connection:
        return device_identity.kept(connection, database.devices, database.device_uuid, device_identity.LOCK)


def lock(workspace: Workspace) -> str:
    """Give the lock that others close packages with; its key is made the first time.

    Raises:
        EnvironmentFault: the key cannot be kept.
    """
    known = secret(workspace)
    if not known:
        known, _recipient = new_identity()
        database = workspace.database
        with database.writing() as connection:
            device_identity.keep(connection, database.devices, database.identity, device_identity.LOCK, known)
    return recipient_of(known)

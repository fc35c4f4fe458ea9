"""What people call machines: this one, whose name stands in all it sends; and all of them, so that none look alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wufei_cells.errors import UserError
from wufei_cells.services.text_fields import LONGEST_NAME, require_text
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import device_identity, heard, office_queries
from wufei_cells.store.journal import Connection

SHORTEST = 4
"""Signs of an id that stand behind a name which several devices have."""


def name(workspace: Workspace) -> str:
    """Give the name of this machine."""
    with workspace.database.reading() as connection:
        return office_queries.devices(connection).get(workspace.database.device_uuid, "")


def rename(workspace: Workspace, wanted: str) -> str:
    """Call this machine otherwise; what it sent before keeps the name it had.

    Returns:
        The name, without space around it.

    Raises:
        UserError: nothing was typed, or this is the register of an earlier day.
        ProblemsFound: the name is too long, or holds characters that cannot be shown.
    """
    workspace.refuse_past()
    found = require_text("device", " ".join(wanted.split()), limit=LONGEST_NAME)
    if not found:
        raise UserError("exchange.no_device_name")
    with workspace.database.writing() as connection:
        device_identity.rename(connection, workspace.database.device_uuid, found)
    return found


def names(connection: Connection) -> dict[str, str]:
    """Give the names of all devices that are known or were heard of, by uuid; two of one name are told apart."""
    said = {device: one.name for device, one in heard.read(connection).items()}
    return apart({**said, **{device: name for device, name in office_queries.devices(connection).items() if name}})


def apart(names: Mapping[str, str]) -> dict[str, str]:
    """Put behind a name that several devices have the beginning of their ids, as much as it takes."""
    alike: dict[str, list[str]] = {}
    for device, name in names.items():
        alike.setdefault(name.casefold(), []).append(device)
    return {
        device: f"{name} ({_beginning(device, alike[name.casefold()])})"
        if name and len(alike[name.casefold()]) > 1
        else name
        for device, name in names.items()
    }


def _beginning(device: str, several: Sequence[str]) -> str:
    """Give as much of an id as no other one of several begins with."""
    lengths = range(SHORTEST, len(device))
    return next(
        (device[:length] for length in lengths if sum(one.startswith(device[:length]) for one in several) == 1), device
    )

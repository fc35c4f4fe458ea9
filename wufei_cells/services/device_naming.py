"""What people call this machine: the name stands in everything it sends from now on."""

from __future__ import annotations

from wufei_cells.errors import UserError
from wufei_cells.services.text_fields import LONGEST_NAME, require_text
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import device_identity, office_queries


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

"""Erase a photo or a paper for good: for people who must not be seen, or were promised to be forgotten.

The office says so, with a reason, in an act that travels. On every machine that hears of it the bytes go, and with them
the small picture, the original, and every part of a package that would bring them back. What stays is the hash, so that
everybody can tell what stood there, who had it erased, and why.
"""

from __future__ import annotations

from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import content_places, roles
from wufei_cells.services.text_fields import LONGEST_NOTE, require_text
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import erasures, evidence_queries
from wufei_cells.store.journal import Draft

KIND, CELL = "erasure", "erasure"


def erase(workspace: Workspace, file: str, reason: str) -> None:
    """Erase a content, here at once and elsewhere when they hear of it.

    Args:
        workspace: the register.
        file: its SHA-256.
        reason: why; it stays on record.

    Raises:
        UserError: nothing here is called so, it was erased already, or the person is not of the office.
        ProblemsFound: no reason was given, or it is too long.
        EnvironmentFault: a file cannot be removed; it is tried again with the next import.
    """
    workspace.refuse_past()
    reason = require_text("reason", reason, limit=LONGEST_NOTE, lines=True)
    if not reason:
        raise ProblemsFound([Problem("erasing.no_reason")])
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, KIND)
        if file not in evidence_queries.referenced(connection):
            raise UserError("erasing.unknown", file=file[:12])
        if file in erasures.erased(connection):
            raise UserError("erasing.already", file=file[:12])
        also = evidence_queries.original_of(connection, file)
        workspace.write(connection, [Draft(KIND, one, CELL, {"reason": reason}) for one in (file, *also)])
    carry_out(workspace)


def find(workspace: Workspace, key: str) -> str:
    """Find a content by its SHA-256, or by the beginning of it.

    Raises:
        UserError: there is none, or there are several.
    """
    with workspace.database.reading() as connection:
        found = [name for name in evidence_queries.referenced(connection) if name.startswith(key.lower())]
    if len(found) != 1 or not key:
        raise UserError("erasing.unknown", file=key[:12])
    return found[0]


def carry_out(workspace: Workspace) -> int:
    """Remove the bytes of everything that was erased; gives how many contents were still here.

    Raises:
        EnvironmentFault: a file cannot be removed.
    """
    with workspace.database.reading() as connection:
        erased = erasures.erased(connection)
    return sum(place.remove(file) for file in erased for place in content_places.places(workspace))

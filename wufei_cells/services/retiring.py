"""Take an edition out of use, and into use again. What runs under it goes on; nothing new begins with it."""

from __future__ import annotations

from datetime import date

from wufei_cells.domain.register import EditionRow
from wufei_cells.errors import UserError
from wufei_cells.services import edition_choice
from wufei_cells.services.text_fields import LONGEST_NOTE, require_text
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.journal import Draft

CELL = "state"


def retire_edition(workspace: Workspace, edition: str, *, reason: str, on: date | None = None) -> EditionRow:
    """Retire an edition from a day on (today): no assessment is started with it any more.

    Raises:
        UserError: there is no such edition, it is retired already, or no reason was given.
    """
    reason = require_text("reason", reason, limit=LONGEST_NOTE, lines=True)
    with workspace.database.writing() as connection:
        row = edition_choice.edition_row(workspace, connection, edition)
        if not reason:
            raise UserError("editions.reason_needed", edition=f"{row.key} {row.edition}")
        if row.retired_on is not None:
            raise UserError("editions.retired_already", edition=f"{row.key} {row.edition}", day=row.retired_on)
        state = {"retired_on": (on or workspace.today()).isoformat(), "reason": reason}
        workspace.write(connection, [Draft("edition_state", row.id, CELL, {**state})])
        return edition_choice.edition_row(workspace, connection, row.id)


def reinstate_edition(workspace: Workspace, edition: str) -> EditionRow:
    """Take a retired edition into use again.

    Raises:
        UserError: there is no such edition, or it is not retired.
    """
    with workspace.database.writing() as connection:
        row = edition_choice.edition_row(workspace, connection, edition)
        if row.retired_on is None:
            raise UserError("editions.not_retired", edition=f"{row.key} {row.edition}")
        workspace.write(connection, [Draft("edition_state", row.id, CELL, {"retired_on": None, "reason": ""})])
        return edition_choice.edition_row(workspace, connection, row.id)

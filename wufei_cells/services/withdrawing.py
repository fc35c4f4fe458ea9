"""Note what somebody had before their eyes who takes a site or a finding out of the register."""

from __future__ import annotations

from collections.abc import Iterable

from wufei_cells.domain.canonical import canonical_json
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import withdrawal_queries
from wufei_cells.store.journal import Connection, Draft

_TAKEN_OUT_BY = {"site": "name", "finding": "finding"}


def takes_out(draft: Draft) -> bool:
    """Tell whether an act takes something out of the register."""
    cell = _TAKEN_OUT_BY.get(draft.kind)
    return draft.cell == cell and canonical_json(draft.value) == withdrawal_queries.TAKEN_OUT[draft.cell]


def note(workspace: Workspace, connection: Connection, written: Iterable[Draft]) -> None:
    """After acts were written: where they took something out, say which acts of other devices stood there.

    What only this device has ever written needs no such act (see ``store.withdrawal_queries``).
    """
    device = workspace.database.device_uuid
    out = list(dict.fromkeys(draft.entity for draft in written if takes_out(draft)))
    drafts = [
        Draft(
            withdrawal_queries.KIND,
            entity,
            withdrawal_queries.cell_of(device),
            withdrawal_queries.seen_value(withdrawal_queries.others_standing(connection, entity, device)),
        )
        for entity in withdrawal_queries.shared(connection, out, device)
    ]
    if drafts:
        workspace.write(connection, drafts)

"""Put back what taking a site out of the register emptied, when a person settles that it is kept.

Taking an import of sites back empties every cell of a new site, not its name alone. Kept with its name only, the site
would have no category any more, and nobody could go on with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from wufei_cells.domain.register import ActRef
from wufei_cells.store import conflict_queries, withdrawal_queries
from wufei_cells.store.conflict_queries import CellAct
from wufei_cells.store.journal import Connection, Draft
from wufei_cells.store.withdrawal_queries import Against

_Step = tuple[str, datetime]
"""A device and its moment: what it wrote at once carries one moment."""


def put_back(connection: Connection, found: Against, settled: Collection[tuple[str, str]]) -> list[Draft]:
    """Give the acts that put back the fields and facts which a withdrawal emptied together with the name.

    Where somebody else wrote something beside the emptied value, that is what is kept.

    Args:
        connection: the transaction.
        found: what was taken out.
        settled: entity and cell of what is settled in the same step by a choice of its own.
    """
    names = conflict_queries.acts_of(connection, found.entity, found.cell)
    steps = {(act.ref.device, act.at) for act in names if act.ref in found.withdrawn}
    drafts: list[Draft] = []
    for cell in withdrawal_queries.emptied_cells(connection, found.entity):
        if cell != found.cell and (found.entity, cell) not in settled:
            acts = conflict_queries.acts_of(connection, found.entity, cell)
            drafts += _put_back(found.entity, cell, acts, steps)
    return drafts


def _put_back(entity: str, cell: str, acts: Sequence[CellAct], steps: Collection[_Step]) -> list[Draft]:
    """Give the act that puts a cell back, or none where the withdrawal did not empty it."""
    standing = [act for act in acts if act.standing]
    emptied = [act for act in standing if not _says(act) and (act.ref.device, act.at) in steps]
    before = _replaced_by(emptied, acts)
    if not before:
        return []
    others = [act for act in standing if _says(act)]
    kept = (others or before)[-1]  # the latest, as the acts are in order
    seen: list[ActRef] = [act.ref for act in standing if not _says(act) or act.said == kept.said]
    return [Draft(kept.kind, entity, cell, kept.value, tuple(seen))]


def _replaced_by(emptied: Sequence[CellAct], acts: Sequence[CellAct]) -> list[CellAct]:
    """Give what said something before, in order."""
    replaced = {ref for act in emptied for ref in act.replaces}
    return [act for act in acts if act.ref in replaced and _says(act)]


def _says(act: CellAct) -> bool:
    return act.value not in (None, "")

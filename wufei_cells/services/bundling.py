"""Seal what was written on this machine, so that it can travel.

Sealing is one transaction of its own. What it sealed is noted outside the register before anything of it leaves the
machine: a register that is restored from a backup is known by being behind that note.
"""

from __future__ import annotations

from wufei_cells.exchange.bundles import MOST_ACTS, Seal, seal
from wufei_cells.progress import Report, silent
from wufei_cells.release import program_version
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import bundles, device_identity
from wufei_cells.store.office_queries import devices


def seal_pending(workspace: Workspace, report: Report = silent) -> None:
    """Seal all acts that are not sealed yet: this device's, and those of a device whose place it took.

    Args:
        workspace: the register.
        report: told how many acts are sealed of how many; what it raises leaves nothing sealed.

    Raises:
        UserError: this is the register of an earlier day.
        EnvironmentFault: the disk does not take it.
    """
    workspace.refuse_past()
    database = workspace.database
    with database.reading() as connection:
        if not bundles.unsealed(connection):
            return
    with database.writing() as connection:
        pending = bundles.unsealed(connection)
        name = devices(connection).get(database.device_uuid, "")
        by = Seal(database.identity.key, database.device_uuid, name, program_version())
        done, total = 0, sum(last - first + 1 for first, last in pending.values())
        for device, span in pending.items():
            previous = bundles.last_hash(connection, device, span[0])
            for run in bundles.runs(connection, device, span, MOST_ACTS):
                bundle = seal(run, previous, by)
                bundles.keep(connection, bundle)
                previous = bundle.hash
                done += len(run)
                report(done, total)
    own = pending.get(database.device_uuid)
    if own:
        device_identity.note_sealed(database.devices, database.identity, own[1])

"""A copy of the database before something large is written into it: at most one a day, and the last few of them."""

from __future__ import annotations

from pathlib import Path

from wufei_cells.services.workspace import Workspace
from wufei_cells.store.faults import faults
from wufei_cells.store.migrations import copy_database

FOLDER = "backups"
KEPT = 3


def before_import(workspace: Workspace) -> Path | None:
    """Copy the database as it is; ``None`` where there is a copy of today already.

    Raises:
        EnvironmentFault: there is no room for it.
    """
    register = workspace.database.path
    folder = register.parent / FOLDER
    target = folder / f"{register.stem}-{workspace.today().isoformat()}{register.suffix}"
    with faults(folder):
        folder.mkdir(exist_ok=True)
        if target.exists():
            return None
        copy_database(register, target)
        for old in sorted(folder.glob(f"{register.stem}-????-??-??{register.suffix}"))[:-KEPT]:
            old.unlink()
    return target

"""The register as it was at the end of an earlier day, to be read by every service as if that day were today."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from wufei_cells.errors import UserError
from wufei_cells.progress import Report, silent
from wufei_cells.services.board_memory import BoardMemory
from wufei_cells.services.edition_memory import EditionMemory
from wufei_cells.services.search_memory import SearchMemory
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import queries
from wufei_cells.store.time_machine import PastDatabase, began, copy_as_of


def open_as_of(workspace: Workspace, day: date, *, report: Report = silent) -> Workspace:
    """Open the register as it was when a day ended where the person is.

    It holds what had been written by then (``store/time_machine.py`` tells how that is known), its clock stands at
    the end of the day, and whatever would write through it is refused. Evidence is read from the register's own
    folder. Both workspaces have to be closed; they do not need each other.

    Args:
        workspace: the register as it is.
        day: the day.
        report: told how far the work is; what it raises stops the work and leaves nothing behind.

    Raises:
        UserError: the day has not come yet, or the register did not exist then.
        EnvironmentFault: there is no room for the copy.
    """
    if day > workspace.today():
        raise UserError("time_machine.future", day=day.isoformat(), today=workspace.today().isoformat())
    present, moment = workspace.now(), end_of_day(day)
    past = copy_as_of(workspace.database, moment, day, present=present, report=report)
    try:
        _require_profile(past, workspace, present)
    except BaseException:
        past.close()
        raise
    return replace(
        workspace,
        database=past,
        clock=lambda: moment,
        as_of=day,
        checklists={},
        memory=EditionMemory(),
        search_memory=SearchMemory(),
        board_memory=BoardMemory(),
    )


def out_of_order(workspace: Workspace) -> int:
    """Count the acts of the register, of any day, whose claimed times cannot be right; 0 for the register of today."""
    database = workspace.database
    return database.out_of_order if isinstance(database, PastDatabase) else 0


def _require_profile(past: PastDatabase, workspace: Workspace, present: datetime) -> None:
    """Refuse a day before the register had a city; there is nothing to show of it."""
    with past.reading() as connection:
        if queries.profile_document(connection) is not None:
            return
    first = (began(workspace.database, present=present) or present).astimezone().date()
    raise UserError("time_machine.too_early", day=past.day.isoformat(), first=first.isoformat())


def end_of_day(day: date) -> datetime:
    """Give the last moment of a day where the person is, in UTC."""
    last = datetime.combine(day, time.max)
    try:
        return last.astimezone(UTC)
    except (OverflowError, OSError, ValueError):  # further back than the machine knows its time zone
        return last.replace(tzinfo=UTC)

"""What a scoring session asks the services, in the worker thread: read the sheet, take back, do again, keep a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.context import Desk
    from wufei_cells.domain.process import Process
    from wufei_cells.domain.register import SiteRow
    from wufei_cells.services.browsing import Sheet
    from wufei_cells.services.roles import PersonRoles


@dataclass(frozen=True, slots=True)
class Opened:
    """An assessment as it was read, which steps its city uses, and what the person who works here may do."""

    sheet: Sheet
    process: Process
    rights: PersonRoles


def load(assessment_id: str, desk: Desk) -> Opened:
    """Read an assessment."""
    sheet = desk.browsing.sheet(desk.workspace, assessment_id)
    return Opened(sheet, desk.browsing.profile(desk.workspace).process, desk.roles.of_person(desk.workspace))


@dataclass(frozen=True, slots=True)
class Turned:
    """What was taken back or done again, and the sheet as it stands then; none when there was nothing to turn."""

    cells: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()
    """Cells that somebody has changed since: the step was left alone."""
    opened: Opened | None = None


def take_back(assessment: str, desk: Desk) -> Turned:
    """Take back what was done last."""
    taken = desk.undoing.undo(desk.workspace, assessment)
    return Turned(taken.cells, taken.left, load(assessment, desk)) if taken else Turned()


def do_again(assessment: str, desk: Desk) -> Turned:
    """Do again what was taken back last."""
    taken = desk.undoing.redo(desk.workspace, assessment)
    return Turned(taken.cells, taken.left, load(assessment, desk)) if taken else Turned()


def store_fact(site: str, key: str, value: str, desk: Desk) -> SiteRow:
    """Keep a fact of a site; nothing where it is not known."""
    return desk.registering.edit_site(desk.workspace, site, facts={key: value or None})

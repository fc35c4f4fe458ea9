"""What the dialog of a drawing by lot asks the services; everything here runs in the worker thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ui.context import Places, load_places

if TYPE_CHECKING:
    from pathlib import Path

    from ui.context import Desk
    from ui.tasks import TaskProgress
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.domain.drawings import Choice, Declared, DrawingPlan, DrawingRow
    from wufei_cells.services.drawing import Visit
    from wufei_cells.wording import Wording

PROTOCOL, VISITS, LIST = "protocol", "visits", "list"


@dataclass(frozen=True, slots=True)
class DrawingStart:
    """What can be chosen from, and what was drawn before."""

    places: Places
    people: tuple[str, ...]
    sites: tuple[str, ...]
    """Names, for conflicts of interest."""
    declared: tuple[Declared, ...]
    """Those of the last drawing."""
    earlier: tuple[DrawingRow, ...]


@dataclass(frozen=True, slots=True)
class DrawnResult:
    """A drawing on record, and what has been done about it."""

    row: DrawingRow
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Lot:
    """The seed of a drawing."""

    seed: str
    source: str
    announced: str = ""


def load_start(desk: Desk) -> DrawingStart:
    """Ask for what the form offers."""
    workspace, drawing = desk.workspace, desk.drawing
    sites = tuple(row.name for row in desk.browsing.list_sites(workspace))
    declared = _named(desk, drawing.earlier_conflicts(workspace))
    return DrawingStart(
        load_places(desk), drawing.known_people(workspace), sites, declared, drawing.drawings(workspace)
    )


def _named(desk: Desk, declared: tuple[Declared, ...]) -> tuple[Declared, ...]:
    """Give conflicts with the names of sites in place of their ids, as people type them."""
    names = {row.id: row.name for row in desk.browsing.list_sites(desk.workspace)}
    found: dict[str, str] = {str(key): name for key, name in names.items()}
    return tuple(replace(one, subject=found.get(one.subject, one.subject)) for one in declared)


def make_plan(choice: Choice, desk: Desk) -> tuple[DrawingPlan, str]:
    """Make the list and its hash."""
    plan = desk.drawing.plan(desk.workspace, choice)
    return plan, desk.drawing.announced_hash(plan)


def survey(choice: Choice, desk: Desk) -> tuple[DrawingPlan, str]:
    """See who is there while the title or the people are still missing; without a hash."""
    return desk.drawing.survey(desk.workspace, choice), ""


def make_drawing(choice: Choice, lot: Lot, desk: Desk) -> DrawnResult:
    """Draw, and put it on record."""
    row = desk.drawing.draw(desk.workspace, choice, seed=lot.seed, seed_source=lot.source, announced=lot.announced)
    return load_result(row.id, desk)


def load_result(key: str, desk: Desk) -> DrawnResult:
    """Ask for a drawing on record."""
    workspace = desk.workspace
    return DrawnResult(desk.drawing.drawing(workspace, key), desk.drawing.visits(workspace, key))


def write_paper(
    kind: str,
    subject: str | DrawingPlan,
    path: Path,
    fonts: Callable[[], DocumentFonts],
    wording: Wording,
    desk: Desk,
    _progress: TaskProgress,
) -> Path:
    """Write a paper of a drawing, or of a list that was not drawn from yet."""
    from wufei_cells.services import printing_drawings, saving  # noqa: PLC0415 - loads reportlab

    if not isinstance(subject, str):
        content = printing_drawings.announcement(subject, fonts(), wording)
    elif kind == PROTOCOL:
        content = printing_drawings.protocol(desk.workspace, subject, fonts(), wording)
    else:
        content = printing_drawings.visit_sheets(desk.workspace, subject, fonts(), wording)
    return saving.save_file(path, content)

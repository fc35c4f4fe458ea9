"""What the evidence panel asks for; everything here runs off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wufei_cells.errors import EnvironmentFault, UserError, why

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ui.context import Desk
    from wufei_cells.domain.evidence import EvidenceRow, Likeness
    from wufei_cells.evidence.pictures import Prepared
    from wufei_cells.services.evidence_checks import Caution
    from wufei_cells.services.evidencing import Taken
    from wufei_cells.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Reading:
    """The evidence of an assessment, and what is odd about it."""

    assessment: str
    rows: tuple[EvidenceRow, ...]
    cautions: tuple[Caution, ...]
    days: tuple[date, ...]
    """When the site was visited."""
    workspace: Workspace
    """For the search over all pictures, which runs beside everything else."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that is to be taken in: where it lies, or what the clipboard held."""

    name: str
    source: Path | bytes


@dataclass(frozen=True, slots=True)
class Options:
    """How photos are taken in."""

    keep_original: bool = False
    strip_place: bool = False


def read_evidence(assessment: str, desk: Desk) -> Reading:
    """Read what stands in an assessment."""
    from wufei_cells.services import evidence_checks  # noqa: PLC0415 - pictures are heavy, the window starts without

    workspace = desk.workspace
    rows = desk.evidencing.list_evidence(workspace, assessment)
    cautions = evidence_checks.checks(workspace, assessment) if rows else ()
    return Reading(assessment, rows, cautions, evidence_checks.days_of_visit(workspace, assessment), workspace)


def search_likenesses(workspace: Workspace, assessment: str) -> tuple[Likeness, ...]:
    """Look through all pictures of the register for the same or similar ones."""
    from wufei_cells.services import evidence_checks  # noqa: PLC0415

    return evidence_checks.likenesses(workspace, assessment)


def prepare_file(incoming: Incoming, options: Options) -> Prepared:
    """Read a file and make of it what is kept."""
    from wufei_cells.services import evidencing  # noqa: PLC0415

    content = incoming.source if isinstance(incoming.source, bytes) else read_file(incoming.source)
    return evidencing.prepare(content, keep_original=options.keep_original, strip_place=options.strip_place)


def read_file(path: Path) -> bytes:
    """Read a file, unless it is larger than anything that is taken in."""
    from wufei_cells.services.evidencing import LARGEST_FILE  # noqa: PLC0415

    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise UserError("file.not_found", path=str(path)) from None
    except IsADirectoryError:
        raise UserError("file.is_folder", path=str(path)) from None
    except OSError as error:
        raise EnvironmentFault("file.not_readable", path=str(path), detail=why(error)) from error


def store(assessment: str, items: Sequence[str], name: str, prepared: Prepared, desk: Desk) -> Taken:
    """Put what was prepared under items."""
    return desk.evidencing.take_in(desk.workspace, assessment, items, name, prepared)


def link(assessment: str, evidence: str, items: Sequence[str], desk: Desk) -> None:
    """Put a piece under further items."""
    desk.evidencing.link(desk.workspace, assessment, evidence, items)


def detach(assessment: str, evidence: str, items: Sequence[str], desk: Desk) -> None:
    """Take a piece away from items."""
    desk.evidencing.detach(desk.workspace, assessment, evidence, items)


def put_back(assessment: str, row: EvidenceRow, desk: Desk) -> None:
    """Put a piece back that was taken away."""
    desk.evidencing.put_back(desk.workspace, assessment, row)


def write_caption(assessment: str, evidence: str, item: str, text: str, desk: Desk) -> None:
    """Say what a piece shows."""
    desk.evidencing.caption(desk.workspace, assessment, evidence, item, text)


def write_until(assessment: str, evidence: str, until: date | None, desk: Desk) -> None:
    """Say until when a piece holds."""
    desk.evidencing.set_until(desk.workspace, assessment, evidence, until)

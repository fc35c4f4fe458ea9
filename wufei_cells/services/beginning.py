"""Begin to work: a new register, one that is there already, a copy of one, or example data to look at.

Whatever begins here is whole or not there: what was half made goes when it fails or is given up.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from wufei_cells import paths
from wufei_cells.domain.criteria import Cities, Criteria
from wufei_cells.errors import UserError
from wufei_cells.progress import Report, silent
from wufei_cells.reports.templates import ReportTemplate
from wufei_cells.services import backing_up, demonstrating, half_made, text_fields
from wufei_cells.services.papers import Press
from wufei_cells.services.workspace import open_workspace
from wufei_cells.store import content_files
from wufei_cells.store.database import refuse_foreign
from wufei_cells.store.faults import faults
from wufei_cells.store.migrations import copy_database

PACKAGE = ".wufei"
MADE = "database"
"""The folder of the register in a folder of example data."""


class Source(StrEnum):
    """What somebody points at who has a register already."""

    REGISTER = "register"
    BACKUP = "backup"
    PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class Found:
    """What lies where somebody points: for a register its data folder, else the file itself."""

    source: Source
    path: Path


def find(place: Path) -> Found:
    """Tell what a folder or a file is that somebody points at; nothing is opened or changed.

    A data folder is found from the folder itself, from its register, and from the folder around it where that holds
    only one. A register of another name, or in a folder of backups, is a copy.

    Raises:
        UserError: no register is there, or the file is none of ours.
        EnvironmentFault: it cannot be read.
    """
    with faults(place):
        if place.is_dir():
            return Found(Source.REGISTER, _data_folder(place))
        if place.suffix.casefold() == PACKAGE and place.is_file():
            return Found(Source.PACKAGE, place)
        refuse_foreign(place)
    if place.name == paths.REGISTER and place.parent.name != backing_up.FOLDER:
        return Found(Source.REGISTER, place.parent)
    return Found(Source.BACKUP, place)


def _data_folder(place: Path) -> Path:
    if paths.holds_register(place):
        folder = place
    elif place.name == backing_up.FOLDER and paths.holds_register(place.parent):
        folder = place.parent
    else:
        inside = [entry for entry in place.iterdir() if entry.is_dir() and paths.holds_register(entry)]
        if len(inside) != 1:
            raise UserError("beginning.no_register", path=str(place))
        folder = inside[0]
    refuse_foreign(folder / paths.REGISTER)
    return folder


def make(folder: Path, criteria: Criteria, *, cities: Cities, person: str, devices: Path) -> None:
    """Make a register in a folder that has none.

    Raises:
        UserError: there is one, or nobody is named.
        EnvironmentFault: the place cannot be written; nothing is left there.
    """
    text_fields.refuse_person(person)
    if paths.holds_register(folder):
        raise UserError("beginning.register_there", path=str(folder))
    with _nothing_half_made(folder, devices):
        open_workspace(folder, criteria, person=person, cities=cities, create_folder=True, devices=devices).close()


def restore(backup: Path, folder: Path, *, devices: Path) -> None:
    """Put a copy of a register into a folder that has none; photos and files come along where they lie beside it.

    Raises:
        UserError: there is a register in the folder.
        EnvironmentFault: the place cannot be written; nothing is left there.
    """
    if paths.holds_register(folder):
        raise UserError("beginning.register_there", path=str(folder))
    beside = backup.parent.parent if backup.parent.name == backing_up.FOLDER else backup.parent
    with _nothing_half_made(folder, devices), faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        evidence = beside / content_files.FOLDER
        if evidence.is_dir():
            shutil.copytree(evidence, folder / content_files.FOLDER, dirs_exist_ok=True)
        copy_database(backup, folder / paths.REGISTER)


def demo_of(folder: Path) -> Path | None:
    """Give the data folder of example data that was made earlier, if all of it was."""
    made = folder / MADE
    return made if paths.holds_register(made) and (folder / demonstrating.REPORT).is_file() else None


def make_demo(
    folder: Path,
    story: bytes,
    criteria: Criteria,
    press: Press,
    *,
    report: ReportTemplate,
    progress: Report = silent,
) -> Path:
    """Make example data in a folder of its own, and give the data folder in it; one made earlier is taken as it is.

    Raises:
        EnvironmentFault: the place cannot be written; nothing is left there.
    """
    if earlier := demo_of(folder):
        return earlier
    with faults(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
    with half_made.making(folder) as making:
        demonstrating.play(making, story, criteria, press, report=report, tell=_quietly, watch=progress)
        with faults(folder):
            if folder.exists():  # half of one, from a program that was killed
                shutil.rmtree(folder)
            making.replace(folder)
    return folder / MADE


# --- parts


@contextlib.contextmanager
def _nothing_half_made(folder: Path, devices: Path) -> Generator[None]:
    """Take away what was begun in these folders when it fails; what was there before stays."""
    before = {place: _entries(place) for place in (folder, devices)}
    try:
        yield
    except BaseException:
        for place, names in before.items():
            for name in (_entries(place) or set()) - (names or set()):
                _take_away(place / name)
            if names is None:
                with contextlib.suppress(OSError):
                    place.rmdir()
        raise


def _entries(folder: Path) -> set[str] | None:
    """Name what is in a folder; ``None`` where there is no such folder."""
    try:
        return {entry.name for entry in folder.iterdir()}
    except OSError:
        return None


def _take_away(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def _quietly(_sentence: str) -> None:
    """Tell nobody."""

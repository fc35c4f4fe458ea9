"""Write a file that a person asked for: whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from wufei_cells.errors import EnvironmentFault, SystemFault, UserError, why

FORBIDDEN = '\\/:*?"<>|'
LONGEST_NAME = 80
DATABASE_BEGINS = b"SQLite format 3\x00"
LOG_ENDINGS = ("-wal", "-shm", "-journal")


def save_file(path: Path, content: bytes) -> Path:
    """Write beside the place first and move the file there when it is complete.

    Raises:
        UserError: a register stands there.
        EnvironmentFault: the folder or the disk does not take it; whatever was there is unchanged.
    """
    refuse_register(path)
    part: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".wufei-", delete=False) as file:
            part = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(path)
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        raise _fault(path, error) from error
    return path


def _fault(path: Path, error: OSError) -> EnvironmentFault:
    """Say why a file was not written; a folder that is not there is the usual reason, and no matter of permissions."""
    if why(error) in (SystemFault.MISSING, SystemFault.NO_FOLDER) and not path.parent.is_dir():
        return EnvironmentFault("store.no_folder", path=str(path))
    return EnvironmentFault("file.not_writable", path=str(path), detail=why(error))


def save_files(folder: Path, files: Iterable[tuple[str, bytes]], ending: str) -> list[Path]:
    """Write several files into a folder, which is made where it is not there; equal names are counted.

    Args:
        folder: where they go.
        files: what each is called, without its ending, and its content.
        ending: the ending of all of them, with its dot.

    Raises:
        EnvironmentFault: the folder or the disk does not take one; those before it are there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentFault("file.not_writable", path=str(folder), detail=why(error)) from error
    taken: set[str] = set()
    written: list[Path] = []
    for title, content in files:
        plain = file_name(title)
        counted = (plain if number == 1 else f"{plain} {number}" for number in count(1))
        name = next(one for one in counted if one.casefold() not in taken)
        taken.add(name.casefold())
        written.append(save_file(folder / f"{name}{ending}", content))
    return written


def refuse_taken(path: Path) -> None:
    """Keep a file from taking the place of another where nobody was asked.

    Raises:
        UserError: a file of this name is there.
    """
    if path.exists():
        raise UserError("packing.taken", path=str(path))


def refuse_register(path: Path) -> None:
    """Keep papers from being written over a database or the log that belongs to it.

    Raises:
        UserError: a register stands there.
    """
    owner = path
    for ending in LOG_ENDINGS:
        owner = owner.with_name(owner.name.removesuffix(ending))
    try:
        with owner.open("rb") as file:
            is_database = file.read(len(DATABASE_BEGINS)) == DATABASE_BEGINS
    except OSError:
        return  # nothing there, or nothing that can be read: writing will say what is wrong
    if is_database:
        raise UserError("file.is_register", path=str(path))


def file_name(text: str) -> str:
    """Make a file name, without its ending, that every file system takes."""
    kept = "".join("_" if character in FORBIDDEN or ord(character) < 32 else character for character in text)
    return kept.strip(" .")[:LONGEST_NAME] or "_"

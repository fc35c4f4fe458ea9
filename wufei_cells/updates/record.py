"""What a program knows of the update it came with: which version was kept, and which copies of registers were made."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from wufei_cells.updates.path_names import RECORD
from wufei_cells.updates.plan import read_json, write_json


@dataclass(frozen=True, slots=True)
class RegisterCopy:
    """A register and its copy of before the update; below the program folder where it is portable."""

    register: str
    backup: str
    schema: str
    acts: int
    """Written into it by then."""


@dataclass(frozen=True, slots=True)
class Record:
    """The update that a program came with."""

    old: str
    new: str
    kept: str
    """Name of the folder beside the program with the version of before."""
    entry: str
    """Of the version of before."""
    terminal: str
    schema: str
    """Newest of registers that the version of before opens."""
    signer: str
    """Name of the key."""
    at: str
    registers: tuple[RegisterCopy, ...] = ()


def write_record(record: Record, path: Path) -> None:
    """Write a record."""
    write_json(asdict(record), path)


def read_record(program: Path) -> Record | None:
    """Read the record in a program folder; ``None`` where it came with an installer."""
    found = read_json(program / RECORD)
    if found is None:
        return None
    try:
        found["registers"] = tuple(RegisterCopy(**row) for row in found["registers"])
        return Record(**found)
    except (KeyError, TypeError):
        return None


def stored(path: Path, program: Path) -> str:
    """Give a path as it is written down: below the program folder, which may be on a stick, or whole."""
    whole = path.absolute()
    return whole.relative_to(program).as_posix() if whole.is_relative_to(program) else str(whole)

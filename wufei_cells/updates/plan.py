"""What is under way, as a file beside the program folder: who comes, who goes, and what happens to the registers.

The file names intentions only. How far they are is read from the folders themselves, so that a program that was killed
leaves nothing that contradicts them.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

LARGEST = 1024 * 1024


class State(StrEnum):
    """How far a plan is."""

    PREPARING = "preparing"
    """The new program is being unpacked; nothing has happened to the old one."""
    READY = "ready"
    """Only renames are left."""
    FAILED = "failed"
    """The machine did not let it happen; the old program is where it was."""


@dataclass(frozen=True, slots=True)
class Restore:
    """A register that goes back to its copy; as it is now it is kept beside."""

    register: str
    backup: str
    newer: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One program folder takes the place of another."""

    state: State
    pid: int
    """The process that wrote this."""
    back: bool
    """Whether it is a way back to a kept version; that one is never deleted."""
    old: str
    """Version that goes."""
    new: str
    """Version that comes."""
    program: str
    incoming: str
    outgoing: str
    """Where the old program is kept."""
    entry: str
    terminal: str
    restart: tuple[str, ...] | None = None
    """Arguments for the window of the new program; ``None`` where it is not to be opened."""
    restore: tuple[Restore, ...] = ()
    failed: str = ""
    """Why it did not happen: a code of our wording."""
    detail: str = ""


def write(plan: Plan, path: Path) -> None:
    """Write a plan: whole, or not at all."""
    write_json(asdict(plan), path)


def write_json(content: object, path: Path) -> None:
    """Write a small file: whole under its name, or not at all."""
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    settle(path.parent)


def settle(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system has a way to."""
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:  # some file systems of sticks cannot
        pass
    finally:
        os.close(handle)


def read(path: Path) -> Plan | None:
    """Read a plan; ``None`` where there is none that can be read."""
    found = read_json(path)
    if found is None:
        return None
    try:
        found["state"] = State(found["state"])
        found["restore"] = tuple(Restore(**row) for row in found["restore"])
        found["restart"] = None if found["restart"] is None else tuple(found["restart"])
        return Plan(**found)
    except (KeyError, TypeError, ValueError):
        return None


def read_json(path: Path) -> dict[str, Any] | None:
    """Read a small file of ours; ``None`` where there is none."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    try:
        found = json.loads(content) if len(content) <= LARGEST else None
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", found) if isinstance(found, dict) else None


def fail(plan: Plan, path: Path, code: str, detail: str = "") -> None:
    """Note why it did not happen."""
    write(replace(plan, state=State.FAILED, failed=code, detail=detail), path)

"""Leave out of a frozen program what the list does not want, and the libraries that then nothing needs any more."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from installer import content

Entry = tuple[str, str, str]
"""As PyInstaller keeps them: where it goes inside the libraries, where it is, and its kind."""

# Loaded by name and not by a reference that a file holds: the program's start loads Python itself.
LOADED_BY_NAME = ("libpython", "python3", "vcruntime", "msvcp", "ucrtbase", "api-ms-win")
SHARED_FOLDERS = {".", "PySide6", "PySide6/Qt/lib", "pillow.libs"}
"""Where libraries lie that only other files refer to."""

NOTE = "binaries.json"
"""Where it is written down where each binary came from."""


def pruned(datas: Iterable[Entry], binaries: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Give the data files and the binaries that go in, sorted."""
    kept_datas = [entry for entry in datas if content.wanted_file(entry[0]) and not _is_spare_link(entry)]
    kept_binaries = [entry for entry in binaries if content.wanted_file(entry[0]) and not _is_spare_link(entry)]
    return sorted(kept_datas), _needed(sorted(kept_binaries))


def note(binaries: Iterable[Entry], path: Path) -> None:
    """Write down where each binary of the program came from."""
    path.write_text(json.dumps({name: source for name, source, _kind in binaries}, indent=0), encoding="utf-8")


def _is_spare_link(entry: Entry) -> bool:
    """Tell whether an entry is a link to a library that its users find without it: memory sticks hold no links."""
    return entry[2] == "SYMLINK" and sys.platform == "linux"


def _needed(binaries: list[Entry]) -> list[Entry]:
    """Leave out shared libraries of Qt and of the system that no other file refers to (what dropped plugins needed)."""
    by_name: dict[str, list[Entry]] = {}
    for entry in binaries:
        by_name.setdefault(_name(entry[0]), []).append(entry)
    reached = {entry for entry in binaries if not _is_shared_library(entry)}
    waiting = list(reached)
    while waiting:
        for name in _references(waiting.pop()):
            found = [entry for entry in by_name.get(name, ()) if entry not in reached]
            reached.update(found)
            waiting += found
    return [entry for entry in binaries if entry in reached]


def _is_shared_library(entry: Entry) -> bool:
    """Tell whether a file is there only because another one refers to it."""
    path = PurePosixPath(_posix(entry[0]))
    if entry[2] == "EXTENSION" or path.name.lower().startswith(LOADED_BY_NAME):
        return False
    return path.parent.as_posix() in SHARED_FOLDERS


def _references(entry: Entry) -> set[str]:
    """Name the files that one refers to itself; PyInstaller's own answer holds on Linux what these refer to as well."""
    if entry[2] == "SYMLINK":
        return {_name(entry[1])}
    if sys.platform == "linux":
        from installer.linux import elf  # noqa: PLC0415 - its reader is only installed there

        return set(elf.references(Path(entry[1])).libraries) if elf.is_elf(Path(entry[1]).resolve()) else set()
    from PyInstaller.depend.bindepend import get_imports  # noqa: PLC0415 - only there while freezing

    return {_name(name) for name, _path in get_imports(entry[1])}


def _name(path: str) -> str:
    name = _posix(path).rsplit("/", 1)[-1]
    return name.lower() if sys.platform == "win32" else name


def _posix(path: str) -> str:
    return path.replace("\\", "/")

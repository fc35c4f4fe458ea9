"""Try an update by file, and the way back, with a program under Wine."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from installer import content, release_keys, update_file

if TYPE_CHECKING:
    from installer.windows.smoke import Trial

NEXT = "99.0.0"
PATIENCE = 90
"""Seconds for the helper, which waits for the end of the program and then renames."""


def make_next(trial: Trial, program: Path, files: Path) -> Path:
    """Make the update file of the same program under a newer number, signed with a key that the program knows then.

    Args:
        trial: what says how long it took.
        program: the folder of a program; the public key is laid into it.
        files: a folder for the key and the update file.
    """
    started = time.monotonic()
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir(parents=True)
    key = update_file.make_release_key(files / "trial.pem")
    release_keys.put_in(program, [key])
    newer = files / content.PROGRAM
    shutil.copytree(program, newer, ignore=shutil.ignore_patterns("uninstall.exe"))
    known = _knows(newer, content.version())
    stated = f"Metadata-Version: 2.4\nName: {content.PROGRAM}\nVersion: {NEXT}\n"
    (known / "METADATA").write_text(stated, encoding="utf-8")
    known.rename(_knows(newer, NEXT))
    written = update_file.write_update_file(newer, NEXT, "windows-x64", key, files, level=1)
    shutil.rmtree(newer)
    trial.expect("an update file was made", written.is_file(), f"{time.monotonic() - started:.1f} s")
    return written


def try_update(trial: Trial, program: str, file: Path) -> None:
    """Put a newer version in place of a program."""
    folder = trial.wine.place(program)
    terminal = rf"{program}\{content.PROGRAM}-cli.exe"
    trial.answers(terminal, "update", "install", trial.wine.path(file))
    trial.expect("the new version came into place", _comes(folder, NEXT))
    trial.expect("it answers with its version", NEXT in trial.answers(terminal, "--version"))
    kept = folder.with_name(f"{folder.name}-before-{NEXT}")
    trial.expect("the version before is kept beside it", _beside(folder) == [kept.name], ", ".join(_beside(folder)))


def try_back(trial: Trial, program: str) -> None:
    """Put the version before in its place again."""
    folder = trial.wine.place(program)
    terminal = rf"{program}\{content.PROGRAM}-cli.exe"
    trial.answers(terminal, "update", "back")
    trial.expect("the version before came back", _comes(folder, content.version()))
    trial.expect("it answers with its version", content.version() in trial.answers(terminal, "--version"))
    kept = folder.with_name(f"{folder.name}-newer-{NEXT}")
    trial.expect("the newer one is kept beside it", _beside(folder) == [kept.name], ", ".join(_beside(folder)))


def _beside(program: Path) -> list[str]:
    """Name what updates left beside a program."""
    return sorted(path.name for path in program.parent.glob(f"{program.name}-*"))


def _knows(program: Path, version: str) -> Path:
    """Give the folder by which a program knows its version."""
    return program / content.LIBRARIES / f"{content.PROGRAM.replace('-', '_')}-{version}.dist-info"


def _comes(program: Path, version: str) -> bool:
    """Wait until the helper has put a version in place, has taken its plan away and has ended."""
    plan = program.with_name(f"{program.name}-update.json")
    until = time.monotonic() + PATIENCE
    while not _knows(program, version).is_dir() or plan.exists():
        if time.monotonic() > until:
            return False
        time.sleep(0.5)
    time.sleep(2)  # the helper's own end: the next start can delete its folder only then
    return True

"""Try an update by file, and the way back, with the program that was installed."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from installer import content, release_keys, update_file

if TYPE_CHECKING:
    from installer.windows.smoke import Trial

NEXT = "99.0.0"
PATIENCE = 180
"""Seconds for the helper, which waits for the end of the program and then renames."""


def try_update(trial: Trial, installed: str, files: str) -> None:
    """Put a newer version in place of the installed one, and go back.

    Args:
        trial: what runs programs and remembers what was wrong.
        installed: the folder of the installed program.
        files: a folder for the update file.
    """
    folder = trial.wine.place(installed)
    terminal = rf"{installed}\{content.PROGRAM}-cli.exe"
    file = _next_version(folder, trial.wine.place(files))
    trial.answers(terminal, "update", "check", trial.wine.path(file))
    trial.answers(terminal, "update", "install", trial.wine.path(file))
    trial.expect("the new version came into place", _comes(folder, NEXT))
    trial.expect("it answers with its version", NEXT in trial.answers(terminal, "--version"))
    trial.expect("what uninstalls it came along", (folder / "uninstall.exe").is_file())
    trial.answers(terminal, "update", "back")
    trial.expect("the version before came back", _comes(folder, content.version()))
    trial.expect("it answers with its version", content.version() in trial.answers(terminal, "--version"))


def _next_version(program: Path, scratch: Path) -> Path:
    """Make the update file of the same program under a newer number, signed with a key that the installed one knows."""
    scratch.mkdir(parents=True, exist_ok=True)
    key = scratch / "trial.pem"
    key.unlink(missing_ok=True)
    update_file.make_release_key(key)
    release_keys.put_in(program, [key])
    newer = scratch / content.PROGRAM
    shutil.rmtree(newer, ignore_errors=True)
    shutil.copytree(program, newer, ignore=shutil.ignore_patterns("uninstall.exe"))
    known = _knows(newer, content.version())
    (known / "METADATA").write_text(
        f"Metadata-Version: 2.4\nName: {content.PROGRAM}\nVersion: {NEXT}\n", encoding="utf-8"
    )
    known.rename(_knows(newer, NEXT))
    written = update_file.write_update_file(newer, NEXT, "windows-x64", key, scratch)
    shutil.rmtree(newer)
    return written


def _knows(program: Path, version: str) -> Path:
    """Give the folder by which a program knows its version."""
    return program / content.LIBRARIES / f"{content.PROGRAM.replace('-', '_')}-{version}.dist-info"


def _comes(program: Path, version: str) -> bool:
    """Wait until the helper has put a version in place and its plan is gone."""
    plan = program.with_name(f"{program.name}-update.json")
    until = time.monotonic() + PATIENCE
    while not _knows(program, version).is_dir() or plan.exists():
        if time.monotonic() > until:
            return False
        time.sleep(0.5)
    return True

"""Run the built program where nothing of this machine helps it: no Python, no variables, no network, no right to write.

Its folder gets a name with Chinese characters and spaces on the way, as on a user's machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from installer import content

PLACE = "U 盘（张三）/无废 细胞"


class TryingError(Exception):
    """The built program did not do what it was asked; the message says what it said."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One run of the built program."""

    arguments: tuple[str, ...]
    seconds: float
    output: str


def tried_out(program: Path, scratch: Path) -> list[Tried]:
    """Run a built program for Linux or macOS on its tasks; give each run.

    Args:
        program: its folder; it is not changed.
        scratch: an empty folder for a copy of it and for what it writes.

    Raises:
        TryingError: a run failed.
    """
    place = scratch / PLACE
    place.mkdir(parents=True)
    copied = place / content.PROGRAM
    shutil.copytree(program, copied, symlinks=True)
    _forbid_writing(copied)
    home = place / "主目录"
    home.mkdir()
    return [run(copied, arguments, home) for arguments in tasks(place)]


def tasks(place: Path) -> list[list[str]]:
    """Give the arguments of the runs that every built program is tried with, on all systems."""
    checks = [["--self-check"]] if (content.ROOT / "ui" / "self_check.py").is_file() else []
    return [["--version"], *checks, ["demo", str(place / "示例 数据")]]


def run(program: Path, arguments: Sequence[str], home: Path, *, more: dict[str, str] | None = None) -> Tried:
    """Run a built program once in a clean environment.

    Raises:
        TryingError: it did not end well.
    """
    command = [*without_network(), str(program / content.PROGRAM), *arguments]
    environment = {"HOME": str(home), "PATH": "/nowhere", "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"} | (
        more or {}
    )
    started = time.monotonic()
    done = subprocess.run(
        command,
        check=False,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        timeout=300,
    )
    if done.returncode:
        raise TryingError(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stdout[-4000:]}")
    return Tried(tuple(arguments), time.monotonic() - started, done.stdout)


@cache
def without_network() -> tuple[str, ...]:
    """Give the words before a command that take the network away; none where that needs more rights than there are."""
    tool = shutil.which("unshare")
    if sys.platform != "linux" or tool is None:
        return ()
    for words in ((tool, "-n"), (tool, "-rn")):
        if subprocess.run([*words, "true"], check=False, capture_output=True).returncode == 0:
            return words
    return ()


def _forbid_writing(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & 0o555)


def allow_writing(folder: Path) -> None:
    """Let a folder be deleted again that was tried out."""
    for path, _folders, _files in os.walk(folder):
        Path(path).chmod(0o755)

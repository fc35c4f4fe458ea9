"""The program's log: what happened, in codes and numbers, so that somebody far away can help.

Nothing personal can get into it: an entry is a code with figures, and a figure is a number, a word of the program's own
(an ``Enum``), or a text that has the shape of a code or a version. Names, sentences and paths have not, and are written
as ``?``. Whoever logs never fails: a log that cannot be written is not written.
"""

from __future__ import annotations

import contextlib
import re
import threading
from datetime import datetime
from enum import Enum
from pathlib import Path

FILE_NAME = "program.log"
LARGEST = 500_000
"""Bytes, before the log begins anew and the full one is kept beside it."""
KEPT = 2
"""Full ones that are kept."""
HIDDEN = "?"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]{0,59}")
_writing = threading.Lock()
_file: Path | None = None


def keep_in(file: Path | None) -> None:
    """Write the log into this file from now on; into none until somebody says so."""
    global _file  # noqa: PLW0603 - one program has one log
    _file = file


def log_file() -> Path | None:
    """Give the file the log is written into."""
    return _file


def note(event: str, /, **figures: object) -> None:
    """Write an entry.

    Args:
        event: what happened, a code such as ``register_opened``.
        figures: numbers and codes; anything else is written as ``?``.
    """
    if _file is None:
        return
    told = " ".join(f"{name}={_plain(value)}" for name, value in figures.items())
    moment = datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M:%S%z")
    with contextlib.suppress(OSError, ValueError), _writing:
        _make_room(_file)
        with _file.open("a", encoding="utf-8") as log:
            log.write(f"{moment} {_plain(event)} {told}".rstrip() + "\n")


def last_lines(file: Path, count: int) -> tuple[str, ...]:
    """Give the last entries of a log, the oldest first; none where there is none."""
    lines: list[str] = []
    for one in (file, *(_older(file, number) for number in range(1, KEPT + 1))):
        with contextlib.suppress(OSError):
            lines = [*one.read_text(encoding="utf-8", errors="replace").splitlines(), *lines]
        if len(lines) >= count:
            break
    return tuple(lines[-count:])


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, int):
        return str(value)
    return value if isinstance(value, str) and _CODE.fullmatch(value) else HIDDEN


def _make_room(file: Path) -> None:
    """Begin anew where the log is full; another program that holds it open only makes it longer."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        if file.stat().st_size < LARGEST:
            return
        for number in range(KEPT, 0, -1):
            former = _older(file, number - 1) if number > 1 else file
            if former.exists():
                former.replace(_older(file, number))


def _older(file: Path, number: int) -> Path:
    return file.with_name(f"{file.stem}.{number}{file.suffix}")

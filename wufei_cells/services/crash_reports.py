"""What nobody expected, one file each: enough to find the fault without the machine it happened on.

A report has two parts. What stands above the mark names no person, site or folder: versions, the log, kinds of errors,
and places in the program. Below it stand the errors in their own words, which may quote anything; that part never
leaves the machine by itself.
"""

from __future__ import annotations

import contextlib
import platform
import sqlite3
import sys
import traceback
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from wufei_cells import logs
from wufei_cells.errors import WufeiError
from wufei_cells.release import program_version

KEPT = 20
LOG_LINES = 60
MARK = "--- 以下可能含有姓名和单位，只留在本机 / below: may hold names; stays on this machine ---"
_HOMES = ("wufei_cells", "ui", "criteria", "resources", "installer")
_MOST_CAUSES = 5
_TRIES = 100


def write(folder: Path, error: BaseException, more: Mapping[str, str] | None = None) -> Path | None:
    """Write a report of an exception into a folder; ``None`` where that is not possible.

    Args:
        folder: of the log; the last reports in it are kept.
        error: what happened.
        more: what else is known of the program, such as the version of Qt.
    """
    logs.note("crash", kind=type(error).__name__, code=error.code if isinstance(error, WufeiError) else "bug")
    own_words = "".join(traceback.format_exception(error))
    return _write(folder, [*machine(more), "", *_log(), "", *places(error)], own_words)


def write_of_death(folder: Path, trace: str) -> Path | None:
    """Write a report of a program that died without a word, but for the trace of its last moment."""
    logs.note("died")
    lines = [shortened(line) for line in trace.splitlines()]
    return _write(folder, [*machine(), "", *_log(), "", *lines], "")


def recent(folder: Path, count: int = KEPT) -> tuple[Path, ...]:
    """List the last reports, the newest first."""
    with contextlib.suppress(OSError):
        return tuple(sorted(folder.glob("crash-*.txt"), reverse=True)[:count])
    return ()


def impersonal(report: Path) -> str:
    """Give the part of a report that names nobody; nothing where it cannot be read."""
    try:
        text = report.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return text.partition(MARK)[0].rstrip() if MARK in text else ""


def machine(more: Mapping[str, str] | None = None) -> list[str]:
    """Say what the program is and what it runs on."""
    known = {
        "version": program_version() or "?",
        "built": "yes" if getattr(sys, "frozen", False) else "no",
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "libc": " ".join(platform.libc_ver()).strip() or "-",
        "sqlite": sqlite3.sqlite_version,
        **(more or {}),
    }
    return [f"{name}: {value}" for name, value in known.items()]


def places(error: BaseException) -> list[str]:
    """Say where in the program something happened and what kind of error it was, in none of its own words."""
    lines: list[str] = []
    for number, one in enumerate(_chain(error)):
        if number:
            lines.append("caused by:")
        frames = traceback.extract_tb(one.__traceback__)
        lines += (f"  {shortened_path(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)
        code = f" {one.code}" if isinstance(one, WufeiError) else ""
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}{code}")
    return lines


def shortened_path(path: str) -> str:
    """Give the place of a module within the program or a library; of anything else only the file's name."""
    parts = path.replace("\\", "/").split("/")
    for home in ("site-packages", *_HOMES):
        if home in parts[:-1]:
            at = len(parts) - 1 - parts[::-1].index(home)
            return "/".join(parts[at + (home == "site-packages") :])
    return parts[-1]


def shortened(line: str) -> str:
    """Shorten the path in a line of a trace that the interpreter wrote: ``File "…", line 3 in run``."""
    head, quoted, rest = line.partition('File "')
    path, closed, end = rest.partition('"')
    return f"{head}{quoted}{shortened_path(path)}{closed}{end}" if quoted and closed else line


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Go through an error and what caused it."""
    one: BaseException | None = error
    for _turn in range(_MOST_CAUSES):
        if one is None:
            return
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _log() -> list[str]:
    file = logs.log_file()
    return list(logs.last_lines(file, LOG_LINES)) if file else []


def _write(folder: Path, lines: list[str], own_words: str) -> Path | None:
    text = "\n".join([*lines, "", MARK, own_words])
    moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, _TRIES):
            with contextlib.suppress(FileExistsError):
                path = folder / f"crash-{moment}-{number}.txt"
                with path.open("x", encoding="utf-8", errors="backslashreplace") as file:
                    file.write(text)
                _forget_old(folder)
                return path
    return None


def _forget_old(folder: Path) -> None:
    for old in sorted(folder.glob("crash-*.txt"), reverse=True)[KEPT:]:
        with contextlib.suppress(OSError):
            old.unlink()

"""Run PyInstaller on the one spec, and take none of its silent failures for a program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from installer import content

SPEC = content.ROOT / "installer" / "wufei.spec"
# PyInstaller ends with 0 after these, and the program then dies where it needs what was not found.
FATAL = re.compile(
    r"^\d+ (?:WARNING|ERROR): .*(?:not found|not collected|no such|failed|unable|could not)", re.IGNORECASE
)
# Looked for on every system, and only there on some of them.
HARMLESS = re.compile(
    r"Hidden import \"?'?(?:pycparser\.(?:lex|yacc)tab|pysqlite2|MySQLdb|psycopg2|tzdata\.zoneinfo\S*)"
    # Windows 10 answers to these names by itself; Wine has no files for them.
    r"|Library not found: could not resolve '(?:api-ms-win-|ext-ms-win-)"
    r"|Library (?:ole32|shell32|user32|kernel32|advapi32|msvcrt|libc\.so\.6|\S*\.dylib) required via ctypes"
)


class FreezingError(Exception):
    """PyInstaller did not make a whole program; the message says what it said."""


def freeze(
    interpreter: Sequence[str],
    into: Path,
    *,
    icon: Path | None = None,
    environment: Mapping[str, str] | None = None,
    spec: Path = SPEC,
) -> Path:
    """Make the program's folder and return it; what was in ``into`` before is taken away.

    Args:
        interpreter: the command of a Python that has the locked packages and PyInstaller (``["wine", "python.exe"]``).
        into: a folder that gets the program's folder, and ``work/`` with what PyInstaller leaves on the way.
        icon: the program's icon as the target system wants it.
        environment: what the interpreter sees of this machine, where that is not everything.
        spec: what PyInstaller is told.

    Raises:
        FreezingError: PyInstaller failed, or it said that something was not found.
    """
    shutil.rmtree(into, ignore_errors=True)
    work = into / "work"
    work.mkdir(parents=True)
    command = [*interpreter, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", _argument(into), "--workpath", _argument(work), _argument(spec)]
    command += ["--", "--scratch", _argument(work)]
    command += ["--icon", _argument(icon)] if icon else []
    # Started in the root: PyInstaller finds our packages there, whatever else is installed.
    # Through pipes and without a keyboard, which Wine needs.
    repeatable = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(commit_time())}
    done = subprocess.run(
        command,
        check=False,
        cwd=content.ROOT,
        env={**(os.environ if environment is None else environment), **repeatable},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    (into / "pyinstaller.log").write_text(done.stdout, encoding="utf-8")
    missing = complaints(done.stdout)
    if done.returncode or missing:
        said = missing or done.stdout.splitlines()[-20:]
        raise FreezingError(f"PyInstaller ended with {done.returncode}:\n" + "\n".join(said))
    return into / content.PROGRAM


def complaints(output: str) -> list[str]:
    """Give the lines in which PyInstaller says that it left out something we need."""
    lines = [line for line in output.splitlines() if FATAL.search(line) and not HARMLESS.search(line)]
    return [line for line in lines if not _of_unwanted_plugin(line)]


def _of_unwanted_plugin(line: str) -> bool:
    found = re.search(r"dependency of '.*(PySide6[/\\].*)'", line)
    return bool(found) and not content.wanted_file(found[1])


def commit_time() -> int:
    """Give the time of the commit that is built, in seconds: what is built bears it instead of the present."""
    named = os.environ.get("SOURCE_DATE_EPOCH")
    if named:
        return int(named)
    command = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(command, check=False, cwd=content.ROOT, capture_output=True, text=True)
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else 0


def _argument(path: Path) -> str:
    """Write a path relative to the root where it lies in there: Wine sees the same, and logs name no machine."""
    try:
        return path.resolve().relative_to(content.ROOT).as_posix()
    except ValueError:
        return str(path)

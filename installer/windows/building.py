"""Build for Windows: the program's folder, the portable archive and the setup program, and try them."""

from __future__ import annotations

import os
import shutil
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from installer import content, icons
from installer.freezing import commit_time, freeze
from installer.windows.locked_wheels import install
from installer.windows.pinned import wrong_python
from installer.windows.python_for_wine import make_python
from installer.windows.setup_text import make_setup
from installer.windows.wine import Wine
from wufei_cells.paths import PORTABLE_FOLDER

# What apt has to bring where Windows is built on Linux; locales has the sources of a Chinese one.
SYSTEM_PACKAGES = (
    "wine",
    "wine64",
    "nsis",
    "gcc-mingw-w64-x86-64-win32|gcc-mingw-w64-x86-64",
    "mingw-w64-x86-64-dev",
    "locales",
    "poppler-utils",
    "xvfb",
)
LOCK = content.ROOT / "requirements-installer.lock"
FARTHEST = 160
"""Characters of the longest path in the program folder: with a user's own folder before it Windows takes 259."""


class BuildError(Exception):
    """What was built is not fit for use; the message says why."""


def build(
    work: Path, artefacts: Path, say: Callable[[str], None] = print, release_keys: Path | None = None
) -> list[Path]:
    """Build everything for Windows and try it where this is Wine; give the files to be handed out.

    Args:
        work: a folder for everything on the way, kept between builds.
        artefacts: the folder of the files to be handed out.
        say: told each step.
        release_keys: the folder of public keys by which the program knows update files.

    Raises:
        BuildError: a step failed, or what was built does not work.
    """
    work.mkdir(parents=True, exist_ok=True)
    artefacts.mkdir(parents=True, exist_ok=True)
    wine = None if os.name == "nt" else _prepared_wine(work, say)
    with _Timed(say, "the program folder"):
        folder = _frozen(work, wine)
    if release_keys:
        shutil.copytree(release_keys, folder / release_keys.name, dirs_exist_ok=True)
    require_short_paths(folder)
    version = content.version()
    name = f"{content.PROGRAM}-{version}-windows-x64"
    _bear_the_commits_time(folder)
    with _Timed(say, "the portable archive"):
        portable = make_portable(folder, artefacts / f"{name}-portable.zip")
    made = [portable]
    makensis = _makensis()
    if makensis:
        with _Timed(say, "the setup program"):
            made.append(make_setup(folder, version, work / "program.ico", artefacts / f"{name}-setup.exe", makensis))
    else:
        say("NSIS is not installed: no setup program was made, only the portable archive")
    if wine and len(made) > 1:
        from installer.windows.smoke import try_out  # noqa: PLC0415 - needs Xvfb and Wine

        with _Timed(say, "trying everything under Wine"):
            try_out(wine, made[1], portable, artefacts / "windows-shots", say)
    return made


def _prepared_wine(work: Path, say: Callable[[str], None]) -> Wine:
    """Make the Windows of the build with a Python and the locked libraries in it."""
    refusal = wrong_python()
    if refusal:
        raise BuildError(refusal)
    with _Timed(say, "a Python for Windows and the locked libraries"):
        make_python(work / "python", work / "downloads")
        install(LOCK, work / "python" / "Lib" / "site-packages")
    wine = Wine(work / "wine")
    with _Timed(say, "a Windows of the build's own, by Wine"):
        wine.prepare()
    return wine


def _frozen(work: Path, wine: Wine | None) -> Path:
    icon = icons.write_ico(work / "program.ico")
    if wine is None:
        return freeze([sys.executable], work / "frozen", icon=icon)
    python = ["wine", str(work / "python" / "python.exe")]
    return freeze(python, work / "frozen", icon=icon, environment=wine.environment())


def _makensis() -> str | None:
    """Find NSIS: on the path, or where its own setup puts it on Windows."""
    usual = [rf"{os.environ[name]}\NSIS" for name in ("ProgramFiles(x86)", "ProgramFiles") if name in os.environ]
    return shutil.which("makensis", path=os.pathsep.join([os.environ.get("PATH", ""), *usual]))


def require_short_paths(folder: Path) -> None:
    """See to it that Windows takes every path of the program below a user's own folder.

    Raises:
        BuildError: one is too long.
    """
    farthest = max((path.relative_to(folder).as_posix() for path in folder.rglob("*")), key=len)
    if len(farthest) > FARTHEST:
        raise BuildError(f"{farthest} has {len(farthest)} characters; with a user's folder before it that is too long")


def _bear_the_commits_time(folder: Path) -> None:
    """Give every file the time of the commit, so that the same commit packs to the same bytes."""
    moment = commit_time()
    for path in folder.rglob("*"):
        os.utime(path, (moment, moment))


def make_portable(folder: Path, target: Path) -> Path:
    """Pack the program so that it keeps everything beside itself, files in order and with the commit's time."""
    moment = time.gmtime(max(commit_time(), 315532800))[:6]  # zip knows no time before 1980
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(zipfile.ZipInfo(f"{folder.name}/{PORTABLE_FOLDER}/", moment), "")
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return target


class _Timed:
    """Say how long a step took."""

    def __init__(self, say: Callable[[str], None], what: str) -> None:
        self._say, self._what = say, what

    def __enter__(self) -> None:
        self._say(f"{self._what} ...")
        self._started = time.monotonic()

    def __exit__(self, *_error: object) -> None:
        self._say(f"  {self._what}: {time.monotonic() - self._started:.0f} s")

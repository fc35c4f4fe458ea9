"""Build for Windows: the program's folder, the portable archive and the setup program, and try them."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from installer import content, icons, licenses, release_keys
from installer.freezing import FreezingError, commit_time, freeze
from installer.windows.locked_wheels import install
from installer.windows.pinned import wrong_python
from installer.windows.python_for_wine import make_python
from installer.windows.setup_text import make_setup
from installer.windows.wine import Wine

LOCK = content.ROOT / "requirements-installer.lock"
WORK = content.ROOT / "OUT" / "installer" / "windows-work"
"""Kept between builds: the Windows of the build, its Python and the pinned download."""
TEXTS = Path(__file__).with_name("portable")
FARTHEST = 160
"""Characters of the longest path in the program folder: with a user's own folder before it Windows takes 259."""
TOOLS = ("wine", "makensis", "x86_64-w64-mingw32-gcc", "localedef", "Xvfb", "pdftotext")


def say(text: str) -> None:
    """Print a line of progress, at once even into a pipe."""
    print(f"installer: {text}", flush=True)


def build(chosen: argparse.Namespace) -> list[Path]:
    """Build everything for Windows, and try it where this is Wine; give the files to be handed out.

    Args:
        chosen: the options of ``installer.__main__``; what was in ``out`` before is taken away.

    Raises:
        FreezingError: a step failed, or this machine cannot do it.
        TryingError: what was built does not work.
    """
    wine = None if os.name == "nt" else _prepared_wine(WORK)
    with timed("the program folder"):
        folder = _program(chosen.out, wine)
    release_keys.put_in(folder, chosen.release_key)
    require_short_paths(folder)
    _bear_the_commits_time(folder)
    say(f"the folder has {sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 1e6:.1f} MB")
    return [] if chosen.only_folder else _artefacts(folder, chosen.out, wine)


def _artefacts(folder: Path, out: Path, wine: Wine | None) -> list[Path]:
    """Pack the folder in both ways, and try both under Wine."""
    name = f"{content.PROGRAM}-{content.version()}-windows-x64"
    with timed("the portable archive"):
        portable = make_portable(folder, out / f"{name}-portable.zip")
    makensis = _makensis()
    if makensis is None:
        say("NSIS is not installed here: no setup program is made, only the portable archive")
        return [portable]
    with timed("the setup program"):
        icon = out / "work" / "program.ico"
        setup = make_setup(folder, content.version(), icon, out / f"{name}-setup.exe", makensis)
    if wine is None:
        say("nothing was tried: the trials need Wine; install it here by hand and look (docs/installing.md)")
        return [setup, portable]
    from installer.windows.smoke import try_out  # noqa: PLC0415 - needs Xvfb and Wine

    with timed("trying everything under Wine"):
        try_out(wine, setup, portable, out / "shots", say)
    return [setup, portable]


def _prepared_wine(work: Path) -> Wine:
    """Make the Windows of the build with a Python and the locked libraries in it.

    Raises:
        FreezingError: this Python or this machine cannot do it.
    """
    absent = [name for name in TOOLS if shutil.which(name) is None]
    refusal = wrong_python() or (f"these programs are missing: {', '.join(absent)}" if absent else "")
    if refusal:
        raise FreezingError(refusal)
    with timed("a Python for Windows and the locked libraries"):
        make_python(work / "python", work / "downloads")
        install(LOCK, work / "python" / "Lib" / "site-packages")
    wine = Wine(work / "wine")
    with timed("a Windows of the build's own, by Wine"):
        wine.prepare()
    return wine


def _program(out: Path, wine: Wine | None) -> Path:
    """Freeze the program with its icon and the licenses of its parts."""
    with TemporaryDirectory(prefix="wufei-icon-") as scratch:
        icon = icons.write_ico(Path(scratch) / "program.ico")
        if wine is None:
            folder = freeze([sys.executable], out, icon=icon)
        else:
            python = ["wine", str(WORK / "python" / "python.exe")]
            folder = freeze(python, out, icon=icon, environment=wine.environment())
        shutil.copyfile(icon, out / "work" / "program.ico")
    licenses.collect(folder, {})
    return folder


def _makensis() -> str | None:
    """Find NSIS: on the path, or where its own setup puts it on Windows."""
    usual = [rf"{os.environ[name]}\NSIS" for name in ("ProgramFiles(x86)", "ProgramFiles") if name in os.environ]
    return shutil.which("makensis", path=os.pathsep.join([os.environ.get("PATH", ""), *usual]))


def require_short_paths(folder: Path) -> None:
    """See to it that Windows takes every path of the program below a user's own folder.

    Raises:
        FreezingError: one is too long.
    """
    farthest = max((path.relative_to(folder).as_posix() for path in folder.rglob("*")), key=len)
    if len(farthest) > FARTHEST:
        raise FreezingError(
            f"{farthest} has {len(farthest)} characters; with a user's folder before it that is too long"
        )


def _bear_the_commits_time(folder: Path) -> None:
    """Give every file the time of the commit, so that the same commit packs to the same bytes."""
    moment = commit_time()
    for path in folder.rglob("*"):
        os.utime(path, (moment, moment))


def portable_texts() -> dict[str, bytes]:
    """Give what a portable program has beside it, by its place: older Notepads know UTF-8 by its mark alone."""
    paths = sorted(path for path in TEXTS.rglob("*") if path.is_file())
    return {
        path.relative_to(TEXTS).as_posix(): path.read_text("utf-8").replace("\n", "\r\n").encode("utf-8-sig")
        for path in paths
    }


def make_portable(folder: Path, target: Path) -> Path:
    """Pack the program so that it keeps everything beside itself, files in order and with the commit's time."""
    moment = time.gmtime(max(commit_time(), 315532800))[:6]  # zip knows no time before 1980
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, text in portable_texts().items():
            archive.writestr(zipfile.ZipInfo(f"{folder.name}/{path}", moment), text)
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return target


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Say how long a step took."""
    say(f"{what} ...")
    started = time.monotonic()
    yield
    say(f"  {what}: {time.monotonic() - started:.0f} s")

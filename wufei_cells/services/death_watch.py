"""Notices that a program died without a word: a file of each running program, taken away when it ends in order.

What the interpreter can still say in its last moment (``faulthandler``) goes into that file. Whoever starts next finds
files of programs that run no more.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
from pathlib import Path
from typing import IO, BinaryIO

from wufei_cells import logs

PREFIX = "running-"


class DeathWatch:
    """Keeps the file of this program."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self._path = folder / f"{PREFIX}{os.getpid()}.txt"

    def begin(self) -> Path | None:
        """Begin to watch over this program; give the report of one that died before, if one did.

        Programs that were ended from outside (the power went, somebody stopped them) leave nothing to report.
        """
        report: Path | None = None
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            for path in sorted(self._folder.glob(f"{PREFIX}*.txt")):
                report = self._bury(path) or report
            self._file = self._path.open("w+b")
            hold(self._file)
            faulthandler.enable(self._file)
        return report

    def end(self) -> None:
        """Say that this program ends in order."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        self._file = None
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _bury(self, path: Path) -> Path | None:
        """Take the file of a dead program away and report what it said last."""
        with contextlib.suppress(OSError):
            with path.open("r+b") as file:
                if not hold(file):
                    return None  # it lives
                last = file.read().decode("utf-8", "replace").strip("\0 \r\n")
            path.unlink()
            if last:
                from wufei_cells.services import crash_reports  # noqa: PLC0415 - few starts ever need it

                return crash_reports.write_of_death(self._folder, last)
            logs.note("ended_abruptly")
        return None


def hold(file: IO[bytes]) -> bool:
    """Hold a file as long as this program has it open; tell whether nobody else does."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only there

            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl  # noqa: PLC0415 - only there

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


_FAR = 1 << 30
"""A byte that is held lies behind everything that is written: on Windows nobody else could read it."""

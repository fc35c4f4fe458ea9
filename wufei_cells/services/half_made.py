"""Folders of example data that are being made, and what is left of them when the program is killed.

Beside each of them lies a file that its program holds as long as it lives, so that what nobody holds is a leftover.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

from wufei_cells.services.death_watch import hold

LOCK = ".lock"
OLD = 3600
"""Seconds after which a folder without a lock is a leftover: earlier versions made them without one."""
_RANDOM = re.compile(r"[a-z0-9_]{8}")
"""What ``tempfile`` puts behind the dash."""


@contextlib.contextmanager
def making(folder: Path) -> Generator[Path]:
    """Give a new folder beside one that is to be made; what is still there in the end goes.

    Raises:
        EnvironmentFault: the place cannot be written.
    """
    from wufei_cells.store.faults import faults  # noqa: PLC0415 - loads SQLAlchemy, and every start clears

    with faults(folder):
        number, name = tempfile.mkstemp(prefix=f"{folder.name}-", suffix=LOCK, dir=folder.parent)
    lock, made = Path(name), Path(name).with_suffix("")
    try:
        with open(number, "r+b", buffering=0) as file:  # noqa: PTH123 - a file that is open already
            hold(file)
            with faults(made):
                made.mkdir(mode=0o700)
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        with contextlib.suppress(OSError):
            lock.unlink()


def clear(folder: Path) -> None:
    """Take away what killed programs left beside a folder; never what a running one makes. It never fails."""
    with contextlib.suppress(OSError):
        for path in folder.parent.glob(f"{folder.name}-*"):
            if not _RANDOM.fullmatch(path.name.removesuffix(LOCK)[len(folder.name) + 1 :]):
                continue
            with contextlib.suppress(OSError):
                if path.suffix == LOCK:
                    _clear_if_dead(path)
                elif not path.with_name(path.name + LOCK).exists() and time.time() - path.stat().st_mtime > OLD:
                    shutil.rmtree(path, ignore_errors=True)


def _clear_if_dead(lock: Path) -> None:
    with lock.open("r+b", buffering=0) as file:
        if not hold(file):
            return
        shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
    lock.unlink()

"""Real small and read-only disks for tests. Root mounts them; others get permissions, or the test is skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def _mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting is not possible here: {done.stderr.strip()}")


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Generator[Path]:
    """A disk with so much room, at a folder."""
    if not ROOT or sys.platform != "linux":
        pytest.skip("only root can mount a small disk")
    folder.mkdir(exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def read_only(place: Path) -> Generator[None]:
    """A folder or a file that cannot be written for a while."""
    if not ROOT:
        mode = place.stat().st_mode
        place.chmod(0o555 if place.is_dir() else 0o444)
        try:
            yield
        finally:
            place.chmod(mode)
        return
    if sys.platform != "linux":
        pytest.skip("root writes everywhere, and only Linux can mount read-only")
    _mount("--bind", str(place), str(place))
    try:
        _mount("-o", "remount,ro,bind", str(place))
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(folder: Path, *, leaving: int) -> Path:
    """Fill a disk with a file until only so many bytes are left."""
    free = os.statvfs(folder)
    filler = folder / "filler"
    filler.write_bytes(b"\0" * max(free.f_bavail * free.f_frsize - leaving, 0))
    return filler

"""Write a file that is there whole or not at all, also on sticks whose file system can do little.

FAT32 has neither permissions nor links, and many systems cannot flush a folder. So nothing is asked of them but to
write, to flush and to rename.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from wufei_cells.errors import EnvironmentFault, why

PART = ".part"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # FAT32 takes no file of 4 GiB or more


@contextmanager
def whole_file(target: Path, *, settled: bool = True) -> Generator[BinaryIO]:
    """Write beside the place; when the block ends well, flush to disk and move the file there.

    Args:
        target: the place.
        settled: whether its name has to survive a power cut; not where it gets another one right away.

    Raises:
        EnvironmentFault: the disk does not take it; nothing of it is left, and what was there before is unchanged.
    """
    part = target.with_name(target.name + PART)
    try:
        part.unlink(missing_ok=True)
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise not_written(target, error) from error
        raise
    if settled:
        settle(target.parent)


class Hashing(io.RawIOBase):
    """A file to be written that knows the SHA-256 of what went through, and takes only so much."""

    def __init__(self, file: BinaryIO, most: int | None = None) -> None:
        super().__init__()
        self._file = file
        self._hash = hashlib.sha256()
        self._most = most
        self.size = 0

    def write(self, content: Any, /) -> int:
        """Write on.

        Raises:
            TooMuchError: more than agreed.
            OSError: the disk does not take it.
        """
        self.size += len(content)
        if self._most is not None and self.size > self._most:
            raise TooMuchError
        self._hash.update(content)
        return self._file.write(content)

    def hexdigest(self) -> str:
        """Give the hash of what was written so far."""
        return self._hash.hexdigest()


class TooMuchError(Exception):
    """More came than was agreed."""


def settle(folder: Path) -> None:
    """Let a new name survive a power cut, too, where the system lets folders be flushed."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def forget_cached(file: BinaryIO) -> None:
    """Ask the system to read a flushed file from the disk again and not out of its memory, where that can be asked."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def not_written(place: Path, error: OSError) -> EnvironmentFault:
    """Say why a place does not take a file."""
    if error.errno in _FULL:
        return EnvironmentFault("package.disk_full", path=str(place))
    return EnvironmentFault("package.not_written", path=str(place), detail=why(error))


def not_read(place: object, error: OSError) -> EnvironmentFault:
    """Say why a file cannot be read: a stick that was pulled out, no permission."""
    return EnvironmentFault("package.not_read", path=str(place), detail=why(error))

"""Copy a file that came into a folder of our own before anything looks into it.

A stick may be pulled out, a file may change while it is read, a share may be slow. So it is copied once, under the
SHA-256 of its content; only the copy is opened, and what it came from is never written to.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.exchange.encryption import (
    LARGEST_WITH_PASSPHRASE,
    Lock,
    decrypt_with_keys,
    decrypt_with_passphrase,
    lock_of,
    sealed_size,
)
from wufei_cells.exchange.kinds import HEAD, TAIL, may_be_package, what_instead
from wufei_cells.exchange.limits import USUAL, Limits
from wufei_cells.exchange.whole_files import Hashing, TooMuchError, not_read, not_written, settle, whole_file
from wufei_cells.progress import Report, silent

ENDING = ".wufei"
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Taken:
    """A copy in the inbox."""

    path: Path
    name: str
    """What the file was called where it came from."""
    sha256: str
    size: int
    lock: Lock
    """What it has to be opened with before it can be read."""


def take_in(source: Path, inbox: Path, *, limits: Limits = USUAL, report: Report = silent) -> Taken:
    """Copy a file into the inbox; what is clearly no package is refused before it is copied.

    Args:
        source: where it lies: a stick, a share, a folder of downloads.
        inbox: a folder of ours.
        limits: how large it may be.
        report: told how many bytes are copied; what it raises stops the copying.

    Raises:
        ProblemsFound: it is no package.
        EnvironmentFault: it cannot be read to its end, or the disk does not take it; nothing of it is left.
    """
    with _readable(source) as (file, size):
        head = _head(file, size, source, limits)
        return copy_in(file, size, head, inbox, name=source.name, limits=limits, report=report)


def copy_in(
    file: BinaryIO, size: int, head: bytes, inbox: Path, *, name: str, limits: Limits = USUAL, report: Report = silent
) -> Taken:
    """Copy a stream into the inbox; see ``take_in``.

    Args:
        file: stands at its beginning.
        size: how many bytes it should have; a stream that has others was cut off or grows.
        head: its first bytes.
        inbox: a folder of ours.
        name: what it is called.
        limits: how large it may be.
        report: told how many bytes are copied.
    """
    with _arriving(inbox, name, limits) as target:
        report(0, size)
        while piece := _next(file, name):
            target.write(piece)
            report(target.size, max(size, target.size))
        if target.size != size:
            raise ProblemsFound([Problem("package.changing", name)], subject=name)
    return _taken(inbox, target, name, lock_of(head))


def unlock(
    taken: Taken,
    inbox: Path,
    *,
    identities: Sequence[str] = (),
    passphrase: str = "",
    limits: Limits = USUAL,
    report: Report = silent,
) -> Taken:
    """Decrypt a copy in the inbox; gives the copy of what was inside.

    Args:
        taken: the encrypted copy; it stays.
        inbox: where the other one goes.
        identities: the secrets of this machine.
        passphrase: for one that was closed with it; takes seconds.
        limits: how large what is inside may be.
        report: told how many bytes are read.

    Raises:
        ProblemsFound: nothing fits, or it was cut off or altered; nothing of it is left.
        UserError: it needs a passphrase, and none was given.
        EnvironmentFault: the disk does not take it.
    """
    if taken.lock is Lock.PASSPHRASE and not passphrase:
        raise UserError("package.needs_passphrase", path=taken.name)
    with _readable(taken.path) as (file, _size), _arriving(inbox, taken.name, limits) as target:
        if taken.lock is Lock.PASSPHRASE:
            target.write(_with_passphrase(file, taken, passphrase))
        else:

            def tell(done: int) -> None:
                report(min(done, taken.size), taken.size)

            decrypt_with_keys(file, target, identities, name=taken.name, tell=tell)
    return _taken(inbox, target, taken.name, Lock.NONE)


def _with_passphrase(file: BinaryIO, taken: Taken, passphrase: str) -> bytes:
    if taken.size > sealed_size(LARGEST_WITH_PASSPHRASE):
        raise UserError("package.too_large_for_passphrase", limit=LARGEST_WITH_PASSPHRASE // 1_000_000)
    return decrypt_with_passphrase(file.read(), passphrase, name=taken.name)


@contextmanager
def _arriving(inbox: Path, name: str, limits: Limits) -> Generator[Hashing]:
    """A file in the inbox that gets the hash of its content for a name when it is complete."""
    path = inbox / f"{token_hex(16)}.arriving"
    try:
        inbox.mkdir(parents=True, exist_ok=True)
        with whole_file(path, settled=False) as file:
            hashing = Hashing(file, limits.package)
            yield hashing
        path.replace(inbox / f"{hashing.hexdigest()}{ENDING}")
        settle(inbox)
    except TooMuchError:
        raise _too_large(name, limits) from None
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise not_written(inbox, error) from error


def _taken(inbox: Path, hashed: Hashing, name: str, lock: Lock) -> Taken:
    digest = hashed.hexdigest()
    return Taken(inbox / f"{digest}{ENDING}", name, digest, hashed.size, lock)


def _head(file: BinaryIO, size: int, source: Path, limits: Limits) -> bytes:
    """Read the beginning; refuse what is no package without copying it."""
    try:
        head = file.read(HEAD)
        if not may_be_package(head):
            file.seek(max(size - TAIL, 0))
            raise ProblemsFound([what_instead(head, file.read(TAIL), source.name)], subject=source.name)
        file.seek(0)
    except OSError as error:
        raise not_read(source, error) from error
    if size > limits.package:
        raise _too_large(source.name, limits)
    return head


def _next(file: BinaryIO, name: str) -> bytes:
    try:
        return file.read(_PIECE)
    except OSError as error:
        raise not_read(name, error) from error


@contextmanager
def _readable(source: Path) -> Generator[tuple[BinaryIO, int]]:
    """Open what is a file, and tell its size; a folder, a pipe or a device would never end or is none."""
    try:
        if source.is_dir():
            raise ProblemsFound([Problem("package.is_folder", source.name)], subject=source.name)
        if not source.is_file() and source.exists():
            raise ProblemsFound([Problem("package.is_unknown", source.name)], subject=source.name)
        file, size = source.open("rb"), source.stat().st_size
    except OSError as error:
        raise not_read(source, error) from error
    with contextlib.closing(file):
        yield file, size


def _too_large(name: str, limits: Limits) -> ProblemsFound:
    return ProblemsFound([Problem("package.too_large", name, {"limit": limits.package})], subject=name)

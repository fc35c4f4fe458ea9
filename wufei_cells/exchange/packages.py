"""Write packages: whole or not at all, the same bytes for the same content, and read back before it is said done."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from wufei_cells.errors import EnvironmentFault, UserError
from wufei_cells.exchange.container import MANIFEST, SIGNATURE
from wufei_cells.exchange.encryption import encrypt_to, encrypt_with_passphrase
from wufei_cells.exchange.limits import USUAL, Limits
from wufei_cells.exchange.manifest import (
    BundleEntry,
    FileEntry,
    Genuine,
    Manifest,
    SigningKey,
    sign_manifest,
    write_manifest,
)
from wufei_cells.exchange.opening import open_package
from wufei_cells.exchange.parts import package_size
from wufei_cells.exchange.whole_files import Hashing, forget_cached, not_read, not_written, whole_file
from wufei_cells.progress import Report, silent

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file can name
_PIECE = 1024 * 1024
_REGULAR = 0o100644 << 16

Source = Callable[[BundleEntry | FileEntry], BinaryIO]
"""Opens the content of an entry for reading."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a package is closed with."""

    recipients: tuple[str, ...] = ()
    passphrase: str = field(default="", repr=False)  # so that no log gets it


@dataclass(frozen=True, slots=True)
class Written:
    """A package that lies where it was to go, read back and found whole: the stick can be taken out."""

    path: Path
    sha256: str
    size: int


def write_package(
    target: Path,
    manifest: Manifest,
    source: Source,
    key: SigningKey,
    genuine: Genuine,
    *,
    envelope: Envelope | None = None,
    report: Report = silent,
    limits: Limits = USUAL,
) -> Written:
    """Write a package, flush it, move it to its place, and read all of it back.

    Args:
        target: where it goes; a file of this name is replaced when the new one is complete.
        manifest: what it holds and says.
        source: opens the content of each entry.
        key: the sender's.
        genuine: tells whether a signature was made with a key.
        envelope: what it is closed with.
        report: told how many bytes are done, writing and reading back; what it raises stops it, and nothing is left.
        limits: what it may hold.

    Raises:
        UserError: an entry's content is no longer what the manifest says.
        EnvironmentFault: the disk is full, read-only or gone, or gave back something else; nothing is left.
    """
    if (size := package_size(manifest)) > limits.package:
        raise UserError("package.limit_too_small", limit=limits.package, smallest=size)
    plain = partial(_write_plain, manifest=manifest, source=source, key=key, report=report, name=target.name)
    sealed = ""
    if envelope is None:
        with whole_file(target) as file:
            plain(file)
            forget_cached(file)
    else:
        sealed = _write_sealed(target, plain, envelope)
    try:
        return _read_back(target, manifest, genuine, sealed, report, limits)
    except BaseException:
        with contextlib.suppress(OSError):
            target.unlink(missing_ok=True)
        raise


def _write_plain(
    file: BinaryIO, *, manifest: Manifest, source: Source, key: SigningKey, report: Report, name: str
) -> None:
    page = write_manifest(manifest)
    entries = (*manifest.bundles, *manifest.files)
    total, done = 2 * package_size(manifest), 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        archive.writestr(_info(MANIFEST), page)
        archive.writestr(_info(SIGNATURE), sign_manifest(page, key))
        for entry in entries:
            report(done, total)
            with archive.open(_info(entry.member, entry.size), "w") as member:
                for piece in _content(entry, source, name):
                    member.write(piece)
                    done += len(piece)
                    report(done, total)


def _info(name: str, size: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EARLIEST)
    info.create_system = 3
    info.external_attr = _REGULAR
    info.file_size = size
    return info


def _content(entry: BundleEntry | FileEntry, source: Source, name: str) -> Iterator[bytes]:
    """Read an entry's content; at its end it is known to be what the manifest says."""
    hashed, size = hashlib.sha256(), 0
    try:
        with source(entry) as stream:
            while piece := stream.read(_PIECE):
                hashed.update(piece)
                size += len(piece)
                if size > entry.size:
                    break
                yield piece
    except OSError as error:
        raise not_read(entry.member, error) from error
    if (size, hashed.hexdigest()) != (entry.size, entry.sha256):
        raise UserError("package.content_changed", path=name, member=entry.member)


def _write_sealed(target: Path, plain: Callable[[BinaryIO], None], envelope: Envelope) -> str:
    """Write it where only this machine sees it, and seal it on its way to the target; gives the hash of the outside."""
    with _workshop() as inside:
        plain(inside)
        inside.seek(0)
        with whole_file(target) as file:
            outside = Hashing(file)
            if envelope.passphrase:
                outside.write(encrypt_with_passphrase(inside.read(), envelope.passphrase))
            else:
                encrypt_to(inside, outside, envelope.recipients)
            forget_cached(file)
        return outside.hexdigest()


@contextlib.contextmanager
def _workshop() -> Generator[BinaryIO]:
    """A file without a name, where the system allows such; whatever refuses it is the disk of this machine."""
    try:
        with tempfile.TemporaryFile() as file:
            yield cast("BinaryIO", file)
    except OSError as error:
        raise not_written(Path(tempfile.gettempdir()), error) from error


def _read_back(
    target: Path, manifest: Manifest, genuine: Genuine, sealed: str, report: Report, limits: Limits
) -> Written:
    """Read what lies there now, all of it, and compare.

    Args:
        target: where it lies.
        manifest: what it must say.
        genuine: tells whether a signature was made with a key.
        sealed: the hash of an envelope, which must still be the same; empty where there is none.
        report: told how far it is.
        limits: what it may hold.
    """
    half = package_size(manifest)

    def second_half(done: int, _total: int) -> None:
        report(half + done, 2 * half)

    sound = False
    try:
        if not sealed:
            with open_package(target, name=target.name, genuine=genuine, limits=limits, report=second_half) as package:
                sound = write_manifest(package.manifest) == write_manifest(manifest)
        with target.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        sound = digest == sealed if sealed else sound
        size = target.stat().st_size
    except (OSError, UserError, EnvironmentFault) as error:
        raise EnvironmentFault("package.read_back", path=str(target)) from error
    if not sound:
        raise EnvironmentFault("package.read_back", path=str(target))
    report(2 * half, 2 * half)
    return Written(target, digest, size)

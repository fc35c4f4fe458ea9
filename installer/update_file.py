"""Make the update file of a built program, and the keys that releases are signed with."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from wufei_cells.errors import UserError
from wufei_cells.signing import release_key, signing_key
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.store.migrations import CURRENT
from wufei_cells.updates import writing
from wufei_cells.updates.writing import Release

PROGRAM = "wufei-cells"


class ReleaseKeyError(Exception):
    """A key file is there already, is none, or its passphrase is wrong; the message says which."""


def make_release_key(path: Path, passphrase: str = "") -> Path:
    """Make a private key and give its file; nobody else on this machine may read it. The public half lies beside it.

    Raises:
        ReleaseKeyError: a file of this name is there; a key is never written over.
    """
    key = signing_key.generate()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise ReleaseKeyError(f"{path} is there already; a key is never written over") from error
    with os.fdopen(handle, "wb") as file:
        file.write(release_key.private_to_pem(key, passphrase))
    path.with_name(f"{path.stem}.public.pem").write_bytes(release_key.public_to_pem(key.public))
    return path


def public_key_of(path: Path, passphrase: str | None = None) -> bytes:
    """Give the public half of a private key's file, in PEM, as it lies in ``release-keys/`` of the program."""
    return release_key.public_to_pem(_read(path, passphrase).public)


def write_update_file(
    folder: Path, version: str, platform: str, keys: Path | list[Path], target: Path, *, glibc: str = "", level: int = 9
) -> Path:
    """Write the update file of a built program.

    Args:
        folder: the program's folder, with ``release-keys/`` in it.
        version: of the program.
        platform: ``linux-x86_64``, ``windows-x64``: see ``wufei_cells.updates.versions.current_platform``.
        keys: files of the private keys that sign; two while a new one takes over from an old one.
        target: the folder that the file goes to.
        glibc: the C library that the program needs.
        level: how hard to pack, from 1 to 9.

    Raises:
        ReleaseKeyError: a file holds no private key.
    """
    windows = platform.startswith("windows")
    release = Release(
        version=version,
        platform=platform,
        schema=str(CURRENT),
        entry=f"{PROGRAM}.exe" if windows else PROGRAM,
        terminal=f"{PROGRAM}-cli.exe" if windows else PROGRAM,
        glibc=glibc,
    )
    signers = [_read(path) for path in ([keys] if isinstance(keys, Path) else keys)]
    return writing.write(folder, release, signers, target / writing.file_name(release), level=level)


def is_private(path: Path) -> bool:
    """Tell whether a file holds a private key, by its first line."""
    return b"PRIVATE KEY" in path.read_bytes()


def _read(path: Path, passphrase: str | None = None) -> SigningKey:
    content = path.read_bytes()
    if passphrase is None:
        encrypted = b"ENCRYPTED" in content
        if encrypted and not sys.stdin.isatty():
            raise ReleaseKeyError(f"{path}: its passphrase can only be asked for at a terminal")
        passphrase = getpass.getpass(f"{path}: ") if encrypted else ""
    try:
        return release_key.private_from_pem(content, passphrase)
    except UserError as error:
        raise ReleaseKeyError(f"{path}: no Ed25519 private key, or another passphrase") from error

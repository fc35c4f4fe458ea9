"""Put the public keys of those who release into the program: it takes updates only with their signature."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FOLDER = "release-keys"


class KeyFileError(Exception):
    """A key file is none, or its passphrase is wrong; the message says which."""


def put_in(program: Path, keys: Sequence[Path]) -> list[Path]:
    """Write the public half of each key into the program's folder; the private half is only read.

    Raises:
        KeyFileError: a file holds no Ed25519 key.
    """
    written: list[Path] = []
    for path in keys:
        folder = program / FOLDER
        folder.mkdir(exist_ok=True)
        target = folder / f"{path.stem}.pem"
        target.write_bytes(
            _public(path).public_bytes(
                serialization.Encoding.PEM,
                serialization.PublicFormat.SubjectPublicKeyInfo,
            )
        )
        written.append(target)
    return written


def _public(path: Path) -> Ed25519PublicKey:
    try:
        content = path.read_bytes()
        if b"PUBLIC KEY" in content:
            found = serialization.load_pem_public_key(content)
        else:
            private = serialization.load_pem_private_key(content, _passphrase(path, content))
            found = private.public_key() if isinstance(private, Ed25519PrivateKey) else None
    except (OSError, ValueError, TypeError) as error:
        raise KeyFileError(f"{path}: {error}") from error
    if not isinstance(found, Ed25519PublicKey):
        raise KeyFileError(f"{path}: no Ed25519 key")
    return found


def _passphrase(path: Path, content: bytes) -> bytes | None:
    if b"ENCRYPTED" not in content:
        return None
    if not sys.stdin.isatty():
        raise KeyFileError(f"{path}: its passphrase can only be asked for at a terminal; give the public key instead")
    return getpass.getpass(f"{path}: ").encode()

"""Whose update it is: signatures over the manifest, and the public keys that lie in the program.

An update may carry several signatures, so that one file serves programs that know the old key and programs that know
the new one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from wufei_cells.signing import release_key
from wufei_cells.signing.signing_key import SigningKey, genuine, key_id

FOLDER = "release-keys"
PURPOSE = b"wufei-cells update 1\n"
"""Stands before what is signed, so that no signature made for something else fits."""
_LINE = re.compile(r"ed25519 ([0-9a-f]{64}) ([0-9a-f]{128})")
_MOST = 8

Keys = Mapping[str, bytes]
"""Public keys by their names."""


def trusted_keys(folder: Path) -> dict[str, bytes]:
    """Read the public keys in a folder; what is no key is passed over."""
    try:
        files = sorted(folder.glob("*.pem"))
        contents = [file.read_bytes()[: release_key.LARGEST_FILE] for file in files]
    except OSError:
        return {}
    found = [public for content in contents if (public := release_key.public_from_pem(content))]
    return {key_id(public): public for public in found}


def sign(manifest: bytes, key: SigningKey) -> str:
    """Give the line of a signature."""
    return f"ed25519 {key.public.hex()} {key.sign(PURPOSE + manifest).hex()}\n"


def signer(manifest: bytes, signatures: bytes, trusted: Keys) -> bytes | None:
    """Give the first accepted key that signed; ``None`` where none did."""
    known = set(trusted.values())
    for line in signatures.decode("ascii", "replace").splitlines()[:_MOST]:
        if found := _LINE.fullmatch(line):
            public, signature = bytes.fromhex(found[1]), bytes.fromhex(found[2])
            if public in known and genuine(public, signature, PURPOSE + manifest):
                return public
    return None


def signed_by(signatures: bytes) -> tuple[str, ...]:
    """Give the names of the keys that say they signed, accepted or not."""
    lines = signatures.decode("ascii", "replace").splitlines()[:_MOST]
    return tuple(key_id(bytes.fromhex(found[1])) for line in lines if (found := _LINE.fullmatch(line)))

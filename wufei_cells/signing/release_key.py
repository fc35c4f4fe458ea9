"""The keys of those who release the program, as PEM files: public halves lie in the program, the private one never.

Ed25519, as other programs read and write them (SubjectPublicKeyInfo and PKCS#8).
"""

from __future__ import annotations

from wufei_cells.errors import UserError
from wufei_cells.signing.signing_key import SigningKey

LARGEST_FILE = 16 * 1024


def public_to_pem(public: bytes) -> bytes:
    """Give the file of a public key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - takes its time
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415 - the same

    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def public_from_pem(content: bytes) -> bytes | None:
    """Read the file of a public key; ``None`` where it is none of ours."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - takes its time to load
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415 - the same

    try:
        key = load_pem_public_key(content[:LARGEST_FILE])
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key.public_bytes_raw() if isinstance(key, Ed25519PublicKey) else None


def private_to_pem(key: SigningKey, passphrase: str = "") -> bytes:
    """Give the file of a private key, encrypted where there is a passphrase."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - takes its time
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - the same
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    hidden = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    private = Ed25519PrivateKey.from_private_bytes(key.secret())
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hidden)


def private_from_pem(content: bytes, passphrase: str = "") -> SigningKey:
    """Read the file of a private key.

    Raises:
        UserError: it is no Ed25519 key, or the passphrase does not fit.
    """
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - takes its time to load
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - the same

    try:
        key = load_pem_private_key(content[:LARGEST_FILE], passphrase.encode() or None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise UserError("update.release_key_unreadable") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UserError("update.release_key_unreadable")
    return SigningKey(key.private_bytes_raw())

"""A key that makes signatures: an office's, or a device's.

An office's key is known by what is announced of it, a device's by its enrolment. Ed25519 (RFC 8032). A key is called by
the first 8 bytes of the SHA-256 of its public half.
"""

from __future__ import annotations

import hashlib
import secrets

KEY_BYTES = 32
ID_BYTES = 8
DEVICE_BYTES = 16
SIGNATURE_BYTES = 64


def key_id(public: bytes) -> str:
    """Give the name of a key from its public half, in hexadecimal digits."""
    return hashlib.sha256(public).digest()[:ID_BYTES].hex()


def device_id(public: bytes) -> str:
    """Give the id of the device that has a key: the first 16 bytes of the SHA-256 of its public half."""
    return hashlib.sha256(public).digest()[:DEVICE_BYTES].hex()


class SigningKey:
    """A private key, held in memory. It shows only its name: what is printed or logged must not give it away."""

    __slots__ = ("_secret", "id", "public")

    def __init__(self, secret: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - takes its time to load
            Ed25519PrivateKey,
        )

        self._secret = Ed25519PrivateKey.from_private_bytes(secret)
        self.public: bytes = self._secret.public_key().public_bytes_raw()
        self.id: str = key_id(self.public)

    def __repr__(self) -> str:
        return f"SigningKey({self.id})"

    def sign(self, message: bytes) -> bytes:
        """Sign a message: 64 bytes, the same for the same message."""
        return self._secret.sign(message)

    def secret(self) -> bytes:
        """Give the private half, to be written into an encrypted file and nowhere else."""
        return self._secret.private_bytes_raw()


def generate() -> SigningKey:
    """Make a new key."""
    return SigningKey(secrets.token_bytes(KEY_BYTES))


def genuine(public: bytes, signature: bytes, message: bytes) -> bool:
    """Tell whether a signature over a message was made with a key."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - takes its time to load
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - the same

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True

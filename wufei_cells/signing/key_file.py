"""The file of a private key: PKCS#8 in PEM, encrypted with a passphrase (PBES2 of RFC 8018), as other programs read it.

The lines before the PEM block name the key and carry a checksum, so that a damaged file can be told from a wrong
passphrase, and a file can be named without its passphrase.
"""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# asn1crypto has no types.

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
import unicodedata

from wufei_cells.errors import UserError
from wufei_cells.signing.signing_key import SigningKey

SHORTEST_PASSPHRASE = 8
LARGEST_FILE = 64 * 1024
KEY_BYTES, BLOCK_BITS = 32, 128
"""Of AES-256."""
ROUNDS = 600_000
"""Of PBKDF2-HMAC-SHA256. The libraries' 2048 would let a stolen file be tried with millions of passphrases a second."""

_ENCRYPTED = "ENCRYPTED PRIVATE KEY"
_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----", re.DOTALL)
_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]+-----")
_NAMED = re.compile(r"^wufei-cells office key ([0-9a-f]{16})$", re.MULTILINE)
_CHECKSUM = re.compile(r"^sha256 ([0-9a-f]{64})$", re.MULTILINE)


def write_key_file(key: SigningKey, passphrase: str) -> bytes:
    """Give the file of a key.

    Raises:
        UserError: the passphrase is too short.
    """
    content = _encrypted(key, _as_bytes(passphrase))
    lines = [f"wufei-cells office key {key.id}", f"sha256 {hashlib.sha256(content).hexdigest()}"]
    body = base64.b64encode(content).decode()
    lines += [f"-----BEGIN {_ENCRYPTED}-----", *(body[at : at + 64] for at in range(0, len(body), 64))]
    lines += [f"-----END {_ENCRYPTED}-----", ""]
    return "\n".join(lines).encode()


def read_key_file(content: bytes, passphrase: str) -> SigningKey:
    """Read the file of a key.

    Raises:
        UserError: it is no key, a key of another kind, not protected, or damaged; or the passphrase is wrong.
    """
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - takes its time to load
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.serialization import load_der_private_key  # noqa: PLC0415 - the same

    block = _block(content)
    try:
        loaded = load_der_private_key(block, _as_bytes(passphrase, shortest=1))
    except UnsupportedAlgorithm:
        raise UserError("office_key.other_kind") from None
    except (ValueError, TypeError):
        raise UserError("office_key.wrong_passphrase") from None
    if not isinstance(loaded, Ed25519PrivateKey):
        raise UserError("office_key.other_kind")
    key = SigningKey(loaded.private_bytes_raw())
    if name_in_file(content) not in (None, key.id):
        raise UserError("office_key.damaged")
    return key


def name_in_file(content: bytes) -> str | None:
    """Give the name of the key that a file says it holds, without opening it."""
    found = _NAMED.search(content[:LARGEST_FILE].decode("ascii", "replace").replace("\r\n", "\n"))
    return found[1] if found else None


def _as_bytes(passphrase: str, *, shortest: int = SHORTEST_PASSPHRASE) -> bytes:
    """Give a passphrase as the same bytes on every system: input methods compose characters differently."""
    composed = unicodedata.normalize("NFC", passphrase)
    if len(composed) < shortest:
        raise UserError("office_key.short_passphrase", shortest=SHORTEST_PASSPHRASE)
    return composed.encode("utf-8", "surrogatepass")


def _block(content: bytes) -> bytes:
    """Find the encrypted key in a file, whole."""
    text = content[:LARGEST_FILE].decode("ascii", "replace").replace("\r\n", "\n")
    if not _BEGIN.search(text):
        raise UserError("office_key.not_a_key")
    found = _BLOCK.search(text)
    if found is None:
        raise UserError("office_key.damaged")
    if found[1] != _ENCRYPTED:
        raise UserError("office_key.unprotected" if found[1] == "PRIVATE KEY" else "office_key.other_kind")
    try:
        block = base64.b64decode("".join(found[2].split()), validate=True)
    except (binascii.Error, ValueError):
        raise UserError("office_key.damaged") from None
    checksum = _CHECKSUM.search(text)
    if (checksum and hashlib.sha256(block).hexdigest() != checksum[1]) or not _is_whole(block):
        raise UserError("office_key.damaged")
    return block


def _is_whole(block: bytes) -> bool:
    """Whether it is an encrypted key from its first byte to its last; a file that was cut off is not."""
    from asn1crypto.keys import EncryptedPrivateKeyInfo  # noqa: PLC0415 - takes its time to load

    try:
        EncryptedPrivateKeyInfo.load(block, strict=True).native  # noqa: B018 - reading it is the trial
    except (ValueError, TypeError):
        return False
    return True


def _encrypted(key: SigningKey, passphrase: bytes) -> bytes:
    from asn1crypto.core import OctetString  # noqa: PLC0415 - takes its time to load
    from asn1crypto.keys import EncryptedPrivateKeyInfo  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.ciphers import Cipher  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.ciphers.algorithms import AES  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.ciphers.modes import CBC  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.padding import PKCS7  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - the same
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    private = Ed25519PrivateKey.from_private_bytes(key.secret())
    plain = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    padder = PKCS7(BLOCK_BITS).padder()
    salt, vector = secrets.token_bytes(16), secrets.token_bytes(16)
    derived = hashlib.pbkdf2_hmac("sha256", passphrase, salt, ROUNDS, KEY_BYTES)
    cipher = Cipher(AES(derived), CBC(vector)).encryptor()
    hidden = cipher.update(padder.update(plain) + padder.finalize()) + cipher.finalize()
    # The salt is a choice of two kinds in the standard; this one is the bytes themselves.
    deriving = {"salt": OctetString(salt), "iteration_count": ROUNDS, "prf": {"algorithm": "sha256"}}
    scheme = {
        "key_derivation_func": {"algorithm": "pbkdf2", "parameters": deriving},
        "encryption_scheme": {"algorithm": "aes256_cbc", "parameters": vector},
    }
    algorithm = {"algorithm": "pbes2", "parameters": scheme}
    return EncryptedPrivateKeyInfo({"encryption_algorithm": algorithm, "encrypted_data": hidden}).dump()

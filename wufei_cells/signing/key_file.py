"""The file of a private key: PKCS#8 in PEM, encrypted with a passphrase (PBES2 of RFC 8018), as other programs read it.

The lines before the PEM block name the key and carry a checksum, so that a damaged file can be told from a wrong
passphrase, and a file can be named without its passphrase.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
import unicodedata

from wufei_cells.errors import UserError
from wufei_cells.signing.office_key import OfficeKey

SHORTEST_PASSPHRASE = 8
LARGEST_FILE = 64 * 1024
ROUNDS = 600_000
"""Of PBKDF2-HMAC-SHA256. The libraries' 2048 would let a stolen file be tried with millions of passphrases a second."""

_ENCRYPTED = "ENCRYPTED PRIVATE KEY"
_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----", re.DOTALL)
_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]+-----")
_NAMED = re.compile(r"^wufei-cells office key ([0-9a-f]{16})$", re.MULTILINE)
_CHECKSUM = re.compile(r"^sha256 ([0-9a-f]{64})$", re.MULTILINE)
_INTEGER, _OCTETS, _NULL, _OBJECT, _SEQUENCE = 0x02, 0x04, 0x05, 0x06, 0x30
_PBES2 = bytes.fromhex("2a864886f70d01050d")
_PBKDF2 = bytes.fromhex("2a864886f70d01050c")
_HMAC_SHA256 = bytes.fromhex("2a864886f70d0209")
_AES256_CBC = bytes.fromhex("60864801650304012a")


def write_key_file(key: OfficeKey, passphrase: str) -> bytes:
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


def read_key_file(content: bytes, passphrase: str) -> OfficeKey:
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
    key = OfficeKey(loaded.private_bytes_raw())
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
    """Whether the outermost part is as long as it says; a file that was cut off is not."""
    if len(block) < 2 or block[0] != _SEQUENCE:
        return False
    more = block[1] & 0x7F if block[1] & 0x80 else 0
    length = int.from_bytes(block[2 : 2 + more], "big") if more else block[1]
    return len(block) == 2 + more + length


def _encrypted(key: OfficeKey, passphrase: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher  # noqa: PLC0415 - takes its time to load
    from cryptography.hazmat.primitives.ciphers.algorithms import AES  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.ciphers.modes import CBC  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - the same
        Encoding,
        NoEncryption,
        PrivateFormat,
        load_der_private_key,
    )

    plain = _plain(key)
    # The library reads back what we wrote by hand; a slip here would cost somebody their key.
    assert load_der_private_key(plain, None).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()) == plain
    salt, vector = secrets.token_bytes(16), secrets.token_bytes(16)
    derived = hashlib.pbkdf2_hmac("sha256", passphrase, salt, ROUNDS, 32)
    padding = 16 - len(plain) % 16
    cipher = Cipher(AES(derived), CBC(vector)).encryptor()
    hidden = cipher.update(plain + bytes([padding]) * padding) + cipher.finalize()
    rounds = ROUNDS.to_bytes(ROUNDS.bit_length() // 8 + 1, "big")
    hashing = _part(_SEQUENCE, _part(_OBJECT, _HMAC_SHA256), _part(_NULL))
    deriving = _part(_SEQUENCE, _part(_OCTETS, salt), _part(_INTEGER, rounds), hashing)
    scheme = _part(
        _SEQUENCE,
        _part(_SEQUENCE, _part(_OBJECT, _PBKDF2), deriving),
        _part(_SEQUENCE, _part(_OBJECT, _AES256_CBC), _part(_OCTETS, vector)),
    )
    return _part(_SEQUENCE, _part(_SEQUENCE, _part(_OBJECT, _PBES2), scheme), _part(_OCTETS, hidden))


def _plain(key: OfficeKey) -> bytes:
    """Write a private key as RFC 8410 has it."""
    ed25519 = _part(_SEQUENCE, _part(_OBJECT, bytes.fromhex("2b6570")))
    return _part(_SEQUENCE, _part(_INTEGER, b"\0"), ed25519, _part(_OCTETS, _part(_OCTETS, key.secret())))


def _part(tag: int, *contents: bytes) -> bytes:
    """Write one part of a DER document; none of ours is longer than 255 bytes."""
    content = b"".join(contents)
    return bytes([tag, *([0x81] if len(content) > 0x7F else []), len(content)]) + content

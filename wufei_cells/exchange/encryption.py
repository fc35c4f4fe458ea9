"""Packages in a sealed envelope: age, to the keys of those who may read or to a passphrase.

What lies inside is signed by the sender as ever; the envelope only keeps others from looking. It says nothing of who
closed it, and every machine can be told to open it: to those who hold the key, it adds no trust and takes none away.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, BinaryIO, Protocol

import pyrage  # pyright: ignore[reportMissingTypeStubs] - it has none

from wufei_cells.errors import Problem, ProblemsFound, UserError

LARGEST_WITH_PASSPHRASE = 512 * 1024 * 1024
"""The library holds these whole in memory, twice."""
_age: Any = pyrage  # it has no types
_HEADER = b"age-encryption.org/v1\n"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_SCRYPT = re.compile(rb"age-encryption\.org/v1\n-> scrypt \S+ (\d{1,3})\n")
_MOST_WORK = 22
"""Of the passphrase's key, as a power of two: 4 GiB of memory."""
_BLOCK, _BLOCK_TAG = 65_536, 16
_HEAD_SIZE, _RECIPIENT_SIZE = 1_000, 120  # the library adds a line of random length, so that readers skip unknown ones

Tell = Callable[[int], None]
"""Told how many bytes were read so far; it may raise to stop."""


class Target(Protocol):
    """What takes bytes."""

    def write(self, content: bytes, /) -> int:
        """Write on."""
        ...


class Lock(Enum):
    """What an envelope is closed with."""

    NONE = "none"
    KEYS = "keys"
    PASSPHRASE = "passphrase"  # noqa: S105 - the kind of lock


def is_encrypted(head: bytes) -> bool:
    """Tell whether a file begins as age files do."""
    return head.startswith((_HEADER, _ARMOR))


def lock_of(head: bytes) -> Lock:
    """Tell what opens a file by its beginning."""
    if head.startswith(_ARMOR):
        head = _without_armor(head)
    if head.startswith(_HEADER + b"-> scrypt "):
        return Lock.PASSPHRASE
    return Lock.KEYS if is_encrypted(head) else Lock.NONE


def _without_armor(head: bytes) -> bytes:
    """Give the first bytes of a file that is written with letters and digits."""
    try:
        return base64.b64decode(head.splitlines()[1], validate=True)
    except (IndexError, binascii.Error):
        return _HEADER


def new_identity() -> tuple[str, str]:
    """Make a key to open envelopes with: the secret, and the recipient that others close them to."""
    identity: Any = _age.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(secret: str) -> str:
    """Give the recipient that belongs to a secret.

    Raises:
        UserError: it is no such key.
    """
    return str(_identity(secret).to_public())


def sealed_size(size: int, recipients: int = 1) -> int:
    """Say how large some content becomes at the most."""
    return size + _HEAD_SIZE + _RECIPIENT_SIZE * recipients + (size // _BLOCK + 1) * _BLOCK_TAG


def size_within(limit: int, recipients: int = 1) -> int:
    """Say how much content fits under a limit when it is encrypted."""
    room = limit - _HEAD_SIZE - _RECIPIENT_SIZE * recipients
    return max(room - (room // _BLOCK + 1) * _BLOCK_TAG, 0)


def encrypt_to(source: BinaryIO, target: Target, recipients: Sequence[str], tell: Tell | None = None) -> None:
    """Encrypt a stream so that each of some recipients can open it.

    Raises:
        UserError: one of them is no recipient, or there is none.
        OSError: the source or the target failed.
    """
    if not recipients:
        raise UserError("package.no_recipient")
    keys = [_recipient(one) for one in recipients]
    reader, writer = _Watched(source, tell), _Watched(target)
    try:
        _age.encrypt_io(reader, writer, keys)
    except (_age.EncryptError, OSError) as error:
        raise reader.failure or writer.failure or error from None
    _raise_hidden(reader, writer)


def encrypt_with_passphrase(content: bytes, passphrase: str) -> bytes:
    """Encrypt some content so that who knows the passphrase can open it; takes seconds.

    Raises:
        UserError: there is no passphrase, or the content is too large for this way.
    """
    if not passphrase:
        raise UserError("package.no_passphrase")
    if len(content) > LARGEST_WITH_PASSPHRASE:
        raise UserError("package.too_large_for_passphrase", limit=LARGEST_WITH_PASSPHRASE // 1_000_000)
    return _age.passphrase.encrypt(content, passphrase)


def decrypt_with_keys(
    source: BinaryIO, target: Target, secrets: Sequence[str], *, name: str, tell: Tell | None = None
) -> None:
    """Decrypt a stream with whichever of some keys fits.

    Raises:
        ProblemsFound: none fits, or the file was cut off or altered; what was written so far is of no worth.
        OSError: the source or the target failed.
    """
    keys = [_identity(one) for one in secrets]
    reader, writer = _Watched(source, tell), _Watched(target)
    try:
        _age.decrypt_io(reader, writer, keys)
    except (_age.DecryptError, OSError) as error:
        if failure := reader.failure or writer.failure:
            raise failure from None
        code = "package.wrong_key" if "matching keys" in str(error) else "package.envelope_damaged"
        raise ProblemsFound([Problem(code, name)], subject=name) from None
    _raise_hidden(reader, writer)


def decrypt_with_passphrase(content: bytes, passphrase: str, *, name: str) -> bytes:
    """Decrypt some content; takes seconds.

    Raises:
        ProblemsFound: the passphrase is another, or the file was cut off or altered.
    """
    work = _SCRYPT.match(content)
    if len(content) > sealed_size(LARGEST_WITH_PASSPHRASE) or (work and int(work.group(1)) > _MOST_WORK):
        raise ProblemsFound([Problem("package.envelope_damaged", name)], subject=name)
    try:
        return _age.passphrase.decrypt(content, passphrase)
    except (_age.DecryptError, OSError) as error:
        code = "package.wrong_passphrase" if str(error) == "Decryption failed" else "package.envelope_damaged"
        raise ProblemsFound([Problem(code, name)], subject=name) from None


def _recipient(written: str) -> Any:
    try:
        return _age.x25519.Recipient.from_str(written.strip())
    except _age.RecipientError:
        raise UserError("package.bad_recipient", found=written[:80]) from None


def _identity(secret: str) -> Any:
    try:
        return _age.x25519.Identity.from_str(secret.strip())
    except _age.IdentityError:
        raise UserError("package.bad_identity") from None


class _Watched(io.RawIOBase):
    """A stream that remembers what went wrong: the library wraps what its streams raise, and loses some of it."""

    def __init__(self, stream: BinaryIO | Target, tell: Tell | None = None) -> None:
        super().__init__()
        self._stream: Any = stream
        self._tell = tell
        self._done = 0
        self.failure: BaseException | None = None

    def read(self, size: int = -1, /) -> bytes:
        """Read on, and tell how far."""
        try:
            piece: bytes = self._stream.read(size)
            self._done += len(piece)
            if self._tell:
                self._tell(self._done)
        except BaseException as error:
            self.failure = error
            raise
        return piece

    def write(self, content: Any, /) -> int:
        """Write on, unless a write has failed before."""
        try:
            if self.failure is None:
                self._stream.write(content)
        except BaseException as error:
            self.failure = error
            raise
        return len(content)


def _raise_hidden(*streams: _Watched) -> None:
    for stream in streams:
        if stream.failure is not None:
            raise stream.failure

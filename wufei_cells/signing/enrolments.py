"""Enrolments and revocations under the office's signature.

The signature covers the whole statement, what newer programs put into it as well, and the device it is about.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from wufei_cells.domain.enrolments import Enrolment, Seal, Statement, unsigned
from wufei_cells.signing.signing_key import SigningKey, device_id, genuine

_ENROLMENT = b"wufei-cells enrolment 1\x00"
_REVOCATION = b"wufei-cells revocation 1\x00"

Signed = TypeVar("Signed", bound=Statement)


def sign(key: SigningKey, statement: Signed) -> Signed:
    """Sign a statement; one that says more than this program understands is signed whole, as it came."""
    text = statement.statement or unsigned(statement)
    return replace(statement, seal=Seal(key.id, key.sign(_purpose(statement) + text.encode())), statement=text)


def is_signed_by(statement: Statement, public: bytes) -> bool:
    """Tell whether a key signed a statement, and an enrolment names the key of the device that it is about."""
    if statement.seal is None:
        return False
    if isinstance(statement, Enrolment) and device_id(statement.key) != statement.device:
        return False
    return _genuine(public, statement.seal.signature, _purpose(statement) + statement.statement.encode())


def _purpose(statement: Statement) -> bytes:
    return _ENROLMENT if isinstance(statement, Enrolment) else _REVOCATION


@lru_cache(maxsize=4096)  # the same statements are looked at with every import
def _genuine(public: bytes, signature: bytes, message: bytes) -> bool:
    return genuine(public, signature, message)

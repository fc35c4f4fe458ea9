"""What a certificate says, as the bytes that are signed: a CBOR map (RFC 8949, 4.2.1) in its one canonical form.

Whatever else would mean the same (longer forms, another order, further keys) is not a certificate of ours, so that one
certificate has one text and every altered byte shows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

import cbor2

from wufei_cells.errors import UserError

DIGEST_BYTES = 16
EXAMPLE, MODEL = 1, 2
_DAY_ZERO = date(1970, 1, 1).toordinal()
_LAST_DAY = date.max.toordinal() - _DAY_ZERO
# 1 stays free: the number says which certificate it is, and an id would make the code larger than its place.
_TEXTS = {2: "number", 3: "site_name", 4: "category", 5: "level", 6: "total", 9: "issuer", 11: "edition"}
_ISSUED_ON, _VALID_UNTIL, _DOCUMENT, _FLAGS, _RECORD = 7, 8, 10, 12, 13
_KEYS = frozenset({*_TEXTS, _ISSUED_ON, _VALID_UNTIL, _RECORD})
_SOMETIMES = frozenset({_DOCUMENT, _FLAGS})

BROKEN_CBOR = (cbor2.CBORError, ValueError, TypeError, ArithmeticError, RecursionError, MemoryError)
"""What the library raises over bytes that are no CBOR, in any of its versions."""


@dataclass(frozen=True, slots=True)
class CertificateContent:
    """Everything that the signature of a certificate covers."""

    number: str
    site_name: str
    category: str
    """As printed, in Chinese."""
    level: str
    total: str
    """As printed."""
    issued_on: date
    valid_until: date
    issuer: str
    edition: str
    record: bytes
    """The first 16 bytes of the SHA-256 of the whole record: ties what is not in the code to it."""
    document_number: str = ""
    example: bool = False
    model: bool = False
    """Issued after a model checklist, not after one of an authority."""


def encode(content: CertificateContent) -> bytes:
    """Write what is signed.

    Raises:
        UserError: a text holds characters that cannot be shown.
    """
    fields: dict[int, object] = {key: getattr(content, name) for key, name in _TEXTS.items()}
    fields |= {_RECORD: content.record, _ISSUED_ON: _days(content.issued_on), _VALID_UNTIL: _days(content.valid_until)}
    flags = EXAMPLE * content.example + MODEL * content.model
    fields |= {_FLAGS: flags} if flags else {}
    fields |= {_DOCUMENT: content.document_number} if content.document_number else {}
    for key, value in fields.items():
        if isinstance(value, str) and not _can_be_shown(value):
            raise UserError("proof.control_character", field=_TEXTS.get(key, "document_number"))
    # Keys below 24 take one byte, so their order as numbers is the canonical one.
    return cbor2.dumps(dict(sorted(fields.items())))


def decode(payload: bytes) -> CertificateContent:
    """Read what was signed.

    Raises:
        UserError: it is not exactly what `encode` writes.
    """
    try:
        content = _read(cbor2.loads(payload))
        if encode(content) == payload:
            return content
    except (UserError, KeyError, *BROKEN_CBOR):
        pass
    raise UserError("proof.unreadable")


def _read(loaded: object) -> CertificateContent:
    """Make sense of the map; `ValueError` or `TypeError` for anything that cannot be ours."""
    if not isinstance(loaded, dict):
        raise TypeError
    fields = cast("Mapping[object, object]", loaded)
    if not _KEYS <= fields.keys() <= _KEYS | _SOMETIMES:
        raise ValueError
    flags = _whole(fields.get(_FLAGS, 0), EXAMPLE | MODEL)
    return CertificateContent(
        **{name: _text(fields[key]) for key, name in _TEXTS.items()},
        issued_on=_date(fields[_ISSUED_ON]),
        valid_until=_date(fields[_VALID_UNTIL]),
        record=_bytes(fields[_RECORD], DIGEST_BYTES),
        document_number=_text(fields.get(_DOCUMENT, "")),
        example=bool(flags & EXAMPLE),
        model=bool(flags & MODEL),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _bytes(value: object, length: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != length:
        raise ValueError
    return value


def _whole(value: object, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError
    return value


def _date(value: object) -> date:
    return date.fromordinal(_DAY_ZERO + _whole(value, _LAST_DAY))


def _days(day: date) -> int:
    return _whole(day.toordinal() - _DAY_ZERO, _LAST_DAY)


def _can_be_shown(text: str) -> bool:
    """Tell whether a text has neither control characters, which steer a terminal, nor halves of characters."""
    return not any(unicodedata.category(character) in ("Cc", "Cs") for character in text)

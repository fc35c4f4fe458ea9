"""The two small files by which a device joins: its request, and the office's answer. Both fit into a QR code.

The request is a CBOR array behind ``WFJ1:``, in Base45 like everything that stands in our QR codes, signed by the
device's own key: whoever changes a letter of it makes it another device's. The answer is JSON, which as text is packed
and stands behind ``WFE1:``; what is in it is signed by the office, statement by statement.
"""

from __future__ import annotations

import contextlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

import base45  # pyright: ignore[reportMissingTypeStubs]
import cbor2

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.enrolments import Enrolment, Statement, read_enrolment, read_revocation
from wufei_cells.errors import UserError
from wufei_cells.signing.announcements import Announcement, read_announcement, read_document
from wufei_cells.signing.content import BROKEN_CBOR
from wufei_cells.signing.signing_key import KEY_BYTES, SigningKey, device_id, genuine
from wufei_cells.signing.statements import ENROLMENT, REVOCATION

REQUEST_MARK, ANSWER_MARK = "WFJ1:", "WFE1:"
LONGEST_REQUEST = 4000
LARGEST_ANSWER = 8 * 1024 * 1024
LONGEST_NAME = 200
_FORMAT = "wufei-enrolment/1"
_PURPOSE = b"wufei-cells join 1\x00"
_LINE_BREAKS = str.maketrans("", "", "\r\n")


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """A device and a person who want to take part."""

    key: bytes
    """The public half of the device's key."""
    name: str
    """How people call the device."""
    person: str
    person_name: str
    city: str
    last: int
    """How many acts the device has written."""
    instead_of: tuple[str, ...] = ()
    """Devices whose place it took."""

    @property
    def device(self) -> str:
        """Give the id of the device."""
        return device_id(self.key)


@dataclass(frozen=True, slots=True)
class JoinAnswer:
    """What the office gives to a device that joins: its keys, and its statements."""

    keys: tuple[Announcement, ...]
    statements: tuple[Statement, ...]


# --- the request


def write_request(key: SigningKey, request: JoinRequest) -> bytes:
    """Write the request of the device that has the key."""
    payload = cbor2.dumps(
        [
            request.key,
            request.name,
            _packed(request.person),
            request.person_name,
            request.city,
            request.last,
            [_packed(device) for device in request.instead_of],
        ]
    )
    return _request_text(payload, key.sign(_PURPOSE + payload)).encode()


def read_request(content: bytes) -> JoinRequest:
    """Read a request: its file, or the text that was scanned.

    Raises:
        UserError: it is none, or was altered.
    """
    try:
        text = content.decode("ascii").strip().translate(_LINE_BREAKS)
        if not text.startswith(REQUEST_MARK) or len(text) > LONGEST_REQUEST:
            raise ValueError
        payload, signature = cast("list[bytes]", cbor2.loads(base45.b45decode(text.removeprefix(REQUEST_MARK))))
        found = _request(cast("list[object]", cbor2.loads(payload)))
        if genuine(found.key, signature, _PURPOSE + payload) and _request_text(payload, signature) == text:
            return found
    except (AttributeError, UnicodeDecodeError, *BROKEN_CBOR):
        pass
    raise UserError("trust.bad_request")


def _request(fields: list[object]) -> JoinRequest:
    key, name, person, person_name, city, last, instead_of = fields
    if not isinstance(key, bytes) or len(key) != KEY_BYTES:
        raise ValueError
    if type(last) is not int or last < 0 or not isinstance(instead_of, list):
        raise ValueError
    others = tuple(_unpacked(one) for one in cast("list[object]", instead_of))
    return JoinRequest(key, _name(name), _unpacked(person), _name(person_name), _name(city), last, others)


def _request_text(payload: bytes, signature: bytes) -> str:
    return REQUEST_MARK + base45.b45encode(cbor2.dumps([payload, signature])).decode()


def _packed(key: str) -> bytes | str:
    """Write an id in half the room, where it is one of ours."""
    try:
        packed = bytes.fromhex(key)
    except ValueError:
        return key
    return packed if packed.hex() == key else key


def _unpacked(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else _name(value)


def _name(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_NAME or not value.isprintable():
        raise ValueError
    return value


# --- the answer


def write_answer(keys: Iterable[Announcement], statements: Iterable[Statement]) -> bytes:
    """Write the office's answer."""
    document: dict[str, object] = {
        "format": _FORMAT,
        "keys": [one.document() for one in keys],
        "statements": [
            {"kind": ENROLMENT if isinstance(one, Enrolment) else REVOCATION, "device": one.device, **_said(one)}
            for one in statements
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _said(statement: Statement) -> dict[str, JsonValue]:
    return {"value": statement.document()}


def answer_text(content: bytes) -> str:
    """Give an answer as the text of a QR code."""
    packed = zlib.compress(json.dumps(json.loads(content), ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return ANSWER_MARK + base45.b45encode(packed).decode()


def read_answer(content: bytes) -> JoinAnswer:
    """Read an answer: its file, or the text that was scanned. Who signed what is not asked yet.

    Raises:
        UserError: it is none.
    """
    found: JoinAnswer | None = None
    with contextlib.suppress(KeyError, TypeError, ValueError, UserError, zlib.error, RecursionError):
        found = _answer(read_document(_plain_answer(content)) or {})
    if found is None:
        raise UserError("trust.bad_answer")
    return found


def _answer(document: dict[str, object]) -> JoinAnswer | None:
    if document.get("format") != _FORMAT:
        return None
    keys = tuple(read_announcement(one) for one in cast("list[object]", document["keys"]))
    statements: list[Statement] = []
    for one in cast("list[dict[str, JsonValue]]", document["statements"]):
        read = read_enrolment if one["kind"] == ENROLMENT else read_revocation
        statement = read(str(one["device"]), one["value"])
        if statement is None:
            return None
        statements.append(statement)
    return JoinAnswer(keys, tuple(statements))


def _plain_answer(content: bytes) -> bytes:
    if len(content) > LARGEST_ANSWER:
        raise ValueError
    text = content.strip()
    if not text.startswith(ANSWER_MARK.encode()):
        return content
    packed = base45.b45decode(text.decode("ascii").translate(_LINE_BREAKS).removeprefix(ANSWER_MARK))
    unpacking = zlib.decompressobj()
    plain = unpacking.decompress(packed, LARGEST_ANSWER)
    if not unpacking.eof:
        raise ValueError
    return plain

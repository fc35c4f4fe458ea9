"""What the office says of a device: who works on it and in which roles, or from where on it no longer counts.

Both are *statements*, written into the journal as acts and signed by the office's key. All of them stay: which one
holds for an act follows from the statements' serial numbers and from the act's own number, never from a clock or from
the order in which they arrived.

- An enrolment says that a person works on a device, in roles, from the act after number ``after`` on. Of several for
  one person and device, the one with the highest serial among those that reach an act holds for it. So roles can be
  taken away from an act on, and what was done before still counts. Two of one serial that differ: only what both say.
- A revocation says that acts of a device after number ``after`` count nowhere. The highest serial holds; of two of one
  serial the stricter one. ``after`` of ``None`` lifts it.

The days of an enrolment decide nothing, for no machine's clock can be trusted to be right, nor to be honest: who could
set a clock back could make an expired enrolment count. They are for people: an act dated outside them is reported, an
enrolment that has run out is shown on the board, and its device exports nothing until it is renewed. Nor do districts
decide: in which district a site lies is itself something that people write and correct.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.lifecycle import Role

LARGEST_NUMBER = 2**53
LONGEST_TEXT = 500
MOST_ENTRIES = 5_000


@dataclass(frozen=True, slots=True)
class Seal:
    """By which key of the office a statement is signed."""

    key: str
    """The name of the key."""
    signature: bytes

    def document(self) -> dict[str, JsonValue]:
        """Give it as plain data."""
        return {"key": self.key, "signature": base64.b64encode(self.signature).decode()}


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person works on a device."""

    device: str
    key: bytes
    """The public half of the device's key; empty where a person only accepted what a device sends."""
    name: str
    """How people call the device."""
    person: str
    person_name: str
    roles: tuple[str, ...] = ()
    """Roles by name; some may be of newer programs."""
    districts: tuple[str, ...] = ()
    """Where; nowhere named: everywhere."""
    start: date = date.min
    until: date | None = None
    serial: int = 1
    after: int = 0
    instead_of: tuple[str, ...] = ()
    """Devices whose place it took: what these wrote and had not sent yet, it may hand on."""
    known: tuple[tuple[str, int], ...] = ()
    """Up to which act of each device the office vouches for what was written before there were enrolments."""
    seal: Seal | None = None
    statement: str = ""
    """What the signature covers, as it came: it may say more than this program understands."""

    @property
    def held(self) -> frozenset[Role]:
        """Give the roles that this program knows."""
        return frozenset(Role(name) for name in self.roles if name in set(Role))

    def document(self) -> dict[str, JsonValue]:
        """Give it as plain data: the value of its act."""
        return _document(self)


@dataclass(frozen=True, slots=True)
class Revocation:
    """Acts of a device count no longer from a number on."""

    device: str
    after: int | None
    """The last act that counts; ``None`` where an earlier revocation is lifted."""
    reason: str
    serial: int = 1
    handed: tuple[tuple[str, int], ...] = ()
    """Up to which act of other devices it may have handed on what they wrote; of those not named, nothing counts."""
    seal: Seal | None = None
    statement: str = ""

    def document(self) -> dict[str, JsonValue]:
        """Give it as plain data: the value of its act."""
        return _document(self)


Statement = Enrolment | Revocation


def unsigned(statement: Statement) -> str:
    """Give what a signature over a statement covers, as text."""
    return canonical_json({**_fields_of(statement), "device": statement.device})


def _document(statement: Statement) -> dict[str, JsonValue]:
    """Give the value of the act; what came with more than this program understands goes on as it came."""
    if statement.statement:
        fields = dict(_fields(json.loads(statement.statement)))
        del fields["device"]
    else:
        fields = _fields_of(statement)
    return {**fields, "signed": statement.seal.document() if statement.seal else None}


def _fields_of(statement: Statement) -> dict[str, JsonValue]:
    return _plain(statement) if isinstance(statement, Enrolment) else _revoked_plain(statement)


def read_enrolment(device: str, value: JsonValue) -> Enrolment | None:
    """Read the value of an enrolment of a device; ``None`` when it is none. What newer programs add does no harm."""
    try:
        fields = _fields(value)
        return Enrolment(
            device=device,
            key=base64.b64decode(_text(fields["key"]), validate=True),
            name=_text(fields["name"]),
            person=_text(fields["person"]),
            person_name=_text(fields["person_name"]),
            roles=_texts(fields["roles"]),
            districts=_texts(fields["districts"]),
            start=date.fromisoformat(_text(fields["from"])),
            until=None if fields["until"] is None else date.fromisoformat(_text(fields["until"])),
            serial=_number(fields["serial"]),
            after=_number(fields["after"]),
            instead_of=_texts(fields["instead_of"]),
            known=_numbers(fields["known"]),
            seal=_seal(fields["signed"]),
            statement=_statement(device, fields),
        )
    except (KeyError, TypeError, ValueError, binascii.Error):
        return None


def read_revocation(device: str, value: JsonValue) -> Revocation | None:
    """Read the value of a revocation of a device; ``None`` when it is none."""
    try:
        fields = _fields(value)
        return Revocation(
            device=device,
            after=None if fields["after"] is None else _number(fields["after"]),
            reason=_text(fields["reason"]),
            serial=_number(fields["serial"]),
            handed=_numbers(fields["handed"]),
            seal=_seal(fields["signed"]),
            statement=_statement(device, fields),
        )
    except (KeyError, TypeError, ValueError, binascii.Error):
        return None


def _plain(enrolment: Enrolment) -> dict[str, JsonValue]:
    return {
        "key": base64.b64encode(enrolment.key).decode(),
        "name": enrolment.name,
        "person": enrolment.person,
        "person_name": enrolment.person_name,
        "roles": [*enrolment.roles],
        "districts": [*enrolment.districts],
        "from": enrolment.start.isoformat(),
        "until": enrolment.until.isoformat() if enrolment.until else None,
        "serial": enrolment.serial,
        "after": enrolment.after,
        "instead_of": [*enrolment.instead_of],
        "known": dict[str, JsonValue](enrolment.known),
    }


def _revoked_plain(revocation: Revocation) -> dict[str, JsonValue]:
    return {
        "after": revocation.after,
        "reason": revocation.reason,
        "serial": revocation.serial,
        "handed": dict[str, JsonValue](revocation.handed),
    }


def _statement(device: str, fields: Mapping[str, JsonValue]) -> str:
    return canonical_json({**{name: part for name, part in fields.items() if name != "signed"}, "device": device})


def _fields(value: JsonValue) -> Mapping[str, JsonValue]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _seal(value: JsonValue) -> Seal | None:
    if value is None:
        return None
    fields = _fields(value)
    return Seal(_text(fields["key"]), base64.b64decode(_text(fields["signature"]), validate=True))


def _text(value: JsonValue) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise TypeError
    return value


def _texts(value: JsonValue) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST_ENTRIES:
        raise TypeError
    return tuple(_text(one) for one in value)


def _number(value: JsonValue) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_NUMBER:
        raise ValueError
    return value


def _numbers(value: JsonValue) -> tuple[tuple[str, int], ...]:
    fields = _fields(value)
    if len(fields) > MOST_ENTRIES:
        raise ValueError
    return tuple(sorted((_text(name), _number(number)) for name, number in fields.items()))

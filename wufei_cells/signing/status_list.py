"""The signed list of certificates that are suspended or withdrawn, so that a check without the register can know.

A list says as of which day it holds and which of the office's lists it is, and brings the announcements of the office's
keys. What it does not name stands.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import cast

from wufei_cells.domain.canonical import canonical_json
from wufei_cells.errors import UserError
from wufei_cells.signing.announcements import Announcement, read_announcement, read_document
from wufei_cells.signing.signing_key import SigningKey, genuine
from wufei_cells.signing.trust import Trust

FORMAT = "wufei-status/1"
LARGEST_SERIAL = 2**53 - 1
"""Above it, not every program that reads JSON tells whole numbers apart."""
_PURPOSE = b"wufei-cells status 1\x00"


class Standing(StrEnum):
    """Why a certificate does not hold."""

    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Entry:
    """One certificate that does not hold, and since when."""

    standing: Standing
    since: date


@dataclass(frozen=True, slots=True)
class StatusList:
    """A list that was made here, or read and found genuine."""

    issuer: str
    as_of: date
    serial: int
    """Rises with every list of the office, so that two lists of one day have an order."""
    certificates: Mapping[str, Entry]
    """By number."""
    keys: tuple[Announcement, ...]
    key: str
    """The name of the key that signed it."""
    signature: bytes

    @property
    def rank(self) -> tuple[date, int]:
        """What makes one list newer than another."""
        return (self.as_of, self.serial)

    def document(self) -> dict[str, object]:
        """Give it as plain data."""
        return {**_unsigned(self), "signature": base64.b64encode(self.signature).decode()}

    def written(self) -> bytes:
        """Give it as a file."""
        return (json.dumps(self.document(), ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def make_status_list(
    key: SigningKey,
    issuer: str,
    as_of: date,
    certificates: Mapping[str, Entry],
    keys: Iterable[Announcement],
    *,
    serial: int = 1,
) -> StatusList:
    """Sign a list; its serial is to be higher than that of every list before."""
    unsigned = StatusList(issuer, as_of, serial, dict(certificates), tuple(keys), key.id, b"")
    return replace(unsigned, signature=key.sign(_message(unsigned)))


def read_status_list(content: bytes, trust: Trust) -> tuple[StatusList, Trust]:
    """Read a list, and give with it what is trusted once it is: it may announce a later key of the office.

    Raises:
        UserError: it is no list, was altered, or is signed by a key that is unknown or was given up before its day.
    """
    document = read_document(content)
    if document is None or document.get("format") != FORMAT:
        raise UserError("status_list.unreadable")
    found = _read(document)
    wider = trust.extended(found.keys)
    signer = wider.known(found.key)
    if signer is None:
        raise UserError("status_list.unknown_key", key=found.key)
    if not genuine(signer.key, found.signature, _message(found)):
        raise UserError("status_list.altered")
    if not wider.in_its_time(found.key, found.as_of):
        raise UserError("status_list.key_given_up", key=found.key, since=wider.taken_over_on(found.key))
    return found, wider


def newer(known: StatusList | None, found: StatusList) -> StatusList:
    """Give the list that is to be kept.

    Raises:
        UserError: the one that was found is older than the one that is known; an old list could hide a withdrawal.
    """
    if known is not None and found.rank < known.rank:
        serials = {"serial": found.serial, "known_serial": known.serial}
        raise UserError("status_list.older", found=found.as_of, known=known.as_of, **serials)
    return found


def _read(document: Mapping[str, object]) -> StatusList:
    """Make sense of the document; it has to be exactly what we would write."""
    try:
        fields = cast("Mapping[str, str]", document)
        entries = cast("Mapping[str, Mapping[str, str]]", document["certificates"])
        found = StatusList(
            issuer=fields["issuer"],
            as_of=date.fromisoformat(fields["as_of"]),
            serial=_serial(document["serial"]),
            certificates={number: _entry(entry) for number, entry in entries.items()},
            keys=tuple(read_announcement(one) for one in cast("Iterable[object]", document["keys"])),
            key=fields["key"],
            signature=base64.b64decode(fields["signature"], validate=True),
        )
        # As bytes: half a character is no text that could be signed.
        same = canonical_json(found.document()).encode() == canonical_json(document).encode()
    except (UserError, AttributeError, KeyError, IndexError, TypeError, ValueError, binascii.Error, RecursionError):
        raise UserError("status_list.unreadable") from None
    named = isinstance(cast("object", found.issuer), str) and isinstance(cast("object", found.key), str)
    if not same or not named or any(entry.since > found.as_of for entry in found.certificates.values()):
        raise UserError("status_list.unreadable")
    return found


def _serial(value: object) -> int:
    if type(value) is not int or not 1 <= value <= LARGEST_SERIAL:
        raise ValueError
    return value


def _entry(entry: Mapping[str, str]) -> Entry:
    return Entry(Standing(entry["state"]), date.fromisoformat(entry["since"]))


def _unsigned(listed: StatusList) -> dict[str, object]:
    certificates = {
        number: {"state": entry.standing.value, "since": entry.since.isoformat()}
        for number, entry in listed.certificates.items()
    }
    return {
        "format": FORMAT,
        "issuer": listed.issuer,
        "as_of": listed.as_of.isoformat(),
        "serial": listed.serial,
        "certificates": certificates,
        "keys": [one.document() for one in listed.keys],
        "key": listed.key,
    }


def _message(listed: StatusList) -> bytes:
    return _PURPOSE + canonical_json(_unsigned(listed)).encode()

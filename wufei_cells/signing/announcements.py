"""What the office tells the world of a key: its public half, whose it is, since when, and which key it follows.

The first key signs its own announcement; each later one is announced by the key it follows.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from wufei_cells.domain.canonical import canonical_json
from wufei_cells.errors import UserError
from wufei_cells.signing.signing_key import KEY_BYTES, SIGNATURE_BYTES, SigningKey, genuine, key_id

FORMAT = "wufei-key/1"
SEVERAL = "wufei-keys/1"
_PURPOSE = b"wufei-cells key 1\x00"


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is announced of one key."""

    key: bytes
    """Its public half."""
    issuer: str
    since: date
    predecessor: str | None
    """The name of the key it follows; none for the first."""
    signature: bytes
    """By the predecessor; the first key's own."""

    @property
    def id(self) -> str:
        """The name of the key."""
        return key_id(self.key)

    def document(self) -> dict[str, str | None]:
        """Give it as plain data."""
        return {
            **_unsigned(self.key, self.issuer, self.since, self.predecessor),
            "signature": base64.b64encode(self.signature).decode(),
        }

    def signed_by(self, public: bytes) -> bool:
        """Tell whether a key signed it."""
        return genuine(public, self.signature, _message(self.key, self.issuer, self.since, self.predecessor))


def announce(key: SigningKey, issuer: str, since: date, *, predecessor: SigningKey | None = None) -> Announcement:
    """Announce a key; the one it follows signs for it."""
    before = predecessor.id if predecessor else None
    signature = (predecessor or key).sign(_message(key.public, issuer, since, before))
    return Announcement(key.public, issuer, since, before, signature)


def read_announcement(document: object) -> Announcement:
    """Read an announcement, without asking yet who signed it.

    Raises:
        UserError: it is none, or not written as we write them.
    """
    try:
        fields = cast("Mapping[str, str]", document)
        before = cast("str | None", fields["predecessor"])
        found = Announcement(
            key=base64.b64decode(fields["key"], validate=True),
            issuer=fields["issuer"],
            since=date.fromisoformat(fields["since"]),
            predecessor=before if before is None else str(before),
            signature=base64.b64decode(fields["signature"], validate=True),
        )
        # What stands in it must be what we would write: no further fields, no other way to say the same.
        same = canonical_json(found.document()) == canonical_json(document)
    except (KeyError, IndexError, TypeError, ValueError, binascii.Error, RecursionError):
        raise UserError("office_key.bad_announcement") from None
    if not same or not _is_sound(found):
        raise UserError("office_key.bad_announcement")
    return found


def _is_sound(found: Announcement) -> bool:
    sizes = (len(found.key), len(found.signature)) == (KEY_BYTES, SIGNATURE_BYTES)
    named = isinstance(cast("object", found.issuer), str) and found.issuer.isprintable() and bool(found.issuer)
    follows = found.predecessor is None or re.fullmatch(r"[0-9a-f]{16}", found.predecessor) is not None
    return sizes and named and follows


def write_announcements(announcements: Iterable[Announcement]) -> bytes:
    """Write the file by which others get to know the office's keys."""
    document = {"format": SEVERAL, "keys": [one.document() for one in announcements]}
    return (json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def read_announcements(content: bytes) -> tuple[Announcement, ...]:
    """Read a file of announcements, or of a single one.

    Raises:
        UserError: it is none, or one of them is not written as we write them.
    """
    document = read_document(content)
    if document is None:
        raise UserError("office_key.bad_announcement")
    if document.get("format") != SEVERAL:
        return (read_announcement(document),)
    keys = document.get("keys")
    if not isinstance(keys, list) or not keys:
        raise UserError("office_key.bad_announcement")
    return tuple(read_announcement(one) for one in cast("list[object]", keys))


def read_document(content: bytes) -> dict[str, object] | None:
    """Read a JSON document; ``None`` when it is none, or no object."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, object]", document) if isinstance(document, dict) else None


def _unsigned(key: bytes, issuer: str, since: date, predecessor: str | None) -> dict[str, str | None]:
    return {
        "format": FORMAT,
        "key": base64.b64encode(key).decode(),
        "issuer": issuer,
        "since": since.isoformat(),
        "predecessor": predecessor,
    }


def _message(key: bytes, issuer: str, since: date, predecessor: str | None) -> bytes:
    return _PURPOSE + canonical_json(_unsigned(key, issuer, since, predecessor)).encode()

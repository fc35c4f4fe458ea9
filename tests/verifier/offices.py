"""Offices with fixed keys, and what they sign: made by the program's own signing, checked by the page's."""

from __future__ import annotations

from datetime import date
from typing import Any

import base45
import cbor2

from wufei_cells.signing.announcements import Announcement, announce
from wufei_cells.signing.content import CertificateContent
from wufei_cells.signing.proofs import MARK, prove
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.signing.status_list import Entry, Standing, StatusList, make_status_list

OFFICE = "滨城市无废城市建设办公室"
FIRST, SECOND, THIRD, STRANGER = (SigningKey(bytes([number]) * 32) for number in (1, 2, 3, 9))
TAKEN_OVER = date(2026, 6, 1)
TODAY = date(2026, 11, 22)

CHAIN = (
    announce(FIRST, OFFICE, date(2025, 1, 1)),
    announce(SECOND, OFFICE, TAKEN_OVER, predecessor=FIRST),
)
LATER = announce(THIRD, OFFICE, date(2026, 11, 1), predecessor=SECOND)
FOREIGN = announce(STRANGER, "别处的办公室", date(2025, 1, 1))

CONTENT: dict[str, Any] = {
    "number": "BC-JG-2026-001",
    "site_name": "滨城市第一中学 𠮷田校区",
    "category": "无废学校",
    "level": "优秀",
    "total": "91.5",
    "issued_on": date(2026, 7, 1),
    "valid_until": date(2029, 6, 30),
    "issuer": OFFICE,
    "edition": "2026年版",
    "record": bytes(range(16)),
    "document_number": "滨无废办〔2026〕7号",
}


def content(**changes: Any) -> CertificateContent:
    return CertificateContent(**{**CONTENT, **changes})


def certificate(key: SigningKey = SECOND, **changes: Any) -> str:
    """The text of a certificate's code."""
    return prove(key, content(**changes))


def parts_of(text: str) -> list[Any]:
    """Payload, name of the key, signature."""
    return cbor2.loads(base45.b45decode(text.removeprefix(MARK)))


def text_of(parts: object) -> str:
    """Write whatever parts as a text, signed well or not."""
    return as_text(cbor2.dumps(parts))


def as_text(raw: bytes) -> str:
    return MARK + base45.b45encode(raw).decode()


def status_list(
    as_of: date = TODAY,
    *,
    key: SigningKey = SECOND,
    keys: tuple[Announcement, ...] = CHAIN,
    serial: int = 1,
    **certificates: tuple[str, date],
) -> StatusList:
    """A list; certificates by the end of their numbers: ``n002=("withdrawn", day)``."""
    entries = {
        f"BC-JG-2026-{name.removeprefix('n')}": Entry(Standing(state), since)
        for name, (state, since) in certificates.items()
    }
    return make_status_list(key, OFFICE, as_of, entries, keys, serial=serial)

"""What of a certificate's record is signed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import cast

from wufei_cells.domain.canonical import canonical_json
from wufei_cells.signing.content import DIGEST_BYTES, CertificateContent

AFTER_SIGNING = frozenset({"proof", "paper"})
"""The fields of a record that come after its signature: the signed text, and the hash of the paper that bears it."""


def content_of(record: Mapping[str, object]) -> CertificateContent:
    """Give what is signed of a certificate.

    Args:
        record: as the journal keeps it, with or without what comes after its signature.
    """
    return CertificateContent(
        number=str(record["number"]),
        site_name=str(record["site_name"]),
        category=_chinese(record["category_text"]),
        level=_chinese(record["level"]),
        total=str(record["total"]),
        issued_on=date.fromisoformat(str(record["issued_on"])),
        valid_until=date.fromisoformat(str(record["valid_until"])),
        issuer=_chinese(record["issuer"]),
        edition=str(record["edition"]),
        record=record_digest(record),
        document_number=str(record["document_number"]),
        example=bool(record["example"]),
        model=not record.get("official", True),
    )


def record_digest(record: Mapping[str, object]) -> bytes:
    """Give the digest that ties a whole record to its signed text."""
    signed = {name: value for name, value in record.items() if name not in AFTER_SIGNING}
    return hashlib.sha256(canonical_json(signed).encode()).digest()[:DIGEST_BYTES]


def _chinese(texts: object) -> str:
    return cast("Mapping[str, str]", texts)["zh"]

"""An office with a key, and a certificate that it signed."""

from __future__ import annotations

from datetime import date

import pytest

from wufei_cells.signing.announcements import announce
from wufei_cells.signing.content import CertificateContent
from wufei_cells.signing.proofs import prove
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.signing.trust import trust_in

OFFICE = "示例市“无废城市”建设领导小组办公室"


@pytest.fixture(scope="session")
def key() -> SigningKey:
    return SigningKey(bytes(range(32)))


@pytest.fixture(scope="session")
def later_key() -> SigningKey:
    return SigningKey(bytes(range(1, 33)))


@pytest.fixture(scope="session")
def thief() -> SigningKey:
    return SigningKey(bytes(range(2, 34)))


@pytest.fixture(scope="session")
def content() -> CertificateContent:
    return CertificateContent(
        number="SL-JG-2026-0001",
        site_name="示例市某某区人民政府办公室机关大院东侧楼",
        category="无废机关",
        level="达标",
        total="96.5",
        issued_on=date(2026, 11, 2),
        valid_until=date(2029, 11, 2),
        issuer=OFFICE,
        edition="2026-1",
        record=bytes(16),
        document_number="示无废办〔2026〕3号",
    )


@pytest.fixture(scope="session")
def text(key, content) -> str:
    return prove(key, content)


@pytest.fixture(scope="session")
def first(key):
    return announce(key, OFFICE, date(2026, 1, 1))


@pytest.fixture(scope="session")
def trust(first):
    return trust_in([first])

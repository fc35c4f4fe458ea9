"""A sealed paper convinces independent readers, and any change to it is found."""

from __future__ import annotations

import asyncio
import io
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from reportlab.pdfgen.canvas import Canvas

from wufei_cells.errors import UserError
from wufei_cells.signing.pades import open_seal, seal_pdf

NOW = datetime.now(UTC)
PASSPHRASE = "印章口令"  # noqa: S105 - opens nothing but what the tests make


def named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certified(name, key, authority=None, since=-1, until=30):
    """A certificate, signed by an authority or by itself."""
    by, signer = authority or (named(name), key)
    draft = x509.CertificateBuilder(by, named(name), key.public_key(), x509.random_serial_number())
    draft = draft.not_valid_before(NOW + timedelta(days=since)).not_valid_after(NOW + timedelta(days=until))
    draft = draft.add_extension(x509.BasicConstraints(ca=authority is None, path_length=None), critical=True)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    ca = authority is None
    draft = draft.add_extension(
        x509.KeyUsage(digital_signature=not ca, content_commitment=not ca, key_cert_sign=ca, crl_sign=ca, **usage),
        critical=True,
    )
    return draft.sign(signer, hashes.SHA256())


@pytest.fixture(scope="module")
def authority():
    key = ec.generate_private_key(ec.SECP256R1())
    return certified("示例根证书", key), key


def pkcs12(authority, *, key=None, with_key=True, **time):
    root, root_key = authority
    key = key or ec.generate_private_key(ec.SECP256R1())
    certificate = certified("示例市无废办", key, (root.subject, root_key), **time)
    return serialize_key_and_certificates(
        b"seal", key if with_key else None, certificate, [root], BestAvailableEncryption(PASSPHRASE.encode())
    )


@pytest.fixture(scope="module")
def seal(authority):
    return open_seal(pkcs12(authority), PASSPHRASE, NOW)


@pytest.fixture(scope="module")
def paper():
    written = io.BytesIO()
    canvas = Canvas(written, pageCompression=0)
    canvas.setKeywords("WFC1:ABC")
    canvas.drawString(100, 700, "Certificate")
    canvas.save()
    return written.getvalue()


@pytest.fixture(scope="module")
def sealed(seal, paper):
    return seal_pdf(seal, paper)


def judged(pdf, authority):
    """What pyHanko's validator says, trusting the self-made authority alone."""
    root = asn1_x509.Certificate.load(authority[0].public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return [asyncio.run(async_validate_pdf_signature(one, context)) for one in signatures]


def test_a_validator_finds_the_seal_whole_trusted_and_over_the_whole_file(sealed, authority, paper):
    [found] = judged(sealed, authority)
    assert (found.bottom_line, found.intact, found.valid, found.trusted) == (True, True, True, True)
    assert found.coverage.name == "ENTIRE_FILE"
    assert sealed.startswith(paper), "the paper itself is as it was"


def test_poppler_finds_it_valid_too(sealed, tmp_path):
    (tmp_path / "sealed.pdf").write_bytes(sealed)
    command = ["pdfsig", "-nocert", "sealed.pdf"]
    told = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, encoding="utf-8").stdout
    assert "Signature is Valid" in told
    assert "ETSI.CAdES.detached" in told
    assert "示例市无废办" in told
    assert "Total document signed" in told


def test_any_changed_byte_in_the_signed_range_is_found(sealed, authority):
    [signature] = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    first, length, second, rest = (int(number) for number in signature.byte_range)
    places = [*range(first, first + length, 97), *range(second, second + rest, 41)]
    assert len(places) > 20
    for at in places:
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        assert not holds(changed, authority), at


def holds(pdf, authority):
    try:
        found = judged(pdf, authority)
    except (PdfError, SignatureValidationError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return False
    return bool(found) and all(one.bottom_line and one.coverage.name == "ENTIRE_FILE" for one in found)


def test_a_second_office_may_add_its_seal(sealed, authority):
    other = open_seal(pkcs12(authority), PASSPHRASE, NOW)
    assert [one.intact and one.valid for one in judged(seal_pdf(other, sealed), authority)] == [True, True]


def refused(content, passphrase=PASSPHRASE):
    with pytest.raises(UserError) as found:
        open_seal(content, passphrase, NOW)
    return found.value.code.removeprefix("seal.")


def test_what_cannot_seal_is_named(authority):
    good = pkcs12(authority)
    assert refused(good, "wrong") == "wrong_passphrase"
    assert refused(good, "") == "wrong_passphrase"
    assert refused(b"") == refused(good[:-20]) == refused(b"%PDF-1.7") == "not_pkcs12"
    assert refused(pkcs12(authority, with_key=False)) == "no_private_key"
    assert refused(pkcs12(authority, since=-30, until=-1)) == "expired"
    assert refused(pkcs12(authority, since=1)) == "not_yet_valid"


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n%%EOF", b"PK\x03\x04"])
def test_what_is_no_pdf_is_not_sealed(seal, content):
    with pytest.raises(UserError, match="not_a_pdf"):
        seal_pdf(seal, content)


def test_the_seal_shows_its_name_and_nothing_secret(seal):
    assert repr(seal) == "Seal(示例市无废办)"

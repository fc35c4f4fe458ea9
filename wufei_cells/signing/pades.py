"""Seal a PDF with a certificate that PDF readers know: PAdES B-B (ETSI EN 319 142), offline.

The certificate comes from a certificate authority, as a PKCS#12 file (.p12, .pfx). No server stamps the time: the
reader shows that of this machine, and says so. The office's own key has nothing to do with it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wufei_cells.errors import UserError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates
    from cryptography.x509 import Certificate
    from pyhanko.sign import SimpleSigner

FIELD = "WufeiSeal"
_PFX = re.compile(rb"(?P<head>\x30(?:[\x00-\x80]|\x81.|\x82..|\x83...|\x84....))\x02\x01\x03\x30", re.DOTALL)
"""A sequence that begins with version 3 and another sequence (RFC 7292, 4)."""
_UNKNOWN_LENGTH = 0x80


@dataclass(frozen=True, slots=True)
class Seal:
    """An opened certificate with its private key, held in memory."""

    name: str
    """Whose certificate it is."""
    until: datetime
    """Its last moment, in UTC."""
    signer: SimpleSigner

    def __repr__(self) -> str:
        return f"Seal({self.name})"


def open_seal(content: bytes, passphrase: str, now: datetime) -> Seal:
    """Open a PKCS#12 file.

    Args:
        content: the file.
        passphrase: of the file.
        now: a certificate that does not hold at this moment is refused: readers would refuse it, too.

    Raises:
        UserError: it is no such file, the passphrase is wrong, it has no private key, its key is of a kind that cannot
            be used, or its certificate does not hold now.
    """
    from pyhanko.sign import SimpleSigner  # noqa: PLC0415 - takes its time to load

    opened = _opened(content, passphrase)
    if opened.key is None or opened.cert is None:
        raise UserError("seal.no_private_key")
    certificate = opened.cert.certificate
    _refuse_out_of_time(certificate, now)
    try:
        signer = SimpleSigner.load_pkcs12_data(content, other_certs=(), passphrase=passphrase.encode() or None)
    except (ValueError, TypeError, NotImplementedError):
        raise UserError("seal.other_kind") from None
    return Seal(_name(certificate), certificate.not_valid_after_utc, signer)


def seal_pdf(seal: Seal, pdf: bytes) -> bytes:
    """Seal a PDF. What was there stays as it is, byte for byte; the seal is added behind it.

    Raises:
        UserError: it is no PDF, or its key cannot sign.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 - takes its time to load
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415 - the same
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner  # noqa: PLC0415 - the same
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter  # noqa: PLC0415 - the same
    from pyhanko.sign.general import SigningError  # noqa: PLC0415 - the same

    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        sealed_before = len(list(writer.prev.embedded_signatures))
        described = PdfSignatureMetadata(
            field_name=FIELD if not sealed_before else f"{FIELD}{sealed_before + 1}",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=not sealed_before,
            docmdp_permissions=MDPPerm.FILL_FORMS,  # another office may still add its own
        )
        written = io.BytesIO()
        signing = PdfSigner(described, seal.signer)
        signing.sign_pdf(writer, output=written)  # pyright: ignore[reportUnknownMemberType]
    except SigningError:
        raise UserError("seal.other_kind") from None
    except (PdfError, ValueError, KeyError, TypeError, OSError):
        raise UserError("seal.not_a_pdf") from None
    return written.getvalue()


def _opened(content: bytes, passphrase: str) -> PKCS12KeyAndCertificates:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12  # noqa: PLC0415 - the same

    if not _is_pkcs12(content):
        raise UserError("seal.not_pkcs12")
    try:
        return load_pkcs12(content, passphrase.encode() or None)
    except UnsupportedAlgorithm:
        raise UserError("seal.other_kind") from None
    except ValueError:
        raise UserError("seal.wrong_passphrase") from None


def _is_pkcs12(content: bytes) -> bool:
    """Tell by its outer form; the library that opens the file says the same of a wrong passphrase and of any file."""
    pfx = _PFX.match(content)
    if pfx is None:
        return False
    length = content[2 : 2 + (content[1] & 0x7F)] if content[1] & 0x80 else content[1:2]
    return content[1] == _UNKNOWN_LENGTH or len(content) == pfx.end("head") + int.from_bytes(length, "big")


def _refuse_out_of_time(certificate: Certificate, now: datetime) -> None:
    since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    moment = now.astimezone(UTC)
    if moment > until:
        raise UserError("seal.expired", until=until.date(), today=moment.date())
    if moment < since:
        raise UserError("seal.not_yet_valid", since=since.date(), today=moment.date())


def _name(certificate: Certificate) -> str:
    from cryptography.x509.oid import NameOID  # noqa: PLC0415 - takes its time to load

    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for found in certificate.subject.get_attributes_for_oid(kind):
            return str(found.value)
    return certificate.subject.rfc4514_string()

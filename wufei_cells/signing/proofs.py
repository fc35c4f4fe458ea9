"""The text in the QR code of a certificate: what it says, which key signed it, and the signature.

``WFC1:`` and then a CBOR array of three byte strings in Base45 (RFC 9285), whose letters QR codes hold most densely.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import base45  # pyright: ignore[reportMissingTypeStubs]
import cbor2

from wufei_cells.errors import UserError
from wufei_cells.signing.content import BROKEN_CBOR, CertificateContent, decode, encode
from wufei_cells.signing.signing_key import ID_BYTES, SIGNATURE_BYTES, SigningKey, genuine

MARK = "WFC1:"
LONGEST = 6000
"""Characters; no QR code holds more than 4296."""
_PURPOSE = b"wufei-cells certificate 1\x00"
_LINE_BREAKS = str.maketrans("", "", "\r\n")


@dataclass(frozen=True, slots=True)
class Proof:
    """A signed text that was read, not yet believed."""

    content: CertificateContent
    payload: bytes
    key: str
    """The name of the key that is said to have signed it."""
    signature: bytes

    def signed_by(self, public: bytes) -> bool:
        """Tell whether a key signed it."""
        return genuine(public, self.signature, _PURPOSE + self.payload)


def prove(key: SigningKey, content: CertificateContent) -> str:
    """Sign what a certificate says, and give the text of its QR code.

    Raises:
        UserError: a text holds characters that cannot be shown.
    """
    payload = encode(content)
    return _written(payload, bytes.fromhex(key.id), key.sign(_PURPOSE + payload))


def read_proof(text: str) -> Proof:
    """Read a signed text. Space around it and line breaks in it do no harm: that is how texts are pasted.

    Raises:
        UserError: it is not exactly what `prove` writes.
    """
    plain = text.strip().translate(_LINE_BREAKS)
    try:
        if not plain.startswith(MARK) or len(plain) > LONGEST:
            raise ValueError
        parts = cast("list[bytes]", cbor2.loads(base45.b45decode(plain.removeprefix(MARK))))
        payload, key, signature = parts
        if (len(key), len(signature)) == (ID_BYTES, SIGNATURE_BYTES) and _written(payload, key, signature) == plain:
            return Proof(decode(payload), payload, key.hex(), signature)
    except (UserError, AttributeError, *BROKEN_CBOR):
        pass
    raise UserError("proof.unreadable")


def _written(payload: bytes, key: bytes, signature: bytes) -> str:
    return MARK + base45.b45encode(cbor2.dumps([payload, key, signature])).decode()

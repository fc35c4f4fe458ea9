"""Seal finished papers with a certificate that PDF readers know, where the office has bought one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wufei_cells.signing.pades import Seal


def open_seal(content: bytes, passphrase: str, now: datetime) -> Seal:
    """Open the certificate of a PKCS#12 file; the caller holds it in memory for as long as it is needed.

    Raises:
        UserError: the file or its passphrase cannot be used, or the certificate does not hold now.
    """
    from wufei_cells.signing.pades import open_seal as open_file  # noqa: PLC0415 - loads pyHanko

    return open_file(content, passphrase, now)


def sealing(seal: Seal) -> Callable[[bytes], bytes]:
    """Give what seals one paper after the other.

    The record and the paper that is kept with it stay as they are: sealing the same paper twice gives different bytes,
    because the moment is part of it.
    """
    from wufei_cells.signing.pades import seal_pdf  # noqa: PLC0415 - loads pyHanko

    return lambda pdf: seal_pdf(seal, pdf)

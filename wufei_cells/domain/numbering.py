"""Certificate numbers without a server: one device keeps them and hands out blocks to others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

BlockId = NewType("BlockId", str)


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """Serial numbers of one series that only one device may use; never given to another one, used or not."""

    id: BlockId
    series: str
    """What stands before the serial in a number, as ``XX-JG-2026-``."""
    first: int
    last: int
    device: str
    device_name: str = ""


class NumberUse(StrEnum):
    """What became of a serial number."""

    ISSUED = "issued"
    BLOCK = "block"
    """In the block of a device and not issued, as far as is known here."""
    TWICE = "twice"
    """Stands on more than one certificate."""
    LOST = "lost"
    """Below the highest number issued, in no block and on no certificate: something is missing here."""


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Neighboring serial numbers of which the same is to be said; together they leave no gap unexplained."""

    series: str
    first: int
    last: int
    use: NumberUse
    device_name: str = ""

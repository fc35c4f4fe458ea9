"""The QR code of a certificate (ISO/IEC 18004), as few rectangles.

Its text has only capital letters, digits and ``$%*+-./:`` with the space (Base45), so it is set in alphanumeric mode,
which needs a third less room than bytes. Error correction is at level M: a stain or a fold on 15 % of it does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wufei_cells.errors import UserError

MASK = 3
"""One of the eight patterns that keep large even areas out. Signed text is as good as random, so any of them does; to
weigh all eight, as encoders do for texts of any kind, would take longer than the rest of the page."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code in modules from the upper left: how many there are along a side, and rectangles (x, y, width, height)."""

    side: int
    dark: tuple[tuple[int, int, int, int], ...]


@lru_cache(maxsize=256)  # a certificate is printed on trial, then once more
def qr_code(text: str) -> QrCode:
    """Encode a text.

    Raises:
        UserError: ``document.code_too_long``: no code holds it.
    """
    import segno  # noqa: PLC0415 - a certificate without a signed text needs no encoder

    try:
        made = segno.make_qr(text, error="m", mode="alphanumeric", mask=MASK, boost_error=False)
    except segno.DataOverflowError:
        raise UserError("document.code_too_long", length=len(text)) from None
    rows = [bytes(row) for row in made.matrix]
    return QrCode(len(rows), tuple(_rectangles(rows)))


def _rectangles(rows: Sequence[bytes]) -> Iterator[tuple[int, int, int, int]]:
    """Join dark modules beside each other, then equal runs below each other: printers show no seams between them."""
    open_runs: dict[tuple[int, int], int] = {}
    for y, row in enumerate([*rows, b""]):
        runs = set(_runs(row))
        for run in [run for run in open_runs if run not in runs]:
            top = open_runs.pop(run)
            yield run[0], top, run[1], y - top
        for run in sorted(runs):
            open_runs.setdefault(run, y)


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    start = row.find(1)
    while start >= 0:
        end = row.find(0, start)
        end = len(row) if end < 0 else end
        yield start, end - start
        start = row.find(1, end)

"""Sentences of the exchange: how much, how many, which ones, whose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.i18n import I18n
    from wufei_cells.domain.bundles import Span
    from wufei_cells.domain.exchange import DeviceStanding

KILO, MEGA, GIGA = 1_000, 1_000_000, 1_000_000_000
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*\s]+')
LONGEST_PART = 40
MOST_SPANS = 4
ENDING = ".wufei"


def size_words(size: int) -> str:
    """Write a number of bytes as people do."""
    if size < KILO:
        return f"{size} B"
    unit, name = next((unit, name) for unit, name in ((GIGA, "GB"), (MEGA, "MB"), (KILO, "KB")) if size >= unit)
    amount = size / unit
    return f"{amount:.1f} {name}" if amount < 10 and size % unit else f"{amount:.0f} {name}"


def count_words(count: int) -> str:
    """Write a number with its thousands apart."""
    return f"{count:,}"


def span_words(i18n: I18n, spans: Sequence[Span]) -> str:
    """Write spans of numbers; of many, the first ones."""
    shown = [f"{first}–{last}" if last > first else str(first) for first, last in spans[:MOST_SPANS]]
    told = i18n.tr("exchange.listed", items=tuple(shown))
    return told if len(spans) <= MOST_SPANS else i18n.tr("exchange.spans_more", spans=told, count=len(spans))


def device_words(i18n: I18n, row: DeviceStanding) -> str:
    """Name a device and who works there."""
    return i18n.tr("exchange.device_of", device=row.called, person=row.person) if row.person else row.called


def missing_words(i18n: I18n, missing: Mapping[str, Sequence[Span]], names: Mapping[str, str]) -> Iterable[str]:
    """Say which acts are missing, device by device."""
    for device, spans in missing.items():
        name = names.get(device) or device[:8]
        yield i18n.tr("exchange.still_missing", device=name, spans=span_words(i18n, spans))


def file_name(i18n: I18n, sender: str, receiver: str, day: date) -> str:
    """Propose a name that says who sends to whom, and when."""
    key = "exchange.file_name" if receiver else "exchange.file_name_all"
    told = i18n.tr(key, sender=_part(sender), receiver=_part(receiver), day=day.isoformat())
    return f"{told}{ENDING}"


def _part(name: str) -> str:
    """Leave out what no file may be called."""
    return _NOT_IN_NAMES.sub("-", name).strip("-. ")[:LONGEST_PART]

"""Ledgers: what an office lists for itself and others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LedgerKind(StrEnum):
    """What a ledger lists."""

    SUMMARY = "summary"
    """汇总台账: every site with its assessment and its certificate."""
    ITEMS = "items"
    """条款失分统计: where points are lost."""
    EVIDENCE = "evidence"
    """证据清单"""
    FINDINGS = "findings"
    """整改台账"""
    CERTIFICATES = "certificates"
    """证书台账"""
    SITES = "sites"
    """单位名单, as it can be read back."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What of the register is meant; an empty field means all."""

    category: str = ""
    """By key, or in the words of the reader."""
    district: str = ""
    keys: tuple[str, ...] | None = None
    """Of the ledger of certificates: certificates (by id or number) and assessments (by id), in this order."""

    def holds(self, category: str, district: str) -> bool:
        """Tell whether a site of a category and a district is meant; both sides are keys."""
        return self.category in ("", category) and self.district in ("", district)

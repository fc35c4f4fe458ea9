"""Targets within the goal: how many valid cells of a category, of a district, or of both, by which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Target:
    """One of them."""

    category: str | None
    """Its key; ``None``: of every category."""
    district: str | None
    """Its key; ``None``: in every district."""
    count: int
    by: date

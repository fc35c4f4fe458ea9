"""What may wait, as the board tells it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wufei_cells.domain.register import SiteId


class Matter(StrEnum):
    """What waits; in the order in which it is told."""

    STUCK = "stuck"
    """Sites that have stood at their stage for longer than they should."""
    FINDINGS = "findings"
    """Sites with findings whose day has passed."""
    ORDERS = "orders"
    """Sites with orders that are past their day."""
    FOLLOW_UPS = "follow_ups"
    """Follow-ups whose day has passed without an end; they have a list of their own."""
    RENEWALS = "renewals"
    """Sites whose certificate runs out soon and that are not being assessed anew."""
    EXPIRED = "expired"
    """Sites whose certificate ran out, and nothing followed."""
    REPORTS = "reports"
    """Sites whose yearly report has not come."""
    CHANGED = "changed"
    """Sites whose certificate rests on something that changed after it was issued."""
    CONFLICTS = "conflicts"
    """Of the whole register; they are settled in a place of their own."""
    PUT_RIGHT = "put_right"
    """Sites with days that a wrong clock had claimed."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One line: so many sites; or follow-ups, or conflicts."""

    matter: Matter
    count: int
    sites: frozenset[SiteId] = frozenset()
    """As many as are counted; none for follow-ups and conflicts."""

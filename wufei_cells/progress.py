"""How work that takes a while says how far it is."""

from __future__ import annotations

from collections.abc import Callable

Report = Callable[[int, int], None]
"""Told how much is done of how much. It may raise to stop the work, which then leaves nothing half done."""


def silent(_done: int, _total: int) -> None:
    """Take a report that nobody reads."""

"""A certificate as it was known on the day it was issued, before anything happened to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wufei_cells.board.cases import Span
from wufei_cells.domain.register import SiteId


@dataclass(frozen=True, slots=True)
class Paper:
    """One certificate: what is printed on it, and since when it is known that it ends sooner.

    ``Case.held`` says when a site counted in the end; looking back to a day, only what was printed by then was known.
    """

    issued_on: date
    printed: Span
    """The days for which it was issued."""
    taken_back_on: date | None = None


Papers = Mapping[SiteId, Sequence[Paper]]

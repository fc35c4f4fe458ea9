"""The sites behind a costly item: those that lost points at it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.answers import Answer
from wufei_cells.scoring.one_entry import EntryScorer
from wufei_cells.services import reading
from wufei_cells.services.counted_cells import counted_cells
from wufei_cells.services.item_costs import FINISHED
from wufei_cells.services.item_statistics import statistics_of

if TYPE_CHECKING:
    from wufei_cells.domain.register import SiteId
    from wufei_cells.services.quality_pictures import LostAt
    from wufei_cells.services.workspace import Workspace


def sites_losing(workspace: Workspace, lost: LostAt) -> tuple[SiteId, ...]:
    """Name the sites whose finished assessments lost points at an item, by the same rules as ``item_costs``."""
    found: list[SiteId] = []
    with workspace.database.reading() as connection:
        checklist = reading.checklist(workspace, connection, lost.edition)
        scorer = EntryScorer(checklist, lost.item)
        for cell in counted_cells(workspace, connection, lost.category, FINISHED):
            if cell.row.edition == lost.edition and lost.district in (None, cell.row.district):
                own = statistics_of(checklist)[lost.item]
                own.take(scorer.score(cell.facts, cell.answers.get(lost.item, Answer()), cell.row.on))
                if own.lost > Fraction(0):
                    found.append(cell.row.site)
    return tuple(sorted(found))

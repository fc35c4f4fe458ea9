"""Where points are lost: every item of every edition in use over the latest assessments, the worst first."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.scoring.one_entry import Outcome
from wufei_cells.services.counted_cells import counted_cells
from wufei_cells.services.edition_statistics import EditionStatistics
from wufei_cells.services.item_statistics import ItemStatistics, Part, worst_first
from wufei_cells.store.item_queries import COMPARED
from wufei_cells.workbooks.ledgers.table import Lines, Look, Row

if TYPE_CHECKING:
    from wufei_cells.domain.register import EditionId
    from wufei_cells.services.ledger_gathering import Gathering

COLUMNS = (
    ("category", 12, Look.CENTER),
    ("edition", 11, Look.CENTER),
    ("rank", 7, Look.CENTER),
    ("item_number", 8, Look.CENTER),
    ("item", 40, Look.TEXT),
    ("part", 10, Look.CENTER),
    ("full", 8, Look.CENTER),
    ("asked", 8, Look.CENTER),
    ("judged", 8, Look.CENTER),
    ("met", 8, Look.CENTER),
    ("deducted", 8, Look.CENTER),
    ("nothing", 8, Look.CENTER),
    ("not_applicable", 8, Look.CENTER),
    ("unanswered", 8, Look.CENTER),
    ("share", 11, Look.SHARE),
    ("lost", 10, Look.CENTER),
    ("lost_mean", 10, Look.CENTER),
    ("met_share", 10, Look.SHARE),
    ("nothing_share", 10, Look.SHARE),
)
"""Names, widths in characters and looks, in the order in which they stand."""


def gather(gathering: Gathering) -> Lines:
    """Gather it: all is counted before the first line can be written."""
    rows = list(_rows(gathering))
    return Lines(tuple(gathering.column(*column) for column in COLUMNS), rows, len(rows), frozen=5)


def _rows(gathering: Gathering) -> Iterator[Row]:
    for category in dict.fromkeys(site.category for site in gathering.sites):
        counted = _counted(gathering, category)
        editions = sorted(counted, key=lambda key: (gathering.editions[key].effective_from, key), reverse=True)
        for edition in editions:
            names = gathering.category(category), gathering.edition(edition)
            for rank, one in worst_first(counted[edition].statistics.values()):
                yield (*names, rank, *_line(gathering, one))


def _counted(gathering: Gathering, category: str) -> dict[EditionId, EditionStatistics]:
    found: dict[EditionId, EditionStatistics] = {}
    for cell in counted_cells(gathering.workspace, gathering.connection, category, COMPARED):
        if gathering.scope.holds(category, cell.row.district):
            edition = cell.row.edition
            if edition not in found:
                found[edition] = EditionStatistics(gathering.checklist(edition))
            found[edition].take(cell)
            gathering.report(0, len(gathering.sites))
    return found


def _line(gathering: Gathering, one: ItemStatistics) -> Row:
    points, judged = one.part is not Part.GATE, one.judged
    return (
        one.entry.number,
        gathering.said(one.entry.text),
        gathering.say(f"ledger.part_{one.part.value}"),
        one.full if points else None,
        one.asked,
        judged,
        one.met,
        one.outcomes[Outcome.DEDUCTED],
        one.nothing,
        one.outcomes[Outcome.NOT_APPLICABLE],
        one.unanswered,
        one.share,
        one.lost if points and judged else None,
        one.lost / judged if points and judged else None,
        Fraction(one.met, judged) if judged else None,
        Fraction(one.nothing, judged) if judged else None,
    )

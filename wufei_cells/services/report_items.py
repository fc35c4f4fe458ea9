"""The items at which most is lost, over all editions in use."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.ledgers import Scope
from wufei_cells.progress import silent
from wufei_cells.services import ledger_of_items
from wufei_cells.services.ledger_gathering import Gathering

if TYPE_CHECKING:
    from wufei_cells.reports.blocks import Value
    from wufei_cells.services.report_facts import ReportFacts


def worst(facts: ReportFacts) -> Iterator[dict[str, Value]]:
    """List the items by the share of their points that is lost, the hardest first; those nobody lost are left out."""
    with facts.workspace.database.reading() as connection:
        gathering = Gathering(facts.workspace, connection, facts.wording, Scope(district=facts.district), silent)
        lines = ledger_of_items.gather(gathering)
        keys = [column[0] for column in ledger_of_items.COLUMNS]
        rows = [dict(zip(keys, row, strict=True)) for row in lines.rows]
    lossy = [row for row in rows if row["rank"] is not None and isinstance(row["share"], Fraction) and row["share"] < 1]
    hardest = sorted(lossy, key=lambda row: (row["share"], -_count(row["judged"])))
    for number, row in enumerate(hardest, 1):
        share = row["share"]
        assert isinstance(share, Fraction)
        yield {
            "number": number,
            "item": facts.fit(f"{row['item_number']} {row['item']}"),
            "category": facts.fit(str(row["category"])),
            "answered": _count(row["judged"]),
            "lost": _count(row["deducted"]),
            "share_lost": 1 - share,
        }


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0

"""Corrective actions: what was found at which site, what is to be done by when, and whether it was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wufei_cells.services import finding_faults
from wufei_cells.workbooks.ledgers.table import Lines, Look, Row

if TYPE_CHECKING:
    from wufei_cells.domain.findings import ListedFinding
    from wufei_cells.services.ledger_gathering import Gathering

_COLUMNS = (
    ("order", 6, Look.CENTER),
    ("site", 20, Look.TEXT),
    ("category", 10, Look.CENTER),
    ("district", 9, Look.CENTER),
    ("item_number", 7, Look.CENTER),
    ("item", 22, Look.TEXT),
    ("severity", 10, Look.CENTER),
    ("found", 28, Look.TEXT),
    ("action", 24, Look.TEXT),
    ("responsible", 10, Look.CENTER),
    ("due", 11, Look.CENTER),
    ("finding_state", 11, Look.CENTER),
    ("overdue", 7, Look.CENTER),
    ("check_note", 20, Look.TEXT),
    ("checked_on", 11, Look.CENTER),
    ("checked_by", 9, Look.CENTER),
    ("found_by", 9, Look.CENTER),
    ("found_on", 11, Look.CENTER),
)
"""Names, widths in characters and looks, in the order in which they stand."""


def gather(gathering: Gathering) -> Lines:
    """Gather it, those due first in front; nothing of a sheet that is kept from the person who asks."""
    seen = finding_faults.visible_findings(gathering.workspace, gathering.connection)
    meant = [one for one in seen if gathering.scope.holds(one.category, one.district)]
    columns = tuple(gathering.column(*column) for column in _COLUMNS)
    return Lines(columns, _rows(gathering, meant), len(meant))


def _rows(gathering: Gathering, listed: Sequence[ListedFinding]) -> Iterator[Row]:
    today = gathering.today
    for order, one in enumerate(listed, 1):
        row, finding = one.row, one.row.finding
        number, words = gathering.item(gathering.assessments[row.assessment].edition, finding.item)
        yield (
            order,
            one.site_name,
            gathering.category(one.category),
            gathering.district(one.district),
            number,
            words,
            gathering.say(f"finding.severity.{finding.severity.value}"),
            finding.text,
            finding.action,
            finding.responsible,
            finding.due,
            gathering.say(f"finding.state.{row.state.value}"),
            (today - finding.due).days if finding.due and row.overdue(today) else None,
            row.check_note,
            row.checked_on,
            row.checked_by,
            row.author,
            row.at.astimezone().date(),
        )

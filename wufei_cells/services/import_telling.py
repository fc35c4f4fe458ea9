"""What taking packages in would change, in words: each cell by the name that conflicts give it, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.conflicts import ConflictRow
from wufei_cells.domain.exchange import CellChange, ImportPreview
from wufei_cells.progress import Report, silent
from wufei_cells.services import device_naming, taking_packages
from wufei_cells.services.conflict_places import shown_first
from wufei_cells.services.conflict_telling import Teller, what_in_words
from wufei_cells.services.receiving import Received
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import conflict_queries, queries
from wufei_cells.store.conflict_queries import OpenCell
from wufei_cells.store.journal import Connection
from wufei_cells.wording import Wording

MOST = 300
"""Changes that are told; a preview counts all of them."""


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """What becomes of one cell."""

    place: str
    """The site, or what else it belongs to."""
    what: str
    before: str
    """Empty where nothing stood."""
    after: str
    author: str
    device: str
    at: str
    conflict: bool
    hidden: bool = False
    """Whether it stands on a sheet that this person may not see yet."""


@dataclass(frozen=True, slots=True)
class PreviewTold:
    """What taking files in would do, with its changes in words."""

    found: ImportPreview
    changes: tuple[ChangeTold, ...]


def preview(
    workspace: Workspace, received: Sequence[Received], wording: Wording, report: Report = silent
) -> PreviewTold:
    """Tell what taking in some files would do; nothing is written.

    Raises:
        UserError: as with ``taking_packages.preview``.
    """
    told: list[ChangeTold] = []

    def look(connection: Connection, found: ImportPreview) -> None:
        told.extend(_tell(workspace, connection, wording, found.changes[:MOST], report))

    return PreviewTold(taking_packages.preview(workspace, received, report, look), tuple(told))


def _tell(
    workspace: Workspace, connection: Connection, wording: Wording, changes: Sequence[CellChange], report: Report
) -> list[ChangeTold]:
    teller = Teller(workspace, connection, wording)
    people, devices = queries.people(connection), device_naming.names(connection)
    found: list[tuple[ConflictRow, ChangeTold]] = []
    for number, one in enumerate(changes):
        report(number, len(changes))
        row = teller.places.row(OpenCell(one.entity, one.cell, one.kind, 1))
        hidden = row.assessment in teller.places.hidden
        after, author, device, at = _other_side(connection, one) if one.conflict else _said(one)
        told = ChangeTold(
            place=row.site_name,
            what=what_in_words(row, wording),
            before="" if hidden or one.before is None else teller.in_words(row, one.before),
            after="" if hidden else teller.in_words(row, after),
            author=people.get(author, author),
            device=devices.get(device) or device[:8],
            at=at,
            conflict=one.conflict,
            hidden=hidden,
        )
        found.append((row, told))
    found.sort(key=lambda pair: (not pair[1].conflict, pair[1].place, pair[0].kind, pair[0].cell))
    return [told for _row, told in found]


def _said(one: CellChange) -> tuple[JsonValue, str, str, str]:
    return one.after, one.author, one.device, one.at


def _other_side(connection: Connection, one: CellChange) -> tuple[JsonValue, str, str, str]:
    """Give what would stand beside what stood before: which of the two is shown meanwhile says little."""
    for act in shown_first(conflict_queries.acts_of(connection, one.entity, one.cell)):
        if canonical_json(act.value) != canonical_json(one.before):
            return act.value, act.author, act.device, act.at.isoformat()
    return _said(one)

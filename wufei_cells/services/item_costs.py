"""Which items cost the most points: of a category, over its latest finished assessments, edition by edition.

The figures are those of the ledger of items; only sheets that are still being scored are left out here. An item is held
against the edition before only where its words are the same: another text is another item.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from wufei_cells.checklists.document import entry_hash
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import EditionId, EditionRow
from wufei_cells.progress import Report, silent
from wufei_cells.services import edition_choice, reading
from wufei_cells.services.counted_cells import counted_cells
from wufei_cells.services.edition_statistics import EditionStatistics
from wufei_cells.services.item_statistics import ItemStatistics, Part
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.item_queries import COMPARED

FINISHED = tuple(stage for stage in COMPARED if stage is not Stage.SCORING)
"""The stages at which a sheet is finished."""


@dataclass(frozen=True, slots=True)
class ItemCost:
    """One item of one edition."""

    statistics: ItemStatistics
    """How many it was judged at, and how many points they lost together."""
    lost_share: Fraction
    """Share of its points that were lost where it was judged."""
    before: ItemStatistics | None = None
    """The same words in the edition before; ``None``: it asks something else there, or nobody was judged by it."""

    @property
    def lost_share_before(self) -> Fraction | None:
        """Share that was lost under the edition before."""
        share = self.before.share if self.before else None
        return None if share is None else 1 - share


@dataclass(frozen=True, slots=True)
class EditionCosts:
    """One edition."""

    edition: EditionRow
    sites: int
    """How many were assessed with it and are finished."""
    items: tuple[ItemCost, ...]
    """Those that lost points, the most points first; conditions and bonuses lose none."""

    def top(self, count: int) -> tuple[ItemCost, ...]:
        """Give those that cost the most points."""
        return self.items[:count]


def item_costs(
    workspace: Workspace, category: str, *, districts: Collection[str] | None = None, report: Report = silent
) -> tuple[EditionCosts, ...]:
    """Count what the items of a category cost, the newest edition first.

    Args:
        workspace: the register.
        category: its key.
        districts: of some counties only, by key.
        report: told how many sites were counted; the whole is not known before.
    """
    counted: dict[EditionId, EditionStatistics] = {}
    with workspace.database.reading() as connection:
        rows = {row.id: row for row in edition_choice.editions(workspace, connection, of_all_cities=True)}
        for number, cell in enumerate(counted_cells(workspace, connection, category, FINISHED)):
            if districts is None or cell.row.district in districts:
                edition = cell.row.edition
                if edition not in counted:
                    counted[edition] = EditionStatistics(reading.checklist(workspace, connection, edition))
                counted[edition].take(cell)
                report(number, number + 1)
    newest = sorted(counted, key=lambda key: (rows[key].effective_from, key), reverse=True)
    return tuple(
        _costs(workspace, rows[key], counted[key], counted[earlier] if earlier else None)
        for key, earlier in zip_longest(newest, newest[1:])
    )


def _costs(
    workspace: Workspace, row: EditionRow, counted: EditionStatistics, earlier: EditionStatistics | None
) -> EditionCosts:
    none: Mapping[str, ItemStatistics] = {}
    same = _same_words(workspace, row.id, counted.checklist, earlier) if earlier else none
    items = [
        ItemCost(one, 1 - one.share, same.get(key))
        for key, one in counted.statistics.items()
        if one.ranked and one.part is not Part.GATE and one.lost and one.share is not None
    ]
    items.sort(key=lambda one: -one.statistics.lost)  # equal ones stay in printed order
    return EditionCosts(row, counted.sites, tuple(items))


def _same_words(
    workspace: Workspace, edition: EditionId, checklist: Checklist, earlier: EditionStatistics
) -> Mapping[str, ItemStatistics]:
    """Find the items whose words an earlier edition has, too, under whatever key."""
    hashes = workspace.memory.hashes(edition, checklist)
    by_words = {entry_hash(one.entry): one for one in earlier.statistics.values()}
    found = {key: next((by_words[words] for words in hashes[key] if words in by_words), None) for key in hashes}
    return {key: one for key, one in found.items() if one is not None and one.judged}

"""What an import does to cells: what stood there before and what stands there after, of the first ones."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.bundles import ActRun
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.exchange import CellChange
from wufei_cells.store.cells import cells_in_journal
from wufei_cells.store.journal import Connection
from wufei_cells.store.projection import current_head
from wufei_cells.store.touched_cells import Cell, touch

MOST = 2000
"""Cells that are shown."""
_UNSEEN = frozenset({"person", "profile", "edition", "edition_source", "edition_state", "evidence_file", "office_key"})
"""Kinds that are no news to anybody: what every machine publishes by itself, and what goes with something else."""


def seen_cells(run: ActRun) -> dict[Cell, None]:
    """Give the cells of a run that people care for, each once."""
    places = zip(run.kinds, run.entities, run.cells, strict=True)
    return dict.fromkeys((entity, cell) for kind, entity, cell in places if kind not in _UNSEEN)


@dataclass(slots=True)
class Watching:
    """Looks at cells before acts arrive in them, and after."""

    connection: Connection
    _before: dict[Cell, JsonValue] = field(default_factory=dict[Cell, JsonValue])

    def watch(self, run: ActRun) -> None:
        """Look at the cells of a run that is about to be merged."""
        new = [cell for cell in seen_cells(run) if cell not in self._before][: MOST - len(self._before)]
        if new:
            said = self._standing(new)
            self._before.update({cell: said[cell][0] if cell in said else None for cell in new})

    def changes(self, conflicts: Collection[Cell]) -> tuple[CellChange, ...]:
        """Give those of the cells that say something else now, or stand in conflict."""
        if not self._before:
            return ()
        found: list[CellChange] = []
        for cell, (after, change) in self._standing(list(self._before)).items():
            before = self._before[cell]
            if cell in conflicts or canonical_json(before) != canonical_json(after):
                kind, author, device, at = change
                found.append(CellChange(kind, *cell, before, after, author, device, at, cell in conflicts))
        return tuple(found)

    def _standing(self, cells: Collection[Cell]) -> dict[Cell, tuple[JsonValue, tuple[str, str, str, str]]]:
        touch(self.connection, cells)
        found: dict[Cell, tuple[JsonValue, tuple[str, str, str, str]]] = {}
        for one in cells_in_journal(self.connection, touched_only=True):
            if one.heads:
                head = current_head(one.heads)[0]
                found[one.entity, one.cell] = (head.value, (head.kind, head.author, head.uuid, head.at))
        return found

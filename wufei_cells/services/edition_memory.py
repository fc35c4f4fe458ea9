"""Keep what is read and worked out of editions: they never change, and every answer that is written asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wufei_cells.checklists.document import entry_hashes
from wufei_cells.checklists.lineage import Lineage, lineage
from wufei_cells.checklists.reading import read_document
from wufei_cells.domain.checklists import Checklist, Relation
from wufei_cells.errors import UserError
from wufei_cells.store import queries

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace
    from wufei_cells.store.journal import Connection

Hashes = Mapping[str, frozenset[str]]
"""By entry: the hashes under which answers to it may be stored."""


@dataclass(frozen=True, slots=True)
class EditionMemory:
    """What was worked out so far, by the identities of editions."""

    _hashes: dict[str, Hashes] = field(default_factory=dict[str, Hashes])
    _lineages: dict[tuple[str, ...], Lineage] = field(default_factory=dict[tuple[str, ...], Lineage])

    def hashes(self, edition: str, checklist: Checklist) -> Hashes:
        """Give the hashes of an edition's entries, in printed order."""
        found = self._hashes.get(edition)
        if found is None:
            found = self._hashes[edition] = hashes_of(checklist)
        return found

    def lineage(self, chain: tuple[str, ...], checklists: Sequence[Checklist]) -> Lineage:
        """Trace the entries of the last edition of a chain back to the first one, through all between them."""
        found = self._lineages.get(chain)
        if found is None:
            found = self._lineages[chain] = lineage_through(checklists)
        return found


def stored_checklist(workspace: Workspace, connection: Connection, edition: str) -> Checklist:
    """Give an edition by its identity.

    Raises:
        UserError: there is none.
    """
    known = workspace.checklists.get(edition)
    if known:
        return known
    document = queries.edition_document(connection, edition)
    if document is None:
        raise UserError("register.unknown_edition", edition=edition)
    return workspace.checklists.setdefault(edition, read_document(document))


def hashes_of(checklist: Checklist) -> Hashes:
    """Give the hashes of a checklist's entries, in printed order."""
    return {entry.key: entry_hashes(entry) for entry in checklist.entries()}


def lineage_through(editions: Sequence[Checklist]) -> Lineage:
    """Trace entries through a row of editions, from the last to the first; of several changes the last one is told."""
    traced = lineage(editions[-2], editions[-1])
    if len(editions) == 2:
        return traced
    before = lineage_through(editions[:-1])
    return {key: _further(origins, before) for key, origins in traced.items()}


def turned_round(traced: Lineage) -> Lineage:
    """Give by entry of the earlier edition the later entries that go back to it, and how."""
    found: dict[str, list[tuple[str, Relation]]] = {}
    for key, origins in traced.items():
        for origin, relation in origins:
            found.setdefault(origin, []).append((key, relation))
    return {key: tuple(later) for key, later in found.items()}


def _further(origins: tuple[tuple[str, Relation], ...], before: Lineage) -> tuple[tuple[str, Relation], ...]:
    found = {
        first: earlier if relation is Relation.SAME else relation
        for key, relation in origins
        for first, earlier in before.get(key, ())
    }
    return tuple(found.items())

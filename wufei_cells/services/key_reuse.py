"""Keys that meant something else before: a key is one entry for ever, or an answer ends up where none was given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.checklists.document import entry_hashes
from wufei_cells.domain.checklists import Checklist, Gate, Item
from wufei_cells.domain.register import EditionRow
from wufei_cells.errors import Problem
from wufei_cells.services.edition_memory import stored_checklist
from wufei_cells.store import queries

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace
    from wufei_cells.store.journal import Connection

CODE = "publishing.key_reused"


@dataclass(frozen=True, slots=True)
class ReusedKey:
    """An entry whose key belonged to another one that the latest edition no longer has."""

    key: str
    before: Gate | Item
    """The entry that the key stood for."""
    edition: str
    """The last edition that had it."""

    def problem(self, place: str) -> Problem:
        """Say it of a place."""
        return Problem(CODE, place, self.values)

    @property
    def values(self) -> dict[str, object]:
        """What its sentence names."""
        return {"item": self.key, "edition": self.edition, "text": self.before.text.zh}


def reused_keys(workspace: Workspace, connection: Connection, checklist: Checklist) -> tuple[ReusedKey, ...]:
    """List the keys that an earlier edition of the checklist used for something else, and the latest one dropped.

    An entry that says what it goes back to (``from``) is meant, and one that comes back in the same words is the same.
    What is published already may be published again.
    """
    rows = _before(connection, checklist)
    if not rows:
        return ()
    latest, *earlier = rows
    kept = {entry.key for entry in stored_checklist(workspace, connection, latest.id).entries()}
    found: list[ReusedKey] = []
    for entry in checklist.entries():
        if entry.key in kept or entry.ancestors:
            continue
        for row in earlier:
            before = stored_checklist(workspace, connection, row.id).entry(entry.key)
            if before is None:
                continue
            if not entry_hashes(entry) & entry_hashes(before):
                found.append(ReusedKey(entry.key, before, row.edition))
            break
    return tuple(found)


def reused_keys_here(workspace: Workspace, checklist: Checklist) -> tuple[ReusedKey, ...]:
    """List the reused keys of a checklist that is not published yet."""
    with workspace.database.reading() as connection:
        return reused_keys(workspace, connection, checklist)


def key_problems(
    workspace: Workspace, connection: Connection, checklist: Checklist, place: Callable[[str], str]
) -> list[Problem]:
    """Give the reused keys as problems; ``place`` says where the entry of a key stands."""
    return [reused.problem(place(reused.key)) for reused in reused_keys(workspace, connection, checklist)]


def _before(connection: Connection, checklist: Checklist) -> list[EditionRow]:
    """List the editions up to this one, the newest first, each once; none when this one is among them."""
    rows = [row for row in queries.editions(connection, of_all_cities=True) if row.key == checklist.key]
    if any(row.edition == checklist.edition for row in rows):
        return []
    earlier = [row for row in rows if row.effective_from <= checklist.effective_from]
    newest_first = sorted(earlier, key=lambda row: row.effective_from, reverse=True)
    return list({row.edition: row for row in reversed(newest_first)}.values())[::-1]

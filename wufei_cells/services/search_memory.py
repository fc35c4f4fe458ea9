"""Keep every text that can be searched for ready in memory, and follow what is written.

Texts are folded once, when they are read; a search then only looks for a few characters in them. The numbers of the
devices' last acts tell whether anything was written since, by this program or another one, and the acts between tell
what to read anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wufei_cells.domain.folding import fold
from wufei_cells.store import arrivals, search_queries
from wufei_cells.store.search_queries import SheetRow, TextKind, TextRow

if TYPE_CHECKING:
    from wufei_cells.store.journal import Connection

FIELD_END = "\x1f"
"""Stands around the fields of a folded text; nobody can search for it, since it counts as a space."""
MANY = 2000
"""Changed owners of one kind from which on everything of the kind is read anew."""


@dataclass(slots=True, eq=False)
class Shelf:
    """All texts of one kind."""

    rows: dict[str, TextRow] = field(default_factory=dict[str, TextRow])
    folded: dict[str, str] = field(default_factory=dict[str, str])
    """The fields of each row, folded, with ``FIELD_END`` before and after each; what was written last is last."""
    _owned: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def put(self, rows: Iterable[TextRow]) -> None:
        """Take in rows that are not here yet."""
        for row in rows:
            if row.id in self.rows:
                continue  # said before, and taken over by what followed
            self.rows[row.id] = row
            self.folded[row.id] = fold(f"{FIELD_END}{FIELD_END.join(row.texts)}{FIELD_END}")
            self._owned.setdefault(row.owner, []).append(row.id)

    def renew(self, owners: Iterable[str], rows: Iterable[TextRow]) -> None:
        """Take in what some owners have now; what did not change keeps its place."""
        before = {key: self.rows[key] for owner in owners for key in self._owned.pop(owner, ())}
        new: list[TextRow] = []
        for row in rows:
            if before.get(row.id) == row:
                del before[row.id]
                self._owned.setdefault(row.owner, []).append(row.id)
            else:
                new.append(row)
        for key in before:
            del self.rows[key], self.folded[key]
        self.put(new)


@dataclass(slots=True, eq=False)
class SearchMemory:
    """What was read for searching, up to which act."""

    shelves: dict[TextKind, Shelf] = field(default_factory=lambda: {kind: Shelf() for kind in TextKind})
    sheets: dict[str, SheetRow] = field(default_factory=dict[str, SheetRow])
    entries: dict[str, Shelf] = field(default_factory=dict[str, Shelf])
    """By edition: what it asks; the rows are filled by whoever knows checklists."""
    _marks: dict[int, int] = field(default_factory=dict[int, int])
    _arrivals: tuple[int, int] = (0, 0)

    def follow(self, connection: Connection) -> None:
        """Take in what was written since the last time; the first time, everything."""
        marks = search_queries.marks(connection)
        came = arrivals.stamp(connection)
        if (marks, came) == (self._marks, self._arrivals):
            return
        if self._marks and came == self._arrivals:  # what others sent may lie below the last acts, and can leave again
            self._take(connection, search_queries.changed(connection, self._marks, marks))
        else:
            for kind in TextKind:
                self._read(connection, kind)
        self._marks, self._arrivals = marks, came

    def _take(self, connection: Connection, changed: set[tuple[TextKind, str]]) -> None:
        for kind in TextKind:
            owners = [owner for changed_kind, owner in changed if changed_kind is kind]
            if len(owners) > MANY:
                self._read(connection, kind)
            elif owners:
                self.shelves[kind].renew(owners, tuple(search_queries.texts(connection, kind, owners)))
                if kind is TextKind.ASSESSMENT:
                    self.sheets.update(search_queries.sheets(connection, owners))

    def _read(self, connection: Connection, kind: TextKind) -> None:
        shelf = self.shelves[kind] = Shelf()
        shelf.put(search_queries.texts(connection, kind))
        if kind is TextKind.ASSESSMENT:
            self.sheets = dict(search_queries.sheets(connection))

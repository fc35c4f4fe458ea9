"""What an office's own workbook is filled in with: plain values by the names of placeholders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from wufei_cells.domain.folding import fold
from wufei_cells.workbooks.form_templates.names import Kind

Value = str | Decimal | date | None
"""Text, a number, a day; ``None`` for what is not known, which leaves the cell empty."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item, group, gate or fact."""

    names: tuple[str, ...]
    """What a placeholder may call it by: its number first, then its key."""
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])
    """By English name of what is told of it; of a fact under the empty name."""
    in_rows: bool = True
    """Whether it has a row of its own where rows go on to the next one; a group within a group has none."""


@dataclass(frozen=True, slots=True)
class FormData:
    """One assessment, or only the names that a checklist gives."""

    fields: Mapping[str, Value]
    entries: Mapping[Kind, tuple[Entry, ...]]
    """Facts, items, groups and gates, in printed order."""

    def rows(self, kind: Kind) -> tuple[Entry, ...]:
        """Give what takes a row each, in printed order."""
        return tuple(entry for entry in self.entries.get(kind, ()) if entry.in_rows)

    def index(self) -> dict[tuple[Kind, str], Entry]:
        """Give every entry by kind and by what placeholders call it: a number counts before another one's key."""
        found: dict[tuple[Kind, str], Entry] = {}
        for kind, entries in self.entries.items():
            by_number = [(entry.names[0], entry) for entry in entries if entry.names]
            by_key = [(name, entry) for entry in entries for name in entry.names[1:]]
            for name, entry in by_number + by_key:
                found.setdefault((kind, fold(name)), entry)
        return found

    def names(self, kind: Kind) -> Iterator[str]:
        """Go through what the entries of a kind can be called by."""
        for entry in self.entries.get(kind, ()):
            yield from entry.names

"""The keys that a workbook was written with, so that what has lost its key gets it back and no key changes hands.

A key stands for ever for one entry: earlier answers are found by it. A workbook therefore carries its keys twice more,
beside each row of items and on a sheet of its own, both hidden.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from wufei_cells.workbooks.authoring.cell_forms import clean_key
from wufei_cells.workbooks.authoring.entity_rows import Row
from wufei_cells.workbooks.authoring.sheets import ENTRY_KINDS
from wufei_cells.workbooks.sheet_source import Line
from wufei_cells.workbooks.vocabulary import folded

_TEXTS = ("text", "name", "title")
_LARGEST = 9_999
"""Numbers beyond it are no numbering that could go on."""


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """What had a key when the workbook was written."""

    kind: str
    """The kind of a row of items; the sheet's name for anything else."""
    key: str
    number: str
    texts: tuple[str, str]
    """In Chinese and in English."""


@dataclass(frozen=True, slots=True)
class KeyedLine:
    """A row that has a key or should get one."""

    kind: str
    line: Line

    @property
    def key(self) -> str:
        """The key that a person sees."""
        return clean_key(self.line.text("key"))

    @property
    def hidden(self) -> str:
        """The key that the row was written with."""
        return clean_key(self.line.text("exported_key"))

    def resembles(self, entry: ExportedEntry) -> bool:
        """Whether it reads like an entry that was written."""
        chinese, english = zip(_texts(self.line), entry.texts, strict=True)
        compared = chinese if all(chinese) else english  # a translation may be old, and is often copied along
        return entry.kind == self.kind and bool(compared[0]) and compared[0] == compared[1]


Seek = Callable[[KeyedLine, set[str]], str]
"""A search for the key of a row, given the keys that are taken."""


def exported_row(kind: str, row: Row) -> Row:
    """Write an entry of any sheet for the sheet of keys; nothing where it has no key in its column."""
    if "key" not in row:
        return {}
    texts = {f"text_{end}": row[f"{name}_{end}"] for name in _TEXTS for end in ("zh", "en") if f"{name}_{end}" in row}
    number = {"number": row["number"]} if "number" in row else {}
    return {"kind": kind, "key": row["key"], **number, **texts}


class ExportedKeys:
    """What the hidden sheet says."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self._entries = [
            ExportedEntry(line.text("kind"), clean_key(line.text("key")), line.text("number"), _texts(line))
            for line in lines
            if line.text("key")
        ]

    def keys(self, kinds: Iterable[str]) -> set[str]:
        """Every key that something of some kinds had."""
        wanted = set(kinds)
        return {entry.key for entry in self._entries if entry.kind in wanted}

    def regained(self, rows: Sequence[KeyedLine]) -> dict[int, str]:
        """Find the keys that rows without one were written with, by the place of the row.

        The hidden key of a row counts first, then a text that only one lost entry has.
        """
        taken = {row.key for row in rows} - {""}
        blank = {place: row for place, row in enumerate(rows) if not row.key}
        found: dict[int, str] = {}
        for seek in (self._by_hidden_key(rows), self._by_text):
            for place, row in blank.items():
                key = "" if place in found else seek(row, taken)
                if key:
                    found[place] = key
                    taken.add(key)
        return found

    def _by_hidden_key(self, rows: Sequence[KeyedLine]) -> Seek:
        """A key that stands beside several rows belongs to the one that still reads like it."""
        times = Counter(row.hidden for row in rows)
        known = {entry.key: entry for entry in self._entries if entry.kind in ENTRY_KINDS}

        def seek(row: KeyedLine, taken: set[str]) -> str:
            if not self._entries and row.hidden not in taken and times[row.hidden] == 1:
                return row.hidden  # a person took the sheet of keys out; the row still has its own
            entry = known.get(row.hidden)
            if entry is None or entry.kind != row.kind or row.hidden in taken:
                return ""
            return row.hidden if times[row.hidden] == 1 or row.resembles(entry) else ""

        return seek

    def _by_text(self, row: KeyedLine, taken: set[str]) -> str:
        alike = [entry for entry in self._entries if entry.key not in taken and row.resembles(entry)]
        if len(alike) > 1:
            alike = [entry for entry in alike if entry.number == row.line.text("number")]
        return alike[0].key if len(alike) == 1 else ""


def beyond(prefix: str, number: int, used: Iterable[str]) -> int:
    """Give the number with which a new key begins: after all those that ever stood behind this prefix."""
    behind = re.compile(rf"{re.escape(prefix)}(\d{{1,4}})")
    numbers = [int(found[1]) for key in used if (found := behind.fullmatch(key))]
    return max([number, *(one + 1 for one in numbers if one < _LARGEST)])


def _texts(line: Line) -> tuple[str, str]:
    """What an entry asks or is called; each sheet has one of these columns."""
    chinese, english = (
        "".join(folded(line.text(f"{name}_{language}")) for name in _TEXTS) for language in ("zh", "en")
    )
    return chinese, english

"""What a scoresheet remembers of itself, so that it can be read back whatever was done to it.

Every row carries the key of its answer, and every answer a hash of what was written out: by it one can tell what was
changed in the workbook, and what in the register since. The head of the table says whose sheet it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from wufei_cells.domain.amounts import exact
from wufei_cells.scoring.numbers import read_number
from wufei_cells.workbooks.cell_text import shown_text

FORMAT = "wufei-scoresheet/1"
FACT, ENTRY = "fact", "entry"
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class SheetId:
    """Whose sheet it is: the assessment, the edition its answers are to, and whose scores they are."""

    assessment: str
    edition: str
    column: str

    @property
    def written(self) -> str:
        """As it stands in the head of the key column."""
        return f"{FORMAT} {self.assessment} {self.edition} {self.column}"

    @classmethod
    def read(cls, text: str) -> SheetId | None:
        """Read it from a cell; ``None`` for any other text."""
        words = text.split()
        return cls(words[1], words[2], words[3]) if len(words) == 4 and words[0] == FORMAT else None


@dataclass(frozen=True, slots=True)
class RowKey:
    """Which answer a row is: a fact of the site, or a field of a gate or item."""

    kind: str
    key: str
    path: str = ""

    @property
    def written(self) -> str:
        """As it stands in the key column."""
        return f"{self.kind}:{self.key}" + (f"#{self.path}" if self.path else "")

    @classmethod
    def read(cls, text: str) -> RowKey | None:
        """Read it from a cell; ``None`` for any other text."""
        kind, colon, rest = text.strip().partition(":")
        key, _sign, path = rest.partition("#")
        return cls(kind, key, path) if colon and kind in (FACT, ENTRY) and key else None


def answer_digest(fields: Mapping[str, str], na: str, note: str) -> str:
    """The hash of what the cells of a gate or item say together."""
    said = {path: canonical(text) for path, text in fields.items() if text}
    return _digest([sorted(said.items()), seen(na), seen(note)])


def fact_digest(value: str) -> str:
    """The hash of what the cell of a fact says."""
    return _digest([canonical(value)])


def canonical(text: str) -> str:
    """Write numbers in one way, so that 0.10 and 0.1 are no difference."""
    number = read_number(text)
    return seen(text) if number is None else exact(number)


def seen(text: str) -> str:
    """Give text as it comes back from a cell: marks for what no file can hold, no blanks around it."""
    return shown_text(text).strip()


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:_DIGITS]

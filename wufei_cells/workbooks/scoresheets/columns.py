"""The columns of a scoresheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from wufei_cells.domain.answers import Column

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.domain.text import Language
    from wufei_cells.workbooks.scoresheets.words import SheetWords


class Field(Enum):
    """What stands in a column, in the order of the paper forms."""

    NUMBER = "number"
    GROUP = "group"
    SUBGROUP = "subgroup"
    ITEM = "item"
    FULL = "full"
    SCORING = "scoring"
    VERIFY = "verify"
    ASKED = "asked"
    """What is to be filled in."""
    KEY = "key"
    """Which answer the row is, for the program; hidden. It stands amid the others, so that sorting takes it along."""
    DIGEST = "digest"
    """What was written out, as a hash; hidden."""
    ANSWER = "answer"
    POINTS = "points"
    NA = "na"
    """Why the item does not apply."""
    NOTE = "note"
    PICTURE = "picture"
    """Room for photos."""
    REMARK = "remark"


# In characters of the workbook's main font; together somewhat more than A4 landscape, so that print shrinks to fit.
WIDTHS = {
    Field.NUMBER: 6.5,
    Field.GROUP: 10.0,
    Field.SUBGROUP: 10.0,
    Field.ITEM: 24.0,
    Field.FULL: 6.0,
    Field.SCORING: 33.0,
    Field.VERIFY: 14.0,
    Field.ASKED: 17.0,
    Field.KEY: 10.0,
    Field.DIGEST: 10.0,
    Field.ANSWER: 14.0,
    Field.POINTS: 7.5,
    Field.NA: 13.0,
    Field.NOTE: 19.0,
    Field.PICTURE: 9.0,
    Field.REMARK: 18.0,
}
ENGLISH_WIDTHS = {Field.GROUP: 14.0, Field.SUBGROUP: 14.0, Field.VERIFY: 17.0, Field.ASKED: 19.0}  # longer words
HIDDEN = (Field.KEY, Field.DIGEST)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns a sheet has, from left to right, and whose scores it holds."""

    fields: tuple[Field, ...]
    column: str

    @classmethod
    def of(cls, checklist: Checklist, column: str) -> Columns:
        """The columns for a checklist; groups within groups get a column of their own."""
        nested = any(group.groups for group in checklist.top_groups())
        return cls(tuple(entry for entry in Field if nested or entry is not Field.SUBGROUP), column)

    def widths(self, language: Language) -> list[float]:
        """Width of each column."""
        widths = WIDTHS if language == "zh" else WIDTHS | ENGLISH_WIDTHS
        return [widths[entry] for entry in self.fields]

    def at(self, wanted: Field) -> int:
        """The number of a column, counted from 1."""
        return self.fields.index(wanted) + 1

    def heads(self, words: SheetWords) -> list[str]:
        """The words on top of the columns; points are called by whose they are."""
        own = self.column if self.column in tuple(Column) else Column.ONSITE.value
        return [words.say(f"column.{own if entry is Field.POINTS else entry.value}") for entry in self.fields]

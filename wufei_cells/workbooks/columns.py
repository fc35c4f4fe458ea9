"""The columns of a scoresheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from wufei_cells.domain.answers import Column

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.domain.text import Language
    from wufei_cells.workbooks.sheet_words import SheetWords


class Field(Enum):
    """What stands in a column, in the order of the paper forms."""

    NUMBER = "number"
    GROUP = "group"
    SUBGROUP = "subgroup"
    ITEM = "item"
    FULL = "full"
    SCORING = "scoring"
    VERIFY = "verify"
    SELF = "self"
    ONSITE = "onsite"
    REASON = "reason"
    REMARK = "remark"


# In characters of the workbook's main font; together a little more than A4 landscape, so that print shrinks to 95 %.
WIDTHS = {
    Field.NUMBER: 6.5,
    Field.GROUP: 11.0,
    Field.SUBGROUP: 11.0,
    Field.ITEM: 25.0,
    Field.FULL: 6.5,
    Field.SCORING: 39.0,
    Field.VERIFY: 17.0,
    Field.SELF: 7.5,
    Field.ONSITE: 7.5,
    Field.REASON: 24.0,
    Field.REMARK: 16.0,
}
ENGLISH_WIDTHS = {Field.GROUP: 15.0, Field.SUBGROUP: 15.0, Field.SCORING: 36.0, Field.VERIFY: 20.0}  # longer words


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns a sheet has, from left to right, and which of them holds the scores of the assessment."""

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

    @property
    def scored(self) -> Field:
        """Where the scores of this assessment stand."""
        return Field.SELF if self.column == Column.SELF else Field.ONSITE

    def at(self, wanted: Field) -> int:
        """The number of a column, counted from 1."""
        return self.fields.index(wanted) + 1

    def heads(self, words: SheetWords) -> list[str]:
        """The words on top of the columns."""
        known = self.column in tuple(Column) and self.column != Column.SELF
        other = self.column if known else Column.ONSITE.value
        return [words.say(f"column.{other if entry is Field.ONSITE else entry.value}") for entry in self.fields]

"""Answers: what an assessor noted for one item."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

JsonValue: TypeAlias = "bool | int | str | list[JsonValue] | dict[str, JsonValue] | None"


class Column(StrEnum):
    """Whose opinion an answer is; columns are separate and never conflict with each other."""

    SELF = "self"
    """自评: the unit's own."""
    FIRST = "first"
    """初评: the county's."""
    ONSITE = "onsite"
    """现场: the assessors' on site."""
    FINAL = "final"
    """终评: the city's."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One judgement, written as a whole: a value, or the reason why the item does not apply, and a note.

    ``value`` has the shape its rule asks for (see ``docs/checklist-format.md``); numbers are text or integers,
    never floating point.
    """

    value: JsonValue = None
    na: str | None = None
    note: str = ""

    @property
    def given(self) -> bool:
        """Whether anything was answered (a note alone is no answer)."""
        return self.value is not None or self.na is not None

"""Answers: what an assessor noted for one item, and what the number rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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


class State(StrEnum):
    """How an item stands, as far as its note is concerned: each state keeps a note of its own."""

    MET = "met"
    DEDUCTED = "deducted"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One thing that was seen, sampled or counted, and what it adds to the numbers of the answer."""

    text: str
    """What was seen where: the third floor of block 2, a questionnaire, a month's transfer slips."""
    numbers: Mapping[str, str] = field(default_factory=dict[str, str])
    """By the field of the measure it adds to (``number`` where the measure is a single number)."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a number rests on. Where rows carry numbers, the answer is exactly their sum."""

    period: str = ""
    source: str = ""
    rows: tuple[BasisRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What an answer said in the states it is not in now, so that going back and forth loses nothing."""

    value: JsonValue = None
    """The value, while the item is set aside."""
    na: str | None = None
    """The reason for setting it aside, while it is not."""
    notes: Mapping[str, str] = field(default_factory=dict[str, str])
    """The notes of the other states, by ``State``."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One judgement, written as a whole: a value, or the reason why the item does not apply, and a note.

    ``value`` has the shape its rule asks for (see ``docs/checklist-format.md``); numbers are text or integers,
    never floating point.
    """

    value: JsonValue = None
    na: str | None = None
    note: str = ""
    bases: Mapping[str, Basis] = field(default_factory=dict[str, Basis])
    """What its numbers rest on, by the dotted path of the part they belong to (empty for the item itself)."""
    kept: Kept = Kept()

    @property
    def given(self) -> bool:
        """Whether anything was answered (a note alone is no answer)."""
        return self.value is not None or self.na is not None


# --- as the journal keeps it


def answer_document(answer: Answer) -> dict[str, JsonValue]:
    """Give an answer as plain data; what is empty and came later than 0.2 is left out."""
    document: dict[str, JsonValue] = {"value": answer.value, "na": answer.na, "note": answer.note}
    if answer.bases:
        document["bases"] = {path: _basis_document(basis) for path, basis in answer.bases.items()}
    if answer.kept != Kept():
        kept: dict[str, JsonValue] = {"value": answer.kept.value, "na": answer.kept.na}
        kept["notes"] = dict[str, JsonValue](answer.kept.notes)
        document["kept"] = kept
    return document


def answer_in(document: Mapping[str, JsonValue]) -> Answer:
    """Read an answer from plain data that ``answer_document`` wrote."""
    na, bases, kept = document.get("na"), document.get("bases"), document.get("kept")
    return Answer(
        value=document.get("value"),
        na=None if na is None else str(na),
        note=str(document.get("note") or ""),
        bases={path: _basis_in(basis) for path, basis in bases.items()} if isinstance(bases, dict) else {},
        kept=_kept_in(kept) if isinstance(kept, dict) else Kept(),
    )


def _basis_document(basis: Basis) -> JsonValue:
    rows: list[JsonValue] = [{"text": row.text, "numbers": dict[str, JsonValue](row.numbers)} for row in basis.rows]
    return {"period": basis.period, "source": basis.source, "rows": rows}


def _basis_in(document: JsonValue) -> Basis:
    assert isinstance(document, dict), document
    rows = document["rows"]
    assert isinstance(rows, list), rows
    return Basis(str(document["period"]), str(document["source"]), tuple(_row_in(row) for row in rows))


def _row_in(document: JsonValue) -> BasisRow:
    assert isinstance(document, dict), document
    numbers = document["numbers"]
    assert isinstance(numbers, dict), numbers
    return BasisRow(str(document["text"]), {name: str(number) for name, number in numbers.items()})


def _kept_in(document: Mapping[str, JsonValue]) -> Kept:
    na, notes = document["na"], document["notes"]
    assert isinstance(notes, dict), notes
    return Kept(document["value"], None if na is None else str(na), {state: str(note) for state, note in notes.items()})

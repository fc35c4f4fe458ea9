"""Whose work an act is: the one table that services ask before they write, and every replica when acts arrive.

Steps of the life cycle have their people in ``lifecycle.TRANSITIONS``. This module adds who writes on which sheet and
what is the office's alone, and reads from an act's value which of all that it is. Pure, and total: whatever stands in a
value that somebody sent, there is an answer, and the stricter one in doubt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from wufei_cells.domain.answers import Column, JsonValue
from wufei_cells.domain.lifecycle import TRANSITIONS, Role, Stage, Step

Roles = tuple[Role, ...]
"""Any of them will do; none: it is everybody's work."""

ANY_ROLE: Roles = tuple(Role)

_OFFICE: Roles = (Role.OFFICE,)
_HEADERS: Roles = (Role.ASSESSOR, Role.OFFICE)
"""Who begins an assessment, names its assessors, and carries it over to another edition."""

OFFICE_KINDS = frozenset(
    {
        "batch",
        "certificate",
        "certificate_event",
        "drawing",
        "edition",
        "edition_source",
        "edition_state",
        "number_block",
        "number_keeper",
        "objection_settled",
        "office_key",
        "erasure",
        "follow_up",
        "indicator_value",
        "profile",
        "role",
        "target",
        "template",
        "template_choice",
    }
)
"""Kinds of acts that only the office writes."""

ANYBODYS_WITH_A_ROLE = frozenset({"visit"})
"""Kinds that whoever works on the register writes, in whatever role."""

BROUGHT_KINDS = frozenset({"edition", "edition_source", "profile"})
"""What every machine publishes by itself when its register is new, from the files that come with the program. While the
office's profile has not arrived, what was published by others counts, so that a register that joined can be used."""

SHEET_KINDS = frozenset({"answer", "evidence", "precheck", "finding"})
"""Kinds of acts that belong to whoever writes on a sheet."""

JUDGED_BY_VALUE = frozenset({"assessment", "assessment_state", "finding"})
"""Kinds of which one has to know the value to tell whose work it is."""

_WRITERS: Mapping[str, Roles] = {
    Column.SELF: (),
    Column.FIRST: (Role.ASSESSOR, Role.REVIEWER),
    Column.FINAL: (Role.ASSESSOR, Role.OFFICE),
}
"""Who writes on the sheet of a column that belongs to an assessment."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an act is written on: an assessment, or the sheet of one column that belongs to one."""

    column: str = ""
    part: bool = False

    @property
    def writers(self) -> Roles:
        """Say who writes on it."""
        return _WRITERS.get(self.column, (Role.ASSESSOR,)) if self.part else (Role.ASSESSOR,)

    def strictest(self, other: Sheet) -> Sheet:
        """Give what holds where two headers say different things: nobody gains by writing another one."""
        return self if self == other else WHOLE


WHOLE = Sheet()


def roles_needed(kind: str, value: JsonValue, sheet: Sheet = WHOLE, *, opens: bool = False) -> Roles:
    """Say whose work an act is.

    Args:
        kind: the kind of act; of one that only newer programs know nothing can be said, so it is everybody's.
        value: what it says.
        sheet: what it is written on, where it is written on a sheet.
        opens: whether it replaces nothing, so that it may be the application by which a unit opens a file.
    """
    if kind in OFFICE_KINDS:
        return _OFFICE
    if kind in ANYBODYS_WITH_A_ROLE:
        return ANY_ROLE
    if kind in SHEET_KINDS:
        return sheet.writers
    if kind == "assessment":
        return _header_roles(_fields(value), opens=opens)
    if kind == "assessment_state":
        return _state_roles(_fields(value), sheet, opens=opens)
    return ()


def header_sheet(value: JsonValue) -> Sheet:
    """Say what a header makes of its assessment."""
    fields = _fields(value)
    return Sheet(str(fields.get("column", "")), part=True) if fields.get("part_of") else WHOLE


def step_roles(step: Step) -> Roles:
    """Say whose work a step of the life cycle is, from wherever it is taken."""
    found = [role for one in TRANSITIONS if one.step is step for role in (one.role, *one.also)]
    return tuple(dict.fromkeys(found))


def _header_roles(fields: Mapping[str, JsonValue], *, opens: bool) -> Roles:
    sheet = header_sheet(cast("JsonValue", fields))
    if sheet.part and (sheet.writers or opens):
        return _with(sheet.writers, _HEADERS)
    applying = opens and fields.get("assessors") == []
    return () if applying else _HEADERS


def _state_roles(fields: Mapping[str, JsonValue], sheet: Sheet, *, opens: bool) -> Roles:
    """Find the steps that lead to a state; a sheet that belongs to an assessment is locked by those who write on it."""
    if sheet.part:
        return _with(sheet.writers, (Role.ASSESSOR,))
    stage = fields.get("stage")
    if stage == Stage.APPLIED.value:
        return () if opens else ANY_ROLE
    if stage == Stage.SCORING.value:
        # Sending back is not the assessors' to do; beginning and opening again is.
        steps = (Step.RETURN,) if fields.get("returned") else (Step.START, Step.REOPEN)
    else:
        steps = tuple(one.step for one in TRANSITIONS if one.target.value == stage)
    found = tuple(dict.fromkeys(role for step in steps for role in step_roles(step)))
    return found or _OFFICE


def _with(writers: Roles, others: Roles) -> Roles:
    return tuple(dict.fromkeys((*writers, *others))) if writers else ()


def _fields(value: JsonValue) -> Mapping[str, JsonValue]:
    return value if isinstance(value, dict) else {}

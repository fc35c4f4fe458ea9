"""The cells that a simulated exchange writes, what they may say, and the rows in which the readable tables show it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Table

from tests.exchange.oracle import Cell, Fact
from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.store import office_tables, tables

Place = tuple[str, str, str]
"""Kind, entity, cell."""

PIECE = "ab" * 32
ANSWERS = (
    ("answer", "assessment-1", "answer.A1"),
    ("answer", "assessment-1", "answer.A2"),
    ("answer", "assessment-2", "answer.A1"),
)
HEADER = ("assessment", "assessment-1", "header")
STATE = ("assessment_state", "assessment-1", "state")
FINDING, CHECK = ("finding", "finding-1", "finding"), ("finding_check", "finding-1", "check")
EVIDENCE = ("evidence", "assessment-1", f"evidence.{PIECE}.A1")
FACTS = (("site_fact", "site-1", "fact.canteen"), ("site_fact", "site-1", "fact.beds"))
FIELDS = (("site", "site-1", "name"), ("site", "site-1", "phone"), ("site", "site-2", "name"))
SIGNATURE = ("signature", "signature-1", "signature")
ROLE = ("role", "person-1", "role.assessor")
NEWER_FIELD = ("site", "site-1", "mood")
NEWER_KIND = ("poem", "poem-1", "line")
PLACES: tuple[Place, ...] = (
    *(*ANSWERS, *FIELDS, *FACTS, HEADER, STATE, FINDING, CHECK, EVIDENCE, SIGNATURE, ROLE),
    *(NEWER_FIELD, NEWER_KIND),
)


def value_for(place: Place, number: int) -> JsonValue:
    """One of a few values, so that two people often mean the same."""
    kind, two, three = place[0], number % 2, number % 3
    if kind in _TAKEN_BACK and not number:
        return None
    values: Mapping[str, JsonValue] = {
        "answer": {"value": ("yes", 2, None)[three], "na": None, "note": "备注" * two, "entry": "hash"},
        "assessment": {"site": "site-1", "edition": f"e{three}", "column": "", "assessors": [], "visited_on": None},
        "assessment_state": {"stage": ("scoring", "finished")[two], "remarks": str(three)},
        "finding": {
            "assessment": "assessment-1",
            "item": "A1",
            "severity": "minor",
            "text": f"t{three}",
            "action": "",
            "responsible": "",
            "due": None,
        },
        "finding_check": {"state": ("open", "closed")[two], "note": str(three), "on": "2026-11-02"},
        "evidence": {"name": "photo.jpg", "caption": str(three)},
        "signature": {"assessment": "assessment-1", "name": "王敏", "part": "host", "basis": str(three), "strokes": []},
        "role": True,
    }
    return values.get(kind, ("甲", "", "𬇙")[three])


_TAKEN_BACK = {"site_fact", "finding", "finding_check", "evidence", "signature", "role"}
"""Kinds that say by null that there is nothing any more."""


# --- how the tables show it

_Rows = dict[tuple[str, ...], dict[str, JsonValue]]
_LOOKED_AT: dict[str, tuple[Table, tuple[str, ...]]] = {
    "answer": (tables.answer, ("value", "na", "note", "author", "at", "lamport")),
    "site": (tables.site, ("name", "phone", "address")),
    "site_fact": (tables.site_fact, ("value",)),
    "assessment": (tables.assessment, ("site", "edition", "stage", "remarks")),
    "finding": (tables.finding, ("assessment", "text", "state", "check_note", "checked_by")),
    "evidence": (tables.evidence, ("caption", "author")),
    "signature": (tables.signature, ("basis", "author")),
    "role": (office_tables.role, ("at",)),
}


def rows_told(connection: Connection) -> dict[str, _Rows]:
    """Read the tables that these cells fill."""
    found: dict[str, _Rows] = {}
    for name, (table, columns) in _LOOKED_AT.items():
        keys = [column.name for column in table.primary_key]
        # Said in SQL: this is asked after every step, and building the question takes longer than answering it.
        rows = connection.exec_driver_sql(f"SELECT {', '.join([*keys, *columns])} FROM {table.name}")
        found[name] = {tuple(row[: len(keys)]): dict(zip(columns, row[len(keys) :], strict=True)) for row in rows}
    return found


def rows_expected(shown: Mapping[Cell, Fact]) -> dict[str, _Rows]:
    """Say which rows these tables should hold when such acts are shown in the cells."""
    found: dict[str, _Rows] = {name: {} for name in _LOOKED_AT}
    for fact in shown.values():
        said = _said(fact)
        if said is not None:
            table, key, columns = said
            found[table].setdefault(key, dict(_EMPTY.get(table, {}))).update(columns)
    return found


_EMPTY: dict[str, dict[str, JsonValue]] = {
    "site": {"name": "", "phone": "", "address": ""},
    "assessment": {"site": "", "edition": "", "stage": "scoring", "remarks": ""},
    "finding": {"assessment": "", "text": "", "state": "open", "check_note": "", "checked_by": None},
}
"""What rows that several cells fill say before they do."""


def _said(fact: Fact) -> tuple[str, tuple[str, ...], dict[str, JsonValue]] | None:  # noqa: C901, PLR0911 - a table of kinds
    value, entity = fact.value, fact.entity
    fields = value if isinstance(value, dict) else {}
    match fact.kind:
        case "answer":
            said = {"value": canonical_json(fields["value"]), "na": fields["na"], "note": fields["note"]}
            said |= {"author": fact.author, "at": fact.at, "lamport": fact.lamport}
            return "answer", (entity, fact.cell.removeprefix("answer.")), said
        case "site" if fact.cell in ("name", "phone"):
            return "site", (entity,), {fact.cell: value}
        case "site_fact" if value is not None:
            return "site_fact", (entity, fact.cell.removeprefix("fact.")), {"value": value}
        case "assessment":
            return "assessment", (entity,), {"site": fields["site"], "edition": fields["edition"]}
        case "assessment_state":
            return "assessment", (entity,), {"stage": fields["stage"], "remarks": fields["remarks"]}
        case "finding":
            said = {"assessment": fields.get("assessment", ""), "text": fields.get("text", "")}
            return "finding", (entity,), said
        case "finding_check":
            by = fact.author if fields else None
            said = {"state": fields.get("state", "open"), "check_note": fields.get("note", ""), "checked_by": by}
            return "finding", (entity,), said
        case "evidence" if fields:
            said = {"caption": fields["caption"], "author": fact.author}
            return "evidence", (entity, "A1", PIECE), said
        case "signature" if fields:
            return "signature", (entity,), {"basis": fields["basis"], "author": fact.author}
        case "role" if value is True:
            return "role", (entity, "assessor"), {"at": fact.at}
        case _:
            return None

"""What each kind of act says, as columns of a readable table: one small function per kind.

A function gets the cell and its current act and gives the columns they fill; it looks at nothing else, so that the
same heads always give the same rows, in whatever order acts arrived.
"""

from __future__ import annotations

from collections.abc import Callable

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.store import tables
from wufei_cells.store.office_projectors import OFFICE_PROJECTORS
from wufei_cells.store.projecting import Fields, Head, Projector, Row, fields_of
from wufei_cells.store.steering_projectors import STEERING_PROJECTORS


def row_of(entity: str, cell: str, head: Head) -> Row | None:
    """Ask the projector of the act's kind; acts of kinds that only newer programs know stay in the journal, unread."""
    projector = PROJECTORS.get(head.kind)
    return projector(entity, cell, head) if projector else None


# --- one projector per kind


def _person(entity: str, _cell: str, head: Head) -> Row:
    return Row(tables.person, {"id": entity}, {"name": fields_of(head)["name"]})


def _edition(entity: str, _cell: str, head: Head) -> Row:
    document = fields_of(head)
    category, overlay = document["category"], document.get("overlay") or {}
    assert isinstance(category, dict)
    assert isinstance(overlay, dict)
    values = {
        "key": document["key"],
        "edition": document["edition"],
        "category": category["key"],
        "effective_from": document["effective_from"],
        "effective_until": document.get("effective_until"),
        "districts": canonical_json(overlay.get("districts", [])),
        "extends": overlay.get("extends"),
        "lamport": head.lamport,
        "document": canonical_json(head.value),
    }
    return Row(tables.edition, {"id": entity}, values)


def _edition_source(entity: str, _cell: str, head: Head) -> Row:
    return Row(tables.edition_source, {"id": entity}, {"document": canonical_json(head.value)})


def _edition_state(entity: str, _cell: str, head: Head) -> Row:
    fields = fields_of(head)
    return Row(tables.edition_state, {"id": entity}, {name: fields[name] for name in ("retired_on", "reason")})


def _draft(entity: str, _cell: str, head: Head) -> Row:
    if head.value is None:
        return Row(tables.draft, {"id": entity}, None)
    fields = fields_of(head)
    values = {
        "title": fields["title"],
        "category": fields["category"],
        "based_on": fields["based_on"],
        "document": canonical_json(fields["data"]),
        "author": head.author,
        "at": head.at,
    }
    return Row(tables.draft, {"id": entity}, values)


def _profile(entity: str, _cell: str, head: Head) -> Row:
    return Row(tables.profile, {"id": entity}, {"document": canonical_json(head.value)})


def _site(entity: str, cell: str, head: Head) -> Row | None:
    if cell not in tables.site.c:
        return None  # a field that only newer programs know
    return Row(tables.site, {"id": entity}, {cell: head.value})


def _site_fact(entity: str, cell: str, head: Head) -> Row:
    key = {"site": entity, "fact": cell.removeprefix("fact.")}
    return Row(tables.site_fact, key, None if head.value is None else {"value": head.value})


def _assessment(entity: str, _cell: str, head: Head) -> Row:
    fields = fields_of(head)
    values = {
        "site": fields["site"],
        "edition": fields["edition"],
        "column": fields["column"],
        "part_of": fields.get("part_of"),
        "assessors": canonical_json(fields["assessors"]),
        "visited_on": fields["visited_on"],
        # A header that is written anew, to pin another edition, does not start the assessment anew.
        "started_at": fields.get("started_at", head.at),
        "lamport": fields.get("order", head.lamport),
        "came_from": canonical_json(fields.get("came_from", [])),
    }
    return Row(tables.assessment, {"id": entity}, values)


def _assessment_state(entity: str, _cell: str, head: Head) -> Row:
    fields = fields_of(head)
    finished = "basis" in fields
    values: dict[str, JsonValue] = {
        "stage": fields["stage"],
        "facts": canonical_json(fields["facts"]) if finished else None,
        "total": fields.get("total"),
        "level": fields.get("level"),
        "passed": int(bool(fields["passed"])) if finished else None,
        "basis": fields.get("basis"),
        "decided_by": fields.get("decided_by"),
        "decided_at": fields.get("decided_at"),
        "remarks": fields.get("remarks", ""),
        "returned": canonical_json(fields.get("returned", {})),
        "revision": fields.get("revision", 1),
        "reviewed_by": fields.get("reviewed_by"),
        "reviewed_at": fields.get("reviewed_at"),
        "seal": fields.get("seal"),
        "batch": fields.get("batch"),
    }
    return Row(tables.assessment, {"id": entity}, values)


def _answer(entity: str, cell: str, head: Head) -> Row:
    said = answer_said(fields_of(head), head.author, head.at, head.lamport)
    key = {"assessment": entity, "item": cell.removeprefix("answer.")}
    return Row(tables.answer, key, dict(zip(_ANSWER_COLUMNS, said, strict=True)))


_ANSWER_COLUMNS = ("value", "na", "note", "more", "entry_hash", "author", "at", "lamport")


def answer_said(
    fields: Fields, author: str, at: str, lamport: int, written: Callable[[JsonValue], str] = canonical_json
) -> tuple[JsonValue, ...]:
    """Give what an answer says, as the columns of the table of answers behind its key.

    Args:
        fields: the value of the act.
        author: who wrote it.
        at: when, by the device's clock.
        lamport: its place among all acts.
        written: writes canonical JSON.
    """
    more = _more(fields) if "bases" in fields or "kept" in fields else None
    value = written(fields["value"])
    return value, fields["na"], fields["note"], more, fields["entry"], author, at, lamport


def _more(fields: Fields) -> str:
    return canonical_json({name: fields[name] for name in ("bases", "kept") if name in fields})


def _evidence_file(entity: str, _cell: str, head: Head) -> Row:
    names = ("media_type", "size", "width", "height", "taken_at", "latitude", "longitude", "likeness", "original")
    fields = fields_of(head)
    return Row(tables.evidence_file, {"id": entity}, {name: fields[name] for name in names})


def _evidence(entity: str, cell: str, head: Head) -> Row:
    file, _, item = cell.removeprefix("evidence.").partition(".")
    key = {"assessment": entity, "item": item, "file": file}
    if head.value is None:
        return Row(tables.evidence, key, None)
    fields = fields_of(head)
    values = {"name": fields["name"], "caption": fields["caption"], "until": fields.get("until")}
    return Row(tables.evidence, key, {**values, "author": head.author, "at": head.at})


def _finding(entity: str, _cell: str, head: Head) -> Row:
    names = ("assessment", "item", "severity", "text", "action", "responsible")
    if head.value is None:
        # Dropped, or its entry taken back: it belongs to no assessment. The row stays, for its checks live in it, too.
        values: Fields = {**dict.fromkeys(names, ""), "due": None}
    else:
        fields = fields_of(head)
        values = {name: fields[name] for name in (*names, "due")}
    return Row(tables.finding, {"id": entity}, {**values, "author": head.author, "at": head.at})


def _finding_check(entity: str, _cell: str, head: Head) -> Row:
    if head.value is None:  # a check that was taken back
        return Row(
            tables.finding, {"id": entity}, {"state": "open", "check_note": "", "checked_by": None, "checked_on": None}
        )
    fields = fields_of(head)
    values = {"state": fields["state"], "check_note": fields["note"], "checked_by": head.author}
    return Row(tables.finding, {"id": entity}, {**values, "checked_on": fields["on"]})


def _signature(entity: str, _cell: str, head: Head) -> Row:
    if head.value is None:
        return Row(tables.signature, {"id": entity}, None)
    fields = fields_of(head)
    values = {name: fields[name] for name in ("assessment", "name", "part", "basis")}
    # One that was taken away and brought back was still given when it was given.
    at = fields.get("at", head.at)
    values |= {"strokes": canonical_json(fields["strokes"]), "author": head.author, "at": at}
    return Row(tables.signature, {"id": entity}, values)


def _precheck(entity: str, _cell: str, head: Head) -> Row:
    if head.value is None:
        return Row(tables.precheck, {"assessment": entity}, None)
    values = {"findings": canonical_json(fields_of(head)["findings"]), "author": head.author, "at": head.at}
    return Row(tables.precheck, {"assessment": entity}, values)


def _certificate(entity: str, _cell: str, head: Head) -> Row:
    fields = fields_of(head)
    names = ("number", "site", "assessment", "category", "district", "issued_on", "valid_until")
    values = {name: fields[name] for name in names}
    values |= {"lamport": head.lamport, "record": canonical_json(head.value)}
    return Row(tables.certificate, {"id": entity}, values)


PROJECTORS: dict[str, Projector] = {
    "person": _person,
    "edition": _edition,
    "edition_source": _edition_source,
    "edition_state": _edition_state,
    "draft": _draft,
    "profile": _profile,
    "site": _site,
    "site_fact": _site_fact,
    "assessment": _assessment,
    "assessment_state": _assessment_state,
    "answer": _answer,
    "evidence_file": _evidence_file,
    "evidence": _evidence,
    "finding": _finding,
    "finding_check": _finding_check,
    "signature": _signature,
    "precheck": _precheck,
    "certificate": _certificate,
    **OFFICE_PROJECTORS,
    **STEERING_PROJECTORS,
}
"""By kind of act."""

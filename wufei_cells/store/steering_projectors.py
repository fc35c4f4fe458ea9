"""What acts say that steer, as columns: targets, indicator values, follow-ups, visits.

Days, times and numbers are looked at here: an act that says none cannot be read, and is set aside when it arrives.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.store import steering_tables
from wufei_cells.store.projecting import Head, Projector, Row, fields_of

_FOLLOW_UP = ("level", "on", "text", "document_number", "due", "done_on", "outcome")
_VISIT = ("site", "assessment", "on", "time", "note", "cancelled")


def _target(_entity: str, cell: str, head: Head) -> Row:
    _word, category, district, by = cell.split(".")
    _require_days({"by": by}, "by")
    key = {"category": category, "district": district, "by": by}
    if head.value is None:  # taken back: what the profile lays down holds again
        return Row(steering_tables.target, key, None)
    return Row(steering_tables.target, key, {"count": fields_of(head)["count"], **_own(head)})


def _indicator_value(entity: str, cell: str, head: Head) -> Row:
    key = {"indicator": entity, "year": cell.removeprefix("year.")}
    if head.value is None:
        return Row(steering_tables.indicator_value, key, None)
    fields = fields_of(head)
    _require_number(fields["value"])
    values: dict[str, JsonValue] = {name: fields[name] for name in ("value", "source", "note")}
    values["preliminary"] = int(fields["preliminary"] is True)
    return Row(steering_tables.indicator_value, key, {**values, **_own(head)})


def _follow_up(entity: str, _cell: str, head: Head) -> Row:
    if head.value is None:
        return Row(steering_tables.follow_up, {"id": entity}, None)
    fields = fields_of(head)
    values: dict[str, JsonValue] = {name: fields[name] for name in _FOLLOW_UP}
    _require_days(fields, "on", "due", "done_on")
    subject = fields["subject"]
    assert isinstance(subject, dict)
    values |= {name: subject.get(name) for name in ("site", "district", "category")}
    return Row(steering_tables.follow_up, {"id": entity}, {**values, **_own(head), "lamport": head.lamport})


def _visit(entity: str, _cell: str, head: Head) -> Row:
    if head.value is None:
        return Row(steering_tables.visit, {"id": entity}, None)
    fields = fields_of(head)
    values: dict[str, JsonValue] = {name: fields[name] for name in _VISIT}
    _require_days(fields, "on")
    if fields["time"] is not None:
        time.fromisoformat(str(fields["time"]))
    people = fields["people"]
    assert isinstance(people, list)
    assert all(isinstance(name, str) for name in people)
    values["people"] = canonical_json(people)
    return Row(steering_tables.visit, {"id": entity}, {**values, **_own(head), "lamport": head.lamport})


def _own(head: Head) -> dict[str, JsonValue]:
    return {"author": head.author, "at": head.at}


def _require_days(fields: Mapping[str, JsonValue], *names: str) -> None:
    for name in names:
        if fields[name] is not None:
            date.fromisoformat(str(fields[name]))


def _require_number(value: JsonValue) -> None:
    try:
        finite = Decimal(str(value)).is_finite()
    except InvalidOperation:
        finite = False
    if not finite:
        raise ValueError(value)


STEERING_PROJECTORS: dict[str, Projector] = {
    "target": _target,
    "indicator_value": _indicator_value,
    "follow_up": _follow_up,
    "visit": _visit,
}
"""By kind of act."""

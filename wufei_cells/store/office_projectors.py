"""What acts of the office say, as columns: applications, objections, batches, numbers, keys, templates, drawings."""

from __future__ import annotations

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.store import office_tables
from wufei_cells.store.projecting import Head, Projector, Row, fields_of, record


def _application(entity: str, _cell: str, head: Head) -> Row:
    if head.value is None:
        return Row(office_tables.application, {"assessment": entity}, None)
    fields = fields_of(head)
    names = ("applied_on", "signatory", "committed_on", "recommended_by", "highlights")
    values: dict[str, JsonValue] = {name: fields[name] for name in names}
    return Row(office_tables.application, {"assessment": entity}, {**values, "author": head.author, "at": head.at})


def _objection_settled(entity: str, _cell: str, head: Head) -> Row:
    if head.value is None:  # settled by mistake
        values: dict[str, JsonValue] = {"outcome": "open", "reason": "", "settled_by": None, "settled_on": None}
        return Row(office_tables.objection, {"id": entity}, values)
    fields = fields_of(head)
    values = {"outcome": fields["outcome"], "reason": fields["reason"], "settled_on": fields["on"]}
    return Row(office_tables.objection, {"id": entity}, {**values, "settled_by": head.author})


def _certificate_event(entity: str, cell: str, head: Head) -> Row:
    key = {"certificate": entity, "id": cell.removeprefix("event.")}
    fields = fields_of(head)
    if "struck" in fields:
        return Row(office_tables.certificate_event, key, None)
    names = ("kind", "on", "until", "year", "reason", "document_number")
    values: dict[str, JsonValue] = {name: fields[name] for name in names}
    values |= {"author": head.author, "at": head.at, "lamport": head.lamport}
    return Row(office_tables.certificate_event, key, values)


def _role(entity: str, cell: str, head: Head) -> Row:
    key = {"person": entity, "role": cell.removeprefix("role.")}
    return Row(office_tables.role, key, {"at": head.at} if head.value is True else None)


def _number_keeper(entity: str, _cell: str, head: Head) -> Row:
    return Row(office_tables.number_keeper, {"id": entity}, {"device": fields_of(head)["device"]})


def _office_key(entity: str, _cell: str, head: Head) -> Row:
    fields = fields_of(head)
    values: dict[str, JsonValue] = {name: fields[name] for name in ("issuer", "since", "predecessor")}
    return Row(office_tables.office_key, {"id": entity}, {**values, "document": canonical_json(head.value)})


def _status_list(_entity: str, cell: str, head: Head) -> Row:
    values: dict[str, JsonValue] = {"as_of": fields_of(head)["as_of"], "document": canonical_json(head.value)}
    return Row(office_tables.status_list, {"key": cell}, values)


def _template(entity: str, _cell: str, head: Head) -> Row:
    title = fields_of(head)["title"]
    assert isinstance(title, dict)
    return Row(office_tables.template, {"id": entity}, {"name": title["zh"], "document": canonical_json(head.value)})


def _template_choice(entity: str, _cell: str, head: Head) -> Row:
    return Row(office_tables.template_choice, {"id": entity}, {"template": fields_of(head)["template"]})


def _drawing(entity: str, _cell: str, head: Head) -> Row:
    values: dict[str, JsonValue] = {"drawn_on": fields_of(head)["drawn_on"], "author": head.author, "at": head.at}
    return Row(office_tables.drawing, {"id": entity}, {**values, "record": canonical_json(head.value)})


def _erasure(entity: str, _cell: str, head: Head) -> Row:
    values: dict[str, JsonValue] = {"reason": fields_of(head)["reason"], "author": head.author, "at": head.at}
    return Row(office_tables.erasure, {"file": entity}, values)


OFFICE_PROJECTORS: dict[str, Projector] = {
    "application": _application,
    "objection": record(
        office_tables.objection,
        *("assessment", "revision", "kind", "item", "text", "name", "contact", "received_on", "due"),
    ),
    "objection_settled": _objection_settled,
    "batch": record(
        office_tables.batch, *("title", "notice_from", "notice_until", "contact", "document_number", "named_on")
    ),
    "certificate_event": _certificate_event,
    "role": _role,
    "number_keeper": _number_keeper,
    "number_block": record(office_tables.number_block, "series", "first", "last", "device"),
    "office_key": _office_key,
    "status_list": _status_list,
    "template": _template,
    "template_choice": _template_choice,
    "drawing": _drawing,
    "erasure": _erasure,
}
"""By kind of act."""

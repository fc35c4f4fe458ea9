"""The way of a site through the life cycle, told from the journal: one line for each step, with who and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.objections import ObjectionRow, Outcome
from wufei_cells.domain.supervision import EventKind

if TYPE_CHECKING:
    from ui.context import Desk
    from ui.i18n import I18n
    from wufei_cells.domain.answers import JsonValue
    from wufei_cells.domain.batches import Batch
    from wufei_cells.domain.register import AssessmentRow, CertificateRow
    from wufei_cells.domain.supervision import EventRow
    from wufei_cells.services.browsing import HistoryRow

Told = tuple[datetime, str, str, str]
"""When, caption, sentence, tone."""

TONES = {
    Stage.STOPPED: "failed",
    Stage.FINISHED: "information",
    Stage.REVIEWED: "passed",
    Stage.APPROVED: "passed",
    Stage.REJECTED: "failed",
    Stage.NOTICED: "information",
    Stage.NAMED: "passed",
}
EVENT_TONES = {"order": "attention", "suspend": "attention", "withdraw": "failed"}


@dataclass(frozen=True, slots=True)
class FileStory:
    """One assessment with everything that happened to it as a whole."""

    row: AssessmentRow
    acts: tuple[HistoryRow, ...]
    objections: tuple[ObjectionRow, ...]


@dataclass(frozen=True, slots=True)
class CertificateStory:
    """One certificate, when it was written and by whom, and what happened to it."""

    row: CertificateRow
    acts: tuple[HistoryRow, ...]
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """The whole way of a site."""

    files: tuple[FileStory, ...]
    certificates: tuple[CertificateStory, ...]
    batches: Mapping[str, Batch]


def load_way(site: str, desk: Desk) -> Way:
    """Read the way of a site."""
    workspace, history = desk.workspace, desk.browsing.history
    files = tuple(
        FileStory(
            row,
            tuple(act for act in history(workspace, row.id) if not act.cell.startswith("answer.")),
            desk.objecting.objections(workspace, row.id),
        )
        for row in desk.browsing.list_assessments(workspace, site=site)
    )
    certificates = tuple(
        CertificateStory(row, history(workspace, row.id), desk.supervising.events(workspace, row.id))
        for row in desk.browsing.list_certificates(workspace)
        if row.site == site
    )
    named = {story.row.batch for story in files if story.row.batch}
    batches: dict[str, Batch] = {one.id: one.batch for one in desk.naming.batches(workspace)} if named else {}
    return Way(files, certificates, batches)


def barred(way: Way, on: date) -> bool:
    """Tell whether a withdrawal keeps the site from applying on a day."""
    told = (one.event for certificate in way.certificates for one in certificate.events)
    return any(one.kind is EventKind.WITHDRAW and one.until is not None and on <= one.until for one in told)


def tell_way(way: Way, i18n: I18n) -> Iterator[Told]:
    """Tell every step, in no order."""
    for file in way.files:
        for act in file.acts:
            yield from _told_act(act, way, i18n)
        for objection in file.objections:
            yield from _told_objection(objection, i18n)
    for certificate in way.certificates:
        yield from _told_certificate(certificate, i18n)


# --- assessments


def _told_act(act: HistoryRow, way: Way, i18n: I18n) -> Iterator[Told]:
    new, old = _fields(act.new), _fields(act.old)
    if act.kind == "application":
        key = "sites.history.applied_anew" if old else "sites.history.applied"
        yield _line(act, i18n, key, "information", signatory=new.get("signatory", ""))
    elif act.kind == "assessment":
        yield from _told_header(act, new, old, i18n)
    elif act.kind == "assessment_state":
        yield from _told_state(act, (new, old), way, i18n)


def _told_header(
    act: HistoryRow, new: Mapping[str, JsonValue], old: Mapping[str, JsonValue], i18n: I18n
) -> Iterator[Told]:
    column, assessors = str(new.get("column") or ""), new.get("assessors")
    names = i18n.tr("desk.list_separator").join(map(str, assessors)) if isinstance(assessors, list) else ""
    if column and not old.get("column"):
        words = i18n.tr(f"ui.column.{column}") if column in ("onsite", "self", "first") else ""
        yield _line(act, i18n, "sites.history.started_by", "information", column=words, names=names)
    elif column and old.get("assessors") != assessors:
        yield _line(act, i18n, "sites.history.assessors", "muted", names=names)


def _told_state(
    act: HistoryRow, states: tuple[Mapping[str, JsonValue], Mapping[str, JsonValue]], way: Way, i18n: I18n
) -> Iterator[Told]:
    new, old = states
    stage, before = Stage(str(new["stage"])), str(old.get("stage") or "")
    returned, remarks = _fields(new.get("returned")), str(new.get("remarks") or "")
    values: dict[str, object] = {"remarks": remarks, "count": len(returned), "total": _total(new)}
    values |= {"number": new.get("revision") or 1, "batch": "", "document": ""}
    batch = way.batches.get(str(new.get("batch") or ""))
    if batch is not None:
        values |= {"batch": batch.title, "document": batch.document_number}
    if stage is Stage.SCORING:
        if returned and returned != _fields(old.get("returned")):
            yield _line(act, i18n, _key("returned", remarks), "attention", **values)
        elif before not in ("", Stage.APPLIED.value):
            yield _line(act, i18n, "sites.history.reopened", "attention", **values)
    elif stage is Stage.APPROVED and before == Stage.NOTICED.value:
        yield _line(act, i18n, "sites.history.taken_out", "attention", **values)
    elif stage.value != before and stage in TONES:
        plain = stage in (Stage.STOPPED, Stage.REJECTED, Stage.FINISHED, Stage.NOTICED, Stage.NAMED)
        key = f"sites.history.{stage.value}" if plain else _key(stage.value, remarks)
        yield _line(act, i18n, key, TONES[stage], **values)


def _key(name: str, remarks: str) -> str:
    """Choose the sentence with or without remarks."""
    return f"sites.history.{name}_saying" if remarks else f"sites.history.{name}"


def _total(state: Mapping[str, JsonValue]) -> str:
    total = state.get("total")
    return printed(Fraction(total)) if isinstance(total, str) and total else ""


# --- objections and certificates


def _told_objection(row: ObjectionRow, i18n: I18n) -> Iterator[Told]:
    kind = row.objection.kind.value
    said = i18n.tr(f"sites.history.{kind}", text=row.objection.text)
    yield row.at, f"{i18n.moment(row.at)} · {row.author}", said, "attention"
    if row.outcome is not Outcome.OPEN and row.settled_on:
        day = datetime.combine(row.settled_on, row.at.timetz()) if row.settled_on > row.at.date() else row.at
        said = i18n.tr(f"sites.history.settled_{row.outcome.value}", reason=row.reason)
        yield day, f"{i18n.day(row.settled_on)} · {row.settled_by}", said, "information"


def _told_certificate(story: CertificateStory, i18n: I18n) -> Iterator[Told]:
    row = story.row
    for act in story.acts[:1]:
        yield _line(act, i18n, "sites.history.certified", "passed", number=row.number)
    for event in story.events:
        what, reason = i18n.tr(f"event.{event.event.kind.value}"), event.event.reason
        values = {"number": row.number, "what": what, "on": i18n.day(event.event.on), "reason": reason}
        said = i18n.tr(_key("event", reason), **values)
        tone = EVENT_TONES.get(event.event.kind.value, "information")
        yield event.at, f"{i18n.moment(event.at)} · {event.author}", said, tone


def _line(act: HistoryRow, i18n: I18n, key: str, tone: str, **values: object) -> Told:
    return act.at, f"{i18n.moment(act.at)} · {act.author}", i18n.tr(key, **values).strip(), tone


def _fields(value: JsonValue | object) -> dict[str, JsonValue]:
    return value if isinstance(value, dict) else {}

"""Issue certificates, and render what was issued."""

from __future__ import annotations

import uuid
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.batches import Batch
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.lifecycle import Stage, Step
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import AssessmentRow, CertificateId, CertificateRow
from wufei_cells.domain.supervision import EventKind
from wufei_cells.domain.text import LANGUAGES, Language, Text
from wufei_cells.errors import UserError
from wufei_cells.services import (
    certificate_templating,
    naming,
    numbering,
    objecting,
    office_keys,
    papers,
    reading,
    steps,
)
from wufei_cells.services.papers import Press
from wufei_cells.services.reading import Sheet
from wufei_cells.services.text_fields import LONGEST_NAME, require_text
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import certificate_queries
from wufei_cells.store.certificate_queries import certificate_row
from wufei_cells.store.journal import Connection, Draft

if TYPE_CHECKING:
    from wufei_cells.signing.signing_key import SigningKey


def issue_certificate(
    workspace: Workspace,
    assessment_id: str,
    *,
    issued_on: date | None = None,
    document_number: str = "",
    press: Press | None = None,
    key: SigningKey | None = None,
) -> CertificateRow:
    """Issue the certificate of an approved assessment, with a number of its own.

    The record keeps every word that is printed and the digest of the acts it rests on, so that the same paper can
    be made from it at any time. It is signed where the office has a key.

    Args:
        workspace: the register.
        assessment_id: the assessment.
        issued_on: the day of issue; today unless told otherwise.
        document_number: 文号 of the naming document; that of its batch unless told otherwise.
        press: prints the paper before the certificate comes to be: it cannot be taken back, so one that cannot be
            printed must not be issued. ``None``: no paper is made or kept.
        key: the office's key, opened.

    Raises:
        UserError: the site is not as far as the city wants it, what was decided on has changed, the day has not come
            or is before that of the decision or the naming, this device has no number left, the office signs and no
            key is open, or it cannot be printed.
            Nothing is written then.
    """
    document_number = require_text("document_number", document_number, limit=LONGEST_NAME)
    day = steps.fitting_day(issued_on or workspace.today(), "certifying.day")
    certificate = CertificateId(uuid.uuid4().hex)
    with workspace.database.writing() as connection:
        sheet, batch = _ready(workspace, connection, assessment_id)
        _refuse_day(workspace, sheet.assessment, batch, day)
        number, taken = numbering.next_number(workspace, connection, sheet.checklist.category.code, day.year)
        record = _record(workspace, connection, sheet, number, day, document_number or batch.document_number)
        record |= _naming(connection, sheet, batch)
        template = certificate_templating.template_in_force(connection, press.default) if press else None
        if template:
            record["template"] = template[0]
            taken += certificate_templating.keep(connection, template[1])
        record["proof"] = _proof(connection, record, key, day)
        if press and template:
            paper = press.draw(certificate_row(certificate, record, (), day), template[1])
            record["paper"] = papers.keep(workspace, paper)
        workspace.write(connection, [*taken, Draft("certificate", certificate, "record", record)])
        state = steps.carry_on(connection, assessment_id, stage=Stage.CERTIFIED.value)
        steps.write_state(workspace, connection, assessment_id, state)
        return reading.certificate(workspace, connection, certificate)


def signs(workspace: Workspace) -> bool:
    """Tell whether this office signs its certificates, so that issuing needs an open key."""
    with workspace.database.reading() as connection:
        return bool(office_keys.trust_of(connection).keys)


def _ready(workspace: Workspace, connection: Connection, assessment_id: str) -> tuple[Sheet, Batch]:
    """Give what a certificate is issued on, and the batch it was named in; refuse what stands against it."""
    sheet = reading.sheet(workspace, connection, assessment_id)
    steps.require(workspace, connection, Step.CERTIFY, sheet.assessment)
    steps.refuse_changed(workspace, connection, sheet.assessment)
    certificate_templating.refuse_disputed(connection)
    return sheet, _batch(workspace, connection, sheet.assessment)


def _refuse_day(workspace: Workspace, row: AssessmentRow, batch: Batch, day: date) -> None:
    """Refuse a day of issue that cannot be: a number of its year would be gone for good."""
    today = workspace.today()
    if day > today:
        raise UserError("certifying.day_to_come", found=day, today=today)
    if batch.named_on and day < batch.named_on:
        raise UserError("certifying.before_naming", found=day, named=batch.named_on, site=row.site_name)
    decided = row.decided_at.astimezone().date() if row.decided_at else day
    if day < decided:
        raise UserError("certifying.before_decision", found=day, decided=decided, site=row.site_name)


def _naming(connection: Connection, sheet: Sheet, batch: Batch) -> dict[str, JsonValue]:
    """Say how it was named, and which certificate of the site it follows: the newest that was not withdrawn."""
    keys = certificate_queries.certificates_of(connection, sheet.site.id)
    told = certificate_queries.events_of(connection, keys)
    followed = next((key for key in keys if not any(row.event.kind is EventKind.WITHDRAW for row in told[key])), None)
    return {
        "batch": batch.title,
        "named_on": batch.named_on.isoformat() if batch.named_on else None,
        "renews": str(certificate_queries.record_of(connection, followed)["number"]) if followed else "",
    }


def _proof(connection: Connection, record: Mapping[str, JsonValue], key: SigningKey | None, day: date) -> str:
    """Sign what a certificate says; nothing where the office has no key at all."""
    trust = office_keys.trust_of(connection)
    if key is None:
        if trust.keys:
            raise UserError("certifying.key_needed")
        return ""
    office_keys.require_in_use(trust, key.id, day)
    from wufei_cells.signing.proofs import prove  # noqa: PLC0415 - loads cryptography
    from wufei_cells.signing.records import content_of  # noqa: PLC0415 - the same

    return prove(key, content_of(record))


def _batch(workspace: Workspace, connection: Connection, row: AssessmentRow) -> Batch:
    """Give the batch a site was named in; refuse while its notice runs or somebody's objection is open."""
    if row.batch is None:
        return Batch("")
    batch = naming.require_batch(connection, row.batch).batch
    if batch.notice_until and workspace.today() <= batch.notice_until:
        raise UserError("certifying.notice_running", site=row.site_name, until=batch.notice_until)
    waiting = objecting.open_against(connection, [row])
    if waiting:
        raise UserError("naming.open_objections", site=row.site_name, count=waiting[row.id])
    return batch


def valid_until(issued_on: date, years: int) -> date:
    """Give the last day of validity: the same day some years on, or the month's last where there is none."""
    year = issued_on.year + years
    return issued_on.replace(year=year, day=min(issued_on.day, monthrange(year, issued_on.month)[1]))


def _record(
    workspace: Workspace, connection: Connection, sheet: Sheet, number: str, day: date, document_number: str
) -> dict[str, JsonValue]:
    said = said_on(
        reading.profile(connection),
        sheet.checklist,
        site=sheet.site.name,
        level=sheet.assessment.level,
        total=printed(sheet.assessment.total or 0),
        number=number,
        day=day,
        document_number=document_number,
    )
    return {
        **said,
        "site": sheet.site.id,
        "assessment": sheet.assessment.id,
        "district": sheet.site.district,
        "basis": sheet.assessment.basis,
        "example": workspace.example,
    }


def said_on(
    profile: Profile,
    checklist: Checklist,
    *,
    site: str,
    level: str | None,
    total: str,
    number: str,
    day: date,
    document_number: str,
) -> dict[str, JsonValue]:
    """Give the part of a record that is printed: every word of the certificate."""
    reached = next(grade.text for grade in checklist.grades if grade.key == level)
    until = valid_until(day, profile.validity_years)
    wording: dict[str, JsonValue] = {}
    for language in LANGUAGES:
        slots = {
            "site": site,
            "category": checklist.category.text.in_language(language),
            "city": profile.city.in_language(language),
            "number": number,
            "issued": _day(day, language),
            "valid_until": _day(until, language),
            "checklist": checklist.title.in_language(language),
            "edition": checklist.edition,
            "total": total,
            "level": reached.in_language(language),
            "document": document_number,
        }
        wording[language] = _filled(profile, language, slots)
    return {
        "number": number,
        "site_name": site,
        "category": checklist.category.key,
        "category_text": _languages(checklist.category.text),
        "issuer": _languages(profile.issuer),
        "city": _languages(profile.city),
        "checklist": _languages(checklist.title),
        "edition": checklist.edition,
        "total": total,
        "level": _languages(reached),
        "issued_on": day.isoformat(),
        "valid_until": until.isoformat(),
        "document_number": document_number,
        "wording": wording,
        "official": checklist.official,
    }


def _filled(profile: Profile, language: Language, slots: Mapping[str, str]) -> JsonValue:
    certificate = profile.certificate
    texts = {"title": certificate.title, "body": certificate.body, "remark": certificate.remark}
    return {name: text.in_language(language).format_map(slots) for name, text in texts.items()}


def _languages(text: Text) -> JsonValue:
    return {language: text.in_language(language) for language in LANGUAGES}


def _day(day: date, language: Language) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else f"{day:%B} {day.day}, {day.year}"

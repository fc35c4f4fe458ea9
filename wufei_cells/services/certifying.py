"""Issue certificates, and render what was issued."""

from __future__ import annotations

import uuid
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.lifecycle import Stage, Step
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import CertificateId, CertificateRow
from wufei_cells.domain.text import LANGUAGES, Language, Text
from wufei_cells.errors import UserError
from wufei_cells.services import browsing, reading, steps
from wufei_cells.services.reading import Sheet
from wufei_cells.services.text_fields import LONGEST_NAME, require_text
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import ledger, queries
from wufei_cells.store.journal import Connection, Draft

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.wording import Wording

Trial = Callable[[CertificateRow], object]
EARLIEST = date(2000, 1, 1)
LATEST = date(2199, 12, 31)
"""Days outside are slips of the finger."""


def issue_certificate(
    workspace: Workspace,
    assessment_id: str,
    *,
    issued_on: date | None = None,
    document_number: str = "",
    trial: Trial | None = None,
) -> CertificateRow:
    """Issue the certificate of an approved assessment, with a number of its own.

    The record keeps every word that is printed and the digest of the acts it rests on, so that the same paper can
    be made from it at any time.

    Args:
        trial: prints the certificate before it is issued (`trial_print`). A certificate cannot be taken back, so one
            that cannot be printed must not come to be.

    Raises:
        UserError: not approved, the answers are no longer those that were decided on, or the day cannot be right; or
            what the trial found. Nothing is written then.
    """
    document_number = require_text("document_number", document_number, limit=LONGEST_NAME)
    day = issued_on or workspace.today()
    if not EARLIEST <= day <= LATEST:
        raise UserError("certifying.day", found=day, earliest=EARLIEST, latest=LATEST)
    certificate = CertificateId(uuid.uuid4().hex)
    with workspace.database.writing() as connection:
        sheet = reading.sheet(workspace, connection, assessment_id)
        steps.require(Step.CERTIFY, sheet.assessment)
        steps.refuse_conflicts(workspace, connection, sheet.assessment)
        basis = ledger.basis(connection, assessment=assessment_id, site=sheet.site.id)
        if basis != sheet.assessment.basis:
            raise UserError("certifying.basis_changed", site=sheet.site.name)
        profile = reading.profile(connection)
        number = next_number(connection, profile, sheet.checklist.category.code, day.year)
        record = _record(workspace, profile, sheet, number, day, document_number)
        workspace.write(connection, [Draft("certificate", certificate, "record", record)])
        state = steps.carry_on(connection, assessment_id, stage=Stage.CERTIFIED.value)
        steps.write_state(workspace, connection, assessment_id, state)
        row = reading.certificate(workspace, connection, certificate)
        if trial:
            trial(row)
        return row


def trial_print(fonts: DocumentFonts, wording: Wording) -> Trial:
    """Give a trial that prints a certificate and throws the paper away."""
    from wufei_cells.documents.certificate import render_certificates as render  # noqa: PLC0415 - loads reportlab

    return lambda row: render([row], fonts, wording)


def render_certificates(workspace: Workspace, keys: Iterable[str], fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print certificates into one PDF, a page each, in the language of the wording."""
    from wufei_cells.documents.certificate import render_certificates as render  # noqa: PLC0415 - loads reportlab

    rows = [browsing.certificate(workspace, key) for key in keys]
    return render(rows, fonts, wording)


def next_number(connection: Connection, profile: Profile, code: str, year: int) -> str:
    """Give the next free number in the city's format: above every serial that was used, so that none is used twice."""
    template = profile.certificate.number
    prefix = template.split("{serial", 1)[0].format(code=code, year=year)
    used = set(queries.numbers_like(connection, prefix))
    serial = len(used) + 1
    while (number := template.format(code=code, year=year, serial=serial)) in used:
        serial += 1
    return number


def valid_until(issued_on: date, years: int) -> date:
    """Give the last day of validity: the same day some years on, or the month's last where there is none."""
    year = issued_on.year + years
    return issued_on.replace(year=year, day=min(issued_on.day, monthrange(year, issued_on.month)[1]))


def _record(
    workspace: Workspace, profile: Profile, sheet: Sheet, number: str, day: date, document_number: str
) -> JsonValue:
    checklist = sheet.checklist
    level = next(grade for grade in checklist.grades if grade.key == sheet.assessment.level)
    until = valid_until(day, profile.validity_years)
    total = printed(sheet.assessment.total or 0)
    wording: dict[str, JsonValue] = {}
    for language in LANGUAGES:
        slots = {
            "site": sheet.site.name,
            "category": checklist.category.text.in_language(language),
            "city": profile.city.in_language(language),
            "number": number,
            "issued": _day(day, language),
            "valid_until": _day(until, language),
            "checklist": checklist.title.in_language(language),
            "edition": checklist.edition,
            "total": total,
            "level": level.text.in_language(language),
            "document": document_number,
        }
        wording[language] = _filled(profile, language, slots)
    return {
        "number": number,
        "site": sheet.site.id,
        "assessment": sheet.assessment.id,
        "site_name": sheet.site.name,
        "category": checklist.category.key,
        "category_text": _languages(checklist.category.text),
        "district": sheet.site.district,
        "issuer": _languages(profile.issuer),
        "city": _languages(profile.city),
        "checklist": _languages(checklist.title),
        "edition": checklist.edition,
        "total": total,
        "level": _languages(level.text),
        "issued_on": day.isoformat(),
        "valid_until": until.isoformat(),
        "document_number": document_number,
        "basis": sheet.assessment.basis,
        "wording": wording,
        "example": workspace.example,
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

"""Try whether the certificates of sites can be printed at all, long before one is issued.

A name that no font has, or that is too long for its line or for the code, should be found while it can still be mended.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.register import CertificateId, SiteRow
from wufei_cells.errors import Problem, UserError
from wufei_cells.services import browsing, certificate_templating, certifying, numbering, office_keys, reading
from wufei_cells.services.papers import Press
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.certificate_queries import certificate_row
from wufei_cells.store.journal import Connection

DOCUMENT_NUMBER = "某某市无废城市建设工作领导小组〔2026〕第 12 号文件"
SERIAL = 9999
TOTAL = "100.00"
SHORT_NAME = 20
"""A name of so many common characters is sure to be printed; trying it would only take time."""
_CODES = {
    "document.glyph_missing": "papers.name_glyphs",
    "document.text_too_long": "papers.name_too_long",
    "document.code_too_long": "papers.name_code",
}


def unprintable(workspace: Workspace, press: Press, assessments: Iterable[str]) -> list[Problem]:
    """List the sites whose certificates could not be printed, by the template in force; each with the reason.

    Args:
        workspace: the register.
        press: prints the trial.
        assessments: of the sites.

    Raises:
        UserError: there is no such assessment.
    """
    found: list[Problem] = []
    with workspace.database.reading() as connection:
        for key in dict.fromkeys(assessments):
            row = reading.assessment(connection, key)
            checklist = reading.checklist(workspace, connection, row.edition)
            found += _tried(workspace, connection, press, row.site_name, checklist)
    return found


def unprintable_site(workspace: Workspace, press: Press, site: SiteRow) -> list[Problem]:
    """Say why the certificate of a site could not be printed, going by the edition in force for its category."""
    edition = browsing.current_edition(workspace, site.category)
    with workspace.database.reading() as connection:
        return _tried(workspace, connection, press, site.name, reading.checklist(workspace, connection, edition.id))


def is_plain(name: str) -> bool:
    """Tell whether a name is short and of common characters (GB/T 2312), so that it need not be tried."""
    try:
        return len(name) <= SHORT_NAME and bool(name.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _tried(
    workspace: Workspace, connection: Connection, press: Press, name: str, checklist: Checklist
) -> list[Problem]:
    template = certificate_templating.template_in_force(connection, press.default)[1]
    record = _record(workspace, connection, name, checklist)
    try:
        if office_keys.trust_of(connection).keys:
            record["proof"] = _proof(record)
        press.draw(certificate_row(CertificateId("0" * 32), record, (), workspace.today()), template)
    except UserError as error:
        quoted = str(error.values.get("text", ""))
        code = _CODES.get(error.code, error.code)
        if error.code in _CODES and quoted and name not in quoted and quoted not in name:
            code = error.code  # it is not the name that is at fault
        return [Problem(code, name, {**error.values, "site": name})]
    return []


def _record(workspace: Workspace, connection: Connection, name: str, checklist: Checklist) -> dict[str, JsonValue]:
    profile, day = reading.profile(connection), workspace.today()
    longest = max(checklist.grades, key=lambda grade: len(grade.text.zh))
    said = certifying.said_on(
        profile,
        checklist,
        site=name,
        level=longest.key,
        total=TOTAL,
        number=numbering.number_in(profile, checklist.category.code, day.year, SERIAL),
        day=day,
        document_number=DOCUMENT_NUMBER,
    )
    unknown: dict[str, JsonValue] = {"site": "", "assessment": "", "district": "", "basis": "0" * 64}
    return {**said, **unknown, "example": workspace.example, "proof": ""}


def _proof(record: dict[str, JsonValue]) -> str:
    """Give a text as long as the one that will be signed, by a key that is nobody's."""
    from wufei_cells.signing.proofs import prove  # noqa: PLC0415 - the same
    from wufei_cells.signing.records import content_of  # noqa: PLC0415 - the same
    from wufei_cells.signing.signing_key import SigningKey  # noqa: PLC0415 - loads cryptography

    return prove(SigningKey(bytes(32)), content_of(cast("dict[str, object]", record)))

"""Applications: a unit asks to be assessed, with a letter of commitment."""

from __future__ import annotations

import uuid
from datetime import date

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.applications import Application, ApplicationRow
from wufei_cells.domain.lifecycle import CLOSED, Stage
from wufei_cells.domain.register import ActRef, AssessmentId, AssessmentRow, SiteRow
from wufei_cells.domain.supervision import EventKind
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import edition_choice, reading
from wufei_cells.services.text_fields import LONGEST_NAME, LONGEST_NOTE, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, certificate_queries, office_queries
from wufei_cells.store.journal import Connection, Draft


def apply(
    workspace: Workspace, site_id: str, application: Application, *, seen: tuple[ActRef, ...] | None = None
) -> AssessmentRow:
    """Take in a unit's application: it opens a file, or joins the one that is being scored.

    Args:
        workspace: the register.
        site_id: the unit.
        application: what it handed in.
        seen: the acts the form had loaded (see ``assessing.record_answer``).

    Raises:
        ProblemsFound: what is missing or cannot be so.
        UserError: the unit may not apply yet, or its file is past the point where an application can be changed.
    """
    _refuse_unfit(workspace, application)
    with workspace.database.writing() as connection:
        site = reading.site(connection, site_id)
        refuse_barred(connection, site, application.applied_on)
        drafts: list[Draft] = []
        if site.assessment is None or site.stage in CLOSED:
            assessment = AssessmentId(uuid.uuid4().hex)
            drafts += _opened(workspace, connection, site, assessment)
        elif site.stage in (Stage.APPLIED, Stage.SCORING):
            assessment = site.assessment
            row = reading.assessment(connection, assessment)
            if row.returned:
                raise UserError("applying.sent_back", site=site.name)
        else:
            raise UserError("applying.too_late", site=site.name, stage=site.stage.value)
        document = _document(application)
        drafts.append(Draft("application", assessment, office_queries.APPLICATION, document, seen))
        workspace.write(connection, drafts)
        return reading.assessment(connection, assessment)


def application(workspace: Workspace, assessment_id: str) -> ApplicationRow | None:
    """Give the application that an assessment goes back to; ``None`` when there is none."""
    with workspace.database.reading() as connection:
        return office_queries.application(connection, assessment_id)


def problems(connection: Connection, row: AssessmentRow) -> list[Problem]:
    """List what keeps an assessment from being finished: the application, where the city wants one."""
    wanted = reading.profile(connection).process.application
    if not wanted or office_queries.application(connection, row.id):
        return []
    return [Problem("applying.missing", "application", {"site": row.site_name})]


def barred_until(connection: Connection, site: SiteRow) -> date | None:
    """Give the last day on which a site cannot apply because a certificate of it was withdrawn."""
    certificates = certificate_queries.certificates_of(connection, site.id)
    events = certificate_queries.events_of(connection, certificates)
    ends = [
        row.event.until
        for rows in events.values()
        for row in rows
        if row.event.kind is EventKind.WITHDRAW and row.event.until
    ]
    return max(ends, default=None)


def refuse_barred(connection: Connection, site: SiteRow, on: date) -> None:
    """Refuse to open a file for a site whose certificate was withdrawn not long ago.

    Raises:
        UserError: until which day.
    """
    until = barred_until(connection, site)
    if until is not None and on <= until:
        raise UserError("applying.barred", site=site.name, until=until)


def _opened(workspace: Workspace, connection: Connection, site: SiteRow, assessment: AssessmentId) -> list[Draft]:
    """Open a file that nobody scores yet; which edition holds is settled anew when it is begun."""
    header: JsonValue = {
        "site": site.id,
        "edition": edition_choice.edition_to_use(workspace, connection, site, None).id,
        "column": "",
        "assessors": [],
        "visited_on": None,
    }
    state: JsonValue = {"stage": Stage.APPLIED.value}
    return [
        Draft("assessment", assessment, "header", header),
        Draft("assessment_state", assessment, "state", state),
    ]


def _refuse_unfit(workspace: Workspace, application: Application) -> None:
    found: list[Problem] = []
    if not application.signatory.strip():
        found.append(Problem("applying.signatory_needed", "signatory"))
    texts = {
        "signatory": (application.signatory, LONGEST_NAME),
        "recommended_by": (application.recommended_by, LONGEST_NAME),
    }
    texts["highlights"] = (application.highlights, LONGEST_NOTE)
    for place, (text, limit) in texts.items():
        found += text_problems(place, text, limit=limit, lines=place == "highlights")
    for place, day in (("applied_on", application.applied_on), ("committed_on", application.committed_on)):
        if day > workspace.today():
            found.append(Problem("applying.day_to_come", place, {"found": day}))
    if found:
        raise ProblemsFound(found)


def _document(application: Application) -> JsonValue:
    return {
        "applied_on": application.applied_on.isoformat(),
        "signatory": application.signatory.strip(),
        "committed_on": application.committed_on.isoformat(),
        "recommended_by": application.recommended_by.strip(),
        "highlights": application.highlights.strip(),
    }


def pinned_anew(connection: Connection, row: AssessmentRow, header: dict[str, JsonValue]) -> list[Draft]:
    """Give the acts that begin to score a file that was opened by an application."""
    state = {**assessment_queries.state_values(connection, row.id), "stage": Stage.SCORING.value}
    return [Draft("assessment", row.id, "header", header), Draft("assessment_state", row.id, "state", state)]

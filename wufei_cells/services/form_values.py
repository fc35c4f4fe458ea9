"""Gather what an office's own workbook is filled in with: an assessment as it stands, or only a checklist's names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.numbers_in_text import texts_in
from wufei_cells.services import blindness, column_results, evidencing, explaining, reading
from wufei_cells.services.form_entries import FormEntries, language_of, named_groups, names_of_fact, number_of
from wufei_cells.services.reading import Sheet
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import certificate_queries
from wufei_cells.store.journal import Connection
from wufei_cells.wording import SEPARATORS, Wording
from wufei_cells.workbooks.form_templates.data import Entry, FormData, Value
from wufei_cells.workbooks.form_templates.names import Kind

if TYPE_CHECKING:
    from datetime import date

    from wufei_cells.domain.profiles import Profile
    from wufei_cells.domain.register import CertificateRow


def names_of(checklist: Checklist, wording: Wording, *, on: date | None = None) -> FormData:
    """Give the names that placeholders of a checklist can have, without any values."""
    text = texts_in(language_of(wording), checklist, on)
    return FormData(
        {},
        {
            Kind.FACT: tuple(Entry(names_of_fact(fact, text)) for fact in checklist.facts),
            Kind.ITEM: tuple(Entry((item.number, item.key)) for item in checklist.items()),
            Kind.GROUP: tuple(Entry(names, in_rows=in_rows) for _group, names, in_rows in named_groups(checklist)),
            Kind.GATE: tuple(Entry((gate.number, gate.key)) for gate in checklist.gates),
        },
    )


def values_of(workspace: Workspace, connection: Connection, assessment_id: str, wording: Wording) -> FormData:
    """Give an assessment as it stands, within a transaction; what is not known yet is left out.

    Raises:
        UserError: there is no such assessment, or it may not be seen yet.
    """
    blindness.refuse_hidden(workspace, connection, assessment_id)
    sheet = reading.sheet(workspace, connection, assessment_id)
    teller = _Teller(workspace, connection, sheet, wording)
    evidence = Counter(row.item for row in evidencing.evidence_of(workspace, connection, assessment_id))
    entries = FormEntries(sheet, evidence, wording)
    return FormData(
        {**teller.site(), **teller.assessment(), **teller.result(), **teller.around()},
        {
            Kind.FACT: tuple(entries.facts()),
            Kind.ITEM: tuple(entries.items()),
            Kind.GROUP: tuple(entries.groups()),
            Kind.GATE: tuple(entries.gates()),
        },
    )


@dataclass(frozen=True, slots=True)
class _Result:
    """What an assessment is worth; nothing while it is not settled."""

    total: Fraction | None
    level: str | None
    passed: bool | None
    verdict: str


class _Teller:
    """Knows one assessment and says what placeholders ask about it, in one language."""

    def __init__(self, workspace: Workspace, connection: Connection, sheet: Sheet, wording: Wording) -> None:
        self._workspace = workspace
        self._connection = connection
        self._sheet = sheet
        self._wording = wording
        self._text = texts_in(language_of(wording), sheet.checklist, sheet.on)
        self._profile: Profile = reading.profile(connection)

    # --- what there is one of

    def site(self) -> dict[str, Value]:
        """Whom it is about; made-up data says so beside the name."""
        site = self._sheet.site
        district = self._profile.district(site.district)
        name = self._wording.say("form_template.example", name=site.name) if self._workspace.example else site.name
        return {
            "site.name": name,
            "site.category": self._text(self._sheet.checklist.category.text),
            "site.district": self._text(district.text) if district else site.district,
            "site.address": site.address,
            "site.credit_code": site.credit_code,
            "site.contact": site.contact,
            "site.phone": site.phone,
        }

    def assessment(self) -> dict[str, Value]:
        """When, by whom and after what it was assessed, and how far it is."""
        row, checklist = self._sheet.assessment, self._sheet.checklist
        return {
            "checklist.title": self._text(checklist.title),
            "checklist.edition": checklist.edition,
            "assessment.date": row.visited_on,
            "assessment.assessors": SEPARATORS.get(self._wording.language, "、").join(row.assessors),
            "assessment.column": self._column(),
            "assessment.stage": self._wording.say(f"stage.{row.stage.value}"),
            "assessment.full": number_of(Fraction(checklist.full)),
        }

    def result(self) -> dict[str, Value]:
        """What it is worth."""
        found, grades = self._result(), self._sheet.checklist.grades
        level = next((grade.text for grade in grades if grade.key == found.level), None)
        passed = {True: "form_template.passed", False: "form_template.not_passed", None: ""}[found.passed]
        return {
            "assessment.total": None if found.total is None else number_of(found.total),
            "assessment.level": self._text(level) if level else None,
            "assessment.passed": self._wording.say(passed) if passed else None,
            "assessment.verdict": found.verdict,
        }

    def around(self) -> dict[str, Value]:
        """The certificate, if there is one, and who writes this where and when."""
        certificate = self._certificate()
        issued: dict[str, Value] = {}
        if certificate is not None:
            issued = {
                "certificate.number": certificate.number,
                "certificate.issued_on": certificate.issued_on,
                "certificate.valid_until": certificate.valid_until,
                "certificate.document": certificate.document_number,
            }
        return issued | {
            "today": self._workspace.today(),
            "person": self._workspace.person.name,
            "city": self._text(self._profile.city),
            "issuer": self._text(self._profile.issuer),
        }

    # --- the whole

    def _result(self) -> _Result:
        """What the assessment is worth: where columns make the result together, what they make."""
        row, sheet = self._sheet.assessment, self._sheet
        team = None
        if row.part_of is None:
            team = column_results.result_of(self._workspace, self._connection, row.id)
        if team is not None:
            found = team.composite
            verdict = column_results.composite_lines(team.checklist, team.cards, found, self._wording)[0]
            settled = found.total.settled and not found.missing
            return _Result(found.total.low if settled else None, found.level, found.passed, verdict)
        card = sheet.scorecard
        verdict = explaining.verdict(card, sheet.checklist, self._wording, on=sheet.on)
        settled = card.finished and card.total.settled
        return _Result(card.total.low if settled else None, card.level if settled else None, card.passed, verdict)

    def _column(self) -> str:
        key = self._sheet.assessment.column
        own = next((column.text for column in self._sheet.checklist.scoring.columns if column.key == key), None)
        return self._text(own) if own else self._wording.say(f"scoresheet.opinion.{key}")

    def _certificate(self) -> CertificateRow | None:
        issued = certificate_queries.certificates(self._connection, on=self._workspace.today())
        return next((row for row in issued if row.assessment == self._sheet.assessment.id), None)

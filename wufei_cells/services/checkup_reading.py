"""What the X-rays look at: one file or all of the register, read in bulk; each file is scored at most once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.checkups import Check, Hint, Weight
from wufei_cells.domain.findings import FindingRow
from wufei_cells.domain.lifecycle import CLOSED, DECIDED, Stage
from wufei_cells.domain.objections import ObjectionRow
from wufei_cells.domain.process import Process
from wufei_cells.domain.register import AnswerRow, AssessmentRow, EditionRow, SiteRow
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.services import blindness, edition_choice, reading
from wufei_cells.services.answer_sorting import SortedAnswers, sort_answers
from wufei_cells.services.naming_entries import named
from wufei_cells.services.reading import Sheet
from wufei_cells.store import (
    assessment_queries,
    checkup_queries,
    finding_queries,
    office_queries,
    queries,
    seal_queries,
)

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace
    from wufei_cells.store.assessment_queries import Judgement
    from wufei_cells.store.checkup_queries import Piece, Signed
    from wufei_cells.store.journal import Connection

BEFORE_SCORING = (Stage.APPLIED, Stage.STOPPED)
"""Where nothing is scored: nobody has begun, or it was stopped."""


@dataclass(frozen=True, eq=False)
class File:
    """One assessment with the sheets that belong to it, as far as this person may see them."""

    register: RegisterReading
    row: AssessmentRow
    parts: tuple[AssessmentRow, ...]
    site: SiteRow
    latest: bool
    """Whether it is the latest one of its site."""

    @property
    def open(self) -> bool:
        """Whether it has not come to its end."""
        return self.latest and self.row.stage not in CLOSED

    @property
    def undecided(self) -> bool:
        """Whether it is being scored, or waits for the review or the decision."""
        return self.open and self.row.stage not in (*DECIDED, Stage.APPLIED)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The ids of the assessment and its sheets."""
        return (self.row.id, *(part.id for part in self.parts))

    @property
    def blind_parts(self) -> list[AssessmentRow]:
        """The sheets of assessors who score alone, without those that were left out."""
        return [part for part in blindness.blind_parts(self.row, self.parts) if part.stage is not Stage.STOPPED]

    @property
    def pieces(self) -> Iterator[Piece]:
        """The evidence on all its sheets."""
        for sheet in self.sheets:
            yield from self.register.pieces.get(sheet, ())

    @property
    def signatures(self) -> Iterator[Signed]:
        """The signatures under all its sheets."""
        for sheet in self.sheets:
            yield from self.register.signatures.get(sheet, ())

    @cached_property
    def judgements(self) -> Mapping[str, Judgement]:
        """The answers of the assessment itself, by the key they were given under."""
        return self.register.judgements.get(self.row.id, {})

    @property
    def checklist(self) -> Checklist:
        """The edition it is pinned to."""
        return self.register.checklist(self.row.edition)

    @cached_property
    def sorted_answers(self) -> SortedAnswers:
        """Which of its answers count."""
        words = {key: judgement.entry for key, judgement in self.judgements.items()}
        return sort_answers(self.register.workspace, self.register.connection, reading.pin_of(self.row), words)

    @cached_property
    def sheet(self) -> Sheet:
        """The assessment scored; who wrote its answers is not told."""
        row, edition = self.row, self.checklist
        sealed = self.register.sealed_facts.get(row.id)
        facts = reading.fitting_facts(edition, self.site.facts) if sealed is None else sealed
        answers = {key: self.judgements[origin].answer for key, origin in self.sorted_answers.current.items()}
        card = evaluate(edition, facts, answers, on=row.on)
        rows = {key: AnswerRow(key, answer, "", row.started_at, ()) for key, answer in answers.items()}
        return Sheet(row, self.site, row.edition, edition, facts, rows, card)

    def names(self, item: str) -> object:
        """Name an item for a sentence; empty for the file as a whole."""
        return named(self.checklist, item) if item else ""

    def hint(self, check: Check, weight: Weight, item: str = "", /, **values: object) -> Hint:
        """Give a hint on this file, or on an item of it; ``values`` are what its sentence names."""
        return Hint(check, weight, self.site.id, self.row.site_name, self.row.id, item, values=values)


@dataclass(frozen=True, eq=False)
class RegisterReading:
    """Everything the checks look at, read when the first one asks for it.

    Attributes:
        workspace: the register.
        connection: the transaction in which everything is read.
        only: the assessment that is asked about; ``None``: all.
    """

    workspace: Workspace
    connection: Connection
    only: AssessmentRow | None = None

    @cached_property
    def today(self) -> date:
        """The day that counts as today."""
        return self.workspace.today()

    @cached_property
    def process(self) -> Process:
        """The city's way from application to withdrawal."""
        return reading.profile(self.connection).process

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The sheets that are kept from the person who works here."""
        return blindness.hidden_sheets(self.workspace, self.connection)

    @cached_property
    def files(self) -> tuple[File, ...]:
        """The assessments that are looked at, without sheets that belong to another one."""
        rows = assessment_queries.assessments(self.connection) if self.only is None else (self.only,)
        of_whole: dict[str, list[AssessmentRow]] = {}
        for part in self.parts:
            if part.part_of is not None and part.id not in self.hidden:
                of_whole.setdefault(part.part_of, []).append(part)
        return tuple(
            File(self, row, tuple(of_whole.get(row.id, ())), site, site.assessment == row.id)
            for row in rows
            if (site := self.sites.get(row.site)) is not None
        )

    @cached_property
    def parts(self) -> tuple[AssessmentRow, ...]:
        """The sheets that belong to the files, those that this person may not see among them."""
        if self.only is None:
            return assessment_queries.all_parts(self.connection)
        return assessment_queries.parts(self.connection, self.only.id)

    @cached_property
    def sites(self) -> Mapping[str, SiteRow]:
        """The sites, by id."""
        if self.only is None:
            return {site.id: site for site in queries.sites(self.connection)}
        site = queries.site(self.connection, self.only.site)
        return {} if site is None else {site.id: site}

    def checklist(self, edition: str) -> Checklist:
        """Give an edition."""
        return reading.checklist(self.workspace, self.connection, edition)

    @cached_property
    def editions(self) -> Mapping[str, EditionRow]:
        """How all editions stand today, by id."""
        rows = edition_choice.editions(self.workspace, self.connection, of_all_cities=True)
        return {row.id: row for row in rows}

    # --- by sheet

    @cached_property
    def wanted(self) -> Sequence[str] | None:
        """The sheets that are asked for; ``None``: all."""
        return None if self.only is None else [sheet for file in self.files for sheet in file.sheets]

    @cached_property
    def judgements(self) -> Mapping[str, Mapping[str, Judgement]]:
        """The answers."""
        return checkup_queries.judgements(self.connection, self.wanted)

    @cached_property
    def sealed_facts(self) -> Mapping[str, Mapping[str, str]]:
        """The facts that finished sheets rest on."""
        return checkup_queries.sealed_facts(self.connection, self.wanted)

    @cached_property
    def pieces(self) -> Mapping[str, Sequence[Piece]]:
        """The evidence."""
        return checkup_queries.pieces(self.connection, self.wanted)

    @cached_property
    def signatures(self) -> Mapping[str, Sequence[Signed]]:
        """The signatures."""
        return checkup_queries.signatures(self.connection, self.wanted)

    @cached_property
    def authors(self) -> Mapping[str, frozenset[str]]:
        """Who wrote the answers."""
        return checkup_queries.authors(self.connection, self.wanted)

    @cached_property
    def applied(self) -> frozenset[str]:
        """The assessments that go back to an application."""
        return checkup_queries.applied(self.connection, self.wanted)

    @cached_property
    def last_written(self) -> Mapping[str, date]:
        """The day of the latest act."""
        return checkup_queries.last_written(self.connection, self.wanted)

    @cached_property
    def bases(self) -> Mapping[str, str]:
        """The digests of what stands on sheets that are finished or signed."""
        asked = {
            sheet: file.row.site
            for file in self.files
            for sheet in file.sheets
            if self.signatures.get(sheet) or (sheet == file.row.id and file.row.basis is not None)
        }
        return checkup_queries.bases(self.connection, asked)

    @cached_property
    def sealed_sheets(self) -> Mapping[str, tuple[str, ...]]:
        """The sheets that the seals of decided files cover, by file; those that this person may not see, too."""
        found: dict[str, tuple[str, ...]] = {
            file.row.id: (file.row.id,) for file in self.files if file.row.seal is not None
        }
        for part in self.parts:
            if part.part_of is not None and part.part_of in found:
                found[part.part_of] = (*found[part.part_of], part.id)
        return found

    @cached_property
    def contents(self) -> Mapping[str, JsonValue]:
        """What the seals cover."""
        sheets = [sheet for of_file in self.sealed_sheets.values() for sheet in of_file]
        if self.only is not None:
            return {sheet: seal_queries.content_of(self.connection, sheet) for sheet in sheets}
        return seal_queries.contents(self.connection, sheets) if sheets else {}

    @cached_property
    def findings(self) -> Mapping[str, Sequence[FindingRow]]:
        """The findings."""
        found: dict[str, list[FindingRow]] = {}
        site = None if self.only is None else self.only.site
        for one in finding_queries.listed(self.connection, site=site):
            found.setdefault(one.row.assessment, []).append(one.row)
        return found

    @cached_property
    def objections(self) -> Mapping[str, Sequence[ObjectionRow]]:
        """The objections and appeals."""
        found: dict[str, list[ObjectionRow]] = {}
        for one in office_queries.objections(self.connection, assessment=self.only and self.only.id):
            found.setdefault(one.objection.assessment, []).append(one)
        return found

    @cached_property
    def conflicts(self) -> Mapping[str, tuple[str, ...]]:
        """Where several values stand: cells by assessment or site."""
        return checkup_queries.conflicts(self.connection)

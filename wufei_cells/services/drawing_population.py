"""Who can be drawn: the sites of a pool with the reasons of their weights, and those left out with theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.drawings import (
    RISK_TABLE,
    Candidate,
    Choice,
    Exclusion,
    ExclusionKind,
    Pool,
    Risk,
    RiskTable,
    WeightReason,
    one_line,
)
from wufei_cells.domain.findings import FindingState, Severity
from wufei_cells.domain.lifecycle import CertificateState
from wufei_cells.domain.objections import Outcome
from wufei_cells.domain.register import AssessmentRow, CertificateRow, SiteRow
from wufei_cells.domain.supervision import EventKind
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.services import reading
from wufei_cells.services.supervising import months_before
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, certificate_queries, finding_queries, office_queries, queries
from wufei_cells.store.journal import Connection

VISITS = frozenset({EventKind.CHECK, EventKind.ORDER, EventKind.MENDED})
"""What happens to a certificate only where somebody has looked."""
WEIGHING = {Severity.MAJOR: "finding_major", Severity.MINOR: "finding_minor"}


@dataclass
class Population:
    """The sites of the register as a drawing of a day sees them; everything is read once."""

    workspace: Workspace
    connection: Connection
    choice: Choice
    day: date
    table: RiskTable = RISK_TABLE

    # --- what is read

    @cached_property
    def sites(self) -> tuple[SiteRow, ...]:
        """All sites of the register."""
        return queries.sites(self.connection)

    @cached_property
    def assessments(self) -> Mapping[str, AssessmentRow]:
        """All assessments by id."""
        return {row.id: row for row in assessment_queries.assessments(self.connection)}

    @cached_property
    def certificates(self) -> Mapping[str, CertificateRow]:
        """By site: the certificate that is valid on the day, or else the newest."""
        found: dict[str, CertificateRow] = {}
        for row in certificate_queries.certificates(self.connection, on=self.day):
            known = found.get(row.site)
            if known is None or (row.state is CertificateState.VALID and known.state is not CertificateState.VALID):
                found[row.site] = row
        return found

    @cached_property
    def checked(self) -> Mapping[str, date]:
        """By site: the last day somebody checked it after a certificate was issued."""
        of_certificate: dict[str, str] = {
            row.id: row.site for row in certificate_queries.certificates(self.connection, on=self.day)
        }
        found: dict[str, date] = {}
        for certificate, events in certificate_queries.all_events(self.connection).items():
            days = [row.event.on for row in events if row.event.kind in VISITS and row.event.on <= self.day]
            site = of_certificate.get(certificate)
            if site and days:
                found[site] = max([*days, *([found[site]] if site in found else [])])
        return found

    @cached_property
    def visited(self) -> Mapping[str, date]:
        """By site: the last day somebody was there, to assess it or to check it."""
        found = dict(self.checked)
        for row in self.assessments.values():
            if row.on <= self.day:
                found[row.site] = max(row.on, found.get(row.site, row.on))
        return found

    @cached_property
    def complaints(self) -> Mapping[str, tuple[int, int]]:
        """By site: how many objections and appeals are open, and how many were upheld."""
        found: dict[str, tuple[int, int]] = {}
        for row in office_queries.objections(self.connection):
            assessment = self.assessments.get(row.objection.assessment)
            if assessment is not None and row.outcome is not Outcome.DISMISSED:
                waiting, upheld = found.get(assessment.site, (0, 0))
                is_open = row.outcome is Outcome.OPEN
                found[assessment.site] = (waiting + is_open, upheld + (not is_open))
        return found

    @cached_property
    def findings(self) -> Mapping[str, tuple[int, int]]:
        """By site: how many major and how many minor findings nobody has closed."""
        found: dict[str, tuple[int, int]] = {}
        for one in finding_queries.listed(self.connection):
            severity = one.row.finding.severity
            if one.row.state is not FindingState.CLOSED and severity in WEIGHING:
                major, minor = found.get(one.site, (0, 0))
                heavy = severity is Severity.MAJOR
                found[one.site] = (major + heavy, minor + (not heavy))
        return found

    # --- what is made of it

    def sorted_out(self) -> tuple[tuple[Candidate, ...], tuple[Exclusion, ...]]:
        """Give the list, sorted by id, and who was left out."""
        listed: list[Candidate] = []
        left_out: list[Exclusion] = []
        for site in self._pool():
            found = self._exclusion(site)
            if found:
                left_out.append(found)
            else:
                listed.append(self._candidate(site))
        return tuple(sorted(listed, key=lambda one: one.id)), tuple(left_out)

    def _pool(self) -> Iterator[SiteRow]:
        choice = self.choice
        for site in self.sites:
            if choice.category not in (None, site.category) or choice.district not in (None, site.district):
                continue
            certified = choice.pool is Pool.CERTIFIED
            if site.id in self.certificates if certified else site.stage is choice.stage:
                yield site

    def _exclusion(self, site: SiteRow) -> Exclusion | None:
        name, held = one_line(site.name), self.certificates.get(site.id)
        if site.id in self.choice.left_out:
            return Exclusion(site.id, name, ExclusionKind.NAMED, {"reason": self.choice.left_out[site.id]})
        if held and self._of_no_use(site, held):
            since = (held.since or held.issued_on).isoformat()
            values = {"number": held.number, "state": held.state.value, "since": since}
            return Exclusion(site.id, name, ExclusionKind.STATE, dict(values))
        checked, months = self.checked.get(site.id), self.choice.checked_months
        if checked and months and checked > months_before(self.day, months):
            return Exclusion(site.id, name, ExclusionKind.CHECKED, {"on": checked.isoformat(), "months": months})
        return None

    def _of_no_use(self, site: SiteRow, held: CertificateRow) -> bool:
        """Whether there is nothing to check: no valid certificate, or a file whose certificate was withdrawn."""
        if self.choice.pool is Pool.CERTIFIED:
            return held.state is not CertificateState.VALID
        return held.state is CertificateState.WITHDRAWN and held.assessment == site.assessment

    def _candidate(self, site: SiteRow) -> Candidate:
        held = self.certificates.get(site.id)
        certified = self.choice.pool is Pool.CERTIFIED and held is not None
        found = Candidate(
            id=site.id,
            name=one_line(site.name),
            category=site.category,
            district=site.district,
            address=one_line(site.address),
            certificate=held.number if held else "",
            assessment=(held.assessment if certified and held else site.assessment) or "",
        )
        if not self.choice.weighted:
            return found
        reasons = tuple(reason for reason in self._reasons(found) if reason.weight)
        return replace(found, weight=1 + sum(reason.weight for reason in reasons), reasons=reasons)

    # --- weights

    def _reasons(self, site: Candidate) -> Iterator[WeightReason]:
        table = self.table
        margin = self._margin(site.assessment)
        if margin:
            yield margin
        waiting, upheld = self.complaints.get(site.id, (0, 0))
        worth = waiting * table.complaint_open + upheld * table.complaint_upheld
        yield WeightReason(Risk.COMPLAINTS, min(worth, table.complaints_most), {"open": waiting, "upheld": upheld})
        visited = self.visited.get(site.id)
        if visited:
            years = full_years(visited, self.day)
            values = {"years": years, "on": visited.isoformat()}
            yield WeightReason(Risk.YEARS, min(years * table.year, table.years_most), dict(values))
        major, minor = self.findings.get(site.id, (0, 0))
        worth = major * table.finding_major + minor * table.finding_minor
        yield WeightReason(Risk.FINDINGS, min(worth, table.findings_most), {"major": major, "minor": minor})

    def _margin(self, assessment: str) -> WeightReason | None:
        """Tell by how little it passed, in percent of full marks."""
        row = self.assessments.get(assessment)
        if row is None or row.total is None or not row.passed:
            return None
        checklist = reading.checklist(self.workspace, self.connection, row.edition)
        needed = Numbers(checklist.parameters, row.on).value(checklist.grades[0].total_at_least)
        above = row.total - needed
        if above < 0 or not checklist.full:
            return None
        worth = next((worth for most, worth in self.table.margin if above * 100 <= most * checklist.full), 0)
        return WeightReason(Risk.MARGIN, worth, {"above": printed(above), "needed": printed(needed)})


def full_years(since: date, day: date) -> int:
    """Count the years that are over between two days."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def named_sites(sites: Sequence[SiteRow], key: str) -> list[SiteRow]:
    """Find sites by id, the beginning of one, or whole name."""
    exact = [site for site in sites if site.id == key]
    by_name = [site for site in sites if one_line(site.name) == one_line(key)]
    short = [site for site in sites if len(key) >= reading.SHORTEST_ID and site.id.startswith(key)]
    return exact or by_name or short

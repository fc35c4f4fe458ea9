"""The calendar: everything of the register that has a day, between two days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property

from wufei_cells.domain.agenda import AgendaEntry, AgendaFilter, AgendaKind
from wufei_cells.domain.findings import FindingState
from wufei_cells.domain.objections import Outcome
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import CertificateRow, SiteId, SiteRow
from wufei_cells.domain.targets import Target
from wufei_cells.domain.text import Text
from wufei_cells.errors import UserError
from wufei_cells.services import blindness, reading, supervising, targeting, visiting
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import (
    assessment_queries,
    certificate_queries,
    finding_queries,
    office_queries,
    queries,
    steering_queries,
)
from wufei_cells.store.journal import Connection

LONGEST = 366 * 5
"""Days that can be asked for at once."""
WHOLE = AgendaFilter()


def agenda(workspace: Workspace, first: date, last: date, wanted: AgendaFilter = WHOLE) -> tuple[AgendaEntry, ...]:
    """List what stands in the calendar between two days, both counted, in the order of days and times.

    Raises:
        UserError: the days run backwards, or are too far apart.
    """
    if last < first:
        raise UserError("agenda.backwards", first=first, last=last)
    if (last - first).days > LONGEST:
        raise UserError("agenda.too_long", most=LONGEST)
    with workspace.database.reading() as connection:
        gathered = _Gathering(workspace, connection, first, last)
        found = [entry for entry in gathered.entries() if wanted.takes(entry)]
    return tuple(sorted(found, key=_order))


def _order(entry: AgendaEntry) -> tuple[date, bool, time, str, str, str]:
    return entry.first, entry.time is not None, entry.time or time.min, entry.kind, entry.about.zh, entry.key


@dataclass(frozen=True)
class _Gathering:
    """Gathers within one transaction."""

    workspace: Workspace
    connection: Connection
    first: date
    last: date

    @cached_property
    def profile(self) -> Profile:
        return reading.profile(self.connection)

    @cached_property
    def hidden(self) -> frozenset[str]:
        return blindness.hidden_sheets(self.workspace, self.connection)

    def entries(self) -> Iterator[AgendaEntry]:
        """Give everything; entries of several days where one of these is asked about."""
        yield from self._visits()
        yield from self._notices()
        yield from self._findings()
        yield from self._objections()
        yield from self._follow_ups()
        yield from self._certificates()
        yield from self._reports()
        yield from self._targets()

    def _within(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    # --- sources

    def _visits(self) -> Iterator[AgendaEntry]:
        for view in visiting.visits_within(self.connection, first=self.first, last=self.last):
            said = view.row.said
            yield AgendaEntry(
                key=view.row.id,
                kind=AgendaKind.VISIT,
                first=said.on,
                last=said.on,
                about=Text(view.site_name),
                time=said.time,
                site=said.site,
                category=view.category,
                district=view.district,
                people=said.people,
                place=view.address,
                contact=view.contact,
                phone=view.phone,
                note=said.note,
            )

    def _notices(self) -> Iterator[AgendaEntry]:
        for row in office_queries.batches(self.connection):
            said = row.batch
            if not said.notice_from or not said.notice_until:
                continue
            if said.notice_from <= self.last and said.notice_until >= self.first:
                days = (said.notice_from, said.notice_until)
                yield AgendaEntry(row.id, AgendaKind.NOTICE, *days, Text(said.title), contact=said.contact)

    def _findings(self) -> Iterator[AgendaEntry]:
        for one in finding_queries.due_within(self.connection, self.first, self.last):
            said, due = one.row.finding, one.row.finding.due
            if due is not None and one.row.state is not FindingState.CLOSED and one.row.assessment not in self.hidden:
                yield AgendaEntry(
                    key=one.row.id,
                    kind=AgendaKind.FINDING,
                    first=due,
                    last=due,
                    about=Text(one.site_name),
                    site=one.site,
                    category=one.category,
                    district=one.district,
                    people=(said.responsible,) if said.responsible else (),
                    note=said.text,
                )

    def _objections(self) -> Iterator[AgendaEntry]:
        for row in office_queries.objections(self.connection):
            due = row.objection.due
            if due is None or not self._within(due) or row.outcome is not Outcome.OPEN:
                continue
            file = assessment_queries.assessment(self.connection, row.objection.assessment)
            site = queries.site(self.connection, file.site) if file else None
            yield _of_site(row.id, AgendaKind.OBJECTION, due, site, note=row.objection.text)

    def _follow_ups(self) -> Iterator[AgendaEntry]:
        for row in steering_queries.follow_ups(self.connection):
            said = row.said
            if said.due is None or not self._within(said.due) or said.done_on is not None:
                continue
            site = queries.site(self.connection, said.subject.site) if said.subject.site else None
            entry = _of_site(row.id, AgendaKind.FOLLOW_UP, said.due, site, note=said.text, people=(row.author,))
            if site is None:
                of = said.subject
                part = self._part(of.category, of.district)
                entry = replace(entry, about=part, category=of.category or "", district=of.district or "")
            yield entry

    def _certificates(self) -> Iterator[AgendaEntry]:
        """What runs out, from when it can be renewed, and what was ordered; the newest of each site counts."""
        months = self.profile.process.renewal_months
        beyond = supervising.months_before(self.last, -months - 1)
        today = self.workspace.today()
        for row in certificate_queries.with_a_day(self.connection, self.first, beyond, on=today):
            if (
                row.state not in supervising.HELD
                or certificate_queries.certificates_of(self.connection, row.site)[0] != row.id
            ):
                continue
            yield from self._of_certificate(row, supervising.months_before(row.valid_until, months))

    def _of_certificate(self, row: CertificateRow, opens: date) -> Iterator[AgendaEntry]:
        days = {
            AgendaKind.ORDER: row.ordered_until,
            AgendaKind.RENEWAL: opens,
            AgendaKind.EXPIRY: row.valid_until,
        }
        site = queries.site(self.connection, row.site)
        for kind, day in days.items():
            if day is not None and self._within(day):
                yield _of_site(row.id, kind, day, site, note=row.number)

    def _reports(self) -> Iterator[AgendaEntry]:
        by = self.profile.process.report_by
        for year in range(self.first.year, self.last.year + 1) if by else ():
            day = date.fromisoformat(f"{year}-{by}")
            if self._within(day):
                yield AgendaEntry(str(year), AgendaKind.REPORT, day, day, self.profile.city, note=str(year - 1))

    def _targets(self) -> Iterator[AgendaEntry]:
        goal = self.profile.goal
        found = targeting.in_force_within(self.connection, self.profile).targets
        by_day: dict[date, list[Target]] = {goal.by: [Target(None, None, goal.count, goal.by)]}
        for target in found:
            by_day.setdefault(target.by, []).append(target)
        for day, targets in by_day.items():
            if self._within(day):
                parts = tuple((self._part(one.category, one.district), one.count) for one in targets)
                yield AgendaEntry(day.isoformat(), AgendaKind.TARGET, day, day, self.profile.city, parts=parts)

    def _part(self, category: str | None, district: str | None) -> Text:
        """Name a part of the city."""
        named = [self._categories.get(category, Text(category))] if category else []
        found = self.profile.district(district) if district else None
        named += [found.text if found else Text(district)] if district else []
        if not named:
            return self.profile.city
        return Text(" · ".join(one.zh for one in named), " · ".join(one.en or one.zh for one in named))

    @cached_property
    def _categories(self) -> dict[str, Text]:
        return {one.key: one.text for one in reading.categories(self.workspace, self.connection)}


def _of_site(
    key: str, kind: AgendaKind, day: date, site: SiteRow | None, *, note: str, people: tuple[str, ...] = ()
) -> AgendaEntry:
    if site is None:
        return AgendaEntry(key, kind, day, day, Text(""), note=note, people=people)
    return AgendaEntry(
        key=key,
        kind=kind,
        first=day,
        last=day,
        about=Text(site.name),
        site=SiteId(site.id),
        category=site.category,
        district=site.district,
        people=people,
        place=site.address,
        contact=site.contact,
        phone=site.phone,
        note=note,
    )

"""Play a story on the days it tells of: each site on its way, and the batches in which sites are published and named.

Every site and every batch is a list of things to do with the day of each, in order; what comes first is done first,
whoever it is about, so that the record reads as if it had grown in those weeks.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer, JsonValue
from wufei_cells.domain.applications import Application
from wufei_cells.domain.lifecycle import CertificateState, Role, Stage
from wufei_cells.domain.objections import Objection, ObjectionKind
from wufei_cells.domain.register import AssessmentId, AssessmentRow
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.domain.text import Language
from wufei_cells.progress import Report, silent
from wufei_cells.services import (
    applying,
    assessing,
    browsing,
    certifying,
    deciding,
    explaining,
    exporting,
    naming,
    objecting,
    office_keys,
    papers,
    prechecking,
    registering,
    returning,
    roles,
    saving,
    supervising,
)
from wufei_cells.services.measure_wording import score_text
from wufei_cells.services.papers import Press
from wufei_cells.services.workspace import Clock, Workspace

CERTIFICATES_FOLDER = "certificates"
SCORESHEETS_FOLDER = "scoresheets"
Entry = Mapping[str, JsonValue]
Steps = Iterator[int]
"""Yields how many days ago the next thing happens, and does it when asked for the one after."""
APPLIES_BEFORE = 7
"""Days between an application and the visit."""


class StoryClock:
    """A clock that stands on a day of the story."""

    def __init__(self, clock: Clock) -> None:
        self._now = clock()
        self._ago = 0

    def __call__(self) -> datetime:
        """Give the moment."""
        return self._now.astimezone(UTC) - timedelta(days=self._ago)

    def day(self, ago: int) -> date:
        """Give the day some days before the story ends, where the person is."""
        return (self._now - timedelta(days=ago)).astimezone().date()

    def go_back(self, days: int) -> None:
        """Go to a day, told by how long ago it was."""
        self._ago = days


@dataclass(frozen=True, slots=True)
class SiteOutcome:
    """How one site fared."""

    name: str
    stage: Stage
    total: str | None
    verdict: str
    certificate: str | None
    state: str
    """Its stage, or how its certificate stands, in words."""
    mark: str
    """✓ holds a certificate; ✕ does not, and will not for now; · on its way."""
    groups: str = ""
    """Points by group, for those who want to know why."""


class Player:
    """Plays one story in one register."""

    def __init__(
        self, workspace: Workspace, days: StoryClock, press: Press, story: Entry, write: Callable[[str, bytes], object]
    ) -> None:
        self.workspace = workspace
        self.county = workspace.acting_as(str(story["reviewer"]))
        self.office = workspace.acting_as(str(story["office"]))
        self.passphrase = str(story["passphrase"])
        self.days = days
        self.press = press
        self.write = write
        self.answers = mapping(story["answers"])
        self.sites = [mapping(site) for site in entries(story["sites"])]
        self.batches = [mapping(batch) for batch in entries(story.get("batches") or [])]
        self.assessors = [str(name) for name in entries(story["assessors"])]
        self.approved: dict[str, list[AssessmentId]] = {}
        self.files: dict[str, AssessmentId] = {}

    @property
    def count(self) -> int:
        """How many sites the story tells of."""
        return len(self.sites)

    def play(self, progress: Report = silent) -> Iterator[SiteOutcome]:
        """Do everything on its day, then tell how each site fared; the progress is told in days of the story."""
        roles.grant(self.office, self.office.person.name, Role.OFFICE)
        roles.grant(self.office, self.county.person.name, Role.REVIEWER)
        for name in self.assessors:
            roles.grant(self.office, name, Role.ASSESSOR)
        self.key = office_keys.make_key(self.office, self.passphrase)
        self._run([*map(self._site, self.sites), *map(self._batch, self.batches)], progress)
        self.days.go_back(0)
        for site in self.sites:
            yield self._outcome(str(site["name"]))

    def _run(self, plans: list[Steps], progress: Report) -> None:
        """Take the plans forward together, what is longest ago first; of one day in the order of the story."""
        waiting: list[tuple[int, int]] = []
        for at, plan in enumerate(plans):
            ago = next(plan, None)
            if ago is not None:
                heapq.heappush(waiting, (-ago, at))
        days = -min(waiting)[0] if waiting else 0
        while waiting:
            ago, at = heapq.heappop(waiting)
            progress(days + min(ago, 0), days)
            self.days.go_back(-ago)
            following = next(plans[at], None)
            if following is not None:
                heapq.heappush(waiting, (-following, at))

    # --- one site

    def _site(self, story: Entry) -> Steps:
        visited = int(str(story.get("visited_days_ago") or 0))
        yield visited + APPLIES_BEFORE
        facts = {key: str(value) for key, value in mapping(story.get("facts") or {}).items()}
        texts = {name: str(story.get(name) or "") for name in registering.TEXT_FIELDS}
        site = registering.add_site(self.workspace, registering.SiteDraft(**texts, facts=facts))
        if story.get("until") == "registered":
            return
        today = self.workspace.today()
        signed = str(story.get("signatory") or "单位负责人")
        row = applying.apply(self.workspace, site.id, Application(today, signed, today))
        self.files[site.name] = row.id
        if story.get("until") == "applied":
            return
        yield visited
        self._score(row, story)
        if story.get("until") == "scoring":
            return
        yield visited - 1
        assessing.finish_assessment(self.workspace, row.id)
        yield visited - 2
        yield from self._judge(row.id, story, visited)

    def _score(self, row: AssessmentRow, story: Entry) -> None:
        names = tuple(str(name) for name in entries(story.get("assessors") or []))
        today = self.workspace.today()
        assessing.start_assessment(self.workspace, row.site, assessors=names, visited_on=today)
        asked = prechecking.questions(self.workspace, row.id)
        prechecking.record_precheck(self.workspace, row.id, prechecking.all_hold(asked))
        self._answer(row.id, story)

    def _judge(self, assessment: AssessmentId, story: Entry, visited: int) -> Steps:
        """Send it back, or review and decide; who decides did neither assess nor review."""
        returned = {item: str(remark) for item, remark in mapping(story.get("returned") or {}).items()}
        remarks = str(story.get("remarks") or "")
        if returned:
            returning.send_back(self.county, assessment, returned, reason=remarks)
            return
        if browsing.assessment(self.workspace, assessment).passed:
            deciding.review(self.county, assessment, remarks="推荐")
            if story.get("until") == "reviewed":
                return
            yield visited - 3
            deciding.decide(self.office, assessment, approve=True, remarks=remarks)
            self.approved.setdefault(str(story.get("batch") or ""), []).append(assessment)
        else:
            deciding.decide(self.office, assessment, approve=False, remarks=remarks)
        name = saving.file_name(str(story["name"]))
        self.write(
            f"{SCORESHEETS_FOLDER}/{name}.xlsx", exporting.scoresheet(self.workspace, assessment, self.press.wording)
        )
        appeal = mapping(story.get("appeal") or {})
        if appeal:
            yield int(str(appeal["days_ago"]))
            today, due = self.workspace.today(), self.workspace.today() + timedelta(days=15)
            said = Objection(assessment, ObjectionKind.APPEAL, str(appeal["text"]), today, str(appeal["item"]), due=due)
            objecting.take_in(self.office, said)

    def _answer(self, assessment: str, story: Entry) -> None:
        sheet = browsing.sheet(self.workspace, assessment)
        noted = {**mapping(self.answers[sheet.checklist.category.key]), **mapping(story.get("answers") or {})}
        notes = mapping(story.get("notes") or {})
        applying_ = {item.key for item in sheet.scorecard.items if item.applies}
        applying_ |= {gate.key for gate in sheet.scorecard.gates}
        given: dict[str, Answer] = {}
        for key, value in noted.items():
            if key not in applying_ or value is None:
                continue
            reason = value.get("na") if isinstance(value, dict) else None
            note = str(notes.get(key) or "")
            given[key] = Answer(value, note=note) if reason is None else Answer(na=str(reason), note=note)
        assessing.record_answers(self.workspace, assessment, given)

    # --- batches

    def _batch(self, story: Entry) -> Steps:
        first, last = (int(str(ago)) for ago in entries(story["notice_days_ago"]))
        title = str(story["title"])
        yield first
        row = naming.publish_notice(
            self.office,
            self.approved[title],
            title=title,
            notice_from=self._day(first),
            notice_until=self._day(last),
            contact=str(story["contact"]),
        )
        if "named_days_ago" not in story:
            return
        yield int(str(story["named_days_ago"]))
        naming.name_batch(self.office, row.id, document_number=str(story["document"]), named_on=self.workspace.today())
        yield int(str(story["certified_days_ago"]))
        waiting = {str(site["name"]) for site in self.sites if site.get("until") == "named"}
        for member in naming.members(self.workspace, row.id):
            if member.site_name not in waiting:
                self._certify(member.id)
        for event in map(mapping, entries(story.get("events") or [])):
            yield int(str(event["days_ago"]))
            self._supervise(event)

    def _certify(self, assessment: str) -> None:
        row = certifying.issue_certificate(self.office, assessment, press=self.press, key=self.key)
        content = papers.print_file(self.workspace, self.press, [row.id])
        name = saving.file_name(f"{row.number} {row.site_name}")
        self.write(f"{CERTIFICATES_FOLDER}/{name}.pdf", content)

    def _supervise(self, story: Entry) -> None:
        site = browsing.site(self.workspace, str(story["site"]))
        assert site.certificate
        until = self._day(int(str(story["until_days_ago"]))) if "until_days_ago" in story else None
        event = Event(EventKind(str(story["kind"])), self.workspace.today(), str(story["reason"]), until)
        supervising.record_event(self.office, site.certificate, event)

    def _day(self, ago: int) -> date:
        """Give the day that lies some days before the end of the story."""
        return self.days.day(ago)

    # --- telling

    def _outcome(self, name: str) -> SiteOutcome:
        wording = self.press.wording
        site = browsing.site(self.workspace, name)
        state, mark = wording.say(f"stage.{site.stage.value}"), "✕" if site.stage is Stage.REJECTED else "·"
        if site.certificate:
            held = browsing.certificate(self.workspace, site.certificate).state
            state = wording.say(f"certificatestate.{held.value}")
            mark = {CertificateState.VALID: "✓", CertificateState.WITHDRAWN: "✕"}.get(held, "·")
        if name not in self.files or site.stage is Stage.APPLIED:
            return SiteOutcome(name, site.stage, None, "", None, state, mark)
        sheet = browsing.sheet(self.workspace, self.files[name])
        if sheet.assessment.returned:
            state = wording.say("demo.returned")
        verdict = explaining.verdict(sheet.scorecard, sheet.checklist, wording, on=sheet.on)
        total = None if sheet.assessment.total is None else printed(sheet.assessment.total)
        return SiteOutcome(name, site.stage, total, verdict, site.certificate_number, state, mark, self._groups(sheet))

    def _groups(self, sheet: browsing.Sheet) -> str:
        language: Language = "en" if self.press.wording.language == "en" else "zh"
        return " · ".join(
            f"{group.text.in_language(language)} {score_text(score.got)}/{printed(score.full)}"
            for group, score in zip(sheet.checklist.groups, sheet.scorecard.groups, strict=True)
            if score.full
        )


def mapping(data: JsonValue) -> dict[str, JsonValue]:
    """Take a part of the story that has names."""
    assert isinstance(data, dict), data
    return data


def entries(data: JsonValue) -> list[JsonValue]:
    """Take a part of the story that is a list."""
    assert isinstance(data, list), data
    return data

"""Play the whole job on example data: register, score, decide, issue, report, through the same services as the window.

The story is data (``resources/demo/story.yaml``): sites, their facts, and what was noted for each item.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from wufei_cells.checklists.yaml_source import parse_yaml
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer, JsonValue
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.text import Language
from wufei_cells.errors import UserError
from wufei_cells.services import (
    assessing,
    browsing,
    certifying,
    deciding,
    explaining,
    exporting,
    prechecking,
    registering,
    saving,
)
from wufei_cells.services.measure_wording import score_text
from wufei_cells.services.workspace import Workspace, open_workspace
from wufei_cells.store.database import FILE_NAME, faults
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts

DATABASE_FOLDER = "database"
CERTIFICATES_FOLDER = "certificates"
SCORESHEETS_FOLDER = "scoresheets"
REPORT = "progress-report.pdf"
Tell = Callable[[str], None]
Entry = Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class SiteOutcome:
    """How one site fared."""

    name: str
    stage: Stage
    total: str | None
    verdict: str
    certificate: str | None
    groups: str = ""
    """Points by group, for those who want to know why."""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo left behind."""

    folder: Path
    outcomes: tuple[SiteOutcome, ...]
    certified: int
    goal: int
    summary: tuple[str, ...] = field(default=())

    def as_data(self) -> dict[str, object]:
        """Give the result as plain data."""
        return {
            "folder": str(self.folder),
            "certified": self.certified,
            "goal": self.goal,
            "remaining": max(self.goal - self.certified, 0),
            "sites": [
                {
                    "name": outcome.name,
                    "stage": outcome.stage.value,
                    "total": outcome.total,
                    "verdict": outcome.verdict,
                    "certificate": outcome.certificate,
                    "groups": outcome.groups,
                }
                for outcome in self.outcomes
            ],
        }


def play(
    folder: Path, story: bytes, criteria: Criteria, fonts: DocumentFonts, wording: Wording, *, tell: Tell
) -> DemoResult:
    """Play the story into a folder.

    Raises:
        UserError: the folder holds a register that is no demo.
    """
    data = parse_yaml(story, "story.yaml").data
    assert isinstance(data, dict)
    folder = folder.resolve()
    _make_room(folder, wording, tell)
    tell(wording.say("demo.opening"))
    workspace = open_workspace(
        folder / DATABASE_FOLDER, criteria, person=str(data["assessor"]), create_folder=True, example=True
    )
    try:
        player = _Player(workspace, folder, fonts, wording, tell, data)
        return player.play()
    finally:
        workspace.close()


def _make_room(folder: Path, wording: Wording, tell: Tell) -> None:
    """Move an earlier demo aside; refuse a folder that holds anything else."""
    with faults(folder):
        if not folder.exists() or not any(folder.iterdir()):
            folder.mkdir(parents=True, exist_ok=True)
            return
        if not (folder / DATABASE_FOLDER / FILE_NAME).exists() or not (folder / REPORT).exists():
            raise UserError("demo.folder_in_use", path=str(folder))
        number = 1
        while (earlier := folder.with_name(f"{folder.name}-earlier-{number}")).exists():
            number += 1
        folder.rename(earlier)
        folder.mkdir()
    tell(wording.say("demo.moved", path=str(earlier)))


class _Player:
    """Plays one story in one register."""

    def __init__(
        self, workspace: Workspace, folder: Path, fonts: DocumentFonts, wording: Wording, tell: Tell, story: Entry
    ) -> None:
        self.workspace = workspace
        self.reviewer = workspace.acting_as(str(story["reviewer"]))
        self.folder = folder
        self.fonts = fonts
        self.wording = wording
        self.tell = tell
        self.trial = certifying.trial_print(fonts, wording)
        self.answers = _mapping(story["answers"])
        self.sites = [_mapping(site) for site in _list(story["sites"])]

    def play(self) -> DemoResult:
        with faults(self.folder):
            for name in (CERTIFICATES_FOLDER, SCORESHEETS_FOLDER):
                (self.folder / name).mkdir(exist_ok=True)
        outcomes: list[SiteOutcome] = []
        for index, site in enumerate(self.sites, 1):
            outcome = self._site(site)
            outcomes.append(outcome)
            done = {"index": index, "count": len(self.sites), "site": outcome.name, "verdict": outcome.verdict}
            self.tell(self.wording.say("demo.site", **done))
        self.tell(self.wording.say("demo.report"))
        self._write(REPORT, exporting.progress_report(self.workspace, self.fonts, self.wording))
        progress = browsing.progress(self.workspace)
        result = DemoResult(self.folder, tuple(outcomes), progress.whole.certified, progress.goal)
        return DemoResult(*(result.folder, result.outcomes, result.certified, result.goal), self._summary(result))

    def _site(self, story: Entry) -> SiteOutcome:
        facts = {key: str(value) for key, value in _mapping(story.get("facts") or {}).items()}
        texts = {name: str(story.get(name) or "") for name in registering.TEXT_FIELDS}
        site = registering.add_site(self.workspace, registering.SiteDraft(**texts, facts=facts))
        if story.get("until") == "registered":
            return SiteOutcome(site.name, Stage.REGISTERED, None, self.wording.say("stage.registered"), None)
        visited = self.workspace.today() - timedelta(days=int(str(story.get("visited_days_ago") or 0)))
        assessors = tuple(str(name) for name in _list(story.get("assessors") or []))
        row = assessing.start_assessment(self.workspace, site.id, assessors=assessors, visited_on=visited)
        prechecking.record_precheck(
            self.workspace, row.id, prechecking.all_hold(prechecking.questions(self.workspace, row.id))
        )
        self._answer(row.id, story)
        if story.get("until") == "scoring":
            return self._outcome(row.id, Stage.SCORING)
        row = assessing.finish_assessment(self.workspace, row.id)
        remarks = str(story.get("remarks") or "")
        row = deciding.decide(self.reviewer, row.id, approve=bool(row.passed), remarks=remarks)
        number = self._certify(row.id) if row.passed else None
        name = saving.file_name(site.name)
        self._write(f"{SCORESHEETS_FOLDER}/{name}.xlsx", exporting.scoresheet(self.workspace, row.id, self.wording))
        return self._outcome(row.id, row.stage, number)

    def _answer(self, assessment: str, story: Entry) -> None:
        sheet = browsing.sheet(self.workspace, assessment)
        noted = {**_mapping(self.answers[sheet.checklist.category.key]), **_mapping(story.get("answers") or {})}
        notes = _mapping(story.get("notes") or {})
        applying = {item.key for item in sheet.scorecard.items if item.applies}
        applying |= {gate.key for gate in sheet.scorecard.gates}
        for key, value in noted.items():
            if key not in applying or value is None:
                continue
            reason = value.get("na") if isinstance(value, dict) else None
            note = str(notes.get(key) or "")
            answer = Answer(value, note=note) if reason is None else Answer(na=str(reason), note=note)
            assessing.record_answer(self.workspace, assessment, key, answer)

    def _certify(self, assessment: str) -> str:
        row = certifying.issue_certificate(self.reviewer, assessment, trial=self.trial)
        content = certifying.render_certificates(self.workspace, [row.id], self.fonts, self.wording)
        name = saving.file_name(f"{row.number} {row.site_name}")
        self._write(f"{CERTIFICATES_FOLDER}/{name}.pdf", content)
        return row.number

    def _outcome(self, assessment: str, stage: Stage, certificate: str | None = None) -> SiteOutcome:
        sheet = browsing.sheet(self.workspace, assessment)
        verdict = explaining.verdict(sheet.scorecard, sheet.checklist, self.wording, on=sheet.on)
        total = None if sheet.assessment.total is None else printed(sheet.assessment.total)
        stage = Stage.CERTIFIED if certificate else stage
        return SiteOutcome(sheet.site.name, stage, total, verdict, certificate, self._groups(sheet))

    def _groups(self, sheet: browsing.Sheet) -> str:
        language: Language = "en" if self.wording.language == "en" else "zh"
        return " · ".join(
            f"{group.text.in_language(language)} {score_text(score.got)}/{printed(score.full)}"
            for group, score in zip(sheet.checklist.groups, sheet.scorecard.groups, strict=True)
            if score.full
        )

    def _write(self, name: str, content: bytes) -> None:
        saving.save_file(self.folder / name, content)

    def _summary(self, result: DemoResult) -> tuple[str, ...]:
        say = self.wording.say
        lines = ["", say("demo.results")]
        for outcome in result.outcomes:
            mark = {Stage.CERTIFIED: "✓", Stage.REJECTED: "✕"}.get(outcome.stage, "·")
            certificate = f"  {outcome.certificate}" if outcome.certificate else ""
            lines.append(f"  {mark} {outcome.name}{certificate}  {outcome.verdict}")
            lines += [f"      {outcome.groups}"] if outcome.groups else []
        remaining = max(result.goal - result.certified, 0)
        lines.append(say("demo.goal", certified=result.certified, goal=result.goal, remaining=remaining))
        lines.append(say("demo.example"))
        lines += [
            say(f"demo.{name}", path=str(self.folder / place))
            for name, place in (
                ("certificates", CERTIFICATES_FOLDER),
                ("scoresheets", SCORESHEETS_FOLDER),
                ("progress_report", REPORT),
                ("database", DATABASE_FOLDER),
            )
        ]
        return tuple(lines)


def _mapping(data: JsonValue) -> dict[str, JsonValue]:
    assert isinstance(data, dict), data
    return data


def _list(data: JsonValue) -> list[JsonValue]:
    assert isinstance(data, list), data
    return data

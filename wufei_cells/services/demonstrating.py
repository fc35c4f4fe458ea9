"""Play the whole job on example data: register, score, decide, issue, report, through the same services as the window.

The story is data (``resources/demo/story.yaml``): sites, their facts, and what was noted for each item.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from wufei_cells.checklists.yaml_source import parse_yaml
from wufei_cells.domain.criteria import Criteria
from wufei_cells.errors import UserError
from wufei_cells.progress import Report, silent
from wufei_cells.reports.templates import ReportTemplate
from wufei_cells.services import browsing, reporting, saving
from wufei_cells.services.demo_player import CERTIFICATES_FOLDER, SCORESHEETS_FOLDER, Player, SiteOutcome, StoryClock
from wufei_cells.services.papers import Press
from wufei_cells.services.workspace import Clock, open_workspace, system_clock
from wufei_cells.store.database import FILE_NAME, faults
from wufei_cells.wording import Wording

DATABASE_FOLDER = "database"
REPORT = "progress-report.pdf"
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo left behind."""

    folder: Path
    outcomes: tuple[SiteOutcome, ...]
    certified: int
    goal: int
    passphrase: str
    """Of the example office's key."""
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
                    "state": outcome.state,
                    "total": outcome.total,
                    "verdict": outcome.verdict,
                    "certificate": outcome.certificate,
                    "groups": outcome.groups,
                }
                for outcome in self.outcomes
            ],
        }


def play(
    folder: Path,
    story: bytes,
    criteria: Criteria,
    press: Press,
    *,
    report: ReportTemplate,
    tell: Tell,
    clock: Clock = system_clock,
    watch: Report = silent,
) -> DemoResult:
    """Play the story into a folder: on the days it tells of, so that the register can be looked at as of any of them.

    ``watch`` is told how far it is, in days of the story; what it raises stops it and leaves the folder half filled.

    Raises:
        UserError: the folder holds a register that is no demo.
    """
    data = parse_yaml(story, "story.yaml").data
    assert isinstance(data, dict)
    folder = folder.resolve()
    wording = press.wording
    _make_room(folder, wording, tell)
    tell(wording.say("demo.opening"))
    days = StoryClock(clock)
    days.go_back(int(str(data["begins_days_ago"])))
    workspace = open_workspace(
        folder / DATABASE_FOLDER, criteria, person=str(data["assessor"]), create_folder=True, example=True, clock=days
    )
    try:
        with faults(folder):
            for name in (CERTIFICATES_FOLDER, SCORESHEETS_FOLDER):
                (folder / name).mkdir(exist_ok=True)
        played = Player(workspace, days, press, data, lambda name, content: saving.save_file(folder / name, content))
        outcomes: list[SiteOutcome] = []
        for outcome in played.play(watch):
            outcomes.append(outcome)
            tell(_line(outcome, len(outcomes), played.count, wording))
        tell(wording.say("demo.report"))
        saving.save_file(folder / REPORT, reporting.pdf(workspace, report, wording, press.fonts))
        progress = browsing.progress(workspace)
    finally:
        workspace.close()
    result = DemoResult(folder, tuple(outcomes), progress.whole.certified, progress.goal, played.passphrase)
    return replace(result, summary=_summary(result, wording))


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


def _line(outcome: SiteOutcome, index: int, count: int, wording: Wording) -> str:
    verdict = outcome.verdict or outcome.state
    return wording.say("demo.site", index=index, count=count, site=outcome.name, verdict=verdict)


def _summary(result: DemoResult, wording: Wording) -> tuple[str, ...]:
    say = wording.say
    lines = ["", say("demo.results")]
    for outcome in result.outcomes:
        certificate = f"  {outcome.certificate}" if outcome.certificate else ""
        lines.append(f"  {outcome.mark} {outcome.name}{certificate}  {outcome.state}  {outcome.verdict}".rstrip())
        lines += [f"      {outcome.groups}"] if outcome.groups else []
    remaining = max(result.goal - result.certified, 0)
    lines.append(say("demo.goal", certified=result.certified, goal=result.goal, remaining=remaining))
    lines.append(say("demo.example"))
    lines += [
        say(f"demo.{name}", path=str(result.folder / place))
        for name, place in (
            ("certificates", CERTIFICATES_FOLDER),
            ("scoresheets", SCORESHEETS_FOLDER),
            ("progress_report", REPORT),
            ("database", DATABASE_FOLDER),
        )
    ]
    lines.append(say("demo.passphrase", passphrase=result.passphrase))
    return tuple(lines)

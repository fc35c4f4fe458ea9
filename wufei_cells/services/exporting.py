"""Write what people take away: the scoresheets of assessments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.text import Text
from wufei_cells.progress import Report, silent
from wufei_cells.scoring.scorecard import Scorecard
from wufei_cells.services import browsing, explaining, total_wording
from wufei_cells.services.saving import save_files
from wufei_cells.services.workspace import Workspace
from wufei_cells.wording import Wording

_ALWAYS_TOLD = ("explain.calculated", "explain.part_not_applicable", "explain.parts_made_up")
"""What a reader could not tell from the points: raw numbers with their formula, parts that do not apply."""


def scoresheet(workspace: Workspace, assessment_id: str, wording: Wording) -> bytes:
    """Write an assessment as a workbook."""
    from wufei_cells.workbooks.scoresheets.data import ScoresheetData  # noqa: PLC0415 - openpyxl takes its time to load
    from wufei_cells.workbooks.scoresheets.sheet import write_scoresheet  # noqa: PLC0415 - the same

    sheet = browsing.sheet(workspace, assessment_id)
    district = browsing.profile(workspace).district(sheet.site.district)
    data = ScoresheetData(
        checklist=sheet.checklist,
        edition=sheet.edition_id,
        site=sheet.site,
        district=district.text if district else Text(sheet.site.district),
        assessment=sheet.assessment,
        facts=sheet.facts,
        answers=sheet.answers,
        scorecard=sheet.scorecard,
        example=workspace.example,
        verdict=explaining.verdict(sheet.scorecard, sheet.checklist, wording, on=sheet.on),
        reasons=reasons(sheet.scorecard, sheet.checklist, wording, on=sheet.on),
        rules=explaining.rules(sheet.scorecard, sheet.checklist, wording, on=sheet.on),
        steps=total_wording.steps_to_total(sheet.scorecard, sheet.checklist, wording, on=sheet.on),
    )
    return write_scoresheet(data, wording)


def save_scoresheets(
    workspace: Workspace,
    assessments: Sequence[str],
    folder: Path,
    wording: Wording,
    *,
    progress: Report = silent,
) -> list[Path]:
    """Write the scoresheets of several assessments into a folder, each under the name of its site.

    Args:
        workspace: the register.
        assessments: their ids.
        folder: where they go; it is made where it is not there.
        wording: the language.
        progress: told after each; may raise to stop: what was written by then is there, whole.

    Raises:
        UserError: there is no such assessment, or it is a sheet that this person may not see.
        EnvironmentFault: the folder or the disk does not take one.
    """

    def sheets() -> Iterator[tuple[str, bytes]]:
        for done, key in enumerate(assessments, start=1):
            yield browsing.assessment(workspace, key).site_name, scoresheet(workspace, key, wording)
            progress(done, len(assessments))

    return save_files(folder, sheets(), ".xlsx")


def reasons(card: Scorecard, checklist: Checklist, wording: Wording, *, on: date | None = None) -> dict[str, str]:
    """Say of every item that lost points where they went, and of every number that was worked out from what."""
    separator = wording.say("verdict.and")
    taken = {item.key for item in checklist.deductions.group.all_items()} if checklist.deductions else set[str]()
    told: dict[str, str] = {}
    for item in card.items:
        if not (item.applies and item.answered):
            continue
        lines = explaining.explain(item.explanation, checklist, wording, on=on)[1:]
        lost = item.got.low > 0 if item.key in taken else item.got.low < item.full
        chosen = [line.sentence for line in lines if line.code in _ALWAYS_TOLD or (lost and line.depth == 1)]
        if chosen:
            told[item.key] = separator.join(chosen)
    return told

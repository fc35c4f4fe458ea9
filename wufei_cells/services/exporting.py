"""Write what people take away: the scoresheet of an assessment, the progress report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.domain.text import Text
from wufei_cells.services import browsing, explaining, reporting
from wufei_cells.services.workspace import Workspace
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts

GETA = "〓"  # the printers' sign for a character that is not at hand; certificates are refused instead


def scoresheet(workspace: Workspace, assessment_id: str, wording: Wording) -> bytes:
    """Write an assessment as a workbook."""
    from wufei_cells.workbooks import scoresheet, scoresheet_data  # noqa: PLC0415 - openpyxl takes its time to load

    sheet = browsing.sheet(workspace, assessment_id)
    district = browsing.profile(workspace).district(sheet.site.district)
    data = scoresheet_data.ScoresheetData(
        checklist=sheet.checklist,
        edition=sheet.edition_id,
        site=sheet.site,
        district=district.text if district else Text(sheet.site.district),
        assessment=sheet.assessment,
        facts=sheet.facts,
        answers=sheet.answers,
        scorecard=sheet.scorecard,
        example=workspace.example,
        verdict=explaining.verdict(sheet.scorecard, sheet.checklist, wording),
        reasons=_reasons(sheet, wording),
    )
    return scoresheet.write_scoresheet(data, wording)


def _reasons(sheet: browsing.Sheet, wording: Wording) -> dict[str, str]:
    """Say for every item that lost points where they went."""
    separator = wording.say("verdict.and")
    reasons: dict[str, str] = {}
    for item in sheet.scorecard.items:
        if item.applies and item.answered and item.got.low < item.full:
            lines = explaining.explain(item.explanation, sheet.checklist, wording)
            reasons[item.key] = separator.join(line.sentence for line in lines[1:] if line.depth == 1)
    return reasons


def progress_report(workspace: Workspace, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Write the progress towards the goal as PDF."""
    from wufei_cells.documents.fonts import Face  # noqa: PLC0415 - loads reportlab
    from wufei_cells.documents.progress_report import render_progress_report  # noqa: PLC0415 - loads reportlab

    def printable(name: str) -> str:
        missing = fonts.missing(name, Face.SANS)
        return "".join(GETA if character in missing else character for character in name)

    return render_progress_report(reporting.report_data(workspace, wording, printable), fonts, wording)

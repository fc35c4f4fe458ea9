"""Print what goes to whoever decides: the report of an assessment, with its photos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import UserError
from wufei_cells.evidence import pictures
from wufei_cells.progress import Report, silent
from wufei_cells.services import column_results, evidencing, printing_forms, reading, total_wording
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import certificate_queries
from wufei_cells.store.journal import Connection
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from wufei_cells.documents.assessment_report_data import AssessmentReportData, ExplainedPoint, PaperPicture
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.domain.evidence import EvidenceFile, EvidenceId, EvidenceRow
    from wufei_cells.services.explaining import ExplainedLine
    from wufei_cells.services.reading import Sheet

LONGEST_EDGE = {2: 960, 3: 640}
"""Pixels of a photo by how many stand in a row: some 200 to the inch on paper."""


def assessment_report(
    workspace: Workspace, assessment: str, fonts: DocumentFonts, wording: Wording, *, progress: Report = silent
) -> bytes:
    """Print the report of an assessment as it stands, in the language of the wording.

    Args:
        workspace: the register.
        assessment: the assessment, by id.
        fonts: the fonts of documents.
        wording: the language.
        progress: told after each photo; may raise to stop.

    Raises:
        UserError: there is no such assessment, or it may not be seen yet.
    """
    from wufei_cells.documents.assessment_report import render_assessment_report  # noqa: PLC0415 - loads reportlab

    with workspace.database.reading() as connection:
        data = _gathered(workspace, connection, wording, assessment)
    # Photos are unpacked outside of the transaction: forty of them take seconds.
    return render_assessment_report(_with_pictures(workspace, data, progress), fonts, wording)


def _gathered(workspace: Workspace, connection: Connection, wording: Wording, assessment: str) -> AssessmentReportData:
    from wufei_cells.documents.assessment_report_data import AssessmentReportData  # noqa: PLC0415 - loads reportlab

    form = printing_forms.filled_data(workspace, connection, wording, assessment)
    sheet = reading.sheet(workspace, connection, assessment)
    card = sheet.scorecard
    told = _explanation(sheet, wording)
    certificate = _certificate(workspace, connection, sheet)
    team = column_results.result_of(workspace, connection, assessment) if sheet.assessment.part_of is None else None
    if team is None or form.filled is None:
        return AssessmentReportData(form, card.total, card.level, card.passed, told, certificate=certificate)
    verdict, *columns = column_results.composite_lines(team.checklist, team.cards, team.composite, wording)
    told = {"columns": _points(columns), **told}
    form = replace(form, filled=replace(form.filled, verdict=verdict))
    result = team.composite
    return AssessmentReportData(form, result.total, result.level, result.passed, told, certificate=certificate)


def _certificate(workspace: Workspace, connection: Connection, sheet: Sheet) -> str:
    """Give the number of the certificate that was issued on an assessment."""
    if sheet.assessment.stage is not Stage.CERTIFIED:
        return ""
    issued = certificate_queries.certificates(connection, on=workspace.today())
    return next((row.number for row in issued if row.assessment == sheet.assessment.id), "")


# --- why it came out like this


def _explanation(sheet: Sheet, wording: Wording) -> dict[str, tuple[ExplainedPoint, ...]]:
    """Tell how the total came about down to the groups; each item tells its own points where it stands."""
    checklist, card, on = sheet.checklist, sheet.scorecard, sheet.on
    answers = {key: row.answer for key, row in sheet.answers.items()}
    lines = total_wording.explain_total(card, checklist, sheet.facts, answers, wording, on=on)
    groups = {group.key for group in checklist.all_groups()}
    told: dict[str, list[ExplainedLine]] = {key: [] for key in ("sum", "levels", "others", "cautions")}
    cautions = {caution.code for caution in card.cautions}
    for line in lines:
        if line.code in _LEVELS:
            told["levels"].append(line)
        elif line.code in cautions:
            told["cautions"].append(line)
        elif line.code in _OTHERS:
            told["others"].append(line)
        elif line.points and (line.key in groups or not line.key):
            told["sum"].append(line)
    return {key: _explained(found) for key, found in told.items()}


_LEVELS = ("explain.grade_reached", "explain.grade_missed", "explain.grade_open", "explain.grade_minimum")
_OTHERS = ("explain.other_passed", "explain.other_failed", "explain.other_open")


def _explained(lines: Iterable[ExplainedLine]) -> tuple[ExplainedPoint, ...]:
    from wufei_cells.documents.assessment_report_data import ExplainedPoint  # noqa: PLC0415 - loads reportlab

    return tuple(ExplainedPoint(line.depth, line.sentence) for line in lines)


def _points(sentences: Sequence[str]) -> tuple[ExplainedPoint, ...]:
    from wufei_cells.documents.assessment_report_data import ExplainedPoint  # noqa: PLC0415 - loads reportlab

    return tuple(ExplainedPoint(0, sentence) for sentence in sentences)


# --- photos


def _with_pictures(workspace: Workspace, data: AssessmentReportData, progress: Report) -> AssessmentReportData:
    """Make the photos small for paper; what cannot be read is named as damaged."""
    from wufei_cells.documents.assessment_report_photos import photos_across  # noqa: PLC0415 - loads reportlab

    found = {row.file.id: row.file for row in _received(data) if row.file.is_picture}
    longest = LONGEST_EDGE[photos_across(len(found))]
    small: dict[EvidenceId, PaperPicture] = {}
    for done, (key, file) in enumerate(found.items(), start=1):
        picture = _picture(workspace, file, longest)
        if picture is not None:
            small[key] = picture
        progress(done, len(found))
    return replace(data, pictures=small, damaged=frozenset(found.keys() - small.keys()))


def _received(data: AssessmentReportData) -> Iterator[EvidenceRow]:
    filled = data.form.filled
    return (row for row in (filled.evidence if filled else ()) if row.received)


def _picture(workspace: Workspace, file: EvidenceFile, longest: int) -> PaperPicture | None:
    from wufei_cells.documents.assessment_report_data import PaperPicture  # noqa: PLC0415 - loads reportlab

    try:
        content = pictures.for_paper(evidencing.read(workspace, file.id), longest)
    except UserError:
        return None
    return PaperPicture(content, file.width or 1, file.height or 1)

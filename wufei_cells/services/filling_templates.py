"""Fill an office's own workbook in with an assessment: its letterhead, table, formulas, charts and pictures stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wufei_cells.domain.checklists import Checklist
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.progress import Report, silent
from wufei_cells.services import form_values, reading
from wufei_cells.services.workspace import Workspace
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from datetime import date


def fill(workspace: Workspace, assessment: str, content: bytes, name: str, wording: Wording) -> bytes:
    """Fill a template in with an assessment as it stands, in the language of the wording.

    Args:
        workspace: the register.
        assessment: the assessment, by id.
        content: the template, an .xlsx file.
        name: what the template is called.
        wording: the language of words such as levels and reasons.

    Raises:
        UserError: there is no such assessment, or it may not be seen yet.
        ProblemsFound: everything that is wrong with the template, with sheet and cell.
    """
    from wufei_cells.workbooks.form_templates.filling import fill_template  # noqa: PLC0415 - loads openpyxl

    with workspace.database.reading() as connection:
        data = form_values.values_of(workspace, connection, assessment, wording)
    return fill_template(content, name, data)


def fill_several(
    workspace: Workspace,
    assessments: Sequence[str],
    content: bytes,
    name: str,
    wording: Wording,
    *,
    progress: Report = silent,
) -> list[tuple[str, bytes]]:
    """Fill a template in with several assessments; gives the name of each site with its workbook.

    Raises:
        UserError: one of the assessments is not there, or may not be seen yet.
        ProblemsFound: the template does not fit some of them; each problem names the site.
    """
    written: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    for done, assessment in enumerate(assessments, start=1):
        with workspace.database.reading() as connection:
            site = reading.assessment(connection, assessment).site_name
        try:
            written.append((site, fill(workspace, assessment, content, name, wording)))
        except ProblemsFound as found:
            problems += (Problem(one.code, f"{site} · {one.place}", one.values) for one in found.problems)
        progress(done, len(assessments))
    if problems:
        raise ProblemsFound(problems, subject=name)
    return written


def check_template(
    content: bytes, name: str, checklist: Checklist | None = None, wording: Wording | None = None
) -> tuple[Problem, ...]:
    """Say what is wrong with a template; nothing where it can be filled in.

    Args:
        content: the file.
        name: what it is called.
        checklist: the edition it is for; without it, numbers of items and counts of rows are not looked at.
        wording: the language in which facts may be named; needed with a checklist.
    """
    from wufei_cells.workbooks.form_templates import filling  # noqa: PLC0415 - loads openpyxl

    data = form_values.names_of(checklist, wording) if checklist and wording else None
    return filling.check_template(content, name, data)


def starter_template(checklist: Checklist, wording: Wording, *, on: date | None = None) -> bytes:
    """Write a plain workbook with all placeholders of a checklist and what they mean, from which an office begins."""
    from wufei_cells.workbooks.form_templates.starter import write_starter  # noqa: PLC0415 - loads xlsxwriter

    return write_starter(checklist, wording, on=on)

"""The findings of an assessment report: what was found, what is to be done by whom and when, what the re-check said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wufei_cells.documents.form_answers import FAILED
from wufei_cells.documents.form_table import BODY, SMALL, STRONG, FormColumn, FormRow, FormTable, Para
from wufei_cells.documents.text import Align
from wufei_cells.domain.findings import FindingState, Severity

if TYPE_CHECKING:
    from wufei_cells.documents.assessment_report_words import ReportWords
    from wufei_cells.documents.report_pages import ReportPages
    from wufei_cells.domain.findings import FindingRow

SHARES = (("number", 0.06), ("entry", 0.09), ("severity", 0.11), ("problem", 0.28), ("action", 0.27), ("recheck", 0.19))


def findings_table(pages: ReportPages, words: ReportWords) -> FormTable:
    """The columns of findings."""
    width = pages.paper.width
    columns = [
        FormColumn(words.say(f"column_{key}"), width * share, Align.CENTER if key == "number" else Align.LEFT)
        for key, share in SHARES
    ]
    return FormTable(pages, columns)


def finding_rows(words: ReportWords) -> list[FormRow]:
    """A row for each finding, in the order in which they stand."""
    return [_row(words, number, row) for number, row in enumerate(words.filled.findings, start=1)]


def _row(words: ReportWords, number: int, row: FindingRow) -> FormRow:
    found = row.finding
    weight = STRONG if found.severity is Severity.MAJOR else BODY
    return FormRow(
        [
            [Para(str(number))],
            [Para(words.numbers_of(found.item), STRONG)],
            [Para(words.say(f"severity_{found.severity.value}"), weight)],
            [Para(words.plain(found.text))],
            list(_action(words, row)),
            list(_check(words, row)),
        ]
    )


def _action(words: ReportWords, row: FindingRow) -> Iterator[Para]:
    """What is asked for, of whom and by when."""
    found = row.finding
    if found.action:
        yield Para(words.plain(found.action))
    if found.responsible:
        yield Para(words.say("responsible", name=words.plain(found.responsible)), SMALL, above=2)
    if found.due:
        yield Para(words.say("due", day=words.day(found.due)), SMALL)


def _check(words: ReportWords, row: FindingRow) -> Iterator[Para]:
    """How it stands, who checked it when, and what they saw."""
    yield Para(words.say(f"finding_{row.state.value}"), STRONG if row.state is FindingState.CLOSED else FAILED)
    by = words.plain(words.filled.people.get(row.checked_by, row.checked_by)) if row.checked_by else ""
    on = words.day(row.checked_on) if row.checked_on else ""
    told = words.say("list").join(part for part in (by, on) if part)
    if told:
        yield Para(told, SMALL)
    if row.check_note:
        yield Para(words.plain(row.check_note), SMALL)

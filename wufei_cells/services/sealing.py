"""Close a sheet: what stands against it, and the result that is written with it."""

from __future__ import annotations

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.scoring.conditions import written
from wufei_cells.scoring.evaluate import usable_facts
from wufei_cells.services import reading
from wufei_cells.services.naming_entries import named
from wufei_cells.services.reading import Sheet
from wufei_cells.store import ledger
from wufei_cells.store.journal import Connection


def gaps(sheet: Sheet) -> list[Problem]:
    """List what is still missing, item by item."""
    missing = sheet.scorecard.missing
    problems = [Problem("assessing.missing", key, {"item": named(sheet.checklist, key)}) for key in missing]
    # A bonus or a deduction is not missing when it is not answered; one that was answered before must not get lost.
    open_rechecks = [key for key in reading.rechecks_that_apply(sheet) if key not in missing]
    return problems + [
        Problem("carrying.not_rechecked", key, {"item": named(sheet.checklist, key)}) for key in open_rechecks
    ]


def refuse_gaps(sheet: Sheet) -> None:
    """Refuse to close a sheet on which something is missing.

    Raises:
        ProblemsFound: what is missing.
    """
    problems = gaps(sheet)
    if problems:
        raise ProblemsFound(problems)


def finished_state(connection: Connection, sheet: Sheet) -> dict[str, JsonValue]:
    """Give the state of a finished sheet: the result, the facts it rests on, and the digest of both."""
    card = sheet.scorecard
    return {
        "stage": Stage.FINISHED.value,
        "facts": dict[str, JsonValue](written(usable_facts(sheet.checklist, sheet.facts))),
        "total": str(card.total.low),
        "level": card.level,
        "passed": card.passed is True,
        "basis": ledger.basis(connection, assessment=sheet.assessment.id, site=sheet.site.id),
    }

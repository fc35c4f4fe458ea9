"""The seal of a result: a hash over the content it rests on, so that what was decided on can be proved later.

It is set when an assessment is finished, and again by the decision about it.

The basis (``ledger.basis``) names acts; the seal names what they say: the answers on every sheet, the facts, the
evidence by its content, the findings, the pre-check, the application and the result. It needs no journal to be checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import content_hash
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.store import assessment_queries, seal_queries
from wufei_cells.store.journal import Connection


def seal(connection: Connection, row: AssessmentRow) -> str:
    """Hash the content of a finished assessment with all its sheets."""
    sheets = [row.id, *(part.id for part in assessment_queries.parts(connection, row.id))]
    facts = assessment_queries.sealed_facts(connection, row.id)
    return seal_of(row, facts, {sheet: seal_queries.content_of(connection, sheet) for sheet in sheets})


def seal_of_result(connection: Connection, row: AssessmentRow, state: Mapping[str, JsonValue]) -> str:
    """Hash the content of an assessment that is being finished, with the result that its new state says."""
    level, facts = state["level"], state["facts"]
    result = replace(
        row,
        total=Fraction(str(state["total"])),
        level=None if level is None else str(level),
        passed=state["passed"] is True,
    )
    sheets = [row.id, *(part.id for part in assessment_queries.parts(connection, row.id))]
    assert isinstance(facts, dict)
    known = {key: str(value) for key, value in facts.items()}
    return seal_of(result, known, {sheet: seal_queries.content_of(connection, sheet) for sheet in sheets})


def seal_of(row: AssessmentRow, facts: Mapping[str, str] | None, sheets: Mapping[str, JsonValue]) -> str:
    """Hash the content of a finished assessment that was read already: the facts it rests on, and all its sheets."""
    content: dict[str, JsonValue] = {
        "assessment": row.id,
        "site": row.site,
        "edition": row.edition,
        "assessors": [*row.assessors],
        "on": row.on.isoformat(),
        "facts": dict[str, JsonValue](facts or {}),
        "total": None if row.total is None else str(row.total),
        "level": row.level,
        "passed": row.passed,
        "sheets": {sheet: sheets[sheet] for sheet in sorted(sheets)},
    }
    return content_hash(content)

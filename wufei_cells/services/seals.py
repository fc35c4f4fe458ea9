"""The seal of a decision: a hash over the content it was taken on, so that what was decided can be proved later.

The basis (``ledger.basis``) names acts; the seal names what they say: the answers on every sheet, the facts, the
evidence by its content, the findings, the pre-check, the application and the result. It needs no journal to be checked.
"""

from __future__ import annotations

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import content_hash
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.store import assessment_queries, seal_queries
from wufei_cells.store.journal import Connection


def seal(connection: Connection, row: AssessmentRow) -> str:
    """Hash the content of a finished assessment with all its sheets."""
    sheets = sorted([row.id, *(part.id for part in assessment_queries.parts(connection, row.id))])
    content: dict[str, JsonValue] = {
        "assessment": row.id,
        "site": row.site,
        "edition": row.edition,
        "assessors": [*row.assessors],
        "on": row.on.isoformat(),
        "facts": dict[str, JsonValue](assessment_queries.sealed_facts(connection, row.id) or {}),
        "total": None if row.total is None else str(row.total),
        "level": row.level,
        "passed": row.passed,
        "sheets": {sheet: seal_queries.content_of(connection, sheet) for sheet in sheets},
    }
    return content_hash(content)

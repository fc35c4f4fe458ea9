"""What commands on assessments share: reading a day, and an assessment as plain data."""

from __future__ import annotations

from datetime import date

from wufei_cells.domain.amounts import exact
from wufei_cells.domain.register import AssessmentRow


def day(text: str) -> date:
    """Read a day given on the command line."""
    return date.fromisoformat(text)


def assessment_json(row: AssessmentRow) -> dict[str, object]:
    """Give an assessment as plain data."""
    return {
        "id": row.id,
        "site": row.site,
        "site_name": row.site_name,
        "category": row.category,
        "edition": row.edition,
        "column": row.column,
        "assessors": list(row.assessors),
        "visited_on": row.visited_on.isoformat() if row.visited_on else None,
        "stage": row.stage.value,
        "total": None if row.total is None else exact(row.total),
        "level": row.level,
        "passed": row.passed,
        "revision": row.revision,
        "returned": dict(row.returned),
        "reviewed_by": row.reviewed_by,
        "decided_by": row.decided_by,
        "remarks": row.remarks,
        "batch": row.batch,
    }

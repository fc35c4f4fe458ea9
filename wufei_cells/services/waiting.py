"""Say what waits for a person: the assessments and the sites on their way to a certificate that are theirs to move on.

Whose work a stage is follows from the roles. While a register names nobody for any role, everything that is not at an
end waits for everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass

from wufei_cells.domain.lifecycle import Role, Stage
from wufei_cells.domain.process import Process
from wufei_cells.domain.register import AssessmentId, AssessmentRow
from wufei_cells.services import reading
from wufei_cells.services.roles import holders_in
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, office_queries

TO_ASSESS = frozenset({Stage.APPLIED, Stage.SCORING, Stage.FINISHED, Stage.REVIEWED})
"""What is open in the room of assessments."""
TO_ISSUE = frozenset({Stage.APPROVED, Stage.NOTICED, Stage.NAMED})
"""What is on its way in the room of certificates."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Who asks, and in which roles; ``roles`` is ``None`` while the register names nobody for any."""

    name: str
    roles: frozenset[Role] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One assessment as far as it matters for whom it waits."""

    id: AssessmentId
    stage: Stage
    named: frozenset[str]
    """Everybody who is named as an assessor, on sheets that belong to it, too."""
    reviewed_by: str | None = None
    under_notice: bool = False
    """Whether objections are still taken."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one person, by room."""

    assessments: frozenset[AssessmentId] = frozenset()
    certificates: frozenset[AssessmentId] = frozenset()


def waiting(workspace: Workspace) -> Waiting:
    """Say what waits for the person who works here, today."""
    day = workspace.today()
    with workspace.database.reading() as connection:
        process = reading.profile(connection).process
        held = holders_in(connection)
        rows = assessment_queries.assessments(connection, stages=TO_ASSESS | TO_ISSUE)
        parts = assessment_queries.all_parts(connection)
        batches = office_queries.batches(connection) if any(row.stage is Stage.NOTICED for row in rows) else ()
    running = {one.id for one in batches if one.batch.notice_until and day <= one.batch.notice_until}
    name = workspace.person.name
    roles = frozenset(role for role, people in held.items() if any(person.name == name for person in people))
    worker = Worker(name, roles if any(held.values()) else None)
    return waiting_for(worker, process, _cases(rows, parts, running))


def waiting_for(worker: Worker, process: Process, cases: Iterable[Case]) -> Waiting:
    """Say which of some cases wait for somebody."""
    mine = [case for case in cases if waits(worker, process, case)]
    return Waiting(
        frozenset(case.id for case in mine if case.stage in TO_ASSESS),
        frozenset(case.id for case in mine if case.stage in TO_ISSUE),
    )


def waits(worker: Worker, process: Process, case: Case) -> bool:
    """Say whether a case waits for somebody."""
    stage, roles = case.stage, worker.roles
    if roles is None:
        return stage in TO_ASSESS | TO_ISSUE
    own = process.four_eyes and worker.name in case.named
    if stage in (Stage.APPLIED, Stage.SCORING):
        return Role.ASSESSOR in roles and (not case.named or worker.name in case.named)
    if stage is Stage.FINISHED and process.first_review:
        return Role.REVIEWER in roles and not own
    if stage in (Stage.FINISHED, Stage.REVIEWED):
        reviewed = process.four_eyes and worker.name == case.reviewed_by
        return Role.OFFICE in roles and not own and not reviewed
    return stage in TO_ISSUE and Role.OFFICE in roles and not case.under_notice


def _cases(
    rows: Iterable[AssessmentRow], parts: Collection[AssessmentRow], running: Container[str | None]
) -> Iterable[Case]:
    beside: dict[AssessmentId, set[str]] = {}
    for part in parts:
        if part.part_of:
            beside.setdefault(part.part_of, set()).update(part.assessors)
    for row in rows:
        named = frozenset((*row.assessors, *beside.get(row.id, ())))
        under_notice = row.stage is Stage.NOTICED and row.batch in running
        yield Case(row.id, row.stage, named, row.reviewed_by, under_notice)

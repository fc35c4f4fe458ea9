"""Take a step of the life cycle: is it allowed from here, by whom, does anything stand against it; write the state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.conflicts import ConflictRow
from wufei_cells.domain.lifecycle import Stage, Step, passed_over, transition
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.errors import UserError
from wufei_cells.services import applying, blindness, conflict_guards, objecting, reading, roles, seals
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, ledger, team_queries
from wufei_cells.store.journal import Connection, Draft

EARLIEST = date(2000, 1, 1)
LATEST = date(2199, 12, 31)
"""Days outside are slips of the finger."""

_CALLED = frozenset({"answer", "site_fact"})
_BACK = frozenset({Step.REOPEN, Step.RETURN})
_NOT_WHILE_BARRED = frozenset({Step.START, Step.APPROVE, Step.NOTICE, Step.NAME, Step.CERTIFY})
_NOT_AFTER_UPHELD = frozenset({Step.APPROVE, Step.NAME, Step.CERTIFY})


def require(workspace: Workspace, connection: Connection, step: Step, row: AssessmentRow) -> None:
    """Refuse a step that the life cycle does not allow from where the assessment stands, or to this person.

    Raises:
        UserError: ``step.disputed``: different stages stand; ``step.<step>`` from this stage;
            ``step.passed_over`` names what the city does first; ``roles.not_yours`` names whose work it is; or
            something stands against the site or its result.
    """
    blindness.refuse_part(row)
    if "state" in assessment_queries.conflicts(connection, row.id):
        # Whoever writes the next stage replaces all that stand, and would settle the dispute unseen.
        raise UserError("step.disputed", site=row.site_name)
    found = transition(step, row.stage)
    if found is None:
        raise UserError(f"step.{step.value}", site=row.site_name, stage=row.stage.value)
    skipped = passed_over(row.stage, found.target, reading.profile(connection).process.uses)
    if skipped:
        raise UserError("step.passed_over", site=row.site_name, stage=row.stage.value, first=skipped)
    roles.require(workspace, connection, found.role, *found.also)
    _refuse_hindered(workspace, connection, step, row)


def _refuse_hindered(workspace: Workspace, connection: Connection, step: Step, row: AssessmentRow) -> None:
    """Refuse what the result itself does not stand against, but what became of the site or of objections does."""
    if step in _BACK and reading.site(connection, row.site).assessment != row.id:
        raise UserError("assessing.newer_one", site=row.site_name)
    if step in _NOT_WHILE_BARRED:
        applying.refuse_barred(connection, reading.site(connection, row.site), workspace.today())
    if step in _NOT_AFTER_UPHELD:
        objecting.refuse_upheld(connection, row)
    if step is Step.CERTIFY:
        if row.batch and assessment_queries.conflicts(connection, row.batch):
            raise UserError("naming.batch_disputed", site=row.site_name)
        objecting.refuse_open(connection, row)


def refuse_changed(workspace: Workspace, connection: Connection, row: AssessmentRow) -> None:
    """Refuse to go on from a result that no longer rests on what it rested on.

    Raises:
        UserError: something is in conflict, something changed since it was finished, or its content is no longer that
            which was sealed.
    """
    refuse_conflicts(workspace, connection, row)
    if ledger.basis(connection, assessment=row.id, site=row.site) != row.basis:
        raise UserError("deciding.basis_changed", site=row.site_name)
    if row.seal is not None and seals.seal(connection, row) != row.seal:
        raise UserError("deciding.seal_broken", site=row.site_name)


def refuse_own(workspace: Workspace, connection: Connection, row: AssessmentRow) -> None:
    """Refuse to review or decide to whoever assessed, where the city wants four eyes.

    Raises:
        UserError: the person who works here is named as an assessor, or wrote answers.
    """
    if not reading.profile(connection).process.four_eyes:
        return
    wrote = workspace.person.id in team_queries.authors(connection, row.id)
    if wrote or blindness.is_one_of(workspace, assessors_of(connection, row)):
        raise UserError("deciding.own_assessment", site=row.site_name, name=workspace.person.name)


def assessors_of(connection: Connection, row: AssessmentRow) -> tuple[str, ...]:
    """Name everybody who assesses: on the assessment itself, and on the sheets of those who score alone."""
    alone = blindness.blind_parts(row, assessment_queries.parts(connection, row.id))
    standing = (part for part in alone if part.stage is not Stage.STOPPED)
    return blindness.names([*row.assessors, *(name for part in standing for name in part.assessors)])


def refuse_conflicts(workspace: Workspace, connection: Connection, row: AssessmentRow) -> None:
    """Refuse to go on while different values stand for anything that the file rests on; it names all of them."""
    found = conflict_guards.touching(workspace, connection, row)
    if found:
        raise UserError("assessing.conflicts", site=row.site_name, items=_named(found), count=len(found))


def _named(found: Sequence[ConflictRow]) -> tuple[object, ...]:
    """Name conflicts for a sentence: items and facts by their own words, everything else by its kind."""
    return tuple(dict.fromkeys((row.about or row.what) if row.kind in _CALLED else row.what for row in found))


def write_state(workspace: Workspace, connection: Connection, assessment: str, state: JsonValue) -> None:
    """Write an assessment's new state as an act."""
    workspace.write(connection, [Draft("assessment_state", assessment, "state", state)])


def carry_on(connection: Connection, assessment: str, **changed: JsonValue) -> JsonValue:
    """Give the state as it stands with some fields changed."""
    return {**assessment_queries.state_values(connection, assessment), **changed}


def signed(workspace: Workspace) -> dict[str, JsonValue]:
    """Give who decides and when: kept in the state, since later steps are written by other people."""
    return {"decided_by": workspace.person.id, "decided_at": workspace.now().isoformat(timespec="seconds")}


def fitting_day(day: date, code: str) -> date:
    """Give a day that can be meant.

    Raises:
        UserError: it lies centuries away.
    """
    if not EARLIEST <= day <= LATEST:
        raise UserError(code, found=day, earliest=EARLIEST, latest=LATEST)
    return day

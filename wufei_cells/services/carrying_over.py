"""Carry running assessments over to another edition, and back.

Carrying over writes one act: the assessment's header names the other edition, and where it came from. No answer is
touched. Which of them count, which are to be looked at again and which are only kept follows from what they answered
(``answer_sorting``). Taking the step back brings back what stood before, also where an entry was answered anew
(``taking_back``). The sheets that belong to an assessment go with it while they are open; a locked one stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from wufei_cells.checklists.lineage import lineage
from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import ActRef, AssessmentId, AssessmentRow, EditionId
from wufei_cells.errors import UserError
from wufei_cells.progress import Report, silent
from wufei_cells.scoring.evaluate import answer_problems
from wufei_cells.services import assessing, blindness, edition_choice, reading, team_reading
from wufei_cells.services.answer_sorting import sort_answers
from wufei_cells.services.assessing import AnswerChange
from wufei_cells.services.naming_entries import named
from wufei_cells.services.reading import EarlierAnswer, Sheet
from wufei_cells.services.taking_back import restored_answers
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, team_queries
from wufei_cells.store.journal import Connection, Draft, heads


@dataclass(frozen=True, slots=True)
class CarriedPart:
    """What becomes of a sheet that belongs to an assessment which is carried over."""

    row: AssessmentRow
    goes: bool
    """Whether it goes along; a locked one stays as it was until it is unlocked."""
    sheet: Sheet | None
    """As it is under the other edition; ``None``: this person may not see it yet."""


@dataclass(frozen=True, slots=True)
class CarryOver:
    """An assessment under the edition it was pinned to and under another one."""

    before: Sheet
    after: Sheet
    carried: Mapping[str, str]
    """By entry of the other edition whose answer counts: the key under which it was given."""
    parts: tuple[CarriedPart, ...] = ()
    """The sheets that belong to it and are not left out."""

    @property
    def rechecks(self) -> Mapping[str, tuple[EarlierAnswer, ...]]:
        """By entry whose words changed: the answers to look at again."""
        return self.after.rechecks

    @property
    def archived(self) -> Mapping[str, EarlierAnswer]:
        """Answers to entries that the other edition does not have."""
        return self.after.archived

    @property
    def new(self) -> tuple[str, ...]:
        """Entries for which nothing was answered before."""
        known = {*self.carried, *self.rechecks}
        return tuple(entry.key for entry in self.after.checklist.entries() if entry.key not in known)

    @property
    def added(self) -> tuple[str, ...]:
        """Of these, the entries that go back to none of the edition before."""
        traced = lineage(self.before.checklist, self.after.checklist)
        return tuple(key for key in self.new if not traced[key])


# --- one assessment


def preview_carry_over(workspace: Workspace, assessment_id: str, edition: str | None = None) -> CarryOver:
    """Show what carrying over would do, without doing it.

    Args:
        workspace: the register.
        assessment_id: a running assessment.
        edition: where to; by default the edition in force for its site.

    Raises:
        UserError: the assessment is not running, or the edition is none to carry it over to.
    """
    with workspace.database.reading() as connection:
        row = _running(connection, assessment_id)
        return _shown(workspace, connection, row, _target(workspace, connection, row, edition))


def carry_over(workspace: Workspace, assessment_id: str, edition: str | None = None) -> CarryOver:
    """Pin a running assessment to another edition and say what became of its answers.

    Raises:
        UserError: the assessment is not running, or the edition is none to carry it over to.
    """
    with workspace.database.writing() as connection:
        row = _running(connection, assessment_id)
        target = _target(workspace, connection, row, edition)
        done = _shown(workspace, connection, row, target)
        workspace.write(connection, _moved(connection, row, target))
        return replace(done, after=reading.sheet(workspace, connection, row.id))


def undo_carry_over(workspace: Workspace, assessment_id: str) -> Sheet:
    """Pin a running assessment back to the edition it came from.

    What counted before counts again. Answers given since stay on record; those to words that both editions have go on
    to count.

    Raises:
        UserError: the assessment is not running, or was not carried over.
    """
    with workspace.database.writing() as connection:
        row = _running(connection, assessment_id)
        if not row.came_from:
            raise UserError("carrying.nothing_to_undo", site=row.site_name)
        workspace.write(connection, _taken_back(workspace, connection, row))
        return reading.sheet(workspace, connection, row.id)


# --- what is to be looked at again


def fits(sheet: Sheet, key: str, earlier: EarlierAnswer) -> bool:
    """Tell whether an earlier answer could stand as it is under the words of today."""
    answer = earlier.row.answer
    return answer.given and not answer_problems(sheet.checklist, key, answer, on=sheet.on)


def accept_recheck(workspace: Workspace, assessment_id: str, key: str, *, origin: str | None = None) -> AnswerChange:
    """Answer an entry with what was answered before its words changed; it bears the name of who looked at it again.

    Args:
        workspace: the register.
        assessment_id: the assessment.
        key: the entry.
        origin: the key of the earlier answer, where the entry goes back to several.

    Raises:
        UserError: there is nothing to accept, or several answers could be meant.
        ProblemsFound: the answer does not fit the rule of today.
    """
    with workspace.database.reading() as connection:
        sheet = reading.sheet(workspace, connection, assessment_id)
        waiting = [earlier for earlier in sheet.rechecks.get(key, ()) if origin in (None, earlier.row.item)]
        seen = tuple(ActRef(head.uuid, head.seq) for head in heads(connection, assessment_id, f"answer.{key}"))
    if not waiting:
        raise UserError("carrying.no_proposal", item=named(sheet.checklist, key))
    if len(waiting) > 1:
        keys = tuple(one.entry.number if one.entry else one.row.item for one in waiting)
        raise UserError("carrying.several_proposals", item=named(sheet.checklist, key), keys=keys)
    return assessing.record_answer(workspace, assessment_id, key, waiting[0].row.answer, seen=seen)


# --- many assessments


def carry_over_all(
    workspace: Workspace, category: str, edition: str | None = None, *, report: Report = silent
) -> tuple[AssessmentId, ...]:
    """Carry over every running assessment of a category that is pinned to another edition, all or none of them.

    Args:
        workspace: the register.
        category: its key.
        edition: where to; by default the edition in force for each site. A county's own edition takes only the sites
            of its districts.
        report: told how far it is.

    Returns:
        The assessments that were carried over; hand them to ``undo_carry_over_all`` to take the step back.
    """
    acts: list[Draft] = []
    moved: list[AssessmentId] = []
    with workspace.database.writing() as connection:
        rows = [row for row in assessment_queries.assessments(connection) if row.category == category]
        running = [row for row in rows if row.stage is Stage.SCORING and not row.returned]
        places = {row.district for row in running}
        targets = {place: _target_for(workspace, connection, category, place, edition) for place in places}
        for number, row in enumerate(running, 1):
            target = targets[row.district]
            if target is not None and target != row.edition:
                acts += _moved(connection, row, target)
                moved.append(row.id)
            report(number, len(running))
        _write(workspace, connection, acts)
    return tuple(moved)


def undo_carry_over_all(
    workspace: Workspace, assessments: Iterable[str], *, report: Report = silent
) -> tuple[AssessmentId, ...]:
    """Pin assessments back to the editions they came from, all or none of them.

    What was finished since, or taken back already, stays as it is.

    Returns:
        The assessments that were pinned back.
    """
    wanted = list(assessments)
    acts: list[Draft] = []
    back: list[AssessmentId] = []
    with workspace.database.writing() as connection:
        for number, key in enumerate(wanted, 1):
            row = reading.assessment(connection, key)
            if row.stage is Stage.SCORING and row.came_from:
                acts += _taken_back(workspace, connection, row)
                back.append(row.id)
            report(number, len(wanted))
        _write(workspace, connection, acts)
    return tuple(back)


# --- parts


def _running(connection: Connection, assessment_id: str) -> AssessmentRow:
    row = reading.assessment(connection, assessment_id)
    blindness.refuse_part(row)
    if row.stage is not Stage.SCORING:
        raise UserError("carrying.not_running", site=row.site_name, stage=row.stage.value)
    if row.returned:
        raise UserError("returning.carry_locked", site=row.site_name)
    return row


def _target(workspace: Workspace, connection: Connection, row: AssessmentRow, edition: str | None) -> EditionId:
    site = reading.site(connection, row.site)
    found = edition_choice.edition_to_use(workspace, connection, site, edition)
    if found.id == row.edition:
        raise UserError("carrying.same_edition", site=row.site_name, edition=f"{found.key} {found.edition}")
    return found.id


def _target_for(
    workspace: Workspace, connection: Connection, category: str, district: str, edition: str | None
) -> EditionId | None:
    """Give the edition for the sites of a district; ``None`` where the wanted one does not hold for them."""
    if edition is None:
        return edition_choice.choose(workspace, connection, category, district).row.id
    wanted = edition_choice.edition_row(workspace, connection, edition)
    edition_choice.refuse_closed(wanted, workspace.today())
    elsewhere = wanted.districts and district not in wanted.districts
    return None if elsewhere or wanted.category != category else wanted.id


def _shown(workspace: Workspace, connection: Connection, row: AssessmentRow, target: EditionId) -> CarryOver:
    stored = assessment_queries.answers(connection, row.id)
    pin = reading.pin_of(row)
    moved = pin.moved_to(target)
    found = sort_answers(workspace, connection, moved, {key: entry.entry for key, entry in stored.items()})
    before = reading.sheet_of(workspace, connection, row, pin, stored)
    parts = tuple(
        _shown_part(workspace, connection, part, target)
        for part in team_reading.standing(assessment_queries.parts(connection, row.id))
    )
    return CarryOver(before, reading.sheet_of(workspace, connection, row, moved, stored), found.current, parts)


def _shown_part(workspace: Workspace, connection: Connection, part: AssessmentRow, target: EditionId) -> CarriedPart:
    standing = team_queries.part(connection, part.id)
    if standing is None or blindness.hidden(workspace, standing):
        sheet = None
    else:
        sheet = team_reading.sheet_under(workspace, connection, part, target)
    return CarriedPart(blindness.as_seen(workspace, connection, part), part.stage is Stage.SCORING, sheet)


def pinned(connection: Connection, assessment: str, edition: EditionId, came_from: tuple[EditionId, ...]) -> Draft:
    """Give the act that pins an assessment; everything else in its header stays, its start among it."""
    earlier: list[JsonValue] = [*came_from]
    header = assessment_queries.header(connection, assessment)
    header.update(edition=edition, came_from=earlier)
    return Draft("assessment", assessment, "header", header)


def _moved(connection: Connection, row: AssessmentRow, target: EditionId) -> list[Draft]:
    """Give the acts that pin an assessment, and the open sheets that belong to it, to another edition."""
    rows = [row, *(part for part in _open_parts(connection, row) if part.edition != target)]
    return [pinned(connection, one.id, target, (*one.came_from, one.edition)) for one in rows]


def _taken_back(workspace: Workspace, connection: Connection, row: AssessmentRow) -> list[Draft]:
    """Give the acts that take the last step back, for an assessment and the open sheets that belong to it."""
    target = row.came_from[-1]
    acts: list[Draft] = []
    for one in (row, *_open_parts(connection, row)):
        if one.came_from and one.came_from[-1] == target:
            acts += restored_answers(workspace, connection, one)
            acts.append(pinned(connection, one.id, target, one.came_from[:-1]))
        elif one.edition != target:  # begun after the step: it goes along to an edition it has never been under
            acts.append(pinned(connection, one.id, target, (*one.came_from, one.edition)))
    return acts


def _open_parts(connection: Connection, row: AssessmentRow) -> list[AssessmentRow]:
    return [part for part in assessment_queries.parts(connection, row.id) if part.stage is Stage.SCORING]


def _write(workspace: Workspace, connection: Connection, acts: list[Draft]) -> None:
    if acts:
        workspace.write(connection, acts)

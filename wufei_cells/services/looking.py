"""What others changed in an assessment since a person looked at it last, on this machine.

A look is remembered, not written: it concerns nobody else and never travels. It is kept by the person's name, since
somebody who only reads is not entered in the register.
"""

from __future__ import annotations

from wufei_cells.errors import UserError
from wufei_cells.services import blindness, reading
from wufei_cells.services.answer_sorting import sort_answers
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import arrivals, assessment_queries, look_memory
from wufei_cells.store.journal import last_numbers


def changed_since_look(workspace: Workspace, assessment_id: str) -> frozenset[str]:
    """Name the entries of the pinned edition whose answers somebody else wrote since this person looked last.

    Who never looked has nothing to compare with: then it is none.

    Raises:
        UserError: there is no such assessment.
    """
    with workspace.database.reading() as connection:
        standing = assessment_queries.standing(connection, assessment_id)
        if standing is None:
            raise UserError("register.unknown_assessment", assessment=assessment_id)
        blindness.refuse_hidden(workspace, connection, assessment_id)
        seen = look_memory.seen(connection, workspace.person.name, assessment_id)
        if seen is None:
            return frozenset()
        written = {answer.item: answer for answer in look_memory.written(connection, assessment_id)}
        news = {
            key for key, answer in written.items() if answer.lamport > seen and answer.author != workspace.person.id
        }
        if not news:
            return frozenset()
        words = {key: answer.entry for key, answer in written.items()}
        found = sort_answers(workspace, connection, reading.pin_of(standing), words)
    counting = {key for key, origin in found.current.items() if origin in news}
    waiting = {key for key, origins in found.rechecks.items() if any(origin.key in news for origin in origins)}
    return frozenset(counting | waiting)


def acts_of_others(workspace: Workspace) -> tuple[int, ...]:
    """Tell what others brought into the register: when this changes, what is on a screen may be out of date."""
    written = workspace.database.written_elsewhere(last_numbers)
    with workspace.database.reading() as connection:
        return written, *arrivals.stamp(connection)


def note_look(workspace: Workspace, assessment_id: str) -> None:
    """Remember that this person has now seen the assessment as it stands.

    Raises:
        UserError: there is no such assessment.
    """
    if workspace.as_of is not None:
        return  # who looks at an earlier day has not seen what stands now
    with workspace.database.writing() as connection:
        if assessment_queries.standing(connection, assessment_id) is None:
            raise UserError("register.unknown_assessment", assessment=assessment_id)
        look_memory.note(connection, workspace.person.name, assessment_id)

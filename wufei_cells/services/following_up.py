"""Follow-ups (督办): put on record what was done about those who lag behind, and what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.follow_ups import FollowUp, FollowUpLevel, FollowUpRow, Subject
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.text import Text
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import conflict_guards, reading, roles, steps, undoing
from wufei_cells.services.text_fields import LONGEST_NAME, LONGEST_NOTE, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import queries, steering_queries
from wufei_cells.store.journal import Connection, Draft

PLACE = "follow_ups"
"""What ``undoing`` calls the steps that are taken here."""
KIND = "follow_up"


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A follow-up with the names that people know."""

    row: FollowUpRow
    site_name: str
    """Empty where it is about no site."""
    level: FollowUpLevel
    open: bool
    overdue: bool


def follow_up(workspace: Workspace, said: FollowUp) -> FollowUpRow:
    """Put a follow-up on record.

    Raises:
        ProblemsFound: everything that is wrong with it.
        UserError: it is not this person's work.
    """
    key = uuid.uuid4().hex
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, KIND)
        said = _settled_subject(connection, said)
        _refuse_unfit(workspace, connection, said)
        undoing.write(workspace, connection, [Draft(KIND, key, KIND, _document(said))], places=[PLACE])
        return _require(connection, key)


def settle(workspace: Workspace, key: str, *, done_on: date, outcome: str) -> FollowUpRow:
    """Put on record that a follow-up came to its end, and how.

    Raises:
        ProblemsFound: the day or the words cannot be so.
        UserError: there is none, it has ended already, two people wrote different things, or it is not this person's
            work.
    """
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, KIND)
        row = _require(connection, key)
        if row.said.done_on is not None:
            raise UserError("following_up.settled", on=row.said.done_on)
        said = replace(row.said, done_on=done_on, outcome=outcome.strip())
        _refuse_unfit(workspace, connection, said)
        return _rewrite(workspace, connection, row, _document(said))


def remove(workspace: Workspace, key: str) -> None:
    """Take a follow-up off the record that was put there by mistake.

    Raises:
        UserError: there is none, or as ``settle``.
    """
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, KIND)
        row = _require(connection, key)
        conflict_guards.refuse_disputed(connection, row.id, KIND)
        undoing.write(workspace, connection, [Draft(KIND, row.id, KIND, None)], places=[PLACE])


def next_level(workspace: Workspace, subject: Subject) -> FollowUpLevel | None:
    """Propose a level: the first; or while earlier ones on the same subject are open, the one above the sharpest.

    ``None``: the city names no levels.
    """
    with workspace.database.reading() as connection:
        profile = reading.profile(connection)
        subject = _settled(connection, subject)
        said = [row.said for row in steering_queries.follow_ups(connection) if row.said.subject == subject]
    if not profile.follow_up:
        return None
    keys = [level.key for level in profile.follow_up]
    reached = [keys.index(one.level) for one in said if one.done_on is None and one.level in keys]
    return profile.follow_up[min(max(reached, default=-1) + 1, len(keys) - 1)]


def follow_ups(
    workspace: Workspace, *, subject: Subject | None = None, only_open: bool = False, only_overdue: bool = False
) -> tuple[FollowUpView, ...]:
    """List the follow-ups on a subject or all of the register, newest first; those that wait, or are past their day."""
    day = workspace.today()
    with workspace.database.reading() as connection:
        asked = _settled(connection, subject) if subject else None
        rows = steering_queries.follow_ups(connection)
        profile = reading.profile(connection)
        sites = {row.said.subject.site for row in rows if row.said.subject.site}
        found = {site: queries.site(connection, site) for site in sites}
    names = {str(site): one.name for site, one in found.items() if one is not None}
    views = (_view(profile, names, row, day) for row in rows if asked is None or row.said.subject == asked)
    return tuple(view for view in views if (view.open or not only_open) and (view.overdue or not only_overdue))


def levels(workspace: Workspace) -> tuple[FollowUpLevel, ...]:
    """List the city's levels, in rising order."""
    with workspace.database.reading() as connection:
        return reading.profile(connection).follow_up


def _view(profile: Profile, names: dict[str, str], row: FollowUpRow, day: date) -> FollowUpView:
    level = profile.level(row.said.level) or FollowUpLevel(row.said.level, Text(row.said.level))
    name = names.get(row.said.subject.site or "", "")
    return FollowUpView(row, name, level, row.open_on(day), row.overdue_on(day))


def _settled_subject(connection: Connection, said: FollowUp) -> FollowUp:
    return replace(said, subject=_settled(connection, said.subject))


def _settled(connection: Connection, subject: Subject) -> Subject:
    """Name the site by its id, where a person named it otherwise."""
    if not subject.site:
        return Subject(None, subject.district or None, subject.category or None)
    return replace(subject, site=reading.site(connection, subject.site).id)


def _rewrite(workspace: Workspace, connection: Connection, row: FollowUpRow, value: JsonValue) -> FollowUpRow:
    conflict_guards.refuse_disputed(connection, row.id, KIND)
    undoing.write(workspace, connection, [Draft(KIND, row.id, KIND, value)], places=[PLACE])
    return _require(connection, row.id)


def _require(connection: Connection, key: str) -> FollowUpRow:
    """Give a follow-up by its id, or by the beginning of it as lists show it."""
    rows = steering_queries.follow_ups(connection)
    exact = [row for row in rows if row.id == key]
    found = exact or ([row for row in rows if row.id.startswith(key)] if len(key) >= reading.SHORTEST_ID else [])
    if len(found) != 1:
        raise UserError("following_up.unknown", key=key)
    return found[0]


# --- what is wrong


def _refuse_unfit(workspace: Workspace, connection: Connection, said: FollowUp) -> None:
    profile = reading.profile(connection)
    found = [
        *_subject_problems(profile, said.subject),
        *_day_problems(said, workspace.today()),
        *_text_problems(said),
    ]
    if profile.level(said.level) is None:
        known = tuple(level.key for level in profile.follow_up)
        found.append(Problem("following_up.unknown_level", "level", {"found": said.level, "known": known}))
    if found:
        raise ProblemsFound(found)


def _subject_problems(profile: Profile, subject: Subject) -> Iterable[Problem]:
    if not (subject.site or subject.district or subject.category):
        yield Problem("following_up.subject_needed", "district")
    if subject.site and (subject.district or subject.category):
        yield Problem("following_up.one_subject", "subject")
    if subject.district and profile.district(subject.district) is None:
        known = tuple(district.text for district in profile.districts)
        yield Problem("site.unknown_district", "district", {"found": subject.district, "allowed": known})
    if subject.category and profile.plan(subject.category) is None:
        known = tuple(plan.category for plan in profile.categories)
        yield Problem("site.unknown_category", "category", {"found": subject.category, "allowed": known})


def _day_problems(said: FollowUp, today: date) -> Iterable[Problem]:
    for place, day in (("on", said.on), ("due", said.due)):
        if day and not steps.EARLIEST <= day <= steps.LATEST:
            values = {"found": day, "earliest": steps.EARLIEST, "latest": steps.LATEST}
            yield Problem("board.far_day", place, values)
    if said.on > today:
        yield Problem("applying.day_to_come", "on", {"found": said.on})
    if said.due and said.due < said.on:
        yield Problem("following_up.due_before", "due", {"found": said.due})
    if said.done_on and said.done_on > today:
        yield Problem("applying.day_to_come", "done_on", {"found": said.done_on})
    if said.done_on and said.done_on < said.on:
        yield Problem("following_up.done_before", "done_on", {"found": said.done_on})


def _text_problems(said: FollowUp) -> Iterable[Problem]:
    if not said.text.strip():
        yield Problem("following_up.text_needed", "text")
    if said.done_on and not said.outcome.strip():
        yield Problem("following_up.outcome_needed", "outcome")
    yield from text_problems("text", said.text, limit=LONGEST_NOTE, lines=True)
    yield from text_problems("outcome", said.outcome, limit=LONGEST_NOTE, lines=True)
    yield from text_problems("document_number", said.document_number, limit=LONGEST_NAME)


def _document(said: FollowUp) -> JsonValue:
    subject = said.subject
    return {
        "subject": {"site": subject.site, "district": subject.district, "category": subject.category},
        "level": said.level,
        "on": said.on.isoformat(),
        "text": said.text.strip(),
        "document_number": said.document_number.strip(),
        "due": said.due.isoformat() if said.due else None,
        "done_on": said.done_on.isoformat() if said.done_on else None,
        "outcome": said.outcome.strip(),
    }

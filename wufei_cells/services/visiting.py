"""Visits: plan who goes where and when, change that, and say that it does not take place."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.register import SiteRow
from wufei_cells.domain.visits import Visit, VisitId, VisitRow
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import conflict_guards, reading, roles, undoing
from wufei_cells.services.text_fields import LONGEST_NAME, LONGEST_NOTE, require_text, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import queries, steering_queries
from wufei_cells.store.journal import Connection, Draft

PLACE = "visits"
"""What ``undoing`` calls the steps that are taken here."""
KIND = "visit"


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody who is asked for in two places at one time: nothing that is refused, but worth a look."""

    other: VisitId
    site_name: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit with what one needs on the way."""

    row: VisitRow
    site_name: str
    category: str
    district: str
    address: str
    contact: str
    phone: str
    clashes: tuple[Clash, ...] = ()


def plan(workspace: Workspace, visit: Visit, *, past: bool = False) -> VisitView:
    """Plan a visit.

    Args:
        workspace: the register.
        visit: who goes where; the site by id, name or the beginning of an id.
        past: whether it is said on purpose that the day has passed, to put on record what took place.

    Raises:
        ProblemsFound: everything that is wrong with it.
        UserError: it is not this person's work.
    """
    return _write(workspace, VisitId(uuid.uuid4().hex), visit, past=past)


def change(workspace: Workspace, key: str, visit: Visit, *, past: bool = False) -> VisitView:
    """Plan a visit anew: another day, other people. What was cancelled takes place again, unless that is said still.

    Raises:
        ProblemsFound: everything that is wrong with it.
        UserError: there is none, two people planned it differently, or it is not this person's work.
    """
    with workspace.database.reading() as connection:
        before = _require(connection, key)
    return _write(workspace, before.id, visit, past=past or before.said.on == visit.on)


def cancel(workspace: Workspace, key: str, reason: str = "") -> VisitView:
    """Say that a visit does not take place, and why.

    Raises:
        ProblemsFound: the reason cannot be written so.
        UserError: there is none, it was cancelled before, or as ``change``.
    """
    reason = require_text("reason", reason, limit=LONGEST_NOTE, lines=True)
    with workspace.database.reading() as connection:
        before = _require(connection, key)
    if before.said.cancelled is not None:
        raise UserError("visiting.cancelled")
    return _write(workspace, before.id, replace(before.said, cancelled=reason), past=True)


def visit(workspace: Workspace, key: str) -> VisitRow:
    """Give one visit by its id or the beginning of it.

    Raises:
        UserError: there is none.
    """
    with workspace.database.reading() as connection:
        return _require(connection, key)


def visits(
    workspace: Workspace,
    *,
    first: date | None = None,
    last: date | None = None,
    site: str | None = None,
    with_cancelled: bool = False,
) -> tuple[VisitView, ...]:
    """List the visits between two days, both counted, or to a site, in the order of their days and times."""
    with workspace.database.reading() as connection:
        key = reading.site(connection, site).id if site else None
        return visits_within(connection, first=first, last=last, site=key, with_cancelled=with_cancelled)


def visits_within(
    connection: Connection,
    *,
    first: date | None = None,
    last: date | None = None,
    site: str | None = None,
    with_cancelled: bool = False,
) -> tuple[VisitView, ...]:
    """List the visits, within a transaction."""
    rows = steering_queries.visits(connection, first=first, last=last)
    sites = {row.said.site: queries.site(connection, row.said.site) for row in rows}
    names = {str(key): found.name if found else "" for key, found in sites.items()}
    shown = (row for row in rows if site in (None, row.said.site))
    return tuple(
        _view(row, sites[row.said.site], _clashes(row, rows, names))
        for row in shown
        if with_cancelled or row.said.cancelled is None
    )


def _view(row: VisitRow, site: SiteRow | None, clashes: tuple[Clash, ...]) -> VisitView:
    if site is None:  # taken out of the register meanwhile
        return VisitView(row, "", "", "", "", "", "", clashes)
    return VisitView(row, site.name, site.category, site.district, site.address, site.contact, site.phone, clashes)


def _clashes(row: VisitRow, rows: Sequence[VisitRow], names: dict[str, str]) -> tuple[Clash, ...]:
    found = ((other, row.said.meets(other.said)) for other in rows if other.id != row.id)
    return tuple(Clash(other.id, names.get(other.said.site, ""), people) for other, people in found if people)


def _write(workspace: Workspace, key: VisitId, visit: Visit, *, past: bool) -> VisitView:
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, KIND)
        visit = _cleaned(replace(visit, site=reading.site(connection, visit.site).id))
        found = [*_problems(workspace, connection, visit, past=past)]
        if found:
            raise ProblemsFound(found)
        conflict_guards.refuse_disputed(connection, key, KIND)
        undoing.write(workspace, connection, [Draft(KIND, key, KIND, _document(visit))], places=[PLACE])
        views = visits_within(connection, first=visit.on, last=visit.on, with_cancelled=True)
        return next(view for view in views if view.row.id == key)


def _cleaned(visit: Visit) -> Visit:
    people = dict.fromkeys(" ".join(name.split()) for name in visit.people)
    return replace(visit, people=tuple(name for name in people if name), note=visit.note.strip())


def _problems(workspace: Workspace, connection: Connection, visit: Visit, *, past: bool) -> Iterable[Problem]:
    if visit.on < workspace.today() and not past:
        yield Problem("visiting.past", "on", {"found": visit.on})
    if not visit.people:
        yield Problem("visiting.nobody", "people")
    for name in visit.people:
        yield from text_problems("people", name, limit=LONGEST_NAME)
    yield from text_problems("note", visit.note, limit=LONGEST_NOTE, lines=True)
    if visit.assessment and reading.assessment(connection, visit.assessment).site != visit.site:
        yield Problem("visiting.other_site", "assessment")


def _require(connection: Connection, key: str) -> VisitRow:
    """Give a visit by its id, or by the beginning of it as lists show it."""
    rows = steering_queries.visits(connection)
    exact = [row for row in rows if row.id == key]
    found = exact or ([row for row in rows if row.id.startswith(key)] if len(key) >= reading.SHORTEST_ID else [])
    if len(found) != 1:
        raise UserError("visiting.unknown", key=key)
    return found[0]


def _document(visit: Visit) -> JsonValue:
    return {
        "site": visit.site,
        "assessment": visit.assessment,
        "on": visit.on.isoformat(),
        "time": visit.time.isoformat("minutes") if visit.time else None,
        "people": [*visit.people],
        "note": visit.note,
        "cancelled": visit.cancelled,
    }

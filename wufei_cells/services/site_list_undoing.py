"""Take an import of sites back as a whole: new sites leave the register, changed ones say again what they said.

Nothing is erased. A site leaves by an act that takes its name away; the journal keeps it, and the register of an
earlier day still shows it. What somebody has worked on since stays, and is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.register import SiteId, SiteRow
from wufei_cells.domain.site_lists import ImportTakenBack, LastImport, Stayed
from wufei_cells.errors import Problem, UserError
from wufei_cells.progress import Report, silent
from wufei_cells.services import withdrawing
from wufei_cells.services.registering import FREE_STAGES
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import bulk_writing, queries, undo_memory
from wufei_cells.store.journal import Connection, Draft
from wufei_cells.store.undo_memory import Change, Step

PLACE = "site_lists"
"""Where these steps are remembered; no assessment is called so."""


def remember(workspace: Workspace, connection: Connection, changes: Sequence[Change]) -> None:
    """Note an import as one step of the person on this machine."""
    moment = workspace.now().isoformat(timespec="seconds")
    undo_memory.forget_undone(connection, workspace.person.id, [PLACE])
    undo_memory.remember(connection, workspace.person.id, f"{PLACE} {moment}", changes, [PLACE])


def last_import(workspace: Workspace) -> LastImport | None:
    """Give the last import of this person on this machine that can be taken back."""
    with workspace.database.reading() as connection:
        step = undo_memory.last_done(connection, workspace.person.id, [PLACE])
    if step is None:
        return None
    new, all_of_them = _new_in(step), {change.entity for change in step.changes}
    return LastImport(step.visit.partition(" ")[2], len(new), len(all_of_them) - len(new))


def take_back(workspace: Workspace, report: Report = silent) -> ImportTakenBack:
    """Take back the last import of this person on this machine.

    Raises:
        UserError: there is none, or this is the register of an earlier day.
    """
    workspace.refuse_past()
    with workspace.database.writing() as connection:
        step = undo_memory.last_done(connection, workspace.person.id, [PLACE])
        if step is None:
            raise UserError("site_list.nothing_to_take_back")
        turn = _Turn(connection, step)
        stayed = turn.stayed()
        kept = {one.site for one in stayed}
        back = [change for change in step.changes if change.entity not in kept]
        if back:
            drafts = [Draft(change.kind, change.entity, change.cell, change.before) for change in back]
            workspace.write_many(connection, drafts, report)
            withdrawing.note(workspace, connection, drafts)
            undo_memory.rewrite(connection, step, back, undone=True)
        else:
            undo_memory.leave(connection, step)
    gone = _new_in(step) - kept
    changed = {change.entity for change in back} - gone
    return ImportTakenBack(len(gone), len(changed), stayed)


def _new_in(step: Step) -> set[str]:
    """Name the sites that a step has entered: their name said nothing before."""
    return {change.entity for change in step.changes if change.cell == "name" and not change.before}


@dataclass(slots=True)
class _Site:
    """What an import did to one site."""

    id: SiteId
    new: bool
    changes: list[Change]

    @property
    def cells(self) -> set[str]:
        return {change.cell for change in self.changes}

    @property
    def name(self) -> str:
        return next((str(change.after) for change in self.changes if change.cell == "name"), self.id)


class _Turn:
    """Looks which sites of an import can be taken back."""

    def __init__(self, connection: Connection, step: Step) -> None:
        self._step = step
        entities = {change.entity for change in step.changes}
        self._standing = bulk_writing.standing_values(connection, entities)
        self._said: dict[str, set[str]] = {}
        for (entity, cell), values in self._standing.items():
            if any(values):
                self._said.setdefault(entity, set()).add(cell)
        self._rows = {row.id: row for row in queries.sites(connection)}

    def stayed(self) -> tuple[Stayed, ...]:
        """Give the sites that somebody has worked on since."""
        new = _new_in(self._step)
        sites: dict[str, _Site] = {}
        for change in self._step.changes:
            site = SiteId(change.entity)
            sites.setdefault(site, _Site(site, site in new, [])).changes.append(change)
        names = {row.name: row.id for row in self._rows.values() if row.id not in new}
        return tuple(
            Stayed(site.id, row.name if (row := self._rows.get(site.id)) else site.name, why)
            for site in sites.values()
            if (why := self._why(site, names))
        )

    def _why(self, site: _Site, names: Mapping[str, SiteId]) -> Problem | None:
        row = self._rows.get(site.id)
        if row is None or self._changed_since(site):
            return Problem("site_list.stays_changed")
        if self._in_use(site, row):
            return Problem("site_list.stays_in_use")
        before = next((change.before for change in site.changes if change.cell == "name"), "")
        other = names.get(str(before)) if before else None
        return Problem("site_list.stays_name_taken", "", {"name": before}) if other and other != site.id else None

    def _changed_since(self, site: _Site) -> bool:
        if any(self._standing.get((site.id, one.cell), [_nothing(one)]) != [one.after] for one in site.changes):
            return True
        return site.new and bool(self._said.get(site.id, set[str]()) - site.cells)

    def _in_use(self, site: _Site, row: SiteRow) -> bool:
        if site.new:
            return row.assessment is not None or row.certificate is not None
        return "category" in site.cells and row.stage not in FREE_STAGES


def _nothing(change: Change) -> JsonValue:
    """Give what a cell says that nobody has ever written."""
    return None if change.kind == "site_fact" else ""

"""List what is in conflict, tell it, and settle it: one by one, or many by a rule that a person chose.

A settlement is an act as any other: it replaces all the acts the person saw, travels, and can be taken back, which puts
the values side by side again. Two different settlements on two devices are a new conflict between these two.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wufei_cells.domain.conflicts import (
    Choice,
    ConflictRow,
    ConflictTold,
    How,
    Rule,
    RuleKind,
    ValueTold,
    chosen_by,
    conflict_id,
)
from wufei_cells.domain.register import ActRef
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import blindness, roles, undoing, withdrawal_keeping
from wufei_cells.services.conflict_places import Places, roles_for
from wufei_cells.services.conflict_telling import KEEP, Teller
from wufei_cells.services.text_fields import LONGEST_NOTE, require_text
from wufei_cells.services.undoing import Taken
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import conflict_queries, resolution_queries, withdrawal_queries
from wufei_cells.store.journal import Connection, Draft
from wufei_cells.store.withdrawal_queries import KIND
from wufei_cells.wording import Wording

PLACE = "conflicts"
"""Where settlements are remembered to be taken back; no assessment is called so."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One conflict that a rule settles, and what becomes of it."""

    told: ConflictTold
    choice: Choice

    @property
    def outcome(self) -> ValueTold:
        """The value it would have."""
        found = self.told.outcome(self.choice)
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What a rule makes of conflicts: those it settles, and those it cannot decide."""

    rule: Rule
    settled: tuple[Settled, ...]
    left: tuple[ConflictTold, ...]


def list_conflicts(workspace: Workspace) -> tuple[ConflictRow, ...]:
    """List all that is in conflict, by site and kind; without what stands on sheets that this person may not see."""
    with workspace.database.reading() as connection:
        return rows(workspace, connection)


def count(workspace: Workspace) -> int:
    """Count what is in conflict; quick to ask, as for the number beside a room."""
    with workspace.database.reading() as connection:
        if blindness.hidden_sheets(workspace, connection):
            return len(rows(workspace, connection))
        return len(conflict_queries.open_cells(connection)) + len(withdrawal_queries.against(connection))


def tell(workspace: Workspace, conflict: ConflictRow, wording: Wording) -> ConflictTold:
    """Tell a conflict with everything a person needs to settle it.

    Raises:
        UserError: it is settled already.
    """
    with workspace.database.reading() as connection:
        return Teller(workspace, connection, wording).tell(_now(workspace, connection, conflict.id))


def find(workspace: Workspace, key: str) -> ConflictRow:
    """Give a conflict by its id, or by the beginning of one.

    Raises:
        UserError: there is none, or there are several.
    """
    with workspace.database.reading() as connection:
        found = _beginning(workspace, connection, key) if key else []
    if len(found) != 1:
        raise UserError("conflict.several" if found else "conflict.unknown", conflict=key)
    return found[0]


def resolve(
    workspace: Workspace, conflict: ConflictRow, choice: Choice, wording: Wording, *, note: str = ""
) -> ConflictTold:
    """Settle a conflict.

    Args:
        workspace: the register.
        conflict: as the person saw it; its ``heads`` are what the settlement replaces.
        choice: which of its values counts, or what was there before, or the merged value.
        wording: the reader's language, for what is given back.
        note: why; kept beside the settlement.

    Returns:
        The conflict as it was told last.

    Raises:
        UserError: it is settled, or something else stands there now than what the person saw; the choice is none of
            this conflict; or it is somebody else's work.
        ProblemsFound: the value cannot stand as it is.
    """
    note = require_text("note", note, limit=LONGEST_NOTE, lines=True)
    with workspace.database.writing() as connection:
        teller = Teller(workspace, connection, wording)
        now = _now(workspace, connection, conflict.id)
        if set(now.heads) != set(conflict.heads):
            raise UserError("conflict.changed", what=teller.title(now))
        told = teller.tell(now)
        _settle(workspace, connection, [(told, choice)], note)
        return told


def by_rule(workspace: Workspace, conflicts: Sequence[ConflictRow], rule: Rule, wording: Wording) -> RuleOutcome:
    """Tell what a rule would make of conflicts; nothing is written."""
    with workspace.database.reading() as connection:
        teller, still = Teller(workspace, connection, wording), _standing(workspace, connection)
        return _outcome(rule, [teller.tell(still[row.id]) for row in conflicts if row.id in still])


def resolve_by_rule(
    workspace: Workspace, conflicts: Sequence[ConflictRow], rule: Rule, wording: Wording
) -> RuleOutcome:
    """Settle conflicts by a rule that a person chose: in one transaction, and one step to be taken back.

    What changed since the person saw the list, or what the rule cannot decide, is left.
    """
    note = wording.say(f"conflict.by_rule.{rule.kind.value}", name=rule.name)
    with workspace.database.writing() as connection:
        teller, still = Teller(workspace, connection, wording), _standing(workspace, connection)
        same = [row for row in conflicts if row.id in still and set(still[row.id].heads) == set(row.heads)]
        outcome = _outcome(rule, [teller.tell(still[row.id]) for row in same])
        _settle(workspace, connection, [(one.told, one.choice) for one in outcome.settled], note)
        return outcome


def names_for(told: Iterable[ConflictTold], kind: RuleKind) -> tuple[str, ...]:
    """List the people or devices that a rule can name for these conflicts."""
    holders = [holder for one in told for value in one.values for holder in value.holders]
    names = (holder.author if kind is RuleKind.PERSON else holder.device for holder in holders)
    return tuple(sorted(dict.fromkeys(names)))


def refuse_unfit(told: ConflictTold, choice: Choice) -> ValueTold:
    """Give what a choice makes of a conflict.

    Raises:
        UserError: the choice is none of this conflict.
        ProblemsFound: the value cannot stand as it is.
    """
    outcome = told.outcome(choice)
    if outcome is None:
        code = {How.TAKE: "conflict.no_such_value", How.BEFORE: "conflict.no_before"}.get(choice.how)
        raise UserError(code or "conflict.no_merged", what=told.title, count=len(told.values))
    if outcome.problem is not None:
        raise ProblemsFound([outcome.problem])
    return outcome


def undo(workspace: Workspace) -> Taken | None:
    """Take back this person's last settlement on this machine; ``None`` when there is none left."""
    return undoing.undo(workspace, PLACE)


def redo(workspace: Workspace) -> Taken | None:
    """Settle again what was taken back last; ``None`` when there is nothing."""
    return undoing.redo(workspace, PLACE)


def rows(workspace: Workspace, connection: Connection) -> tuple[ConflictRow, ...]:
    """List all that is in conflict, within a transaction."""
    places = Places(workspace, connection)
    found = [places.row(cell) for cell in conflict_queries.open_cells(connection)]
    found += [places.withdrawn(one) for one in withdrawal_queries.against(connection)]
    seen = (row for row in found if row.assessment not in places.hidden)
    return tuple(sorted(seen, key=lambda row: (row.site_name == "", row.site_name, row.assessment, row.what, row.cell)))


# --- parts


def _standing(workspace: Workspace, connection: Connection) -> dict[str, ConflictRow]:
    return {row.id: row for row in rows(workspace, connection)}


def _now(workspace: Workspace, connection: Connection, key: str) -> ConflictRow:
    found = _beginning(workspace, connection, key)
    if not found:
        raise UserError("conflict.none_left", conflict=key)
    return found[0]


def _beginning(workspace: Workspace, connection: Connection, key: str) -> list[ConflictRow]:
    """Give the conflicts whose ids begin so, without placing all the others."""
    places = Places(workspace, connection)
    cells = conflict_queries.open_cells(connection)
    found = [places.row(one) for one in cells if conflict_id(one.entity, one.cell).startswith(key)]
    withdrawn = withdrawal_queries.against(connection)
    found += [places.withdrawn(one) for one in withdrawn if conflict_id(one.entity, KIND).startswith(key)]
    return [row for row in found if row.assessment not in places.hidden]


def _outcome(rule: Rule, told: Sequence[ConflictTold]) -> RuleOutcome:
    settled: list[Settled] = []
    left: list[ConflictTold] = []
    for one in told:
        choice = chosen_by(one, rule)
        found = one.outcome(choice) if choice else None
        if choice and found and found.problem is None:
            settled.append(Settled(one, choice))
        else:
            left.append(one)
    return RuleOutcome(rule, tuple(settled), tuple(left))


def _settle(
    workspace: Workspace, connection: Connection, chosen: Sequence[tuple[ConflictTold, Choice]], note: str
) -> None:
    # What was emptied with a name comes behind the settlements, so that these stay beside their conflicts.
    drafts = [_draft(workspace, connection, told, choice) for told, choice in chosen]
    drafts += _put_back(connection, chosen)
    if not drafts:
        return
    touched = [told.row.assessment or told.row.entity for told, _choice in chosen]
    written = undoing.write(
        workspace, connection, drafts, places=[PLACE, *touched], visit=f"{undoing.SETTLING} {uuid.uuid4().hex}"
    )
    if note:
        pairs = zip(chosen, written, strict=False)  # what was put back comes behind
        workspace.write(connection, [resolution_queries.draft(told.row.id, one.act, note) for (told, _), one in pairs])


def _put_back(connection: Connection, chosen: Sequence[tuple[ConflictTold, Choice]]) -> list[Draft]:
    """Give the acts that put back what left the register together with the names of sites that are kept."""
    settled = {(told.row.entity, told.row.cell) for told, _choice in chosen}
    kept = [told.row.entity for told, choice in chosen if told.row.cell == KIND and choice.place == KEEP]
    found = withdrawal_queries.against(connection, kept) if kept else ()
    return [draft for one in found for draft in withdrawal_keeping.put_back(connection, one, settled)]


def _draft(workspace: Workspace, connection: Connection, told: ConflictTold, choice: Choice) -> Draft:
    """Give the act that settles a conflict."""
    row, outcome = told.row, refuse_unfit(told, choice)
    needed = roles_for(row, outcome.value)
    if needed:
        roles.require(workspace, connection, *needed)
    if row.cell == KIND:
        return _withdrawal_draft(workspace, connection, row, outcome, keep=choice.place == KEEP)
    return Draft(outcome.kind, row.entity, row.cell, outcome.value, seen=row.heads)


def _withdrawal_draft(
    workspace: Workspace, connection: Connection, row: ConflictRow, outcome: ValueTold, *, keep: bool
) -> Draft:
    """Keep what was taken out, or say that it is out although others wrote on it.

    Keeping first notes, for its own taking back, what whoever took it out had seen: if the name is taken away once more
    by an undo, what was an edit against the withdrawal is one again.
    """
    device = workspace.database.device_uuid
    cell = withdrawal_queries.cell_of(device)
    [found] = withdrawal_queries.against(connection, [row.entity])
    if not keep:
        seen: Sequence[ActRef] = withdrawal_queries.others_standing(connection, row.entity, device)
        return Draft(KIND, row.entity, cell, withdrawal_queries.seen_value(seen))
    noted = withdrawal_queries.seen_value([*found.covered, *found.withdrawn], own=0)
    workspace.write(connection, [Draft(KIND, row.entity, cell, noted)])
    return Draft(row.kind, row.entity, found.cell, outcome.value, seen=found.withdrawn)

"""What the screen of conflicts asks for; everything here runs off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ui.context import Desk
    from wufei_cells.domain.conflicts import Choice, ConflictRow, ConflictTold, Rule, RuleKind
    from wufei_cells.services.conflicts import RuleOutcome
    from wufei_cells.services.undoing import Taken
    from wufei_cells.wording import Wording

MOST_PICTURES = 4  # of one value; the file shows all


@dataclass(frozen=True, slots=True)
class Listed:
    """A conflict in the list."""

    row: ConflictRow
    site: str
    what: str


@dataclass(frozen=True, slots=True)
class ToldView:
    """A conflict as it was told, with the small pictures of its values."""

    told: ConflictTold
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """By content hash; those that are not on this machine are missing."""


@dataclass(frozen=True, slots=True)
class RuleNames:
    """Whom a rule can name."""

    names: Mapping[RuleKind, tuple[str, ...]]


def load(wording: Wording, desk: Desk) -> tuple[Listed, ...]:
    """List what is in conflict."""
    from wufei_cells.services.conflict_telling import what_in_words  # noqa: PLC0415 - loaded with the first question

    rows = desk.conflicts.list_conflicts(desk.workspace)
    return tuple(Listed(row, row.site_name, what_in_words(row, wording)) for row in rows)


def tell(row: ConflictRow, wording: Wording, desk: Desk) -> ToldView:
    """Tell one conflict."""
    told = desk.conflicts.tell(desk.workspace, row, wording)
    wanted = dict.fromkeys(key for value in told.values for key in value.evidence[:MOST_PICTURES])
    pictures: dict[str, bytes] = {}
    for key in wanted:
        try:
            pictures[key] = desk.evidencing.thumbnail(desk.workspace, key)
        except WufeiError:  # not received yet, or no picture
            continue
    return ToldView(told, pictures)


def settle(row: ConflictRow, choice: Choice, note: str, wording: Wording, desk: Desk) -> ConflictTold:
    """Settle one conflict."""
    return desk.conflicts.resolve(desk.workspace, row, choice, wording, note=note)


def undo(desk: Desk) -> Taken | None:
    """Take the last settlement back."""
    return desk.conflicts.undo(desk.workspace)


def names(rows: Sequence[ConflictRow], wording: Wording, desk: Desk) -> RuleNames:
    """List whom a rule can name."""
    from wufei_cells.domain.conflicts import NAMING, Rule, RuleKind  # noqa: PLC0415

    outcome = desk.conflicts.by_rule(desk.workspace, rows, Rule(RuleKind.LATER), wording)
    told = [*(one.told for one in outcome.settled), *outcome.left]
    return RuleNames({kind: desk.conflicts.names_for(told, kind) for kind in NAMING})


def preview(rows: Sequence[ConflictRow], rule: Rule, wording: Wording, desk: Desk) -> RuleOutcome:
    """Tell what a rule would make of conflicts."""
    return desk.conflicts.by_rule(desk.workspace, rows, rule, wording)


def settle_by_rule(rows: Sequence[ConflictRow], rule: Rule, wording: Wording, desk: Desk) -> RuleOutcome:
    """Settle conflicts by a rule."""
    return desk.conflicts.resolve_by_rule(desk.workspace, rows, rule, wording)

"""What waits, as the board tells it: each thing with the sites it concerns, so that a line leads to its list."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wufei_cells.board.matters import Matter, Todo
from wufei_cells.services import conflicts, finding_faults, supervising
from wufei_cells.services.board_reading import cases_behind
from wufei_cells.services.following_up import follow_ups
from wufei_cells.services.supervising import DueKind

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from wufei_cells.board.standing import Board
    from wufei_cells.domain.register import SiteId
    from wufei_cells.services.following_up import FollowUpView
    from wufei_cells.services.workspace import Workspace


_OF_DUE = {
    DueKind.ORDER: Matter.ORDERS,
    DueKind.RENEWAL: Matter.RENEWALS,
    DueKind.EXPIRED: Matter.EXPIRED,
    DueKind.REPORT: Matter.REPORTS,
    DueKind.REVIEW: Matter.CHANGED,
}


def todo(workspace: Workspace, board: Board) -> tuple[Todo, ...]:
    """List what waits within what a board shows, as of its day; what nothing waits for is left out.

    Of an earlier day only what follows from the days on record is known: who was stuck, and whose days were put right.
    """
    known = set(cases_behind(workspace, board.sites.behind))
    found: dict[Matter, set[SiteId]] = defaultdict(set)
    counts: dict[Matter, int] = {}
    for row in board.stages:
        if row.stuck.count:
            found[Matter.STUCK].update(cases_behind(workspace, row.stuck.behind))
    if board.put_right.count:
        found[Matter.PUT_RIGHT].update(cases_behind(workspace, board.put_right.behind))
    if board.on >= workspace.today():
        for matter, site in (*_due(workspace), *_overdue(workspace)):
            found[matter].update({site} & known)
        counts[Matter.FOLLOW_UPS] = sum(
            _concerns(board, view, known) for view in follow_ups(workspace, only_overdue=True)
        )
        counts[Matter.CONFLICTS] = conflicts.count(workspace)
    lines = (Todo(matter, counts.get(matter, len(found[matter])), frozenset(found[matter])) for matter in Matter)
    return tuple(line for line in lines if line.count)


def _due(workspace: Workspace) -> Iterator[tuple[Matter, SiteId]]:
    return ((_OF_DUE[one.kind], one.certificate.site) for one in supervising.due(workspace))


def _overdue(workspace: Workspace) -> Iterator[tuple[Matter, SiteId]]:
    return ((Matter.FINDINGS, one.site) for one in finding_faults.findings(workspace, overdue=True))


def _concerns(board: Board, view: FollowUpView, known: Container[SiteId]) -> bool:
    """Say whether a follow-up is about what the board shows."""
    subject, within = view.row.said.subject, board.within
    if subject.site:
        return subject.site in known
    categories, districts = within.categories, within.districts
    return (categories is None or subject.category in categories) and (
        districts is None or subject.district in districts
    )

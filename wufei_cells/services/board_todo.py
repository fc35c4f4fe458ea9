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
    from collections.abc import Iterator

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

    Findings and conflicts are known as they stand today only, so an earlier day's list has none.
    """
    found: dict[Matter, set[SiteId]] = defaultdict(set)
    for row in board.stages:
        if row.stuck.count:
            found[Matter.STUCK].update(cases_behind(workspace, row.stuck.behind))
    if board.put_right.count:
        found[Matter.PUT_RIGHT].update(cases_behind(workspace, board.put_right.behind))
    for matter, site in _due(workspace, board):
        found[matter].add(site)
    others: dict[Matter, int] = {}
    if board.on >= workspace.today():
        found[Matter.FINDINGS].update(_overdue(workspace, board))
        others[Matter.FOLLOW_UPS] = sum(_concerns(board, view) for view in follow_ups(workspace, only_overdue=True))
        others[Matter.CONFLICTS] = conflicts.count(workspace)
    lines = (Todo(matter, len(found[matter]), frozenset(found[matter])) for matter in Matter if found[matter])
    whole = [*lines, *(Todo(matter, count) for matter, count in others.items() if count)]
    return tuple(sorted(whole, key=lambda line: list(Matter).index(line.matter)))


def _due(workspace: Workspace, board: Board) -> Iterator[tuple[Matter, SiteId]]:
    known = set(cases_behind(workspace, board.sites.behind))
    for one in supervising.due(workspace, board.on):
        if one.certificate.site in known:
            yield _OF_DUE[one.kind], one.certificate.site


def _concerns(board: Board, view: FollowUpView) -> bool:
    """Say whether a follow-up is about what the board shows; those on single sites always are."""
    subject, within = view.row.said.subject, board.within
    if subject.site:
        return True
    categories, districts = within.categories, within.districts
    return (categories is None or subject.category in categories) and (
        districts is None or subject.district in districts
    )


def _overdue(workspace: Workspace, board: Board) -> Iterator[SiteId]:
    known = set(cases_behind(workspace, board.sites.behind))
    return (one.site for one in finding_faults.findings(workspace, overdue=True) if one.site in known)

"""The lists behind the figures of the board, named by a word as people type it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wufei_cells.board.cases import Span
from wufei_cells.board.selecting import Selection
from wufei_cells.board.standing import Board, Figure
from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.register import SiteId
from wufei_cells.errors import UserError
from wufei_cells.services import board_reading
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import queries

PLAIN: dict[str, Callable[[Board], Figure | None]] = {
    "sites": lambda board: board.sites,
    "valid": lambda board: board.valid,
    "ever": lambda board: board.ever,
    "expired": lambda board: board.gone[CertificateState.EXPIRED],
    "suspended": lambda board: board.gone[CertificateState.SUSPENDED],
    "withdrawn": lambda board: board.gone[CertificateState.WITHDRAWN],
    "stuck": lambda board: board.stuck,
    "renewals": lambda board: board.needed.renewals if board.needed else None,
    "put-right": lambda board: board.put_right,
}
"""What can be listed in one word."""
PARTED = ("stage:STAGE", "gained:YYYY-MM", "lost:YYYY-MM", "runs-out:YYYY-MM")
"""What needs another word to be told."""


@dataclass(frozen=True, slots=True)
class ListedSite:
    """One site behind a figure, as it stands on the day of the board."""

    id: SiteId
    name: str
    category: str
    district: str
    stage: Stage | None
    """``None``: it was not registered yet."""
    since: date | None
    certificate: CertificateState | None
    """How its certificates stand; ``None`` when it has had none by then."""


def listed(workspace: Workspace, board: Board, wanted: Sequence[str]) -> tuple[ListedSite, ...]:
    """Give the sites that are behind all of some figures, by category, district and name.

    Args:
        workspace: the register.
        board: the board whose figures they are.
        wanted: which figures, as in ``valid`` or ``gained:2026-11``.

    Raises:
        UserError: no figure is called so.
    """
    selections = [_selection(board, what) for what in wanted]
    if None in selections:
        return ()
    meant = [selection for selection in selections if selection is not None]
    cases = [case for case in board_reading.cases(workspace) if all(one.covers(case) for one in meant)]
    with workspace.database.reading() as connection:
        names = queries.site_names(connection)
    rows: list[ListedSite] = []
    for case in cases:
        entered = case.stage_on(board.on)
        stage, since = (entered.stage, entered.on) if entered else (None, None)
        place = (case.site, names[case.site], case.category, case.district)
        rows.append(ListedSite(*place, stage, since, case.certificate_on(board.on)))
    return tuple(sorted(rows, key=lambda row: (row.category, row.district, row.name, row.id)))


def _selection(board: Board, what: str) -> Selection | None:
    """Find the selection that a word means; ``None`` when the board knows of nothing such."""
    word, sign, rest = what.partition(":")
    if not sign and word in PLAIN:
        figure = PLAIN[word](board)
        return figure.behind if figure else None
    if word == "stage" and rest in set(Stage):
        return next((row.sites.behind for row in board.stages if row.stage == rest), None)
    months: dict[str, Iterable[tuple[Span, Figure]]] = {
        "gained": ((row.month, row.gained) for row in board.months),
        "lost": ((row.month, row.lost) for row in board.months),
        "runs-out": ((row.month, row.sites) for row in board.runs_out),
    }
    if word in months and _is_month(rest):
        return next((figure.behind for month, figure in months[word] if f"{month.first:%Y-%m}" == rest), None)
    raise UserError("board.unknown_list", found=what, allowed=", ".join([*PLAIN, *PARTED]))


def _is_month(text: str) -> bool:
    try:
        return f"{date.fromisoformat(f'{text}-01'):%Y-%m}" == text
    except ValueError:
        return False

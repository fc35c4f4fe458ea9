"""How far the proof and the corrective actions are, by category and county."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wufei_cells.board.standing import Within
from wufei_cells.domain.checklists import Proof
from wufei_cells.domain.findings import FindingState
from wufei_cells.progress import Report, silent
from wufei_cells.services import finding_faults, reading
from wufei_cells.services.counted_cells import CountedCell, counted_cells, scorecard_of
from wufei_cells.services.evidence_proof import needed_proof
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import evidence_queries
from wufei_cells.store.item_queries import COMPARED
from wufei_cells.store.journal import Connection


@dataclass(slots=True)
class WorkStatus:
    """One category in one county."""

    category: str
    district: str
    assessments: int = 0
    """Latest assessments of its sites."""
    needed: int = 0
    """Items of these whose rule asks for evidence, by how they were answered."""
    proven: int = 0
    """Of these, those under which something stands."""
    open: int = 0
    """Findings that are open; ``overdue`` is a part of them."""
    overdue: int = 0
    done: int = 0
    """Findings that the unit says it has put right, to be checked."""
    closed: int = 0

    @property
    def missing(self) -> int:
        """Items that need evidence and have none."""
        return self.needed - self.proven

    @property
    def anything(self) -> bool:
        """Whether there is anything to tell."""
        return any((self.needed, self.open, self.overdue, self.done, self.closed))

    def take(self, other: WorkStatus) -> None:
        """Add what was counted elsewhere."""
        for name in ("assessments", "needed", "proven", "open", "overdue", "done", "closed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def by_category(counted: Iterable[WorkStatus]) -> tuple[WorkStatus, ...]:
    """Add counts up over counties, which are left empty."""
    return _together(((one.category, ""), one) for one in counted)


def by_district(counted: Iterable[WorkStatus]) -> tuple[WorkStatus, ...]:
    """Add counts up over categories, which are left empty."""
    return _together((("", one.district), one) for one in counted)


def _together(keyed: Iterable[tuple[tuple[str, str], WorkStatus]]) -> tuple[WorkStatus, ...]:
    found: dict[tuple[str, str], WorkStatus] = {}
    for key, one in keyed:
        found.setdefault(key, WorkStatus(*key)).take(one)
    return tuple(found.values())


def work_status(
    workspace: Workspace, within: Within | None = None, *, report: Report = silent
) -> tuple[WorkStatus, ...]:
    """Count proof and actions, by category and county in the city's order.

    Findings are those that the person may see; of sheets that others score alone nothing is counted.

    Args:
        workspace: the register.
        within: categories and counties to restrict it to.
        report: told how many sites were counted; the whole is not known before.
    """
    meant, found = within or Within(), dict[tuple[str, str], WorkStatus]()

    def place(category: str, district: str) -> WorkStatus:
        return found.setdefault((category, district), WorkStatus(category, district))

    with workspace.database.reading() as connection:
        categories = [category.key for category in reading.categories(workspace, connection)]
        districts = [district.key for district in reading.profile(connection).districts]
        proven = evidence_queries.proven_items(connection)
        for number, (category, cell) in enumerate(_cells(workspace, connection, categories, meant)):
            needed = _needed(workspace, connection, cell)
            status = place(category, cell.row.district)
            status.assessments += 1
            status.needed += len(needed)
            status.proven += len(needed & proven.get(cell.row.assessment, set()))
            report(number, number + 1)
        for one in finding_faults.visible_findings(workspace, connection):
            if meant.holds(one.category, one.district):
                status = place(one.category, one.district)
                status.overdue += one.row.overdue(workspace.today())
                status.open += one.row.state is FindingState.OPEN
                status.done += one.row.state is FindingState.DONE
                status.closed += one.row.state is FindingState.CLOSED
    order = {key: number for number, key in enumerate([*categories, *districts])}
    return tuple(sorted(found.values(), key=lambda one: (order.get(one.category, 999), order.get(one.district, 999))))


def _cells(
    workspace: Workspace, connection: Connection, categories: list[str], meant: Within
) -> Iterator[tuple[str, CountedCell]]:
    for category in categories:
        if meant.categories is None or category in meant.categories:
            for cell in counted_cells(workspace, connection, category, COMPARED):
                if meant.holds(category, cell.row.district):
                    yield category, cell


def _needed(workspace: Workspace, connection: Connection, cell: CountedCell) -> set[str]:
    checklist = reading.checklist(workspace, connection, cell.row.edition)
    if all(entry.proof is Proof.NEVER for entry in checklist.entries()):
        return set()
    card = scorecard_of(checklist, cell.facts, cell.answers, cell.row.on)
    return set(needed_proof(checklist, cell.answers, card))

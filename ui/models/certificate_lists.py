"""The lists of the room of certificates: who waits for which step, and how the certificates stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ui.context import Places, load_places
from wufei_cells.domain.lifecycle import CertificateState, Stage, next_stage
from wufei_cells.domain.objections import Outcome

if TYPE_CHECKING:
    from ui.context import Desk
    from wufei_cells.domain.batches import BatchRow
    from wufei_cells.domain.process import Process
    from wufei_cells.domain.profiles import Profile
    from wufei_cells.domain.register import AssessmentRow, CertificateRow
    from wufei_cells.services.supervising import Due

TO_NOTICE, NOTICES, TO_NAME, READY, ISSUED, DUE, STOPPED = (
    *("to_notice", "notices", "to_name", "ready", "issued", "due", "stopped"),
)
LISTS = (TO_NOTICE, NOTICES, TO_NAME, READY, ISSUED, DUE, STOPPED)
ON_THE_WAY = (TO_NOTICE, NOTICES, TO_NAME, READY)
"""Lists of assessments; the others are lists of certificates."""
_STOPPED = (CertificateState.SUSPENDED, CertificateState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One approved assessment on its way to a certificate."""

    id: str
    assessment: AssessmentRow
    batch: BatchRow | None = None
    days_left: int | None = None
    """Until objections are no longer taken, today counted; only while the notice is not over."""
    objections: int = 0
    """How many wait to be settled."""

    @property
    def site_name(self) -> str:
        """Whose it is."""
        return self.assessment.site_name


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One certificate; in the list of what is due once for each thing that waits."""

    id: str
    certificate: CertificateRow
    due: Due | None = None

    @property
    def site_name(self) -> str:
        """Whose it is."""
        return self.certificate.site_name


Row = CaseRow | PaperRow


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that the room shows."""

    lists: Mapping[str, tuple[Row, ...]]
    used: tuple[str, ...]
    """The lists that the city's process has."""
    profile: Profile
    places: Places
    today: date
    signs: bool
    """Whether the office signs its certificates."""
    batches: tuple[BatchRow, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict[str, str])
    """The categories' codes in certificate numbers, by category."""


def load_room(desk: Desk) -> Room:
    """Ask for all lists; runs in the worker thread."""
    workspace, browsing = desk.workspace, desk.browsing
    profile, today = browsing.profile(workspace), workspace.today()
    batches = desk.naming.batches(workspace)
    cases = _cases(desk, profile.process, today, batches)
    certificates = browsing.list_certificates(workspace)
    lists: dict[str, tuple[Row, ...]] = {
        **{name: tuple(row for place, row in cases if place == name) for name in ON_THE_WAY},
        ISSUED: tuple(PaperRow(row.id, row) for row in certificates if row.state not in _STOPPED),
        DUE: tuple(
            PaperRow(f"{one.certificate.id}:{one.kind.value}", one.certificate, one)
            for one in desk.supervising.due(workspace)
        ),
        STOPPED: tuple(PaperRow(row.id, row) for row in certificates if row.state in _STOPPED),
    }
    codes = {category.key: category.code for category in browsing.categories(workspace)}
    used = used_lists(profile.process, lists)
    signs = desk.certifying.signs(workspace)
    return Room(lists, used, profile, load_places(desk), today, signs, batches, codes)


def used_lists(process: Process, lists: Mapping[str, tuple[Row, ...]]) -> tuple[str, ...]:
    """Name the lists that the city's process has, and those that hold something all the same."""
    optional = {
        TO_NOTICE: process.uses(Stage.NOTICED),
        NOTICES: process.uses(Stage.NOTICED),
        TO_NAME: process.uses(Stage.NAMED),
    }
    return tuple(name for name in LISTS if optional.get(name, True) or lists[name])


def _cases(desk: Desk, process: Process, today: date, batches: tuple[BatchRow, ...]) -> tuple[tuple[str, CaseRow], ...]:
    """Say of every approved assessment in which list it stands."""
    waiting: dict[str, int] = {}
    for one in desk.objecting.objections(desk.workspace):
        if one.outcome is Outcome.OPEN:
            waiting[one.objection.assessment] = waiting.get(one.objection.assessment, 0) + 1
    known: dict[str, BatchRow] = {row.id: row for row in batches}
    targets = {Stage.NOTICED: TO_NOTICE, Stage.NAMED: TO_NAME, Stage.CERTIFIED: READY}
    found: list[tuple[str, CaseRow]] = []
    for row in desk.browsing.list_assessments(desk.workspace):
        if row.stage not in (Stage.APPROVED, Stage.NOTICED, Stage.NAMED):
            continue
        batch = known.get(row.batch or "")
        until = batch.batch.notice_until if batch else None
        running = row.stage is Stage.NOTICED and until is not None and today <= until
        left = (until - today).days + 1 if running and until else None
        case = CaseRow(row.id, row, batch, left, waiting.get(row.id, 0))
        following = next_stage(row.stage, process.uses)
        place = NOTICES if running else targets.get(following) if following else None
        if place:
            found.append((place, case))
    return tuple(found)

"""What the tab about items and quality asks in the worker thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.models.sites_model import NamedSites, SiteFilter
from wufei_cells.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.context import Desk
    from ui.models.board_loading import Asked
    from ui.tasks import TaskProgress
    from wufei_cells.domain.text import Language
    from wufei_cells.services.calibration_report import Calibration
    from wufei_cells.services.item_costs import EditionCosts
    from wufei_cells.services.quality_pictures import LostAt
    from wufei_cells.services.work_status import WorkStatus
    from wufei_cells.wording import Wording


@dataclass(slots=True)
class Part:
    """Proof and corrective actions of one category, or of one district where the board shows one category only."""

    category: str
    district: str
    needed: int = 0
    proven: int = 0
    open: int = 0
    overdue: int = 0
    done: int = 0
    closed: int = 0

    @property
    def missing(self) -> int:
        """Items that need evidence and have none."""
        return self.needed - self.proven

    @property
    def anything(self) -> bool:
        """Whether there is anything to tell."""
        return any((self.needed, self.open, self.overdue, self.done, self.closed))

    def take(self, one: WorkStatus) -> None:
        """Add what was counted of a category in a district."""
        for name in ("needed", "proven", "open", "overdue", "done", "closed"):
            setattr(self, name, getattr(self, name) + getattr(one, name))


@dataclass(frozen=True, slots=True)
class Quality:
    """What was found."""

    costs: tuple[EditionCosts, ...]
    """Of one category, the newest edition first."""
    parts: tuple[Part, ...]


def load_quality(asked: Asked, category: str, desk: Desk) -> Quality:
    """Ask for the items that cost points, and for proof and actions."""
    districts = frozenset({asked.district}) if asked.district else None
    costs = desk.item_costs.item_costs(desk.workspace, category, districts=districts) if category else ()
    found: dict[tuple[str, str], Part] = {}
    for one in desk.work_status.work_status(desk.workspace, asked.within):
        key = ("", one.district) if asked.category else (one.category, "")
        found.setdefault(key, Part(*key)).take(one)
    return Quality(costs, tuple(part for part in found.values() if part.anything))


def load_losing(lost: LostAt, wordings: Mapping[Language, Wording], desk: Desk) -> SiteFilter:
    """Ask for the sites that lost points at an item, as a filter for the list of sites."""
    sites = desk.item_losses.sites_losing(desk.workspace, lost)
    names = {
        code: wording.say("overview.quality.lost_at", number=lost.number, text=lost.text)
        for code, wording in wordings.items()
    }
    return SiteFilter(named=NamedSites(Text(names["zh"], names["en"]), frozenset(sites)))


def load_calibration(category: str, wording: Wording, named: bool, desk: Desk, progress: TaskProgress) -> Calibration:
    """Compare the people who score a category; names are for the office."""
    return desk.calibration_report.calibration(desk.workspace, category, wording, named=named, report=progress.report)

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


@dataclass(frozen=True, slots=True)
class Quality:
    """What was found."""

    costs: tuple[EditionCosts, ...]
    """Of one category, the newest edition first."""
    parts: tuple[WorkStatus, ...]
    """Proof and corrective actions by category, or by district where the board shows one category only."""


def load_quality(asked: Asked, category: str, desk: Desk) -> Quality:
    """Ask for the items that cost points, and for proof and actions."""
    districts = frozenset({asked.district}) if asked.district else None
    costs = desk.item_costs.item_costs(desk.workspace, category, districts=districts) if category else ()
    counted = desk.work_status.work_status(desk.workspace, asked.within)
    parts = desk.work_status.by_district(counted) if asked.category else desk.work_status.by_category(counted)
    return Quality(costs, tuple(part for part in parts if part.anything))


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

"""What can be laid down about the site that is looked at: a visit, a follow-up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.dialogs.follow_up_dialog import open_follow_up
from ui.dialogs.steering_undo import tell_done
from ui.dialogs.visit_dialog import open_visit
from wufei_cells.domain.follow_ups import Subject
from wufei_cells.domain.register import SiteId
from wufei_cells.services.following_up import PLACE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext
    from ui.widgets.site_detail import SiteDetail


class SiteSteering(QObject):
    """Opens the forms for the site of a detail panel."""

    def __init__(self, context: AppContext, detail: SiteDetail, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        detail.visit_requested.connect(self.plan_visit)
        detail.follow_up_requested.connect(self.follow_up)

    def plan_visit(self, site: str) -> None:
        """Plan a visit to a site."""
        open_visit(self._context, self._window, site=site)

    def follow_up(self, site: str) -> None:
        """Put a follow-up on a site on record."""
        open_follow_up(self._context, self._window, partial(_told, self._context), Subject(SiteId(site)))


def _told(context: AppContext, _row: object) -> None:
    tell_done(context, context.i18n.tr("steering.follow_up_recorded"), PLACE)

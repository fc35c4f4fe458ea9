"""Where the figures of the board lead: to lists of sites, to a site, to another tab, to a dialog."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ui.dialogs.openers import open_dialog
from ui.models.board_loading import load_behind
from ui.models.quality_loading import load_losing
from ui.models.sites_model import NamedSites, SiteFilter
from wufei_cells.board.matters import Matter, Todo
from wufei_cells.domain.follow_ups import Subject
from wufei_cells.services.quality_pictures import LostAt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from ui.board.board_tab import BoardTab, Told
    from ui.context import AppContext
    from wufei_cells.board.selecting import Selection
    from wufei_cells.domain.follow_ups import FollowUpRow


class BoardLeading(QObject):
    """Takes what is pressed on the tabs and asks for what stands behind it.

    Signals:
        sites_requested: the person wants a list of sites (SiteFilter).
        site_requested: the person wants to see a site (its id).
        tab_requested: the person wants to see another tab (its name).
    """

    sites_requested = Signal(object)
    site_requested = Signal(str)
    tab_requested = Signal(str)

    def __init__(self, context: AppContext, tabs: Mapping[str, BoardTab], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self.told: Told | None = None
        for tab in tabs.values():
            tab.list_requested.connect(self._on_list_requested)
            tab.open_requested.connect(self.open)
            tab.site_requested.connect(self.site_requested)

    @Slot(str)
    def open(self, name: str) -> None:
        """Open a dialog; a follow-up begins with the part of the city that is shown."""
        if name == "follow_up" and self.told:
            from ui.dialogs.follow_up_dialog import open_follow_up  # noqa: PLC0415 - not part of the start

            asked = self.told.standing.asked
            subject = Subject(None, asked.district or None, asked.category or None)
            open_follow_up(self._context, self._window, self._on_recorded, subject)
        else:
            open_dialog(name, self._context, self._window)

    # --- slots

    @Slot(object)
    def _on_list_requested(self, meant: Selection | LostAt | Todo | SiteFilter) -> None:
        assert self.told
        wordings = self._context.i18n.wordings
        if isinstance(meant, SiteFilter):
            self.sites_requested.emit(meant)
        elif isinstance(meant, Todo):
            self._show_todo(meant)
        elif isinstance(meant, LostAt):
            self._context.ask(self, partial(load_losing, meant, wordings), self.sites_requested.emit)
        else:
            question = partial(load_behind, meant, self.told.standing.places, wordings)
            self._context.ask(self, question, self.sites_requested.emit)

    def _show_todo(self, todo: Todo) -> None:
        if todo.matter is Matter.CONFLICTS:
            self.open("conflicts")
        elif todo.matter is Matter.FOLLOW_UPS:
            self.tab_requested.emit("pipeline")
        else:
            name = self._context.i18n.in_all(f"overview.todo.{todo.matter}")
            self.sites_requested.emit(SiteFilter(named=NamedSites(name, todo.sites)))

    def _on_recorded(self, _row: FollowUpRow) -> None:
        self._context.events.progress_changed.emit()

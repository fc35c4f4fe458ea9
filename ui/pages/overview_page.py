"""The overview: how far the city is, what waits, and what to steer by; every figure leads to the list behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.dialogs.chart_saving import ChartSaving
from ui.dialogs.openers import OPENERS, open_dialog
from ui.models.board_loading import Asked, load_behind, load_outlook, load_standing, load_todo
from ui.models.sites_model import NamedSites, SiteFilter
from ui.pages.page import Page
from ui.widgets.board_head import BoardHead
from ui.widgets.board_tab import Told, words_for
from ui.widgets.board_tabs import BoardTabs
from ui.widgets.state_view import StateView
from wufei_cells.domain.text import Text
from wufei_cells.services.board_todo import Matter
from wufei_cells.services.forecast_words import standing_sentence

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.models.board_loading import Standing
    from ui.tasks import RunningTask
    from wufei_cells.board.forecast import Forecast, TooLittle
    from wufei_cells.board.selecting import Selection
    from wufei_cells.domain.text import Language
    from wufei_cells.services.board_todo import Todo
    from wufei_cells.services.following_up import FollowUpView


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows, for coming back to it."""

    asked: Asked
    tab: str
    scrolled: int


class OverviewPage(Page):
    """Shows the board; everything leads to the sites it counts (see ``Page`` for the signals)."""

    title_key = "frame.room.overview"
    guide_key = "overview"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        """Build the page; nothing is loaded until it is shown."""
        super().__init__(context, parent)
        self._told: Told | None = None
        self._todo: tuple[Todo, ...] | None = None
        self._asking: list[RunningTask] = []
        self._scroll_to = -1
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        self.head = BoardHead(self._context, OPENERS)
        self.tabs = BoardTabs(self._context)
        self._saving = ChartSaving(self._context, self)
        for card in self.tabs.cards:
            self._saving.serve(card.pane)

"""The overview: how far the city is, what waits, and what to steer by; every figure leads to the list behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QMargins, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.board.board_head import BoardHead
from ui.board.board_leading import BoardLeading
from ui.board.board_tab import BoardTab, Told, words_for
from ui.board.indicators_tab import IndicatorsTab
from ui.board.pipeline_tab import PipelineTab
from ui.board.progress_tab import ProgressTab
from ui.board.quality_tab import QualityTab
from ui.board.renewals_tab import RenewalsTab
from ui.dialogs.chart_saving import ChartSaving
from ui.models.board_loading import Asked, load_outlook, load_standing, load_todo
from ui.models.sites_model import SiteFilter
from ui.pages.page import Page
from ui.widgets.desk_style import desk_style
from ui.widgets.state_view import StateView
from ui.widgets.view_tabs import ViewTabs
from wufei_cells.services.board_sentence import standing_sentence

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.models.board_loading import Standing
    from ui.tasks import RunningTask
    from wufei_cells.board.forecast import Forecast, TooLittle
    from wufei_cells.board.matters import Todo


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
        self._asking: list[RunningTask] = []
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        context = self._context
        self.head = BoardHead(context)
        self.progress, self.pipeline = ProgressTab(context), PipelineTab(context)
        self.renewals, self.indicators = RenewalsTab(context), IndicatorsTab(context)
        self.quality = QualityTab(context)
        self.panels: dict[str, BoardTab] = {
            "progress": self.progress,
            "pipeline": self.pipeline,
            "renewals": self.renewals,
            "quality": self.quality,
            "indicators": self.indicators,
        }
        self.tabs = ViewTabs(context.i18n)
        self.stack = QStackedWidget()
        self._saving = ChartSaving(context, self)
        self.leading = BoardLeading(context, self.panels, self)
        for name, panel in self.panels.items():
            self.tabs.add(name, f"overview.tab.{name}")
            self.stack.addWidget(panel)
            for card in panel.cards:
                self._saving.serve(card.pane)

    def _build_layout(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(QMargins(24, 4, 24, 4))
        row.addWidget(self.tabs)
        row.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addLayout(row)
        column.addWidget(self.stack, 1)
        self.state_view = StateView(self._context, inside)
        self.state_view.expect_content()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.state_view)

    def _connect_signals(self) -> None:
        events = self._context.events
        self.head.asked.connect(self._on_asked)
        self.head.open_requested.connect(self.leading.open)
        self.tabs.chosen.connect(self.show_tab)
        self.state_view.action_triggered.connect(self._on_state_action)
        self.leading.sites_requested.connect(self.sites_requested)
        self.leading.site_requested.connect(self.site_requested)
        self.leading.tab_requested.connect(self.show_tab)
        events.site_changed.connect(self.mark_stale)
        events.assessment_changed.connect(self.mark_stale)
        events.certificate_changed.connect(self.mark_stale)
        events.progress_changed.connect(self.mark_stale)
        events.scheme_changed.connect(self.retranslate)

    # --- public

    @property
    def standing(self) -> Standing | None:
        """What is shown; ``None`` while nothing has arrived."""
        return self._told.standing if self._told else None

    @property
    def outlook(self) -> Forecast | TooLittle | None:
        """What is expected; ``None`` while it is being worked out."""
        return self._told.outlook if self._told else None

    def refresh(self) -> None:
        """Ask for the board in the background; what takes longer is asked for once it is shown."""
        self.state_view.show_loading()
        self._cancel()
        question = partial(load_standing, self.head.chosen)
        self._asking = [self._context.ask(self, question, self._on_standing, self._on_failed)]

    @Slot(str)
    def show_tab(self, name: str) -> None:
        """Bring a tab into view."""
        self.tabs.choose(name)
        self.stack.setCurrentWidget(self.panels[name])
        if self._told:
            self.panels[name].come_into_view(self._told)

    def view_state(self) -> View:
        """Say what is asked for and where it is scrolled to."""
        panel = self.panels[self.tabs.current]
        return View(self.head.chosen, self.tabs.current, panel.area.verticalScrollBar().value())

    def restore_view(self, state: object) -> None:
        """Go back to what was shown."""
        if not isinstance(state, View):
            return
        if state.asked != self.head.chosen:
            self.head.show_asked(state.asked)
            self.refresh()
        self.show_tab(state.tab)
        bar = self.panels[state.tab].area.verticalScrollBar()
        QTimer.singleShot(0, bar, partial(bar.setValue, state.scrolled))

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        self.tabs.setStyleSheet(desk_style(self._context.theme))
        self.head.retranslate()
        self.tabs.retranslate()
        for panel in self.panels.values():
            panel.retranslate()
        if self._told:
            told = self._told
            self._show(Told(told.standing, words_for(self._context, told.standing), told.outlook))
            self.progress.todo.show_todo(self.progress.todo.told)

    # --- slots: what arrives

    def _on_standing(self, standing: Standing) -> None:
        before = self._told
        today = standing.today
        self.head.set_bounds(QDate(today.year, today.month, today.day), standing.places)
        # Until it is worked out anew, the forecast of the same question stays, and nothing jumps.
        same = before is not None and before.standing.asked == standing.asked
        told = Told(standing, words_for(self._context, standing), before.outlook if before and same else None)
        if not same:
            self.progress.todo.show_todo(None)
        self._show(told)
        if not standing.board.sites.count and standing.asked == Asked():
            values = {"goal": standing.board.goal, "by": self._context.i18n.day(standing.board.by)}
            words = ("overview.empty.title", "overview.empty.text", "overview.empty.action")
            self.state_view.show_empty(*words, icon="site", **values)
            return
        self.state_view.show_content()
        ask, board = self._context.ask, standing.board
        self._asking = [
            ask(self, partial(load_todo, board), self._on_todo),
            ask(self, partial(load_outlook, standing.asked), partial(self._on_outlook, standing)),
        ]
        self.panels[self.tabs.current].come_into_view(told)

    def _on_todo(self, found: tuple[Todo, ...]) -> None:
        self.progress.todo.show_todo(found)

    def _on_outlook(self, standing: Standing, outlook: Forecast | TooLittle) -> None:
        if self._told and self._told.standing is standing:
            self._show(Told(standing, self._told.words, outlook))

    def _on_failed(self, error: Exception) -> None:
        self.state_view.show_error(error)

    # --- slots: what a person does

    @Slot(object)
    def _on_asked(self, _asked: Asked) -> None:
        self.refresh()

    @Slot()
    def _on_state_action(self) -> None:
        if self._told and not self._told.standing.board.sites.count:
            self.sites_requested.emit(SiteFilter())
        else:
            self.refresh()

    # --- parts

    def _show(self, told: Told) -> None:
        self._told = told
        self.leading.told = told
        self.head.say(standing_sentence(told.standing.board, told.outlook, told.words))
        for panel in self.panels.values():
            panel.show_told(told)

    def _cancel(self) -> None:
        for task in self._asking:
            task.cancel()

"""The overview: how far the city is, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.context import Places, load_places
from ui.dialogs.openers import open_dialog
from ui.models.sites_model import SiteFilter
from ui.pages.page import Page
from ui.theme import NORMAL_TYPE, STAGE_LOOKS
from ui.widgets.figure_tile import FigureTile
from ui.widgets.plain import plain_label, scrolling
from ui.widgets.progress_bars import Bar, BarRow, GoalBar
from ui.widgets.state_view import StateView
from ui.widgets.tile_layout import TileLayout
from wufei_cells.domain.lifecycle import DECIDED, PASSED, CertificateState, Stage
from wufei_cells.domain.register import Progress, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ui.context import AppContext, Desk
    from wufei_cells.domain.text import Text

# Each large figure: its word, and the sites it leads to.
FIGURES: dict[str, SiteFilter] = {
    "certified": SiteFilter(holding=True),
    "passed": SiteFilter(stages=PASSED),
    "assessed": SiteFilter(stages=DECIDED | {Stage.FINISHED, Stage.REVIEWED}),
    "sites": SiteFilter(),
}

OPENED = {"ledgers": "table", "checkup": "alert", "drawing": "trial"}
"""The dialogs that are opened from here (``ui.dialogs.openers``), with their icons."""

AROUND_CHARTS = 24 + 16 + 24 + 16
"""Pixels beside and between the charts: the margins, the gap, the scroll bar."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page shows."""

    progress: Progress
    places: Places
    targets: dict[str, int]
    uses: Callable[[Stage], bool]
    """Whether the city comes through a stage."""


class OverviewPage(Page):
    """Shows the progress towards the goal; everything leads to the sites it counts (see ``Page`` for the signals)."""

    title_key = "frame.room.overview"
    guide_key = "overview"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        """Build the page; nothing is loaded until it is shown."""
        super().__init__(context, parent)
        self._standing: Standing | None = None
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        context = self._context
        self.sentence_label = plain_label("section", wrap=True)
        self.goal_bar = GoalBar(context)
        self.open_buttons = {name: QPushButton() for name in OPENED}
        for name, button in self.open_buttons.items():
            button.setObjectName(name)
        self.tiles = {key: FigureTile(context) for key in FIGURES}
        self.stage_tiles = {
            stage: FigureTile(context, icon=STAGE_LOOKS[stage][0], tone=STAGE_LOOKS[stage][1]) for stage in Stage
        }
        titles = [plain_label("section") for _ in range(3)]
        self._stages_title, self._categories_title, self._districts_title = titles
        self._legends = [plain_label("caption", wrap=True) for _ in range(2)]
        self.category_card, self._category_rows = _card(self._categories_title, self._legends[0])
        self.district_card, self._district_rows = _card(self._districts_title, self._legends[1])
        self.category_bars: list[BarRow] = []
        self.district_bars: list[BarRow] = []

    def _build_layout(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(12)
        stages = TileLayout()
        for tile in self.tiles.values():
            figures.addWidget(tile)
        for tile in self.stage_tiles.values():
            stages.addWidget(tile)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.sentence_label, 1)
        for button in self.open_buttons.values():
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._charts = charts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        charts.setSpacing(16)
        charts.addWidget(self.category_card, 1, Qt.AlignmentFlag.AlignTop)
        charts.addWidget(self.district_card, 1, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.goal_bar)
        column.addLayout(figures)
        column.addSpacing(4)
        column.addWidget(self._stages_title)
        column.addLayout(stages)
        column.addSpacing(4)
        column.addLayout(charts)
        column.addStretch(1)
        scroll = scrolling(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.state_view = StateView(self._context, scroll)
        self.state_view.expect_content()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.state_view)

    def _connect_signals(self) -> None:
        events = self._context.events
        for tile in (*self.tiles.values(), *self.stage_tiles.values()):
            tile.clicked.connect(self._on_tile_clicked)
        for button in self.open_buttons.values():
            button.clicked.connect(self._on_open_clicked)
        self.state_view.action_triggered.connect(self._on_state_action)
        events.site_changed.connect(self.mark_stale)
        events.assessment_changed.connect(self.mark_stale)
        events.certificate_changed.connect(self.mark_stale)
        events.progress_changed.connect(self.mark_stale)
        events.scheme_changed.connect(self.retranslate)

    # --- public

    def refresh(self) -> None:
        """Ask for the figures in the background."""
        self.state_view.show_loading()
        self._context.ask(self, _load, self._on_loaded, self.state_view.show_error)

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        for name, button in self.open_buttons.items():
            button.setText(tr(f"overview.open.{name}"))
            button.setToolTip(tr(f"overview.open.{name}_tip"))
            button.setIcon(self._context.theme.icon(OPENED[name]))
        self._stages_title.setText(tr("overview.stages"))
        self._categories_title.setText(tr("overview.categories"))
        self._districts_title.setText(tr("overview.districts"))
        self._legends[0].setText(tr("overview.legend_targets"))
        self._legends[1].setText(tr("overview.legend"))
        if self._standing:
            self._show(self._standing)

    # --- Qt events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the charts under each other where they have no room side by side."""
        super().resizeEvent(event)
        self._arrange()

    # --- slots and the rest

    def _on_loaded(self, standing: Standing) -> None:
        self._standing = standing
        if standing.progress.whole.sites:
            self._show(standing)
            self.state_view.show_content()
        else:
            goal, by = standing.progress.goal, self._context.i18n.day(standing.progress.by)
            self.state_view.show_empty(
                "overview.empty.title", "overview.empty.text", "overview.empty.action", icon="site", goal=goal, by=by
            )

    @Slot()
    def _on_state_action(self) -> None:
        if self._standing and not self._standing.progress.whole.sites:
            self.sites_requested.emit(SiteFilter())
        else:
            self.refresh()

    @Slot()
    def _on_tile_clicked(self) -> None:
        tile = self.sender()
        wanted = next((FIGURES[key] for key, found in self.tiles.items() if found is tile), None)
        if wanted is None:
            wanted = SiteFilter(stages=frozenset(stage for stage, found in self.stage_tiles.items() if found is tile))
        self.sites_requested.emit(wanted)

    @Slot()
    def _on_open_clicked(self) -> None:
        open_dialog(self.sender().objectName(), self._context, self)

    @Slot()
    def _on_bar_clicked(self) -> None:
        bar = self.sender()
        if isinstance(bar, BarRow) and bar in self.category_bars:
            self.sites_requested.emit(SiteFilter(category=bar.key))
        elif isinstance(bar, BarRow):
            self.sites_requested.emit(SiteFilter(district=bar.key))

    def _show(self, standing: Standing) -> None:
        i18n, progress = self._context.i18n, standing.progress
        whole = progress.whole
        left = max(0, progress.goal - whole.certified)
        key = "overview.sentence" if left else "overview.reached"
        said = i18n.tr(key, count=whole.certified, goal=progress.goal, by=i18n.day(progress.by), left=left)
        self.sentence_label.setText(said)
        self.goal_bar.show_goal(whole.certified, progress.goal, said)
        for name, tile in self.tiles.items():
            tile.show_figure(getattr(whole, name), i18n.tr(f"overview.figure.{name}"))
        for stage, tile in self.stage_tiles.items():
            told = self._fallen(progress) if stage is Stage.CERTIFIED else ("", "")
            tile.show_figure(progress.stages.get(stage, 0), i18n.tr(f"ui.stage.{stage.value}"), *told)
            tile.setVisible(stage in progress.stages or (stage is not Stage.STOPPED and standing.uses(stage)))
        theme, places = self._context.theme, standing.places
        colors = [theme.chart_color(index) for index in range(len(progress.categories))]
        categories = self._bars(progress.categories.items(), places.categories, standing.targets)
        districts = self._bars(progress.districts.items(), places.districts, {})
        self._legends[0].setVisible(bool(standing.targets))
        self._fill(self.category_bars, self._category_rows, categories, colors)
        self._fill(self.district_bars, self._district_rows, districts, [theme.color("accent")] * len(districts))
        self._arrange()

    def _fallen(self, progress: Progress) -> tuple[str, str]:
        """Say how many of the certified sites hold no valid certificate, and why."""
        tr = self._context.i18n.tr
        fallen = {state: count for state, count in progress.certified.items() if state is not CertificateState.VALID}
        lines = [
            tr("overview.fallen_line", state=tr(f"ui.certificate_state.{state.value}"), count=fallen[state])
            for state in CertificateState
            if state in fallen
        ]
        return (tr("overview.fallen", count=sum(fallen.values())), "\n".join(lines)) if fallen else ("", "")

    def _arrange(self) -> None:
        needed = sum(card.minimumSizeHint().width() for card in (self.category_card, self.district_card))
        narrow = self.width() < needed + AROUND_CHARTS
        self._charts.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _bars(self, tallies: Iterable[tuple[str, Tally]], names: object, targets: dict[str, int]) -> list[Bar]:
        i18n = self._context.i18n
        words: dict[str, Text] = dict(names) if isinstance(names, dict) else {}
        bars: list[Bar] = []
        for key, tally in tallies:
            label = i18n.text(words[key]) if key in words else key
            said = i18n.tr(
                "overview.bar", label=label, certified=tally.certified, sites=tally.sites, passed=tally.passed
            )
            if key in targets:
                said = i18n.tr("overview.bar_target", said=said, target=targets[key])
            bars.append(Bar(key, label, tally.certified, tally.sites, targets.get(key), said))
        return bars

    def _fill(self, rows: list[BarRow], column: QVBoxLayout, bars: list[Bar], colors: list[QColor]) -> None:
        while len(rows) > len(bars):
            rows.pop().deleteLater()
        while len(rows) < len(bars):
            row = BarRow(self._context, colors[len(rows)])
            row.clicked.connect(self._on_bar_clicked)
            rows.append(row)
            column.addWidget(row)
        scale = max((max(bar.sites, bar.target or 0) for bar in bars), default=1)
        metrics = self.fontMetrics()
        widest = round(210 * self._context.theme.type_size / NORMAL_TYPE)
        width = min(widest, max((metrics.horizontalAdvance(bar.label) for bar in bars), default=80) + 4)
        for row, bar in zip(rows, bars, strict=True):
            row.show_bar(bar, scale, width)


def _card(title: QLabel, legend: QLabel) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(4)
    column.addWidget(title)
    column.addWidget(legend)
    rows = QVBoxLayout()
    rows.setSpacing(2)
    column.addLayout(rows)
    return card, rows


def _load(desk: Desk) -> Standing:
    profile = desk.browsing.profile(desk.workspace)
    targets = {plan.category: plan.target for plan in profile.categories if plan.target is not None}
    return Standing(desk.browsing.progress(desk.workspace), load_places(desk), targets, profile.process.uses)

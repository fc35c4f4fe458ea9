"""The list of sites: find one, see everything about it, add one, take the next step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from ui.context import Change, Places, load_places
from ui.dialogs.ledgers_dialog import LedgersDialog
from ui.dialogs.openers import open_dialog
from ui.dialogs.opening_steps import OpeningSteps
from ui.dialogs.site_dialog import SiteDialog
from ui.dialogs.site_steering import SiteSteering
from ui.models.site_columns import column_widths
from ui.models.site_story import SiteStory, happenings, load_story
from ui.models.sites_model import Column, Entry, SiteFilter, SitesModel, entries_of
from ui.pages.page import Page
from ui.theme import NORMAL_TYPE
from ui.widgets.fitting_table import FittingTable
from ui.widgets.plain import plain_label
from ui.widgets.site_detail import SiteDetail, read_only_because
from ui.widgets.site_filter_bar import SiteFilterBar
from ui.widgets.state_view import StateView
from wufei_cells.domain.register import AssessmentRow, SiteRow
from wufei_cells.errors import ProblemsFound, WufeiError

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from ui.tasks import RunningTask

NARROWEST_NAME = 200  # pixels for the names before other columns are hidden
DETAIL_WIDTH = 360


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows, for coming back to it."""

    wanted: SiteFilter
    site: str
    scrolled: int


class SitesPage(Page):
    """Lists the sites and shows the chosen one; see ``Page`` for the signals."""

    title_key = "frame.room.sites"
    guide_key = "sites"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        """Build the page; nothing is loaded until it is shown."""
        super().__init__(context, parent)
        self._places = Places({}, {})
        self._loaded = False
        self._wanted_site = ""
        self._wanted_scroll = -1
        self._story: SiteStory | None = None
        self.told: list[tuple[str, str, str]] = []
        self._asking: RunningTask | None = None
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        context = self._context
        self.filter_bar = SiteFilterBar(context)
        self.import_button, self.ledgers_button, self.add_button = QPushButton(), QPushButton(), QPushButton()
        self.count_label = plain_label("muted")
        self.model = SitesModel(context.i18n, context.theme, self)
        self.table = FittingTable()
        self.table.setModel(self.model)
        self.table.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        self._opening = OpeningSteps(context, self)
        self.detail = SiteDetail(context)
        self.detail.setMinimumWidth(300)

    def _build_layout(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(self.filter_bar, 1)
        above.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        self.table_state = StateView(self._context, self.table)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self.table_state, 1)
        below = QHBoxLayout()
        below.addWidget(self.count_label, 1)
        below.addWidget(self.import_button)
        below.addWidget(self.ledgers_button)
        column.addLayout(below)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(12)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.detail)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([800, DETAIL_WIDTH])
        self.setFocusProxy(self.table)  # whoever enters the room can walk through the rows at once
        self.state_view = StateView(self._context, self._splitter)
        self.state_view.expect_content()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.addWidget(self.state_view)

    def _connect_signals(self) -> None:
        events = self._context.events
        self.filter_bar.filter_edited.connect(self._on_filter_edited)
        for asked in (self.import_button.clicked, self.state_view.other_triggered):
            asked.connect(partial(open_dialog, "site_list", self._context, self))
        self.ledgers_button.clicked.connect(self.write_ledger)
        self.add_button.clicked.connect(self.add_site)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.add_site)
        self.state_view.action_triggered.connect(self._on_state_action)
        self.table_state.action_triggered.connect(self.clear_filter)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.table.activated.connect(self._on_activated)
        self._opening.applied.connect(self._on_applied)
        self._opening.started.connect(self._on_started)
        self.detail.step_requested.connect(self.take_step)
        SiteSteering(self._context, self.detail, self)
        self.detail.edit_requested.connect(self.edit_site)
        self.detail.fact_edited.connect(self._on_fact_edited)
        events.site_changed.connect(self._on_changed)
        events.assessment_changed.connect(self._on_changed)
        events.certificate_changed.connect(self._on_changed)
        events.scheme_changed.connect(self.retranslate)

    # --- public

    @property
    def selected_site(self) -> str:
        """The id of the site that is shown at the right, or nothing."""
        row = self.model.row_at(self.table.currentIndex())
        return row.id if row else ""

    def refresh(self) -> None:
        """Ask for the rows in the background and show them when they arrive."""
        self.state_view.show_loading()
        self._context.ask(self, _load, self._on_loaded, self._on_load_failed)

    def show_site(self, site: str) -> None:
        """Show one site, whatever was filtered before."""
        self._wanted_site = site
        if self._loaded and self.model.position(site) < 0:
            self._apply_filter(SiteFilter())
        self._find_wanted()
        self.table.setFocus()

    def show_filtered(self, wanted: object) -> None:
        """List the sites that fit a filter."""
        if isinstance(wanted, SiteFilter):
            self._apply_filter(wanted)

    def view_state(self) -> View:
        """Say what is filtered, selected and scrolled to."""
        return View(self.model.filter, self.selected_site, self.table.verticalScrollBar().value())

    def restore_view(self, state: object) -> None:
        """Go back to what was filtered, selected and scrolled to."""
        if isinstance(state, View):
            self._apply_filter(state.wanted)
            self._wanted_site, self._wanted_scroll = state.site, state.scrolled
            self._find_wanted()

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        for button, words, icon in (
            (self.import_button, "site_list.ui_open", "upload"),
            (self.ledgers_button, "ledgers.open", "table"),
            (self.add_button, "sites.add", "plus"),
        ):
            button.setText(tr(words))
            button.setIcon(theme.icon(icon))
        for button in (self.import_button, self.add_button):
            button.setEnabled(self._context.as_of is None)
            button.setToolTip(read_only_because(self._context))
        self.table.setAccessibleName(tr("frame.room.sites"))
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height())
        self._fit_columns()
        self.filter_bar.retranslate()
        self.model.retranslate()
        self.detail.retranslate()
        self._show_count()
        if self._story:
            self._show_story(self._story)

    @Slot()
    def add_site(self) -> None:
        """Open the form of a new site; where the list is filtered, that is what the form proposes."""
        if not self._loaded or self._context.as_of is not None:
            return  # the form offers the city's categories and districts, which are on their way
        dialog = SiteDialog(self._context, self._places, parent=self)
        dialog.choose(self.model.filter.category, self.model.filter.district)
        dialog.site_saved.connect(self._on_added)
        dialog.open()

    @Slot()
    def write_ledger(self) -> None:
        """Open the dialog of ledgers; where the list is filtered, that is what it proposes."""
        dialog = open_dialog("ledgers", self._context, self)
        assert isinstance(dialog, LedgersDialog)
        dialog.choose_places(self.model.filter.category, self.model.filter.district)

    @Slot()
    def edit_site(self) -> None:
        """Open the form of the chosen site."""
        if self._story and self._context.as_of is None:
            dialog = SiteDialog(self._context, self._places, self._story.row, self)
            dialog.site_saved.connect(self._on_edited)
            dialog.open()

    @Slot()
    def clear_filter(self) -> None:
        """List all sites."""
        self._apply_filter(SiteFilter())

    @Slot(str)
    def take_step(self, step: str) -> None:
        """Lead to where the chosen site goes on (see ``ui.widgets.site_detail.next_steps``)."""
        row = self._story.row if self._story else None
        if row is None:
            return
        if step in ("start", "again"):
            self._start(row)
        elif step in ("apply", "application"):
            self._opening.apply(row)
        elif step == "certificate" and row.certificate:
            self.certificate_requested.emit(row.certificate)
        elif step in ("issue", "to_certificates") and row.assessment:
            self.issue_requested.emit(row.assessment)
        elif row.assessment:
            self.assessment_requested.emit(row.assessment)

    # --- slots: rows

    def _on_loaded(self, answer: tuple[list[Entry], Places]) -> None:
        entries, self._places = answer
        kept = self._wanted_site or self.selected_site
        self._loaded = True
        self.filter_bar.set_places(self._places)
        self._fit_columns()
        self.model.set_entries(entries, self._places)
        self._wanted_site = kept
        if entries:
            self.state_view.show_content()
        else:
            other = "" if self._context.as_of else "site_list.ui_open"
            self.state_view.show_empty("sites.empty.title", "sites.empty.text", "sites.add", other=other, icon="site")
        self._show_rows()
        self._find_wanted()
        if self.selected_site:
            self._ask_story(self.selected_site)  # the row may be another one now, the site's story longer

    def _on_load_failed(self, error: Exception) -> None:
        self.state_view.show_error(error)
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)

    @Slot()
    def _on_state_action(self) -> None:
        if self._loaded and self.model.total == 0:
            self.add_site()
        else:
            self.refresh()

    @Slot()
    def _on_filter_edited(self) -> None:
        bar = self.filter_bar
        named = self.model.filter.named if bar.named else None
        self._set_filter(SiteFilter(bar.text, bar.category, bar.district, bar.stages, bar.holding, named))

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.initiator is not self:
            self.mark_stale()

    # --- slots: one site

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.model.row_at(current)
        if row is None:
            self._story = None
            self.detail.show_nothing()
        else:
            self._ask_story(row.id)

    @Slot(QModelIndex)
    def _on_activated(self, _index: QModelIndex) -> None:
        self.detail.step_button.setFocus()

    def _ask_story(self, site: str) -> None:
        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._context.ask(self, partial(load_story, site), self._on_story)

    def _on_story(self, story: SiteStory) -> None:
        self._story = story
        self.model.put(story.row)
        self._show_story(story)

    def _show_story(self, story: SiteStory) -> None:
        i18n, row = self._context.i18n, story.row
        place = f"{i18n.text(self._places.category(row.category))} · {i18n.text(self._places.district(row.district))}"
        self.told = happenings(story, i18n, self._places)
        self.detail.show_site(row, place, (story.facts, story.numbers), self.told, story.process, barred=story.barred)
        self.detail.show_allowed()

    @Slot(object)
    def _on_added(self, row: SiteRow) -> None:
        self._wanted_site = row.id
        self._put(row)
        self._context.notices.post(self._context.i18n.tr("sites.added", name=row.name), "passed")

    @Slot(object)
    def _on_edited(self, row: SiteRow) -> None:
        self._put(row)
        self._context.notices.post(self._context.i18n.tr("sites.edited", name=row.name), "passed")

    def _put(self, row: SiteRow) -> None:
        """Show a site that was just written, tell the others, and ask for its story."""
        self.model.put(row)
        if self.model.position(row.id) < 0:
            self._apply_filter(SiteFilter())
        self.state_view.show_content()
        self._wanted_site = row.id
        self._show_rows()
        self._find_wanted()
        self._ask_story(row.id)
        self._context.events.site_changed.emit(Change(row.id, self))

    @Slot(str, str)
    def _on_fact_edited(self, key: str, value: str) -> None:
        if self._story:
            self._set_fact(self._story.row, key, value, undoable=True)

    def _set_fact(self, row: SiteRow, key: str, value: str, *, undoable: bool) -> None:
        done = partial(self._on_fact_saved, row if undoable else None, key)
        self._context.ask(self, partial(_set_fact, row.id, key, value), done, partial(self._on_fact_refused, key))

    def _on_fact_saved(self, before: SiteRow | None, key: str, row: SiteRow) -> None:
        self._put(row)
        undo = partial(self._set_fact, row, key, before.facts.get(key, ""), undoable=False) if before else None
        self._context.notices.post(self._context.i18n.tr("sites.fact_saved", name=row.name), "passed", undo)

    def _on_fact_refused(self, key: str, error: Exception) -> None:
        if isinstance(error, ProblemsFound):
            problem = next((each for each in error.problems if each.place == f"facts.{key}"), None)
            if problem and self.detail.facts_form.show_problem(key, problem):
                return
        self._context.tasks.failed.emit(error)

    def _start(self, row: SiteRow) -> None:
        """Begin at once where one assessor is enough; else ask for the others."""
        if self._story and self._story.process.assessors > 1:
            self._opening.start(row)
            return
        self.detail.step_button.setEnabled(False)
        self._context.ask(self, partial(_start, row.id), self._on_started, self._on_start_failed)

    def _on_applied(self, row: AssessmentRow) -> None:
        self._context.events.assessment_changed.emit(Change(row.id))
        self._context.events.progress_changed.emit()
        self._context.notices.post(self._context.i18n.tr("sites.applied", name=row.site_name), "passed")

    def _on_started(self, row: AssessmentRow) -> None:
        self._context.events.assessment_changed.emit(Change(row.id))
        self.assessment_requested.emit(row.id)

    def _on_start_failed(self, error: Exception) -> None:
        self.detail.step_button.setEnabled(True)
        self._context.tasks.failed.emit(error)

    # --- the rest

    def _apply_filter(self, wanted: SiteFilter) -> None:
        self.filter_bar.show_filter(
            wanted.text, wanted.category, wanted.district, wanted.stages, holding=wanted.holding
        )
        named = wanted.named
        self.filter_bar.show_named(named.name if named else None, len(named.sites) if named else 0)
        self._set_filter(wanted)

    def _set_filter(self, wanted: SiteFilter) -> None:
        self._wanted_site = self._wanted_site or self.selected_site
        self.model.set_filter(wanted)
        self._show_rows()
        self._find_wanted()

    def _show_rows(self) -> None:
        """Show the table, or that the filter leaves nothing."""
        if self._loaded and self.model.total and not self.model.rowCount():
            self.table_state.show_filtered("sites.filtered", count=self.model.total)
        else:
            self.table_state.show_content()
        self._show_count()

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        key = "sites.count_filtered" if self.model.filter else "sites.count"
        self.count_label.setText(self._context.i18n.tr(key, shown=shown, total=total))

    def _fit_columns(self) -> None:
        """Make columns as wide as their words in this language."""
        scale = self._context.theme.type_size / NORMAL_TYPE
        widths = column_widths(self._context.i18n, self.table.fontMetrics(), self._places, scale)
        self.table.fit(Column.NAME, round(NARROWEST_NAME * scale), widths)

    def _find_wanted(self) -> None:
        """Select the site that is to be shown, once the rows are there."""
        if not self._loaded or not self._wanted_site:
            return
        at = self.model.position(self._wanted_site)
        self._wanted_site = ""
        if at >= 0:
            index = self.model.index(at, 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(index, flags)
            self.table.scrollTo(index)
        if self._wanted_scroll >= 0:
            self.table.verticalScrollBar().setValue(self._wanted_scroll)
            self._wanted_scroll = -1


def _load(desk: Desk) -> tuple[list[Entry], Places]:
    browsing = desk.browsing
    rows = browsing.list_sites(desk.workspace)
    return entries_of(rows, browsing.sites_holding(desk.workspace)), load_places(desk)


def _start(site: str, desk: Desk) -> AssessmentRow:
    return desk.assessing.start_assessment(desk.workspace, site)


def _set_fact(site: str, key: str, value: str, desk: Desk) -> SiteRow:
    return desk.registering.edit_site(desk.workspace, site, facts={key: value or None})

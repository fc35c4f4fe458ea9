"""Checklists: every draft and edition by category, and the studio in which they are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.context import Places
from ui.models.certificates_model import RowsModel
from ui.models.editions_model import DRAFT, ChecklistRow, Checklists, checklist_columns, load_checklists
from ui.models.versions import Version, keys_of_earlier, version_data, version_of
from ui.pages.page import Page
from ui.studio.checklist_detail import ChecklistDetail
from ui.studio.checklist_steps import ChecklistSteps
from ui.studio.studio_desk import StudioDesk
from ui.widgets.answer_editor import tight
from ui.widgets.fitted_table import FittedTable
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView
from wufei_cells.checklists.draft_entries import key_paths
from wufei_cells.checklists.drafting import string_at
from wufei_cells.domain.register import EditionState
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Change, Desk
    from wufei_cells.checklists.yaml_source import Data
    from wufei_cells.domain.register import EditionRow
    from wufei_cells.domain.text import Text
    from wufei_cells.services.drafting import OpenDraft

FILTERS = ("all", DRAFT, "used", "past")
USED = (EditionState.IN_FORCE, EditionState.TO_COME)
SIZES = (760, 310)
GIVING_WAY = (6, 5, 4, 3)  # columns, in the order in which they give way
NEW = (("empty", "plus"), ("file", "upload"))


@dataclass(frozen=True, slots=True)
class View:
    """Where the page stood."""

    shown: str
    words: str
    key: str


class ChecklistsPage(Page):
    """Lists checklists and opens them in the studio; see ``Page`` for the signals."""

    title_key = "frame.room.checklists"
    guide_key = "checklists"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        """Build the page; nothing is loaded until it is shown."""
        super().__init__(context, parent)
        self._loaded = False
        self._all: tuple[ChecklistRow, ...] = ()
        self._places = Places({}, {})
        self._running: dict[str, int] = {}
        self._filter = "all"
        self._wanted = ""
        self._to_read: tuple[str, str] | None = None
        self.steps = ChecklistSteps(context, self)
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        context = self._context
        self.chips = {name: QPushButton(self) for name in FILTERS}
        for name, chip in self.chips.items():
            chip.setObjectName(name)
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
        self.search_edit = QLineEdit(self)
        self.search_edit.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self.search_edit.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.new_button = QPushButton(self)
        self.new_menu = QMenu(self.new_button)
        self.new_actions = {name: self.new_menu.addAction("") for name, _icon in NEW}
        self.new_button.setMenu(self.new_menu)
        self.model = RowsModel[ChecklistRow](context, checklist_columns(), "id", self)
        self.table = FittedTable(self.model)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # titles begin alike and end differently
        self.count_label = plain_label("muted")
        self.detail = ChecklistDetail(context)
        self.desk = StudioDesk(context, self.steps)

    def _build_layout(self) -> None:
        above = tight(QHBoxLayout())
        for chip in self.chips.values():
            above.addWidget(chip)
        above.addWidget(self.search_edit, 1)
        above.addWidget(self.new_button)
        self.table_state = StateView(self._context, self.table)
        left = QWidget()
        column = tight(QVBoxLayout(left))
        column.addLayout(above)
        column.addWidget(self.table_state, 1)
        column.addWidget(self.count_label)
        splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=12)
        splitter.addWidget(left)
        splitter.addWidget(self.detail)
        left.setMinimumWidth(420)
        self.detail.setMinimumWidth(270)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes(list(SIZES))
        self.stack = QStackedWidget()
        self.stack.addWidget(splitter)
        self.stack.addWidget(self.desk)
        self.state_view = StateView(self._context, self.stack)
        self.state_view.expect_content()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.addWidget(self.state_view)

    def _connect_signals(self) -> None:
        for chip in self.chips.values():
            chip.clicked.connect(self._on_chip_clicked)
        self.search_edit.textChanged.connect(self._on_words_edited)
        self.new_actions["empty"].triggered.connect(self.steps.begin_empty)
        self.new_actions["file"].triggered.connect(self.steps.begin_from_file)
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_new_key)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.table.row_opened.connect(self._on_row_opened)
        self.detail.asked.connect(self.act)
        self.state_view.action_triggered.connect(self.refresh)
        self.table_state.action_triggered.connect(self._clear_filter)
        self.steps.begun.connect(self._on_begun)
        self.steps.published.connect(self._on_published)
        self.steps.discarded.connect(self._on_discarded)
        self.desk.left.connect(self.show_list)
        events = self._context.events
        events.checklists_changed.connect(self._on_changed)
        events.assessment_changed.connect(self.mark_stale)
        events.scheme_changed.connect(self.retranslate)

    # --- public

    @property
    def in_studio(self) -> bool:
        """Whether a checklist is open."""
        return self.stack.currentWidget() is self.desk

    @property
    def selected(self) -> ChecklistRow | None:
        """The row that is shown at the right."""
        return self.model.row_at(self.table.currentIndex())

    def refresh(self) -> None:
        """Ask for drafts and editions in the background."""
        self.state_view.show_loading()
        self._context.ask(self, load_checklists, self._on_loaded, self._on_load_failed)

    def open_draft(self, draft: str) -> None:
        """Open a draft in the studio."""
        self._context.ask(self, partial(_open_draft, draft), self._on_draft_read)

    def show_edition(self, edition: str, key: str) -> None:
        """Open an edition to be read, at one of its items; once the list is there, if it is still on its way."""
        row = next((row for row in self._all if row.id == edition), None)
        self._to_read = (edition, key)
        if row is not None:
            self._wanted = edition
            self._view(row, self._version(row))

    def show_list(self) -> None:
        """Go back to the list."""
        self.desk.flush()
        self.stack.setCurrentIndex(0)
        self.table.setFocus()
        self.mark_stale()

    @Slot(str)
    def act(self, what: str) -> None:
        """Do something with the selected row."""
        row = self.selected
        if row is None:
            return
        version, steps = self._version(row), self.steps
        acts: dict[str, Callable[[], object]] = {
            "edit": partial(self.open_draft, row.id),
            "view": partial(self._view, row, version),
            "draft_from": partial(steps.begin_from_edition, row),
            "compare": partial(steps.compare, self.versions(), version),
            "impact": partial(steps.show_impact_of, version),
            "carry": partial(steps.carry_over, row.category, row.id, version.label),
            "excel": partial(steps.export, "excel", version),
            "yaml": partial(steps.export, "yaml", version),
            "retire": partial(steps.retire, row),
            "reinstate": partial(steps.reinstate, row.id),
            "discard": partial(steps.discard, row.id),
        }
        acts[what]()

    def versions(self) -> list[Version]:
        """Give every row as something to compare."""
        return [self._version(row) for row in self._all]

    def view_state(self) -> View:
        """Say what is filtered and selected."""
        row = self.selected
        return View(self._filter, self.search_edit.text(), row.id if row else "")

    def restore_view(self, state: object) -> None:
        """Show the same filter and the same row."""
        if isinstance(state, View):
            self.search_edit.setText(state.words)
            self._wanted = state.key
            self.show_filter(state.shown)

    def show_filter(self, name: str) -> None:
        """Show all rows, drafts, what is used, or what is past."""
        self._filter = name
        kept = self._wanted or (self.selected.id if self.selected else "")
        self.model.set_rows(tuple(row for row in self._all if _shown(row, name)), self._places)
        self._show_counts()
        self._wanted = kept
        self._find_wanted()

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        self.search_edit.setPlaceholderText(tr("checklists.search"))
        self.search_edit.setAccessibleName(tr("checklists.search"))
        self._glass.setIcon(theme.icon("search", "muted"))
        self.new_button.setText(tr("checklists.new"))
        self.new_button.setIcon(theme.icon("plus"))
        for name, icon in NEW:
            self.new_actions[name].setText(tr(f"checklists.new.{name}"))
            self.new_actions[name].setIcon(theme.icon(icon))
        self.table.setAccessibleName(tr("frame.room.checklists"))
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height())
        widths = [column.width for column in self.model.columns[1:]]
        self.table.set_columns(widths, GIVING_WAY, theme.pixels("body"))
        self.model.retranslate()
        self.detail.retranslate()
        self._show_counts()
        self.desk.others = self.versions()
        self.desk.retranslate()

    # --- Qt events

    def hideEvent(self, event: QHideEvent) -> None:
        """Save what is being written before somebody looks elsewhere."""
        self.desk.flush()
        super().hideEvent(event)

    # --- slots: the list

    def _on_loaded(self, answer: Checklists) -> None:
        self._all, self._places, self._running = answer.rows, answer.places, answer.running
        self._loaded = True
        self.desk.others = self.versions()
        self.state_view.show_content()
        self.show_filter(self._filter)
        if self._to_read is not None:
            self.show_edition(*self._to_read)

    def _on_load_failed(self, error: Exception) -> None:
        self.state_view.show_error(error)
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.initiator is not self.desk.keeper or not self.in_studio:
            self.mark_stale()

    def _on_chip_clicked(self) -> None:
        self.show_filter(self.sender().objectName())

    def _on_words_edited(self, words: str) -> None:
        self.model.set_words(words)
        self._show_counts()
        self._find_wanted()

    @Slot()
    def _clear_filter(self) -> None:
        self.search_edit.clear()
        self.show_filter("all")

    @Slot()
    def _on_new_key(self) -> None:
        if not self.in_studio:
            self.new_button.showMenu()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.model.row_at(current)
        if row is None:
            self.detail.show_nothing()
        else:
            self.detail.show_row(row, self._places, self._running.get(row.category, 0))

    @Slot(QModelIndex)
    def _on_row_opened(self, _index: QModelIndex) -> None:
        row = self.selected
        if row is not None:
            self.act("edit" if row.is_draft else "view")

    # --- slots: the studio

    def _on_begun(self, draft: OpenDraft) -> None:
        self.open_draft(draft.row.id)

    def _on_draft_read(self, answer: tuple[OpenDraft, frozenset[str]]) -> None:
        draft, reserved = answer
        self._wanted = draft.row.id
        self.desk.open_draft(draft, reserved)
        self._show_studio()

    def _view(self, row: ChecklistRow, version: Version) -> None:
        self._context.ask(self, partial(_edition_data, version), partial(self._on_edition_read, row, version))

    def _on_edition_read(self, row: ChecklistRow, version: Version, data: Data) -> None:
        i18n = self._context.i18n
        reason = i18n.tr("checklists.read_only", state=i18n.tr(f"edition_state.{row.state}"))
        self.desk.open_edition(version, data, reason)
        self._show_studio()
        read, self._to_read = self._to_read, None
        if read is not None and read[0] == row.id and self.desk.view is not None:
            self.desk.view.show_place(key_paths(data).get(read[1], ()))

    def _show_studio(self) -> None:
        self.desk.others = self.versions()
        self.state_view.show_content()
        self.stack.setCurrentWidget(self.desk)
        self.desk.setFocus()

    @Slot(str)
    def _on_published(self, edition: str) -> None:
        self._wanted = edition
        self._filter = "all"
        self.desk.close_draft()
        self.show_list()
        self._context.ask(self, partial(_running_elsewhere, edition), self._on_running_known)

    def _on_running_known(self, answer: tuple[int, EditionRow, Text]) -> None:
        count, row, title = answer
        if count and row.state is EditionState.IN_FORCE:
            self.steps.carry_over(row.category, row.id, f"{self._context.i18n.text(title)} {row.edition}")

    @Slot(str)
    def _on_discarded(self, draft: str) -> None:
        open_now = self.desk.version
        if self.in_studio and open_now is not None and open_now.id == draft:
            self.desk.close_draft()
            self.show_list()

    # --- the rest

    def _version(self, row: ChecklistRow) -> Version:
        return version_of(row, self._context.i18n)

    def _show_counts(self) -> None:
        tr = self._context.i18n.tr
        for name, chip in self.chips.items():
            count = sum(_shown(row, name) for row in self._all)
            chip.setText(tr(f"checklists.chip.{name}", count=count))
            chip.setChecked(name == self._filter)
        if self._loaded and not self._all:
            self.table_state.show_empty("checklists.empty.title", "checklists.empty.text", icon="checklist")
        elif self._loaded and not self.model.rowCount():
            self.table_state.show_filtered("checklists.filtered", count=len(self._all))
        else:
            self.table_state.show_content()
        self.count_label.setText(tr("checklists.count", shown=self.model.rowCount(), total=len(self._all)))

    def _find_wanted(self) -> None:
        """Select the row that is to be shown, or the first one."""
        index = self.model.index_of(self._wanted) if self._wanted else QModelIndex()
        if not index.isValid() and self.model.rowCount():
            index = self.model.index(0, 0)
        self._wanted = ""
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(index, flags)
            self.table.scrollTo(index)
        else:
            self.detail.show_nothing()


def _shown(row: ChecklistRow, name: str) -> bool:
    if name == "all":
        return True
    if row.is_draft:
        return name == DRAFT
    return (name == "used") == (row.state in USED) if name != DRAFT else False


def _open_draft(draft: str, desk: Desk) -> tuple[OpenDraft, frozenset[str]]:
    found = desk.drafting.open_draft(desk.workspace, draft)
    return found, keys_of_earlier(desk, string_at(found.data, ("key",)))


def _edition_data(version: Version, desk: Desk) -> Data:
    return version_data(desk, version)


def _running_elsewhere(edition: str, desk: Desk) -> tuple[int, EditionRow, Text]:
    """Count the running assessments of an edition's category that are pinned to another one."""
    from wufei_cells.domain.lifecycle import Stage  # noqa: PLC0415

    row = next(row for row in desk.browsing.editions(desk.workspace) if row.id == edition)
    running = [
        assessment
        for assessment in desk.browsing.list_assessments(desk.workspace)
        if assessment.category == row.category and assessment.stage is Stage.SCORING and assessment.edition != edition
    ]
    return len(running), row, desk.browsing.checklist(desk.workspace, edition).title

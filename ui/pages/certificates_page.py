"""Certificates: who waits for which step, what was issued, what is due, and each one as it prints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.dialogs.room_steps import OFFERED, STEPS, RoomSteps
from ui.models.certificate_columns import columns_of
from ui.models.certificate_lists import DUE, ISSUED, LISTS, ON_THE_WAY, READY, CaseRow, PaperRow, load_room
from ui.models.certificate_story import load_story, state_line
from ui.models.certificates_model import RowsModel
from ui.models.sites_model import SiteFilter
from ui.pages.page import Page
from ui.theme import STATE_LOOKS
from ui.widgets.certificate_room import CertificateRoom
from ui.widgets.certificate_story_pane import EventLine
from ui.widgets.dropped_files import dropped_files
from ui.widgets.state_view import StateView
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from ui.context import AppContext, Change
    from ui.models.certificate_lists import Room, Row
    from ui.models.certificate_story import Story

FIRST = "first"
"""Stands for the list to begin with: the first that holds something."""


@dataclass(frozen=True, slots=True)
class View:
    """Where the page stood: which list, what was looked for, what was selected."""

    list: str
    words: str
    key: str


class CertificatesPage(Page):
    """Lists cases and certificates and shows the chosen one; see ``Page`` for the signals."""

    title_key = "frame.room.certificates"
    guide_key = "certificates"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        """Build the page; nothing is loaded until it is shown."""
        super().__init__(context, parent)
        self.loaded: Room | None = None
        self._wanted = ("", "")  # a list and a key to select once the rows are there
        self._to_issue = ""
        self._previewed = ""
        self._story: Story | None = None
        self.setAcceptDrops(True)
        self.steps = RoomSteps(context, self)
        self.models = {name: RowsModel(context, columns_of(name)[0], "id", self) for name in LISTS}
        self.room = CertificateRoom(context, self.models, STEPS)
        self.state_view = StateView(context, self.room)
        self.state_view.expect_content()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.addWidget(self.state_view)
        self._connect_signals()
        self.room.show_list(READY)
        self.retranslate()

    def _connect_signals(self) -> None:
        room, events = self.room, self._context.events
        room.list_chosen.connect(self._on_list_chosen)
        room.step_chosen.connect(self.take)
        room.tool_chosen.connect(self._on_tool)
        room.search_edit.textChanged.connect(self._on_words_edited)
        room.story.strike_requested.connect(self._on_strike)
        for table in room.tables.values():
            table.selectionModel().selectionChanged.connect(self._on_selection_changed)
            table.selectionModel().currentRowChanged.connect(self._on_selection_changed)
            table.row_opened.connect(self._on_row_opened)
        for keys, step in ((QKeySequence.StandardKey.Print, "print"), (QKeySequence.StandardKey.Save, "save")):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.take, step))
        self.state_view.action_triggered.connect(self.refresh)
        room.list_state.action_triggered.connect(self._on_list_action)
        room.preview.pdf_view.failed.connect(self._on_preview_failed)
        self.steps.moved.connect(self._on_moved)
        self.steps.site_requested.connect(self.site_requested)
        for signal in (events.certificate_changed, events.assessment_changed, events.site_changed):
            signal.connect(self._on_changed)
        events.scheme_changed.connect(self.retranslate)

    # --- public

    @property
    def list(self) -> str:
        """Which list is shown."""
        return self.room.list

    def refresh(self) -> None:
        """Ask for all lists in the background."""
        self.state_view.show_loading()
        self._context.ask(self, load_room, self._on_loaded, self._on_load_failed)

    def show_list(self, name: str) -> None:
        """Show a list."""
        self.room.show_list(name)
        self._show_counts()
        self._show_selected()

    def show_certificate(self, certificate: str) -> None:
        """Show one certificate, whatever was looked for before."""
        self._select("", certificate)

    def issue_for(self, assessment: str) -> None:
        """Show an assessment among those that wait, and lead to its certificate if nothing else comes before."""
        self._to_issue = assessment
        self._select("", assessment)

    def lead(self, kind: str, which: str) -> None:
        """Show a list, or open a tool; a city without a step has no list for it."""
        if self.loaded is not None and kind == "tool":
            self._on_tool(which)
        elif self.loaded is not None:
            self._on_list_chosen(which if which in self.loaded.used else READY)

    def take(self, step: str) -> None:
        """Take a step with the selected rows."""
        if self.loaded is not None:
            self.steps.take(step, self.list, self.selected(), self.loaded)

    def view_state(self) -> View:
        """Say which list is shown and what is selected in it."""
        row = self.current()
        return View(self.list, self.room.search_edit.text(), row.id if row else "")

    def restore_view(self, state: object) -> None:
        """Show the same list with the same row selected."""
        if isinstance(state, View):
            self.room.search_edit.setText(state.words)
            self._wanted = (state.list, state.key)
            self._find_wanted()

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        self.room.retranslate()
        for name, table in self.room.tables.items():
            columns, giving_way = columns_of(name)
            widths = [column.width for column in columns[1:]]
            table.set_columns(widths, giving_way, self._context.theme.pixels("body"))
            self.models[name].retranslate()
        self._show_counts()
        self._previewed = ""
        self._show_selected()

    # --- slots: rows

    def _on_loaded(self, loaded: Room) -> None:
        kept, first = self.current(), self.loaded is None
        self.loaded = loaded
        for name, rows in loaded.lists.items():
            self.models[name].set_rows(rows, loaded.places)
        self.room.show_lists(loaded.used)
        self.state_view.show_content()
        self._previewed = ""
        if self._wanted == ("", ""):
            self._wanted = (FIRST if first else self.list, kept.id if kept else "")
        self._find_wanted()

    def _on_load_failed(self, error: Exception) -> None:
        self.state_view.show_error(error)
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)

    def _on_list_action(self) -> None:
        if self.room.search_edit.text():
            self.room.search_edit.clear()
        else:
            self.sites_requested.emit(SiteFilter())

    def _on_changed(self, change: Change) -> None:
        if change.initiator not in (self.steps.certificates, self.steps.office):
            self.mark_stale()

    def _on_words_edited(self, words: str) -> None:
        for model in self.models.values():
            model.set_words(words)
        self._show_counts()
        self._select_first()

    def _on_list_chosen(self, name: str) -> None:
        self.show_list(name)
        self._select_first()
        self.room.table.setFocus()

    def _on_selection_changed(self, *_changes: object) -> None:
        self._show_selected()

    def _on_row_opened(self, _index: QModelIndex) -> None:
        self.take(OFFERED[self.list][0][0])

    def _on_tool(self, tool: str) -> None:
        if self.loaded is not None:
            model = self.models[self.list]
            rows = tuple(row for place in range(model.rowCount()) if (row := model.row_at(model.index(place, 0))))
            self.steps.use(tool, self.loaded, rows, self._context.i18n.tr(f"certificates.list_{self.list}"))

    def _on_moved(self, place: str, key: str) -> None:
        if place:
            self._wanted = (place, key)
        self.refresh()

    def _on_strike(self, event: str) -> None:
        row, story = self.current(), self._story
        told = next((one for one in story.events if one.event == event), None) if story else None
        if isinstance(row, PaperRow) and told is not None:
            self.steps.office.strike(row.certificate, told)

    # --- painting

    def _show_counts(self) -> None:
        tr, loaded = self._context.i18n.tr, self.loaded
        for name, chip in self.room.chips.items():
            chip.setText(tr(f"certificates.chip_{name}", count=self.models[name].total))
        model = self.models[self.list]
        shown, total = model.rowCount(), model.total
        state = self.room.list_state
        if loaded is not None and not any(loaded.lists.values()):
            words = ("certificates.empty_title", "certificates.empty_text", "certificates.empty_action")
            state.show_empty(*words, icon="certificate")
        elif loaded is not None and not total:
            state.show_empty(f"certificates.none_{self.list}", f"certificates.none_{self.list}_text")
        elif loaded is not None and not shown:
            state.show_filtered("certificates.filtered", count=total)
        else:
            state.show_content()
        chosen = len(self.selected())
        said = tr("certificates.count", shown=shown, total=total) if shown != total else ""
        self.room.count_label.setText(tr("certificates.chosen", count=chosen) if chosen > 1 else said)
        self.room.count_label.setVisible(bool(self.room.count_label.text()))

    def _show_selected(self) -> None:
        """Offer what can be done with the selected rows, and show the current one as it prints."""
        rows = self.selected()
        self.room.show_steps(*OFFERED[self.list], self.steps.hindrances(self.list, rows))
        self._show_counts()
        self._preview(self.current())

    def _preview(self, row: Row | None) -> None:
        tr, preview = self._context.i18n.tr, self.room.preview
        if isinstance(row, PaperRow):
            if row.id != self._previewed:
                self._previewed = row.id
                self._show_state(row)
                self.steps.certificates.render((row.certificate,), partial(self._on_rendered, row))
                self._context.ask(self, partial(load_story, row), self._on_story)
            return
        self._previewed, self._story = "", None
        self.room.story.hide()
        if isinstance(row, CaseRow):
            preview.show_message(tr(f"certificates.preview_{self.list}"), row.site_name)
        else:
            preview.show_message(tr("certificates.preview_none"))

    def _show_state(self, row: PaperRow) -> None:
        sentence, tone = state_line(self._context.i18n, row.certificate)
        icon = STATE_LOOKS[row.certificate.state][0]
        self.room.story.show_state(sentence, ("alert" if tone == "attention" and icon == "check" else icon, tone))

    def _on_rendered(self, row: PaperRow, content: bytes) -> None:
        if row.id == self._previewed:
            self.room.preview.show_pdf(content, row.certificate.number, row.site_name)

    def _on_story(self, story: Story) -> None:
        if story.row.id != self._previewed:
            return
        self._story = story
        i18n = self._context.i18n
        lines = [
            EventLine(one.event, one.sentence(i18n), one.more, f"{i18n.day(one.on)} · {one.author}", one.look)
            for one in story.events
        ]
        self.room.story.show_events(lines)

    def _on_preview_failed(self, error: Exception) -> None:
        self._context.tasks.failed.emit(error)

    # --- selecting

    def current(self) -> Row | None:
        """Give the row in view."""
        return self.models[self.list].row_at(self.room.table.currentIndex())

    def selected(self) -> tuple[Row, ...]:
        """Give the selected rows from top to bottom."""
        indexes = sorted(self.room.table.selectionModel().selectedRows(), key=QModelIndex.row)
        return tuple(row for index in indexes if (row := self.models[self.list].row_at(index)) is not None)

    def _select(self, name: str, key: str) -> None:
        if self.room.search_edit.text():
            self.room.search_edit.clear()
        self._wanted = (name, key)
        if self.loaded is not None and self._list_of(key):
            self._find_wanted()
        else:
            self.mark_stale()

    def _list_of(self, key: str) -> str:
        """Find the list that holds a row; what is due stands in another list, too."""
        return next((name for name in LISTS if name != DUE and self.models[name].index_of(key).isValid()), "")

    def _select_first(self) -> None:
        table = self.room.table
        if not table.selectionModel().hasSelection() and table.model().rowCount():
            # A table that gets the focus has a current row that is not selected.
            current = table.currentIndex()
            self._set_current(current if current.isValid() else table.model().index(0, 0))
        self._show_selected()

    def _find_wanted(self) -> None:
        """Show the list and select the row that is wanted, once the rows are there."""
        name, key = self._wanted
        loaded = self.loaded
        if loaded is None or not (name or key):
            return
        self._wanted = ("", "")
        if name == FIRST:
            name = next((known for known in loaded.used if loaded.lists[known]), ISSUED)
        name = name or self._list_of(key) or self.list
        self.show_list(name if name in loaded.used else ISSUED)
        found = self.models[self.list].index_of(key)
        if found.isValid():
            self._set_current(found)
        self._select_first()
        self._lead_to_issue(key if found.isValid() else "")

    def _lead_to_issue(self, key: str) -> None:
        wanted, self._to_issue = self._to_issue, ""
        if not wanted:
            return
        if wanted == key and self.list == READY:
            self.take("issue")
        elif wanted == key and self.list in ON_THE_WAY:
            self._context.notices.post(self._context.i18n.tr(f"certificates.before_{self.list}"), "information")

    def _set_current(self, index: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.room.table.selectionModel().setCurrentIndex(index, flags)
        self.room.table.scrollTo(index)

    # --- Qt events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take certificates that are dropped anywhere on the room, to be checked."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check what was dropped."""
        paths = dropped_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.steps.verify(paths)

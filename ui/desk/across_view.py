"""One item over many sites: how it was answered everywhere, answered for several at once, and who is strict."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.context import Change
from ui.desk import across_loading
from ui.desk.across_answering import AcrossAnswering
from ui.desk.across_asking import AcrossAsking
from ui.desk.across_head import AcrossHead
from ui.desk.across_model import AcrossModel, Column, Show
from ui.desk.across_table import AcrossTable
from ui.models.desk_items_model import FACTS
from ui.widgets.answer_editor import tight
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import plain_label, problem_label, show_problem
from ui.widgets.state_view import StateView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from ui.context import AppContext
    from ui.desk.across_loading import Loaded
    from ui.models.scoring_session import ScoringSession

# Characters of body text that each column after the first has room for, and which columns give way where it is narrow.
WIDTHS = (17, 5.5, 13, 3.5, 5, 9.5, 6, 5.5)
GIVING_WAY = (6, 7, 8, 5)


class AcrossView(QWidget):
    """Shows how one item was answered at every site of a category, and lets several be answered together.

    Signals:
        entry_requested: the person wants the item of the assessment on the desk (its key).
        assessment_requested: the person wants the item of another assessment (its id, the item's key there).
    """

    entry_requested = Signal(str)
    assessment_requested = Signal(str, str)

    def __init__(
        self, context: AppContext, session: ScoringSession | None = None, parent: QWidget | None = None
    ) -> None:
        """Build the view; ``session`` is the desk it stands in, ``None`` where no assessment is open."""
        super().__init__(parent)
        self._context = context
        self._session = session
        self._wanted: tuple[str, str] = ("", "")
        self._stale = False
        self._ahead = 1
        self._rest = QTimer(self, singleShot=True, interval=0)  # several events of one act ask once
        self._asking = AcrossAsking(context, self)
        self._answering = AcrossAnswering(context, self)
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.retranslate()
        self.state.show_empty("desk.across.none_title", "desk.across.none_text", icon="table")

    # --- build

    def _build_widgets(self) -> None:
        self.head = AcrossHead(self._context, self)
        self.search_edit = QLineEdit(self)
        self.search_edit.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self.search_edit.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.chips = {show: QPushButton(self) for show in Show}
        for show, chip in self.chips.items():
            chip.setObjectName(show.value)
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
        self.chips[Show.ALL].setChecked(True)
        self.model = AcrossModel(self._context, self)
        self.table = AcrossTable(self.model)
        self.count_label = plain_label("muted", wrap=True)
        self.problem_label = problem_label()
        self.setFocusProxy(self.table)

    def _build_layout(self) -> None:
        chips = QWidget(self)
        flow = FlowLayout(chips, spacing=4)
        self.search_edit.setMinimumWidth(220)
        for widget in (self.search_edit, *self.chips.values()):
            flow.addWidget(widget)
        self.table_state = StateView(self._context, self.table)
        inside = QWidget(self)
        column = tight(QVBoxLayout(inside), 8)
        column.addWidget(self.head)
        column.addWidget(chips)
        column.addWidget(self.table_state, 1)
        column.addWidget(self.problem_label)
        column.addWidget(self.count_label)
        self.state = StateView(self._context, inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.addWidget(self.state)

    def _connect_signals(self) -> None:
        self.head.step_requested.connect(self.step)
        self.head.calibration_requested.connect(self._calibrate)
        self.search_edit.textChanged.connect(self._apply_filter)
        for chip in self.chips.values():
            chip.clicked.connect(self._on_chip_clicked)
        self.model.typed.connect(self._on_typed)
        self.model.modelReset.connect(self._show_counts)
        self.table.row_opened.connect(self._on_row_opened)
        self.table.command_given.connect(self._on_command)
        self.table.selectionModel().selectionChanged.connect(self._show_selected)
        self.table_state.action_triggered.connect(self.clear_filter)
        self.state.action_triggered.connect(self.refresh)
        self._rest.timeout.connect(self.refresh)
        self._asking.loaded.connect(self._on_loaded)
        self._asking.failed.connect(self.state.show_error)
        self._answering.told.connect(self._tell)
        self._answering.begun.connect(self.model.set_pending)
        self._answering.refused.connect(self._on_refused)
        self._answering.changed.connect(self._on_answered)
        events = self._context.events
        events.assessment_changed.connect(self._on_changed)
        events.site_changed.connect(self._on_changed)
        events.language_changed.connect(self.retranslate)
        events.scheme_changed.connect(self.retranslate)

    # --- public

    @property
    def item(self) -> tuple[str, str]:
        """The edition and the key of the item shown."""
        return self._wanted

    def show_item(self, edition_id: str, item_key: str) -> None:
        """Show an item of an edition; a category stands for the edition in force."""
        if (edition_id, item_key) == self._wanted and not self._stale:
            return
        if not self.state.showing_content:
            self.state.expect_content()
        self._wanted = (edition_id, item_key)
        self._stale = True
        self.refresh_if_stale()

    def show_key(self, key: str) -> None:
        """Show an item of the checklist on the desk; for what is no item its first one."""
        sheet = self._session.sheet if self._session else None
        if sheet is None:
            return
        if key == FACTS or sheet.checklist.entry(key) is None:
            key = next(iter(sheet.checklist.entries())).key
        self.show_item(sheet.edition_id, key)

    def refresh(self) -> None:
        """Ask for the rows anew."""
        if not self._wanted[1]:
            return
        self._stale = False
        self.state.show_loading()
        self._asking.ask(self._wanted)

    def refresh_if_stale(self) -> None:
        """Ask for the rows when what is shown may be out of date and somebody is looking."""
        if self._stale and self.isVisible():
            self.refresh()

    def step(self, step: int) -> None:
        """Go to the item before or after, as far as there is one."""
        if self.model.loaded is None:
            return
        across = self.model.loaded.across
        keys = [entry.key for entry in across.checklist.entries()]
        place = keys.index(across.entry.key) + step
        if 0 <= place < len(keys):
            self._ahead = step
            self.show_item(across.edition, keys[place])

    def set_filter(self, show: Show, words: str = "") -> None:
        """Show only some of the sites."""
        blocked = self.search_edit.blockSignals(True)
        self.search_edit.setText(words)
        self.search_edit.blockSignals(blocked)
        for kind, chip in self.chips.items():
            chip.setChecked(kind is show)
        self._apply_filter()

    def clear_filter(self) -> None:
        """Show all sites."""
        self.set_filter(Show.ALL)

    def answer(self, text: str) -> None:
        """Give the selected sites an answer in its short form; nothing clears theirs."""
        rows = (self.model.row_at(self.model.index_of(key)) for key in self.table.selected())
        if self.model.loaded is not None:
            self._answering.answer(self.model.loaded, [row for row in rows if row is not None], text)

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        self.search_edit.setPlaceholderText(tr("desk.across.search"))
        self.search_edit.setAccessibleName(tr("desk.across.search"))
        self._glass.setIcon(theme.icon("search", "muted"))
        self.table.setAccessibleName(tr("desk.across.table"))
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height())
        self.table.set_columns(WIDTHS, GIVING_WAY, theme.pixels("body"))
        self.head.retranslate()
        self.model.retranslate()
        self._show_counts()
        self._on_changed()  # answers are put into words where they are read

    # --- Qt events

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what changed while nobody was looking."""
        super().showEvent(event)
        if self._session is not None and not self._wanted[1]:
            self.show_key("")
        self.refresh_if_stale()

    # --- slots: reading

    def _on_loaded(self, loaded: Loaded) -> None:
        across = loaded.across
        before = self.model.loaded
        if before is None or before.across.entry.key != across.entry.key:
            self._tell("")
        row = self._session.assessment if self._session else None
        selected = self.table.selected() or ([row.id] if row else [])  # what is typed is meant for the site on the desk
        self.model.set_loaded(loaded)
        self.head.show_loaded(loaded)
        self._select(selected)
        if across.rows:
            self.state.show_content()
        else:
            self.state.show_empty("desk.across.empty_title", "desk.across.empty_text", icon="table")
        keys = [entry.key for entry in across.checklist.entries()]
        place = keys.index(across.entry.key) + self._ahead
        if 0 <= place < len(keys):
            self._asking.ask_ahead((across.edition, keys[place]))

    def _on_changed(self, change: object = None) -> None:
        if isinstance(change, Change) and change.initiator is self:
            return
        self._stale = True
        self._asking.forget()
        if self.isVisible():
            self._rest.start()

    def _calibrate(self) -> None:
        if self.model.loaded is None:
            return
        i18n = self._context.i18n
        category = self.model.loaded.across.checklist.category.key
        job = partial(across_loading.calibrate, category, i18n.wording)
        self._context.work(
            self,
            job,
            self.head.show_whole,
            self.state.show_error,
            label=i18n.tr("desk.across.comparing"),
            cancellable=True,
        )

    # --- slots: filter, selection, keys

    def _on_chip_clicked(self) -> None:
        self.set_filter(Show(self.sender().objectName()), self.search_edit.text())

    def _apply_filter(self) -> None:
        show = next((kind for kind, chip in self.chips.items() if chip.isChecked()), Show.ALL)
        selected = self.table.selected()
        self.model.set_filter(show, self.search_edit.text())
        self._select(selected)

    def _on_row_opened(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is None:
            return
        open_here = self._session.assessment if self._session else None
        if open_here is not None and open_here.id == row.assessment:
            self.entry_requested.emit(row.item)
        else:
            self.assessment_requested.emit(row.assessment, row.item)

    def _on_command(self, command: str) -> None:
        commands: dict[str, Callable[[], object]] = {
            "before": partial(self.step, -1),
            "after": partial(self.step, 1),
            "clear": partial(self.answer, ""),
            "undo": partial(self._take_back, redo=False),
            "redo": partial(self._take_back, redo=True),
            "copy": self._copy,
            "closed": self._answering.tell_closed,
        }
        commands[command]()

    def _copy(self) -> None:
        chosen = self.table.selected() if self.table.selectionModel().hasSelection() else []
        QGuiApplication.clipboard().setText(self.model.as_table(chosen))

    # --- slots: answering

    def _on_typed(self, assessment: str, text: str) -> None:
        if assessment not in self.table.selected():
            self.table.selectRow(self.model.index_of(assessment).row())
        self.answer(text)

    def _take_back(self, *, redo: bool) -> None:
        if self.model.loaded is not None:
            self._answering.take_back(self.model.loaded, redo=redo)

    def _on_refused(self) -> None:
        self.model.set_pending({})
        self._asking.forget()
        self.refresh()  # somebody may have closed the assessment meanwhile: show it as it stands

    def _on_answered(self, assessments: tuple[str, ...]) -> None:
        self._announce(assessments)
        self._asking.forget()
        self.refresh()

    # --- the rest

    def _tell(self, sentence: str) -> None:
        show_problem(self.table, self.problem_label, sentence)

    def _announce(self, assessments: tuple[str, ...]) -> None:
        """Tell the others; lists ask for everything anyway, so only the assessment on the desk has to be named."""
        row = self._session.assessment if self._session else None
        named = row.id if row is not None and row.id in assessments else next(iter(assessments), "")
        self._context.events.assessment_changed.emit(Change(named, self))

    def _select(self, assessments: list[str]) -> None:
        """Select the same sites as before, as far as they are shown."""
        indexes = [index for key in assessments if (index := self.model.index_of(key)).isValid()]
        chosen = QItemSelection()
        for index in indexes:
            chosen.select(index, index)
        flags, selection = QItemSelectionModel.SelectionFlag, self.table.selectionModel()
        first = indexes[0] if indexes else self.model.index(0, Column.ANSWER)
        selection.setCurrentIndex(first, flags.ClearAndSelect | flags.Rows)
        selection.select(chosen, flags.Select | flags.Rows)

    def _show_counts(self) -> None:
        tr = self._context.i18n.tr
        counts = self.model.counts()
        for show, chip in self.chips.items():
            count = counts[show]
            chip.setText(tr(f"desk.across.show_{show.value}", count=count))
            chip.setVisible(show is Show.ALL or bool(count) or chip.isChecked())
        if self.model.total and not self.model.rowCount():
            self.table_state.show_filtered("desk.across.filtered", count=self.model.total)
        else:
            self.table_state.show_content()
        self._show_selected()

    def _show_selected(self, *_selection: QItemSelection) -> None:
        """Say how many sites are shown and selected."""
        selected = len(self.table.selectionModel().selectedRows())
        shown, total = self.model.rowCount(), self.model.total
        key = "desk.across.selected" if selected > 1 else "desk.across.listed"
        text = self._context.i18n.tr(key, shown=shown, total=total, selected=selected)
        self.count_label.setText(text)

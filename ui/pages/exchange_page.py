"""The exchange: write packages out, take them in, and see who has what, what waits and what came."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.dialogs.exchange_steps import ExchangeSteps
from ui.models.exchange_reading import Board, load_board
from ui.models.window_commands import nothing
from ui.pages.page import Page
from ui.widgets.arrivals_list import ArrivalsList
from ui.widgets.desk_style import desk_style
from ui.widgets.dropped_files import any_files
from ui.widgets.exchange_board import ExchangeBoard
from ui.widgets.exchange_targets import Targets
from ui.widgets.exchange_words import count_words
from ui.widgets.plain import plain_label, scrolling
from ui.widgets.side_view import SideView
from ui.widgets.state_view import StateView
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from ui.context import AppContext

TITLES = ("waits", "who_has_what", "imports")
ACTIONS = (("receipt", "check"), ("request", "note"), ("devices", "device"))


class ExchangePage(Page):
    """Two targets, and the board below; see ``Page`` for the signals."""

    title_key = "frame.room.exchange"
    guide_key = "exchange"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        """Build the page; nothing is loaded until it is shown."""
        super().__init__(context, parent)
        self.loaded: Board | None = None
        self.setAcceptDrops(True)
        self.steps = ExchangeSteps(context, self)
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        context = self._context
        self.targets = Targets(context)
        self.past_label = plain_label("attention", wrap=True)
        self.titles = {name: plain_label("section") for name in TITLES}
        self.conflicts_label = plain_label("conflict")
        self.conflicts_button = QPushButton()
        self.files_label = plain_label("attention", wrap=True)
        self.nothing_label = plain_label("muted", wrap=True)
        self.side_view = SideView(context)
        self.board = ExchangeBoard(context)
        self.page_buttons = {name: QPushButton() for name, _icon in ACTIONS}
        self.arrivals = ArrivalsList(context)

    def _build_layout(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 8, 8)
        column.setSpacing(8)
        conflicts = QHBoxLayout()
        conflicts.setSpacing(12)
        conflicts.addWidget(self.conflicts_label)
        conflicts.addWidget(self.conflicts_button)
        conflicts.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.titles["who_has_what"])
        head.addStretch(1)
        for button in self.page_buttons.values():
            head.addWidget(button)
        column.addWidget(self.titles["waits"])
        column.addLayout(conflicts)
        column.addWidget(self.side_view)
        column.addSpacing(8)
        column.addLayout(head)
        column.addWidget(self.board)
        column.addWidget(self.files_label)
        column.addSpacing(8)
        column.addWidget(self.titles["imports"])
        column.addWidget(self.nothing_label)
        column.addWidget(self.arrivals)
        column.addStretch(1)
        self.state_view = StateView(self._context, scrolling(inside))
        self.state_view.expect_content()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 8, 8)
        whole.setSpacing(12)
        targets = QHBoxLayout()
        targets.setContentsMargins(0, 0, 8, 0)
        targets.addWidget(self.targets)
        whole.addLayout(targets)
        whole.addWidget(self.past_label)
        whole.addWidget(self.state_view, 1)
        self.setFocusProxy(self.targets.write_out)

    def _connect_signals(self) -> None:
        steps, events = self.steps, self._context.events
        self.targets.write_out_requested.connect(self._on_write_out)
        self.targets.take_in_requested.connect(partial(self.take_in, ()))
        self.conflicts_button.clicked.connect(partial(steps.open, "conflicts"))
        self.page_buttons["receipt"].clicked.connect(partial(self._on_page_wanted, "receipt"))
        self.page_buttons["request"].clicked.connect(partial(self._on_page_wanted, "request"))
        self.page_buttons["devices"].clicked.connect(partial(steps.open, "devices"))
        self.side_view.admit_requested.connect(steps.admit)
        self.side_view.devices_requested.connect(partial(steps.open, "devices"))
        self.arrivals.undo_requested.connect(steps.undo)
        self.board.itemDoubleClicked.connect(self._on_write_out)
        self.state_view.action_triggered.connect(self.refresh)
        steps.refused.connect(self._on_refused)
        steps.changed.connect(self.refresh)
        for signal in (events.site_changed, events.assessment_changed, events.certificate_changed):
            signal.connect(self.mark_stale)
        events.person_changed.connect(self.mark_stale)
        events.scheme_changed.connect(self.retranslate)

    # --- public

    def refresh(self) -> None:
        """Ask for the board in the background."""
        self.state_view.show_loading()
        self._context.ask(self, load_board, self._on_loaded, self._on_load_failed)

    def take_in(self, files: Sequence[Path]) -> None:
        """Lead to taking files in; without files, to choosing some."""
        self.steps.take_in(files)

    def write_out(self) -> None:
        """Lead to writing a package, as soon as the board is there."""
        if self.loaded is not None:
            self._on_write_out()
        else:
            self._context.ask(self, nothing, lambda _answer: self._on_write_out())

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme, past = self._context.i18n.tr, self._context.theme, self._context.as_of
        self.targets.retranslate()
        self.setStyleSheet(desk_style(theme))
        for name, label in self.titles.items():
            label.setText(tr(f"exchange.{name}"))
        for name, icon in ACTIONS:
            self.page_buttons[name].setText(tr(f"exchange.{name}"))
            self.page_buttons[name].setIcon(theme.icon(icon))
            self.page_buttons[name].setToolTip(tr(f"exchange.{name}_tip"))
        self.conflicts_button.setText(tr("exchange.settle"))
        self.conflicts_button.setIcon(theme.icon("conflict", "conflict"))
        self.past_label.setText(tr("exchange.past", day=self._context.i18n.day(past)))
        self.past_label.setVisible(past is not None)
        self.nothing_label.setText(tr("exchange.no_imports"))
        for widget in (self.targets.write_out, self.targets.take_in, *self.page_buttons.values()):
            widget.setEnabled(past is None)
        self.board.retranslate()
        if self.loaded is not None:
            self._show(self.loaded)

    # --- Qt events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take any file: what is no package is told what it is."""
        if any_files(event.mimeData()) and self._context.as_of is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        event.acceptProposedAction()
        self.take_in(any_files(event.mimeData()))

    # --- slots

    def _on_loaded(self, board: Board) -> None:
        self.loaded = board
        self._show(board)

    def _on_load_failed(self, error: Exception) -> None:
        self.state_view.show_error(error)
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)

    def _on_write_out(self, *_which: object) -> None:
        if self.loaded is not None and self._context.as_of is None:
            chosen = self.board.selected
            self.steps.write_out(self.loaded, chosen.uuid if chosen and not chosen.own else "")

    def _on_page_wanted(self, purpose: str) -> None:
        if self.loaded is not None:
            chosen = self.board.selected
            self.steps.write_page(purpose, self.loaded, chosen.uuid if chosen and not chosen.own else "")

    @Slot()
    def _on_refused(self) -> None:
        self.side_view.offer_again()
        self.refresh()

    # --- painting

    def _show(self, board: Board) -> None:
        tr, state = self._context.i18n.tr, board.state
        conflicts, files = state.conflicts, len(state.missing_files)
        self.titles["waits"].setVisible(bool(conflicts or board.waiting))
        self.conflicts_label.setText(tr("exchange.conflicts", count=count_words(conflicts)))
        for widget in (self.conflicts_label, self.conflicts_button):
            widget.setVisible(bool(conflicts))
        self.side_view.show_waiting(board.waiting, by_office=board.by_office)
        self.side_view.setEnabled(self._context.as_of is None)
        self.board.show_rows(state.devices)
        self.files_label.setText(tr("exchange.files_missing", count=count_words(files)))
        self.files_label.setVisible(bool(files))
        self.nothing_label.setVisible(not board.arrivals)
        self.arrivals.show_rows(board.arrivals, editable=self._context.as_of is None)
        self.titles["imports"].setVisible(not board.alone)
        if board.alone and not conflicts:
            self.state_view.show_empty("exchange.empty", "exchange.empty_text", icon="exchange")
        else:
            self.state_view.show_content()

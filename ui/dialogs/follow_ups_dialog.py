"""The follow-ups of the register: what waits, what is past its day, what came of the others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.context import Places, load_places
from ui.dialogs.follow_up_dialog import SettleDialog, open_follow_up
from ui.dialogs.steering_undo import tell_done
from ui.widgets.chips import Chips
from ui.widgets.desk_style import desk_style
from ui.widgets.fitting_table import FittingTable
from ui.widgets.plain import literal, plain_label
from ui.widgets.plain_rows import Cell, PlainRows
from ui.widgets.state_view import StateView
from wufei_cells.errors import WufeiError
from wufei_cells.services.following_up import PLACE, FollowUpView

if TYPE_CHECKING:
    from datetime import date

    from ui.context import AppContext, Desk
    from wufei_cells.domain.text import Text

SIZE = (940, 560)
STATES = ("open", "overdue", "all")
COLUMNS = ("on", "level", "about", "text", "due", "state")
ABOUT, TEXT = 2, 3
LOOKS = {"done": ("check", "passed"), "overdue": ("alert", "failed"), "open": ("history", "text")}


@dataclass(frozen=True, slots=True)
class Listed:
    """What the dialog shows."""

    today: date
    city: Text
    places: Places
    views: tuple[FollowUpView, ...]


class FollowUpsDialog(QDialog):
    """Lists follow-ups; each can be brought to its end or taken out."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._context = context
        self._listed: Listed | None = None
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.resize(*SIZE)
        self.state_view.show_loading()
        self.refresh()

    # --- build

    def _build_widgets(self) -> None:
        tr, theme = self._context.i18n.tr, self._context.theme
        self.setWindowTitle(tr("steering.follow_ups_title"))
        self.chips = Chips([(name, tr(f"steering.show_{name}")) for name in STATES], tr("steering.show"))
        self.model = PlainRows(theme, [tr(f"steering.column.{name}") for name in COLUMNS], self)
        self.table = FittingTable()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("steering.follow_ups_title"))
        self.state_view = StateView(self._context, self.table)
        self.outcome_label = plain_label("muted", wrap=True, selectable=True)
        self.outcome_label.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.new_button = QPushButton(theme.icon("plus", "on_accent"), tr("steering.follow_up_record"))
        self.new_button.setProperty("role", "accent")
        self.settle_button = QPushButton(theme.icon("check"), tr("steering.settle"))
        self.remove_button = QPushButton(theme.icon("remove"), tr("steering.remove"))
        for button in (self.new_button, self.settle_button, self.remove_button):
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
            button.setAutoDefault(False)
        self.setStyleSheet(desk_style(theme))

    def _build_layout(self) -> None:
        filters = QHBoxLayout()
        filters.addWidget(self.chips)
        filters.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addLayout(filters)
        column.addWidget(self.state_view, 1)
        column.addWidget(self.outcome_label)
        column.addWidget(self.buttons)
        self.table.fit(TEXT, 160, {0: 96, 5: 92, 2: 190, 1: 110, 4: 96})

    def _connect_signals(self) -> None:
        self.chips.chosen.connect(self._show)
        self.table.selectionModel().currentChanged.connect(self._check)
        self.table.doubleClicked.connect(self._settle)
        self.new_button.clicked.connect(self._record)
        self.settle_button.clicked.connect(self._settle)
        self.remove_button.clicked.connect(self._remove)
        self.buttons.rejected.connect(self.reject)
        self.state_view.action_triggered.connect(self.refresh)
        self._context.events.progress_changed.connect(self.refresh)

    # --- public

    @Slot()
    def refresh(self) -> None:
        """Ask anew."""
        self._context.ask(self, _load, self._on_loaded, self.state_view.show_error)

    @property
    def chosen(self) -> FollowUpView | None:
        """The follow-up that is selected."""
        return self.model.thing(self.table.currentIndex())

    # --- showing

    @Slot(object)
    def _on_loaded(self, listed: Listed) -> None:
        self._listed = listed
        self._show()

    @Slot()
    def _show(self) -> None:
        if self._listed is None:
            return
        wanted = self.chips.current
        views = [
            view
            for view in self._listed.views
            if wanted == "all" or (view.overdue if wanted == "overdue" else view.open)
        ]
        self.model.show_rows([(view, self._cells(view)) for view in views])
        if views:
            self.state_view.show_content()
            self.table.selectRow(0)
        else:
            self.state_view.show_empty(f"steering.none_{wanted}", "steering.none_hint")
        self._check()

    def _cells(self, view: FollowUpView) -> list[Cell]:
        i18n, said = self._context.i18n, view.row.said
        state = "done" if not view.open else "overdue" if view.overdue else "open"
        icon, tone = LOOKS[state]
        text = " ".join(said.text.split())
        return [
            Cell(i18n.day(said.on)),
            Cell(i18n.text(view.level.text)),
            Cell(self.about(view), tip=literal(self.about(view))),
            Cell(text, tip=literal(said.text)),
            Cell(i18n.day(said.due), tone if state == "overdue" else "text"),
            Cell(i18n.tr(f"follow_up.state.{state}"), tone, icon),
        ]

    def about(self, view: FollowUpView) -> str:
        """Name whom a follow-up is about."""
        if view.site_name or self._listed is None:
            return view.site_name
        text, of, places = self._context.i18n.text, view.row.said.subject, self._listed.places
        named = [text(places.category(of.category))] if of.category else []
        named += [text(places.district(of.district))] if of.district else []
        return " · ".join(named)

    @Slot()
    def _check(self) -> None:
        view, past = self.chosen, self._context.as_of is not None
        self.settle_button.setEnabled(view is not None and view.row.said.done_on is None and not past)
        self.remove_button.setEnabled(view is not None and not past)
        self.new_button.setEnabled(not past)
        done = view is not None and view.row.said.done_on is not None
        self.outcome_label.setVisible(done)
        if view is not None and done:
            said = view.row.said
            self.outcome_label.setText(
                self._context.i18n.tr("steering.outcome", on=self._context.i18n.day(said.done_on), outcome=said.outcome)
            )

    # --- doing

    @Slot()
    def _record(self) -> None:
        open_follow_up(self._context, self, self._on_changed)

    @Slot()
    def _settle(self) -> None:
        view = self.chosen
        if view is not None and self._listed is not None and self.settle_button.isEnabled():
            dialog = SettleDialog(self._context, view, self.about(view), self._listed.today, self)
            dialog.taken.connect(self._on_changed)
            dialog.open()

    @Slot()
    def _remove(self) -> None:
        view = self.chosen
        if view is not None:
            self._context.ask(self, partial(_remove, view.row.id), self._on_changed, self._on_refused, durable=True)

    def _on_changed(self, _answer: object = None) -> None:
        tell_done(self._context, self._context.i18n.tr("steering.follow_ups_changed"), PLACE)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, WufeiError):
            self._context.notices.post(self._context.i18n.error(error), "failed")
        else:
            self._context.tasks.failed.emit(error)
        self.refresh()


# --- in the worker thread


def _load(desk: Desk) -> Listed:
    workspace = desk.workspace
    city = desk.browsing.profile(workspace).city
    return Listed(workspace.today(), city, load_places(desk), desk.following_up.follow_ups(workspace))


def _remove(key: str, desk: Desk) -> None:
    desk.following_up.remove(desk.workspace, key)

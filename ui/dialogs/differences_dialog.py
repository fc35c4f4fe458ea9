"""What several people who scored one site do not agree on, item by item, and whose value is to stand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.context import Change
from ui.models.team_reading import TeamView, load_team
from ui.widgets.answer_editor import tight
from ui.widgets.plain import literal, plain_label
from ui.widgets.state_view import StateView
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.numbers_in_text import with_numbers

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from wufei_cells.services.comparing_sheets import Difference, Opinion

SIZE = (980, 640)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DifferencesDialog(QDialog):
    """Lists the items with what every sheet says. Arrow keys choose a sheet's answer, Enter takes it over."""

    def __init__(self, context: AppContext, assessment_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._assessment = assessment_id
        self.view: TeamView | None = None
        self.shown: tuple[Difference, ...] = ()
        self._build_widgets()
        self._build_layout()
        self.filter_chip.toggled.connect(self._fill)
        self.agreed_button.clicked.connect(self.take_agreed)
        self.take_button.clicked.connect(self.take)
        self.table.currentCellChanged.connect(self._on_current)
        self.table.cellDoubleClicked.connect(self.take)
        self.table.installEventFilter(self)
        self.state_view.action_triggered.connect(self._ask)
        self.buttons.rejected.connect(self.reject)
        context.events.language_changed.connect(self._ask)
        self.resize(*SIZE)
        self.state_view.expect_content()
        self._ask()

    # --- build

    def _build_widgets(self) -> None:
        self.agreement_label = plain_label(wrap=True, selectable=True)
        self.filter_chip = QPushButton()
        self.filter_chip.setCheckable(True)
        self.filter_chip.setChecked(True)
        self.filter_chip.setProperty("role", "chip")
        self.agreed_button = QPushButton()
        self.table = QTableWidget()
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setWordWrap(True)
        self.table.setAlternatingRowColors(True)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.detail_label = plain_label(wrap=True, selectable=True)
        self.hint_label = plain_label("muted", wrap=True)
        self.take_button = QPushButton()
        self.take_button.setProperty("role", "accent")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in (self.filter_chip, self.agreed_button, self.take_button):
            button.setAutoDefault(False)

    def _build_layout(self) -> None:
        top = tight(QHBoxLayout(), 8)
        top.addWidget(self.filter_chip)
        top.addStretch(1)
        top.addWidget(self.agreed_button)
        below = tight(QHBoxLayout(), 8)
        below.addWidget(self.hint_label, 1)
        below.addWidget(self.take_button)
        inside = QWidget()
        inner = tight(QVBoxLayout(inside), 8)
        inner.addWidget(self.agreement_label)
        inner.addLayout(top)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.detail_label)
        inner.addLayout(below)
        self.state_view = StateView(self._context, inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.state_view, 1)
        layout.addWidget(self.buttons)

    # --- public

    def take(self) -> None:
        """Take the chosen sheet's answer over into the record."""
        chosen = self._chosen()
        if chosen is not None and self._takes(*chosen):
            row, opinion = chosen
            seen = {row.key: row.opinions[0].row.heads} if row.opinions[0].row else {}
            self._context.ask(
                self, partial(_take, self._assessment, {row.key: opinion.sheet}, seen), self._on_taken, durable=True
            )

    def take_agreed(self) -> None:
        """Take over everything that all agree on."""
        self.agreed_button.setEnabled(False)
        self._context.ask(self, partial(_take_agreed, self._assessment), self._on_taken, durable=True)

    # --- Qt events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take over with Enter where the table has the keyboard."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER
        if watched is self.table and pressed:
            self.take()
            return True
        return super().eventFilter(watched, event)

    # --- reading

    def _ask(self) -> None:
        job = partial(load_team, self._assessment, self._context.i18n)
        self._context.ask(self, job, self._on_read, self.state_view.show_error)

    def _on_read(self, view: TeamView) -> None:
        self.view = view
        self._word(view)
        if view.team.waiting:
            names = tuple(name for row in view.team.waiting for name in row.assessors)
            self.state_view.show_empty("team.not_ready", "team.not_ready_text", icon="lock", names=names)
        elif not view.side.parts:
            self.state_view.show_empty("team.nothing_beside", "team.nothing_beside_text", icon="compare")
        else:
            self._fill()
            self.state_view.show_content()
            self.table.setFocus()

    def _word(self, view: TeamView) -> None:
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("team.differences_title", site=view.team.site_name))
        self.agreement_label.setText("\n".join(view.agreement))
        count = sum(row.differs for row in view.side.rows)
        self.filter_chip.setText(tr("team.only_differing", count=count))
        agreed = len(view.side.agreed)
        self.agreed_button.setText(tr("team.take_agreed", count=agreed))
        self.agreed_button.setEnabled(agreed > 0 and view.comparable)
        self.table.setAccessibleName(tr("team.differences"))
        self.hint_label.setText(tr("team.differences_hint"))

    # --- the table

    def _fill(self) -> None:
        view = self.view
        if view is None:
            return
        place = (max(0, self.table.currentRow()), self.table.currentColumn())
        if place[1] < 1:
            place = (0, self._first_column(view))
        self.shown = tuple(row for row in view.side.rows if row.differs or not self.filter_chip.isChecked())
        tr = self._context.i18n.tr
        titles = [*(view.names[sheet.assessment.id] for sheet in view.side.parts), tr("team.column_record")]
        self.table.clear()
        self.table.setColumnCount(len(titles) + 2)
        self.table.setHorizontalHeaderLabels([tr("team.column_item"), *titles, tr("team.column_spread")])
        self.table.setRowCount(len(self.shown))
        for index, row in enumerate(self.shown):
            self._fill_row(index, row, view)
        self._share_width(len(titles))
        if self.shown:
            self.table.setCurrentCell(min(place[0], len(self.shown) - 1), min(place[1], len(titles)))
        else:
            self.detail_label.setText(tr("team.all_agree"))
            self.take_button.setEnabled(False)

    def _fill_row(self, index: int, row: Difference, view: TeamView) -> None:
        item = QTableWidgetItem(self._item_name(row.key, view))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._put(index, 0, item)
        for place, opinion in enumerate(self._in_order(row), 1):
            cell = QTableWidgetItem(self._said(opinion, row.key, view))
            if row.origin is not None and opinion.sheet == row.origin:
                cell.setIcon(self._context.theme.icon("check", "passed"))
            self._put(index, place, cell)
        spread = QTableWidgetItem("" if row.spread is None else printed(row.spread))
        spread.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._put(index, len(row.opinions) + 1, spread)
        spread.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        if row.differs:
            spread.setIcon(self._context.theme.icon("alert", "attention"))
            spread.setToolTip(self._context.i18n.tr("team.differs"))

    def _put(self, row: int, column: int, cell: QTableWidgetItem) -> None:
        cell.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        cell.setToolTip(literal(cell.text()))
        self.table.setItem(row, column, cell)

    def _share_width(self, sheets: int) -> None:
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(sheets + 1, QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(72)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _first_column(self, view: TeamView) -> int:
        """Give the column to start in: of the first sheet whose agreement is counted."""
        order = [sheet.assessment.id for sheet in view.side.parts]
        return next((place for place, key in enumerate(order, 1) if key in view.side.compared), 1)

    def _in_order(self, row: Difference) -> tuple[Opinion, ...]:
        """Give the other sheets first and the record last, as the columns stand."""
        return (*row.opinions[1:], row.opinions[0])

    def _item_name(self, key: str, view: TeamView) -> str:
        entry = view.team.checklist.entry(key)
        if entry is None:
            return key
        text = with_numbers(entry.text, view.team.checklist, view.side.whole.on)
        return f"{entry.number} {self._context.i18n.text(text)}"

    def _said(self, opinion: Opinion, key: str, view: TeamView) -> str:
        words = view.words(opinion, key) if opinion.answer.given else "–"
        if opinion.points is None:
            return words
        return self._context.i18n.tr("team.points_and_words", points=printed(opinion.points), words=words)

    # --- choosing

    def _chosen(self) -> tuple[Difference, Opinion] | None:
        row, column = self.table.currentRow(), self.table.currentColumn()
        if not 0 <= row < len(self.shown):
            return None
        difference = self.shown[row]
        if not 1 <= column <= len(difference.opinions):
            return None
        return difference, self._in_order(difference)[column - 1]

    def _takes(self, row: Difference, opinion: Opinion) -> bool:
        view = self.view
        open_now = view is not None and view.team.open and view.comparable
        return open_now and opinion.sheet != row.opinions[0].sheet and opinion.answer.given

    def _on_current(self) -> None:
        chosen, view, tr = self._chosen(), self.view, self._context.i18n.tr
        self.take_button.setText(tr("team.take"))
        self.take_button.setEnabled(chosen is not None and self._takes(*chosen))
        if chosen is None or view is None:
            self.detail_label.clear()
            return
        row, opinion = chosen
        if opinion.sheet != row.opinions[0].sheet:
            self.take_button.setText(tr("team.take_from", name=view.names[opinion.sheet]))
        notes = [
            tr("team.note_of", name=view.names[one.sheet], note=one.answer.note)
            for one in self._in_order(row)
            if one.answer.note
        ]
        self.detail_label.setText("\n".join([self._item_name(row.key, view), *notes]))

    def _on_taken(self, taken: tuple[str, ...]) -> None:
        assert self.view is not None
        self._context.events.assessment_changed.emit(Change(self.view.team.whole.id, self))
        if len(taken) == 1 and self.table.currentRow() + 1 < len(self.shown):
            self.table.setCurrentCell(self.table.currentRow() + 1, self.table.currentColumn())
        self._ask()


# --- in the worker thread


def _take(assessment: str, chosen: dict[str, str], seen: dict, desk: Desk) -> tuple[str, ...]:
    return desk.teaming.take_over(desk.workspace, assessment, chosen, seen=seen)


def _take_agreed(assessment: str, desk: Desk) -> tuple[str, ...]:
    return desk.teaming.take_over_agreed(desk.workspace, assessment)

"""The first tab of the board: the way to the goal, what waits, and how far each part of the city is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.board.board_tab import BoardTab, Told
from ui.board.todo_card import TodoCard
from ui.models.board_loading import load_back_test
from wufei_cells.board.forecast import Forecast, TooLittle
from wufei_cells.services import board_part_pictures, board_pictures, forecast_wording

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.models.board_loading import Standing
    from wufei_cells.board.back_testing import BackTest

BURN_UP_HEIGHT = 300
TODO_WIDTH = 300


class ProgressTab(BoardTab):
    """Shows how far it is."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._told: Told | None = None
        self._tried: tuple[Standing | None, BackTest | None] = (None, None)
        self.burn_up = self.chart_card()
        self.months = self.chart_card()
        self.todo = TodoCard(context)
        self.categories = self.chart_card()
        self.heat = self.chart_card()
        self.districts = self.chart_card()
        self.leads = self.chart_card()
        self.basis_button = QPushButton()
        self.basis_button.setProperty("role", "flat")
        self.basis_button.setCheckable(True)
        self.basis_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.burn_up.column.insertWidget(1, self.basis_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.todo.setMinimumWidth(TODO_WIDTH)
        self.todo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._build_layout()
        self.basis_button.toggled.connect(self._show_basis)
        self.todo.chosen.connect(self.list_requested)
        self.retranslate()

    def _build_layout(self) -> None:
        top = self.beside()
        top.addWidget(self.burn_up, 1)
        top.addWidget(self.todo, 0)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.categories)
        left.addWidget(self.months)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.heat)
        right.addWidget(self.leads)
        right.addStretch(1)
        below = self.beside(from_width=1060)
        below.addLayout(left, 2)
        below.addLayout(right, 3)
        self.column.addLayout(top)
        self.column.addLayout(below)
        self.column.addWidget(self.districts)
        self.column.addStretch(1)

    # --- public

    def show_told(self, told: Told) -> None:
        """Show a board."""
        before, self._told = self._told, told
        board, words = told.standing.board, told.words
        self.burn_up.show_chart(board_pictures.burn_up(board, told.outlook, words), BURN_UP_HEIGHT)
        self._show_basis()
        self.todo.past_label.setVisible(board.on < told.standing.today)
        if before and before.standing is told.standing and before.words == words:
            return  # only what is expected came
        self.months.show_chart(board_pictures.months(board, words))
        self.months.setVisible(sum(bool(row.gained.count or row.lost.count) for row in board.months) > 1)
        self.categories.show_chart(board_part_pictures.category_bars(board, words))
        self.heat.show_chart(board_part_pictures.heat(board, words))
        self.districts.show_chart(board_part_pictures.district_bars(board, words))
        self.districts.setVisible(any(row.target.district and not row.target.category for row in board.targets))
        self.leads.show_chart(board_part_pictures.lead_bars(board, words))
        self.leads.setVisible(len(board.leads) > 1)

    def retranslate(self) -> None:
        """Write the words that stand on the tab itself."""
        self.basis_button.setText(self.context.i18n.tr("overview.basis"))
        self._show_basis()
        self.todo.retranslate()

    # --- slots

    @Slot()
    def _show_basis(self) -> None:
        outlook = self._told.outlook if self._told else None
        self.basis_button.setVisible(isinstance(outlook, Forecast))
        arrow = "up" if self.basis_button.isChecked() else "down"
        self.basis_button.setIcon(self.context.theme.icon(arrow, "muted"))
        note = ""
        if self._told and isinstance(outlook, TooLittle):
            note = forecast_wording.too_little(outlook, self._told.words.wording)
        elif self._told and isinstance(outlook, Forecast) and self.basis_button.isChecked():
            note = "\n".join(self._basis(outlook, self._told))
        self.burn_up.say(note)

    def _basis(self, outlook: Forecast, told: Told) -> list[str]:
        """Say what the forecast rests on; how good it would have been is tried when somebody reads that."""
        wording = told.words.wording
        said = [*forecast_wording.goal_lines(outlook, wording), *forecast_wording.basis_lines(outlook.basis, wording)]
        standing, found = self._tried
        if found and standing is told.standing:
            return [*said, *forecast_wording.back_test_told(found, wording)]
        if standing is not told.standing:
            self._tried = (told.standing, None)
            job, done = partial(load_back_test, told.standing.asked), partial(self._on_tried, told.standing)
            label = self.context.i18n.tr("overview.trying")
            self.context.work(self, job, done, label=label, cancellable=True)
        return said

    def _on_tried(self, standing: Standing, found: BackTest) -> None:
        if self._tried[0] is standing:
            self._tried = (standing, found)
            self._show_basis()

"""What a checklist would mean for every site that is assessed already: who would change, and through which item."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui.context import Places, load_places
from ui.models.certificates_model import RowsModel
from ui.models.impact_model import SHIFT_LOOKS, impact_columns, reasons_of
from ui.widgets.answer_editor import tight
from ui.widgets.desk_style import desk_style
from ui.widgets.fitted_table import FittedTable
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.services.impact import Impact
    from wufei_cells.services.impact_comparison import CellImpact

SIZE = (940, 640)
GIVING_WAY = (1, 2)


class ImpactDialog(QDialog):
    """Shows the impact preview; nothing is written by looking."""

    def __init__(self, context: AppContext, checklist: Checklist, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._checklist = checklist
        self._shown_shift = ""
        self.impact: Impact | None = None
        self._places = Places({}, {})
        self._before: dict[str, Checklist] = {}
        self._build_widgets(title)
        self._build_layout()
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.buttons.rejected.connect(self.reject)
        self.resize(*SIZE)
        self._ask()

    # --- build

    def _build_widgets(self, title: str) -> None:
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("checklists.impact.title"))
        self.heading_label = plain_label("section", wrap=True)
        self.heading_label.setText(title)
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.setText(tr("checklists.impact.hint"))
        self.chips = {shift: QPushButton(self) for shift in ("", *SHIFT_LOOKS)}
        for shift, chip in self.chips.items():
            chip.setObjectName(shift)
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
            chip.clicked.connect(self._on_chip_clicked)
        self.model = RowsModel(self._context, impact_columns(), "assessment", self)
        self.table = FittedTable(self.model)
        self.table.setAccessibleName(tr("checklists.impact.title"))
        self.table.verticalHeader().setDefaultSectionSize(self._context.theme.row_height())
        widths = [column.width for column in self.model.columns[1:]]
        self.table.set_columns(widths, GIVING_WAY, self._context.theme.pixels("body"))
        self.reasons_label = plain_label("", wrap=True, selectable=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("checklists.impact.working"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)

    def _build_layout(self) -> None:
        chips = tight(QHBoxLayout())
        for chip in self.chips.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        inside = QWidget()
        inner = tight(QVBoxLayout(inside))
        inner.addLayout(chips)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.reasons_label)
        self.state_view = StateView(self._context, inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        for widget in (self.heading_label, self.hint_label, self.progress):
            column.addWidget(widget)
        column.addWidget(self.state_view, 1)
        column.addWidget(self.buttons)
        self.setStyleSheet(desk_style(self._context.theme))

    # --- asking

    def _ask(self) -> None:
        self.state_view.expect_content()
        label = self._context.i18n.tr("checklists.impact.working")
        task = self._context.work(
            self, partial(_impact, self._checklist), self._on_impact, self._on_failed, label=label, cancellable=True
        )
        task.progressed.connect(self._on_progressed)

    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _on_failed(self, error: Exception) -> None:
        self.progress.hide()
        self.state_view.show_error(error)

    def _on_impact(self, answer: tuple[Impact, Places, dict[str, Checklist]]) -> None:
        self.impact, self._places, self._before = answer
        self.progress.hide()
        if not self.impact.cells:
            self.state_view.show_empty("checklists.impact.none", "checklists.impact.none_text", icon="site")
            return
        self.state_view.show_content()
        self.show_shift("")

    # --- public

    def show_shift(self, shift: str) -> None:
        """Show the sites for which the checklist would mean this; all with no name."""
        assert self.impact is not None
        self._shown_shift = shift
        tr = self._context.i18n.tr
        cells = self.impact.cells
        for name, chip in self.chips.items():
            count = sum(1 for cell in cells if name in ("", cell.shift.value))
            chip.setText(tr(f"checklists.shift.{name or 'all'}", count=count))
            chip.setVisible(not name or count > 0)
            chip.setChecked(name == shift)
            if name:
                chip.setIcon(self._context.theme.icon(*SHIFT_LOOKS[name]))
        self.model.set_rows(tuple(cell for cell in cells if shift in ("", cell.shift.value)), self._places)
        self.table.selectRow(0)

    # --- slots

    def _on_chip_clicked(self) -> None:
        if self.impact is not None:
            self.show_shift(self.sender().objectName())

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        cell: CellImpact | None = self.model.row_at(current)
        if cell is None or self.impact is None:
            self.reasons_label.clear()
            return
        before = self._before[cell.edition]
        self.reasons_label.setText(reasons_of(cell, self.impact.checklist, before, self._context.i18n))


def _impact(checklist: Checklist, desk: Desk, progress: TaskProgress) -> tuple[Impact, Places, dict[str, Checklist]]:
    found = desk.impact.impact(desk.workspace, checklist, report=progress.report)
    editions = {cell.edition for cell in found.cells}
    return found, load_places(desk), {edition: desk.browsing.checklist(desk.workspace, edition) for edition in editions}

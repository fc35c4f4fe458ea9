"""The list of assessments: find one, open it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import ASSESSMENT_STAGES, STAGE_LOOKS
from ui.widgets.answer_editor import tight
from ui.widgets.fitted_table import FittedTable
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractTableModel

    from ui.context import AppContext
    from wufei_cells.domain.lifecycle import Stage
    from wufei_cells.domain.register import AssessmentRow

# Characters of body text that each column after the first has room for, and which columns give way where it is narrow.
WIDTHS = (8, 7, 6.5, 8, 5, 7)
GIVING_WAY = (4, 3, 1)


class ListedAssessments(Protocol):
    """What the pane asks of the model behind its table."""

    def refresh(self) -> None:
        """Ask for the rows in the background; the page tells the pane when they are there."""

    def set_filter(self, words: str, stage: Stage | None, *, mine: bool = False) -> None:
        """List only what fits."""

    def count(self, stage: Stage | None = None) -> int:
        """Count all, or those in a stage, whatever the filter."""
        ...

    def count_waiting(self) -> int:
        """Count those that wait for the person, whatever the filter."""
        ...

    def index_of(self, assessment: str) -> QModelIndex:
        """Find an assessment."""
        ...

    def row_at(self, index: QModelIndex) -> AssessmentRow | None:
        """Give the assessment of a line."""
        ...


class AssessmentsPane(QWidget):
    """Shows the table with its filters, or why there is nothing in it.

    Signals:
        assessment_opened: the person wants to score one (its id).
        sites_wanted: there is none yet; they begin in the list of sites.
        export_wanted: the scoresheets of what is listed are to be written.
        import_wanted: scoresheets came back.
    """

    assessment_opened = Signal(str)
    sites_wanted = Signal()
    export_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, context: AppContext, rows: ListedAssessments, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows = rows
        self._current = ""
        self._build_widgets(cast("QAbstractTableModel", rows))
        self._build_layout()
        self.search_edit.textChanged.connect(self._apply_filter)
        for chip in (self.mine_chip, *self.chips.values()):
            chip.clicked.connect(self._on_chip_clicked)
        self.table.row_opened.connect(self._on_row_opened)
        self.table_state.action_triggered.connect(self.clear_filter)
        self.state.action_triggered.connect(self._on_action)
        self.export_button.clicked.connect(self.export_wanted)
        self.import_button.clicked.connect(self.import_wanted)

    # --- build

    def _build_widgets(self, model: QAbstractTableModel) -> None:
        self.search_edit = QLineEdit(self)
        self.search_edit.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self.search_edit.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.chips = {stage: QPushButton(self) for stage in ASSESSMENT_STAGES}
        self.mine_chip = QPushButton(self)
        for chip in (self.mine_chip, *self.chips.values()):
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
        self.table = FittedTable(model)
        self.count_label = plain_label("muted")
        self.export_button, self.import_button = QPushButton(self), QPushButton(self)

    def _build_layout(self) -> None:
        content = QWidget(self)
        chips = QWidget(content)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        chips.setSizePolicy(policy)
        flow = FlowLayout(chips)
        for chip in (self.mine_chip, *self.chips.values()):
            flow.addWidget(chip)
        self.table_state = StateView(self._context, self.table)
        column = tight(QVBoxLayout(content))
        column.addWidget(self.search_edit)
        column.addWidget(chips)
        column.addWidget(self.table_state, 1)
        below = QHBoxLayout()
        below.addWidget(self.count_label, 1)
        below.addWidget(self.export_button)
        below.addWidget(self.import_button)
        column.addLayout(below)
        self.state = StateView(self._context, content)
        self.state.expect_content()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.addWidget(self.state)

    # --- public

    @property
    def words(self) -> str:
        """What is looked for."""
        return self.search_edit.text()

    @property
    def stage(self) -> Stage | None:
        """The stage that is listed; ``None``: all."""
        return next((stage for stage, chip in self.chips.items() if chip.isChecked()), None)

    @property
    def mine(self) -> bool:
        """Whether only what waits for the person is listed."""
        return self.mine_chip.isChecked()

    def listed(self) -> list[str]:
        """Give the assessments that are listed."""
        model = self.table.model()
        rows = (self._rows.row_at(model.index(place, 0)) for place in range(model.rowCount()))
        return [row.id for row in rows if row is not None]

    def refresh(self, current: str) -> None:
        """Ask for the rows; ``current`` is the assessment to select among them."""
        self._current = current or self._current
        self.state.show_loading()
        self._rows.refresh()

    def show_listed(self) -> None:
        """Show the rows that arrived."""
        if self._rows.count():
            self.state.show_content()
        else:
            self.state.show_empty("desk.empty_title", "desk.empty_text", "desk.empty_action", icon="assessment")
        self._show_counts()
        found = self._rows.index_of(self._current)
        self.table.setCurrentIndex(found if found.isValid() else self.table.model().index(0, 0))

    def show_error(self, error: Exception) -> None:
        """Say why the rows could not be read."""
        self.state.show_error(error)
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)

    def show_filter(self, words: str, stage: Stage | None, *, mine: bool = False) -> None:
        """Filter as it was before."""
        self.mine_chip.setChecked(mine)
        blocked = self.search_edit.blockSignals(True)
        self.search_edit.setText(words)
        self.search_edit.blockSignals(blocked)
        for known, chip in self.chips.items():
            chip.setChecked(known is stage)
        self._apply_filter()

    def clear_filter(self) -> None:
        """List everything."""
        self.show_filter("", None)

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        self.search_edit.setPlaceholderText(tr("desk.search"))
        self.search_edit.setAccessibleName(tr("desk.search"))
        self._glass.setIcon(theme.icon("search", "muted"))
        self.table.setAccessibleName(tr("frame.room.assessment"))
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height())
        self.table.set_columns(WIDTHS, GIVING_WAY, theme.pixels("body"))
        for stage, chip in self.chips.items():
            chip.setIcon(theme.icon(*STAGE_LOOKS[stage]))
        self.mine_chip.setIcon(theme.icon("person"))
        self.mine_chip.setToolTip(tr("desk.mine_tip"))
        for button, name, icon in ((self.export_button, "export", "save"), (self.import_button, "title", "open")):
            button.setText(tr(f"import.{name}"))
            button.setIcon(theme.icon(icon))
        self._show_counts()

    # --- slots and the rest

    def _on_chip_clicked(self, checked: bool) -> None:
        sender = self.sender()
        for chip in (self.mine_chip, *self.chips.values()):
            chip.setChecked(checked and chip is sender)
        self._apply_filter()

    def _apply_filter(self) -> None:
        self._rows.set_filter(self.words, self.stage, mine=self.mine)
        self._show_counts()

    def _on_row_opened(self, index: QModelIndex) -> None:
        row = self._rows.row_at(index)
        if row is not None:
            self.assessment_opened.emit(row.id)

    def _on_action(self) -> None:
        if self._rows.count():
            self.refresh("")
        else:
            self.sites_wanted.emit()

    def _show_counts(self) -> None:
        tr = self._context.i18n.tr
        self.mine_chip.setText(tr("desk.mine", count=self._rows.count_waiting()))
        for stage, chip in self.chips.items():
            count = self._rows.count(stage)
            chip.setText(f"{tr(f'ui.stage.{stage.value}')} {count}")
            chip.setVisible(bool(count) or chip.isChecked())
        shown, total = self.table.model().rowCount(), self._rows.count()
        self.export_button.setEnabled(bool(shown))
        self.count_label.setText(tr("desk.listed", shown=shown, total=total))
        if total and not shown:
            self.table_state.show_filtered("desk.list_filtered", count=total)
        else:
            self.table_state.show_content()

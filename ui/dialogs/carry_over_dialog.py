"""Carry running assessments over to another edition: what becomes of the answers of each, and which are to go along."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.answer_editor import tight
from ui.widgets.desk_style import desk_style
from ui.widgets.plain import literal, plain_label
from ui.widgets.state_view import StateView
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import UserError

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress
    from wufei_cells.domain.register import AssessmentId

SIZE = (860, 560)
ASSESSMENT = Qt.ItemDataRole.UserRole
COLUMNS = ("site", "from", "carried", "rechecks", "new", "archived")


@dataclass(frozen=True, slots=True)
class Passenger:
    """One running assessment and what would become of its answers."""

    assessment: AssessmentId
    site: str
    edition: str
    carried: int
    rechecks: int
    new: int
    archived: int


class CarryOverDialog(QDialog):
    """Lists the running assessments of a category and carries the chosen ones over. It can be taken back.

    Signals:
        carried: assessments were carried over (their ids).
    """

    carried = Signal(object)

    def __init__(
        self, context: AppContext, category: str, edition: str, title: str, parent: QWidget | None = None
    ) -> None:
        """Build the dialog; ``title`` names the edition to carry over to."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._category, self._edition = category, edition
        self.passengers: tuple[Passenger, ...] = ()
        self._build_widgets(title)
        self._build_layout()
        self.tree.itemChanged.connect(self._count)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        self.state_view.action_triggered.connect(self._ask)
        self.resize(*SIZE)
        self._ask()

    # --- build

    def _build_widgets(self, title: str) -> None:
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("checklists.carry.title"))
        self.heading_label = plain_label("section", wrap=True)
        self.heading_label.setText(tr("checklists.carry.heading", title=title))
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.setText(tr("checklists.carry.hint"))
        self.tree = QTreeWidget()
        self.tree.setColumnCount(len(COLUMNS))
        self.tree.setHeaderLabels([tr(f"checklists.carry.{name}") for name in COLUMNS])
        self.tree.setAccessibleName(tr("checklists.carry.title"))
        self.tree.setRootIsDecorated(False)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, len(COLUMNS)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("checklists.carry.later"))
        self.confirm_button = QPushButton(tr("checklists.carry.none"))
        self.confirm_button.setProperty("role", "accent")
        self.confirm_button.setEnabled(False)
        self.buttons.addButton(self.confirm_button, QDialogButtonBox.ButtonRole.AcceptRole)

    def _build_layout(self) -> None:
        self.state_view = StateView(self._context, self.tree)
        column = tight(QVBoxLayout(self), 12)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.heading_label)
        column.addWidget(self.hint_label)
        column.addWidget(self.state_view, 1)
        column.addWidget(self.buttons)
        self.setStyleSheet(desk_style(self._context.theme))

    # --- public

    @property
    def chosen(self) -> tuple[AssessmentId, ...]:
        """The assessments that are ticked."""
        items = [item for row in range(self.tree.topLevelItemCount()) if (item := self.tree.topLevelItem(row))]
        return tuple(item.data(0, ASSESSMENT) for item in items if item.checkState(0) == Qt.CheckState.Checked)

    # --- asking

    def _ask(self) -> None:
        self.state_view.expect_content()
        label = self._context.i18n.tr("checklists.carry.looking")
        job = partial(_passengers, self._category, self._edition)
        self._context.work(self, job, self._on_known, self.state_view.show_error, label=label, cancellable=True)

    def _on_known(self, passengers: tuple[Passenger, ...]) -> None:
        self.passengers = passengers
        if not passengers:
            self.state_view.show_empty("checklists.carry.nobody", "checklists.carry.nobody_text", icon="assessment")
            return
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        blocked = self.tree.blockSignals(True)
        self.tree.clear()
        for one in passengers:
            counts = (one.carried, one.rechecks, one.new, one.archived)
            item = QTreeWidgetItem(self.tree, [one.site, one.edition, *(str(count) for count in counts)])
            item.setCheckState(0, Qt.CheckState.Checked)
            item.setData(0, ASSESSMENT, one.assessment)
            item.setToolTip(0, literal(one.site))
            for column in range(2, len(COLUMNS)):
                item.setTextAlignment(column, right)
        self.tree.blockSignals(blocked)
        self.state_view.show_content()
        self._count()

    def _count(self, _item: QTreeWidgetItem | None = None, _column: int = 0) -> None:
        count = len(self.chosen)
        tr = self._context.i18n.tr
        self.confirm_button.setEnabled(count > 0)
        self.confirm_button.setText(
            tr("checklists.carry.confirm", count=count) if count else tr("checklists.carry.none")
        )

    def _on_accepted(self) -> None:
        chosen = self.chosen
        everybody = len(chosen) == len(self.passengers)
        label = self._context.i18n.tr("checklists.carry.working")
        self.confirm_button.setEnabled(False)
        job = partial(_carry, self._category, self._edition, chosen, everybody=everybody)
        self._context.work(self, job, self._on_carried, self._on_refused, label=label)

    def _on_carried(self, assessments: tuple[AssessmentId, ...]) -> None:
        self.carried.emit(assessments)
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self._count()
        self._context.tasks.failed.emit(error)


def _passengers(category: str, edition: str, desk: Desk, progress: TaskProgress) -> tuple[Passenger, ...]:
    """Look at every running assessment of the category that is pinned to another edition."""
    workspace = desk.workspace
    rows = [
        row
        for row in desk.browsing.list_assessments(workspace)
        if row.category == category and row.stage is Stage.SCORING and row.edition != edition
    ]
    found: list[Passenger] = []
    for number, row in enumerate(rows, 1):
        try:
            shown = desk.carrying_over.preview_carry_over(workspace, row.id, edition)
        except UserError:  # a county's own edition takes only the sites of its districts
            continue
        before = shown.before.checklist
        counts = (len(shown.carried), len(shown.rechecks), len(shown.new), len(shown.archived))
        found.append(Passenger(row.id, row.site_name, f"{before.key} {before.edition}", *counts))
        progress.report(number, len(rows))
    return tuple(found)


def _carry(
    category: str,
    edition: str,
    chosen: tuple[AssessmentId, ...],
    desk: Desk,
    progress: TaskProgress,
    *,
    everybody: bool,
) -> tuple[AssessmentId, ...]:
    workspace, carrying = desk.workspace, desk.carrying_over
    if everybody:
        return carrying.carry_over_all(workspace, category, edition, report=progress.report)
    for number, assessment in enumerate(chosen, 1):
        carrying.carry_over(workspace, assessment, edition)
        progress.report(number, len(chosen))
    return chosen

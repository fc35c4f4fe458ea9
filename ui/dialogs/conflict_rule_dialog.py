"""Choose a rule by which many conflicts are settled, see what each would become, and let it be so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.context import Change
from ui.models import conflicts_reading
from ui.widgets.answer_editor import tight
from ui.widgets.plain import literal, plain_label
from wufei_cells.domain.conflicts import NAMING, Rule, RuleKind
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.models.conflicts_reading import RuleNames
    from wufei_cells.domain.conflicts import ConflictRow
    from wufei_cells.services.conflicts import RuleOutcome

SIZE = (820, 560)


class ConflictRuleDialog(QDialog):
    """Shows what a rule would make of each conflict before anything is written.

    Signals:
        settled: conflicts were settled.
    """

    settled = Signal()

    def __init__(self, context: AppContext, rows: tuple[ConflictRow, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._rows = rows
        self._names: RuleNames | None = None
        self.outcome: RuleOutcome | None = None
        self._build_widgets()
        self._build_layout()
        self.rule_box.currentIndexChanged.connect(self._on_rule)
        self.name_box.currentIndexChanged.connect(self._preview)
        self.buttons.accepted.connect(self.settle)
        self.buttons.rejected.connect(self.reject)
        self.resize(*SIZE)
        self._word()
        job = partial(conflicts_reading.names, rows, context.i18n.wording)
        context.ask(self, job, self._on_names, self._on_failed)

    # --- build

    def _build_widgets(self) -> None:
        self.intro_label = plain_label(wrap=True)
        self.rule_box, self.name_box = QComboBox(), QComboBox()
        self.warning_label = plain_label("problem", wrap=True)
        self.warning_label.hide()
        self.sum_label = plain_label("muted", wrap=True)
        self.table = QTableWidget(0, 2)
        self.table.setWordWrap(True)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.settle_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.settle_button.setProperty("role", "accent")
        self.settle_button.setEnabled(False)

    def _build_layout(self) -> None:
        choosing = tight(QHBoxLayout(), 8)
        choosing.addWidget(self.rule_box, 1)
        choosing.addWidget(self.name_box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.intro_label)
        column.addLayout(choosing)
        column.addWidget(self.warning_label)
        column.addWidget(self.table, 1)
        column.addWidget(self.sum_label)
        column.addWidget(self.buttons)

    def _word(self) -> None:
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("conflict.ui_rule_title"))
        self.intro_label.setText(tr("conflict.ui_rule_intro", count=len(self._rows)))
        self.rule_box.setAccessibleName(tr("conflict.ui_rule_title"))
        self.name_box.setAccessibleName(tr("conflict.ui_rule_name"))
        self.table.setAccessibleName(tr("conflict.ui_rule_preview"))
        self.table.setHorizontalHeaderLabels([tr("conflict.ui_rule_what"), tr("conflict.ui_rule_becomes")])
        self.settle_button.setText(tr("conflict.ui_rule_settle", count=0))
        blocked = self.rule_box.blockSignals(True)
        for kind in RuleKind:
            self.rule_box.addItem(tr(f"conflict.ui_rule.{kind.value}"), kind.value)
        self.rule_box.blockSignals(blocked)

    # --- public

    def rule(self) -> Rule:
        """Give the rule that is chosen."""
        kind = RuleKind(self.rule_box.currentData())
        return Rule(kind, self.name_box.currentText() if kind in NAMING else "")

    @Slot()
    def settle(self) -> None:
        """Settle what the rule can decide."""
        if not self.settle_button.isEnabled():
            return
        self.settle_button.setEnabled(False)
        job = partial(conflicts_reading.settle_by_rule, self._rows, self.rule(), self._context.i18n.wording)
        self._context.ask(self, job, self._on_settled, self._on_failed, durable=True)

    # --- slots

    def _on_names(self, names: RuleNames) -> None:
        self._names = names
        self._on_rule()

    @Slot()
    def _on_rule(self) -> None:
        kind = RuleKind(self.rule_box.currentData())
        blocked = self.name_box.blockSignals(True)
        self.name_box.clear()
        for name in self._names.names.get(kind, ()) if self._names else ():
            self.name_box.addItem(name)
        self.name_box.blockSignals(blocked)
        self.name_box.setVisible(kind in NAMING)
        self.warning_label.setText(self._context.i18n.tr("conflict.later_warning"))
        self.warning_label.setVisible(kind is RuleKind.LATER)
        self._preview()

    @Slot()
    def _preview(self) -> None:
        rule = self.rule()
        job = partial(conflicts_reading.preview, self._rows, rule, self._context.i18n.wording)
        self._context.ask(self, job, self._on_previewed, self._on_failed)

    def _on_previewed(self, outcome: RuleOutcome) -> None:
        if outcome.rule != self.rule():  # another one was chosen meanwhile
            return
        self.outcome = outcome
        tr = self._context.i18n.tr
        lines = [(one.told.title, _said(tr, one.outcome)) for one in outcome.settled]
        lines += [(one.title, tr("conflict.ui_rule_left")) for one in outcome.left]
        self.table.setRowCount(len(lines))
        for number, line in enumerate(lines):
            for column, text in enumerate(line):
                item = QTableWidgetItem(text)
                item.setToolTip(literal(text))
                self.table.setItem(number, column, item)
        self.sum_label.setText(tr("conflict.ui_rule_sum", settled=len(outcome.settled), left=len(outcome.left)))
        self.settle_button.setText(tr("conflict.ui_rule_settle", count=len(outcome.settled)))
        self.settle_button.setEnabled(bool(outcome.settled))

    def _on_settled(self, outcome: RuleOutcome) -> None:
        tr, events = self._context.i18n.tr, self._context.events
        self._context.notices.post(tr("conflict.ui_rule_done", count=len(outcome.settled)), "passed")
        for told in (one.told for one in outcome.settled):
            events.assessment_changed.emit(Change(told.row.assessment, self))
            events.site_changed.emit(Change(told.row.site, self))
        self.settled.emit()
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)
            return
        self.sum_label.setText(self._context.i18n.error(error))
        self.settle_button.setEnabled(False)


def _said(tr, value) -> str:
    points = tr("conflict.points", points=value.points) if value.points else ""
    return " · ".join(filter(None, (value.headline, points, value.note)))

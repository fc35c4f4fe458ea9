"""X-rays of the whole register: everything that does not agree, by weight and kind; each line leads to its place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.answer_editor import tight
from ui.widgets.checkup_list import CheckupList
from ui.widgets.desk_style import desk_style
from ui.widgets.hint_lines import LOOKS
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView
from wufei_cells.domain.checkups import Check, Weight

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.context import AppContext, Desk
    from ui.tasks import RunningTask, TaskProgress
    from wufei_cells.domain.checkups import Hint

SIZE = (820, 620)


class CheckupDialog(QDialog):
    """Checks the register and shows what was found; it stays open while the person looks at one thing after another.

    Signals:
        jump_requested: the person wants to see a place (site, assessment, item).
    """

    jump_requested = Signal(str, str, str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._task: RunningTask | None = None
        self.hints: Sequence[Hint] = ()
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.resize(*SIZE)
        self.retranslate()
        self.check()

    # --- build

    def _build_widgets(self) -> None:
        self.hint_label = plain_label("muted", wrap=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.cancel_button = QPushButton()
        self.chips = {weight: QPushButton() for weight in Weight}
        for weight, chip in self.chips.items():
            chip.setObjectName(weight.value)
            chip.setCheckable(True)
            chip.setChecked(True)
            chip.setProperty("role", "chip")
        self.kind_box = QComboBox()
        self.kind_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.list = CheckupList(self._context, self, with_sites=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.again_button = QPushButton()
        self.buttons.addButton(self.again_button, QDialogButtonBox.ButtonRole.ActionRole)

    def _build_layout(self) -> None:
        running = tight(QHBoxLayout())
        running.addWidget(self.progress, 1)
        running.addWidget(self.cancel_button)
        inside = QWidget()
        inner = tight(QVBoxLayout(inside), 8)
        filters = tight(QHBoxLayout(), 6)
        for chip in self.chips.values():
            filters.addWidget(chip)
        filters.addStretch(1)
        filters.addWidget(self.kind_box)
        inner.addLayout(filters)
        inner.addWidget(self.list, 1)
        self.state_view = StateView(self._context, inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.hint_label)
        column.addLayout(running)
        column.addWidget(self.state_view, 1)
        column.addWidget(self.buttons)
        self.setStyleSheet(desk_style(self._context.theme))

    def _connect_signals(self) -> None:
        for chip in self.chips.values():
            chip.toggled.connect(self._filter)
        self.kind_box.currentIndexChanged.connect(self._filter)
        self.cancel_button.clicked.connect(self._on_cancelled)
        self.again_button.clicked.connect(self.check)
        self.buttons.rejected.connect(self.reject)
        self.list.jump_requested.connect(self.jump_requested)
        self._context.events.language_changed.connect(self.retranslate)
        self._context.events.scheme_changed.connect(self._dress)

    # --- public

    @Slot()
    def check(self) -> None:
        """Check the register, anew if it was checked already."""
        if self._task is not None:
            return
        self._show_running(running=True)
        self.state_view.expect_content()
        label = self._context.i18n.tr("checkup.working")
        self._task = self._context.work(self, _check, self._on_checked, self._on_failed, label=label, cancellable=True)
        self._task.progressed.connect(self._on_progressed)

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("checkup.title"))
        self.hint_label.setText(tr("checkup.hint"))
        self.progress.setAccessibleName(tr("checkup.working"))
        self.cancel_button.setText(tr("checkup.cancel"))
        self.again_button.setText(tr("checkup.again"))
        self.kind_box.setAccessibleName(tr("checkup.kind"))
        self._word_filters()

    # --- slots

    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _on_checked(self, hints: Sequence[Hint]) -> None:
        self._task = None
        self.hints = hints
        self._show_running(running=False)
        self._word_filters()
        self._filter()

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        self._show_running(running=False)
        self.state_view.show_error(error)

    @Slot()
    def _on_cancelled(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._show_running(running=False)
        if self.hints:
            self._filter()
        else:
            self.state_view.show_empty("checkup.cancelled", "checkup.cancelled_text", icon="alert")

    @Slot()
    def _filter(self) -> None:
        if self._task is not None:
            return
        if not self.hints:
            self.state_view.show_empty("checkup.nothing", "checkup.nothing_text", icon="check")
            return
        self.state_view.show_content()
        kind = self.kind_box.currentData()
        weights = {weight for weight, chip in self.chips.items() if chip.isChecked()}
        shown = [hint for hint in self.hints if hint.weight in weights and kind in ("", None, hint.check.value)]
        self.list.show_hints(shown, empty="checkup.filtered")

    @Slot()
    def _dress(self) -> None:
        self.setStyleSheet(desk_style(self._context.theme))
        self._word_filters()

    # --- parts

    def _show_running(self, *, running: bool) -> None:
        self.progress.setVisible(running)
        self.cancel_button.setVisible(running)
        self.again_button.setEnabled(not running)
        self.progress.setRange(0, 0)

    def _word_filters(self) -> None:
        tr = self._context.i18n.tr
        weights = Counter(hint.weight for hint in self.hints)
        for weight, chip in self.chips.items():
            chip.setText(f"{tr(f'weight.{weight.value}')} {weights[weight]}")
            chip.setIcon(self._context.theme.icon(*LOOKS[weight]))
            chip.setVisible(weights[weight] > 0)
        kinds = Counter(hint.check for hint in self.hints)
        chosen = self.kind_box.currentData()
        blocked = self.kind_box.blockSignals(True)
        self.kind_box.clear()
        self.kind_box.addItem(tr("checkup.all_kinds", count=len(self.hints)), "")
        for check in Check:
            if kinds[check]:
                self.kind_box.addItem(f"{tr(f'check.{check.value}')}  {kinds[check]}", check.value)
        self.kind_box.setCurrentIndex(max(self.kind_box.findData(chosen), 0))
        self.kind_box.blockSignals(blocked)


def _check(desk: Desk, progress: TaskProgress) -> Sequence[Hint]:
    return desk.checkups.of_register(desk.workspace, progress.report)


def show_checkup(
    context: AppContext,
    parent: QWidget,
    to_site: Callable[[str], object],
    to_assessment: Callable[[str, str], object],
) -> CheckupDialog:
    """Check the whole register beside the window; a line leads to its item, or to the site where there is no file."""

    def jump(site: str, assessment: str, item: str) -> None:
        if assessment:
            to_assessment(assessment, item)
        else:
            to_site(site)

    dialog = CheckupDialog(context, parent)
    dialog.jump_requested.connect(jump)
    dialog.show()
    return dialog

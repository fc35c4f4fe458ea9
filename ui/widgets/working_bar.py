"""How far a job is, with a button that stops it: for dialogs that cover the notice bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.tasks import RunningTask


class WorkingBar(QWidget):
    """Shows the job under way; hidden while there is none.

    Signals:
        changed: a job has begun or is over.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._task: RunningTask | None = None
        self.label = plain_label("muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.cancel_button = QPushButton(context.i18n.tr("ui.cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label)
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel_button)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._task is not None

    @property
    def cancelled(self) -> bool:
        """Whether the job under way is being stopped."""
        return self._task is not None and self._task.cancelled

    def begin(self, task: RunningTask) -> None:
        """Show a job until it is over; whoever began it still hears of its result."""
        self._task = task
        self.label.setText(task.label)
        self.progress.setAccessibleName(task.label)
        self.progress.setRange(0, 0)
        self.cancel_button.setEnabled(True)
        task.progressed.connect(self._on_progressed)
        task.finished.connect(self._on_finished)
        self.show()
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Stop the job; it is over when it has noticed."""
        if self._task is not None:
            self._task.cancel()
            self.label.setText(self._context.i18n.tr("site_list.ui_stopping"))
            self.cancel_button.setEnabled(False)

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    @Slot()
    def _on_finished(self) -> None:
        self._task = None
        self.hide()
        self.changed.emit()

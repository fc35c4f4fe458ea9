"""The line at the bottom: what happened, how to take it back, and what is being worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.context import AppContext, Notice
    from ui.tasks import RunningTask

TONE_ICONS = {
    "information": "information",
    "passed": "check",
    "attention": "alert",
    "failed": "failed",
    "conflict": "conflict",
}


class NoticeBar(QFrame):
    """Shows the last notice and the running work."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._notice: Notice | None = None
        self._task: RunningTask | None = None
        self.setProperty("role", "bar")
        self._build_widgets()
        self._build_layout()
        context.notices.posted.connect(self.show_notice)
        context.notices.withdrawn.connect(self.withdraw)
        context.tasks.lasting.connect(self.show_task)
        context.events.language_changed.connect(self._on_language_changed)
        context.events.scheme_changed.connect(self.retranslate)
        self.retranslate()
        self._show_parts()

    # --- build

    def _build_widgets(self) -> None:
        self._icon = plain_label()
        self.text_label = plain_label(wrap=True, selectable=True)
        self.text_label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.undo_button = QPushButton()
        self.undo_button.setProperty("role", "flat")
        self.undo_button.clicked.connect(self._undo)
        self.open_button = QPushButton()
        self.open_button.setProperty("role", "flat")
        self.open_button.clicked.connect(self._open)
        self.close_button = QToolButton()
        self.close_button.setProperty("role", "flat")
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.clicked.connect(self.clear)
        self._task_label = plain_label("muted")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(140)
        self.cancel_button = QToolButton()
        self.cancel_button.setProperty("role", "flat")
        self.cancel_button.setIconSize(QSize(16, 16))
        self.cancel_button.clicked.connect(self._cancel)

    def _build_layout(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.text_label, 1)
        for button in (self.undo_button, self.open_button, self.close_button):
            row.addWidget(button)
        for widget in (self._task_label, self._progress, self.cancel_button):
            row.addWidget(widget)
        self.setMinimumHeight(44)

    # --- public

    @property
    def notice(self) -> Notice | None:
        """What is shown."""
        return self._notice

    @property
    def task_text(self) -> str:
        """What is being worked on, or nothing."""
        return self._task.label if self._task else ""

    @Slot(object)
    def show_notice(self, notice: Notice) -> None:
        """Show a notice in place of the last one."""
        self._notice = notice
        self.text_label.setText(notice.text)
        self.setAccessibleName(notice.text)
        self._show_parts()

    @Slot(str)
    def withdraw(self, text: str) -> None:
        """Show no notice if it is this one."""
        if self._notice is not None and self._notice.text == text:
            self.clear()

    @Slot()
    def clear(self) -> None:
        """Show no notice."""
        self._notice = None
        self.text_label.clear()
        self._show_parts()

    @Slot(object)
    def show_task(self, task: RunningTask) -> None:
        """Show work that takes its time; the newest when there are several."""
        self._task = task
        self._task_label.setText(task.label)
        self._progress.setRange(0, 0)
        self._progress.setAccessibleName(task.label)
        task.progressed.connect(self._on_progressed)
        task.finished.connect(self._on_finished)
        self._show_parts()

    @Slot()
    def retranslate(self) -> None:
        """Write the buttons anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        self.undo_button.setText(tr("ui.undo"))
        self.undo_button.setIcon(theme.icon("undo"))
        self.open_button.setText(tr("ui.open"))
        self.open_button.setIcon(theme.icon("open"))
        for button, key in ((self.close_button, "ui.dismiss"), (self.cancel_button, "ui.cancel")):
            button.setIcon(theme.icon("close"))
            button.setToolTip(tr(key))
            button.setAccessibleName(tr(key))
        self._show_parts()

    # --- slots

    @Slot()
    def _on_language_changed(self) -> None:
        """Take away what was said in another language, unless there is something to take back or to open."""
        self.retranslate()
        if self._notice is not None and self._notice.undo is None and self._notice.opens is None:
            self.clear()

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        if self.sender() is self._task:
            self._progress.setRange(0, total)
            self._progress.setValue(done)

    @Slot()
    def _on_finished(self) -> None:
        if self.sender() is self._task:
            self._task = None
            self._show_parts()

    @Slot()
    def _undo(self) -> None:
        undo = self._notice.undo if self._notice else None
        self.clear()
        if undo is not None:
            undo()

    @Slot()
    def _open(self) -> None:
        if self._notice is not None and self._notice.opens is not None:
            self._notice.opens()

    @Slot()
    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self._show_parts()

    def _show_parts(self) -> None:
        notice, task = self._notice, self._task
        if notice:
            icon = TONE_ICONS.get(notice.tone, "information")
            self._icon.setPixmap(self._context.theme.pixmap(icon, notice.tone, 20, self.devicePixelRatioF()))
        self._icon.setVisible(notice is not None)
        self.undo_button.setVisible(notice is not None and notice.undo is not None)
        self.open_button.setVisible(notice is not None and notice.opens is not None)
        self.close_button.setVisible(notice is not None)
        for widget in (self._task_label, self._progress):
            widget.setVisible(task is not None)
        self.cancel_button.setVisible(task is not None and task.cancellable)

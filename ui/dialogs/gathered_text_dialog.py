"""Shows a text that is gathered in the background, to be read before it is copied or saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.dialogs.paper_writing import PaperWriting
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress

    Gather = Callable[[Desk, TaskProgress], str]

SIZE = (820, 560)


class GatheredTextDialog(QDialog):
    """Shows what a job gathers; leaves with it only when a person copies or saves it."""

    def __init__(self, context: AppContext, title: str, running: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(context.i18n.tr(title))
        self._context = context
        self._running = running
        self._writing = PaperWriting(context, self)
        self._build_widgets(context, title, running)
        self._build_layout()
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._save)
        self._buttons.rejected.connect(self.reject)

    # --- build

    def _build_widgets(self, context: AppContext, title: str, running: str) -> None:
        tr, theme = context.i18n.tr, context.theme
        self.heading_label = plain_label("muted", wrap=True)
        self.heading_label.setText(tr(running))
        self.text_edit = QPlainTextEdit()
        self.text_edit.setReadOnly(True)
        self.text_edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.text_edit.setAccessibleName(tr(title))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = QPushButton(theme.icon("copy"), tr("support.copy"))
        self.save_button = QPushButton(theme.icon("save"), tr("support.save"))
        for button in (self.copy_button, self.save_button):
            button.setEnabled(False)
            self._buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.heading_label)
        column.addWidget(self.text_edit, 1)
        column.addWidget(self._buttons)
        self.resize(*SIZE)

    # --- public

    def gather(self, job: Gather, heading: str) -> None:
        """Start gathering; what comes is shown under the heading."""
        label = self._context.i18n.tr(self._running)
        self._context.work(self, job, partial(self._on_gathered, heading), label=label)

    # --- slots

    def _on_gathered(self, heading: str, text: str) -> None:
        self.heading_label.setText(self._context.i18n.tr(heading))
        self.text_edit.setPlainText(text)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(True)
        self.copy_button.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text_edit.toPlainText())
        self.heading_label.setText(self._context.i18n.tr("support.copied"))

    @Slot()
    def _save(self) -> None:
        content = self.text_edit.toPlainText().encode()
        self._writing.save(self._context.i18n.tr("support.file_name"), ".txt", partial(_ready, content))


def _ready(content: bytes, _desk: Desk, _progress: TaskProgress) -> bytes:
    return content

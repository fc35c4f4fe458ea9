"""The one window for what nobody expected: says what is safe, and lets the details be copied."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from pathlib import Path

    from ui.i18n import I18n


class CrashDialog(QDialog):
    """Shows an unexpected exception."""

    def __init__(self, i18n: I18n, error: BaseException, report: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(i18n.tr("frame.crash.title"))
        self.resize(640, 420)
        self.said_label = plain_label(wrap=True, selectable=True)
        self.said_label.setText(_sentence(i18n, report))
        self.details_edit = QPlainTextEdit("".join(traceback.format_exception(error)))
        self.details_edit.setReadOnly(True)
        self.details_edit.setAccessibleName(i18n.tr("frame.crash.details"))
        buttons = QDialogButtonBox()
        self.copy_button = QPushButton(i18n.tr("ui.copy_details"))
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        close_button = buttons.addButton(QDialogButtonBox.StandardButton.Close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for widget in (self.said_label, self.details_edit, buttons):
            column.addWidget(widget)
        self.copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        close_button.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details_edit.toPlainText())


def _sentence(i18n: I18n, report: Path | None) -> str:
    said = i18n.tr("support.crash_text")
    return f"{said}\n{i18n.tr('support.crash_file', path=str(report))}" if report else said

"""Asks once before something that cannot be undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from ui.widgets.fitting import fit_to_words
from ui.widgets.plain import plain_label

WIDTH = 460


class QuestionDialog(QDialog):
    """Says what a step does; its one accented button takes it, anything else leaves everything as it is."""

    def __init__(self, title: str, text: str, button: str, parent: QWidget | None = None) -> None:
        """Build the dialog from worded sentences."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.text_label = plain_label(wrap=True)
        self.text_label.setText(text)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.confirm_button = QPushButton(button)
        self.confirm_button.setProperty("role", "accent")
        self.buttons.addButton(self.confirm_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.text_label)
        column.addWidget(self.buttons)
        self.setMinimumWidth(WIDTH)
        fit_to_words(self, WIDTH)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.confirm_button.setFocus()

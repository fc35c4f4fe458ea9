"""Asks for the reason of a step that has to give one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.widgets.fitting import fit_to_words

if TYPE_CHECKING:
    from ui.context import AppContext

WIDTH = 480


class ReasonDialog(QDialog):
    """Explains a step and takes its reason; without one there is nothing to confirm.

    Signals:
        reason_given: the step is to be taken (the reason).
    """

    reason_given = Signal(str)

    def __init__(self, context: AppContext, step: str, site: str, parent: QWidget | None = None) -> None:
        """Build the dialog from the words under ``desk.<step>_title``, ``_text`` and ``_button``."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._step = step
        self._site = site
        self.text_label = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.reason_edit = QPlainTextEdit()
        self.reason_edit.setTabChangesFocus(True)
        self.reason_edit.setFixedHeight(96)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.confirm_button = QPushButton()
        self.confirm_button.setProperty("role", "accent")
        self.buttons.addButton(self.confirm_button, QDialogButtonBox.ButtonRole.AcceptRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        for widget in (self.text_label, self.reason_edit, self.buttons):
            column.addWidget(widget)
        self.setMinimumWidth(WIDTH)
        self.reason_edit.textChanged.connect(self._on_text_changed)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        context.events.language_changed.connect(self.retranslate)
        self.retranslate()
        self._on_text_changed()
        self.reason_edit.setFocus()

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self.setWindowTitle(tr(f"desk.{self._step}_title"))
        self.text_label.setText(tr(f"desk.{self._step}_text", site=self._site))
        self.reason_edit.setAccessibleName(tr("desk.reason"))
        self.reason_edit.setPlaceholderText(tr("desk.reason"))
        self.confirm_button.setText(tr(f"desk.{self._step}_button"))
        fit_to_words(self, WIDTH)

    def _on_text_changed(self) -> None:
        self.confirm_button.setEnabled(bool(self.reason_edit.toPlainText().strip()))

    def _on_accepted(self) -> None:
        self.reason_given.emit(self.reason_edit.toPlainText().strip())
        self.accept()

"""Tells of each that was left out, and why; to be read and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from ui.widgets.plain import plain_label
from ui.widgets.refusal_list import RefusalList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext

SIZE = (720, 400)


class RefusalsDialog(QDialog):
    """Lists names with sentences."""

    def __init__(
        self,
        context: AppContext,
        title: str,
        heading: str,
        lines: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        heading_label = plain_label("section", wrap=True)
        heading_label.setText(heading)
        self.refusals = RefusalList(context)
        self.refusals.show_lines(lines)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton(context.theme.icon("copy"), context.i18n.tr("certificates.copy"))
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(heading_label)
        column.addWidget(self.refusals, 1)
        column.addWidget(buttons)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        self.resize(*SIZE)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.refusals.text())

"""A certificate as it prints, with the buttons that make it larger and smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.pdf_view import PdfView
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.context import AppContext


class CertificatePreview(QWidget):
    """Shows a PDF, or in its place a sentence that says why there is none."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.title_label = ElidedLabel("section")
        self.below_label = ElidedLabel("muted")
        self.buttons = {name: QToolButton(self) for name in ("zoom_out", "zoom_in", "fit")}
        self.pdf_view = PdfView(context.tasks, context.theme, self)
        self.message_label = plain_label("muted", wrap=True)
        self.message_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.message_label)
        self.stack.addWidget(self.pdf_view)
        head = tight(QHBoxLayout())
        titles = tight(QVBoxLayout(), 0)
        titles.addWidget(self.title_label)
        titles.addWidget(self.below_label)
        head.addLayout(titles, 1)
        for button in self.buttons.values():
            button.setProperty("role", "flat")
            head.addWidget(button)
        column = tight(QVBoxLayout(self))
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self.buttons["zoom_out"].clicked.connect(self.pdf_view.zoom_out)
        self.buttons["zoom_in"].clicked.connect(self.pdf_view.zoom_in)
        self.buttons["fit"].clicked.connect(self.pdf_view.fit_width)
        self.show_message("")

    # --- public

    def show_message(self, message: str, title: str = "") -> None:
        """Show a sentence in place of a document."""
        self._show_title(title)
        self.message_label.setText(message)
        self.stack.setCurrentWidget(self.message_label)
        for button in self.buttons.values():
            button.setEnabled(False)

    def show_pdf(self, content: bytes, title: str, below: str = "") -> None:
        """Show a document under a title, and a line below it."""
        self._show_title(title, below)
        self.pdf_view.setAccessibleName(f"{title} {below}".strip())
        self.pdf_view.show_pdf(content)
        self.stack.setCurrentWidget(self.pdf_view)
        for button in self.buttons.values():
            button.setEnabled(True)

    def _show_title(self, title: str, below: str = "") -> None:
        self.title_label.setText(title)
        self.below_label.setText(below)
        self.below_label.setVisible(bool(below))

    @property
    def showing_pdf(self) -> bool:
        """Whether a document is in view."""
        return self.stack.currentWidget() is self.pdf_view

    def retranslate(self) -> None:
        """Name the buttons again and draw their icons."""
        theme, tr = self._context.theme, self._context.i18n.tr
        for name, button in self.buttons.items():
            button.setToolTip(tr(f"certificates.{name}"))
            button.setAccessibleName(tr(f"certificates.{name}"))
        self.buttons["zoom_out"].setIcon(theme.icon("zoom_out"))
        self.buttons["zoom_in"].setIcon(theme.icon("zoom_in"))
        self.buttons["fit"].setText(tr("certificates.fit"))

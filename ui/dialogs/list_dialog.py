"""A list of names: as PDF, as text, or straight into the clipboard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from ui.dialogs.paper_writing import PaperWriting
from ui.widgets.fitting import fit_to_words
from ui.widgets.plain import plain_label
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress
    from wufei_cells.services.printing_lists import ListRequest

WIDTH = 480


class ListDialog(QDialog):
    """Offers one list of names in the forms it can have."""

    def __init__(
        self,
        context: AppContext,
        writing: PaperWriting,
        wanted: ListRequest,
        heading: str,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog; ``name`` is proposed for the file."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._context, self._writing, self._wanted, self._name = context, writing, wanted, name
        tr = context.i18n.tr
        self.setWindowTitle(tr("certificates.list_title"))
        heading_label = plain_label("section", wrap=True)
        heading_label.setText(heading)
        hint = plain_label("muted", wrap=True)
        hint.setText(tr("certificates.list_hint"))
        self.refused_label = plain_label("problem", wrap=True)
        self.refused_label.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.pdf_button = QPushButton(context.theme.icon("pdf"), tr("certificates.list_pdf"))
        self.text_button = QPushButton(context.theme.icon("save"), tr("certificates.list_text"))
        self.copy_button = QPushButton(context.theme.icon("copy"), tr("certificates.copy"))
        for button in (self.pdf_button, self.text_button, self.copy_button):
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        for widget in (heading_label, hint, self.refused_label, self.buttons):
            column.addWidget(widget)
        self.pdf_button.clicked.connect(self._save_pdf)
        self.text_button.clicked.connect(self._save_text)
        self.copy_button.clicked.connect(self._copy)
        self.buttons.rejected.connect(self.reject)
        fit_to_words(self, WIDTH)

    def _save_pdf(self) -> None:
        job = partial(_pdf, self._wanted, self._context)
        self._writing.save(self._name, ".pdf", job)
        self.accept()

    def _save_text(self) -> None:
        self._writing.save(self._name, ".txt", partial(_text_file, self._wanted, self._context))
        self.accept()

    def _copy(self) -> None:
        self._context.ask(self, partial(_text, self._wanted, self._context), self._on_text, self._on_refused)

    def _on_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._context.notices.post(self._context.i18n.tr("certificates.copied"), "passed")
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, WufeiError):
            self.refused_label.setText(self._context.i18n.error(error))
            self.refused_label.show()
            fit_to_words(self, WIDTH)
        else:
            self._context.tasks.failed.emit(error)


# --- in the worker thread


def _pdf(wanted: ListRequest, context: AppContext, desk: Desk, _progress: TaskProgress) -> bytes:
    data = desk.printing_lists.name_list(desk.workspace, wanted)
    return desk.printing_lists.name_list_pdf(data, context.document_fonts(), context.i18n.wording)


def _text_file(wanted: ListRequest, context: AppContext, desk: Desk, _progress: TaskProgress) -> bytes:
    return _text(wanted, context, desk).encode()


def _text(wanted: ListRequest, context: AppContext, desk: Desk) -> str:
    data = desk.printing_lists.name_list(desk.workspace, wanted)
    return desk.printing_lists.name_list_text(data, context.i18n.wording)

"""Asks where to save a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from ui.context import AppContext

FOLDER = "files/folder"


class SaveDialog(QFileDialog):
    """Proposes a name in the folder that was used last.

    Signals:
        path_chosen: the person chose a place (Path).
    """

    path_chosen = Signal(object)

    def __init__(self, context: AppContext, name: str, parent: QWidget | None = None) -> None:
        """Build the dialog for a file of this name; its ending says what kind of file it is."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = context.preferences.text(FOLDER, documents)
        suffix = Path(name).suffix
        super().__init__(parent, context.i18n.tr("desk.save_title"), folder, f"*{suffix}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setDefaultSuffix(suffix.removeprefix("."))
        self.selectFile(name)
        self.fileSelected.connect(self._on_file_selected)

    def _on_file_selected(self, file: str) -> None:
        path = Path(file)
        self._context.preferences.remember(FOLDER, str(path.parent))
        self.path_chosen.emit(path)

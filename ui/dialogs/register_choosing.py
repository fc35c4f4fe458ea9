"""Ask for the folder of another register; the window then works on that one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext


def choose_register(context: AppContext, parent: QWidget) -> QFileDialog:
    """Show the folders there are; what is chosen is told by ``events.register_wanted``."""
    dialog = QFileDialog(parent, context.i18n.tr("settings.open_other"), str(context.data_folder.parent))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: context.events.register_wanted.emit(Path(name)))
    dialog.open()
    return dialog

"""Writes papers of the office in the background: asks where to, says where the file is, and offers to open it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ui.dialogs.save_dialog import SaveDialog
from wufei_cells.services.saving import file_name, save_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress

    Rendering = Callable[[Desk, TaskProgress], bytes]


class PaperWriting(QObject):
    """Saves one paper after the other.

    Signals:
        began: a place was chosen, and the paper is being written.
    """

    began = Signal()

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self._rendering: Rendering | None = None

    def save(self, name: str, ending: str, rendering: Rendering, parent: QWidget | None = None) -> None:
        """Ask where to, and write what ``rendering`` gives there."""
        self._rendering = rendering
        dialog = SaveDialog(self._context, f"{file_name(name)}{ending}", parent or self._window)
        dialog.path_chosen.connect(self._on_path_chosen)
        dialog.open()

    def _on_path_chosen(self, path: Path) -> None:
        if self._rendering is not None:
            job = partial(_write, self._rendering, path)
            label = self._context.i18n.tr("certificates.writing")
            self._context.work(self, job, self._on_written, label=label, cancellable=True)
            self.began.emit()

    def _on_written(self, path: Path) -> None:
        sentence = self._context.i18n.tr("certificates.written", path=str(path))
        self._context.notices.post(sentence, "passed", opens=partial(open_file, self._context, path))


def open_file(context: AppContext, path: Path) -> None:
    """Open a file or folder in the machine's own program for it."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        context.notices.post(context.i18n.tr("certificates.no_program", path=str(path)), "attention")


def _write(render: Rendering, path: Path, desk: Desk, progress: TaskProgress) -> Path:
    return save_file(path, render(desk, progress))

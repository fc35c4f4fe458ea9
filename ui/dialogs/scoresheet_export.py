"""Writes the scoresheets of several assessments into a folder, in the background."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.dialogs.paper_writing import open_file
from ui.dialogs.save_dialog import FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress
    from wufei_cells.wording import Wording


class ScoresheetExport(QObject):
    """Asks for a folder and fills it."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self._assessments: tuple[str, ...] = ()

    def export(self, assessments: Sequence[str]) -> None:
        """Ask where to, and write the scoresheets of these assessments there."""
        self._assessments = tuple(assessments)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = self._context.preferences.text(FOLDER, documents)
        dialog = QFileDialog(self._window, self._context.i18n.tr("import.export_where"), folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.write_into)
        dialog.open()

    def write_into(self, folder: str) -> None:
        """Write into a folder."""
        self._context.preferences.remember(FOLDER, folder)
        i18n = self._context.i18n
        job = partial(_write, self._assessments, Path(folder), i18n.wording)
        label = i18n.tr("import.exporting")
        self._context.work(self, job, partial(self._on_written, folder), label=label, cancellable=True)

    def _on_written(self, folder: str, files: list[Path]) -> None:
        sentence = self._context.i18n.tr("import.exported", count=len(files), folder=folder)
        self._context.notices.post(sentence, "passed", opens=partial(open_file, self._context, Path(folder)))


def _write(
    assessments: tuple[str, ...], folder: Path, wording: Wording, desk: Desk, progress: TaskProgress
) -> list[Path]:
    return desk.exporting.save_scoresheets(desk.workspace, assessments, folder, wording, progress=progress.report)

"""Fills an office's own workbook in with an assessment, and writes a workbook from which an office begins its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.dialogs.paper_writing import open_file
from ui.dialogs.problems_dialog import ProblemsDialog
from ui.dialogs.save_dialog import FOLDER, SaveDialog
from wufei_cells.errors import EnvironmentFault, ProblemsFound, why
from wufei_cells.services.saving import file_name, save_file

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress
    from wufei_cells.wording import Wording

TEMPLATE = "files/form_template"
"""Where the preferences keep the workbook that was filled in last."""
KINDS = "*.xlsx *.xltx"


class TemplateFilling(QObject):
    """Asks for the workbook and for a place, works in the background, and offers to open what was written."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self._assessment = self._site = ""
        self._content = b""
        self.template_dialog: QFileDialog | None = None

    # --- public

    def fill(self, assessment: str, site: str) -> None:
        """Ask which workbook is to be filled in with an assessment; the last one is proposed."""
        self._assessment, self._site = assessment, site
        tr, last = self._context.i18n.tr, self._context.preferences.text(TEMPLATE)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = str(Path(last).parent) if last else self._context.preferences.text(FOLDER, documents)
        dialog = QFileDialog(self._window, tr("desk.template_choose"), folder, f"{tr('desk.template_kind')} ({KINDS})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if last:
            dialog.selectFile(last)
        dialog.fileSelected.connect(self._on_template)
        self.template_dialog = dialog
        dialog.open()

    def starter(self, edition: str, title: str) -> None:
        """Ask where to, and write a workbook with all placeholders of an edition."""
        job = partial(_starter, edition, self._context.i18n.wording)
        self._work(job, self._context.i18n.tr("desk.template_starter_name", title=title))

    # --- slots

    def _on_template(self, file: str) -> None:
        path = Path(file)
        self._context.preferences.remember(TEMPLATE, str(path))
        job = partial(_filled, self._assessment, path, self._context.i18n.wording)
        self._work(job, self._context.i18n.tr("desk.template_name", site=self._site, template=path.stem), path.name)

    def _on_made(self, name: str, content: bytes) -> None:
        self._content = content
        dialog = SaveDialog(self._context, f"{file_name(name)}.xlsx", self._window)
        dialog.path_chosen.connect(self._on_path_chosen)
        dialog.open()

    def _on_failed(self, template: str, error: Exception) -> None:
        if isinstance(error, ProblemsFound):
            ProblemsDialog(self._context, template, error, self._window).open()
        else:
            self._context.tasks.failed.emit(error)

    def _on_path_chosen(self, path: Path) -> None:
        label = self._context.i18n.tr("desk.template_working")
        self._context.work(self, partial(_save, path, self._content), self._on_written, label=label)

    def _on_written(self, path: Path) -> None:
        sentence = self._context.i18n.tr("desk.template_written", path=str(path))
        self._context.notices.post(sentence, "passed", opens=partial(open_file, self._context, path))

    # --- the rest

    def _work(self, job: partial[bytes], name: str, template: str = "") -> None:
        label = self._context.i18n.tr("desk.template_working")
        failed = partial(self._on_failed, template)
        self._context.work(self, job, partial(self._on_made, name), failed, label=label)


# --- in the worker thread


def _filled(assessment: str, path: Path, wording: Wording, desk: Desk, _progress: TaskProgress) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EnvironmentFault("file.not_readable", path=str(path), detail=why(error)) from error
    return desk.filling_templates.fill(desk.workspace, assessment, content, path.name, wording)


def _starter(edition: str, wording: Wording, desk: Desk, _progress: TaskProgress) -> bytes:
    checklist = desk.browsing.checklist(desk.workspace, edition)
    return desk.filling_templates.starter_template(checklist, wording)


def _save(path: Path, content: bytes, _desk: Desk, _progress: TaskProgress) -> Path:
    return save_file(path, content)

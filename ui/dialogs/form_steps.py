"""What is done with papers: the form to fill in by pen, the sheet as it stands, the office's own workbook."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ui.dialogs.save_dialog import SaveDialog
from ui.dialogs.template_filling import TemplateFilling
from wufei_cells.services.saving import file_name, save_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.context import AppContext, Desk
    from ui.models.scoring_session import ScoringSession
    from ui.tasks import TaskProgress
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.wording import Wording

    Rendering = Callable[[Desk], bytes]


class FormSteps(QObject):
    """Asks where to, writes the paper in the background, and offers to open it."""

    def __init__(self, context: AppContext, session: ScoringSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._session = session
        self._window = parent
        self._rendering: Rendering | None = None
        self.filling = TemplateFilling(context, parent)

    # --- public

    def print_blank(self) -> None:
        """Write the form of this site to fill in by pen, after the edition of the assessment on the desk."""
        row = self._session.assessment
        if row is not None:
            rendering = partial(_blank, row.site, row.edition, *self._paper())
            self._ask("form.ui_blank_name", row.site_name, rendering)

    def print_filled(self) -> None:
        """Write the assessment on the desk as it stands; what was typed last is stored before."""
        row = self._session.assessment
        if row is not None:
            self._session.flush()
            self._ask("form.ui_filled_name", row.site_name, partial(_filled, row.id, *self._paper()))

    def fill_template(self) -> None:
        """Fill the office's own workbook in with the assessment on the desk; what was typed last is stored before."""
        row = self._session.assessment
        if row is not None:
            self._session.flush()
            self.filling.fill(row.id, row.site_name)

    def starter_template(self) -> None:
        """Write a workbook with all placeholders of the checklist on the desk."""
        row, sheet = self._session.assessment, self._session.sheet
        if row is not None and sheet is not None:
            self.filling.starter(row.edition, self._context.i18n.text(sheet.checklist.title))

    # --- slots

    def _on_path_chosen(self, path: Path) -> None:
        if self._rendering is not None:
            label = self._context.i18n.tr("form.ui_printing")
            self._context.work(self, partial(_write, self._rendering, path), self._on_written, label=label)

    def _on_written(self, path: Path) -> None:
        sentence = self._context.i18n.tr("form.ui_saved", path=str(path))
        self._context.notices.post(sentence, "passed", opens=partial(_open, self._context, path))

    # --- the rest

    def _ask(self, name_key: str, site: str, rendering: Rendering) -> None:
        self._rendering = rendering
        name = file_name(self._context.i18n.tr(name_key, site=site))
        dialog = SaveDialog(self._context, f"{name}.pdf", self._window)
        dialog.path_chosen.connect(self._on_path_chosen)
        dialog.open()

    def _paper(self) -> tuple[Callable[[], DocumentFonts], Wording]:
        return self._context.document_fonts, self._context.i18n.wording


def _open(context: AppContext, path: Path) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        context.notices.post(context.i18n.tr("form.ui_no_reader", path=str(path)), "attention")


# --- in the worker thread


def _blank(site: str, edition: str, fonts: Callable[[], DocumentFonts], wording: Wording, desk: Desk) -> bytes:
    return desk.printing_forms.blank_form(desk.workspace, fonts(), wording, site=site, edition=edition)


def _filled(assessment: str, fonts: Callable[[], DocumentFonts], wording: Wording, desk: Desk) -> bytes:
    return desk.printing_forms.filled_form(desk.workspace, assessment, fonts(), wording)


def _write(render: Rendering, path: Path, desk: Desk, _progress: TaskProgress) -> Path:
    return save_file(path, render(desk))

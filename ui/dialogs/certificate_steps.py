"""What is done with certificates: issue, open, save, print."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ui.context import Change
from ui.dialogs.issue_dialog import IssueDialog
from ui.dialogs.save_dialog import SaveDialog
from ui.models.issue_draft import load_drafts
from ui.widgets.pdf_view import print_pages
from wufei_cells.errors import WufeiError
from wufei_cells.services.saving import file_name, save_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk
    from ui.models.issue_draft import IssueDraft
    from ui.tasks import TaskProgress
    from wufei_cells.domain.register import AssessmentRow, CertificateRow
    from wufei_cells.services.papers import Press

FOLDER = "wufei-cells-"


class CertificateSteps(QObject):
    """Asks what has to be asked and does it in the background.

    Signals:
        issued: certificates were issued (tuple of CertificateRow).
    """

    issued = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self._rows: tuple[AssessmentRow, ...] = ()
        self._wanted: tuple[CertificateRow, ...] = ()
        self._printer: QPrinter | None = None

    # --- public

    def issue(self, rows: tuple[AssessmentRow, ...]) -> None:
        """Show what issuing these will do, and ask."""
        if rows:
            self._context.ask(self, partial(load_drafts, rows), self._on_drafts)

    def render(self, rows: tuple[CertificateRow, ...], done: Callable[[bytes], object]) -> None:
        """Draw certificates into one document, a page each."""
        self._context.ask(self, self._rendering(rows), done)

    def open(self, rows: tuple[CertificateRow, ...]) -> None:
        """Open a document with these certificates in the machine's PDF reader."""
        if rows:
            folder = Path(tempfile.mkdtemp(prefix=FOLDER))  # nobody else can look into it
            self._write(rows, folder / self._name(rows), self._on_written_to_open)

    def save(self, rows: tuple[CertificateRow, ...]) -> None:
        """Ask where to and write a document with these certificates."""
        if rows:
            self._wanted = rows
            dialog = SaveDialog(self._context, self._name(rows), self._window)
            dialog.path_chosen.connect(self._on_path_chosen)
            dialog.open()

    def print(self, rows: tuple[CertificateRow, ...]) -> None:
        """Ask for the printer and print these certificates, a page each."""
        if rows:
            self._wanted = rows
            self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            self._printer.setDocName(self._name(rows))
            dialog = QPrintDialog(self._printer, self._window)
            dialog.accepted.connect(self._on_printer_chosen)
            dialog.finished.connect(dialog.deleteLater)
            dialog.setWindowModality(Qt.WindowModality.WindowModal)
            dialog.show()  # open() of a print dialog wants another signature

    # --- slots: issue

    def _on_drafts(self, drafts: tuple[IssueDraft, ...]) -> None:
        self._rows = tuple(draft.row for draft in drafts)
        dialog = IssueDialog(self._context, drafts, self._window)
        dialog.issue_confirmed.connect(self._on_confirmed)
        dialog.open()

    def _on_confirmed(self, day: date, document: str) -> None:
        job = partial(_issue, self._rows, day, document, self._context.press)
        self._context.work(self, job, self._on_issued, label=self._context.i18n.tr("certificates.issuing"))

    def _on_issued(self, outcome: tuple[tuple[CertificateRow, ...], tuple[WufeiError, ...]]) -> None:
        certificates, errors = outcome
        i18n, notices = self._context.i18n, self._context.notices
        for row in certificates:
            self._context.events.certificate_changed.emit(Change(row.id, self))
            self._context.events.assessment_changed.emit(Change(row.assessment, self))
        if len(certificates) == 1:
            row = certificates[0]
            notices.post(i18n.tr("certificates.issued_one", number=row.number, site=row.site_name), "passed")
        elif certificates:
            notices.post(i18n.tr("certificates.issued_many", count=len(certificates)), "passed")
        if errors:
            sentences = "\n".join(dict.fromkeys(i18n.error(error) for error in errors))
            notices.post(sentences, "failed")
        self._context.events.progress_changed.emit()
        self.issued.emit(certificates)

    # --- slots: documents

    def _on_path_chosen(self, path: Path) -> None:
        self._write(self._wanted, path, self._on_saved)

    def _write(self, rows: tuple[CertificateRow, ...], path: Path, done: Callable[[Path], object]) -> None:
        job = partial(_write, self._rendering(rows), path)
        self._context.work(self, job, done, label=self._context.i18n.tr("certificates.drawing"))

    def _on_saved(self, path: Path) -> None:
        self._context.notices.post(self._context.i18n.tr("certificates.saved", path=str(path)), "passed")

    def _on_written_to_open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._context.notices.post(self._context.i18n.tr("certificates.no_reader", path=str(path)), "attention")

    def _on_printer_chosen(self) -> None:
        if self._printer is not None:
            job = partial(_print, self._rendering(self._wanted), self._printer)
            label = self._context.i18n.tr("certificates.printing")
            self._context.work(self, job, self._on_printed, label=label, cancellable=True)

    def _on_printed(self, count: int) -> None:
        self._printer = None
        self._context.notices.post(self._context.i18n.tr("certificates.printed", count=count), "passed")

    # --- the rest

    def _rendering(self, rows: tuple[CertificateRow, ...]) -> Callable[[Desk], bytes]:
        keys = tuple(row.id for row in rows)
        return partial(_render, keys, self._context.press)

    def _name(self, rows: tuple[CertificateRow, ...]) -> str:
        if len(rows) == 1:
            return f"{file_name(f'{rows[0].number} {rows[0].site_name}')}.pdf"
        return f"{file_name(self._context.i18n.tr('certificates.batch_name', count=len(rows)))}.pdf"


# --- in the worker thread


def _render(keys: tuple[str, ...], press: Callable[[], Press], desk: Desk) -> bytes:
    return desk.papers.print_file(desk.workspace, press(), keys)


def _issue(
    rows: tuple[AssessmentRow, ...],
    day: date,
    document: str,
    press: Callable[[], Press],
    desk: Desk,
    progress: TaskProgress,
) -> tuple[tuple[CertificateRow, ...], tuple[WufeiError, ...]]:
    """Issue one after the other; one that is refused does not keep the others from being issued."""
    certificates: list[CertificateRow] = []
    errors: list[WufeiError] = []
    printing = press()
    for number, row in enumerate(rows):
        progress.report(number, len(rows))
        try:
            issue = desk.certifying.issue_certificate
            certificates.append(issue(desk.workspace, row.id, issued_on=day, document_number=document, press=printing))
        except WufeiError as error:
            errors.append(error)
    return tuple(certificates), tuple(errors)


def _write(render: Callable[[Desk], bytes], path: Path, desk: Desk, _progress: TaskProgress) -> Path:
    return save_file(path, render(desk))


def _print(render: Callable[[Desk], bytes], printer: QPrinter, desk: Desk, progress: TaskProgress) -> int:
    return print_pages(render(desk), printer, progress)

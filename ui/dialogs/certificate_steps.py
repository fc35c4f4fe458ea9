"""What is done with certificates: issue, open, save, print; and the office's key, which signing needs."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ui.context import Change
from ui.dialogs.issue_dialog import IssueDialog
from ui.dialogs.paper_writing import PaperWriting, open_file
from ui.dialogs.refusals_dialog import RefusalsDialog
from ui.dialogs.save_dialog import FOLDER as FOLDER_OF_FILES
from ui.dialogs.unlock_dialog import UnlockDialog
from ui.models.issue_draft import load_drafts
from ui.models.open_key import OpenKey
from ui.tasks import Unfinished
from ui.widgets.pdf_view import print_pages
from wufei_cells.errors import UserError, WufeiError
from wufei_cells.services.saving import file_name, save_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ui.context import AppContext, Desk
    from ui.models.certificate_lists import CaseRow
    from ui.models.issue_draft import IssueDraft
    from ui.tasks import RunningTask, TaskProgress
    from wufei_cells.domain.register import AssessmentRow, CertificateRow
    from wufei_cells.services.papers import Press
    from wufei_cells.signing.signing_key import SigningKey

FOLDER = "wufei-cells-"


@dataclass
class IssueRun:
    """One go at issuing certificates, and how far it came; it may be cut off between two of them."""

    rows: tuple[AssessmentRow, ...]
    day: date
    document: str
    key: SigningKey | None = field(default=None, repr=False)
    certificates: list[CertificateRow] = field(default_factory=list)
    refused: list[tuple[str, WufeiError]] = field(default_factory=list)
    """The sites that got none, and why."""

    @property
    def left(self) -> int:
        """How many were not begun."""
        return len(self.rows) - len(self.certificates) - len(self.refused)


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
        self.key = OpenKey(self)
        self.writing = PaperWriting(context, parent)
        self._rows: tuple[CaseRow, ...] = ()
        self._run: IssueRun | None = None
        self._then: Callable[[SigningKey | None], object] | None = None
        self._wanted: tuple[CertificateRow, ...] = ()
        self._printer: QPrinter | None = None

    # --- public

    def issue(self, rows: tuple[CaseRow, ...]) -> None:
        """Show what issuing these will do, and ask."""
        if rows:
            self._rows = rows
            self._context.ask(self, partial(load_drafts, tuple(row.assessment for row in rows)), self._on_drafts)

    def render(self, rows: tuple[CertificateRow, ...], done: Callable[[bytes], object]) -> None:
        """Draw certificates into one document, a page each."""
        self._context.ask(self, self._rendering(rows), done)

    def open(self, rows: tuple[CertificateRow, ...]) -> None:
        """Open a document with these certificates in the machine's PDF reader."""
        if rows:
            folder = Path(tempfile.mkdtemp(prefix=FOLDER))  # nobody else can look into it
            job = partial(_write, self._rendering(rows), folder / f"{self._name(rows)}.pdf")
            label = self._context.i18n.tr("certificates.drawing")
            self._context.work(self, job, partial(open_file, self._context), label=label)

    def save(self, rows: tuple[CertificateRow, ...]) -> None:
        """Ask where to and write a document with these certificates."""
        if rows:
            self.writing.save(self._name(rows), ".pdf", partial(_rendered, self._rendering(rows)))

    def print(self, rows: tuple[CertificateRow, ...]) -> None:
        """Ask for the printer and print these certificates, a page each."""
        if rows:
            self._wanted = rows
            self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            self._printer.setDocName(self._name(rows))
            if _prints_to_files_only():
                self._printer.setOutputFileName(str(self._proposed(rows)))
            dialog = QPrintDialog(self._printer, self._window)
            dialog.accepted.connect(self._on_printer_chosen)
            dialog.finished.connect(dialog.deleteLater)
            dialog.setWindowModality(Qt.WindowModality.WindowModal)
            dialog.show()  # open() of a print dialog wants another signature

    # --- the office's key

    def with_key(self, then: Callable[[SigningKey | None], object]) -> None:
        """Go on with the office's key, asking for its passphrase first; with none where the office does not sign."""
        self._then = then
        self._context.ask(self, _needs_key, self._on_key_known)

    def _on_key_known(self, needed: bool) -> None:
        if not needed:
            self._go_on(None)
        elif (key := self.key.use()) is not None:
            self._go_on(key)
        else:
            dialog = UnlockDialog(self._context, self._window)
            dialog.taken.connect(self._on_opened)
            dialog.open()

    def _on_opened(self, key: SigningKey) -> None:
        self.key.hold(key)
        self._go_on(key)

    def _go_on(self, key: SigningKey | None) -> None:
        then, self._then = self._then, None
        if then is not None:
            then(key)

    # --- slots: issue

    def _on_drafts(self, drafts: tuple[IssueDraft, ...]) -> None:
        batches = tuple(row.batch.batch if row.batch else None for row in self._rows)
        dialog = IssueDialog(self._context, drafts, self._window, batches=batches)
        dialog.issue_confirmed.connect(self._on_confirmed)
        dialog.open()

    def _on_confirmed(self, day: date, document: str) -> None:
        self._run = IssueRun(tuple(row.assessment for row in self._rows), day, document)
        self.with_key(self._on_key)

    def _on_key(self, key: SigningKey | None) -> None:
        run = self._run
        if run is None:
            return
        run.key = key
        job = partial(_issue, run, self._context.press)
        label = self._context.i18n.tr("certificates.issuing")
        many = len(run.rows) > 1
        task = self._context.work(self, job, _nothing, label=label, cancellable=many)
        report = partial(self._on_issue_progress, task)
        report(0, len(run.rows))
        task.progressed.connect(report)
        task.finished.connect(self._on_issue_over)  # also when it was cut off: what was issued stands

    def _on_issue_progress(self, task: RunningTask, done: int, total: int) -> None:
        """Keep the window from closing in the middle of a certificate; giving up stops between two of them."""
        work = Unfinished("certificates.issue_closing", done, total, task.cancel)
        self._context.unfinished.report(self, work)

    def _on_issue_over(self) -> None:
        run, self._run = self._run, None
        if run is None:
            return
        for row in run.certificates:
            self._context.events.certificate_changed.emit(Change(row.id, self))
            self._context.events.assessment_changed.emit(Change(row.assessment, self))
        self._tell(run)
        self._context.events.progress_changed.emit()
        self.issued.emit(tuple(run.certificates))
        self._context.unfinished.end(self, self._regret(run))

    def _regret(self, run: IssueRun) -> str:
        """Say what a person who closed the window must know first; nothing when all of them were issued."""
        if not run.refused and not run.left:
            return ""
        values = {"issued": len(run.certificates), "left": run.left + len(run.refused)}
        return self._context.i18n.tr("certificates.issue_stays", **values)

    def _tell(self, run: IssueRun) -> None:
        i18n, notices = self._context.i18n, self._context.notices
        if len(run.certificates) == 1:
            row = run.certificates[0]
            notices.post(i18n.tr("certificates.issued_one", number=row.number, site=row.site_name), "passed")
        elif run.certificates:
            notices.post(i18n.tr("certificates.issued_many", count=len(run.certificates)), "passed")
        lines = [(site, i18n.error(error)) for site, error in run.refused]
        if len(run.rows) == 1 and lines:
            notices.post(lines[0][1], "failed")
        elif lines:
            values = {"issued": len(run.certificates), "refused": len(lines)}
            heading = i18n.tr("certificates.issue_refused", **values)
            notices.post(heading, "failed")
            RefusalsDialog(self._context, i18n.tr("certificates.issue_title"), heading, lines, self._window).open()
        elif run.left:
            values = {"issued": len(run.certificates), "left": run.left}
            notices.post(i18n.tr("certificates.issue_cut_off", **values), "attention")

    # --- slots: documents

    def _on_printer_chosen(self) -> None:
        if self._printer is not None:
            job = partial(_print, self._rendering(self._wanted), self._printer)
            label = self._context.i18n.tr("certificates.printing")
            self._context.work(self, job, self._on_printed, label=label, cancellable=True)

    def _on_printed(self, count: int) -> None:
        printer, self._printer = self._printer, None
        tr, notices = self._context.i18n.tr, self._context.notices
        file = printer.outputFileName() if printer is not None else ""
        if file:
            sentence = tr("certificates.written", path=file)
            notices.post(sentence, "passed", opens=partial(open_file, self._context, Path(file)))
        else:
            notices.post(tr("certificates.printed", count=count), "passed")

    # --- the rest

    def _rendering(self, rows: tuple[CertificateRow, ...]) -> Callable[[Desk], bytes]:
        keys = tuple(row.id for row in rows)
        return partial(_render, keys, self._context.press)

    def _proposed(self, rows: tuple[CertificateRow, ...]) -> Path:
        """Propose where a printer that writes files puts this one."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(self._context.preferences.text(FOLDER_OF_FILES, documents))
        return (folder if folder.is_dir() else Path.home()) / f"{self._name(rows)}.pdf"

    def _name(self, rows: tuple[CertificateRow, ...]) -> str:
        if len(rows) == 1:
            return file_name(f"{rows[0].number} {rows[0].site_name}")
        return file_name(self._context.i18n.tr("certificates.batch_name", count=len(rows)))


def _prints_to_files_only() -> bool:
    """Tell whether Qt's own dialog, which Linux has, finds no printer; a name in it chooses the PDF."""
    return sys.platform.startswith("linux") and not QPrinterInfo.availablePrinterNames()


# --- in the worker thread


def _needs_key(desk: Desk) -> bool:
    """Tell whether the office signs; refuse where it does and this machine cannot."""
    if not desk.certifying.signs(desk.workspace):
        return False
    if desk.office_keys.key_in_use(desk.workspace) is None:
        raise UserError("office_key.no_file")
    return True


def _render(keys: tuple[str, ...], press: Callable[[], Press], desk: Desk) -> bytes:
    return desk.papers.print_file(desk.workspace, press(), keys)


def _rendered(render: Callable[[Desk], bytes], desk: Desk, _progress: TaskProgress) -> bytes:
    return render(desk)


def _issue(run: IssueRun, press: Callable[[], Press], desk: Desk, progress: TaskProgress) -> None:
    """Issue one after the other; one that is refused does not keep the others from being issued."""
    printing = press()
    for number, row in enumerate(run.rows):
        progress.report(number, len(run.rows))
        try:
            issued = desk.certifying.issue_certificate(
                desk.workspace,
                row.id,
                issued_on=run.day,
                document_number=run.document,
                press=printing,
                key=run.key,
            )
        except WufeiError as error:
            run.refused.append((row.site_name, error))
        else:
            run.certificates.append(issued)


def _nothing(_result: None) -> None:
    """Leave it to the end of the task, which comes when it was cut off, too."""


def _write(render: Callable[[Desk], bytes], path: Path, desk: Desk, _progress: TaskProgress) -> Path:
    return save_file(path, render(desk))


def _print(render: Callable[[Desk], bytes], printer: QPrinter, desk: Desk, progress: TaskProgress) -> int:
    return print_pages(render(desk), printer, progress)

"""Check certificates: drop files anywhere, choose them, or paste what a scanner read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QStandardPaths, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.guide_offering import offer_guide
from ui.dialogs.save_dialog import FOLDER
from ui.widgets.answer_editor import tight
from ui.widgets.desk_style import desk_style
from ui.widgets.dropped_files import dropped_files
from ui.widgets.pdf_view import POINTS_PER_INCH, draw_page, read_pages
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView
from ui.widgets.verdict_pane import VerdictPane, look_of
from wufei_cells.errors import EnvironmentFault, UserError, WufeiError, why

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ui.context import AppContext, Desk
    from wufei_cells.services.verifying import Checked, Grounds, Paper

SIZE = (860, 640)
LARGEST = 64 * 1024 * 1024
DPI, MOST_PAGES = 200, 60
"""How sharply, and how many, pages are drawn to find the codes on them."""
FILES = "*.pdf *.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.txt"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in one file or text; of a file that could not be read the error."""

    source: str
    checked: Checked | None = None
    error: WufeiError | None = None


class VerifyDialog(QDialog):
    """Shows one verdict with all signed fields; several certificates as a list beside it."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        offer_guide(self, context, "verify")
        self._context = context
        self.findings: tuple[Finding, ...] = ()
        self._build_widgets()
        self._build_layout()
        self.choose_button.clicked.connect(self.choose_file)
        self.check_button.clicked.connect(self._on_pasted)
        self.text_edit.returnPressed.connect(self._on_pasted)
        self.list.currentRowChanged.connect(self._show_finding)
        self.state.action_triggered.connect(self.choose_file)
        self.buttons.rejected.connect(self.reject)
        self.resize(*SIZE)
        self._show_waiting()
        self.text_edit.setFocus()

    def _build_widgets(self) -> None:
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("certificates.verify_title"))
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.setText(tr("certificates.verify_hint"))
        self.choose_button = QPushButton(self._context.theme.icon("open"), tr("certificates.verify_choose"))
        self.text_edit = QLineEdit()
        self.text_edit.setPlaceholderText(tr("certificates.verify_paste"))
        self.text_edit.setAccessibleName(tr("certificates.verify_paste"))
        self.text_edit.setClearButtonEnabled(True)
        self.check_button = QPushButton(tr("certificates.verify"))
        self.check_button.setProperty("role", "accent")
        self.list = QListWidget()
        self.list.setAccessibleName(tr("certificates.verify_found"))
        self.list.setFixedWidth(240)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pane = VerdictPane(self._context)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in (self.choose_button, self.buttons.button(QDialogButtonBox.StandardButton.Close)):
            button.setAutoDefault(False)  # Enter in the field of a scanner checks, it does not close

    def _build_layout(self) -> None:
        asked = tight(QHBoxLayout())
        asked.addWidget(self.text_edit, 1)
        asked.addWidget(self.check_button)
        asked.addWidget(self.choose_button)
        content = QWidget()
        found = tight(QHBoxLayout(content), 16)
        found.addWidget(self.list)
        found.addWidget(self.pane, 1)
        self.state = StateView(self._context, content)
        column = tight(QVBoxLayout(self), 12)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.hint_label)
        column.addLayout(asked)
        column.addWidget(self.state, 1)
        column.addWidget(self.buttons)
        self.setStyleSheet(desk_style(self._context.theme))

    # --- public

    def check_files(self, paths: Sequence[Path]) -> None:
        """Check everything in these files."""
        self.state.show_loading()
        self._context.ask(self, partial(_check_files, tuple(paths)), self._on_found, self._on_failed)

    def check_text(self, text: str) -> None:
        """Check what a scanner read or a person pasted."""
        if text.strip():
            self.state.show_loading()
            job = partial(_check_text, text, self._context.i18n.tr("certificates.verify_text"))
            self._context.ask(self, job, self._on_found, self._on_failed)

    def choose_file(self) -> None:
        """Ask for files."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = self._context.preferences.text(FOLDER, documents)
        title = self._context.i18n.tr("certificates.verify_choose")
        dialog = QFileDialog(self, title, folder, f"{self._context.i18n.tr('certificates.verify_kinds')} ({FILES})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_chosen)
        dialog.open()

    # --- slots

    def _on_chosen(self, files: list[str]) -> None:
        self.check_files([Path(file) for file in files])

    def _on_pasted(self) -> None:
        self.check_text(self.text_edit.text())
        self.text_edit.selectAll()

    def _on_failed(self, error: Exception) -> None:
        self.state.show_error(error, "certificates.verify_choose")
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)

    def _on_found(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        self.list.clear()
        for one in findings:
            self.list.addItem(self._entry(one))
        self.list.setVisible(len(findings) > 1)
        self.list.setCurrentRow(0)
        self._show_finding(0)

    def _show_finding(self, place: int) -> None:
        if not 0 <= place < len(self.findings):
            return
        finding = self.findings[place]
        if finding.error is not None and len(self.findings) == 1:
            self.state.show_error(finding.error, "certificates.verify_choose")
            return
        self.state.show_content()
        self.pane.setVisible(finding.checked is not None)
        if finding.checked is not None:
            self.pane.show_checked(finding.checked, together=self._together(finding))

    def _show_waiting(self) -> None:
        self.state.show_empty(
            "certificates.verify_waiting",
            "certificates.verify_waiting_text",
            "certificates.verify_choose",
            icon="certificate",
        )

    def _entry(self, finding: Finding) -> QListWidgetItem:
        if finding.checked is None:
            item = QListWidgetItem(self._context.theme.icon("alert", "failed"), finding.source)
            item.setToolTip(self._context.i18n.error(finding.error) if finding.error else "")
            return item
        content = finding.checked.verification.content
        name = f"{content.number}\n{content.site_name}" if content else finding.source
        return QListWidgetItem(
            self._context.theme.icon(*look_of(finding.checked, together=self._together(finding))), name
        )

    def _together(self, finding: Finding) -> bool:
        """Whether the file holds several certificates: those are never issued in one file."""
        return sum(one.source == finding.source for one in self.findings) > 1

    # --- Qt events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dropped anywhere on the dialog."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check what was dropped."""
        paths = dropped_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.check_files(paths)


# --- in the worker thread


def _check_files(paths: tuple[Path, ...], desk: Desk) -> tuple[Finding, ...]:
    grounds = desk.verifying.grounds_of(desk.workspace)
    compare = desk.papers.comparison(desk.workspace)
    found: list[Finding] = []
    for path in paths:
        try:
            checked = _check_file(desk, grounds, _content(path), compare)
        except WufeiError as error:
            found.append(Finding(path.name, error=error))
        else:
            found += [Finding(path.name, one) for one in checked]
    return tuple(found)


def _check_file(desk: Desk, grounds: Grounds, content: bytes, compare: Paper) -> tuple[Checked, ...]:
    """Check a file; of a PDF that holds pictures only, such as a scan or a printed one, the codes on its pages."""
    checked = desk.verifying.verify_file(grounds, content, paper=compare)
    if not _is_drawn(content, checked):
        return checked
    found: dict[str, Checked] = {}
    for picture in _pages(content):
        for one in desk.verifying.verify_file(grounds, picture):
            said = one.verification
            if said.content is not None:
                odd = compare(content, said.content)
                found[said.content.number] = replace(one, verification=replace(said, notes=(*said.notes, *odd)))
    return tuple(found.values()) or checked


def _is_drawn(content: bytes, checked: tuple[Checked, ...]) -> bool:
    return content.lstrip()[:5] == b"%PDF-" and any(
        note.code == "verify.note_no_code" for one in checked for note in one.verification.notes
    )


def _pages(content: bytes) -> Iterator[bytes]:
    """Draw the pages of a PDF, one after the other, as pictures; none where it is broken or locked."""
    try:
        pages = read_pages(content).sizes
        for number in range(min(len(pages), MOST_PAGES)):
            held = QBuffer()
            held.open(QIODevice.OpenModeFlag.WriteOnly)
            # Uncompressed: it is read again at once.
            draw_page(content, number, DPI / POINTS_PER_INCH).save(held, "BMP")  # pyright: ignore[reportCallIssue, reportArgumentType] - Qt's stubs want bytes
            yield bytes(held.data().data())
    except RuntimeError:  # what pdfium says of a file it cannot read
        return


def _check_text(text: str, source: str, desk: Desk) -> tuple[Finding, ...]:
    grounds = desk.verifying.grounds_of(desk.workspace)
    return tuple(Finding(source, one) for one in desk.verifying.verify_text(grounds, text))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise UserError("certificates.file_too_large", name=path.name, most=LARGEST // 1024 // 1024)
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentFault("file.not_readable", path=str(path), detail=why(error)) from error

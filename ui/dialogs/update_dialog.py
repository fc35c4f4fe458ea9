"""Update the program from a file: see whose it is and what it brings, install it, or go back to the version before."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.dialogs.question_dialog import QuestionDialog
from ui.dialogs.save_dialog import FOLDER
from ui.widgets.desk_style import desk_style
from ui.widgets.dropped_files import any_files
from ui.widgets.plain import plain_label, scrolling
from ui.widgets.working_bar import WorkingBar
from wufei_cells import paths
from wufei_cells.errors import ProblemsFound, WufeiError
from wufei_cells.services import updating

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress
    from wufei_cells.services.updating import Standing, Update, WayBack
    from wufei_cells.updates.plan import Plan

T = TypeVar("T")

SIZE = (640, 440)


class UpdateDialog(QDialog):
    """Checks an update file and hands over to the helper that puts it in place once the window is closed.

    Signals:
        step_begun: the work off this thread has come to its next step (key of the sentence).
    """

    step_begun = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAcceptDrops(True)
        self._context = context
        self._standing: Standing | None = None
        self._update: Update | None = None
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.resize(*SIZE)
        self._refresh()
        context.ask(self, lambda _desk: updating.standing(), self._on_standing)

    # --- build

    def _build_widgets(self) -> None:
        tr, theme = self._context.i18n.tr, self._context.theme
        self.setWindowTitle(tr("update.ui_title"))
        self.running_label = plain_label("section", wrap=True)
        self.pending_label = plain_label("problem", wrap=True, selectable=True)
        self.pending_label.hide()
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.setText(tr("update.ui_hint"))
        self.choose_button = QPushButton(theme.icon("open"), tr("update.ui_choose"))
        self.found_label = plain_label("section", wrap=True)
        self.detail_label = plain_label(wrap=True, selectable=True)
        self.detail_label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.working_bar = WorkingBar(self._context)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.back_button = QPushButton(theme.icon("undo"), "")
        self.back_button.hide()
        self.install_button = QPushButton(theme.icon("download", "on_accent"), tr("update.ui_install"))
        self.install_button.setProperty("role", "accent")
        for button in (self.back_button, self.install_button):
            button.setAutoDefault(False)
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)

    def _build_layout(self) -> None:
        choosing = QHBoxLayout()
        choosing.addWidget(self.choose_button)
        choosing.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.running_label)
        column.addWidget(self.pending_label)
        column.addWidget(self.hint_label)
        column.addLayout(choosing)
        column.addWidget(self.found_label)
        column.addWidget(scrolling(self.detail_label), 1)
        column.addWidget(self.working_bar)
        column.addWidget(self.buttons)
        self.setStyleSheet(desk_style(self._context.theme))

    def _connect_signals(self) -> None:
        self.choose_button.clicked.connect(self.choose_file)
        self.install_button.clicked.connect(self.install)
        self.back_button.clicked.connect(self.ask_way_back)
        self.working_bar.changed.connect(self._refresh)
        self.step_begun.connect(self._on_step)
        self.buttons.rejected.connect(self.reject)

    # --- public

    @Slot()
    def choose_file(self) -> None:
        """Ask for an update file."""
        tr = self._context.i18n.tr
        folder = self._context.preferences.text(FOLDER, str(Path.home()))
        asked = QFileDialog(self, tr("update.ui_choose"), folder, f"{tr('update.ui_filter')} (*{updating.ENDING})")
        asked.setFileMode(QFileDialog.FileMode.ExistingFile)
        asked.fileSelected.connect(self.check_file)
        asked.finished.connect(asked.deleteLater)
        asked.open()

    def check_file(self, name: str) -> None:
        """Check a file and show what it would bring."""
        if self.working_bar.busy:
            return
        self._context.preferences.remember(FOLDER, str(Path(name).parent))
        self._update = None
        self._tell("", "")
        self._work(
            lambda _desk, progress: updating.check(Path(name), progress.report),
            self._on_checked,
            self._context.i18n.tr("update.ui_checking", name=Path(name).name),
        )

    @Slot()
    def install(self) -> None:
        """Make the checked update ready, and close the window for it."""
        update, folders = self._update, [self._context.data_folder]
        if update is None or self.working_bar.busy:
            return

        def job(_desk: Desk, progress: TaskProgress) -> Plan:
            return updating.install(update, folders, progress.report, self._tell_step)

        self._work(job, self._on_ready, self._context.i18n.tr("update.step.unpack"))

    @Slot()
    def ask_way_back(self) -> None:
        """Say what going back means, and ask."""
        folders = [self._context.data_folder]
        self._context.ask(self, lambda _desk: updating.way_back(folders), self._on_way_back, self._on_failed)

    # --- Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take an update file."""
        if _update_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check what was dropped."""
        if found := _update_files(event):
            event.acceptProposedAction()
            self.check_file(str(found[0]))

    def reject(self) -> None:
        """Stop what is under way, and close; nothing of it stays behind."""
        self.working_bar.cancel()
        super().reject()

    # --- slots

    def _work(self, job: Callable[[Desk, TaskProgress], T], done: Callable[[T], object], label: str) -> None:
        task = self._context.work(self, job, done, self._on_failed, label=label, cancellable=True)
        self.working_bar.begin(task)

    def _tell_step(self, key: str) -> None:
        with suppress(RuntimeError):  # the dialog may be gone; the next report stops the work
            self.step_begun.emit(key)

    @Slot(str)
    def _on_step(self, key: str) -> None:
        if self.working_bar.busy and not self.working_bar.cancelled:
            self.working_bar.label.setText(self._context.i18n.tr(key))

    def _on_standing(self, found: Standing) -> None:
        tr = self._context.i18n.tr
        self._standing = found
        self.running_label.setText(tr("update.ui_running", version=found.running.version or "?"))
        if found.record:
            self.back_button.setText(tr("update.ui_back", version=found.record.old))
        if found.program is None:
            self.hint_label.setText(tr("update.from_source_note"))
        if found.pending and found.pending.failed:
            values = {"old": found.pending.old, "new": found.pending.new}
            reason = tr(found.pending.failed, path=found.pending.detail, detail=found.pending.detail)
            self.pending_label.setText(tr("update.pending.failed", **values, reason=reason))
            self.pending_label.show()
        self._refresh()

    def _on_checked(self, update: Update) -> None:
        tr = self._context.i18n.tr
        self._update = update
        running = self._standing.running.version if self._standing else ""
        sizes = {"packed": f"{update.size / 1e6:.0f}", "size": f"{update.manifest.size / 1e6:.0f}"}
        lines = (
            tr("update.ui_signed", words=updating.signer_words(update)),
            tr("update.ui_sizes", count=len(update.manifest.files), **sizes),
            tr("update.ui_kept"),
        )
        heading = tr("update.ui_good", running=running or "?", version=update.manifest.version)
        self._tell(heading, "\n\n".join(lines))
        self._refresh()
        self.install_button.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self._update = None
        if isinstance(error, ProblemsFound):
            problems = "\n\n".join(self._context.i18n.problem(problem) for problem in error.problems)
            self._tell(self._context.i18n.tr("update.ui_refused"), problems)
        elif isinstance(error, WufeiError):
            self._tell(self._context.i18n.tr("update.ui_refused"), self._context.i18n.error(error))
        else:
            self._context.tasks.failed.emit(error)
        self._refresh()

    def _on_way_back(self, way: WayBack) -> None:
        tr = self._context.i18n.tr
        version, refused = way.record.old, way.refused
        copied = [one for one in refused if one.backup is not None]
        text = tr("update.ui_back_question", version=version)
        if copied:
            text = tr("update.ui_back_registers", version=version, count=sum(one.since for one in copied))
        text += "".join(
            "\n\n" + tr("update.register_no_copy", path=str(one.register), version=version)
            for one in refused
            if one.backup is None
        )
        button = tr("update.ui_back_yes") if copied else tr("update.ui_back", version=version)
        question = QuestionDialog(tr("update.ui_title"), text, button, self)
        question.accepted.connect(partial(self._go_back, way))
        question.open()

    def _go_back(self, way: WayBack) -> None:
        # Short, and cannot be stopped half way: it is no job with a bar.
        self._context.ask(self, lambda _desk: updating.go_back(way, restore=True), self._on_ready, self._on_failed)

    def _on_ready(self, ready: Plan) -> None:
        self._tell(self._context.i18n.tr("update.ui_ready"), "")
        folder = self._context.data_folder
        arguments = () if folder == paths.data_folder() else ("--data", str(folder.absolute()))
        try:
            updating.hand_over(ready, arguments)
        except (WufeiError, OSError) as error:
            self._on_failed(error)
            return
        behind = self.parentWidget()
        self.accept()
        if behind is not None:
            behind.window().close()

    # --- showing

    def _tell(self, heading: str, detail: str) -> None:
        self.found_label.setText(heading)
        self.detail_label.setText(detail)

    @Slot()
    def _refresh(self) -> None:
        busy, here = self.working_bar.busy, self._standing is not None and self._standing.program is not None
        self.choose_button.setEnabled(here and not busy)
        self.install_button.setEnabled(here and not busy and self._update is not None)
        self.back_button.setVisible(self._standing is not None and self._standing.record is not None)
        self.back_button.setEnabled(not busy)


def _update_files(event: QDropEvent) -> list[Path]:
    return [path for path in any_files(event.mimeData()) if path.name.casefold().endswith(updating.ENDING)]

"""Take scoresheets in: many files at once, everything shown that would change, one button, one step to take back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.context import Change
from ui.dialogs.import_tree import ImportTree
from ui.dialogs.problems_dialog import ProblemsDialog
from ui.models.import_lines import lines_of
from ui.widgets.answer_editor import tight
from ui.widgets.desk_style import desk_style
from ui.widgets.dropped_files import dropped_files
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView
from wufei_cells.errors import ProblemsFound, WufeiError

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from ui.context import AppContext, Desk
    from ui.tasks import RunningTask, TaskProgress
    from wufei_cells.services.importing_scoresheets import ImportPreview
    from wufei_cells.services.taking_scoresheets import Taken
    from wufei_cells.wording import Wording

SIZE = (1060, 680)
LAST = "scoresheets/folder"
ENDINGS = "*.xlsx *.xlsm *.xls *.xlsb *.et *.ods *.csv"
SHOWN = ("all", "undecided", "problems")


class ScoresheetImportDialog(QDialog):
    """Shows what files would change and takes in what is ticked."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAcceptDrops(True)
        self._context = context
        self._files: list[Path] = []
        self._task: RunningTask | None = None
        self.found: ImportPreview | None = None
        self.setWindowTitle(context.i18n.tr("import.title"))
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.resize(*SIZE)
        self._show_nothing()

    # --- build

    def _build_widgets(self) -> None:
        tr, theme = self._context.i18n.tr, self._context.theme
        self.summary_label = plain_label(wrap=True, selectable=True)
        self.add_button = QPushButton(theme.icon("open"), tr("import.add"))
        self.shown_box = QComboBox()
        for name in SHOWN:
            self.shown_box.addItem(tr(f"import.shown.{name}"), name)
        self.shown_box.setAccessibleName(tr("import.shown"))
        self.all_button = QPushButton(tr("import.choose_all"))
        self.none_button = QPushButton(tr("import.choose_none"))
        self.tree = ImportTree(self._context)
        self.pictures_box = QCheckBox()
        self.pictures_box.setChecked(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take_button = QPushButton()
        self.take_button.setProperty("role", "accent")
        self.buttons.addButton(self.take_button, QDialogButtonBox.ButtonRole.AcceptRole)
        for button in (self.add_button, self.all_button, self.none_button, self.take_button):
            button.setAutoDefault(False)

    def _build_layout(self) -> None:
        inside = QWidget()
        column = tight(QVBoxLayout(inside), 8)
        bar = QHBoxLayout()
        bar.addWidget(self.shown_box)
        bar.addStretch(1)
        bar.addWidget(self.all_button)
        bar.addWidget(self.none_button)
        column.addLayout(bar)
        column.addWidget(self.tree, 1)
        column.addWidget(self.pictures_box)
        self.state_view = StateView(self._context, inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 12)
        whole.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.summary_label, 1)
        head.addWidget(self.add_button)
        whole.addLayout(head)
        whole.addWidget(self.state_view, 1)
        whole.addWidget(self.buttons)
        self.setStyleSheet(desk_style(self._context.theme))

    def _connect_signals(self) -> None:
        self.add_button.clicked.connect(self.choose_files)
        self.state_view.action_triggered.connect(self.choose_files)
        self.shown_box.activated.connect(self._filter)
        self.all_button.clicked.connect(self.tree.tick_shown)
        self.none_button.clicked.connect(self.tree.untick_shown)
        self.tree.ticked.connect(self._count)
        self.pictures_box.toggled.connect(self._count)
        self.buttons.accepted.connect(self.take)
        self.buttons.rejected.connect(self.reject)

    # --- public and Qt events

    def choose_files(self) -> None:
        """Ask for files; they are added to those that are there."""
        i18n, preferences = self._context.i18n, self._context.preferences
        kinds = f"{i18n.tr('import.kinds')} ({ENDINGS})"
        dialog = QFileDialog(self, i18n.tr("import.add"), preferences.text(LAST), kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_chosen)
        dialog.open()

    def add_files(self, files: Sequence[Path]) -> None:
        """Read files, together with those that were read before."""
        self._files += [file for file in files if file not in self._files]
        if not self._files:
            return
        self.state_view.show_loading()
        self.take_button.setEnabled(False)
        job = partial(_preview, tuple(self._files), self._context.i18n.wording)
        self._task = self._context.work(
            self, job, self._on_found, self._on_failed, label=self._context.i18n.tr("import.reading"), cancellable=True
        )

    def take(self) -> None:
        """Write what is ticked, in the background: the dialog is gone by then, a notice tells what was done."""
        if self.found is None or not self.take_button.isEnabled():
            return
        context = self._context
        job = partial(_take, self.found, self.tree.chosen(), self.pictures_box.isChecked())
        done, failed = partial(_tell_taken, context, self.parentWidget()), partial(_tell_refused, context)
        context.work(
            self.parentWidget() or context.notices,
            job,
            done,
            failed,
            label=context.i18n.tr("import.taking"),
            cancellable=True,
        )
        self.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the files that were dropped."""
        event.acceptProposedAction()
        self.add_files(dropped_files(event.mimeData()))

    def reject(self) -> None:
        """Stop reading, too."""
        if self._task is not None:
            self._task.cancel()
        super().reject()

    # --- slots

    def _on_chosen(self, names: list[str]) -> None:
        files = [Path(name) for name in names]
        self._context.preferences.remember(LAST, str(files[0].parent))
        self.add_files(files)

    def _on_found(self, found: ImportPreview) -> None:
        from wufei_cells.services.taking_scoresheets import usual_choice  # noqa: PLC0415 - loaded by the worker

        self.found, self._task = found, None
        tr = self._context.i18n.tr
        self.tree.show_lines(lines_of(found, self._context.i18n), usual_choice(found))
        pictures = sum(len(sheet.pictures) for sheet in found.sheets)
        self.pictures_box.setText(tr("import.pictures", count=pictures))
        self.pictures_box.setVisible(bool(pictures))
        changes = [change for sheet in found.sheets for change in sheet.changes]
        values = {
            "files": len(found.files),
            "changes": len(changes),
            "undecided": sum(1 for change in changes if change.state.value != "changed"),
            "problems": len(found.problems),
        }
        self.summary_label.setText(tr("import.summary", **values))
        self.state_view.show_content()
        self._filter()
        self._count()

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        self.state_view.show_error(error, "import.add")

    # --- the rest

    def _show_nothing(self) -> None:
        tr = self._context.i18n.tr
        self.summary_label.setText("")
        self.take_button.setText(tr("import.take", count=0))
        self.take_button.setEnabled(False)
        self.pictures_box.hide()
        self.state_view.show_empty("import.nothing", "import.nothing_text", "import.add")

    def _filter(self, _place: int = 0) -> None:
        self.tree.filter(str(self.shown_box.currentData()))

    def _count(self, *_changed: object) -> None:
        count = len(self.tree.chosen())
        pictures = self.pictures_box.isChecked() and not self.pictures_box.isHidden()
        self.take_button.setText(self._context.i18n.tr("import.take", count=count))
        self.take_button.setEnabled(bool(count or pictures))


def _tell_taken(context: AppContext, window: QWidget | None, taken: Taken) -> None:
    values = {"answers": taken.answers, "facts": taken.facts, "pictures": taken.pictures}
    undo = partial(_take_back, context, window, taken.places) if taken.places else None
    context.notices.post(context.i18n.tr("import.taken", **values), "passed", undo)
    _tell_changed(context, taken.places)
    if taken.left_out:
        found = ProblemsFound(taken.left_out)
        ProblemsDialog(context, context.i18n.tr("import.title"), found, window).open()


def _tell_refused(context: AppContext, error: Exception) -> None:
    if isinstance(error, WufeiError):
        context.notices.post(context.i18n.error(error), "failed")
    else:
        context.tasks.failed.emit(error)


def _tell_changed(context: AppContext, places: tuple[str, ...]) -> None:
    for place in places:
        context.events.assessment_changed.emit(Change(place))
    context.events.site_changed.emit(Change(""))


def _take_back(context: AppContext, window: QWidget | None, places: tuple[str, ...]) -> None:
    def done(taken: object) -> None:
        _tell_changed(context, places)
        context.notices.post(context.i18n.tr("import.taken_back" if taken else "import.not_taken_back"))

    context.ask(window or context.notices, lambda desk: desk.undoing.undo(desk.workspace, *places), done)


def _preview(files: tuple[Path, ...], wording: Wording, desk: Desk, progress: TaskProgress) -> ImportPreview:
    return desk.importing_scoresheets.preview_files(desk.workspace, files, wording, progress=progress.report)


def _take(
    found: ImportPreview,
    chosen: frozenset[tuple[int, str]],
    pictures: bool,
    desk: Desk,
    progress: TaskProgress,
) -> Taken:
    return desk.taking_scoresheets.take(desk.workspace, found, chosen, pictures=pictures, progress=progress.report)

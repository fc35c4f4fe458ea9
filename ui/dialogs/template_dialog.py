"""The templates of certificates: which one holds, adapt one in a text editor while looking at it, adopt it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.question_dialog import QuestionDialog
from ui.dialogs.save_dialog import FOLDER, SaveDialog
from ui.models.template_draft import TemplateDraft, TemplateEntry, Trial, adopt, export, load_entries
from ui.widgets.answer_editor import tight
from ui.widgets.certificate_preview import CertificatePreview
from ui.widgets.desk_style import desk_style
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import literal, plain_label
from ui.widgets.sentence_delegate import SentenceDelegate
from ui.widgets.state_view import StateView
from wufei_cells.errors import ProblemsFound, WufeiError
from wufei_cells.services.saving import file_name

if TYPE_CHECKING:
    from ui.context import AppContext

SIZE = (1180, 690)
LEFT = 400
READABLE = "*.yaml *.yml *.json"
LIST_HEIGHT = 180


class TemplateDialog(QDialog):
    """Shows templates at the left and made-up certificates at the right; a file is shown anew whenever it is saved.

    Signals:
        template_adopted: new certificates are issued with another template from now on.
    """

    template_adopted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._entries: tuple[TemplateEntry, ...] = ()
        self._trial: Trial | None = None
        self.draft = TemplateDraft(context, self)
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.resize(*SIZE)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._ask()

    # --- build

    def _build_widgets(self) -> None:
        tr, theme = self._context.i18n.tr, self._context.theme
        self.setWindowTitle(tr("settings.template.title"))
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.setText(tr("settings.template.hint"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("settings.template.list"))
        self.list.setWordWrap(True)
        self.list.setFixedHeight(LIST_HEIGHT)
        self.file_button = QPushButton(theme.icon("open"), tr("settings.template.use_file"))
        self.export_button = QPushButton(theme.icon("save"), tr("settings.template.export"))
        self.export_button.setToolTip(tr("settings.template.export_tip"))
        self.edit_button = QPushButton(theme.icon("edit"), tr("settings.template.edit"))
        self.edit_button.hide()
        self.file_label = plain_label("part_title", wrap=True)
        self.state_label = plain_label("muted", wrap=True)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setAccessibleName(tr("settings.template.problems"))
        self.tree.setItemDelegate(SentenceDelegate(self.tree))
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.preview = CertificatePreview(self._context)
        self.preview.retranslate()
        self.preview.show_message(tr("settings.template.choose"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.adopt_button = QPushButton(tr("settings.template.adopt"))
        self.adopt_button.setProperty("role", "accent")
        self.adopt_button.setEnabled(False)
        self.buttons.addButton(self.adopt_button, QDialogButtonBox.ButtonRole.ActionRole)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        for button in (self.file_button, self.export_button, self.edit_button, self.adopt_button, close):
            button.setAutoDefault(False)

    def _build_layout(self) -> None:
        acts = QWidget()
        row = FlowLayout(acts)
        for button in (self.file_button, self.export_button, self.edit_button):
            row.addWidget(button)
        left = QWidget()
        column = tight(QVBoxLayout(left), 8)
        column.setContentsMargins(0, 0, 8, 0)
        for widget in (self.hint_label, self.list, acts, self.file_label, self.state_label):
            column.addWidget(widget)
        column.addWidget(self.tree, 1)
        column.addStretch(0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.preview)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([LEFT, SIZE[0] - LEFT])
        self.state_view = StateView(self._context, self.splitter)
        whole = tight(QVBoxLayout(self), 8)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.addWidget(self.state_view, 1)
        whole.addWidget(self.buttons)
        self.setStyleSheet(desk_style(self._context.theme))

    def _connect_signals(self) -> None:
        self.list.currentRowChanged.connect(self._on_chosen)
        self.file_button.clicked.connect(self.choose_file)
        self.export_button.clicked.connect(self.export)
        self.edit_button.clicked.connect(self._open_editor)
        self.adopt_button.clicked.connect(self._ask_to_adopt)
        self.draft.tried.connect(self._on_tried)
        self.preview.pdf_view.failed.connect(self._context.tasks.failed)
        self.buttons.rejected.connect(self.reject)
        self.state_view.action_triggered.connect(self._ask)

    # --- asking and showing

    @Slot()
    def _ask(self) -> None:
        self.state_view.show_loading()
        question = partial(load_entries, self._context.certificate_templates)
        self._context.ask(self, question, self._on_loaded, self.state_view.show_error)

    def _on_loaded(self, entries: tuple[TemplateEntry, ...]) -> None:
        self._entries = entries
        tr, i18n, theme = self._context.i18n.tr, self._context.i18n, self._context.theme
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            row = entry.row
            languages = tr("studio.list_comma").join(tr(f"settings.template.language_{one}") for one in row.languages)
            origin = tr("settings.template.shipped" if entry.shipped else "settings.template.own")
            parts = [tr("settings.template.version", version=row.version), languages, origin]
            parts += [tr("settings.template.in_force")] if row.in_force else []
            item = QListWidgetItem(f"{i18n.text(row.title)}\n{' · '.join(parts)}")
            item.setIcon(theme.icon("check", "passed") if row.in_force else theme.icon("certificate", "muted"))
            item.setToolTip(literal(f"{row.key} · {row.id[:12]}"))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.state_view.show_content()
        if self.draft.path is None:
            self.list.setCurrentRow(next((at for at, entry in enumerate(entries) if entry.row.in_force), 0))
        self.list.setFocus()

    @Slot(int)
    def _on_chosen(self, at: int) -> None:
        if 0 <= at < len(self._entries):
            self.draft.show(self._entries[at])

    def _on_tried(self, trial: Trial) -> None:
        self._trial = trial
        i18n = self._context.i18n
        watched = self.draft.path
        self.edit_button.setVisible(watched is not None)
        self.file_label.setVisible(watched is not None)
        self.file_label.setText(i18n.tr("settings.template.watched", file=watched.name) if watched else "")
        self.file_label.setToolTip(literal(str(watched or "")))
        self._show_problems(trial)
        if trial.template is not None and trial.pdf is not None:
            self.preview.show_pdf(trial.pdf, i18n.text(trial.template.title))
        elif watched is None or not self.preview.showing_pdf:
            self.preview.show_message(i18n.tr("settings.template.no_preview"))
        self.adopt_button.setEnabled(trial.template is not None and not self._holds())

    def _show_problems(self, trial: Trial) -> None:
        i18n = self._context.i18n
        self.tree.clear()
        for problem in trial.problems:
            place = problem.place.removeprefix(trial.source.name).lstrip(": ")
            item = QTreeWidgetItem(self.tree, [f"{place}\n{i18n.problem(problem)}"])
            item.setIcon(0, self._context.theme.icon("alert", "failed"))
            item.setToolTip(0, literal(item.text(0)))
        self.tree.setVisible(bool(trial.problems))
        self.state_label.setText(self._said(trial))

    def _said(self, trial: Trial) -> str:
        tr = self._context.i18n.tr
        if trial.error is not None:
            return self._context.i18n.error(trial.error)
        if trial.problems:
            stale = self.draft.path is not None and self.preview.showing_pdf
            count = len(trial.problems)
            return tr("settings.template.found_stale" if stale else "settings.template.found", count=count)
        return tr("settings.template.holds" if self._holds() else "settings.template.sound")

    def _holds(self) -> bool:
        """Tell whether what is shown is the template in force; a file never counts as that."""
        at = self.list.currentRow()
        return self.draft.path is None and 0 <= at < len(self._entries) and self._entries[at].row.in_force

    # --- files

    @Slot()
    def choose_file(self) -> None:
        """Ask for a template file."""
        folder = self._context.preferences.text(FOLDER, str(Path.home()))
        tr = self._context.i18n.tr
        words = tr("settings.template.files", endings=READABLE)
        dialog = QFileDialog(self, tr("settings.template.use_file"), folder, words)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.use_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def use_file(self, name: str) -> None:
        """Show what a file would print, and go on watching it."""
        path = Path(name)
        self._context.preferences.remember(FOLDER, str(path.parent))
        self.list.setCurrentRow(-1)
        self.preview.show_message("")
        self.draft.watch(path)

    @Slot()
    def export(self) -> None:
        """Ask where to, and write the chosen template as a file to begin with; it is watched from then on."""
        at = max(self.list.currentRow(), 0)
        if at < len(self._entries):
            entry = self._entries[at]
            dialog = SaveDialog(self._context, f"{file_name(entry.row.key)}.yaml", self)
            dialog.path_chosen.connect(partial(self.export_to, entry))
            dialog.open()

    def export_to(self, entry: TemplateEntry, path: Path) -> None:
        """Write a template into a file."""
        job = partial(export, entry, self._context.certificate_templates, path)
        self._context.ask(self, job, self._on_exported, self._on_refused)

    def _on_exported(self, path: Path) -> None:
        self._context.notices.post(self._context.i18n.tr("settings.template.exported", path=str(path)), "passed")
        self.use_file(str(path))

    @Slot()
    def _open_editor(self) -> None:
        path = self.draft.path
        if path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.state_label.setText(self._context.i18n.tr("settings.template.no_editor", path=str(path)))

    # --- adopting

    @Slot()
    def _ask_to_adopt(self) -> None:
        trial = self._trial
        if trial is None or trial.template is None:
            return
        i18n = self._context.i18n
        dialog = QuestionDialog(
            i18n.tr("settings.template.adopt"),
            i18n.tr("settings.template.adopt_text", title=i18n.text(trial.template.title)),
            i18n.tr("settings.template.adopt"),
            self,
        )
        dialog.accepted.connect(partial(self._adopt, trial))
        dialog.open()

    def _adopt(self, trial: Trial) -> None:
        job = partial(adopt, trial, self._context.document_fonts, self._context.i18n.wording)
        self._context.ask(self, job, partial(self._on_adopted, trial), self._on_refused)

    def _on_adopted(self, trial: Trial, _key: str) -> None:
        i18n = self._context.i18n
        assert trial.template is not None
        said = i18n.tr("settings.template.adopted", title=i18n.text(trial.template.title))
        self._context.notices.post(said, "passed")
        self.draft.stop()
        self.template_adopted.emit()
        self._ask()

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, ProblemsFound) and self._trial is not None:
            self._show_problems(Trial(self._trial.source, problems=error.problems))
        elif isinstance(error, WufeiError):
            self.state_label.setText(self._context.i18n.error(error))
        else:
            self._context.tasks.failed.emit(error)

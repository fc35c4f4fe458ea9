"""Import lists of sites: drop them, see what every row would do, choose, and take the chosen rows in."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.save_dialog import FOLDER
from ui.dialogs.site_list_steps import first_of, left_out_sentence, take_import_back, tell_imported
from ui.dialogs.site_list_view import SiteListView
from ui.models.site_list_model import FILTERS, LOOKS, NOTES, SiteListModel
from ui.models.site_list_reading import load_last, read_lists, take_in
from ui.widgets.answer_editor import tight
from ui.widgets.desk_style import desk_style
from ui.widgets.dropped_files import dropped_files
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView
from ui.widgets.working_bar import WorkingBar
from wufei_cells.domain.site_lists import Fate
from wufei_cells.errors import WufeiError
from wufei_cells.services.site_list_words import fate_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ui.context import AppContext
    from wufei_cells.domain.site_lists import Imported, LastImport, ListPreview
    from wufei_cells.errors import Problem

SIZE = (1000, 700)
FILES = "*.xlsx *.xlsm *.xls *.et *.ods *.csv"


class SiteListDialog(QDialog):
    """Shows a list before anything is written; everything it asks runs off the GUI thread."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAcceptDrops(True)
        self._context = context
        self._paths: tuple[Path, ...] = ()
        self._build_widgets()
        self._build_layout()
        self._connect()
        self.resize(*SIZE)
        self._show_waiting()
        context.ask(self, load_last, self._on_last)

    # --- build

    def _build_widgets(self) -> None:
        tr, theme = self._context.i18n.tr, self._context.theme
        self.setWindowTitle(tr("site_list.ui_title"))
        self.files_label = ElidedLabel()
        self.choose_button = QPushButton(theme.icon("open"), tr("site_list.ui_choose"))
        self.told_label = plain_label("attention", wrap=True, selectable=True)
        self.model = SiteListModel(self._context.i18n, self)
        self.view = SiteListView(self._context, self.model)
        self.view.setAccessibleName(tr("site_list.ui_rows"))
        self.chips = {name: QPushButton() for name in (*FILTERS, NOTES)}
        for name, chip in self.chips.items():
            chip.setObjectName(name)
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
            if name in set(Fate):
                chip.setIcon(theme.icon(*LOOKS[Fate(name)]))
        self.working = WorkingBar(self._context)
        self.last_label = plain_label("muted", wrap=True)
        self.back_button = QPushButton(theme.icon("undo"), tr("site_list.ui_take_back"))
        self.all_button = QPushButton(tr("site_list.ui_tick_all"))
        self.none_button = QPushButton(tr("site_list.ui_tick_none"))
        self.keys_label = plain_label("caption")
        self.keys_label.setText(tr("site_list.ui_keys"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.import_button = QPushButton()
        self.import_button.setProperty("role", "accent")
        self.buttons.addButton(self.import_button, QDialogButtonBox.ButtonRole.ActionRole)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        for button in (*self.chips.values(), close, self.import_button, self.choose_button, self.back_button):
            button.setAutoDefault(False)  # Enter in the list must not press a button

    def _build_layout(self) -> None:
        above = tight(QHBoxLayout())
        above.addWidget(self.files_label, 1)
        above.addWidget(self.choose_button)
        filters = QWidget()
        flow = FlowLayout(filters)
        for chip in self.chips.values():
            flow.addWidget(chip)
        ticks = tight(QHBoxLayout())
        for widget in (self.all_button, self.none_button, self.keys_label):
            ticks.addWidget(widget)
        ticks.addStretch(1)
        inside = QWidget()
        inner = tight(QVBoxLayout(inside), 8)
        inner.addWidget(filters)
        inner.addWidget(self.view, 1)
        inner.addLayout(ticks)
        self.state_view = StateView(self._context, inside)
        foot = tight(QHBoxLayout())
        foot.addWidget(self.last_label, 1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self.told_label)
        column.addWidget(self.state_view, 1)
        column.addWidget(self.working)
        column.addLayout(foot)
        self.setStyleSheet(desk_style(self._context.theme))

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self.choose_files)
        self.state_view.action_triggered.connect(self.choose_files)
        self.model.chosen.connect(self._show_chosen)
        self.working.changed.connect(self._show_working)
        self.back_button.clicked.connect(self._on_take_back)
        self.all_button.clicked.connect(partial(self.model.tick_shown, wanted=True))
        self.none_button.clicked.connect(partial(self.model.tick_shown, wanted=False))
        self.import_button.clicked.connect(self.take_in)
        self.buttons.rejected.connect(self.reject)
        for chip in self.chips.values():
            chip.clicked.connect(self._on_chip)

    # --- public

    def choose_files(self) -> None:
        """Ask for files."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = self._context.preferences.text(FOLDER, documents)
        tr = self._context.i18n.tr
        dialog = QFileDialog(self, tr("site_list.ui_choose"), folder, f"{tr('site_list.ui_kinds')} ({FILES})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_chosen_files)
        dialog.open()

    def read(self, paths: Sequence[Path]) -> None:
        """Read files and show what every row would do."""
        if self.working.busy or not paths:
            return
        self._paths = tuple(paths)
        names = tuple(path.name for path in self._paths)
        self.files_label.setText(self._context.i18n.tr("site_list.ui_files", files=names))
        self.told_label.hide()
        job = partial(read_lists, self._paths, self._context.i18n.wording)
        label = self._context.i18n.tr("site_list.ui_reading")
        self.working.begin(self._context.work(self, job, self._on_read, self._on_failed, label=label, cancellable=True))

    def take_in(self) -> None:
        """Write the chosen rows."""
        if not self.working.busy and self.model.choices and self._context.as_of is None:
            job = partial(take_in, self.model.preview, dict(self.model.choices), self._context.i18n.wording)
            label = self._context.i18n.tr("site_list.ui_importing")
            task = self._context.work(self, job, self._on_imported, self._on_failed, label=label, cancellable=True)
            task.finished.connect(self._after_writing)
            self.working.begin(task)

    def show_filter(self, name: str) -> None:
        """Show the rows of a fate, all of them, or what was not read."""
        self.model.set_filter(name)
        for each, chip in self.chips.items():
            chip.setChecked(each == name)
        self.view.setCurrentIndex(self.model.index(0, 0))

    def _after_writing(self) -> None:
        """Look anew after an import that was stopped: it may have been written by then."""
        if self.working.cancelled:
            self._context.ask(self, load_last, self._on_last)
            QTimer.singleShot(0, self, partial(self.read, self._paths))

    # --- slots

    def _on_chosen_files(self, files: list[str]) -> None:
        self.read([Path(file) for file in files])

    def _on_read(self, shown: ListPreview) -> None:
        self.model.show(shown)
        self._tell_problems(shown.problems)
        for name, chip in self.chips.items():
            count = self.model.count(name)
            chip.setText(self._chip_text(name, count))
            chip.setVisible(not name or count > 0)
        self.show_filter("" if shown.rows else NOTES)
        self.state_view.show_content()
        self._show_chosen()
        self.view.setFocus()

    def _chip_text(self, name: str, count: int) -> str:
        tr = self._context.i18n.tr
        if not name or name == NOTES:
            return tr("site_list.ui_notes" if name else "site_list.ui_all", count=count)
        return tr("site_list.ui_filter", word=fate_word(Fate(name), self._context.i18n.wording), count=count)

    def _on_imported(self, done: Imported) -> None:
        tell_imported(self._context, self.parentWidget() or self, done)
        if not done.left_out:
            self.accept()
            return
        self.read(self._paths)
        self._tell(left_out_sentence(self._context, done.left_out))

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, WufeiError):
            self._tell(self._context.i18n.error(error))
        else:
            self._context.tasks.failed.emit(error)

    def _on_last(self, last: LastImport | None) -> None:
        self.last_label.setVisible(last is not None)
        self.back_button.setVisible(last is not None)
        if last is not None:
            at = self._context.i18n.moment(datetime.fromisoformat(last.at))
            told = self._context.i18n.tr("site_list.ui_last", at=at, new=last.new, changed=last.changed)
            self.last_label.setText(told)

    def _on_take_back(self) -> None:
        take_import_back(self._context, self.parentWidget() or self)
        self.accept()

    def _on_chip(self) -> None:
        self.show_filter(self.sender().objectName())

    # --- showing

    def _show_waiting(self) -> None:
        self.told_label.hide()
        self.last_label.hide()
        self.back_button.hide()
        self._show_working()
        self._show_chosen()
        self.state_view.show_empty(
            "site_list.ui_waiting", "site_list.ui_waiting_text", "site_list.ui_choose", icon="upload"
        )

    def _show_working(self) -> None:
        working = self.working.busy
        self.choose_button.setEnabled(not working)
        self.choose_button.setVisible(bool(self._paths))
        self.state_view.setEnabled(not working)
        self.back_button.setEnabled(not working)
        self._show_chosen()

    def _show_chosen(self) -> None:
        count, tr = len(self.model.choices), self._context.i18n.tr
        self.import_button.setText(tr("site_list.ui_import" if count else "site_list.ui_import_none", count=count))
        self.import_button.setEnabled(bool(count) and not self.working.busy and self._context.as_of is None)

    def _tell_problems(self, problems: Iterable[Problem]) -> None:
        told = [self._context.i18n.wording.problem(problem) for problem in problems]
        if told:
            self._tell(first_of(told, self._context))

    def _tell(self, sentence: str) -> None:
        self.told_label.setText(sentence)
        self.told_label.show()

    # --- Qt events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dropped anywhere on the dialog."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        paths = dropped_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.read(paths)

"""The top of the evidence panel: add files, look a folder through, how photos are kept, and how far taking in is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.desk.evidence_jobs import Options
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.context import AppContext

KEEP, STRIP, LAST = "evidence/keep_original", "evidence/strip_place", "evidence/files_folder"


class EvidenceBar(QWidget):
    """Buttons and a bar.

    Signals:
        files_chosen: these are to be taken in (a list of Path).
        folder_requested: a folder is to be looked through.
        whole_toggled: everything of the assessment is to be shown, or only what stands under the item (bool).
        cancel_requested: what was not begun yet is to be given up.
    """

    files_chosen = Signal(list)
    folder_requested = Signal()
    whole_toggled = Signal(bool)
    cancel_requested = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._progress = (0, 0)
        self.add_button = QPushButton(self)
        self.folder_button = QPushButton(self)
        self.options_button = QToolButton(self)
        self.options_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.whole_button = QPushButton(self)
        self.whole_button.setCheckable(True)
        self.whole_button.setProperty("role", "chip")
        self._build_menu()
        self._build_progress()
        buttons = FlowLayout(spacing=6)
        for widget in (self.add_button, self.folder_button, self.options_button, self.whole_button):
            buttons.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(buttons)
        column.addWidget(self.progress_row)
        self.add_button.clicked.connect(self.ask_for_files)
        self.folder_button.clicked.connect(self.folder_requested)
        self.whole_button.toggled.connect(self.whole_toggled)
        self.cancel_button.clicked.connect(self.cancel_requested)
        context.events.scheme_changed.connect(self._paint_icons)
        self._paint_icons()

    def _build_menu(self) -> None:
        menu = QMenu(self)
        self.keep_action = QAction(menu, checkable=True)
        self.strip_action = QAction(menu, checkable=True)
        remembered = self._context.preferences
        for action, key in ((self.keep_action, KEEP), (self.strip_action, STRIP)):
            action.setChecked(remembered.text(key) == "yes")
            menu.addAction(action)
        self.keep_action.toggled.connect(self._on_keep_toggled)
        self.strip_action.toggled.connect(self._on_strip_toggled)
        self.options_button.setMenu(menu)

    def _build_progress(self) -> None:
        self.progress_row = QWidget(self)
        self.progress_label = plain_label("caption")
        self.progress_bar = QProgressBar(self)
        self.progress_bar.setTextVisible(False)
        self.cancel_button = QPushButton(self)
        row = QHBoxLayout(self.progress_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.progress_label)
        row.addWidget(self.progress_bar, 1)
        row.addWidget(self.cancel_button)
        self.progress_row.hide()

    # --- public

    @property
    def shows_whole(self) -> bool:
        """Whether everything of the assessment is shown."""
        return self.whole_button.isChecked()

    @property
    def options(self) -> Options:
        """How photos are taken in."""
        return Options(keep_original=self.keep_action.isChecked(), strip_place=self.strip_action.isChecked())

    def set_editable(self, editable: bool) -> None:
        """Offer what can be done."""
        for widget in (self.add_button, self.folder_button, self.options_button):
            widget.setEnabled(editable)

    def show_progress(self, done: int, total: int) -> None:
        """Say how far taking in is; nothing when it is over."""
        self._progress = (done, total)
        self.progress_row.setVisible(done < total)
        self.progress_bar.setRange(0, max(total, 1))
        self.progress_bar.setValue(done)
        words = self._context.i18n.tr("desk.evidence_progress", done=done, total=total)
        self.progress_label.setText(words)
        self.progress_bar.setAccessibleName(words)

    @Slot()
    def ask_for_files(self) -> None:
        """Ask for files."""
        i18n = self._context.i18n
        dialog = QFileDialog(self, i18n.tr("desk.evidence_add"), self._context.preferences.text(LAST))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_files_selected)
        dialog.open()

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self.add_button.setText(tr("desk.evidence_add"))
        self.folder_button.setText(tr("desk.evidence_folder"))
        self.options_button.setToolTip(tr("desk.evidence_options"))
        self.options_button.setAccessibleName(tr("desk.evidence_options"))
        self.keep_action.setText(tr("desk.evidence_keep"))
        self.strip_action.setText(tr("desk.evidence_strip"))
        self.whole_button.setText(tr("desk.evidence_show_whole"))
        self.cancel_button.setText(tr("desk.evidence_stop"))
        self.show_progress(*self._progress)

    # --- slots

    def _paint_icons(self) -> None:
        theme = self._context.theme
        for button, name in ((self.add_button, "plus"), (self.folder_button, "folder"), (self.options_button, "more")):
            button.setIcon(theme.icon(name))
            button.setIconSize(QSize(16, 16))

    def _on_files_selected(self, files: list[str]) -> None:
        paths = [Path(file) for file in files]
        self._context.preferences.remember(LAST, str(paths[0].parent))
        self.files_chosen.emit(paths)

    def _on_keep_toggled(self, on: bool) -> None:
        self._context.preferences.remember(KEEP, "yes" if on else "no")
        if on:
            self.strip_action.setChecked(False)  # the original says where it was taken

    def _on_strip_toggled(self, on: bool) -> None:
        self._context.preferences.remember(STRIP, "yes" if on else "no")
        if on:
            self.keep_action.setChecked(False)

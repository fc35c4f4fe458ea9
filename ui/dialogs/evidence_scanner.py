"""Looks through a folder of photos: mark with the space bar, put under the item with Enter."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.models.folder_pictures import MOST, THUMBNAIL, FolderPicture, FolderPicturesModel, look_through
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain import caption, plain_label

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from ui.context import AppContext
    from ui.models.picture_worker import PictureWorker
    from wufei_cells.domain.evidence import EvidenceRow

FOLDER = "evidence/folder"


class EvidenceScanner(QDialog):
    """Lists the pictures of a folder, newest first.

    Signals:
        chosen: these are to be put under the item (a list of Path).
    """

    chosen = Signal(list)

    def __init__(self, context: AppContext, worker: PictureWorker, item: str, parent: QWidget | None = None) -> None:
        """Build the dialog; ``item`` says under what the pictures will be put."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._worker = worker
        self._here: tuple[EvidenceRow, ...] = ()
        self._days: tuple[date, ...] = ()
        tr = context.i18n.tr
        self.setWindowTitle(tr("desk.evidence_scan_title"))
        self.folder_label = ElidedLabel("muted")
        self.folder_button = QPushButton(tr("desk.evidence_other_folder"))
        self.state_label = plain_label("muted", wrap=True)
        self.model = FolderPicturesModel(context, worker, self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setIconSize(QSize(THUMBNAIL, THUMBNAIL))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(tr("desk.evidence_scan_title"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.put_button = QPushButton(caption(tr("desk.evidence_put", item=item)), self)
        self.put_button.setProperty("role", "accent")
        self.buttons.addButton(self.put_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.put_button.setDefault(True)
        self._lay_out()
        self.folder_button.clicked.connect(self.choose_folder)
        self.buttons.accepted.connect(self._put)
        self.buttons.rejected.connect(self.reject)
        self.model.marked.connect(self._on_marked)
        self.list.activated.connect(self._on_activated)
        self._on_marked(0)
        self.resize(620, 560)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.folder_label, 1)
        top.addWidget(self.folder_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.addLayout(top)
        column.addWidget(self.state_label)
        column.addWidget(self.list, 1)
        column.addWidget(self.buttons)

    # --- public

    def begin(self, here: Collection[EvidenceRow], days: Collection[date]) -> None:
        """Look through the folder that was used last; ask for one where there is none."""
        self._here, self._days = tuple(here), tuple(days)
        last = self._context.preferences.text(FOLDER)
        if last and Path(last).is_dir():
            self.look_through(Path(last))
        else:
            self.state_label.setText(self._context.i18n.tr("desk.evidence_no_folder"))

    def look_through(self, folder: Path) -> None:
        """List the pictures of a folder."""
        self._context.preferences.remember(FOLDER, str(folder))
        self.folder_label.setText(str(folder))
        self.state_label.setText(self._context.i18n.tr("desk.evidence_looking"))
        self._worker.do(self, partial(look_through, folder), self._on_found, self._on_failed)

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder."""
        dialog = QFileDialog(self, self.folder_button.text(), self._context.preferences.text(FOLDER))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._on_folder_selected)
        dialog.open()

    # --- slots

    def _on_folder_selected(self, folder: str) -> None:
        self.look_through(Path(folder))

    def _on_found(self, pictures: tuple[FolderPicture, ...]) -> None:
        tr = self._context.i18n.tr
        self.model.show(pictures, self._here, self._days)
        if not pictures:
            self.state_label.setText(tr("desk.evidence_folder_empty"))
            return
        key = "desk.evidence_found_most" if len(pictures) >= MOST else "desk.evidence_found"
        self.state_label.setText(tr(key, count=len(pictures)))
        fresh = (at for at, one in enumerate(pictures) if not self.model.is_here(one))
        self.list.setCurrentIndex(self.model.index(next(fresh, 0)))
        self.list.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self.state_label.setText("")
        self._context.tasks.failed.emit(error)

    def _on_marked(self, count: int) -> None:
        self.put_button.setEnabled(self.model.rowCount() > 0)
        self.put_button.setAccessibleDescription(self._context.i18n.tr("desk.evidence_marked", count=count))

    def _on_activated(self) -> None:
        self._put()

    @Slot()
    def _put(self) -> None:
        """Put the marked pictures under the item; with none marked, the one under the cursor."""
        index = self.list.currentIndex()
        paths = self.model.chosen() or ([self.model.picture_at(index).path] if index.isValid() else [])
        if paths and self.isVisible():
            self.chosen.emit(paths)
            self.accept()

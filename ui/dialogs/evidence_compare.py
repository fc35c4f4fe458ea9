"""Two pictures side by side: the one that stands here, and the one it is the same as, or looks like."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.dialogs.evidence_viewer import image_of
from ui.widgets.picture_view import PictureView
from ui.widgets.plain import plain_label
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QLabel

    from ui.context import AppContext
    from wufei_cells.domain.evidence import Likeness


class EvidenceCompare(QDialog):
    """Shows both pictures with where they stand."""

    def __init__(self, context: AppContext, found: Likeness, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        tr = context.i18n.tr
        self.setWindowTitle(tr("desk.compare_title"))
        self.verdict_label = plain_label("section", wrap=True)
        percent = int(found.share * 100)
        self.verdict_label.setText(
            tr("desk.compare_same") if found.same else tr("desk.compare_similar", percent=percent)
        )
        taken = found.row.file.taken_at
        here = tr(
            "desk.compare_here", item=found.row.item or "–", time=taken.isoformat(" ", "minutes") if taken else "–"
        )
        there = tr("desk.compare_there", site=found.site_name, year=found.started_at.year, item=found.item or "–")
        row = QHBoxLayout()
        self.views = (PictureView(self), PictureView(self))
        for view, words, key in zip(self.views, (here, there), (found.row.file.id, found.other), strict=True):
            label = plain_label("muted", wrap=True)
            label.setText(words)
            view.setAccessibleName(words)
            half = QVBoxLayout()
            half.addWidget(view, 1)
            half.addWidget(label)
            row.addLayout(half, 1)
            context.ask(self, partial(image_of, key), partial(_show, view), partial(self._on_failed, label))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.verdict_label)
        column.addLayout(row, 1)
        column.addWidget(buttons)
        self.resize(1000, 600)

    def _on_failed(self, label: QLabel, error: Exception) -> None:
        if isinstance(error, WufeiError):
            label.setText(f"{label.text()}\n{self._context.i18n.error(error)}")
        else:
            self._context.tasks.failed.emit(error)


def _show(view: PictureView, image: QImage) -> None:
    view.show_image(image)

"""Shows photos one after the other, large: wheel and +/- zoom, R turns, arrows go on, Esc closes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ui.dialogs.erase_dialog import EraseDialog
from ui.dialogs.save_dialog import SaveDialog
from ui.widgets.picture_view import PictureView
from ui.widgets.plain import plain_label
from wufei_cells.domain.lifecycle import Role
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from ui.context import AppContext, Desk
    from wufei_cells.domain.evidence import EvidenceRow

# Name of a button, its icon, and its key as people see it.
BUTTONS = (
    ("previous", "back", "←"),
    ("next", "next", "→"),
    ("closer", "zoom_in", "+"),
    ("further", "zoom_out", "-"),
    ("turn", "redo", "R"),
    ("save", "save", "Ctrl+S"),
    ("erase", "remove", "Del"),
)
KEYS = {
    Qt.Key.Key_Left: "previous",
    Qt.Key.Key_Up: "previous",
    Qt.Key.Key_PageUp: "previous",
    Qt.Key.Key_Right: "next",
    Qt.Key.Key_Down: "next",
    Qt.Key.Key_PageDown: "next",
    Qt.Key.Key_Space: "next",
    Qt.Key.Key_Plus: "closer",
    Qt.Key.Key_Equal: "closer",
    Qt.Key.Key_Minus: "further",
    Qt.Key.Key_0: "fit",
    Qt.Key.Key_R: "turn",
    Qt.Key.Key_Delete: "erase",
}


class EvidenceViewer(QDialog):
    """Shows the pieces of an item or of an assessment."""

    def __init__(
        self, context: AppContext, rows: Sequence[EvidenceRow], start: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._rows = tuple(rows)
        self._at = start
        self.view = PictureView(self)
        self.message_label = plain_label("muted", wrap=True)
        self.message_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.message_label)
        self.title_label = plain_label("section", wrap=True)
        self.about_label = plain_label("muted", wrap=True, selectable=True)
        self.buttons = {name: self._button(name, icon, key) for name, icon, key in BUTTONS}
        self._lay_out()
        self.resize(1000, 720)
        self._may_erase = False
        self._show()
        if context.as_of is None:
            context.ask(self, _may_erase, self._on_rights)

    def _button(self, name: str, icon: str, key: str) -> QToolButton:
        words = self._context.i18n.tr(f"desk.viewer_{name}")
        button = QToolButton(self)
        button.setProperty("role", "flat")
        button.setIcon(self._context.theme.icon(icon))
        button.setIconSize(QSize(20, 20))
        button.setToolTip(f"{words} ({key})")
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._on_clicked)
        return button

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        for button in self.buttons.values():
            bar.addWidget(button)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.stack, 1)
        column.addWidget(self.title_label)
        column.addWidget(self.about_label)
        column.addLayout(bar)

    # --- public

    @property
    def row(self) -> EvidenceRow:
        """The piece that is shown."""
        return self._rows[self._at]

    def do(self, name: str) -> None:
        """Do what a button or a key asks for."""
        if name in ("previous", "next"):
            self._at = (self._at + (1 if name == "next" else -1)) % len(self._rows)
            self._show()
        elif name in ("closer", "further"):
            self.view.zoom(closer=name == "closer")
        elif name == "fit":
            self.view.fit()
        elif name == "turn":
            self.view.turn()
        elif name == "save":
            dialog = SaveDialog(self._context, self.row.name, self)
            dialog.path_chosen.connect(self._save)
            dialog.open()
        elif name == "erase" and self.buttons["erase"].isEnabled():
            erasing = EraseDialog(self._context, self.row, self)
            erasing.taken.connect(partial(self._on_erased, self.row.file.id))
            erasing.open()

    # --- Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the keys."""
        if event.key() == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.do("save")
        elif event.key() in KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.do(KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    # --- slots

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        self.do(next(name for name, button in self.buttons.items() if button is sender))

    def _show(self) -> None:
        row, file = self.row, self.row.file
        i18n = self._context.i18n
        self.setWindowTitle(i18n.tr("desk.viewer_title", number=self._at + 1, count=len(self._rows)))
        self.title_label.setText(row.caption or row.name)
        self.about_label.setText(" · ".join(part for part in self._about(row) if part))
        for name in ("closer", "further", "turn"):
            self.buttons[name].setEnabled(file.is_picture and row.received)
        for name in ("previous", "next"):
            self.buttons[name].setEnabled(len(self._rows) > 1)
        self.buttons["save"].setEnabled(row.received)
        self.buttons["erase"].setVisible(self._may_erase)
        self.buttons["erase"].setEnabled(self._may_erase and not row.erased)
        self.view.clear()
        if row.erased:
            self._say(i18n.tr("desk.evidence_erased"))
            return
        if not file.is_picture and row.received:
            heic = file.media_type == "image/heic"
            self._say(i18n.tr("evidencing.heic_kept" if heic else "desk.viewer_no_picture"))
            return
        self.stack.setCurrentWidget(self.view)
        self._context.ask(self, partial(image_of, file.id), partial(self._on_image, file.id), self._on_failed)

    def _about(self, row: EvidenceRow) -> list[str]:
        """Say all that is known of a piece."""
        file, i18n = row.file, self._context.i18n
        taken = file.taken_at
        return [
            row.name if row.caption else "",
            i18n.tr("desk.viewer_taken", time=taken.isoformat(" ", "minutes")) if taken else "",
            f"{file.place.latitude}, {file.place.longitude}" if file.place else "",
            f"{file.width} × {file.height}" if file.is_picture else file.media_type,
            f"{-(-file.size // 1024)} KB",
            i18n.tr("desk.viewer_author", name=row.author, time=i18n.moment(row.at)),
        ]

    def _on_rights(self, may: bool) -> None:
        self._may_erase = may
        self.buttons["erase"].setVisible(may)
        self.buttons["erase"].setEnabled(may and not self.row.erased)

    def _on_erased(self, key: str, _answer: object) -> None:
        gone = {"received": False, "erased": True}
        self._rows = tuple(replace(row, **gone) if row.file.id == key else row for row in self._rows)
        self._context.notices.post(self._context.i18n.tr("exchange.erased", name=self.title_label.text()), "passed")
        self._context.events.tell_arrival()
        self._show()

    def _on_image(self, key: str, image: QImage) -> None:
        if key == self.row.file.id:
            self.view.show_image(image)
            self.view.setAccessibleName(self.title_label.text())

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, WufeiError):
            self._say(self._context.i18n.error(error))
        else:
            self._context.tasks.failed.emit(error)

    def _say(self, sentence: str) -> None:
        self.message_label.setText(sentence)
        self.stack.setCurrentWidget(self.message_label)

    def _save(self, path: Path) -> None:
        self._context.ask(self, partial(_write, self.row.file.id, path), partial(self._on_saved, path), self._on_failed)

    def _on_saved(self, path: Path, _written: object) -> None:
        self._context.notices.post(self._context.i18n.tr("desk.viewer_saved", path=path))


def image_of(key: str, desk: Desk) -> QImage:
    """Unpack a picture; in the worker thread, since that takes its time."""
    return QImage.fromData(desk.evidencing.view(desk.workspace, key))


def _may_erase(desk: Desk) -> bool:
    return desk.roles.of_person(desk.workspace).may(Role.OFFICE)


def _write(key: str, path: Path, desk: Desk) -> None:
    from wufei_cells.services import saving  # noqa: PLC0415 - the service is loaded by now

    saving.save_file(path, desk.evidencing.read(desk.workspace, key))

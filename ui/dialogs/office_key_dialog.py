"""The office's keys: which are announced, make one, keep a backup copy, bring one in, let another take over."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.passphrase_dialog import PassphraseDialog, Purpose
from ui.dialogs.save_dialog import FOLDER, SaveDialog
from ui.widgets.answer_editor import tight
from ui.widgets.desk_style import desk_style
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView
from wufei_cells.errors import EnvironmentFault, WufeiError, why
from wufei_cells.services.saving import save_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk
    from ui.dialogs.passphrase_dialog import KeyJob
    from ui.tasks import TaskProgress
    from wufei_cells.services.office_keys import KeyRow

SIZE = (880, 520)
COLUMNS = ("key", "issuer", "since", "until", "place")
ANNOUNCEMENTS = "wufei-keys.json"


def grouped(key: str) -> str:
    """Write the name of a key in groups of four, as one compares it by eye."""
    return " ".join(key[place : place + 4] for place in range(0, len(key), 4))


class OfficeKeyDialog(QDialog):
    """Lists the announced keys, newest last, and does what an office does with them.

    Signals:
        keys_changed: there is a key that was not there before.
    """

    keys_changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._rows: tuple[KeyRow, ...] = ()
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.resize(*SIZE)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._ask()

    # --- build

    def _build_widgets(self) -> None:
        tr, theme = self._context.i18n.tr, self._context.theme
        self.setWindowTitle(tr("settings.office_keys.title"))
        self.state_label = plain_label("section", wrap=True)
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.setText(tr("settings.office_keys.hint"))
        self.tree = QTreeWidget()
        self.tree.setColumnCount(len(COLUMNS))
        self.tree.setRootIsDecorated(False)
        self.tree.setAccessibleName(tr("settings.office_keys.title"))
        self.tree.setHeaderLabels([tr(f"settings.office_keys.column_{name}") for name in COLUMNS])
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.tree.setStyleSheet("QTreeWidget::item { padding: 4px 6px; }")
        names = {"make": "plus", "back_up": "save", "bring_in": "upload", "succeed": "redo", "announce": "publish"}
        self.act_buttons = {
            name: QPushButton(
                theme.icon(icon, "on_accent" if name == "make" else "text"), tr(f"settings.office_keys.{name}")
            )
            for name, icon in names.items()
        }
        self.act_buttons["make"].setProperty("role", "accent")
        for name, button in self.act_buttons.items():
            button.setToolTip(tr(f"settings.office_keys.{name}_tip"))
            button.setAutoDefault(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)

    def _build_layout(self) -> None:
        acts = QWidget()
        row = FlowLayout(acts)
        for button in self.act_buttons.values():
            row.addWidget(button)
        inside = QWidget()
        content = tight(QVBoxLayout(inside), 12)
        content.setContentsMargins(0, 0, 0, 0)
        content.addWidget(self.state_label)
        content.addWidget(self.hint_label)
        content.addWidget(self.tree, 1)
        content.addWidget(acts)
        content.addStretch(0)
        self.state_view = StateView(self._context, inside)
        column = tight(QVBoxLayout(self), 12)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.state_view, 1)
        column.addWidget(self.buttons)
        self.setStyleSheet(desk_style(self._context.theme))

    def _connect_signals(self) -> None:
        slots = {
            "make": self.make,
            "back_up": self.back_up,
            "bring_in": self.bring_in,
            "succeed": self.succeed,
            "announce": self.announce,
        }
        for name, button in self.act_buttons.items():
            button.clicked.connect(slots[name])
        self.tree.currentItemChanged.connect(self._on_chosen)
        self.buttons.rejected.connect(self.reject)
        self.state_view.action_triggered.connect(self._ask)

    # --- asking and showing

    @Slot()
    def _ask(self) -> None:
        self.state_view.show_loading()
        self._context.ask(self, _load, self._on_loaded, self.state_view.show_error)

    def _on_loaded(self, rows: tuple[KeyRow, ...]) -> None:
        self._rows = rows
        i18n, theme = self._context.i18n, self._context.theme
        self.tree.clear()
        for row in rows:
            until = i18n.day(row.until) if row.until else i18n.tr("settings.office_keys.in_use")
            place = i18n.tr("settings.office_keys.here" if row.present else "settings.office_keys.elsewhere")
            item = QTreeWidgetItem(self.tree, [grouped(row.id), row.issuer, i18n.day(row.since), until, place])
            item.setData(0, Qt.ItemDataRole.UserRole, row.id)
            item.setIcon(4, theme.icon("check", "passed") if row.present else theme.icon("lock", "not_applicable"))
            item.setToolTip(1, row.issuer)
        if rows:
            self.tree.setCurrentIndex(self.tree.model().index(len(rows) - 1, 0))
        self.tree.setVisible(bool(rows))
        self.state_label.setText(self._said())
        self._on_chosen()
        self.state_view.show_content()

    def _said(self) -> str:
        tr = self._context.i18n.tr
        if not self._rows:
            return tr("settings.office_keys.none")
        usable = self._usable()
        if usable is None:
            return tr("settings.office_keys.cannot_sign")
        return tr("settings.office_keys.can_sign", key=grouped(usable.id))

    def _usable(self) -> KeyRow | None:
        """Give the key this machine signs with."""
        return next((row for row in reversed(self._rows) if row.until is None and row.present), None)

    def _chosen(self) -> KeyRow | None:
        item = self.tree.currentItem()
        name = item.data(0, Qt.ItemDataRole.UserRole) if item else None
        return next((row for row in self._rows if row.id == name), None)

    @Slot()
    def _on_chosen(self) -> None:
        chosen = self._chosen()
        self.act_buttons["make"].setVisible(not self._rows)
        self.act_buttons["back_up"].setEnabled(chosen is not None and chosen.present)
        self.act_buttons["succeed"].setEnabled(self._usable() is not None)
        self.act_buttons["announce"].setEnabled(bool(self._rows))

    # --- what is done

    @Slot()
    def make(self) -> None:
        """Ask for a passphrase and make the first key; its backup copy is asked for at once."""
        self._open(Purpose.MAKE, _make, self._on_made)

    @Slot()
    def succeed(self) -> None:
        """Ask for both passphrases and let a new key take over from the one in use."""
        usable = self._usable()
        if usable is not None:
            note = self._context.i18n.tr("settings.office_keys.succeed_note", key=grouped(usable.id))
            self._open(Purpose.SUCCEED, _succeed, self._on_made, note)

    @Slot()
    def bring_in(self) -> None:
        """Ask for the file of a key."""
        folder = self._context.preferences.text(FOLDER, str(Path.home()))
        tr = self._context.i18n.tr
        words = tr("settings.office_keys.files", endings="*.pem")
        dialog = QFileDialog(self, tr("settings.office_keys.bring_in"), folder, words)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.bring_in_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def bring_in_file(self, name: str) -> None:
        """Ask for the passphrase of a key's file and bring it in; the first key is announced by that."""
        path = Path(name)
        self._context.preferences.remember(FOLDER, str(path.parent))
        first = not self._rows
        note = self._context.i18n.tr("settings.office_keys.bring_in_first") if first else ""
        self._open(Purpose.BRING_IN, partial(_bring_in, path, first), self._on_brought_in, note)

    @Slot()
    def back_up(self) -> None:
        """Ask where to, and write a copy of the chosen key's file, as encrypted as it is."""
        chosen = self._chosen()
        if chosen is not None:
            self._ask_for_copy(chosen.id)

    @Slot()
    def announce(self) -> None:
        """Ask where to, and write the file by which others check what this office signs."""
        dialog = SaveDialog(self._context, ANNOUNCEMENTS, self)
        dialog.path_chosen.connect(self._write_announcements)
        dialog.open()

    # --- slots

    def _open(self, purpose: Purpose, job: KeyJob, done: Callable[[str], object], note: str = "") -> None:
        dialog = PassphraseDialog(self._context, purpose, job, self, note=note)
        dialog.done_with.connect(done)
        dialog.open()

    def _on_made(self, key: str) -> None:
        self._tell("settings.office_keys.made", key=grouped(key))
        self._changed()
        self._ask_for_copy(key)

    def _on_brought_in(self, key: str) -> None:
        self._tell("settings.office_keys.brought_in", key=grouped(key))
        self._changed()

    def _changed(self) -> None:
        self._ask()
        self.keys_changed.emit()

    def _ask_for_copy(self, key: str) -> None:
        dialog = SaveDialog(self._context, f"office-{key}.pem", self)
        dialog.setWindowTitle(self._context.i18n.tr("settings.office_keys.back_up_title"))
        dialog.path_chosen.connect(partial(self._write_copy, key))
        dialog.open()

    def _write_copy(self, key: str, path: Path) -> None:
        done = partial(self._on_written, "settings.office_keys.backed_up")
        self._context.ask(self, partial(_copy, key, path), done, self._on_failed)

    def _write_announcements(self, path: Path) -> None:
        done = partial(self._on_written, "settings.office_keys.announced")
        self._context.ask(self, partial(_announce, path), done, self._on_failed)

    def _on_written(self, said: str, path: Path) -> None:
        self._tell(said, path=str(path))

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, WufeiError):
            self.hint_label.setText(self._context.i18n.error(error))
        else:
            self._context.tasks.failed.emit(error)

    def _tell(self, said: str, **values: object) -> None:
        """Say in the dialog, which covers the notice bar, and in the bar what was done."""
        sentence = self._context.i18n.tr(said, **values)
        self.hint_label.setText(sentence)
        self._context.notices.post(sentence, "passed")


# --- in the worker thread


def _load(desk: Desk) -> tuple[KeyRow, ...]:
    return desk.office_keys.list_keys(desk.workspace)


def _make(_old: str, new: str, desk: Desk, _progress: TaskProgress) -> str:
    return desk.office_keys.make_key(desk.workspace, new).id


def _succeed(old: str, new: str, desk: Desk, _progress: TaskProgress) -> str:
    before = desk.office_keys.unlock(desk.workspace, old)
    return desk.office_keys.succeed(desk.workspace, before, new).id


def _bring_in(path: Path, first: bool, old: str, _new: str, desk: Desk, _progress: TaskProgress) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EnvironmentFault("file.not_readable", path=str(path), detail=why(error)) from error
    return desk.office_keys.import_key(desk.workspace, content, old, introduce=first).id


def _copy(key: str, path: Path, desk: Desk) -> Path:
    return desk.office_keys.export_key(desk.workspace, path, key=key)


def _announce(path: Path, desk: Desk) -> Path:
    return save_file(path, desk.office_keys.announcements_file(desk.workspace))

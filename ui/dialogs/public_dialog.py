"""What the office gives to others: the public register, the page for checking, the signed status list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.paper_writing import open_file
from ui.dialogs.save_dialog import FOLDER, SaveDialog
from ui.widgets.answer_editor import tight
from ui.widgets.desk_style import desk_style
from ui.widgets.fitting import fit_to_words
from ui.widgets.plain import plain_label
from wufei_cells.errors import EnvironmentFault, WufeiError, why
from wufei_cells.services.saving import save_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress
    from wufei_cells.signing.signing_key import SigningKey
    from wufei_cells.signing.status_list import StatusList

    WithKey = Callable[[Callable[[SigningKey | None], object]], None]

WIDTH = 620
CARDS = {
    "register": (("publish", "accent"),),
    "page": (("save_page", ""),),
    "status": (("write_status", ""), ("read_status", "")),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register has of keys."""

    signs: bool
    """Whether the office has announced a key."""
    present: bool
    """Whether this machine can sign."""


class PublicDialog(QDialog):
    """Three cards, each with what it is for and its steps; what went wrong is said in the dialog."""

    def __init__(self, context: AppContext, with_key: WithKey, parent: QWidget | None = None) -> None:
        """Build the dialog; ``with_key`` opens the office's key and goes on with it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._with_key = context, with_key
        self._path: Path | None = None
        tr = context.i18n.tr
        self.setWindowTitle(tr("certificates.public"))
        self.told_label = plain_label("passed", wrap=True)
        self.told_label.hide()
        self.key_label = plain_label("attention", wrap=True)
        self.key_label.hide()
        self.steps: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        for name, steps in CARDS.items():
            column.addWidget(self._card(name, steps))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for widget in (self.key_label, self.told_label, buttons):
            column.addWidget(widget)
        buttons.rejected.connect(self.reject)
        self.steps["publish"].clicked.connect(self._choose_folder)
        self.steps["save_page"].clicked.connect(self._choose_page)
        self.steps["write_status"].clicked.connect(self._choose_status)
        self.steps["read_status"].clicked.connect(self._choose_list)
        self.setMinimumWidth(WIDTH)
        self.setStyleSheet(desk_style(context.theme))
        fit_to_words(self, WIDTH)
        self._context.ask(self, _standing, self._on_standing)

    def _card(self, name: str, steps: tuple[tuple[str, str], ...]) -> QFrame:
        tr = self._context.i18n.tr
        card = QFrame()
        card.setProperty("role", "card")
        row = QVBoxLayout(card)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(8)
        title, text = plain_label("section"), plain_label("muted", wrap=True)
        title.setText(tr(f"certificates.public_{name}"))
        text.setText(tr(f"certificates.public_{name}_text"))
        row.addWidget(title)
        row.addWidget(text)
        line = tight(QHBoxLayout())
        for step, role in steps:
            button = QPushButton(tr(f"certificates.public_{step}"))
            button.setProperty("role", role)
            button.setAutoDefault(False)
            self.steps[step] = button
            line.addWidget(button)
        line.addStretch(1)
        row.addLayout(line)
        return card

    # --- slots

    def _on_standing(self, standing: Standing) -> None:
        tr = self._context.i18n.tr
        self.steps["save_page"].setEnabled(standing.signs)
        self.steps["write_status"].setEnabled(standing.present and self._context.as_of is None)
        self.steps["read_status"].setEnabled(standing.signs and self._context.as_of is None)
        if not standing.present:
            self.key_label.setText(tr("certificates.key_elsewhere" if standing.signs else "certificates.key_none"))
            self.key_label.show()
            fit_to_words(self, WIDTH)

    def _choose_folder(self) -> None:
        dialog = self._files(self._context.i18n.tr("certificates.public_folder"), QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._on_folder)
        dialog.open()

    def _on_folder(self, folder: str) -> None:
        self._remember(Path(folder))
        job = partial(_publish, Path(folder), self._context)
        self._context.work(self, job, self._on_published, self._on_refused, label=self._label(), cancellable=False)

    def _on_published(self, folder: Path) -> None:
        sentence = self._context.i18n.tr("certificates.published", path=str(folder))
        self._tell(sentence, folder)

    def _choose_page(self) -> None:
        self._save(self._context.i18n.tr("certificates.page_name"), ".html", self._on_page)

    def _on_page(self, path: Path) -> None:
        job = partial(_write_page, path, self._context)
        self._context.work(self, job, self._on_written, self._on_refused, label=self._label())

    def _on_written(self, path: Path) -> None:
        self._tell(self._context.i18n.tr("certificates.written", path=str(path)), path)

    def _choose_status(self) -> None:
        self._save(self._context.i18n.tr("certificates.status_name"), ".json", self._on_status_path)

    def _on_status_path(self, path: Path) -> None:
        self._path = path
        self._with_key(self._on_key)

    def _on_key(self, key: SigningKey | None) -> None:
        if key is not None and self._path is not None:
            job = partial(_write_status, self._path, key)
            self._context.work(self, job, self._on_status_written, self._on_refused, label=self._label())

    def _on_status_written(self, made: StatusList) -> None:
        values = {"path": str(self._path), "count": len(made.certificates), "as_of": made.as_of}
        self._tell(self._context.i18n.tr("certificates.status_written", **values), None)

    def _choose_list(self) -> None:
        dialog = self._files(
            self._context.i18n.tr("certificates.public_read_status"), QFileDialog.FileMode.ExistingFile
        )
        dialog.setNameFilter("*.json")
        dialog.fileSelected.connect(self._on_list)
        dialog.open()

    def _on_list(self, file: str) -> None:
        self._remember(Path(file).parent)
        self._context.ask(self, partial(_read_status, Path(file)), self._on_list_read, self._on_refused)

    def _on_list_read(self, found: StatusList) -> None:
        values = {"issuer": found.issuer, "count": len(found.certificates), "as_of": found.as_of}
        self._tell(self._context.i18n.tr("certificates.status_read", **values), None)

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)
            return
        self._say(self._context.i18n.error(error), "failed")

    # --- the rest

    def _tell(self, sentence: str, path: Path | None) -> None:
        self._say(sentence, "passed")
        opens = partial(open_file, self._context, path) if path else None
        self._context.notices.post(sentence, "passed", opens=opens)

    def _say(self, sentence: str, role: str) -> None:
        self.told_label.setText(sentence)
        self.told_label.setProperty("role", role)
        self.told_label.style().polish(self.told_label)
        self.told_label.show()
        fit_to_words(self, WIDTH)

    def _label(self) -> str:
        return self._context.i18n.tr("certificates.writing")

    def _save(self, name: str, ending: str, slot: Callable[[Path], object]) -> None:
        dialog = SaveDialog(self._context, f"{name}{ending}", self)
        dialog.path_chosen.connect(slot)
        dialog.open()

    def _files(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, title, self._context.preferences.text(FOLDER, documents))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        return dialog

    def _remember(self, folder: Path) -> None:
        self._context.preferences.remember(FOLDER, str(folder))


# --- in the worker thread


def _standing(desk: Desk) -> Standing:
    workspace = desk.workspace
    return Standing(desk.certifying.signs(workspace), desk.office_keys.key_in_use(workspace) is not None)


def _page(context: AppContext, desk: Desk) -> str:
    parts = context.web_parts()
    return desk.verification_page.page_of_register(desk.workspace, parts.verifier, parts.catalogue)


def _publish(folder: Path, context: AppContext, desk: Desk, _progress: TaskProgress) -> Path:
    page = _page(context, desk) if desk.certifying.signs(desk.workspace) else ""
    parts, words = context.web_parts().public, context.i18n.wording
    desk.publishing_register.publish(desk.workspace, folder, parts, words, check_page=page)
    return folder


def _write_page(path: Path, context: AppContext, desk: Desk, _progress: TaskProgress) -> Path:
    return save_file(path, _page(context, desk).encode())


def _write_status(path: Path, key: SigningKey, desk: Desk, _progress: TaskProgress) -> StatusList:
    made = desk.status_listing.make_list(desk.workspace, key)
    save_file(path, made.written())
    return made


def _read_status(path: Path, desk: Desk) -> StatusList:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EnvironmentFault("file.not_readable", path=str(path), detail=why(error)) from error
    return desk.status_listing.take_in(desk.workspace, content)

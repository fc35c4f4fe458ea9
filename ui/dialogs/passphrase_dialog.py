"""Asks for the passphrases that the file of an office's key is opened or protected with, and hands them to a job."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.models.passphrase_strength import Strength, strength_of
from ui.widgets.answer_editor import tight
from ui.widgets.desk_style import desk_style
from ui.widgets.fitting import fit_to_words
from ui.widgets.plain import plain_label, problem_label, show_problem
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress

    KeyJob = Callable[[str, str, Desk, TaskProgress], str]
    """Takes the passphrase in use and the new one, either of which may be empty; gives the name of the key."""

WIDTH = 520
TONES = {Strength.WEAK: "attention", Strength.SHORT: "attention", Strength.FAIR: "information"}


class Purpose(StrEnum):
    """What is about to be done."""

    MAKE = "make"
    SUCCEED = "succeed"
    BRING_IN = "bring_in"

    @property
    def opens(self) -> bool:
        """Whether a file that is there already has to be opened."""
        return self is not Purpose.MAKE

    @property
    def chooses(self) -> bool:
        """Whether a new passphrase has to be chosen."""
        return self is not Purpose.BRING_IN


class PassphraseDialog(QDialog):
    """Stays open until the job is done, so that a wrong passphrase is said beside its field; keeps none of them.

    Signals:
        done_with: the job is done (the name of the key).
    """

    done_with = Signal(str)

    def __init__(
        self, context: AppContext, purpose: Purpose, job: KeyJob, parent: QWidget | None = None, *, note: str = ""
    ) -> None:
        """Build the dialog; the note is said in addition to what the purpose has to say."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._purpose = purpose
        self._job = job
        tr = context.i18n.tr
        self.setWindowTitle(tr(f"settings.office_keys.{purpose.value}"))
        self.text_label = plain_label(wrap=True)
        text = tr(f"settings.office_keys.{purpose.value}_text")
        self.text_label.setText(f"{text}\n{note}" if note else text)
        self.old_edit, self.new_edit, self.again_edit = (self._edit() for _ in range(3))
        self.strength_label = plain_label("muted", wrap=True)
        self.problem = problem_label()
        self.warning_label = plain_label("attention", wrap=True)
        self.warning_label.setText(tr("settings.office_keys.warning"))
        self.warning_label.setVisible(purpose.chooses)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go_button = QPushButton(tr(f"settings.office_keys.{purpose.value}_button"))
        self.go_button.setProperty("role", "accent")
        self.go_button.setDefault(True)
        self.buttons.addButton(self.go_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self._build_layout()
        self.buttons.accepted.connect(self._go)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self._forget)
        self._on_typed()
        self.setWindowModality(Qt.WindowModality.WindowModal)
        (self.old_edit if purpose.opens else self.new_edit).setFocus()

    def _edit(self) -> QLineEdit:
        edit = QLineEdit()
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        edit.textEdited.connect(self._on_typed)
        return edit

    def _build_layout(self) -> None:
        tr = self._context.i18n.tr
        column = tight(QVBoxLayout(self), 4)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.text_label)
        column.addSpacing(8)
        fields = [("old", self.old_edit)] if self._purpose.opens else []
        fields += [("new", self.new_edit), ("again", self.again_edit)] if self._purpose.chooses else []
        for name, edit in fields:
            label = QLabel(tr(f"settings.office_keys.{name}" if len(fields) > 1 else "settings.office_keys.passphrase"))
            label.setBuddy(edit)
            edit.setAccessibleName(label.text())
            column.addWidget(label)
            column.addWidget(edit)
            if edit is self.new_edit:
                column.addWidget(self.strength_label)
        column.addWidget(self.problem)
        column.addSpacing(8)
        column.addWidget(self.warning_label)
        column.addSpacing(8)
        column.addWidget(self.buttons)
        for edit in (self.old_edit, self.new_edit, self.again_edit, self.strength_label):
            if edit.parent() is None:
                edit.setParent(self)
                edit.hide()
        self.setStyleSheet(desk_style(self._context.theme))

    # --- slots

    @Slot()
    def _on_typed(self) -> None:
        """Say how good the new passphrase is, and let the person go on once nothing is missing."""
        tr, purpose = self._context.i18n.tr, self._purpose
        strength = strength_of(self.new_edit.text())
        self.strength_label.setText(tr(f"settings.office_keys.strength_{strength.value}"))
        self.strength_label.setProperty("role", TONES.get(strength, "passed" if strength is Strength.GOOD else "muted"))
        self.strength_label.style().polish(self.strength_label)
        show_problem(self.old_edit, self.problem, "")
        new, again = self.new_edit.text(), self.again_edit.text()
        if purpose.chooses and again and again != new:
            show_problem(self.again_edit, self.problem, tr("settings.office_keys.differs"))
        elif purpose.chooses:
            show_problem(self.again_edit, self.problem, "")
        typed = bool(self.old_edit.text()) or not purpose.opens
        chosen = not purpose.chooses or (strength not in (Strength.NONE, Strength.SHORT) and new == again)
        self.go_button.setEnabled(typed and chosen)
        fit_to_words(self, WIDTH)

    @Slot()
    def _go(self) -> None:
        self.go_button.setEnabled(False)
        job = partial(self._job, self.old_edit.text(), self.new_edit.text())
        label = self._context.i18n.tr("settings.office_keys.working")
        self._context.work(self, job, self._on_done, self._on_refused, label=label)

    def _on_done(self, key: str) -> None:
        self.accept()
        self.done_with.emit(key)

    def _on_refused(self, error: Exception) -> None:
        edit = self.old_edit if self._purpose.opens else self.new_edit
        self.go_button.setEnabled(True)
        if isinstance(error, WufeiError):
            show_problem(edit, self.problem, self._context.i18n.error(error))
            edit.setFocus()
            edit.selectAll()
            fit_to_words(self, WIDTH)
        else:
            self._context.tasks.failed.emit(error)

    @Slot()
    def _forget(self) -> None:
        """Leave no passphrase behind, in the fields or in their undo."""
        for edit in (self.old_edit, self.new_edit, self.again_edit):
            edit.setText("")

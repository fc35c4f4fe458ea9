"""Asks for the passphrase of the office's key and opens it; a wrong one is said here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.dialogs.form_dialog import FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk
    from wufei_cells.signing.signing_key import SigningKey


class UnlockDialog(FormDialog):
    """Emits ``taken`` with the opened key."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        tr = context.i18n.tr
        super().__init__(context, tr("certificates.unlock"), tr("certificates.unlock_heading"), parent)
        self.passphrase_edit = self.add_line("passphrase", "certificates.passphrase")
        self.passphrase_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase_edit.textChanged.connect(self.check)
        self.show_hint(tr("certificates.unlock_hint"))
        self.passphrase_edit.setFocus()

    def job(self) -> Callable[[Desk], SigningKey]:
        """Open the key."""
        return partial(_unlock, self.passphrase_edit.text())

    def ready(self) -> bool:
        """Something must be typed."""
        return bool(self.passphrase_edit.text())

    def show_refusal(self, error: Exception) -> None:
        """Say what is wrong, and let it be typed anew."""
        super().show_refusal(error)
        self.passphrase_edit.selectAll()
        self.passphrase_edit.setFocus()


def _unlock(passphrase: str, desk: Desk) -> SigningKey:
    return desk.office_keys.unlock(desk.workspace, passphrase)

"""Asks why a photo or a paper is to be erased for good, and erases it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.dialogs.form_dialog import FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext, Desk
    from wufei_cells.domain.evidence import EvidenceRow


class EraseDialog(FormDialog):
    """Takes one piece away from every machine; that cannot be taken back, so it is asked with its consequences."""

    def __init__(self, context: AppContext, row: EvidenceRow, parent: QWidget | None = None) -> None:
        tr = context.i18n.tr
        super().__init__(
            context, tr("exchange.erase"), tr("exchange.erase_heading", name=row.caption or row.name), parent
        )
        self._file = row.file.id
        self.reason_edit = self.add_text("reason", "certificates.reason")
        self.reason_edit.textChanged.connect(self.check)
        self.show_hint(tr("exchange.erase_text"), "failed")
        self.reason_edit.setFocus()

    def ready(self) -> bool:
        """A reason is needed."""
        return bool(self.reason_edit.toPlainText().strip())

    def job(self) -> Callable[[Desk], object]:
        """Erase it."""
        return partial(_erase, self._file, self.reason_edit.toPlainText())


def _erase(file: str, reason: str, desk: Desk) -> None:
    desk.erasing.erase(desk.workspace, file, reason)

"""Asks for the reason of a step of the office and takes the step; what is refused is said here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.dialogs.form_dialog import FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk


class GivenReasonDialog(FormDialog):
    """Takes one step with one reason; asks once more where much hangs on it. Emits ``taken`` with the result."""

    def __init__(
        self,
        context: AppContext,
        step: str,
        take: Callable[[str, Desk], object],
        parent: QWidget | None = None,
        *,
        twice: bool = False,
        **values: object,
    ) -> None:
        """Build the form from the words under ``certificates.<step>_title``, ``_heading`` and ``_hint``.

        One that asks ``twice`` says ``_sure`` and ``_finally`` the second time.
        """
        tr = context.i18n.tr
        title, heading = tr(f"certificates.{step}_title"), tr(f"certificates.{step}_heading", **values)
        super().__init__(context, title, heading, parent)
        self._take, self._step, self._values = take, step, values
        self._twice, self._sure = twice, False
        self.reason_edit = self.add_text("reason", "certificates.reason")
        self.reason_edit.textChanged.connect(self._on_edited)
        self._on_edited()
        self.reason_edit.setFocus()

    def job(self) -> Callable[[Desk], object] | None:
        """Take the step; one that is asked for twice only when it is confirmed once more."""
        tr = self._context.i18n.tr
        if self._twice and not self._sure:
            self._sure = True
            self.show_hint(tr(f"certificates.{self._step}_sure", **self._values), "failed")
            self.confirm_button.setText(tr(f"certificates.{self._step}_finally"))
            return None
        return partial(self._take, self.reason_edit.toPlainText().strip())

    def _on_edited(self) -> None:
        """Say what the step means; after a change it has to be confirmed anew."""
        self._sure = False
        tr = self._context.i18n.tr
        self.show_hint(tr(f"certificates.{self._step}_hint", **self._values), "attention" if self._twice else "muted")
        self.confirm_button.setText(tr(f"certificates.{self._step}_title"))
        self.check()

    def ready(self) -> bool:
        """A reason must be given."""
        return bool(self.reason_edit.toPlainText().strip())


# --- steps, in the worker thread


def take_out(keys: tuple[str, ...], reason: str, desk: Desk) -> object:
    """Take sites out of their notice."""
    return tuple(desk.naming.take_out(desk.workspace, key, reason=reason) for key in keys)


def strike(certificate: str, event: str, reason: str, desk: Desk) -> object:
    """Strike an event that was put on record by mistake."""
    desk.supervising.strike(desk.workspace, certificate, event, reason=reason)
    return certificate

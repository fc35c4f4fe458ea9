"""Put an objection to a public notice on record."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from ui.dialogs.form_dialog import FormDialog, day_of
from wufei_cells.domain.objections import Objection, ObjectionKind
from wufei_cells.domain.register import AssessmentId

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext, Desk
    from ui.models.certificate_lists import CaseRow
    from wufei_cells.domain.objections import ObjectionRow

ANSWERED_WITHIN = timedelta(days=15)
"""Proposed as the day for the answer; nothing lays it down."""


class ObjectionDialog(FormDialog):
    """Emits ``step_taken`` with the objection."""

    def __init__(self, context: AppContext, row: CaseRow, today: date, parent: QWidget | None = None) -> None:
        tr = context.i18n.tr
        heading = tr("certificates.objection_heading", site=row.site_name)
        super().__init__(context, tr("certificates.objection_title"), heading, parent)
        self._row = row
        self.text_edit = self.add_text("text", "certificates.objection_text")
        self.received_edit = self.add_day("received_on", "certificates.objection_received", today)
        self.due_edit = self.add_day("due", "certificates.objection_due", today + ANSWERED_WITHIN)
        self.name_edit = self.add_line("name", "certificates.objection_name")
        self.contact_edit = self.add_line("contact", "certificates.objection_contact")
        self.text_edit.textChanged.connect(self._on_edited)
        self.show_hint(tr("certificates.objection_hint"))
        self._on_edited()
        self.text_edit.setFocus()

    def job(self) -> Callable[[Desk], ObjectionRow]:
        """Put it on record."""
        said = Objection(
            assessment=AssessmentId(self._row.id),
            kind=ObjectionKind.OBJECTION,
            text=self.text_edit.toPlainText(),
            received_on=day_of(self.received_edit),
            name=self.name_edit.text(),
            contact=self.contact_edit.text(),
            due=day_of(self.due_edit),
        )
        return partial(_take_in, said)

    def _on_edited(self) -> None:
        self.confirm_button.setEnabled(bool(self.text_edit.toPlainText().strip()))


def _take_in(objection: Objection, desk: Desk) -> ObjectionRow:
    return desk.objecting.take_in(desk.workspace, objection)

"""Put on record what happened to a certificate: a report, a check, an order, a suspension, a withdrawal, a new name."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDateEdit, QLineEdit, QSpinBox, QWidget

from ui.dialogs.form_dialog import FormDialog, day_of
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.services.supervising import months_before

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk
    from ui.models.certificate_lists import Room
    from wufei_cells.domain.register import CertificateRow
    from wufei_cells.domain.supervision import EventRow

DAYS_TO_MEND = 30
WITH_DOCUMENT = (EventKind.SUSPEND, EventKind.REINSTATE, EventKind.WITHDRAW, EventKind.ORDER)


class EventDialog(FormDialog):
    """Takes one event; a withdrawal is final, so it is asked for twice. Emits ``taken`` with the event."""

    def __init__(
        self,
        context: AppContext,
        kind: EventKind,
        row: CertificateRow,
        room: Room,
        parent: QWidget | None = None,
    ) -> None:
        tr = context.i18n.tr
        heading = tr("certificates.event_heading", site=row.site_name, number=row.number)
        super().__init__(context, tr(f"certificates.event_{kind.value}"), heading, parent)
        self._kind, self._certificate, self._room = kind, row, room
        self._sure = False
        self.day_edit = self.add_day("on", "certificates.event_on", room.today)
        self.year_edit: QSpinBox | None = None
        self.until_edit: QDateEdit | None = None
        self.document_edit: QLineEdit | None = None
        if kind is EventKind.REPORT:
            last = room.today.year
            self.year_edit = self.add_number("year", "certificates.event_year", last - 1, 2000, 2100)
            self.year_edit.setValue(max(last - 1, row.issued_on.year))
        if kind is EventKind.ORDER:
            self.until_edit = self.add_day("until", "certificates.event_until", room.today)
            self.until_edit.setDate(self.until_edit.date().addDays(DAYS_TO_MEND))
        key = "certificates.event_new_name" if kind is EventKind.RENAME else "certificates.event_reason"
        if kind is EventKind.REPORT:
            key = "certificates.event_told"
        self.reason_edit = self.add_text("reason", key)
        if kind in WITH_DOCUMENT:
            self.document_edit = self.add_line("document_number", "certificates.event_document")
        if kind is EventKind.WITHDRAW:
            self.day_edit.dateChanged.connect(self._warn)
            self.reason_edit.textChanged.connect(self._warn)
        self._warn()
        self.reason_edit.setFocus()

    def job(self) -> Callable[[Desk], EventRow] | None:
        """Put it on record; a withdrawal only when it is confirmed once more."""
        event = Event(self._kind, day_of(self.day_edit), self.reason_edit.toPlainText())
        if self.year_edit is not None:
            event = replace(event, year=self.year_edit.value())
        if self.until_edit is not None:
            event = replace(event, until=day_of(self.until_edit))
        if self.document_edit is not None:
            event = replace(event, document_number=self.document_edit.text())
        if self._kind is EventKind.WITHDRAW and event.reason.strip() and not self._sure:
            self._sure = True
            self.show_hint(self._withdrawal("certificates.withdraw_sure"), "failed")
            self.confirm_button.setText(self._context.i18n.tr("certificates.withdraw_finally"))
            return None
        return partial(_record, self._certificate.id, event)

    def _warn(self) -> None:
        """Say what the event means; after a change a withdrawal has to be confirmed anew."""
        self._sure = False
        tr = self._context.i18n.tr
        self.confirm_button.setText(tr(f"certificates.event_{self._kind.value}"))
        if self._kind is EventKind.WITHDRAW:
            self.show_hint(self._withdrawal("certificates.withdraw_hint"), "attention")
        else:
            self.show_hint(tr(f"certificates.event_{self._kind.value}_hint"))

    def _withdrawal(self, key: str) -> str:
        i18n, years = self._context.i18n, self._room.profile.process.bar_years
        said = i18n.tr(key, number=self._certificate.number, site=self._certificate.site_name)
        if not years:
            return said
        until = months_before(day_of(self.day_edit), -12 * years)
        return said + i18n.tr("certificates.withdraw_barred", until=i18n.day(until))


def fitting_kinds(row: CertificateRow) -> tuple[EventKind, ...]:
    """Name what can happen to a certificate as it stands, in the order in which it is offered."""
    state = row.state.value
    if state == "withdrawn":
        return ()
    first = EventKind.REINSTATE if state == "suspended" else EventKind.SUSPEND
    order = EventKind.MENDED if row.ordered_until else EventKind.ORDER
    return (EventKind.REPORT, EventKind.CHECK, order, EventKind.RENAME, first, EventKind.WITHDRAW)


def _record(certificate: str, event: Event, desk: Desk) -> EventRow:
    return desk.supervising.record_event(desk.workspace, certificate, event)

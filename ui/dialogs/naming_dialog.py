"""Name a batch by a document; where the city gives no public notice, the chosen sites become one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ui.dialogs.form_dialog import FormDialog, day_of
from ui.dialogs.notice_dialog import proposed_title, refuse_unprintable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from ui.context import AppContext, Desk
    from ui.models.certificate_lists import CaseRow, Room
    from wufei_cells.domain.batches import BatchRow
    from wufei_cells.services.papers import Press


class NamingDialog(FormDialog):
    """Emits ``taken`` with the batch."""

    def __init__(self, context: AppContext, rows: Sequence[CaseRow], room: Room, parent: QWidget | None = None) -> None:
        """Build the form for the chosen sites; of those that stand in a notice, their whole batch is named."""
        tr = context.i18n.tr
        batches = list({row.batch.id: row.batch for row in rows if row.batch}.values())
        self._keys = [row.id for row in rows if row.batch is None]
        by_batch = bool(batches)
        one = tr("certificates.name_one", site=rows[0].site_name)
        many = tr("certificates.name_many", count=len(self._keys))
        heading = tr("certificates.name_batch") if by_batch else one if len(rows) == 1 else many
        super().__init__(context, tr("certificates.name_button"), heading, parent)
        self.batch_choice: QComboBox | None = None
        self.title_edit: QLineEdit | None = None
        if by_batch:
            entries = [
                (tr("certificates.batch_of", title=row.batch.title, count=row.noticed), row.id) for row in batches
            ]
            self.batch_choice = self.add_choice("batch", "certificates.batch", entries)
        else:
            self.title_edit = self.add_line("title", "certificates.batch_title", proposed_title(context, room))
        self.document_edit = self.add_line(
            "document_number", "certificates.document_number", hint="certificates.document_hint"
        )
        self.day_edit = self.add_day("named_on", "certificates.named_on", room.today)
        self.show_hint(tr("certificates.name_hint_batch" if by_batch else "certificates.name_hint"))
        self.document_edit.setFocus()

    def job(self) -> Callable[[Desk], BatchRow]:
        """Name them."""
        document, day = self.document_edit.text(), day_of(self.day_edit)
        if self.batch_choice is not None:
            return partial(_name_batch, str(self.batch_choice.currentData()), document, day)
        title = self.title_edit.text() if self.title_edit else ""
        return partial(_name_sites, self._context.press, self._keys, title, document, day)


def _name_batch(batch: str, document: str, day: date, desk: Desk) -> BatchRow:
    return desk.naming.name_batch(desk.workspace, batch, document_number=document, named_on=day)


def _name_sites(
    press: Callable[[], Press], keys: Sequence[str], title: str, document: str, day: date, desk: Desk
) -> BatchRow:
    refuse_unprintable(press, keys, desk)
    return desk.naming.name_sites(desk.workspace, keys, title=title, document_number=document, named_on=day)

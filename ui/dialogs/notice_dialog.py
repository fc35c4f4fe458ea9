"""Put approved sites into a public notice: its title, its days with the least that the city asks for, its contact."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QWidget

from ui.dialogs.form_dialog import FormDialog, day_of
from wufei_cells.errors import ProblemsFound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.context import AppContext, Desk
    from ui.models.certificate_lists import CaseRow, Room
    from wufei_cells.domain.batches import BatchRow
    from wufei_cells.services.papers import Press


class NoticeDialog(FormDialog):
    """Emits ``taken`` with the batch."""

    def __init__(self, context: AppContext, rows: Sequence[CaseRow], room: Room, parent: QWidget | None = None) -> None:
        tr = context.i18n.tr
        one = tr("certificates.notice_one", site=rows[0].site_name)
        heading = one if len(rows) == 1 else tr("certificates.notice_many", count=len(rows))
        super().__init__(context, tr("certificates.notice_button"), heading, parent)
        self._keys = [row.id for row in rows]
        self._days = max(room.profile.process.notice_days, 1)
        contact = next((row.batch.contact for row in room.batches if row.batch.contact), "")
        self.title_edit = self.add_line("title", "certificates.batch_title", proposed_title(context, room))
        self.from_edit = self.add_day("notice_from", "certificates.notice_from", room.today)
        self.until_edit = self.add_day("notice_until", "certificates.notice_until", self._least(room.today))
        self.contact_edit = self.add_text("contact", "certificates.notice_contact", hint="certificates.contact_hint")
        self.contact_edit.setPlainText(contact)
        self.from_edit.dateChanged.connect(self._on_from_changed)
        self._explain()
        self.title_edit.setFocus()

    def job(self) -> Callable[[Desk], BatchRow]:
        """Publish."""
        return partial(
            _publish,
            self._context.press,
            self._keys,
            self.title_edit.text(),
            (day_of(self.from_edit), day_of(self.until_edit)),
            self.contact_edit.toPlainText(),
        )

    def _least(self, first: date) -> date:
        return first + timedelta(days=self._days - 1)

    def _on_from_changed(self) -> None:
        least = self._least(day_of(self.from_edit))
        self.until_edit.setDate(QDate(least.year, least.month, least.day))
        self._explain()

    def _explain(self) -> None:
        first = day_of(self.from_edit)
        least = self._least(first)
        tr, day = self._context.i18n.tr, self._context.i18n.day
        values = {"days": self._days, "first": day(first), "least": day(least), "after": day(least + timedelta(days=1))}
        self.show_hint(tr("certificates.notice_explained", **values))


def proposed_title(context: AppContext, room: Room) -> str:
    """Propose what a new batch is called: the next of its year."""
    year = room.today.year
    days = [row.batch.notice_from or row.batch.named_on for row in room.batches]
    count = sum(1 for day in days if day is not None and day.year == year)
    return context.i18n.tr("certificates.batch_proposed", year=year, number=count + 1)


def refuse_unprintable(press: Callable[[], Press], keys: Sequence[str], desk: Desk) -> None:
    """Refuse sites whose certificates could not be printed, before their names are made public.

    Raises:
        ProblemsFound: each with what is wrong about its name.
    """
    problems = desk.papers.unprintable(desk.workspace, press(), keys)
    if problems:
        raise ProblemsFound(problems)


def _publish(
    press: Callable[[], Press],
    keys: Sequence[str],
    title: str,
    period: tuple[date, date],
    contact: str,
    desk: Desk,
) -> BatchRow:
    refuse_unprintable(press, keys, desk)
    first, last = period
    return desk.naming.publish_notice(
        desk.workspace, keys, title=title, notice_from=first, notice_until=last, contact=contact
    )

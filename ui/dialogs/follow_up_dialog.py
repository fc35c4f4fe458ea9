"""Put a follow-up on record, and say what came of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from ui.context import Places, load_places
from ui.dialogs.form_dialog import FormDialog, day_of
from ui.widgets.day_edit import OptionalDay
from wufei_cells.domain.follow_ups import FollowUp, FollowUpLevel, FollowUpRow, Subject

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ui.context import AppContext, Desk
    from wufei_cells.services.following_up import FollowUpView

DAYS_TO_ANSWER = 14


@dataclass(frozen=True, slots=True)
class FollowUpForm:
    """What the form shows: whom it may be about, and the city's levels."""

    today: date
    subject: Subject
    site_name: str
    places: Places
    levels: tuple[FollowUpLevel, ...]
    proposed: str
    """Key of the level that comes next."""
    before: tuple[FollowUpView, ...]
    """Earlier ones on the same subject, newest first."""


class FollowUpDialog(FormDialog):
    """Emits ``taken`` with the follow-up; about a site, or a county and a category that are chosen here."""

    def __init__(self, context: AppContext, form: FollowUpForm, parent: QWidget | None = None) -> None:
        tr = context.i18n.tr
        heading = (
            tr("steering.follow_up_site", site=form.site_name) if form.site_name else tr("steering.follow_up_part")
        )
        super().__init__(context, tr("steering.follow_up_record"), heading, parent)
        self._form = form
        self.district_box: QComboBox | None = None
        self.category_box: QComboBox | None = None
        text = context.i18n.text
        if not form.subject.site:
            districts = [
                (tr("steering.no_district"), ""),
                *((text(one), key) for key, one in form.places.districts.items()),
            ]
            categories = [
                (tr("steering.no_category"), ""),
                *((text(one), key) for key, one in form.places.categories.items()),
            ]
            self.district_box = self.add_choice("district", "sites.column.district", districts)
            self.category_box = self.add_choice("category", "sites.column.category", categories)
            self.district_box.setCurrentIndex(max(self.district_box.findData(form.subject.district or ""), 0))
            self.category_box.setCurrentIndex(max(self.category_box.findData(form.subject.category or ""), 0))
        self.level_box = self.add_choice("level", "steering.level", [(text(one.text), one.key) for one in form.levels])
        self.level_box.setCurrentIndex(max(self.level_box.findData(form.proposed), 0))
        self.day_edit = self.add_day("on", "steering.follow_up_on", form.today)
        self.text_edit = self.add_text("text", "steering.follow_up_text", hint="steering.follow_up_text_hint")
        self.due_edit = self.add("due", "steering.follow_up_due", OptionalDay())
        self.due_edit.name(tr("steering.follow_up_has_due"), tr("steering.follow_up_due"))
        self.due_edit.show_day(None, form.today + timedelta(days=DAYS_TO_ANSWER))
        self.due_edit.box.setChecked(True)
        self.document_edit = self.add_line("document_number", "certificates.event_document")
        self.show_hint(self._told_before())
        self.text_edit.setFocus()

    @property
    def subject(self) -> Subject:
        """Whom it is about."""
        if self.district_box is None or self.category_box is None:
            return self._form.subject
        return Subject(None, self.district_box.currentData() or None, self.category_box.currentData() or None)

    def job(self) -> Callable[[Desk], FollowUpRow]:
        """Put it on record."""
        said = FollowUp(
            self.subject,
            str(self.level_box.currentData() or ""),
            day_of(self.day_edit),
            self.text_edit.toPlainText(),
            self.document_edit.text(),
            self.due_edit.day,
        )
        return partial(_record, said)

    def _told_before(self) -> str:
        """Say what was done last about the same one."""
        i18n = self._context.i18n
        if not self._form.levels:
            return i18n.tr("following_up.no_levels")
        if not self._form.before:
            return i18n.tr("steering.follow_up_first")
        last = self._form.before[0]
        state = "done" if not last.open else "overdue" if last.overdue else "open"
        values = {"on": i18n.day(last.row.said.on), "level": i18n.text(last.level.text)}
        return i18n.tr("steering.follow_up_before", state=i18n.tr(f"follow_up.state.{state}"), **values)


class SettleDialog(FormDialog):
    """Asks what came of a follow-up; emits ``taken`` with it."""

    def __init__(
        self, context: AppContext, view: FollowUpView, about: str, today: date, parent: QWidget | None = None
    ) -> None:
        tr = context.i18n.tr
        heading = tr("steering.settle_heading", about=about, level=context.i18n.text(view.level.text))
        super().__init__(context, tr("steering.settle"), heading, parent)
        self._key = view.row.id
        self.day_edit = self.add_day("done_on", "steering.settle_on", today)
        self.outcome_edit = self.add_text("outcome", "steering.settle_outcome", hint="steering.settle_hint")
        self.show_hint(view.row.said.text)
        self.outcome_edit.setFocus()

    def job(self) -> Callable[[Desk], FollowUpRow]:
        """Put the end on record."""
        return partial(_settle, self._key, day_of(self.day_edit), self.outcome_edit.toPlainText())


def open_follow_up(
    context: AppContext, parent: QWidget, done: Callable[[FollowUpRow], object], subject: Subject | None = None
) -> None:
    """Load what the form needs, and open it."""

    def show(form: FollowUpForm) -> None:
        dialog = FollowUpDialog(context, form, parent)
        dialog.taken.connect(done)
        dialog.open()

    context.ask(parent, partial(_load, subject or Subject()), show)


# --- in the worker thread


def _load(subject: Subject, desk: Desk) -> FollowUpForm:
    workspace = desk.workspace
    name = desk.browsing.site(workspace, subject.site).name if subject.site else ""
    chosen = subject != Subject()
    proposed = desk.following_up.next_level(workspace, subject)
    before = desk.following_up.follow_ups(workspace, subject=subject) if chosen else ()
    return FollowUpForm(
        workspace.today(),
        subject,
        name,
        load_places(desk),
        desk.following_up.levels(workspace),
        proposed.key if proposed else "",
        before,
    )


def _record(said: FollowUp, desk: Desk) -> FollowUpRow:
    return desk.following_up.follow_up(desk.workspace, said)


def _settle(key: str, on: date, outcome: str, desk: Desk) -> FollowUpRow:
    return desk.following_up.settle(desk.workspace, key, done_on=on, outcome=outcome)

"""Plan a visit, or plan it anew: the site, the day and time, and who goes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QHBoxLayout, QTimeEdit, QWidget

from ui.dialogs.form_dialog import FormDialog, day_of
from ui.dialogs.steering_undo import tell_done
from ui.widgets.names_edit import NamesEdit
from wufei_cells.domain.register import SiteId
from wufei_cells.domain.visits import Visit, VisitRow
from wufei_cells.services.visiting import PLACE

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk
    from wufei_cells.services.visiting import VisitView

NINE = QTime(9, 0)
MOST_SITES = 5_000
"""So many are listed at most; of a larger register only the one that is proposed, and names are typed."""


@dataclass(frozen=True, slots=True)
class VisitForm:
    """What the form proposes: today, who works here and whom one knows, and the sites by name."""

    today: dt.date
    me: str
    people: tuple[str, ...]
    sites: tuple[tuple[str, str], ...]
    """Id and name."""
    site: str = ""
    """Which is proposed."""
    visit: VisitRow | None = None
    """Which is to be changed."""


class VisitDialog(FormDialog):
    """Emits ``taken`` with the visit, people who are asked for elsewhere at that time beside it."""

    def __init__(self, context: AppContext, form: VisitForm, parent: QWidget | None = None) -> None:
        tr = context.i18n.tr
        title = tr("steering.visit_change" if form.visit else "steering.visit_plan")
        super().__init__(context, title, tr("steering.visit_heading"), parent)
        self._form = form
        said = form.visit.said if form.visit else None
        self.site_box = self.add("site", "steering.visit_site", _site_box(form))
        self.day_edit = self.add_day("on", "steering.visit_on", said.on if said else form.today)
        self.time_edit = self.add("time", "steering.visit_time", TimeField(tr("steering.visit_timed")))
        self.time_edit.show_time(said.time if said else None)
        self.people_edit = self.add("people", "steering.visit_people", NamesEdit())
        self.people_edit.setPlaceholderText(tr("steering.visit_people_hint"))
        self.people_edit.propose(form.people)
        self.people_edit.show_names(said.people if said else (form.me,), tr("steering.names_joint"))
        self.note_edit = self.add_text("note", "steering.visit_note", hint="steering.visit_note_hint")
        self.note_edit.setPlainText(said.note if said else "")
        self.past_box = self.add("past", "steering.visit_past", QCheckBox(tr("steering.visit_past_yes")))
        self.day_edit.dateChanged.connect(self._offer_past)
        self._offer_past()
        (self.people_edit if form.site or form.visit else self.site_box).setFocus()

    def job(self) -> Callable[[Desk], VisitView]:
        """Plan it."""
        form = self._form
        visit = Visit(
            SiteId(self._site),
            day_of(self.day_edit),
            self.people_edit.names,
            self.time_edit.time,
            self.note_edit.toPlainText(),
        )
        if form.visit is None:
            return partial(_plan, visit, self.past_box.isChecked())
        kept = form.visit.said
        visit = replace(visit, assessment=kept.assessment if kept.site == visit.site else None)
        return partial(_change, form.visit.id, visit, self.past_box.isChecked())

    @property
    def _site(self) -> str:
        """The id of the site that is chosen, or the name that was typed."""
        typed = self.site_box.currentText().strip()
        at = self.site_box.currentIndex()  # of several that are called so, the one that was chosen
        if self.site_box.itemText(at) != typed:
            at = self.site_box.findText(typed, Qt.MatchFlag.MatchFixedString | Qt.MatchFlag.MatchCaseSensitive)
        return str(self.site_box.itemData(at)) if at >= 0 else typed

    def _offer_past(self) -> None:
        """Ask for the tick only where the day has gone by."""
        today = self._form.today
        gone = self.day_edit.date() < QDate(today.year, today.month, today.day)
        self.past_box.setEnabled(gone)
        if not gone:
            self.past_box.setChecked(False)


class TimeField(QWidget):
    """Takes hours and minutes, or none while its box is not ticked."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.box = QCheckBox(words)
        self.edit = QTimeEdit(NINE)
        self.edit.setDisplayFormat("HH:mm")
        self.edit.setAccessibleName(words)
        self.edit.setEnabled(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        row.addWidget(self.edit)
        row.addStretch(1)
        self.box.toggled.connect(self.edit.setEnabled)
        self.setFocusProxy(self.box)

    @property
    def time(self) -> dt.time | None:
        """The time; ``None``: on that day."""
        at = self.edit.time()
        return dt.time(at.hour(), at.minute()) if self.box.isChecked() else None

    def show_time(self, at: dt.time | None) -> None:
        """Show a time, or that there is none."""
        self.box.setChecked(at is not None)
        if at is not None:
            self.edit.setTime(QTime(at.hour, at.minute))


def _site_box(form: VisitForm) -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    for key, name in form.sites:
        box.addItem(name, key)
    if (completer := box.completer()) is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    wanted = form.visit.said.site if form.visit else form.site
    box.setCurrentIndex(box.findData(wanted) if wanted else -1)
    return box


class CancelDialog(FormDialog):
    """Asks why a visit does not take place, and says that it does not; emits ``taken`` with it."""

    def __init__(self, context: AppContext, visit: str, told: str, parent: QWidget | None = None) -> None:
        """Build the dialog; ``told`` names the visit."""
        super().__init__(context, context.i18n.tr("steering.visit_cancel"), told, parent)
        self._visit = visit
        self.reason_edit = self.add_text("reason", "steering.cancel_reason", hint="steering.cancel_hint")
        self.reason_edit.setFocus()

    def job(self) -> Callable[[Desk], VisitView]:
        """Cancel it."""
        return partial(_cancel, self._visit, self.reason_edit.toPlainText())


def open_visit(
    context: AppContext,
    parent: QWidget,
    done: Callable[[VisitView], object] | None = None,
    *,
    site: str = "",
    visit: str = "",
) -> None:
    """Load what the form needs, and open it for a site, or for a visit that is to be changed."""

    def show(form: VisitForm) -> None:
        dialog = VisitDialog(context, form, parent)
        if done is not None:
            dialog.taken.connect(done)
        dialog.taken.connect(partial(tell_planned, context))
        dialog.open()

    context.ask(parent, partial(_load, site, visit), show)


def tell_planned(context: AppContext, view: VisitView) -> None:
    """Say what was planned or cancelled, and who is asked for elsewhere at that time."""
    tr, said = context.i18n.tr, view.row.said
    if said.cancelled is not None:
        tell_done(context, tr("steering.visit_cancelled", site=view.site_name, on=said.on), PLACE)
    elif view.clashes:
        clash = view.clashes[0]
        told = tr("visit.clash", names=clash.people, site=clash.site_name)
        tell_done(context, told, PLACE, tone="attention")
    else:
        tell_done(context, tr("steering.visit_planned", site=view.site_name, on=said.on), PLACE)


# --- in the worker thread


def _load(site: str, visit: str, desk: Desk) -> VisitForm:
    workspace = desk.workspace
    row = desk.visiting.visit(workspace, visit) if visit else None
    wanted = row.said.site if row else site
    known = desk.browsing.list_sites(workspace)
    listed = known if len(known) <= MOST_SITES else [one for one in known if one.id == wanted]
    sites = sorted(((str(one.id), one.name) for one in listed), key=lambda one: one[1])
    people = desk.drawing.known_people(workspace)
    return VisitForm(workspace.today(), workspace.person.name, people, tuple(sites), site, row)


def _plan(visit: Visit, past: bool, desk: Desk) -> VisitView:
    return desk.visiting.plan(desk.workspace, visit, past=past)


def _change(key: str, visit: Visit, past: bool, desk: Desk) -> VisitView:
    return desk.visiting.change(desk.workspace, key, visit, past=past)


def _cancel(key: str, reason: str, desk: Desk) -> VisitView:
    return desk.visiting.cancel(desk.workspace, key, reason)

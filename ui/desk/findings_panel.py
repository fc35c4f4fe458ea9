"""Beside the item: what is wanting there and on the whole site, what is to be done, and whether it was."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.desk.finding_card import FindingCard
from ui.desk.finding_form import FindingForm
from ui.models.desk_items_model import ItemState, item_states
from ui.widgets.answer_editor import tight
from ui.widgets.banner import Banner
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import plain_label, scrolling
from wufei_cells.domain.findings import Finding, FindingDraft, SheetFindings
from wufei_cells.errors import ProblemsFound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.context import AppContext, Desk
    from ui.models.scoring_session import ScoringSession
    from wufei_cells.domain.findings import FindingRow
    from wufei_cells.domain.register import ActRef
    from wufei_cells.errors import Problem

SCOPES = ("item", "all")
NOTHING = SheetFindings(())
PROPOSED = (ItemState.DEDUCTED, ItemState.FAILED)
"""The states of an item whose note may be worth a finding."""


class FindingsPanel(QWidget):
    """Lists findings and takes new ones in place.

    Signals:
        count_changed: how many findings still ask for something, those of earlier assessments among them (int).
    """

    title_key = "desk.findings_title"
    count_changed = Signal(int)

    def __init__(self, context: AppContext, session: ScoringSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._i18n = context.i18n
        self._session = session
        self._assessment = ""
        self._key = ""
        self._scope = "all"
        self._found = NOTHING
        self._changing: FindingRow | None = None
        """The finding that is being written anew; ``None`` while a new one is written."""
        self.cards: dict[str, FindingCard] = {}
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        theme = self._context.theme
        self.scope_chips = {scope: QPushButton(self) for scope in SCOPES}
        for chip in self.scope_chips.values():
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
        self.new_button = QPushButton(self)
        self.proposal = Banner(theme, self)
        self.form = FindingForm(self._i18n, theme, self)
        self.form.hide()
        self.carried_title = plain_label("part_title", wrap=True)
        self.own_title = plain_label("part_title", wrap=True)
        self.empty_label = plain_label("muted", wrap=True)
        self.closed_label = plain_label("caption", wrap=True)

    def _build_layout(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(8)
        bar = FlowLayout(spacing=4)
        for widget in (*self.scope_chips.values(), self.new_button):
            bar.addWidget(widget)
        self._carried, self._own = tight(QVBoxLayout()), tight(QVBoxLayout())
        column.addLayout(bar)
        for widget in (self.closed_label, self.proposal, self.form, self.carried_title):
            column.addWidget(widget)
        column.addLayout(self._carried)
        column.addWidget(self.own_title)
        column.addLayout(self._own)
        column.addWidget(self.empty_label)
        column.addStretch(1)
        layout = tight(QVBoxLayout(self), 0)
        layout.addWidget(scrolling(inside))

    def _connect_signals(self) -> None:
        for chip in self.scope_chips.values():
            chip.clicked.connect(self._on_scope_chosen)
        self.new_button.clicked.connect(self.begin)
        self.proposal.action_triggered.connect(self._on_proposal_taken)
        self.form.submitted.connect(self._on_submitted)
        self.form.left.connect(self._close_form)
        self._session.loaded.connect(self.read)
        self._session.answer_changed.connect(self._on_answer_changed)
        self._session.scored.connect(self._show_proposal)

    # --- public

    def show_key(self, key: str) -> None:
        """Turn to another item; a finding that is being written stays with the item it was begun for."""
        sheet = self._session.sheet
        self._key = key if sheet is not None and sheet.checklist.entry(key) is not None else ""
        self._scope = "item" if self._key else "all"
        self._show()

    def begin(self) -> None:
        """Start a finding about the item on the desk, or go on with the one that is being written."""
        self._begin("")

    def flush(self) -> None:
        """Store what stands in the form, if it says anything: the desk is being left."""
        if not self.form.isHidden() and self.form.draft().text:
            self._on_submitted(self.form.draft())

    def read(self) -> None:
        """Show and read the findings of the assessment on the desk."""
        row = self._session.assessment
        assessment = row.id if row is not None else ""
        if assessment != self._assessment:
            self.flush()
            self._assessment, self._found, self._key = assessment, NOTHING, ""
            self._close_form()
        self._show()
        self._read()

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._i18n.tr, self._context.theme
        self.setAccessibleName(tr(self.title_key))
        self.new_button.setText(tr("desk.finding_new"))
        self.new_button.setIcon(theme.icon("plus"))
        self.new_button.setToolTip(tr("desk.finding_new_tip"))
        self.closed_label.setText(tr("desk.findings_closed"))
        self.form.retranslate()
        self._show()

    # --- parts: what is shown

    def _show(self) -> None:
        tr, editable = self._i18n.tr, self._session.open_for(self._key)
        shown = [row for row in self._found.own if self._scope == "all" or row.finding.item == self._key]
        counts = {
            "item": sum(row.finding.item == self._key for row in self._found.own),
            "all": len(self._found.own),
        }
        for scope, chip in self.scope_chips.items():
            chip.setText(tr(f"desk.findings_scope_{scope}", count=counts[scope]))
            chip.setChecked(scope == self._scope)
        self.scope_chips["item"].setVisible(bool(self._key))
        self.new_button.setVisible(editable)
        sheet = self._session.sheet
        self.closed_label.setVisible(sheet is not None and not sheet.editable and bool(self._assessment))
        self.carried_title.setText(tr("desk.findings_carried", count=len(self._found.carried)))
        self.carried_title.setVisible(bool(self._found.carried))
        self.own_title.setText(tr("desk.findings_own"))
        self.own_title.setVisible(bool(self._found.carried) and bool(shown))
        self.empty_label.setText(tr(f"desk.findings_empty_{self._scope}"))
        self.empty_label.setVisible(not shown and self.form.isHidden() and not self._found.carried)
        self._show_cards(shown)
        self._show_proposal()

    def _show_cards(self, shown: list[FindingRow]) -> None:
        """Put the cards in order; those that stay keep what is typed in them."""
        places = [(one.row, self._carried_place(one.on.isoformat(), one.row), False) for one in self._found.carried]
        own = [(row, self._place(row.finding.item), self._session.open_for(row.finding.item)) for row in shown]
        wanted = {row.id for row, _place, _editable in (*places, *own)}
        for key in [key for key in self.cards if key not in wanted]:
            card = self.cards.pop(key)
            card.hide()
            card.deleteLater()
        for column, rows in ((self._carried, places), (self._own, own)):
            for at, (row, place, editable) in enumerate(rows):
                card = self.cards.get(row.id) or self._new_card(row)
                if column.indexOf(card) != at:
                    column.insertWidget(at, card)
                hidden = self._changing is not None and self._changing.id == row.id
                card.setVisible(not hidden)
                card.show_row(row, place, editable=editable)

    def _new_card(self, row: FindingRow) -> FindingCard:
        card = FindingCard(self._i18n, self._context.theme, row, self)
        card.done_given.connect(self._on_done)
        card.check_given.connect(self._on_checked)
        card.edit_requested.connect(self._on_edit_requested)
        card.drop_requested.connect(self._on_dropped)
        self.cards[row.id] = card
        return card

    def _place(self, item: str) -> str:
        """Say what a finding is about; nothing where that is on the desk anyway."""
        sheet = self._session.sheet
        entry = sheet.checklist.entry(item) if sheet is not None and item else None
        if self._scope == "item" and item == self._key:
            return ""
        if entry is None:
            return item or self._i18n.tr("desk.finding_whole_site")
        return f"{entry.number} {self._session.text(entry.text)}"

    def _carried_place(self, day: str, row: FindingRow) -> str:
        about = row.finding.item or self._i18n.tr("desk.finding_whole_site")
        return self._i18n.tr("desk.finding_carried_place", day=day, place=about)

    def _show_proposal(self) -> None:
        text = self._proposed()
        tr = self._i18n.tr
        if text and self.form.isHidden():
            self.proposal.say(tr("desk.finding_proposal"), "note", "information", tr("desk.finding_proposal_take"))
        else:
            self.proposal.hide()

    def _proposed(self) -> str:
        """Give the note of an item that lost points and about which nothing was found yet."""
        row = self._session.rows.get(self._key)
        if row is None or not row.answer.note or not self._session.editable:
            return ""
        if any(one.finding.item == self._key for one in self._found.own):
            return ""
        return row.answer.note if item_states(self._session).get(self._key) in PROPOSED else ""

    # --- parts: the form

    def _begin(self, text: str) -> None:
        if not self._session.open_for(self._key):
            return
        if self.form.isHidden() or not self.form.begun:
            self._changing = None
            self.form.show_draft(FindingDraft(self._key, text=text), self._form_place(self._key))
        self._open_form()

    def _form_place(self, item: str) -> str:
        sheet = self._session.sheet
        entry = sheet.checklist.entry(item) if sheet is not None and item else None
        if entry is None:
            return self._i18n.tr("desk.finding_whole_site")
        return f"{entry.number} {self._session.text(entry.text)}"

    def _open_form(self) -> None:
        self.form.show()
        self._show()
        self.form.begin()

    def _close_form(self) -> None:
        self._changing = None
        self.form.show_draft(FindingDraft(), "")
        self.form.hide()
        self._show()

    # --- slots: what the person does

    def _on_scope_chosen(self) -> None:
        self._scope = next(scope for scope, chip in self.scope_chips.items() if chip is self.sender())
        self._show()

    def _on_proposal_taken(self) -> None:
        self._begin(self._proposed())

    def _on_submitted(self, draft: FindingDraft) -> None:
        changing = self._changing
        if changing is None:
            job = partial(_record, self._assessment, draft)
        else:
            job = partial(_change, changing.id, draft, changing.heads)
        self._write(job, self._close_form, self.form.show_problems)

    def _on_edit_requested(self, row: FindingRow) -> None:
        self._changing = row
        self.form.show_draft(_draft_of(row.finding), self._form_place(row.finding.item))
        self._open_form()

    def _on_dropped(self, row: FindingRow) -> None:
        self._write(partial(_drop, row.id))

    def _on_done(self, row: FindingRow) -> None:
        self._write(partial(_mark_done, row.id, row.check_heads))

    def _on_checked(self, row: FindingRow, closed: bool, note: str, day: str) -> None:
        card = self.cards[row.id]
        self._write(partial(_check, row.id, closed, note, day, row.check_heads), refused=card.show_problems)

    def _write(
        self,
        job: Callable[[Desk], FindingRow],
        stored: Callable[[], None] | None = None,
        refused: Callable[[Sequence[Problem]], None] | None = None,
    ) -> None:
        done = partial(self._on_stored, self._assessment, stored)
        failed = partial(self._on_refused, self._assessment, refused)
        self._context.ask(self, job, done, failed, durable=True)

    # --- slots: what the services say

    def _read(self) -> None:
        if self._assessment:
            self._context.ask(self, partial(_load, self._assessment), partial(self._on_read, self._assessment))

    def _on_read(self, assessment: str, found: SheetFindings) -> None:
        if assessment == self._assessment:
            self._found = found
            self._show()
            self.count_changed.emit(found.waiting)

    def _on_stored(self, assessment: str, stored: Callable[[], None] | None, _row: FindingRow) -> None:
        if assessment == self._assessment:
            if stored is not None:
                stored()
            self._read()

    def _on_refused(
        self, assessment: str, refused: Callable[[Sequence[Problem]], None] | None, error: Exception
    ) -> None:
        if isinstance(error, ProblemsFound) and refused is not None and assessment == self._assessment:
            refused(error.problems)
            return
        self._context.tasks.failed.emit(error)
        self._read()  # what is on the screen may be out of date

    def _on_answer_changed(self, key: str) -> None:
        if key == self._key:
            self._show_proposal()


def _draft_of(found: Finding) -> FindingDraft:
    due = found.due.isoformat() if found.due else ""
    return FindingDraft(found.item, found.severity.value, found.text, found.action, found.responsible, due)


# --- in the worker thread


def _load(assessment: str, desk: Desk) -> SheetFindings:
    return desk.finding_faults.sheet_findings(desk.workspace, assessment)


def _record(assessment: str, draft: FindingDraft, desk: Desk) -> FindingRow:
    return desk.finding_faults.record_finding(desk.workspace, assessment, draft)


def _change(finding: str, draft: FindingDraft, seen: tuple[ActRef, ...], desk: Desk) -> FindingRow:
    return desk.finding_faults.change_finding(desk.workspace, finding, draft, seen=seen)


def _drop(finding: str, desk: Desk) -> FindingRow:
    return desk.finding_faults.drop_finding(desk.workspace, finding)


def _mark_done(finding: str, seen: tuple[ActRef, ...], desk: Desk) -> FindingRow:
    return desk.finding_faults.mark_done(desk.workspace, finding, seen=seen)


def _check(finding: str, closed: bool, note: str, day: str, seen: tuple[ActRef, ...], desk: Desk) -> FindingRow:
    return desk.finding_faults.check_again(desk.workspace, finding, closed=closed, note=note, on=day, seen=seen)

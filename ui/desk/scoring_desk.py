"""The scoring desk: one assessment, item by item or in another view, with everything that can be done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk.desk_commands import WRITING, desk_commands, desk_steps
from ui.desk.desk_conflict import DeskConflict
from ui.desk.desk_list import DeskList
from ui.desk.desk_panels import DeskPanels
from ui.desk.precheck_card import PrecheckCard
from ui.dialogs.desk_steps import DeskSteps
from ui.dialogs.form_steps import FormSteps
from ui.models.desk_items_model import FACTS, PRECHECK
from ui.models.desk_reading import DeskReading
from ui.models.register_watch import RegisterWatch
from ui.models.scoring_session import ScoringSession
from ui.widgets.answer_editor import marking_of
from ui.widgets.desk_view import DeskView
from ui.widgets.item_card import CardSubject
from ui.widgets.score_bar import Standing
from ui.widgets.state_view import StateView
from wufei_cells.errors import WufeiError
from wufei_cells.scoring.numbers import Numbers

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from ui.context import AppContext
    from wufei_cells.domain.answers import Answer

CLOSING = 10.0  # seconds that a closing window waits for answers on their way to disk


class ScoringDesk(QWidget):
    """Holds the open assessment and everything around it.

    Signals:
        back_requested: the person wants the list of assessments again.
        site_requested: the person wants to see the site (its id).
        issue_requested: the person wants to issue a certificate (the assessment's id).
        certificate_requested: the person wants to see the certificate (its id).
        assessment_requested: the person wants another assessment (its id, the key of an item).
    """

    back_requested = Signal()
    site_requested = Signal(str)
    issue_requested = Signal(str)
    certificate_requested = Signal(str)
    assessment_requested = Signal(str, str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._key = ""
        self._wanted_key = ""
        self._begins = False
        """Whether the assessment was just opened and nothing is answered yet: the pre-check then comes first."""
        self.session = ScoringSession(context, self)
        self.reading = DeskReading(self.session, context.i18n)
        self.steps = DeskSteps(context, self.session, self)
        self.forms = FormSteps(context, self.session, self)
        self.watch = RegisterWatch(context, self.session, self)
        self._painting = QTimer(self, singleShot=True, interval=0)
        self._build_widgets()
        self._commands, self._steps = desk_commands(self), desk_steps(self)
        self._connect_session()
        self._connect_view()
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        context = self._context
        self.desk = DeskView(context)
        self.conflict = DeskConflict(self.session, self.reading, self.desk, self)
        self.list = DeskList(context, self.session, self.reading, self.desk)
        self.items = self.list.items
        self.panels = DeskPanels(context, self.session, self.desk)
        self.precheck = PrecheckCard(context, self.session)
        self.desk.mount_card(PRECHECK, self.precheck)
        self.state = StateView(context, self.desk)
        self.state.expect_content()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.state)
        self.setFocusProxy(self.desk.card)  # keys score at once when somebody comes back from another room

    def _connect_session(self) -> None:
        session = self.session
        session.loaded.connect(self._on_loaded)
        session.answer_changed.connect(self._on_answer_changed)
        session.scored.connect(self._painting.start)
        session.turned.connect(self._on_turned)
        session.failed.connect(self._on_load_failed)
        session.fact_refused.connect(self.desk.facts_form.show_problem)
        self._painting.timeout.connect(self._paint)
        self.state.action_triggered.connect(session.reload)
        self.steps.missing_found.connect(self._on_missing_found)
        self.steps.step_taken.connect(session.reload)
        self.steps.bare_found.connect(self.desk.header.show_bare)
        self.steps.entry_requested.connect(self._on_explained_entry)
        self.panels.entry_requested.connect(self._on_entry_requested)
        self.panels.assessment_requested.connect(self.assessment_requested)
        self.panels.counted.connect(self.list.show_beside)
        self.list.let_through.connect(self.panels.show_only)
        self.precheck.precheck_recorded.connect(self._on_precheck)
        self.precheck.standing_read.connect(self._on_precheck)
        self._context.events.scheme_changed.connect(self.retranslate)

    def _connect_view(self) -> None:
        desk = self.desk
        desk.command_given.connect(self._on_command)
        desk.digit_given.connect(self._on_digit)
        desk.view_chosen.connect(self.show_view)
        desk.number_entered.connect(self.go_to_number)
        desk.item_list.row_entered.connect(self._on_row_entered)
        desk.card.answer_edited.connect(self._on_answer_edited)
        desk.card.banner.action_triggered.connect(self._on_banner_action)
        desk.banner.action_triggered.connect(self._go_to_precheck)
        desk.facts_form.fact_edited.connect(self.session.set_fact)
        desk.site_button.clicked.connect(self._open_site)
        desk.header.back_requested.connect(self._go_back)
        desk.header.step_requested.connect(self._on_step_requested)
        desk.bar.why_requested.connect(self.steps.show_why)
        desk.bar.next_requested.connect(self.go_to_next)
        desk.bar.missing_requested.connect(self.go_to_first_missing)
        desk.bar.unsaved_requested.connect(self._go_to_unsaved)

    # --- public

    @property
    def key(self) -> str:
        """The item on the desk."""
        return self._key

    def open(self, assessment_id: str, key: str = "") -> None:
        """Put an assessment on the desk, at one of its items where a key is given."""
        if self.session.assessment is None or self.session.assessment.id != assessment_id:
            self.watch.note_look()
            self._key = ""
            self.state.expect_content()
        self._wanted_key = key or self._wanted_key
        self.session.open(assessment_id)

    def leave(self) -> None:
        """Clear the desk; what is still being typed is stored."""
        self.precheck.flush()
        self.panels.flush()
        self.watch.note_look()
        self.session.close()
        self.steps.close_why()
        self.steps.forget_bare()

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        self.desk.retranslate()
        self.panels.retranslate()
        self.precheck.retranslate()
        if self.session.sheet is not None:
            self.items.update()
            self._show_entry()
            self._paint()

    def go_to(self, key: str) -> None:
        """Put an item on the desk."""
        if self.session.sheet is None or not key:
            return
        self._enter(key)
        self.list.reveal()
        if key == FACTS:
            self._focus_fact()
        elif key == PRECHECK:
            self.precheck.show_precheck()
        elif self.desk.view == "items":
            self.desk.card.setFocus()

    @Slot(str)
    def go_to_number(self, number: str) -> None:
        """Put the item with a printed number (or key) on the desk; of words, the first in the list that holds them."""
        key = self.reading.key_of(number)
        if key:
            self.desk.go_edit.clear()
        elif number:
            key = self.items.first_match()
        if key:
            self.go_to(key)
        elif number:
            self._say("desk.no_such_number", "attention", number=number)

    def go_to_next(self) -> None:
        """Put the next unanswered item on the desk; after the last one, begin again from the first."""
        self.session.flush()
        if self._key in self.session.unsaved:
            self._say("desk.stay_unsaved", "attention")
            return
        following = self.reading.open_after(self._key) or self.reading.returned_after(self._key)
        if following:
            self.go_to(following)
        elif self.session.unsaved:
            self._say("desk.finish_unsaved", "attention")
        elif self.session.sheet is not None:
            self._say("desk.complete", "passed")

    def go_to_first_missing(self) -> None:
        """Put the first thing that is missing on the desk."""
        self.go_to(self.reading.open_after(""))

    def set_filter(self, which: str) -> None:
        """List only some of the items."""
        self.list.set_filter(which)

    def show_view(self, name: str) -> None:
        """Show the same answers in another way."""
        self.panels.show_view(name)
        self.list.show_counts()
        self.leave_field()

    def undo(self) -> None:
        """Take back what was done last, wherever it was."""
        self.session.undo(self._key)

    def go_by(self, step: int) -> None:
        """Go so many items on in the list."""
        self.go_to(self.list.items.neighbor(self._key, step))

    def set_aside(self) -> None:
        """Say that the item does not apply, or take it up again."""
        if self.session.unlocked(self._key) and self._key not in (FACTS, PRECHECK) and not self.desk.card.toggle_na():
            self._say("desk.na_not_here", "attention")

    def tell_locked(self) -> bool:
        """Say why nothing can be written on the item: others were sent back, or others score; tells whether so."""
        why = self.reading.view_only() or self.reading.locked(self._key)
        if why:
            self._context.notices.post(why, "attention")
        return bool(why)

    def leave_field(self) -> None:
        """Take the keyboard out of a field."""
        if self.desk.view == "items":
            self.desk.card.setFocus()

    def begin_find(self) -> None:
        """Put the cursor where words to look for are typed."""
        if self.desk.view == "grid":
            self.panels.built["grid"].begin_find()
        else:
            self.desk.begin_go()

    def turn_view(self) -> None:
        """Go on to the next view of the answers."""
        self.show_view(self.desk.view_after(self.desk.view))

    # --- Qt events

    def showEvent(self, event: QShowEvent) -> None:
        """Look out for what others write while the desk is seen."""
        super().showEvent(event)
        self.watch.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what is still being typed; a closing window waits until it is on disk."""
        super().hideEvent(event)
        self.watch.stop()
        self.session.flush()
        self.precheck.flush()
        self.panels.flush()
        if not self.window().isVisible():
            self.session.settle(CLOSING)

    # --- slots: the open assessment

    def _on_loaded(self) -> None:
        if (sheet := self.session.sheet) is None:
            return
        self.desk.facts_form.ask(sheet.checklist.facts, Numbers(sheet.checklist.parameters, sheet.on))
        self.desk.facts_form.show_values(sheet.facts)
        self.desk.facts_form.setEnabled(self.session.editable and not self.session.returned)
        self.desk.archived.show_told(self.reading.archived())
        self.state.show_content()
        self.list.items.update()
        if self._key and not self._wanted_key:
            self._show_entry()
        else:
            wanted, self._wanted_key = self._wanted_key, ""
            self._begins = not wanted and not self.session.rows
            self.go_to(self.reading.opening(wanted))
        self._paint()

    def _on_load_failed(self, error: Exception) -> None:
        self.state.show_error(error)
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)

    def _on_turned(self, keys: list[str], back: bool) -> None:
        """Go to what was taken back or done again."""
        if not keys:
            self._say("desk.nothing_to_undo" if back else "desk.nothing_to_redo")
            return
        self.go_to(keys[0])
        numbers = self._context.i18n.tr("desk.list_separator").join(filter(None, map(self.reading.number, keys)))
        if numbers:
            self._say("desk.undone" if back else "desk.redone", number=numbers)
        else:
            self._say("desk.step_undone" if back else "desk.step_redone")

    def _on_answer_edited(self, key: str, answer: Answer, typing: bool) -> None:
        self.session.edit(key, answer, typing=typing)

    def _on_answer_changed(self, key: str) -> None:
        if key == self._key:
            self._show_outcome()
        self._painting.start()

    def _on_row_entered(self, index: QModelIndex) -> None:
        key = self.list.items.key_at(index)
        if key and key != self._key:
            self._enter(key)

    def _on_explained_entry(self, key: str) -> None:
        self.go_to(self.reading.key_of(key))

    def _on_missing_found(self, place: str, sentence: str) -> None:
        self.show_view("items")
        self.go_to(FACTS if place.startswith(FACTS) else place.split(".", maxsplit=1)[0])
        self._context.notices.post(sentence, "attention")

    def _go_to_unsaved(self) -> None:
        self.go_to(next(iter(self.session.unsaved), ""))

    def _on_banner_action(self) -> None:
        self.session.retry(self._key)

    def _open_site(self) -> None:
        if self.session.assessment is not None:
            self.site_requested.emit(self.session.assessment.site)

    def _on_entry_requested(self, key: str) -> None:
        self.show_view("items")
        self.go_to(key)

    def _go_to_precheck(self) -> None:
        self._on_entry_requested(PRECHECK)
        if self.session.assessment is not None and self.session.assessment.part_of is not None:
            self.assessment_requested.emit(self.session.assessment.part_of, PRECHECK)

    def _go_back(self) -> None:
        row = self.session.assessment
        if row is not None and row.part_of is not None:
            self.assessment_requested.emit(row.part_of, self._key)
        else:
            self.back_requested.emit()

    def _on_precheck(self) -> None:
        standing = self.precheck.standing
        if standing and self.reading.turns(standing):
            self.session.reload()
        self.reading.precheck_open = len(standing.missing) if standing else 0
        self.list.show_precheck(standing)
        self._paint()
        begins, self._begins = self._begins, False
        if begins and self.reading.precheck_open and self.session.editable:
            self.go_to(PRECHECK)

    def _on_digit(self, digit: int) -> None:
        if self._key not in (FACTS, PRECHECK) and self.desk.view == "items" and not self.tell_locked():
            self.conflict.choose(digit)

    # --- slots: keys and buttons

    def _on_command(self, command: str) -> None:
        if command not in WRITING or self.desk.view != "items" or not self.tell_locked():
            self._commands[command]()

    def _on_step_requested(self, step: str) -> None:
        if (sheet := self.session.sheet) is None:
            return
        if step in ("issue", "to_certificates"):
            self.issue_requested.emit(sheet.assessment.id)
        elif step == "certificate" and sheet.site.certificate:
            self.certificate_requested.emit(sheet.site.certificate)
        else:
            self._steps[step]()

    # --- painting

    def _enter(self, key: str) -> None:
        """Show an item without moving the keyboard."""
        self.session.visit()
        self._key = key
        self.list.keep(key)
        self._show_entry()

    def _show_entry(self) -> None:
        """Show the item on the desk with everything that belongs to it."""
        sheet, circumstances = self.session.sheet, self.session.circumstances
        if sheet is None or circumstances is None:
            return
        self.desk.show_card(self._key)
        self.panels.show_key(self._key)
        entry = sheet.checklist.entry(self._key)
        if entry is None:
            self.desk.guidance.clear()
            return
        taken = self.reading.is_taken(entry)
        marking = marking_of(self._context.i18n, entry, sheet.checklist, circumstances, sheet.on, taken=taken)
        subject = CardSubject(entry, self.reading.place(entry), self.reading.is_bonus(entry), taken)
        self.desk.card.show_subject(subject, marking, self.session.shown(self._key))
        self.desk.card.set_read_only(not self.session.unlocked(self._key) or self.reading.excluded(self._key))
        self.desk.guidance.show_entry(entry, sheet.checklist, self.session.text)
        self._show_outcome()
        self.desk.guidance.show_explanation(self.reading.explained(self._key))

    def _show_outcome(self) -> None:
        """Show what the answer gives, whether it is stored, and what is special about the item."""
        card = self.desk.card
        card.show_mark(self.session.mark(self._key))
        card.show_problem(self.session.problem(self._key))
        card.show_stored(self.reading.stored(self._key))
        self.conflict.show_key(self._key)
        card.recheck.show_told(self.reading.earlier(self._key), editable=self.session.unlocked(self._key))
        card.sent_back.say(*self.reading.sent_back(self._key))
        card.banner.say(*self.reading.remark(self._key))

    def _paint(self) -> None:
        """Bring list, counts, head and bar up to date with what is stored."""
        sheet, card = self.session.sheet, self.session.scorecard
        if sheet is None or card is None:
            return
        self.list.update()
        missing = self.reading.missing_count()
        self.desk.header.show_sheet(sheet, missing, self.session.process, self.session.rights)
        self.desk.bar.show_standing(Standing(card, self.reading.level(), missing, len(self.session.unsaved)))
        self.desk.bar.set_next_shown(self.session.editable)
        self.desk.banner.say(*self.reading.standing())
        self.desk.guidance.show_explanation(self.reading.explained(self._key))
        self.steps.refresh_why()

    def _focus_fact(self) -> None:
        missing = self.reading.missing_facts()
        field = next((field for key, field in self.desk.facts_form.fields.items() if key in missing), None)
        (field.field if field else self.desk.site_button).setFocus()

    def _say(self, key: str, tone: str = "information", **values: object) -> None:
        self._context.notices.post(self._context.i18n.tr(key, **values), tone)

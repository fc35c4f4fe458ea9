"""The scoring desk: choose an assessment, then score it item by item."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QTimer, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.context import Change
from ui.dialogs.desk_steps import DeskSteps
from ui.models.assessments_model import AssessmentsModel
from ui.models.desk_items_model import FACTS, DeskItemsModel, ItemFilter
from ui.models.desk_reading import DeskReading
from ui.models.scoring_session import ScoringSession
from ui.models.sites_model import SiteFilter
from ui.pages.page import Page
from ui.widgets.answer_editor import marking_of
from ui.widgets.assessments_pane import AssessmentsPane
from ui.widgets.desk_view import DeskView
from ui.widgets.item_card import CardSubject
from ui.widgets.score_bar import Standing
from ui.widgets.state_view import StateView
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import WufeiError
from wufei_cells.scoring.numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent

    from ui.context import AppContext
    from wufei_cells.domain.answers import Answer

LIST, DESK = 0, 1
CLOSING = 10.0  # seconds that a closing window waits for answers on their way to disk


@dataclass(frozen=True, slots=True)
class View:
    """Where the page stood: the assessment and item on the desk, and the filters of the list."""

    assessment: str
    key: str
    words: str
    stage: Stage | None


class AssessmentPage(Page):
    """Lists the assessments and scores the chosen one; see ``Page`` for the signals."""

    title_key = "frame.room.assessment"
    guide_key = "assessment"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        """Build the page; nothing is loaded until it is shown or an assessment is opened."""
        super().__init__(context, parent)
        self._key = ""
        self._wanted_key = ""
        self._listed_id = ""
        self.session = ScoringSession(context, self)
        self.reading = DeskReading(self.session, context.i18n)
        self.steps = DeskSteps(context, self.session, self)
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        context = self._context
        self.listing = AssessmentsModel(context, self)
        self.pane = AssessmentsPane(context, self.listing)
        self.items = DeskItemsModel(self.session, context.i18n, self)
        self.desk = DeskView(context)
        self.desk.item_list.setModel(self.items)
        self.desk_state = StateView(context, self.desk)
        self.desk_state.expect_content()
        self._painting = QTimer(self, singleShot=True, interval=0)

    def _build_layout(self) -> None:
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.pane)
        self.stack.addWidget(self.desk_state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _connect_signals(self) -> None:
        self._painting.timeout.connect(self._paint)
        self.listing.listed.connect(self.pane.show_listed)
        self.listing.failed.connect(self.pane.show_error)
        self.pane.assessment_opened.connect(self.open_assessment)
        self.pane.sites_wanted.connect(self._open_sites)
        self.desk_state.action_triggered.connect(self.session.reload)
        session = self.session
        session.loaded.connect(self._on_loaded)
        session.answer_changed.connect(self._on_answer_changed)
        session.scored.connect(self._painting.start)
        session.turned.connect(self._on_turned)
        session.failed.connect(self._on_load_failed)
        desk = self.desk
        desk.command_given.connect(self._on_command)
        desk.digit_given.connect(desk.card.choose)
        desk.filter_chosen.connect(self.set_filter)
        desk.view_chosen.connect(self.show_view)
        desk.number_entered.connect(self.go_to_number)
        desk.item_list.row_entered.connect(self._on_row_entered)
        desk.card.answer_edited.connect(self._on_answer_edited)
        desk.card.banner.action_triggered.connect(self._on_banner_action)
        desk.facts_form.fact_edited.connect(session.set_fact)
        session.fact_refused.connect(desk.facts_form.show_problem)
        desk.site_button.clicked.connect(self._open_site)
        desk.header.back_requested.connect(self.show_list)
        desk.header.step_requested.connect(self._on_step_requested)
        desk.bar.why_requested.connect(self.steps.show_why)
        desk.bar.next_requested.connect(self.go_to_next)
        desk.bar.missing_requested.connect(self.go_to_first_missing)
        desk.bar.unsaved_requested.connect(self._go_to_unsaved)
        self.steps.missing_found.connect(self._on_missing_found)
        self.steps.step_taken.connect(session.reload)
        self.steps.entry_requested.connect(self._on_explained_entry)
        events = self._context.events
        events.assessment_changed.connect(self._on_changed)
        events.site_changed.connect(self._on_changed)
        events.certificate_changed.connect(self._on_changed)
        events.person_changed.connect(self.mark_stale)
        events.scheme_changed.connect(self.retranslate)

    # --- public: rooms inside the room

    @property
    def key(self) -> str:
        """The item on the desk."""
        return self._key

    def refresh(self) -> None:
        """Read anew what is shown."""
        if self.stack.currentIndex() == DESK:
            self.session.reload()
        else:
            self.pane.refresh(self._listed_id)

    def open_assessment(self, assessment_id: str, key: str = "") -> None:
        """Put an assessment on the desk, at one of its items where a key is given."""
        self.stack.setCurrentIndex(DESK)
        self.setFocusProxy(self.desk.card)  # keys score at once when somebody comes back from another room
        if self.session.assessment is None or self.session.assessment.id != assessment_id:
            self._key = ""
            self.desk_state.expect_content()
        self._stale = False
        self._wanted_key = key or self._wanted_key
        self._listed_id = assessment_id
        self.session.open(assessment_id)

    def show_list(self) -> None:
        """Go back to the list of assessments."""
        self.session.close()
        self.steps.close_why()
        self.stack.setCurrentIndex(LIST)
        self.setFocusProxy(self.pane.table)
        self.pane.table.setFocus()
        self.refresh()

    def view_state(self) -> View:
        """Say what is on the desk and how the list is filtered."""
        row = self.session.assessment
        return View(row.id if row else "", self._key, self.pane.words, self.pane.stage)

    def restore_view(self, state: object) -> None:
        """Put the same assessment and item on the desk again, and filter the list as it was."""
        if not isinstance(state, View):
            return
        self.pane.show_filter(state.words, state.stage)
        if state.assessment:
            self._wanted_key = state.key
            self.open_assessment(state.assessment)

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        self.pane.retranslate()
        self.listing.retranslate()
        self.desk.retranslate()
        if self.session.sheet is not None:
            self.items.update()
            self._show_entry()
            self._paint()

    # --- public: the desk

    def go_to(self, key: str) -> None:
        """Put an item on the desk."""
        if self.session.sheet is None or not key:
            return
        self._enter(key)
        self.desk.item_list.reveal(self.items.index_of(key))
        if key == FACTS:
            self._focus_fact()
        else:
            self.desk.card.setFocus()

    @Slot(str)
    def go_to_number(self, number: str) -> None:
        """Put the item with a printed number (or key) on the desk."""
        key = self.reading.key_of(number)
        if key:
            self.desk.go_edit.clear()
            self.go_to(key)
        elif number:
            self._say("desk.no_such_number", "attention", number=number)

    def go_to_next(self) -> None:
        """Put the next unanswered item on the desk; after the last one, begin again from the first."""
        self.session.flush()
        if self._key in self.session.unsaved:
            self._say("desk.stay_unsaved", "attention")
            return
        following = self.reading.open_after(self._key)
        if following:
            self.go_to(following)
        elif self.session.unsaved:
            self._say("desk.finish_unsaved", "attention")
        elif self.session.sheet is not None:
            self._say("desk.complete", "passed")

    def go_to_first_missing(self) -> None:
        """Put the first thing that is missing on the desk."""
        self.go_to(self.reading.open_after(""))

    @Slot(str)
    def set_filter(self, which: str) -> None:
        """List only some of the items."""
        self.items.filter = ItemFilter(which)
        self.items.kept = self._key
        self.items.update()
        self.desk.show_filter(which)
        self._show_counts()
        self.desk.item_list.reveal(self.items.index_of(self._key))

    def show_view(self, name: str) -> None:
        """Show the same answers in another way."""
        self.desk.show_view(name)

    def undo(self) -> None:
        """Take back what was done last, wherever it was."""
        self.session.undo(self._key)

    def _on_turned(self, keys: list[str], back: bool) -> None:
        """Go to what was taken back or done again."""
        if not keys:
            self._say("desk.nothing_to_undo" if back else "desk.nothing_to_redo")
            return
        self.go_to(keys[0])
        numbers = self._context.i18n.tr("desk.list_separator").join(self.reading.number(key) for key in keys)
        self._say("desk.undone" if back else "desk.redone", number=numbers)

    # --- Qt events

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what is still being typed; a closing window waits until it is on disk."""
        super().hideEvent(event)
        self.session.flush()
        if not self.window().isVisible():
            self.session.settle(CLOSING)

    # --- slots: the open assessment

    def _on_loaded(self) -> None:
        sheet = self.session.sheet
        if sheet is None:
            return
        self.desk.facts_form.ask(sheet.checklist.facts, Numbers(sheet.checklist.parameters, sheet.on))
        self.desk.facts_form.show_values(sheet.facts)
        self.desk.facts_form.setEnabled(sheet.editable)
        self.desk.archived.show_told(self.reading.archived())
        self.desk_state.show_content()
        self.items.update()
        if self._key and not self._wanted_key:
            self._show_entry()
        else:
            wanted, self._wanted_key = self._wanted_key, ""
            self.go_to(self.reading.opening(wanted))
        self._paint()

    def _on_load_failed(self, error: Exception) -> None:
        self.desk_state.show_error(error)
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)

    def _on_answer_edited(self, key: str, answer: Answer, typing: bool) -> None:
        self.session.edit(key, answer, typing=typing)

    def _on_answer_changed(self, key: str) -> None:
        if key == self._key:
            self._show_outcome()
        self._painting.start()

    def _on_row_entered(self, index: QModelIndex) -> None:
        key = self.items.key_at(index)
        if key and key != self._key:
            self._enter(key)

    def _on_explained_entry(self, key: str) -> None:
        self.go_to(self.reading.key_of(key))

    def _on_missing_found(self, place: str, sentence: str) -> None:
        self.go_to(FACTS if place.startswith(FACTS) else place.split(".", maxsplit=1)[0])
        self._context.notices.post(sentence, "attention")

    def _go_to_unsaved(self) -> None:
        self.go_to(next(iter(self.session.unsaved), ""))

    def _on_banner_action(self) -> None:
        self.session.retry(self._key)

    def _open_sites(self) -> None:
        self.sites_requested.emit(SiteFilter())

    def _open_site(self) -> None:
        if self.session.assessment is not None:
            self.site_requested.emit(self.session.assessment.site)

    def _on_changed(self, change: Change) -> None:
        if change.initiator is not self.session:
            self.mark_stale()

    # --- slots: keys and buttons

    def _on_command(self, command: str) -> None:
        commands: dict[str, Callable[[], object]] = {
            "previous": partial(self._move, -1),
            "following": partial(self._move, 1),
            "part_before": partial(self.desk.card.move_part, -1),
            "part_after": partial(self.desk.card.move_part, 1),
            "na": self._set_aside,
            "note": self.desk.card.begin_note,
            "go": self.desk.begin_go,
            "filter": self._turn_filter,
            "undo": self.undo,
            "redo": self.session.redo,
            "view": self._turn_view,
            "why": self.steps.show_why,
            "accept": self.desk.card.accept_earlier,
            "clear": self.desk.card.clear_answer,
            "next": self.go_to_next,
            "finish": self.steps.finish,
            "leave": self.desk.card.setFocus,
        }
        work = commands.get(command)
        if work:
            work()

    def _on_step_requested(self, step: str) -> None:
        sheet = self.session.sheet
        if sheet is None:
            return
        if step == "issue":
            self.issue_requested.emit(sheet.assessment.id)
        elif step == "certificate" and sheet.site.certificate:
            self.certificate_requested.emit(sheet.site.certificate)
        else:
            steps: dict[str, Callable[[], object]] = {
                "finish": self.steps.finish,
                "reopen": self.steps.reopen,
                "decide": self.steps.decide,
                "export": self.steps.export,
            }
            steps[step]()

    def _move(self, step: int) -> None:
        self.go_to(self.items.neighbor(self._key, step))

    def _set_aside(self) -> None:
        if self.session.editable and self._key != FACTS and not self.desk.card.toggle_na():
            self._say("desk.na_not_here", "attention")

    def _turn_view(self) -> None:
        self.show_view(self.desk.view_after(self.desk.view))

    def _turn_filter(self) -> None:
        self.set_filter(self.desk.filter_after(self.items.filter.value))

    # --- painting

    def _enter(self, key: str) -> None:
        """Show an item without moving the keyboard."""
        self.session.visit()
        self._key = key
        self.items.kept = key
        self.items.update()
        self._show_entry()

    def _show_entry(self) -> None:
        """Show the item on the desk with everything that belongs to it."""
        sheet, circumstances = self.session.sheet, self.session.circumstances
        if sheet is None or circumstances is None:
            return
        self.desk.show_facts(self._key == FACTS)
        entry = sheet.checklist.entry(self._key)
        if entry is None:
            self.desk.guidance.clear()
            return
        taken = self.reading.is_taken(entry)
        marking = marking_of(self._context.i18n, entry, sheet.checklist, circumstances, sheet.on, taken=taken)
        subject = CardSubject(entry, self.reading.place(entry), self.reading.is_bonus(entry), taken)
        self.desk.card.show_subject(subject, marking, self.session.shown(self._key))
        self.desk.card.set_read_only(not self.session.editable or self.reading.excluded(self._key))
        self.desk.guidance.show_entry(entry, sheet.checklist, self.session.text)
        self._show_outcome()
        self.desk.guidance.show_explanation(self.reading.explained(self._key))

    def _show_outcome(self) -> None:
        """Show what the answer gives, whether it is stored, and what is special about the item."""
        card = self.desk.card
        card.show_mark(self.session.mark(self._key))
        card.show_problem(self.session.problem(self._key))
        card.show_stored(self.reading.stored(self._key))
        card.recheck.show_told(self.reading.earlier(self._key), editable=self.session.editable)
        remark = self.reading.remark(self._key)
        card.banner.say(remark.text, remark.icon, remark.role, remark.action)

    def _paint(self) -> None:
        """Bring list, counts, head and bar up to date with what is stored."""
        sheet, card = self.session.sheet, self.session.scorecard
        if sheet is None or card is None:
            return
        self.items.update()
        self.desk.item_list.reveal(self.items.index_of(self._key))
        self._show_counts()
        missing = self.reading.missing_count()
        self.desk.header.show_sheet(sheet, missing)
        self.desk.bar.show_standing(Standing(card, self.reading.level(), missing, len(self.session.unsaved)))
        self.desk.bar.set_next_shown(sheet.editable)
        standing = self.reading.standing()
        self.desk.banner.say(standing.text, standing.icon, standing.role)
        self.desk.guidance.show_explanation(self.reading.explained(self._key))
        self.steps.refresh_why()

    def _show_counts(self) -> None:
        self.desk.show_counts({which.value: self.items.count(which) for which in ItemFilter})

    def _focus_fact(self) -> None:
        missing = self.reading.missing_facts()
        field = next((field for key, field in self.desk.facts_form.fields.items() if key in missing), None)
        (field.field if field else self.desk.site_button).setFocus()

    def _say(self, key: str, tone: str = "information", **values: object) -> None:
        self._context.notices.post(self._context.i18n.tr(key, **values), tone)

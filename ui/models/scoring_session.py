"""One open assessment: what is stored, what was typed and not stored yet, and the writing of answers."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Change
from ui.models.answer_writing import Unsaved, Writing, acts_seen
from ui.models.desk_rights import DeskRights
from ui.models.session_jobs import do_again, load, store_fact, take_back
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.domain.numbers_in_text import with_numbers
from wufei_cells.domain.process import Process
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.circumstances import Circumstances
from wufei_cells.scoring.evaluate import answer_problems
from wufei_cells.services.roles import PersonRoles

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk
    from ui.models.session_jobs import Opened, Turned
    from wufei_cells.domain.register import AnswerRow, AssessmentRow, SiteRow
    from wufei_cells.domain.text import Text
    from wufei_cells.scoring.rules import Mark
    from wufei_cells.scoring.scorecard import Scorecard
    from wufei_cells.services.assessing import AnswerChange
    from wufei_cells.services.browsing import Sheet

REST = 250  # milliseconds without a key press after which typed text is stored


class ScoringSession(QObject):
    """Holds an assessment while it is scored. Answers go to disk one after the other, in the order they were given.

    Signals:
        loaded: another assessment was opened, or this one was read anew.
        answer_changed: what is known about one item changed: typed, stored, or refused (its key).
        scored: a stored answer gave a new scorecard.
        turned: something was taken back or done again, and the sheet is read anew (the items concerned, a list;
            ``True`` when it was taken back). The list is empty when there was nothing to turn; an empty item stands
            for what belongs to none, such as a finding.
        fact_refused: a fact of the site was not taken (its key, Problem).
        failed: the assessment could not be read (Exception).
    """

    loaded = Signal()
    answer_changed = Signal(str)
    scored = Signal()
    turned = Signal(list, bool)
    fact_refused = Signal(str, object)
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.sheet: Sheet | None = None
        self.process = Process()
        """Which steps the city uses."""
        self.rights = DeskRights(context.i18n, PersonRoles(), context.as_of)
        """What the person who works here may do."""
        self.scorecard: Scorecard | None = None
        self.rows: dict[str, AnswerRow] = {}
        self.unsaved: dict[str, Unsaved] = {}
        self._left: dict[str, dict[str, Unsaved]] = {}
        self._typed: tuple[str, Answer] | None = None
        self._opening = ""
        self._writing: dict[str, Writing] = {}
        self._underway: list[Writing] = []
        self._cleared: set[str] = set()
        """Entries whose earlier answers somebody cleared away since they were read."""
        self._visit = 0
        self._name = uuid.uuid4().hex
        self.circumstances: Circumstances | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.flush)

    # --- public: opening

    def open(self, assessment_id: str) -> None:
        """Read an assessment in the background; ``loaded`` follows."""
        self.flush()
        self._opening = assessment_id
        self._context.ask(self, partial(load, assessment_id), self._on_loaded, self.failed.emit)

    def reload(self) -> None:
        """Read the open assessment anew; what is typed and not stored stays."""
        if self._opening:
            self.open(self._opening)

    def close(self) -> None:
        """Store what is still being typed and forget the assessment."""
        self.flush()
        self._put_aside()
        self._opening = ""
        self.sheet = None
        self.scorecard = None

    @property
    def assessment(self) -> AssessmentRow | None:
        """The assessment that is open."""
        return self.sheet.assessment if self.sheet else None

    @property
    def editable(self) -> bool:
        """Whether answers may be changed: it is open, and scoring it is this person's work."""
        sheet = self.sheet
        # Until another assessment is read, what is typed would be written into the one before.
        here = sheet is not None and sheet.editable and sheet.assessment.id == self._opening
        return here and sheet is not None and self.rights.writes(sheet.assessment)

    @property
    def answerable(self) -> bool:
        """Whether answers are taken: it is open, and the pre-check does not shut the site out."""
        return self.editable and self.sheet is not None and self.sheet.answerable

    @property
    def returned(self) -> Mapping[str, str]:
        """While an assessment that was sent back is open: the remark by item; only these can be answered."""
        return self.sheet.assessment.returned if self.sheet is not None and self.sheet.editable else {}

    def locked(self, key: str) -> bool:
        """Tell whether nothing may be written on an item because others were sent back."""
        return bool(key and self.returned) and key not in self.returned

    def open_for(self, key: str) -> bool:
        """Tell whether evidence and findings may be put under an item, or under none."""
        return self.editable and not self.locked(key)

    def unlocked(self, key: str) -> bool:
        """Tell whether an item may be answered."""
        return self.answerable and not self.locked(key)

    @property
    def busy(self) -> bool:
        """Whether something typed or answered is not on disk yet."""
        return self._typed is not None or bool(self._writing)

    def settle(self, seconds: float) -> bool:
        """Wait until everything given is on disk, because the window is closing; tell whether it is."""
        self.flush()
        deadline = time.monotonic() + seconds
        return all(writing.over.wait(max(0.0, deadline - time.monotonic())) for writing in self._underway)

    def open_entries(self) -> list[str]:
        """List what is still to be answered, in printed order; answers on their way to disk count as given."""
        if self.sheet is None or self.scorecard is None:
            return []
        missing = {key.split(".", maxsplit=1)[0] for key in self.scorecard.missing} | self.rechecks()
        entries = [entry.key for entry in self.sheet.checklist.entries() if entry.key in missing]
        return [key for key in entries if key not in self._writing or self._partial(key)]

    def text(self, text: Text) -> str:
        """Give a text of the open checklist in the language of the window, with the numbers of the day it names."""
        sheet = self.sheet
        return self._context.i18n.text(text if sheet is None else with_numbers(text, sheet.checklist, sheet.on))

    def answers(self) -> dict[str, Answer]:
        """Give the stored answers."""
        return {key: row.answer for key, row in self.rows.items()}

    # --- public: answers to words of an earlier edition

    def rechecks(self) -> set[str]:
        """Name what was answered before its words changed and has not been looked at since."""
        if self.sheet is None or self.scorecard is None:
            return set()
        return {key for key in self.sheet.rechecks if self.waits_for_recheck(key) and self._concerns_site(key)}

    def waits_for_recheck(self, key: str) -> bool:
        """Tell whether an earlier answer of an entry is still to be looked at: confirmed, replaced, or cleared."""
        proposed = self.sheet is not None and key in self.sheet.rechecks
        return proposed and key not in self._cleared and not self._given(key).given

    def _concerns_site(self, key: str) -> bool:
        if self.sheet is None or self.scorecard is None:
            return False
        if isinstance(self.sheet.checklist.entry(key), Gate):
            return any(gate.key == key for gate in self.scorecard.gates)
        score = self.scorecard.item(key)
        return score is not None and score.applies

    # --- public: answers

    def shown(self, key: str) -> Answer:
        """Give what the form shows for an item: what was typed last, stored or not."""
        if self._typed and self._typed[0] == key:
            return self._typed[1]
        return self.unsaved[key].answer if key in self.unsaved else self._given(key)

    def problem(self, key: str) -> Problem | None:
        """Say why an answer could not be taken; nothing while its text is still being typed."""
        typing = self._typed is not None and self._typed[0] == key
        return self.unsaved[key].problem if key in self.unsaved and not typing else None

    def at_odds(self, key: str) -> bool:
        """Tell whether different answers stand for an item and none that settles it is on its way."""
        return key in self.rows and self.rows[key].values > 1 and key not in self._writing

    def settle_conflict(self, key: str, answer: Answer) -> None:
        """Let one of the answers that stand side by side count; it takes the place of them all."""
        if self.sheet is None or not self.unlocked(key):
            return
        self.flush()
        self.unsaved.pop(key, None)
        self._write(self.sheet.assessment.id, {key: answer})
        self.answer_changed.emit(key)

    def edit(self, key: str, answer: Answer, *, typing: bool) -> None:
        """Take an answer from the form: a choice is stored at once, typed text when the typing rests."""
        if not self.unlocked(key):
            return
        if self._typed and self._typed[0] != key:
            self.flush()
        if typing:
            self._typed = (key, answer)
            self._rest.start()
            self.answer_changed.emit(key)
            return
        self.flush()
        self._take(key, answer)

    def edit_many(self, answers: Mapping[str, Answer]) -> None:
        """Take several answers at once: those that fit are stored together and taken back together."""
        if self.sheet is None or not self.answerable:
            return
        self.flush()
        fit = {key: answer for key, answer in answers.items() if self.unlocked(key) and self._fits(key, answer)}
        changed = {key: answer for key, answer in fit.items() if answer != self._given(key)}
        if changed:
            self._write(self.sheet.assessment.id, changed)
        for key in answers:
            self.answer_changed.emit(key)

    def flush(self) -> None:
        """Store what is being typed without waiting for the typing to rest."""
        typed, self._typed = self._typed, None
        self._rest.stop()
        if typed:
            self._take(typed[0], typed[1], typed=True)

    def visit(self) -> None:
        """Note that the person went to an item; what they typed there is taken back together."""
        self.flush()
        self._visit += 1

    def undo(self, key: str) -> None:
        """Take back what was done last; ``turned`` follows with the items concerned.

        What stands in the form of this item and could not be stored is dropped; otherwise what stood before the last
        step is written as a new act.
        """
        self.flush()
        if not self.editable:
            return
        if self.unsaved.pop(key, None):
            self.answer_changed.emit(key)
            self.turned.emit([key], True)
        elif self.sheet is not None:
            self._turn(partial(take_back, self.sheet.assessment.id), back=True)

    def redo(self) -> None:
        """Do again what was taken back last; ``turned`` follows with the items concerned."""
        self.flush()
        if self.editable and self.sheet is not None:
            self._turn(partial(do_again, self.sheet.assessment.id), back=False)

    def retry(self, key: str) -> None:
        """Try once more to store an answer that the machine could not store."""
        if key in self.unsaved:
            self._take(key, self.unsaved[key].answer)

    def set_fact(self, key: str, value: str) -> None:
        """Store a fact of the site; what applies is then read anew."""
        if self.sheet is not None and self.editable and not self.returned:
            job = partial(store_fact, self.sheet.site.id, key, value)
            self._context.ask(self, job, self._on_fact_stored, partial(self._on_fact_refused, key))

    def mark(self, key: str) -> Mark | None:
        """Score what the form shows for one item, before it is stored; ``None`` for gates and for wrong input."""
        entry = self.sheet.checklist.entry(key) if self.sheet else None
        return self.mark_of(entry, self.shown(key)) if entry else None

    def mark_of(self, entry: Gate | Item, answer: Answer) -> Mark | None:
        """Score any answer to an entry; ``None`` for gates and for wrong input."""
        if not isinstance(entry, Item) or self.circumstances is None:
            return None
        try:
            return self.circumstances.rules.mark(entry.rule, answer.value, Fraction(entry.full))
        except BadAnswer:
            return None

    # --- what the worker thread brings back

    def note_stored(self, writing: Writing, changes: tuple[AnswerChange, ...]) -> None:
        """Take over what stored answers changed."""
        if self.sheet is None or writing.assessment != self.sheet.assessment.id:
            return
        for change in changes:
            self.rows[change.item] = change.row
            if self._writing.get(change.item) is writing:
                del self._writing[change.item]
            self.scorecard = change.scorecard
        for change in changes:
            self.answer_changed.emit(change.item)
        self.scored.emit()
        self._context.events.assessment_changed.emit(Change(writing.assessment, self))
        if any(change.row.values > 1 for change in changes):
            self.reload()  # somebody else answered meanwhile: show what both say

    def note_refused(self, writing: Writing, error: Exception) -> None:
        """Keep answers that could not be stored, unless others for their items are on the way."""
        problems = error.problems if isinstance(error, ProblemsFound) else ()
        by_item = {problem.place.partition(".")[0]: problem for problem in reversed(problems)}
        refused = {
            key: Unsaved(answer, by_item.get(key), None if by_item else error)
            for key, answer in writing.answers.items()
        }
        if self.sheet is None or writing.assessment != self.sheet.assessment.id:
            self._left.setdefault(writing.assessment, {}).update(refused)
            self._context.tasks.failed.emit(error)  # the person has gone on to something else: say it there
            return
        mine = [key for key in refused if self._writing.get(key) is writing]
        for key in mine:
            del self._writing[key]
        innocent = {key: writing.answers[key] for key in mine if by_item and key not in by_item}
        if innocent:
            self._write(writing.assessment, innocent)  # one that does not fit keeps only itself off the disk
        for key in mine:
            if key not in innocent:
                self.unsaved[key] = refused[key]
                self.answer_changed.emit(key)
        if isinstance(error, UserError) and not problems:
            self.reload()  # somebody finished the assessment meanwhile: show it as it stands

    def _on_loaded(self, opened: Opened) -> None:
        sheet = opened.sheet
        if sheet.assessment.id != self._opening:
            return  # another one was asked for since
        same = self.sheet is not None and self.sheet.assessment.id == sheet.assessment.id
        if not same:
            self._put_aside()
        self.sheet, self.process = sheet, opened.process
        self.rights = DeskRights(self._context.i18n, opened.rights, self._context.as_of)
        self.scorecard = sheet.scorecard
        self.rows = dict(sheet.answers)
        self._cleared.clear()
        self.circumstances = Circumstances(sheet.checklist, sheet.facts, sheet.on)
        if not same:
            self.unsaved = self._left.pop(sheet.assessment.id, {})
            self._writing.clear()
        self.loaded.emit()

    def _on_fact_stored(self, site: SiteRow) -> None:
        self._context.events.site_changed.emit(Change(site.id, self))
        self.reload()

    def _on_fact_refused(self, key: str, error: Exception) -> None:
        if isinstance(error, ProblemsFound):
            self.fact_refused.emit(key, error.problems[0])
        else:
            self._context.tasks.failed.emit(error)

    # --- writing

    def _put_aside(self) -> None:
        """Keep what could not be stored for when the person comes back to this assessment."""
        if self.sheet is not None and self.unsaved:
            self._left[self.sheet.assessment.id] = self.unsaved
            count = len(self.unsaved)
            self._context.notices.post(self._context.i18n.tr("desk.left_unsaved", count=count), "attention")
        self.unsaved = {}

    def _take(self, key: str, answer: Answer, *, typed: bool = False) -> None:
        """Store an answer unless it is wrong or already stored."""
        if self.sheet is None:
            return
        if not typed and answer == Answer() and self.waits_for_recheck(key):
            self.unsaved.pop(key, None)
            self._cleared.add(key)  # the record says that nothing stands where something was answered before
            self._write(self.sheet.assessment.id, {key: answer})
        elif self._fits(key, answer) and answer != self._given(key):
            self._write(self.sheet.assessment.id, {key: answer}, typed=typed)
        self.answer_changed.emit(key)

    def _fits(self, key: str, answer: Answer) -> bool:
        """Tell whether an answer can be stored; one that cannot stays in the form."""
        if self.sheet is None:
            return False
        problems = answer_problems(self.sheet.checklist, key, answer, on=self.sheet.on)
        waits = not answer.given and answer != self._given(key) and self.waits_for_recheck(key)
        if problems or waits:  # a note alone would take the place of the earlier answer
            self.unsaved[key] = Unsaved(answer, problems[0] if problems else None)
            return False
        self.unsaved.pop(key, None)
        return True

    def _write(self, assessment: str, answers: Mapping[str, Answer], *, typed: bool = False) -> None:
        seen = {key: acts_seen(self.sheet, self.rows, key) for key in answers}
        earlier = {key: self._writing[key] for key in answers if key in self._writing}
        visit = f"{self._name}.{self._visit}" if typed else ""
        writing = Writing(assessment, answers, seen, earlier, visit=visit)
        self._writing.update(dict.fromkeys(answers, writing))
        self._underway = [*(other for other in self._underway if not other.over.is_set()), writing]
        stored, refused = partial(self.note_stored, writing), partial(self.note_refused, writing)
        self._context.ask(self, writing, stored, refused, durable=True)

    def _turn(self, job: Callable[[Desk], Turned], *, back: bool) -> None:
        self._context.ask(self, job, partial(self._on_turned, back=back), self._context.tasks.failed.emit, durable=True)

    def _on_turned(self, turned: Turned, *, back: bool) -> None:
        if turned.opened is None:
            self.turned.emit([], back)
            return
        here = turned.opened.sheet.assessment.id
        self._context.events.assessment_changed.emit(Change(here, self))
        self._on_loaded(turned.opened)
        if turned.left:
            numbers = self._context.i18n.tr("desk.list_separator").join(cell.split(".")[-1] for cell in turned.left)
            self._context.notices.post(self._context.i18n.tr("undoing.left", items=numbers), "attention")
        elif here == self._opening:
            keys = [cell.split(".")[-1] for entity, cell in turned.cells if entity == here]
            self.turned.emit(keys or [""], back)

    def _partial(self, key: str) -> bool:
        """Tell whether an answer on its way to disk leaves parts of its item open."""
        mark = self.mark(key)
        return not self.shown(key).given or (mark is not None and bool(mark.missing) and self.shown(key).na is None)

    def _given(self, key: str) -> Answer:
        """Give what was handed to the store last, or what it holds."""
        if key in self._writing:
            return self._writing[key].answers[key]
        return self.rows[key].answer if key in self.rows else Answer()

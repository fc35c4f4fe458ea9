"""What is written in the cells of the grid, and what becomes of it: texts in, answers to the session out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.desk.part_names import named_part
from ui.models.desk_reading import DeskReading
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.turning import cleared
from wufei_cells.errors import ProblemsFound
from wufei_cells.scoring.answer_notation import parse, write
from wufei_cells.scoring.states import answered_anew
from wufei_cells.services.text_fields import LONGEST_NOTE, text_problems

if TYPE_CHECKING:
    from ui.i18n import I18n
    from ui.models.scoring_session import ScoringSession
    from wufei_cells.domain.checklists import Gate, Item
    from wufei_cells.errors import Problem


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that says no answer, or a note that cannot be stored: it stays in its cell until somebody mends it."""

    text: str
    problems: tuple[Problem, ...]
    before: object
    """What stood there; when that changes, somebody has answered in another way."""


class GridAnswers(QObject):
    """Reads and writes the cells of the open assessment.

    Signals:
        unread_changed: a text that cannot be read was written, or is gone (the key of the item).
        note_refused: a note was written that cannot be stored (the key of the item).
    """

    unread_changed = Signal(str)
    note_refused = Signal(str)

    def __init__(self, session: ScoringSession, i18n: I18n, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._i18n = i18n
        self._reading = DeskReading(session, i18n)
        self._unread: dict[tuple[str, str], Unread] = {}
        self._notes: dict[tuple[str, str], Unread] = {}
        """Notes that cannot be stored."""
        session.answer_changed.connect(self._on_answer_changed)

    # --- public: reading

    def entry(self, key: str) -> Gate | Item | None:
        """Give what is answered under a key."""
        return self._session.sheet.checklist.entry(key) if self._session.sheet else None

    def editable(self, key: str) -> bool:
        """Tell whether something may be written: it is open, not locked, and not left out by the site's facts."""
        return self._session.unlocked(key) and self.entry(key) is not None and not self._reading.excluded(key)

    def text(self, key: str) -> str:
        """Give what stands in the cell of an answer, readable or not."""
        unread = self.unread(key)
        if unread is not None:
            return unread.text
        entry = self.entry(key)
        return write(entry, self._session.shown(key), self._i18n.language) if entry else ""

    def unread(self, key: str) -> Unread | None:
        """Give a text that could not be read."""
        return self._unread.get((self._assessment, key))

    def excluded(self, key: str) -> bool:
        """Tell whether the facts of the site leave an entry out."""
        return self._reading.excluded(key)

    def note(self, key: str) -> str:
        """Give what stands in the cell of a note, stored or not."""
        refused = self._notes.get((self._assessment, key))
        return refused.text if refused else self._session.shown(key).note

    def problem(self, key: str) -> str:
        """Say what is wrong in the cell of an answer; empty while nothing is."""
        unread = self.unread(key)
        problem = self._session.problem(key)
        problems = unread.problems if unread else () if problem is None else (problem,)
        return "\n".join(self._told(key, one) for one in problems)

    def note_problem(self, key: str) -> str:
        """Say why a note is not stored; empty while it is."""
        refused = self._notes.get((self._assessment, key))
        return "\n".join(self._told(key, one) for one in refused.problems) if refused else ""

    def read(self, key: str, text: str) -> Answer:
        """Say what an answer would be with a text in its cell; note and all that is kept stay.

        Raises:
            ProblemsFound: the text says no answer.
        """
        entry = self.entry(key)
        assert entry is not None, key
        return self._merged(entry, self._session.shown(key), parse(entry, text))

    # --- public: writing

    def enter(self, texts: Mapping[str, str], notes: Mapping[str, str] | None = None) -> None:
        """Take over answers and notes as they were typed: all that can be read is stored together."""
        answers: dict[str, Answer] = {}
        for key, text in texts.items():
            if not self.editable(key):
                continue
            try:
                answers[key] = self.read(key, text)
            except ProblemsFound as found:
                shown = self._session.shown(key)
                self._unread[self._assessment, key] = Unread(text, found.problems, (shown.value, shown.na))
                self.unread_changed.emit(key)
            else:
                self._forget(key)
        for key, note in (notes or {}).items():
            if self.editable(key) and self._note_fits(key, note.strip()):
                answers[key] = replace(answers.get(key, self._session.shown(key)), note=note.strip())
        self._store(answers)

    def clear(self, keys: Iterable[str]) -> None:
        """Take answers away, and texts that could not be read with them."""
        given = [key for key in keys if self.editable(key)]
        for key in given:
            self._forget(key)
        shown = {key: self._session.shown(key) for key in given}
        # What was never answered must not be cleared: the record would say that somebody took something away.
        self._store({key: cleared(answer) for key, answer in shown.items() if answer.given})

    # --- parts

    @property
    def _assessment(self) -> str:
        row = self._session.assessment
        return row.id if row else ""

    def _store(self, answers: Mapping[str, Answer]) -> None:
        if len(answers) == 1:
            key, answer = next(iter(answers.items()))
            self._session.edit(key, answer, typing=False)
        elif answers:
            self._session.edit_many(answers)

    def _merged(self, entry: Gate | Item, was: Answer, given: Answer) -> Answer:
        if not given.given:
            return cleared(was) if was.given else was
        mark = partial(self._session.mark_of, entry)
        return answered_anew(entry, was, given, mark, taken=self._reading.is_taken(entry))

    def _note_fits(self, key: str, note: str) -> bool:
        """Tell whether a note can be stored; one that cannot stays in its cell."""
        place = self._assessment, key
        problems = text_problems(key, note, limit=LONGEST_NOTE, lines=True)
        if problems:
            self._notes[place] = Unread(note, tuple(problems), self._session.shown(key).note)
            self.unread_changed.emit(key)
            self.note_refused.emit(key)
        elif self._notes.pop(place, None):
            self.unread_changed.emit(key)
        return not problems

    def _told(self, key: str, problem: Problem) -> str:
        """Say a problem, with the part it is in by its name."""
        entry = self.entry(key)
        part, problem = named_part(entry, problem, self._session.text) if entry else ("", problem)
        sentence = self._i18n.problem(problem)
        return self._i18n.tr("desk.grid.problem_in_part", part=part, problem=sentence) if part else sentence

    def _forget(self, key: str) -> None:
        if self._unread.pop((self._assessment, key), None) is not None:
            self.unread_changed.emit(key)

    def _on_answer_changed(self, key: str) -> None:
        unread, shown = self.unread(key), self._session.shown(key)
        if unread is not None and (shown.value, shown.na) != unread.before:
            self._forget(key)
        refused = self._notes.get((self._assessment, key))
        if refused is not None and shown.note != refused.before:
            del self._notes[self._assessment, key]
            self.unread_changed.emit(key)

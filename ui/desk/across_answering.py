"""Answering one item for several sites: what was typed is read, stored as one step, and taken back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.desk import across_loading
from ui.desk.part_names import named_part
from wufei_cells.domain.answers import Answer
from wufei_cells.errors import ProblemsFound, WufeiError
from wufei_cells.scoring.answer_notation import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ui.context import AppContext
    from ui.desk.across_loading import Loaded
    from wufei_cells.domain.checklists import Gate, Item
    from wufei_cells.domain.register import AssessmentId
    from wufei_cells.errors import Problem
    from wufei_cells.services.site_answers import SiteAnswer
    from wufei_cells.services.undoing import Taken

MOST_PROBLEMS = 4


class AcrossAnswering(QObject):
    """Stores what was typed.

    Signals:
        told: there is something to say about what was typed, or nothing any more (a sentence, or empty).
        begun: answers are on their way to disk (what to show for each assessment meanwhile).
        refused: nothing was stored.
        changed: answers were stored or taken back (the assessments).
    """

    told = Signal(str)
    begun = Signal(object)
    refused = Signal()
    changed = Signal(object)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    # --- public

    def answer(self, loaded: Loaded, rows: Iterable[SiteAnswer], text: str) -> None:
        """Give sites an answer in its short form; nothing clears theirs. Closed ones are left alone and named."""
        chosen = list(rows)
        typable = [row for row in chosen if row.editable]
        given, sentences = self._read(loaded, typable, text)
        skipped = len(chosen) - len(typable)
        if sentences:
            self._tell(sentences)
        elif not given:
            self.tell_closed()
        else:
            self._tell([self._context.i18n.tr("desk.across.skipped", count=skipped)] if skipped else [])
            self.begun.emit(dict.fromkeys(given, text.strip() or "…"))
            job = partial(across_loading.store, loaded.across, given)
            self._context.ask(self, job, partial(self._on_stored, tuple(given)), self._on_refused, durable=True)

    def take_back(self, loaded: Loaded, *, redo: bool) -> None:
        """Take back what the person did last at one of the sites, or do it again."""
        shown = tuple(row.assessment for row in loaded.across.rows)
        job = partial(across_loading.take_back, shown, redo)
        self._context.ask(self, job, self._on_taken_back, self._on_refused, durable=True)

    def tell_closed(self) -> None:
        """Say that none of the sites can be changed."""
        self._tell([self._context.i18n.tr("desk.across.nothing_open")])

    # --- what the worker thread brings back

    def _on_stored(self, assessments: tuple[str, ...], _done: object) -> None:
        self.changed.emit(assessments)

    def _on_taken_back(self, taken: Taken | None) -> None:
        if taken is None:
            self._context.notices.post(self._context.i18n.tr("desk.across.nothing_to_undo"))
        elif taken.left:
            numbers = self._context.i18n.tr("desk.list_separator").join(cell.split(".")[-1] for cell in taken.left)
            self._context.notices.post(self._context.i18n.tr("undoing.left", items=numbers), "attention")
        else:
            self.changed.emit(taken.places)

    def _on_refused(self, error: Exception) -> None:
        self.refused.emit()
        i18n = self._context.i18n
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)
        elif isinstance(error, ProblemsFound):
            self._tell([i18n.wording.problem(problem) for problem in error.problems])
        else:
            self._tell([i18n.error(error)])

    # --- the rest

    def _read(self, loaded: Loaded, rows: list[SiteAnswer], text: str) -> tuple[dict[AssessmentId, Answer], list[str]]:
        """Read the short form for each row, by the item as its edition has it."""
        given: dict[AssessmentId, Answer] = {}
        sentences: dict[str, None] = {}
        for row in rows:
            try:
                given[row.assessment] = parse(loaded.entries[row.edition], text) if text.strip() else Answer()
            except ProblemsFound as found:
                told = (self._told(loaded.entries[row.edition], problem) for problem in found.problems)
                sentences.update(dict.fromkeys(told))
        return given, list(sentences)

    def _told(self, entry: Gate | Item, problem: Problem) -> str:
        """Say a problem, with the part it is in by its name."""
        i18n = self._context.i18n
        part, problem = named_part(entry, problem, i18n.text)
        sentence = i18n.problem(problem)
        return i18n.tr("desk.grid.problem_in_part", part=part, problem=sentence) if part else sentence

    def _tell(self, sentences: list[str]) -> None:
        shown = sentences[:MOST_PROBLEMS]
        if len(sentences) > MOST_PROBLEMS:
            shown.append(self._context.i18n.tr("desk.across.more_problems", count=len(sentences) - MOST_PROBLEMS))
        self.told.emit("\n".join(shown))

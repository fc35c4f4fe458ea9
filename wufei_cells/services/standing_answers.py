"""Tell the answers that stand side by side for one entry, so that a person can choose between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Gate
from wufei_cells.errors import Problem
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.circumstances import Circumstances
from wufei_cells.scoring.evaluate import answer_problems
from wufei_cells.services.answer_wording import answer_in_words
from wufei_cells.services.reading import Sheet
from wufei_cells.wording import Wording


@dataclass(frozen=True, slots=True)
class StandingTold:
    """One of several answers, ready to be shown."""

    author: str
    at: datetime
    answer: str
    points: str
    """What it gives; empty where it gives no points, or not yet."""
    note: str
    given: Answer
    """What is stored if somebody chooses it."""
    problem: Problem | None = None
    """Why it cannot be chosen as it is."""


def tell_conflict(sheet: Sheet, key: str, wording: Wording) -> tuple[StandingTold, ...]:
    """Tell all answers that stand for an entry at odds, the one that is shown first; nothing while one counts."""
    entry = sheet.checklist.entry(key)
    return tuple(
        StandingTold(
            author=row.author,
            at=row.at,
            answer=answer_in_words(entry, row.answer, sheet.checklist, sheet.facts, wording, on=sheet.on, brief=True),
            points=points_of(sheet, key, row.answer),
            note=row.answer.note,
            given=row.answer,
            problem=next(iter(answer_problems(sheet.checklist, key, row.answer, on=sheet.on)), None),
        )
        for row in sheet.conflicts.get(key, ())
    )


def points_of(sheet: Sheet, key: str, answer: Answer) -> str:
    """Say the points that an answer gives; nothing where it gives none, or not yet."""
    entry = sheet.checklist.entry(key)
    if entry is None or isinstance(entry, Gate) or answer.value is None:
        return ""
    rules = Circumstances(sheet.checklist, sheet.facts, sheet.on).rules
    try:
        mark = rules.mark(entry.rule, answer.value, Fraction(entry.full))
    except BadAnswer:
        return ""
    return printed(mark.span.low) if mark.span.settled and not mark.missing else ""

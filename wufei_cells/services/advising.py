"""What would get a site to the next level, and what if: thinking aloud that never touches the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.numbers_in_text import TextIn, texts_in
from wufei_cells.domain.text import Language
from wufei_cells.errors import UserError
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Scorecard
from wufei_cells.scoring.shortest_path import PathStep, PathToLevel, shortest_path
from wufei_cells.services.measure_wording import up_to_print
from wufei_cells.services.reading import Sheet
from wufei_cells.wording import Wording


@dataclass(frozen=True, slots=True)
class Advice:
    """The cheapest way to a level, in words."""

    path: PathToLevel
    heading: str
    steps: tuple[str, ...]


def advise(
    sheet: Sheet, wording: Wording, *, target: str | None = None, efforts: Mapping[str, int] | None = None
) -> Advice | None:
    """Name the fewest items (or those of least effort) that get a site to a level; ``None`` when it has them all.

    Raises:
        UserError: the checklist has no such level.
    """
    checklist = sheet.checklist
    if target is not None and target not in {grade.key for grade in checklist.grades}:
        allowed = ", ".join(grade.key for grade in checklist.grades)
        raise UserError("advising.unknown_level", level=target, allowed=allowed)
    answers = {key: row.answer for key, row in sheet.answers.items()}
    path = shortest_path(checklist, sheet.facts, answers, target=target, efforts=efforts, on=sheet.on)
    if path is None:
        return None
    text = texts_in(_language(wording), checklist, sheet.on)
    return Advice(
        path, _heading(path, checklist, wording), tuple(_step(step, sheet, wording, text) for step in path.steps)
    )


def suppose(sheet: Sheet, points: Mapping[str, Fraction]) -> Scorecard:
    """Score an assessment as if some items had other points; nothing is written."""
    answers = {key: row.answer for key, row in sheet.answers.items()}
    return evaluate(sheet.checklist, sheet.facts, answers, on=sheet.on, supposing=points)


def _heading(path: PathToLevel, checklist: Checklist, wording: Wording) -> str:
    level = next(grade.text for grade in checklist.grades if grade.key == path.target)
    values = {
        "level": level.in_language(_language(wording)),
        "now": printed(path.now),
        "then": printed(path.then),
        "needed": up_to_print(path.needed),
        "count": len(path.steps),
    }
    return wording.say("advising.heading" if path.reachable else "advising.unreachable", **values)


def _step(step: PathStep, sheet: Sheet, wording: Wording, text: TextIn) -> str:
    entry = sheet.checklist.entry(step.key)
    assert entry is not None
    values = {"number": entry.number, "name": text(entry.text)}
    if step.now is None or step.then is None:
        return wording.say("advising.gate", **values)
    values |= {"now": printed(step.now), "then": printed(step.then)}
    if step.key in sheet.rechecks:
        return wording.say("advising.recheck", **values)
    if step.key not in sheet.answers:
        return wording.say("advising.unanswered", **values)
    taken = step.then < step.now
    code = "advising.deduction" if taken else "advising.forced" if step.forced else "advising.item"
    return wording.say(code, **values)


def _language(wording: Wording) -> Language:
    return "en" if wording.language == "en" else "zh"

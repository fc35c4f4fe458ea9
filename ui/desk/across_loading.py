"""What the view of one item over many sites asks the services; all of it runs in the worker thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.context import load_places
from wufei_cells.domain.amounts import with_unit
from wufei_cells.domain.checklists import Item
from wufei_cells.domain.rules import Calculated, Count, Measured, Ticks
from wufei_cells.scoring.answer_notation import write

if TYPE_CHECKING:
    from ui.context import Desk, Places
    from ui.tasks import TaskProgress
    from wufei_cells.domain.answers import Answer
    from wufei_cells.domain.checklists import Gate
    from wufei_cells.domain.register import AssessmentId, EditionId
    from wufei_cells.services.site_answers import Across
    from wufei_cells.services.undoing import Taken
    from wufei_cells.wording import Wording


@dataclass(frozen=True, slots=True)
class Loaded:
    """One item over many sites, ready to be shown."""

    across: Across
    entries: Mapping[EditionId, Gate | Item]
    """The item as each edition has it."""
    words: Mapping[AssessmentId, tuple[str, str]]
    """What was answered: short enough to be compared down a column, and as a person would say it."""
    places: Places
    strict: tuple[str, ...]
    """Who is strict at this item, in words."""


def load(edition: str, item: str, wording: Wording, desk: Desk) -> Loaded:
    """Ask for an item over the sites of its category."""
    from wufei_cells.services.calibration_wording import told  # noqa: PLC0415 - services are loaded by the worker

    found = desk.comparing_sites.across(desk.workspace, edition, item)
    entries: dict[EditionId, Gate | Item] = {}
    for row in found.rows:
        if row.edition not in entries:
            entry = desk.browsing.checklist(desk.workspace, row.edition).entry(row.item)
            assert entry is not None
            entries[row.edition] = entry
    words = _in_words(found, entries, wording, desk)
    return Loaded(found, entries, words, load_places(desk), told(found.strictness, wording))


def _in_words(
    found: Across, entries: Mapping[EditionId, Gate | Item], wording: Wording, desk: Desk
) -> dict[AssessmentId, tuple[str, str]]:
    """Say every answer; sites mostly give one of a few, and each is put into words once."""
    from wufei_cells.services.answer_wording import answer_in_words  # noqa: PLC0415

    known: dict[tuple[str, str, str | None], tuple[str, str]] = {}
    words: dict[AssessmentId, tuple[str, str]] = {}
    for row in found.rows:
        place = (row.edition, repr(row.answer.value), row.answer.na)
        if place not in known:
            checklist = desk.browsing.checklist(desk.workspace, row.edition)
            facts = found.facts.get(row.assessment, {})
            entry = entries[row.edition]
            said = answer_in_words(entry, row.answer, checklist, facts, wording, on=row.on, brief=True)
            known[place] = (_figures(entry, row.answer, wording) or said, said)
        words[row.assessment] = known[place]
    return words


def _figures(entry: Gate | Item, answer: Answer, wording: Wording) -> str:
    """Give what was measured as bare figures; empty where words say it as shortly."""
    measure = entry.rule.measure if isinstance(entry, Item) and isinstance(entry.rule, Measured) else None
    if measure is None or isinstance(measure, Ticks | Calculated) or answer.value is None:
        return ""
    language = "en" if wording.language == "en" else "zh"
    figures, unit = write(entry, answer, language), measure.unit.in_language(language)
    if isinstance(measure, Count) and unit:
        return wording.say("desk.across.counted", number=figures, unit=unit)  # English: no singular is known
    return with_unit(figures, unit)


def store(found: Across, given: Mapping[AssessmentId, Answer], desk: Desk) -> None:
    """Write what was typed for several sites, as one step."""
    answers = desk.comparing_sites.retyped(desk.workspace, found, given)
    rows = {row.assessment: row for row in found.rows if row.assessment in answers}
    desk.comparing_sites.record_across(
        desk.workspace,
        found.entry.key,
        answers,
        keys={key: row.item for key, row in rows.items()},
        seen={key: row.heads for key, row in rows.items()},
    )


def take_back(assessments: tuple[str, ...], redo: bool, desk: Desk) -> Taken | None:
    """Take back what the person did last at one of these sites, or do it again."""
    step = desk.undoing.redo if redo else desk.undoing.undo
    return step(desk.workspace, *assessments)


def calibrate(category: str, wording: Wording, desk: Desk, progress: TaskProgress) -> tuple[str, ...]:
    """Compare the people who answered, over all items of a category."""
    from wufei_cells.services.calibration_wording import told  # noqa: PLC0415

    return told(desk.comparing_sites.calibration(desk.workspace, category, report=progress.report), wording)

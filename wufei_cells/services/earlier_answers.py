"""Tell what was answered before an entry's words changed: the old words beside the new ones, and the old answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from wufei_cells.checklists.passages import Passage, changed_passages
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.domain.numbers_in_text import TextIn, texts_in
from wufei_cells.domain.text import Language, Text
from wufei_cells.scoring.evaluate import answer_problems
from wufei_cells.services.answer_wording import answer_in_words
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wufei_cells.errors import Problem
    from wufei_cells.services.reading import EarlierAnswer, Sheet

Entry = Gate | Item


@dataclass(frozen=True, slots=True)
class OldWords:
    """A text as an earlier edition had it, and where it differs from today's."""

    text: str
    changed: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierTold:
    """One earlier answer, ready to be shown."""

    number: str
    """Under which the entry was printed; its key where nobody knows."""
    relation: str
    """How the entry of today goes back to it, in a few words."""
    text: OldWords
    scoring: OldWords
    answer: str
    note: str
    author: str
    at: datetime
    given: Answer
    """What would be stored if somebody confirms it."""
    problem: Problem | None = None
    """Why it cannot stand under the words of today."""


def tell_recheck(
    sheet: Sheet, key: str, wording: Wording, facts: Mapping[str, object] | None = None
) -> tuple[EarlierTold, ...]:
    """Tell what was answered to the earlier words of an entry, that the answers can be confirmed or given anew."""
    entry = sheet.checklist.entry(key)
    known = sheet.facts if facts is None else facts
    return tuple(
        replace(
            _told(earlier, entry, sheet, wording, known),
            problem=next(iter(answer_problems(sheet.checklist, key, earlier.row.answer, on=sheet.on)), None),
        )
        for earlier in sheet.rechecks.get(key, ())
    )


def tell_archived(sheet: Sheet, wording: Wording) -> tuple[EarlierTold, ...]:
    """Tell what was answered to entries that are gone; it counts for nothing any more."""
    return tuple(_told(earlier, None, sheet, wording, sheet.facts) for earlier in sheet.archived.values())


def _told(
    earlier: EarlierAnswer, now: Entry | None, sheet: Sheet, wording: Wording, facts: Mapping[str, object]
) -> EarlierTold:
    old, row = earlier.entry, earlier.row
    text = texts_in(_language(wording), sheet.checklist, sheet.on)
    relation = wording.say(f"earlier.{earlier.relation.value if earlier.relation else 'gone'}")
    return EarlierTold(
        number=old.number if old else row.item,
        relation=relation,
        text=_words(old, now, "text", text),
        scoring=_words(old, now, "scoring", text),
        answer=answer_in_words(old, row.answer, sheet.checklist, facts, wording, on=sheet.on),
        note=row.answer.note,
        author=row.author,
        at=row.at,
        given=row.answer,
    )


def _words(old: Entry | None, now: Entry | None, name: str, text: TextIn) -> OldWords:
    """Give an old text with what went from it; nothing where it reads as today's."""
    before = _plain(old, name, text)
    after = _plain(now, name, text)
    if not before or before == after:
        return OldWords("")
    return OldWords(before, changed_passages(before, after)[0] if after else ())


def _plain(entry: Entry | None, name: str, text: TextIn) -> str:
    written = getattr(entry, name, None)
    return text(written) if isinstance(written, Text) else ""


def _language(wording: Wording) -> Language:
    return "en" if wording.language == "en" else "zh"

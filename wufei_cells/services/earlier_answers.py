"""Tell what was answered before an entry's words changed: the old words beside the new ones, and the old answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.checklists.passages import Passage, changed_passages
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Gate, Group, Item
from wufei_cells.domain.numbers_in_text import TextIn, texts_in
from wufei_cells.domain.text import Language, Text
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.circumstances import Circumstances
from wufei_cells.scoring.evaluate import answer_problems
from wufei_cells.scoring.rules import read_yes_no
from wufei_cells.scoring.scorecard import Explanation
from wufei_cells.services.explaining import explain
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wufei_cells.errors import Problem
    from wufei_cells.services.reading import EarlierAnswer, Sheet

Entry = Gate | Item
_COMBINED = ("explain.sum", "explain.best", "explain.parts_made_up", "explain.clamped")
"""Lines that only put others together."""


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
        answer=_answer_in_words(old, row.answer, sheet, facts, wording),
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


def _answer_in_words(
    entry: Entry | None, answer: Answer, sheet: Sheet, facts: Mapping[str, object], wording: Wording
) -> str:
    """Say an answer as a person would: met or not, a level, the numbers and what they gave."""
    if answer.na is not None:
        return wording.say("earlier.not_applicable", reason=answer.na)
    if answer.value is None:
        return wording.say("earlier.no_answer")
    try:
        if isinstance(entry, Gate):
            return wording.say("earlier.met" if read_yes_no(answer.value) else "earlier.not_met")
        if isinstance(entry, Item):
            return _value_in_words(entry, answer, sheet, facts, wording)
    except (BadAnswer, KeyError):  # another rule, or parameters that are gone
        pass
    written = answer.value
    return written if isinstance(written, str) else json.dumps(written, ensure_ascii=False)


def _value_in_words(item: Item, answer: Answer, sheet: Sheet, facts: Mapping[str, object], wording: Wording) -> str:
    """Explain an answer by the rule it was given under, as if nothing else were asked."""
    only = (Group("old", "", Text(""), (item,)),)
    alone = replace(sheet.checklist, gates=(), groups=only, bonus=None, deductions=None)
    mark = Circumstances(alone, facts, sheet.on).rules.mark(item.rule, answer.value, Fraction(item.full))
    told = Explanation("explain.item", mark.span, item.key, {"full": ""}, (mark.explanation,))
    first, *others = explain(told, alone, wording, on=sheet.on)[1:]
    noted = (line.sentence for line in others if line.code not in _COMBINED)
    return wording.say("verdict.and").join((first.sentence, *noted))


def _language(wording: Wording) -> Language:
    return "en" if wording.language == "en" else "zh"

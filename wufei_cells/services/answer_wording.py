"""Say an answer as a person would: met or not, a level, the numbers and what they gave."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, Gate, Group, Item
from wufei_cells.domain.rules import Measured
from wufei_cells.domain.text import Text
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.circumstances import Circumstances
from wufei_cells.scoring.rules import read_yes_no
from wufei_cells.scoring.scorecard import Explanation
from wufei_cells.services.explaining import ExplainedLine, explain
from wufei_cells.services.measure_wording import READINGS
from wufei_cells.wording import Wording

Entry = Gate | Item
_COMBINED = ("explain.sum", "explain.best", "explain.parts_made_up", "explain.clamped")
"""Lines that only put others together."""


def answer_in_words(
    entry: Entry | None,
    answer: Answer,
    checklist: Checklist,
    facts: Mapping[str, object],
    wording: Wording,
    *,
    on: date | None,
    brief: bool = False,
) -> str:
    """Say what was answered.

    Args:
        entry: what was answered; ``None`` where nobody knows it any more.
        answer: the judgement.
        checklist: the edition with the numbers that hold.
        facts: what is known of the site.
        wording: the reader's language.
        on: the day whose numbers hold.
        brief: say of what was measured only that, without how it became points.
    """
    if answer.na is not None:
        return wording.say("earlier.not_applicable", reason=answer.na)
    if answer.value is None:
        return wording.say("earlier.no_answer")
    try:
        if isinstance(entry, Gate):
            return wording.say("earlier.met" if read_yes_no(answer.value) else "earlier.not_met")
        if isinstance(entry, Item):
            lines = _value_in_words(entry, answer, checklist, facts, wording, on)
            read = [line.sentence for line in lines if line.code in READINGS]
            if brief and isinstance(entry.rule, Measured) and read:
                return wording.say("verdict.and").join(read)
            noted = (line.sentence for line in lines[1:] if line.code not in _COMBINED)
            return wording.say("verdict.and").join((lines[0].sentence, *noted))
    except (BadAnswer, KeyError):  # another rule, or parameters that are gone
        pass
    written = answer.value
    return written if isinstance(written, str) else json.dumps(written, ensure_ascii=False)


def _value_in_words(
    item: Item, answer: Answer, checklist: Checklist, facts: Mapping[str, object], wording: Wording, on: date | None
) -> tuple[ExplainedLine, ...]:
    """Explain an answer by the rule it was given under, as if nothing else were asked."""
    only = (Group("old", "", Text(""), (item,)),)
    alone = replace(checklist, gates=(), groups=only, bonus=None, deductions=None)
    mark = Circumstances(alone, facts, on).rules.mark(item.rule, answer.value, Fraction(item.full))
    told = Explanation("explain.item", mark.span, item.key, {"full": ""}, (mark.explanation,))
    return explain(told, alone, wording, on=on)[1:]

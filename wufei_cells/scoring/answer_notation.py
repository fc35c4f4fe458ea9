"""The written form of answers: a whole judgement in one cell of a table, and back.

=================  =====================================================================================
yes or no          ``是`` ``否``; read as well: ``1`` ``2``, yes, no, √, ×
a level            ``2``, its position; in a range with points and reason: ``2:5 缺一个月``; read as well: text or key
a number           ``3``, ``12.5``
a share, a change  ``84/100``, ``100→90`` (read as well: ``100->90``, ``100>90``)
ticks              ``1 3``, positions; ``0``: none of them
calculated         ``3; 4`` in the order of the inputs, ``a=3`` by name
parts              ``1; 2`` in their order, empty where nothing is given; read as well: ``training=1`` by name;
                   what has parts itself stands in brackets
set aside          ``不适用：理由``; read as well: ``N 理由``, ``n/a reason``
not answered       nothing
=================  =====================================================================================

Full-width signs and blanks are read like the usual ones. What is written is read back as the same judgement. Notes,
bases and what an answer keeps of its other states have cells of their own.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, Gate, Item
from wufei_cells.domain.rules import Levels, Outcome, YesNo
from wufei_cells.domain.text import Language
from wufei_cells.errors import ProblemsFound
from wufei_cells.scoring.evaluate import answer_problems
from wufei_cells.scoring.notation_reading import NotationReader
from wufei_cells.scoring.notation_text import ASIDE_WORD, aside_reason, find_name
from wufei_cells.scoring.notation_writing import written

GATE = YesNo(Outcome(Decimal(0)), Outcome(Decimal(0)))
"""Gates are answered like a question that gives no points."""


def write(entry: Gate | Item, answer: Answer, language: Language = "zh") -> str:
    """Write an answer. The language only chooses the words for yes, no and not applicable; all are read."""
    if answer.na is not None:
        return f"{ASIDE_WORD[language]}{answer.na}".strip()
    return written(GATE if isinstance(entry, Gate) else entry.rule, answer.value, language)


def parse(entry: Gate | Item, text: str) -> Answer:
    """Read an answer without asking whether it fits its rule: a part above its whole is read all the same.

    Raises:
        ProblemsFound: it cannot be read; every problem names the part it is in.
    """
    text = text.strip()
    reason = None if _names_level(entry, text) else aside_reason(text)
    if reason is not None:
        return Answer(na=reason)
    reader = NotationReader(entry.key)
    rule = GATE if isinstance(entry, Gate) else entry.rule
    value = reader.read(rule, text)
    if reader.problems:
        raise ProblemsFound(reader.problems, subject=entry.number or entry.key)
    return Answer(value)


def read(checklist: Checklist, entry: Gate | Item, text: str, *, on: date | None = None) -> Answer:
    """Read an answer that fits its rule, on a day.

    Raises:
        ProblemsFound: it cannot be read, or does not fit.
    """
    answer = parse(entry, text)
    problems = answer_problems(checklist, entry.key, answer, on=on)
    if problems:
        raise ProblemsFound(problems, subject=entry.number or entry.key)
    return answer


def _names_level(entry: Gate | Item, text: str) -> bool:
    """Whether a text is the name of a level, such as a level that says that something does not apply."""
    if isinstance(entry, Gate) or not isinstance(entry.rule, Levels):
        return False
    return find_name(text, ((level.key, level.text) for level in entry.rule.levels)) is not None

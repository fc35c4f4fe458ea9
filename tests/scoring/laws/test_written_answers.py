"""Whatever answer fits a checklist: it can be written into one cell of a table, and is read back the same."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.scoring.laws.chances import Chance
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain import rules
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, Gate
from wufei_cells.scoring.answer_notation import read, write
from wufei_cells.scoring.evaluate import answer_problems
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.rules import RuleEvaluator

CRITERIA = Path(__file__).resolve().parents[3] / "criteria"
SHIPPED = sorted(path for path in CRITERIA.glob("*/*.yaml") if path.name != "profile.yaml")


def plain_form(rule: rules.Rule, value: Any) -> Any:  # noqa: PLR0911 - one case per kind of rule
    """The one form among those that a rule takes for the same: numbers as text, ticks in order, nothing empty."""
    match rule:
        case rules.YesNo():
            return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        case rules.Levels():
            return value
        case rules.Measured(measure=rules.Ticks() as ticks):
            return value if value is None else [option.key for option in ticks.options if option.key in value]
        case rules.Measured():
            if isinstance(value, dict):
                return {key: str(number) for key, number in value.items() if number not in (None, "")} or None
            return None if value is None else str(value)
        case rules.Sum() | rules.Best():
            if value is None:
                return None
            parts = {part.key: plain_form(part.rule, value.get(part.key)) for part in rule.parts}
            return {key: part for key, part in parts.items() if part is not None} or None


def hold(checklist: Checklist, given: dict[str, Answer]) -> None:
    """Every answer comes back from its written form as it was."""
    evaluator = RuleEvaluator(Numbers(checklist.parameters))
    for key, answer in given.items():
        entry = checklist.entry(key)
        assert entry is not None
        if answer_problems(checklist, key, answer):
            continue
        back = [read(checklist, entry, write(entry, answer, language)) for language in ("zh", "en")]
        rule = rules.YesNo(*[rules.Outcome(0)] * 2) if isinstance(entry, Gate) else entry.rule
        assert back == [Answer(plain_form(rule, answer.value), answer.na)] * 2
        if answer.na is None and not isinstance(entry, Gate) and "{}" not in str(answer.value):  # {}: parts, none given
            full = Fraction(entry.full)
            assert evaluator.mark(rule, back[0].value, full).span == evaluator.mark(rule, answer.value, full).span


def test_every_answer_that_fits_comes_back_from_its_written_form(drawing):
    def law(chance: Chance) -> None:
        checklist = drawing.checklist(chance)
        finished = drawing.finished_answers(chance, checklist)
        hold(checklist, finished)
        hold(checklist, drawing.unfinished_answers(chance, checklist, finished))

    drawing.try_out(law, 300)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_so_it_is_with_every_shipped_checklist(path):
    checklist = read_checklist(path.read_bytes(), path.name)
    chance = Chance(len(checklist.title.zh), 2)
    for _ in range(10):
        hold(checklist, {gate.key: Answer(chance.choice(["yes", False])) for gate in checklist.gates})
        for item in checklist.items():
            hold(checklist, {item.key: Answer(answer_to(chance, item.rule))})
            hold(checklist, {item.key: Answer(na="没有食堂；见 2: “说明”")})


def answer_to(chance: Chance, rule: rules.Rule) -> Any:  # noqa: PLR0911 - one case per kind of rule
    """Some answer to a rule; it may leave parts open, and need not fit."""
    match rule:
        case rules.YesNo():
            return chance.choice(["yes", "no", True])
        case rules.Levels():
            level = chance.choice(rule.levels)
            reason = chance.choice(["缺一个月", "缺; 少 (2)", '"'])
            highest = level.outcome.points
            return level.key if level.lowest is None else {"level": level.key, "points": str(highest), "reason": reason}
        case rules.Measured(measure=rules.Ticks() as ticks):
            return chance.some([option.key for option in ticks.options])
        case rules.Measured(measure=rules.Share()):
            return chance.choice([{"part": 3, "whole": "4"}, {"part": "1"}, {"whole": "4"}])
        case rules.Measured(measure=rules.Change()):
            return chance.choice([{"before": 3, "after": "-4"}, {"before": "1"}])
        case rules.Measured(measure=rules.Calculated() as calculated):
            return {entry.key: chance.randint(1, 9) for entry in chance.some(calculated.inputs, 1)}
        case rules.Measured():
            return chance.choice(["0", 2, "12"])
        case rules.Sum() | rules.Best():
            return {part.key: answer_to(chance, part.rule) for part in chance.some(rule.parts, 1)}

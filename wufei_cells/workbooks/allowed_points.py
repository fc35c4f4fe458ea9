"""What may be typed into the score cells: drop-downs where a rule knows only some points, limits everywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from openpyxl.worksheet.datavalidation import DataValidation

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Item, NotApplicable
from wufei_cells.domain.rules import Levels, Rule, YesNo

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from wufei_cells.scoring.numbers import Numbers
    from wufei_cells.workbooks.sheet_words import SheetWords


def distinct_points(rule: Rule, numbers: Numbers) -> tuple[Fraction, ...] | None:
    """All the points a rule can give, from the most to the least; ``None`` when they form a range."""
    if isinstance(rule, YesNo):
        outcomes = [rule.yes, rule.no]
    elif isinstance(rule, Levels) and all(level.lowest is None for level in rule.levels):
        outcomes = [level.outcome for level in rule.levels]
    else:
        return None
    return tuple(sorted({numbers.value(outcome.points) for outcome in outcomes}, reverse=True))


class ScoreEntry:
    """Collects the limits of a sheet's score cells: cells with the same limits share one rule."""

    def __init__(self, words: SheetWords, numbers: Numbers) -> None:
        self._words = words
        self._numbers = numbers
        self._rules: dict[tuple[str, ...], DataValidation] = {}

    def choice(self, choices: Sequence[str], places: Sequence[str]) -> None:
        """Let cells take one of several words."""
        if ("choice", *choices) not in self._rules:
            rule = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            self._say(rule, self._words.say("entry.choice", choices=" / ".join(choices)))
            self._rules["choice", *choices] = rule
        self._add(self._rules["choice", *choices], places)

    def points(self, item: Item, places: Sequence[str]) -> None:
        """Let cells take the points of an item, and the word for "not applicable" where it may be."""
        na = self._words.say("na") if item.not_applicable is NotApplicable.REASON else ""
        distinct = distinct_points(item.rule, self._numbers)
        if distinct is not None:
            self.choice([printed(points) for points in distinct] + ([na] if na else []), places)
            return
        full = printed(item.full)
        if ("points", full, na) not in self._rules:
            rule = DataValidation("decimal", operator="between", formula1="0", formula2=full, allow_blank=True)
            rule.errorStyle = "warning" if na else "stop"  # a warning lets the word pass after a question
            self._say(rule, self._words.say("entry.points_or_na" if na else "entry.points", full=full, na=na))
            self._rules["points", full, na] = rule
        self._add(self._rules["points", full, na], places)

    def attach(self, sheet: Worksheet) -> None:
        """Put all rules into the sheet."""
        for rule in self._rules.values():
            sheet.add_data_validation(rule)

    def _say(self, rule: DataValidation, sentence: str) -> None:
        rule.showErrorMessage = True
        rule.errorTitle = self._words.say("entry.title")
        rule.error = sentence

    @staticmethod
    def _add(rule: Any, places: Sequence[str]) -> None:
        for place in places:
            rule.add(place)

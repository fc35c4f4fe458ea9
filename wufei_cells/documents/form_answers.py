"""What stands in the cells of a sheet that was filled in: answers in words, what they rest on, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from wufei_cells.documents.fonts import Face
from wufei_cells.documents.form_table import BODY, SMALL, STRONG, Para
from wufei_cells.documents.text import TextStyle
from wufei_cells.domain.amounts import printed, with_unit
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.domain.rules import Amount, Best, Calculated, Change, Count, Measure, Measured, Rule, Share, Sum

if TYPE_CHECKING:
    from wufei_cells.documents.form_data import FilledSheet
    from wufei_cells.documents.form_words import FormWords
    from wufei_cells.domain.answers import Basis, BasisRow
    from wufei_cells.domain.rules import Part
    from wufei_cells.domain.text import Text
    from wufei_cells.scoring.scorecard import GateResult, Span

ALARM = "#B4442C"
FAILED = TextStyle(Face.SANS_BOLD, 8.5, color=ALARM)
FAILED_SMALL = TextStyle(Face.SANS, 7.5, color=ALARM)
INDENT = 8.0


class FormAnswers:
    """Says what was entered."""

    def __init__(self, words: FormWords, filled: FilledSheet) -> None:
        self._words = words
        self._say = words.say
        self._filled = filled
        self._pieces = Counter(row.item for row in filled.evidence)
        self._findings = Counter(row.finding.item for row in filled.findings)
        self._gates: Mapping[str, GateResult] = {gate.key: gate for gate in filled.scorecard.gates}

    # --- the answer

    def gate(self, gate: Gate) -> Iterator[Para]:
        """Whether a condition is met."""
        result = self._gates.get(gate.key)
        if result is None:
            yield Para(self._say("excluded"), SMALL)
            return
        if result.ok is None:
            yield Para(self._say("gate_open"), FAILED)
        else:
            yield Para(self._say("met" if result.ok else "not_met"), STRONG if result.ok else FAILED)
        yield from self._rest(gate)

    def item(self, item: Item) -> Iterator[Para]:
        """An answer in words, what its numbers rest on, and why it does not count if it does not."""
        score = self._filled.scorecard.item(item.key)
        row = self._filled.answers.get(item.key)
        if score is not None and not score.applies:
            reason = (row.answer.na or "").strip() if row else ""
            if reason:
                yield Para(self._say("set_aside", reason=self._words.plain(reason)), STRONG)
            else:
                yield Para(self._say("excluded"), SMALL)
            if score.got.high:
                yield Para(self._say("counted", points=span(score.got)), SMALL)
        else:
            for number, sentence in enumerate(self._filled.told.get(item.key, ())):
                yield Para(self._words.plain(sentence.strip()), BODY, indent=_depth(sentence), above=1 if number else 0)
            yield from self._bases(item)
        yield from self._rest(item)

    def _rest(self, entry: Item | Gate) -> Iterator[Para]:
        row = self._filled.answers.get(entry.key)
        result = self._gates.get(entry.key)
        if isinstance(entry, Item) and result is not None and result.ok is False:
            yield Para(self._say(f"failed_{result.code.removeprefix('gate.')}"), FAILED, above=2)
        if row is not None and row.values > 1:
            yield Para(self._say("conflict", count=row.values), FAILED_SMALL, above=2)
        if entry.key in self._filled.rechecks:
            yield Para(self._say("recheck"), FAILED_SMALL, above=2)
        counts = [("pieces", self._pieces[entry.key]), ("found", self._findings[entry.key])]
        listed = [self._say(key, count=count) for key, count in counts if count]
        if listed:
            yield Para(self._say("list").join(listed), SMALL, above=2)

    def remarks(self, entry: Item | Gate) -> Iterator[Para]:
        """The assessor's own words."""
        row = self._filled.answers.get(entry.key)
        if row is not None and row.answer.note.strip():
            yield Para(self._words.plain(row.answer.note.strip()), BODY)

    def points(self, key: str) -> str:
        """The points of an item; of one that is open what it may still come to."""
        score = self._filled.scorecard.item(key)
        if score is None:
            return ""
        if not score.applies and not score.got.high:
            return "—"
        return span(score.got)

    # --- what numbers rest on

    def _bases(self, item: Item) -> Iterator[Para]:
        row = self._filled.answers.get(item.key)
        if row is None:
            return
        parts = {path: (name, rule) for path, name, rule in _parts(item.rule)}
        for path, basis in row.answer.bases.items():
            name, rule = parts.get(path, (None, None))
            yield from self._basis(basis, name, rule)

    def _basis(self, basis: Basis, name: Text | None, rule: Rule | None) -> Iterator[Para]:
        say, plain = self._words.say, self._words.plain
        told = [
            say(f"basis_{key}", text=plain(getattr(basis, key))) for key in ("period", "source") if getattr(basis, key)
        ]
        about = say("basis_of", part=self._words.text(name)) if name else say("basis")
        if told or basis.rows:
            yield Para(say("basis_line", about=about, told=say("list").join(told)).rstrip(), SMALL, above=2)
        measure = rule.measure if isinstance(rule, Measured) else None
        for row in basis.rows:
            yield Para(self._basis_row(row, measure), SMALL, indent=INDENT, hang=6)

    def _basis_row(self, row: BasisRow, measure: Measure | None) -> str:
        names = self._fields(measure)
        numbers: list[str] = []
        for key, number in row.numbers.items():
            name, unit = names.get(key, (key if len(row.numbers) > 1 else "", ""))
            numbers.append(f"{name} {with_unit(number, unit)}".strip())
        text = self._words.plain(row.text)
        listed = self._say("list").join(numbers)
        return f"· {self._say('basis_row', text=text, numbers=listed) if text and listed else text or listed}"

    def _fields(self, measure: Measure | None) -> dict[str, tuple[str, str]]:
        """What the numbers of a row are called, and their units; a single number needs no name."""
        text = self._words.text
        match measure:
            case Count() | Amount():
                return {"number": ("", text(measure.unit))}
            case Share():
                return {name: (text(getattr(measure, name)), text(measure.unit)) for name in ("part", "whole")}
            case Change():
                return {name: (text(getattr(measure, name)), text(measure.unit)) for name in ("before", "after")}
            case Calculated():
                return {entry.key: (text(entry.text), text(entry.unit)) for entry in measure.inputs}
            case _:
                return {}


def span(value: Span) -> str:
    """Write points: one number, or from the least to the most that is still possible."""
    return printed(value.low) if value.settled else f"{printed(value.low)}–{printed(value.high)}"


def _depth(sentence: str) -> float:
    """How far in a line begins: the services indent by two spaces for each step into the explanation."""
    return (len(sentence) - len(sentence.lstrip(" "))) / 2 * INDENT


def _parts(rule: Rule, path: str = "", name: Text | None = None) -> Iterator[tuple[str, Text | None, Rule]]:
    """Go through a rule and its parts, with the dotted path of each."""
    yield path, name, rule
    parts: tuple[Part, ...] = rule.parts if isinstance(rule, Sum | Best) else ()
    for part in parts:
        yield from _parts(part.rule, f"{path}.{part.key}".lstrip("."), part.text)

"""What the program says of a row: beside the answer, and in the note on the item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Gate, Item

if TYPE_CHECKING:
    from wufei_cells.scoring.scorecard import ItemScore
    from wufei_cells.workbooks.scoresheets.data import ScoresheetData
    from wufei_cells.workbooks.scoresheets.words import SheetWords


class Remarks:
    """Puts the words beside scores together."""

    def __init__(self, data: ScoresheetData, words: SheetWords) -> None:
        self._data = data
        self._words = words
        self._sources = {source.key: source for source in data.checklist.sources}

    def of(self, entry: Gate | Item, *, no_formula: bool = False) -> str:
        """What there is to say of an answer as it stands."""
        if isinstance(entry, Gate):
            result = next((one for one in self._data.scorecard.gates if one.key == entry.key), None)
            excluded = self._words.say("na.by_facts") if result is None else ""
            return _lines(excluded, self._conflict(entry.key))
        score = next(one for one in self._data.scorecard.items if one.key == entry.key)
        gates = [gate for gate in self._data.scorecard.gates if gate.key == entry.key and gate.ok is False]
        return _lines(
            self._words.say("no_formula_told") if no_formula else "",
            "" if score.applies else self._not_applicable(score),
            *(self._words.say(gate.code) for gate in gates),
            self._data.reasons.get(entry.key, ""),
            self._unfinished(entry, score),
            self._conflict(entry.key),
        )

    def guidance(self, entry: Item | Gate) -> str:
        """The note on a row: how to look, and where the demand comes from."""
        words = self._words
        sources = [self._sources[key] for key in entry.sources if key in self._sources]
        titles = "；".join(f"{words.text(source.title)} {source.number}".strip() for source in sources)
        guidance = words.text(entry.guidance)
        return _lines(
            words.say("note.guidance", text=guidance) if guidance else "",
            words.say("note.sources", text=titles) if titles else "",
        )

    def _not_applicable(self, score: ItemScore) -> str:
        excluded = score.explanation.code == "explain.excluded_by_facts"
        reason = self._words.say("na.by_facts") if excluded else ""
        if not self._data.keeps_what_does_not_apply or score.key in self._data.extra():
            return reason
        counted = self._words.say("na.counted", points=printed(score.got.low))
        return _lines(reason, counted)

    def _unfinished(self, item: Item, score: ItemScore) -> str:
        row = self._data.answers.get(item.key)
        if (score.answered and score.got.settled) or row is None or not row.answer.given:
            return ""
        return self._words.say("unfinished", span=self._words.span(score.got.low, score.got.high))

    def _conflict(self, key: str) -> str:
        row = self._data.answers.get(key)
        return self._words.say("conflict", count=row.values) if row and row.values > 1 else ""


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)

"""What stands in the last two columns of a row (why points were lost, remarks) and in the note on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Gate, Item

if TYPE_CHECKING:
    from wufei_cells.scoring.scorecard import GateResult, ItemScore
    from wufei_cells.workbooks.scoresheet_data import ScoresheetData
    from wufei_cells.workbooks.sheet_words import SheetWords


class Remarks:
    """Puts the words beside scores together."""

    def __init__(self, data: ScoresheetData, words: SheetWords) -> None:
        self._data = data
        self._words = words
        self._sources = {source.key: source for source in data.checklist.sources}
        self._taken = data.taken()

    def reason(self, item: Item, score: ItemScore) -> str:
        """Why an item has its points: the rule's words, then the assessor's where points were lost."""
        return _lines(self._data.reasons.get(item.key, ""), self.note(item.key) if self._lost_points(score) else "")

    def of_item(self, item: Item, score: ItemScore) -> str:
        """What else is to be said of an item."""
        gates = [gate for gate in self._data.scorecard.gates if gate.key == item.key and gate.ok is False]
        return _lines(
            "" if score.applies else self._not_applicable(item, score),
            *(self._words.say(gate.code) for gate in gates),
            self._unfinished(item, score),
            self._conflict(item.key),
            "" if self._lost_points(score) else self.note(item.key),
        )

    def of_gate(self, gate: Gate, result: GateResult | None) -> str:
        """What is to be said of a precondition; the note on a failed one stands under the reasons."""
        failed = result is not None and result.ok is False
        excluded = self._words.say("na.by_facts") if result is None else ""
        return _lines(excluded, self._conflict(gate.key), "" if failed else self.note(gate.key))

    def note(self, key: str) -> str:
        """The assessor's own words."""
        row = self._data.answers.get(key)
        return row.answer.note.strip() if row else ""

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

    def _not_applicable(self, item: Item, score: ItemScore) -> str:
        row = self._data.answers.get(item.key)
        reason = ((row.answer.na or "").strip() if row else "") or self._words.say("na.by_facts")
        if not self._data.keeps_what_does_not_apply or item.key in self._data.extra():
            return self._words.say("na.left_out", reason=reason)
        return self._words.say("na.counted", points=printed(score.got.low), reason=reason)

    def _unfinished(self, item: Item, score: ItemScore) -> str:
        row = self._data.answers.get(item.key)
        if (score.answered and score.got.settled) or row is None or not row.answer.given:
            return ""
        return self._words.say("unfinished", span=self._words.span(score.got.low, score.got.high))

    def _lost_points(self, score: ItemScore) -> bool:
        if not (score.applies and score.answered and score.got.settled):
            return False
        return score.got.low > 0 if score.key in self._taken else score.got.low < score.full

    def _conflict(self, key: str) -> str:
        row = self._data.answers.get(key)
        return self._words.say("conflict", count=row.values) if row and row.values > 1 else ""


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)

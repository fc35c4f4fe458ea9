"""The words by which people know the rows of a scoresheet, to tell a row that carries another one's key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.domain.checklists import Checklist, Gate, Item
from wufei_cells.scoring.answer_fields import AnswerField, fields_of
from wufei_cells.workbooks.scoresheets.words import SheetWords
from wufei_cells.workbooks.vocabulary import folded

if TYPE_CHECKING:
    from datetime import date

    from wufei_cells.domain.conditions import Fact
    from wufei_cells.wording import Wording


class Labels:
    """Knows the words of all entries, in both languages."""

    def __init__(self, checklist: Checklist, on: date, wording: Wording) -> None:
        self._own = SheetWords(wording, checklist, on)
        self._spoken = [SheetWords(wording.speaking(language), checklist, on) for language in ("zh", "en")]
        self._entries: dict[str, set[str]] = {}
        self._asked: dict[str, set[str]] = {}
        for entry in checklist.entries():
            for words in self._spoken:
                self._entries.setdefault(_plain(words.text(entry.text)), set()).add(entry.key)
            for one in fields_of(entry):
                for text in self._asks(entry, one):
                    self._asked.setdefault(text, set()).add(f"{entry.key}#{one.path}")

    def of(self, entry: Gate | Item | Fact) -> str:
        """Name an entry or a fact for a sentence."""
        number = entry.number if isinstance(entry, Gate | Item) else ""
        return f"{number} {self._own.text(entry.text)}".strip()

    def other_entry(self, entry: Gate | Item, seen: str) -> str:
        """Give the words of a row where they are those of other entries, and not of this one."""
        known = self._entries.get(_plain(seen), set())
        return seen.strip() if known and entry.key not in known else ""

    def other_field(self, entry: Gate | Item, field: AnswerField, seen: str) -> str:
        """Give what a row asks for where only other fields ask for it."""
        known = self._asked.get(folded(seen), set())
        return seen.strip() if known and f"{entry.key}#{field.path}" not in known else ""

    def _asks(self, entry: Gate | Item, field: AnswerField) -> list[str]:
        gate = isinstance(entry, Gate)
        return [folded(words.say("asked.gate") if gate else words.asked(field)) for words in self._spoken]


def _plain(text: str) -> str:
    return folded(text).lstrip("★")

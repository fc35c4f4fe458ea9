"""What the fields of two editions say, in words for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, cast

from wufei_cells.checklists.yaml_source import Data
from wufei_cells.documents.dates import say_date
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.numbers_in_text import with_numbers
from wufei_cells.domain.text import Text

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.domain.text import Language
    from wufei_cells.wording import Wording

Document = Mapping[str, Data]

_POINTS = ("full", "cap", "total_at_least", "out_of")
_PERCENT = ("groups_at_least", "not_applicable_share", "not_applicable_at_most")
_FLAGS = ("star", "locked", "official", "counts_for_pass")
_WORDS = (
    "not_applicable",
    "group_not_applicable",
    "star_not_applicable",
    "evidence_required",
    "section",
    "ask",
    "subject",
)
_DAYS = ("effective_from", "effective_until")
_BOUNDS = ("at_least", "above", "at_most", "below")


class ChangeValues:
    """Says the values of one edition's fields in one language; what is empty is a dash."""

    def __init__(self, checklist: Checklist, wording: Wording) -> None:
        self._wording = wording
        self._checklist = checklist
        self.language: Language = "en" if wording.language == "en" else "zh"
        self.other_language: Language = "zh" if self.language == "en" else "en"
        self._names = {group.key: f"{group.number} {self.own(group.text)}" for group in checklist.all_groups()}
        self._names |= {entry.key: f"{entry.number} {self.own(entry.text)}" for entry in checklist.entries()}
        self._sources = {source.key: self.own(source.title) for source in checklist.sources}
        self._facts = {fact.key: self.own(fact.text) for fact in checklist.facts}
        self._options = {
            (fact.key, option.key): self.own(option.text) for fact in checklist.facts for option in fact.options
        }
        self._parameters = {entry.key: (self.own(entry.text), plain(entry.value)) for entry in checklist.parameters}

    def say(self, key: str, /, **values: object) -> str:
        """Give a sentence of this area by the last part of its key."""
        return self._wording.say(f"comparing.{key}", **values)

    def own(self, text: Text) -> str:
        """Give a text in the language of the reader, with the numbers of its edition."""
        return with_numbers(text, self._checklist).in_language(self.language)

    def name(self, key: str) -> str:
        """Give the number and the text of a group, an item or a gate."""
        return self._names.get(key, key)

    def field(self, name: str) -> str:
        """Give the name of a field; ``scoring.rounding`` and ``rounding`` are the same to a reader."""
        key = f"field_{name.removeprefix('scoring.').replace('.', '_')}"
        return self.say(key) if f"comparing.{key}" in self._wording else name

    def value(self, field: str, data: Data, language: Language | None = None) -> str:
        """Say what a field says; of a text, what it says in a language."""
        name = field.rpartition(".")[2]
        if data is None:
            return self.say("as_full" if name == "weight" else "nothing")
        if isinstance(data, dict) and set(data) <= {"zh", "en"}:
            return self._text(data, language) or self.say("nothing")
        teller = self._tellers().get(name)
        if teller:
            return teller(data)
        return data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)

    def as_written(self, data: Data, language: Language | None = None) -> str:
        """Say what a field says as its file has it, with the names of parameters in texts."""
        if isinstance(data, dict):
            return str(data.get(language or self.language) or data.get("zh") or self.say("nothing"))
        return self.say("nothing") if data is None else str(data)

    def quantity(self, data: Data) -> str:
        """Say a number, or the name of the parameter it is taken from."""
        written = str(data)
        if not written.startswith("$"):
            return written
        name, value = self._parameters.get(written[1:], (written[1:], "?"))
        return self.say("parameter", name=name, value=value)

    def summary(self, data: Document) -> str:
        """Say everything that a part says of itself but its key."""
        told = [
            f"{self.field(name)}{self.say('colon')}{self.value(name, data[name])}" for name in data if name != "key"
        ]
        return self._listed(told)

    # --- the kinds of fields

    def _text(self, data: Document, language: Language | None) -> str:
        """Give a text with the numbers of its edition: in one language only, or Chinese where there is no other."""
        text = with_numbers(Text(str(data.get("zh", "")), str(data.get("en", ""))), self._checklist)
        if language is None:
            return text.in_language(self.language)
        return text.zh if language == "zh" else text.en

    def _tellers(self) -> dict[str, Callable[[Data], str]]:
        return {
            **dict.fromkeys(_POINTS, self._points),
            **dict.fromkeys(_PERCENT, self._percent),
            **dict.fromkeys(_FLAGS, self._flag),
            **{name: self._choice(name) for name in _WORDS},
            **dict.fromkeys(_DAYS, lambda data: self._day(str(data))),
            "verify": lambda data: self._listed([self.word("verify", one) for one in _rows(data)]),
            "sources": lambda data: self._listed([self._sources.get(str(one), str(one)) for one in _rows(data)]),
            "group": lambda data: self.name(str(data)),
            "from": self._origins,
            "applies": self.condition,
            "group_exceptions": self._shares,
            "items_at_least": self._shares,
            "phases": self._phases,
            "options": lambda data: self._listed([self.value("text", _mapping(one)["text"]) for one in _rows(data)]),
            "rounding": self._rounding,
            "overlay": self._overlay,
        }

    def _points(self, data: Data) -> str:
        return self.say("points", points=self.quantity(data))

    def _percent(self, data: Data) -> str:
        return f"{self.quantity(data)}%"

    def _flag(self, data: Data) -> str:
        return self.say("yes" if data == "yes" else "no")

    def word(self, field: str, data: Data) -> str:
        """Say one of the fixed words that a field may hold."""
        return self.say(f"word_{field}_{data}")

    def _choice(self, field: str) -> Callable[[Data], str]:
        return lambda data: self.word(field, data)

    def _day(self, written: str) -> str:
        return say_date(self._wording, date.fromisoformat(written))

    def _origins(self, data: Data) -> str:
        rows = [_mapping(one) for one in _rows(data)]
        told = [
            self.say("origin", name=self.name(str(row["key"])), relation=self.word("relation", row["relation"]))
            for row in rows
        ]
        return self._listed(told)

    def _shares(self, data: Data) -> str:
        return self._listed([f"{self.name(key)} {self._percent(share)}" for key, share in _mapping(data).items()])

    def _phases(self, data: Data) -> str:
        rows = [_mapping(one) for one in _rows(data)]
        return self._listed([self.say("phase", day=self._day(str(row["from"])), value=row["value"]) for row in rows])

    def _rounding(self, data: Data) -> str:
        rounding = _mapping(data)
        return self.say("rounding", places=rounding["places"], mode=self.word("mode", rounding["mode"]))

    def _overlay(self, data: Data) -> str:
        overlay = _mapping(data)
        districts = self._listed([str(one) for one in _rows(overlay["districts"])])
        return self.say("overlay", extends=str(overlay["extends"])[:12], districts=districts)

    def condition(self, data: Data) -> str:
        """Say a condition on the facts of a site."""
        condition = _mapping(data)
        if "not" in condition:
            return self.say("condition_not", part=self.condition(condition["not"]))
        for name in ("all", "any"):
            if name in condition:
                parts = [self.condition(part) for part in _rows(condition[name])]
                return self.say("condition_brackets", parts=self.say(f"condition_{name}").join(parts))
        fact = str(condition["fact"])
        name = self._facts.get(fact, fact)
        for bound in _BOUNDS:
            if bound in condition:
                return self.say(
                    "bound", name=name, bound=self.say(f"rule_{bound}"), value=self.quantity(condition[bound])
                )
        values = [str(one) for one in _rows(condition["is"])]
        if values == ["yes"]:
            return name
        told = [self._options.get((fact, one)) or self._flag(one) for one in values]
        return f"{name}{self.say('colon')}{self.say('condition_any').join(told)}"

    def _listed(self, told: list[str]) -> str:
        return self.say("list_separator").join(told) or self.say("nothing")


def _mapping(data: Data) -> dict[str, Data]:
    return cast("dict[str, Data]", data)


def _rows(data: Data) -> list[Data]:
    return cast("list[Data]", data or [])

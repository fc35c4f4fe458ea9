"""Say what the words of a list mean in this city: which category, which district, which fact, yes or no.

Pure: it is handed what the city and its checklists call things. Nothing is guessed: a word that may mean two things
is a problem of its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from wufei_cells.domain.amounts import exact
from wufei_cells.domain.conditions import Fact, FactKind
from wufei_cells.domain.site_lists import FACT, NEEDED, ListCell, ListRow, ListTable, RawRow
from wufei_cells.domain.text import Text
from wufei_cells.errors import Problem
from wufei_cells.scoring.numbers import read_number
from wufei_cells.services.site_list_texts import cleaned, clears, folded_name, shortened

Tell = Callable[[ListTable, int, str], str]
"""Says where a field of a row stands."""
Folded = Callable[[str], str]

_PREFIXES = ("无废细胞", "无废", "waste-free", "wastefree")
_ENDINGS = ("单位", "细胞", "类")
_NOT_ONE = {
    "category": ("site_list.unknown_category", "site_list.several_categories"),
    "district": ("site_list.unknown_district", "site_list.several_districts"),
}
"""What is wrong with a word that means nothing, and with one that means several things."""
_DIGITS = re.compile(r"([+-]?[\d.,]+)\s*(\D*)")


class Terms:
    """What a person may write for one of several things that have a key and a name."""

    def __init__(self, names: Mapping[str, Text], *, places: bool, codes: Mapping[str, str] | None = None) -> None:
        self.names = names
        self._long = {folded_name(text.zh): key for key, text in names.items()}
        self._places = places
        self._named: dict[str, str | None] = {}
        self._exact: dict[str, set[str]] = {}
        for key, text in names.items():
            for form in (key, text.zh, text.en, (codes or {}).get(key, ""), *self._short(text)):
                if form:
                    self._exact.setdefault(folded_name(form), set()).add(key)

    def find(self, written: str) -> frozenset[str]:
        """Give the keys of what may be meant: by a whole name, by a short one, or by a part that only one has."""
        text = folded_name(written)
        for form in (text, self._bare(text)):
            if form in self._exact:
                return frozenset(self._exact[form])
        found = {key for name, key in self._long.items() if len(text) > 1 and self._bare(text) in name}
        return frozenset(found or self._inside(text))

    def named_in(self, heading: str) -> str | None:
        """Give the one that a heading names by its whole name, or that it consists of; nothing where it names two."""
        if heading not in self._named:
            text = folded_name(heading)
            found = self._exact.get(text, set()) if len(text) > 1 else set[str]()
            found = found or {key for name, key in self._long.items() if len(name) > 1 and name in text}
            self._named[heading] = next(iter(found)) if len(found) == 1 else None
        return self._named[heading]

    @property
    def allowed(self) -> tuple[Text, ...]:
        """What there is, in the city's order."""
        return tuple(self.names.values())

    def _inside(self, text: str) -> set[str]:
        """Give places whose whole name stands in a longer one: 某市东区."""
        return {key for name, key in self._long.items() if name in text} if self._places else set()

    def _short(self, text: Text) -> Iterable[str]:
        if self._places:
            yield shortened(text.zh)
            yield text.en.removesuffix(" District").removesuffix(" County").removesuffix(" City")
            return
        for form in (text.zh, text.en):
            yield self._bare(folded_name(form))

    def _bare(self, text: str) -> str:
        if self._places:
            return text
        for prefix in _PREFIXES:
            text = text.removeprefix(prefix)
        for ending in _ENDINGS:
            text = text.removesuffix(ending)
        return text or "\0"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is needed to understand a list."""

    categories: Terms
    districts: Terms
    nothing: frozenset[str]
    """Words, folded, that stand where there is nothing to write."""
    fold: Folded
    """How heads and words are compared."""
    flag: Callable[[str], str | None]
    """Reads yes and no."""
    tell: Tell

    def understood(self, raw: RawRow, number: int) -> ListRow:
        """Give the values of a row; facts wait until its category is known."""
        values: dict[str, str] = {}
        facts: dict[str, ListCell] = {}
        problems, remarks = list(raw.problems), list[Problem]()
        if raw.hidden:
            remarks.append(Problem("site_list.hidden", self.tell(raw.table, raw.row, "")))
        for field, cell in raw.cells.items():
            if field.startswith(FACT):
                facts[field.removeprefix(FACT)] = cell
                continue
            value = self._value(field, cell)
            if isinstance(value, Problem):
                problems.append(replace(value, place=self.tell(raw.table, raw.row, field)))
            elif value is None:
                remarks.append(Problem("site_list.taken_as_empty", self.tell(raw.table, raw.row, field), _found(cell)))
            else:
                values[field] = value
        implied = {field: key for field in NEEDED[1:] if field not in values and (key := self._implied(field, raw))}
        return ListRow(number, raw.table, raw.row, values, implied, facts, tuple(problems), tuple(remarks))

    def _value(self, field: str, cell: ListCell) -> str | Problem | None:
        """Read a text; ``None`` for a word that says that there is nothing to say."""
        if clears(cell.text):
            return Problem("site_list.cannot_be_empty") if field in NEEDED else ""
        if field not in NEEDED and self.fold(cell.text) in self.nothing:
            return None
        value = cleaned(field, cell)
        if isinstance(value, Problem) or field not in ("category", "district"):
            return value
        terms = self.categories if field == "category" else self.districts
        found = terms.find(value)
        if len(found) == 1:
            return next(iter(found))
        meant = tuple(terms.names[key] for key in terms.names if key in found) or terms.allowed
        unknown, several = _NOT_ONE[field]
        return Problem(several if found else unknown, "", {"found": cell.text[:40], "allowed": meant})

    def _implied(self, field: str, raw: RawRow) -> str | None:
        terms = self.categories if field == "category" else self.districts
        return next(filter(None, map(terms.named_in, filter(None, (raw.section, *raw.table.titles)))), None)

    def fact(self, fact: Fact, cell: ListCell) -> str | Problem:
        """Read what a cell says of a fact; empty: it is not known any more."""
        if clears(cell.text):
            return ""
        text = " ".join(cell.text.split())
        match fact.kind:
            case FactKind.YES_NO:
                value = {"1": "yes", "0": "no"}.get(text) if cell.number else self.flag(text)
                return value or Problem("authoring.sheet_not_flag", "", _found(cell))
            case FactKind.NUMBER:
                return _amount(fact, text, percent=cell.percent) or Problem("answer.not_number", "", _found(cell))
            case FactKind.CHOICE:
                return self._option(fact, text)

    def _option(self, fact: Fact, text: str) -> str | Problem:
        forms = {
            self.fold(form): one.key for one in fact.options for form in (one.text.zh, one.text.en, one.key) if form
        }
        allowed = tuple(one.text for one in fact.options)
        found = forms.get(self.fold(text))
        return found or Problem("site_list.no_option", "", {"found": text[:40], "allowed": allowed})


def names_of(facts: Iterable[Fact], fold: Folded) -> dict[str, Fact]:
    """Give the facts that are asked for by every name that a head may have for them, folded."""
    asked = [fact for fact in facts if fact.formula is None]
    return {fold(name): fact for fact in reversed(asked) for name in spelled(fact)}


def spelled(fact: Fact) -> Sequence[str]:
    """Give every name that the head of a fact may have."""
    return tuple(filter(None, (fact.text.zh, fact.text.en, fact.key)))


def _amount(fact: Fact, text: str, *, percent: bool) -> str | None:
    """Read a number, with its unit behind it or without."""
    match = _DIGITS.fullmatch(text)
    unit = match[2].strip().casefold() if match else ""
    if match and (not unit or unit in (fact.unit.zh.casefold(), fact.unit.en.casefold())):
        text = match[1]
    number = read_number(text)
    if number is None:
        return None
    return exact(number * 100 if percent and "%" in fact.unit.zh else number)


def _found(cell: ListCell) -> dict[str, object]:
    return {"found": cell.text[:40]}

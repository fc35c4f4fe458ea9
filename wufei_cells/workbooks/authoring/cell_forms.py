"""From plain data to the text of a cell and back, form by form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from wufei_cells.checklists.yaml_source import Data, parse_yaml
from wufei_cells.checklists.yaml_writing import flow_text
from wufei_cells.domain.amounts import plain
from wufei_cells.errors import ProblemsFound
from wufei_cells.workbooks.authoring.condition_text import ConditionText, Names, SheetTextError
from wufei_cells.workbooks.authoring.rule_text import RuleText
from wufei_cells.workbooks.authoring.scale_text import ScaleText
from wufei_cells.workbooks.authoring.sheets import RELATIONS, Form, SheetColumn
from wufei_cells.workbooks.reading.cells import Cell, CellKind, serial_day
from wufei_cells.workbooks.vocabulary import Vocabulary, folded

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*)?")
_BETWEEN = re.compile(r"[、,，;；\n]")
_BETWEEN_PAIRS = re.compile(r"[;；,，、\n]")


class CellForms:
    """Writes and reads what stands in cells, with the names that this checklist gives to things."""

    def __init__(self, words: Vocabulary, names: Names) -> None:
        self.words = words
        self.names = names
        self.conditions = ConditionText(words, names)
        self.rules = RuleText(words)
        self.scales = ScaleText(words)

    # --- writing

    def written(self, column: SheetColumn, data: Data) -> str | None:
        """Write data as the text of a cell, or nothing where the form cannot hold it."""
        match column.form:
            case Form.FLAG | Form.WORD:
                return self._written_word(column, data)
            case Form.WORDS | Form.KEYS:
                return self._written_list(column, data)
            case Form.CONDITION:
                return self.conditions.written(data)
            case Form.PAIRS:
                return self._written_pairs(data)
            case Form.ANCESTORS:
                return self._written_ancestors(data)
            case _:
                return data if isinstance(data, str) else None

    def _written_word(self, column: SheetColumn, data: Data) -> str | None:
        choices, area = (("yes", "no"), "flag") if column.form is Form.FLAG else (column.choices, column.area)
        return self.words.say(f"{area}.{data}") if isinstance(data, str) and data in choices else None

    def _written_list(self, column: SheetColumn, data: Data) -> str | None:
        if not isinstance(data, list) or not all(isinstance(one, str) for one in data):
            return None
        if column.form is Form.KEYS:
            return self.words.list_mark.join(map(str, data))
        if not all(one in column.choices for one in data):
            return None
        return self.words.list_mark.join(self.words.say(f"{column.area}.{one}") for one in data)

    def _written_pairs(self, data: Data) -> str | None:
        if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
            return None
        return self.words.part_mark.join(f"{name}={value}" for name, value in data.items())

    def _written_ancestors(self, data: Data) -> str | None:
        if not isinstance(data, list):
            return None
        pieces: list[str] = []
        for one in data:
            if not isinstance(one, dict) or not {"key"} <= set(one) <= {"key", "relation"}:
                return None
            relation = one.get("relation", "")
            if relation and relation not in RELATIONS:
                return None
            pieces.append(f"{one['key']} {self.words.say(f'relation.{relation}')}" if relation else str(one["key"]))
        return self.words.part_mark.join(pieces)

    # --- reading

    def read(self, column: SheetColumn, cell: Cell) -> Data:
        """Read a cell. What is no number where one is wanted is passed on: the reader of checklists says so.

        Raises:
            SheetTextError: it cannot be understood.
        """
        text = cell.text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if column.form in (Form.NUMBER, Form.QUANTITY):
            return self.quantity(text, percent=cell.percent, named=column.form is Form.QUANTITY)
        if column.form is Form.DATE:
            return day(text, bare=cell.kind is CellKind.NUMBER)
        if column.form in (Form.FLAG, Form.WORD):
            return self._word(column, text)
        if column.form in (Form.WORDS, Form.KEYS):
            return self._list(column, text)
        readers: dict[Form, Callable[[str], Data]] = {
            Form.KEY: clean_key,
            Form.CONDITION: self._condition,
            Form.PAIRS: self._pairs,
            Form.ANCESTORS: self._ancestors,
            Form.MORE: in_braces,
        }
        return readers.get(column.form, str)(text)

    def _condition(self, text: str) -> Data:
        return in_braces(text) if text.startswith("{") else self.conditions.read(text)

    def quantity(self, text: str, *, percent: bool = False, named: bool = True) -> str:
        """Read a number as people write it: full-width digits, thousands, a unit behind it, shown as percentage."""
        written = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
        if named and (parameter := self.names.parameters.get(folded(written.removeprefix("$")))):
            return f"${parameter}"
        bare = re.sub(rf"\s*(?:{self.words.pattern('points')}|%)$", "", written, flags=re.IGNORECASE)
        bare = bare.replace(",", "") if _THOUSANDS.fullmatch(bare) else bare
        if not _NUMBER.fullmatch(bare):
            return written
        return plain(Decimal(bare) * 100) if percent else plain(Decimal(bare))

    def _word(self, column: SheetColumn, text: str) -> str:
        choices, area = (("yes", "no"), "flag") if column.form is Form.FLAG else (column.choices, column.area)
        meaning = self.words.meaning(area, choices, text)
        if meaning is None:
            allowed = self.words.list_mark.join(self.words.choices(area, choices))
            raise SheetTextError("authoring.word", found=text[:40], allowed=allowed)
        return meaning

    def _list(self, column: SheetColumn, text: str) -> Data:
        pieces = [piece.strip() for piece in _BETWEEN.split(text) if piece.strip()]
        result: list[Data] = []
        for piece in pieces:
            named = self.names.sources.get(folded(piece)) if column.name == "sources" else None
            if named:
                result.append(named)
            elif column.form is Form.KEYS:
                result += [clean_key(one) for one in piece.split()]
            else:
                result += self._words_in(column, piece)
        return result

    def _words_in(self, column: SheetColumn, piece: str) -> list[Data]:
        """Read a word, or several that are parted by blanks, slashes or "and"."""
        for words in ([piece], [one for one in re.split(r"[\s/和及+]+", piece) if one]):
            meanings = [self.words.meaning(column.area, column.choices, one) for one in words]
            if None not in meanings:
                return list[Data](meanings)
        return [self._word(column, piece)]

    def _pairs(self, text: str) -> Data:
        if text.startswith("{"):
            return in_braces(text)
        result: dict[str, Data] = {}
        for piece in _BETWEEN_PAIRS.split(text):
            name, sign, value = unicodedata.normalize("NFKC", piece).replace(":", "=").partition("=")
            if not piece.strip():
                continue
            if not sign or not name.strip() or not value.strip() or name.strip() in result:
                raise SheetTextError("authoring.pairs_text", found=piece.strip()[:40])
            result[name.strip()] = self.quantity(value)
        return result

    def _ancestors(self, text: str) -> Data:
        if text.startswith("["):
            return in_braces(text)
        result: list[Data] = []
        for piece in _BETWEEN_PAIRS.split(text):
            words = piece.split()
            if not words:
                continue
            relation = self.words.meaning("relation", RELATIONS, " ".join(words[1:])) if len(words) > 1 else ""
            if relation is None:
                allowed = self.words.list_mark.join(self.words.choices("relation", RELATIONS))
                raise SheetTextError("authoring.word", found=" ".join(words[1:])[:40], allowed=allowed)
            key: dict[str, Data] = {"key": clean_key(words[0])}
            result.append(key | {"relation": relation} if relation and relation != "same" else key)
        return result


def clean_key(text: str) -> str:
    """Read a key: full-width letters count as ordinary ones."""
    return unicodedata.normalize("NFKC", text).strip()


def day(text: str, *, bare: bool = False) -> str:
    """Read a date as people and programs write it; anything else is passed on."""
    written = unicodedata.normalize("NFKC", text).strip()
    if bare and (found := serial_day(written)):
        return found
    match = _DAY.fullmatch(written)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat() if match else written
    except ValueError:
        return written


def in_braces(text: str) -> Data:
    """Read what stands in braces as it would in a file.

    Raises:
        SheetTextError: it is not written as it should be.
    """
    try:
        return parse_yaml(text.encode("utf-8", "replace"), "").data
    except ProblemsFound:
        raise SheetTextError("authoring.braces", found=text[:40]) from None


def braces(data: Data) -> str:
    """Write data in braces."""
    return flow_text(data)

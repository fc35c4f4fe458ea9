"""Read plain data field by field, collecting every problem instead of stopping at the first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from wufei_cells.checklists.yaml_source import Data, Path, Source
from wufei_cells.domain.checklists import Phase
from wufei_cells.domain.rules import ParameterRef, Quantity
from wufei_cells.domain.text import Text
from wufei_cells.errors import Problem

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

KEY_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
_FLAGS = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
# Categories Cc and Cs but the line break, and the marks that turn the direction of writing round.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LONGEST_TEXT = 4000
_HARMLESS = ("field.unknown", "field.too_long", "field.control_character")
"""Problems beside which the value itself is known."""


class Reading:
    """One pass over one source: where things stand, and what was wrong so far."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = [problem for _path, problem in source.noted]
        self.unread: set[Path] = {path for path, _problem in source.noted}
        """Where something could not be read, and a stand-in was given."""

    def problem(self, path: Path, code: str, **values: object) -> None:
        """Note a problem at a place."""
        if code not in _HARMLESS:
            self.unread.add(path)
        if not self.source.is_noted(path):
            self.problems.append(Problem(code, self.source.place(path), values))

    # --- scalars: each gives a usable stand-in after noting a problem, so that reading goes on

    def string(self, data: Data, path: Path) -> str:
        """Read non-empty text on its own."""
        if not isinstance(data, str) or not data.strip():
            self.problem(path, "field.not_text")
            return ""
        return self._clean(data, path)

    def text(self, data: Data, path: Path) -> Text:
        """Read text in one language (a string, Chinese) or several (a mapping)."""
        if isinstance(data, str) and data.strip():
            return Text(self._clean(data, path))
        if not isinstance(data, dict) or not data:
            self.problem(path, "field.not_text")
            return Text("")
        fields = Fields(self, data, path)
        result = Text(fields.string("zh"), fields.string("en", default=""))
        fields.finish()
        return result

    def number(self, data: Data, path: Path) -> Decimal:
        """Read an exact number of at most six decimals."""
        written = str(data).strip() if isinstance(data, (str, int)) and not isinstance(data, bool) else ""
        if not _NUMBER.fullmatch(written):
            self.problem(path, "field.not_number", found="" if data is None else str(data)[:40])
            return Decimal(0)
        return Decimal(written)

    def quantity(self, data: Data, path: Path) -> Quantity:
        """Read a number or the name of a parameter (``$name``)."""
        if isinstance(data, str) and data.startswith("$"):
            return ParameterRef(data[1:])
        return self.number(data, path)

    def key(self, data: Data, path: Path) -> str:
        """Read a stable key: a Latin letter, then letters, digits, ``-`` or ``_``."""
        if not isinstance(data, str) or not KEY_PATTERN.fullmatch(data):
            self.problem(path, "field.not_key", found=str(data)[:40])
            return ""
        return data

    def day(self, data: Data, path: Path) -> date:
        """Read a date written as 2026-11-21."""
        try:
            return date.fromisoformat(str(data))
        except ValueError:
            self.problem(path, "field.not_date", found=str(data)[:40])
            return date(1970, 1, 1)

    def phase(self, data: Data, path: Path) -> Phase:
        """Read a value that holds from a day on."""
        fields = Fields(self, data, path)
        phase = Phase(fields.get("from", self.day), fields.number("value"))
        fields.finish()
        return phase

    def flag(self, data: Data, path: Path) -> bool:
        """Read yes or no."""
        if isinstance(data, bool):
            return data
        if not isinstance(data, str) or data.lower() not in _FLAGS:
            self.problem(path, "field.not_flag", found=str(data)[:40])
            return False
        return _FLAGS[data.lower()]

    def _clean(self, data: str, path: Path) -> str:
        cleaned = unicodedata.normalize("NFC", data.strip())
        if len(cleaned) > LONGEST_TEXT:
            self.problem(path, "field.too_long", limit=LONGEST_TEXT)
        if _CONTROL.search(cleaned):
            self.problem(path, "field.control_character")
        return cleaned


class Fields:
    """The fields of one mapping; remembers which were asked for, so that unknown ones can be named."""

    def __init__(self, reading: Reading, data: Data, path: Path) -> None:
        self.reading = reading
        self.path = path
        self.data: dict[str, Data] = data if isinstance(data, dict) else {}
        self._asked: set[str] = set()
        self._is_mapping = isinstance(data, dict)
        if not self._is_mapping:
            reading.problem(path, "field.not_mapping")

    def __contains__(self, name: str) -> bool:
        return self.data.get(name) is not None

    def at(self, name: str) -> Path:
        """Give the path of a field."""
        return (*self.path, name)

    def get(self, name: str, read: Callable[[Data, Path], T], default: T | None = None) -> T:
        """Read a field; without a default it must be there."""
        self._asked.add(name)
        if name not in self:
            if default is None:
                return self._stand_in(name, read)
            return default
        return read(self.data[name], self.at(name))

    def maybe(self, name: str, read: Callable[[Data, Path], T]) -> T | None:
        """Read a field that may be absent."""
        self._asked.add(name)
        return read(self.data[name], self.at(name)) if name in self else None

    def each(self, name: str, read: Callable[[Data, Path], T], *, required: bool = False) -> tuple[T, ...]:
        """Read a list."""
        self._asked.add(name)
        data = self.data.get(name)
        if data is None:
            if required:
                self._missing(name)
            return ()
        if not isinstance(data, list) or (required and not data):
            self.reading.problem(self.at(name), "field.not_list")
            return ()
        return tuple(read(entry, (*self.at(name), index)) for index, entry in enumerate(data))

    def fields(self, name: str) -> Fields:
        """Read a mapping that may be absent, field by field."""
        self._asked.add(name)
        return Fields(self.reading, self.data[name] if name in self else {}, self.at(name))

    def string(self, name: str, default: str | None = None) -> str:
        """Read text."""
        return self.get(name, self.reading.string, default)

    def text(self, name: str, default: Text | None = None) -> Text:
        """Read text in the languages of the program."""
        return self.get(name, self.reading.text, default)

    def key(self, name: str = "key") -> str:
        """Read a stable key."""
        return self.get(name, self.reading.key)

    def number(self, name: str) -> Decimal:
        """Read an exact number."""
        return self.get(name, self.reading.number)

    def whole(self, name: str) -> int | None:
        """Read a whole number that may be absent."""
        value = self.maybe(name, self.reading.number)
        if value is not None and (value != value.to_integral_value() or value < 0):
            self.reading.problem(self.at(name), "field.not_whole", found=str(value))
            return None
        return None if value is None else int(value)

    def flag(self, name: str, *, default: bool) -> bool:
        """Read yes or no."""
        return self.get(name, self.reading.flag, default)

    def choice(self, name: str, kind: type[E], default: E | None = None) -> E:
        """Read one of a fixed set of words."""

        def read(data: Data, path: Path) -> E:
            if isinstance(data, str) and data in set(kind):
                return kind(data)
            allowed = ", ".join(kind)
            self.reading.problem(path, "field.not_choice", found=str(data)[:40], allowed=allowed)
            return next(iter(kind))

        if default is None and name not in self:
            self._asked.add(name)
            self._missing(name)
            return next(iter(kind))
        return self.get(name, read, default)

    def _stand_in(self, name: str, read: Callable[[Data, Path], T]) -> T:
        """Give what the reader makes of nothing, noting the missing field instead of the reader's own problems."""
        self._missing(name)
        noted = len(self.reading.problems)
        value = read(None, self.at(name))
        del self.reading.problems[noted:]
        return value

    def _missing(self, name: str) -> None:
        """Note a missing field; where no fields are at all, that was said already."""
        if self._is_mapping:
            self.reading.problem(self.at(name), "field.missing", field=name)

    def pass_over(self, names: Iterable[str]) -> None:
        """Leave fields unread that a problem noted already speaks of."""
        self._asked.update(names)

    def finish(self) -> None:
        """Name every field nobody asked for."""
        unknown = [name for name in self.data if name not in self._asked]
        known = ", ".join(sorted(self._asked))
        for name in unknown:
            self.reading.problem(self.at(name), "field.unknown", field=name[:40], known=known)

"""The fields of an object that a stranger wrote: each is as it should be, or a problem with its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from wufei_cells.errors import Problem
from wufei_cells.exchange.limits import Limits
from wufei_cells.exchange.strict_json import JsonValue

NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Controls, ends of lines, and what turns the direction of writing around; not the wide space of Chinese names."""
MOST_PROBLEMS = 50
"""Of a page with a hundred thousand wrong lines nobody reads more."""


class Fields:
    """Reads fields one by one; what is wrong goes into a list, and something harmless is given in its place."""

    def __init__(
        self, plain: Mapping[str, JsonValue], place: str, problems: list[Problem], limits: Limits, path: str = ""
    ) -> None:
        self._plain = plain
        self._place = place
        self._problems = problems
        self._path = path
        self.limits = limits

    def wrong(self, name: str) -> None:
        """Note that a field is not as it should be, once."""
        shown = f"{self._path}{name}"[:80].rstrip(".")
        shown = "".join(sign if sign.isprintable() else "?" for sign in shown)
        problem = Problem("package.field", self._place, {"field": shown})
        if len(self._problems) < MOST_PROBLEMS and problem not in self._problems:
            self._problems.append(problem)

    def names(self) -> Iterator[str]:
        """Give the names of all fields."""
        return iter(self._plain)

    def text(self, name: str) -> str:
        """Give a text of one line; empty where there is none."""
        found = self._plain.get(name)
        if isinstance(found, str) and len(found) <= self.limits.text and not NOT_IN_A_LINE.search(found):
            return found
        self.wrong(name)
        return ""

    def matching(self, name: str, pattern: re.Pattern[str]) -> str:
        """Give a text of a certain shape."""
        found = self._plain.get(name)
        if isinstance(found, str) and len(found) <= self.limits.text and pattern.fullmatch(found):
            return found
        self.wrong(name)
        return ""

    def one_of(self, name: str, allowed: Sequence[str]) -> str:
        """Give one of some texts."""
        found = self._plain.get(name)
        if isinstance(found, str) and found in allowed:
            return found
        self.wrong(name)
        return ""

    def hexadecimal(self, name: str, length: int, *, may_be_empty: bool = False) -> str:
        """Give so many hexadecimal digits."""
        found = self._plain.get(name)
        if isinstance(found, str) and (re.fullmatch(rf"[0-9a-f]{{{length}}}", found) or (may_be_empty and not found)):
            return found
        self.wrong(name)
        return ""

    def number(self, name: str, least: int, most: int) -> int:
        """Give a whole number within bounds."""
        found = self._plain.get(name)
        if type(found) is int and least <= found <= most:
            return found
        self.wrong(name)
        return least

    def truth(self, name: str) -> bool:
        """Give yes or no."""
        found = self._plain.get(name)
        if isinstance(found, bool):
            return found
        self.wrong(name)
        return False

    def list(self, name: str, *, most: int) -> list[JsonValue]:
        """Give a list of anything."""
        found = self._plain.get(name)
        if isinstance(found, list) and len(found) <= most:
            return found
        self.wrong(name)
        return []

    def inner(self, name: str) -> Fields:
        """Give the fields of an object inside."""
        found = self._plain.get(name)
        if not isinstance(found, Mapping):
            self.wrong(name)
            return Fields({}, self._place, [], self.limits)  # that its fields are missing goes without saying
        return Fields(found, self._place, self._problems, self.limits, f"{self._path}{name}.")

    def each(self, name: str, *, most: int) -> Iterator[Fields]:
        """Give the fields of each object in a list."""
        for number, one in enumerate(self.list(name, most=most), start=1):
            if isinstance(one, Mapping):
                yield Fields(one, self._place, self._problems, self.limits, f"{self._path}{name}[{number}].")
            else:
                self.wrong(f"{name}[{number}]")

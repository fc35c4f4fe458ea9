"""Sentences by key, in the languages of the program. The catalogue is handed in; this module only looks up."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Literal, Protocol, cast, runtime_checkable

from wufei_cells.errors import Problem, ProblemsFound, WufeiError

Catalogue = Mapping[str, Mapping[str, str]]
"""Key to language to sentence; ``{name}`` slots are filled with values."""


SEPARATORS = {"en": ", "}
"""Stands between what is listed in a sentence; in Chinese 、."""


@runtime_checkable
class Bilingual(Protocol):
    """A value that is written in the language of the sentence it stands in."""

    def in_language(self, language: Literal["zh", "en"]) -> str:
        """Give it in a language."""
        ...


class Wording:
    """Gives sentences in one language."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self._catalogue = catalogue
        self.language = language

    def __contains__(self, key: str) -> bool:
        return key in self._catalogue

    def speaking(self, language: str) -> Wording:
        """The same sentences in another language."""
        return Wording(self._catalogue, language)

    def say(self, key: str, /, **values: object) -> str:
        """Give the sentence of a key. A key nobody worded shows itself with its values rather than nothing."""
        sentence = self._catalogue.get(key, {}).get(self.language)
        if sentence is None:
            named = ", ".join(f"{name}={value}" for name, value in values.items())
            return f"{key} {named}".strip()
        return sentence.format_map(_Slots({name: self._written(value) for name, value in values.items()}))

    def _written(self, value: object) -> object:
        """Write a value as this language has it: a text of the data, or a list."""
        if isinstance(value, Enum):  # a word of the domain, as Stage.NAMED: "stage.named"
            key = f"{type(value).__name__.lower()}.{value.value}"
            return self.say(key) if key in self._catalogue else value.value
        if isinstance(value, str | int):
            return value
        if isinstance(value, tuple):
            parts = cast("tuple[object, ...]", value)
            return SEPARATORS.get(self.language, "、").join(str(self._written(part)) for part in parts)
        if isinstance(value, Bilingual):
            return value.in_language("en" if self.language == "en" else "zh")
        return value

    def problem(self, problem: Problem) -> str:
        """Say what is wrong and where."""
        sentence = self.say(problem.code, **problem.values)
        return f"{problem.place}: {sentence}" if problem.place else sentence

    def error(self, error: WufeiError) -> str:
        """Say what went wrong; for several problems, one line each under a heading."""
        heading = self.say(error.code, **error.values)
        if isinstance(error, ProblemsFound):
            return "\n".join([heading, *(f"  {self.problem(problem)}" for problem in error.problems)])
        return heading


class _Slots(dict[str, object]):
    """Fills a slot nobody gave a value for with its name, so that a wording slip never hides an error."""

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__(values)

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"

"""Sentences by key, in the languages of the program. The catalogue is handed in; this module only looks up."""

from __future__ import annotations

from collections.abc import Mapping

from wufei_cells.errors import Problem, ProblemsFound, WufeiError

Catalogue = Mapping[str, Mapping[str, str]]
"""Key to language to sentence; ``{name}`` slots are filled with values."""


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
        return sentence.format_map(_Slots(values))

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

"""Lint a checklist while it is being written: everything wrong with the plain data, each with the path of its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wufei_cells.checklists.reading import read_source
from wufei_cells.checklists.yaml_source import Data, Path, Source
from wufei_cells.domain.checklists import Checklist
from wufei_cells.errors import Problem, ProblemsFound

PLACES = ("first",)
"""The values of problems that name another place."""

_ORDER = {
    name: place
    for place, name in enumerate(
        (
            *("format", "key", "edition", "title", "category", "official", "effective_from", "effective_until"),
            *("notice", "gates", "groups", "bonus", "deductions", "number", "text", "full", "scoring", "rule"),
        )
    )
}


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """One thing wrong with a draft: what (a code with values), and the path of its place."""

    code: str
    path: Path
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    others: Mapping[str, Path] = field(default_factory=dict[str, Path])
    """The values that name another place of the draft."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a look at a draft gave: the problems, and the checklist once there are none."""

    problems: tuple[PlacedProblem, ...] = ()
    checklist: Checklist | None = None


class _Traced(Source):
    """Remembers the paths that were asked about, so that each problem finds back to its place."""

    def __init__(self, data: Data) -> None:
        super().__init__("", data)
        self.trails: dict[str, Path] = {}

    def place(self, path: Path) -> str:
        trail = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
        self.trails.setdefault(trail, path)
        return trail


def lint(data: Data) -> Findings:
    """Read a draft with the checks every checklist passes, and give everything found, in the order of the draft."""
    found = _found(data)
    if isinstance(found, Checklist):
        return Findings((), found)
    return Findings(tuple(sorted(found, key=lambda problem: [_position(step) for step in problem.path])))


def _found(data: Data) -> Checklist | list[PlacedProblem]:
    source = _Traced(data)
    try:
        return read_source(source)
    except ProblemsFound as found:
        return [_placed(problem, source.trails) for problem in found.problems]


def _placed(problem: Problem, trails: Mapping[str, Path]) -> PlacedProblem:
    others = {name: trails[str(value)] for name, value in problem.values.items() if name in PLACES}
    return PlacedProblem(problem.code, trails.get(problem.place, ()), problem.values, others)


def _position(step: str | int) -> tuple[int, int, str]:
    if isinstance(step, int):
        return (0, step, "")
    return (1, _ORDER.get(step, len(_ORDER)), step)

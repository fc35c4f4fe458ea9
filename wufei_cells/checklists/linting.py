"""Lint a checklist while it is being written: everything wrong with the plain data, each with the path of its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wufei_cells.checklists.drafting import at, string_at, with_value
from wufei_cells.checklists.fields import KEY_PATTERN
from wufei_cells.checklists.outline import number_at
from wufei_cells.checklists.reading import read_source
from wufei_cells.checklists.yaml_source import Data, Path, Source
from wufei_cells.domain.checklists import Checklist
from wufei_cells.errors import Problem, ProblemsFound

PLACES = ("first",)
"""The values of problems that name another place."""

# What stands in for a field that cannot be read, so that the rest can be checked.
_STAND_INS: dict[str, Data] = {
    **dict.fromkeys(("title", "text", "notice", "zh"), "–"),
    "edition": "–",
    "effective_from": "2000-01-01",
    "key": "stands-in",
    "code": "X",
    **dict.fromkeys(("total_at_least", "value", "weight"), "1"),
    **dict.fromkeys(("effective_until", "full", "out_of", "cap", "unit", "number"), None),
}
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
    """Read a draft with the checks every checklist passes, and give everything found, in the order of the draft.

    The reader looks at the sense of the whole only when every part can be read. Here an unfinished item must not hide
    everything else, so the rest is looked at with something in the place of what cannot be read.
    """
    found = _found(data)
    if isinstance(found, Checklist):
        return Findings((), found)
    unread = [problem for problem in found if not _is_sense(problem)]
    if unread:
        known = {(problem.code, problem.path) for problem in found}
        found += [problem for problem in _beside(data, unread) if (problem.code, problem.path) not in known]
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


def _is_sense(problem: PlacedProblem) -> bool:
    """Whether it is about what is said, not about how it is written: then everything could be read."""
    area = problem.code.partition(".")[0]
    return area != "field" and problem.code not in _OF_FORM


_OF_FORM = ("rule.head", "rule.scale", "rule.line", "rule.corner", "rule.two_bounds", "rule.two_references")
_OF_TOTALS = ("checklist.total", "checklist.unreachable_grade")


# --- what else is wrong


def _beside(data: Data, unread: list[PlacedProblem]) -> list[PlacedProblem]:
    """Look at the sense of a draft with stand-ins; what is found in them is left out."""
    stood_in: set[Path] = set()
    for path in dict.fromkeys(_part(problem.path) for problem in unread):
        if _is_entry(path):
            data = with_value(data, path, _entry(data, path))
        elif path and path[-1] in _STAND_INS:
            data = with_value(data, path, _STAND_INS[str(path[-1])])
        else:
            return []
        stood_in.add(path)
    found = _found(data)
    if isinstance(found, Checklist) or not all(map(_is_sense, found)):
        return []
    unknown = any(problem.path[-1:] == ("full",) for problem in unread)
    return [
        problem
        for problem in found
        if not _inside(problem.path, stood_in) and not (unknown and problem.code in _OF_TOTALS)
    ]


def _part(path: Path) -> Path:
    """Give the gate or item that a place belongs to; else the place itself."""
    for length in range(len(path), 1, -1):
        if _is_entry(path[:length]):
            return path[:length]
    return path[:-1] if len(path) > 1 and path[-1] in ("zh", "en") else path


def _is_entry(path: Path) -> bool:
    return len(path) > 1 and path[-2] in ("gates", "items") and isinstance(path[-1], int)


def _entry(data: Data, path: Path) -> Data:
    """Give a sound entry with the key and the points of one that cannot be read."""
    key = string_at(data, (*path, "key"))
    if not KEY_PATTERN.fullmatch(key):
        key = "-".join(["stands-in", *(str(step) for step in path)])
    entry: dict[str, Data] = {"key": key, "text": "–", "verify": ["document"]}
    if path[-2] == "gates":
        return entry
    full = number_at(data, (*path, "full"))
    points = string_at(data, (*path, "full")) if full is not None and full > 0 else "1"
    for name in ("weight", "star"):
        if at(data, (*path, name)) is not None:
            entry[name] = at(data, (*path, name))
    return {**entry, "full": points, "scoring": "–", "rule": {"yes_no": points}}


def _inside(path: Path, stood_in: set[Path]) -> bool:
    """Whether a place is in a stand-in; the key of an entry is its own."""
    for length in range(len(path) + 1):
        if path[:length] in stood_in:
            return not (_is_entry(path[:length]) and path[length:] == ("key",))
    return False


def _position(step: str | int) -> tuple[int, int, str]:
    if isinstance(step, int):
        return (0, step, "")
    return (1, _ORDER.get(step, len(_ORDER)), step)

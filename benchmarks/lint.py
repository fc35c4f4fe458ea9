"""Lint while typing: one changed letter in a checklist of 60 items, until every problem has its place.

Against one frame of a screen with 60 pictures a second. The whole checklist is read and checked at every letter; a
sound draft costs one reading, a draft with an unfinished item two.
"""

from __future__ import annotations

import statistics
import time

from benchmarks.result import Result
from wufei_cells import shipped
from wufei_cells.checklists.draft_entries import added, duplicated, entry_paths
from wufei_cells.checklists.drafting import at, string_at, with_value, without
from wufei_cells.checklists.linting import lint
from wufei_cells.checklists.outline import outline
from wufei_cells.checklists.yaml_source import Data, Path, parse_yaml

ITEMS = 60
ROUNDS = 100
FRAME = 1000 / 60


def run() -> list[Result]:
    """Measure a sound draft, one with an unfinished item, and the tree that is painted beside it."""
    sound = draft(ITEMS)
    assert not lint(sound).problems, lint(sound).problems
    items = [path for path in entry_paths(sound) if path[-2:-1] == ("items",)]
    unfinished = added(sound, (*items[0][:-1], 1))
    assert lint(unfinished).problems
    return [
        Result(f"lint a letter typed, {len(items)} items", _typed(sound, items), FRAME),
        Result(f"lint a letter typed, {len(items)} items, one unfinished", _typed(unfinished, items), FRAME),
        Result(f"the tree with its points, {len(items)} items", _tree(sound), FRAME),
    ]


def draft(count: int) -> Data:
    """Make a sound draft of so many items out of a shipped checklist by copying items of every kind."""
    (content,) = [content for name, content in shipped.shipped_criteria().checklists if "office" in name]
    data = parse_yaml(content, "office").data
    originals = [string_at(data, (*path, "key")) for path in entry_paths(data) if _is_item(path)]
    place = 0
    while sum(map(_is_item, entry_paths(data))) < count:
        key = originals[place % len(originals)]
        (path,) = [path for path in entry_paths(data) if string_at(data, (*path, "key")) == key]
        data, _there = duplicated(data, path)
        place += 1
    for path in [(), *entry_paths(data)]:
        if not _is_item(path) and at(data, (*path, "full")) is not None:
            data = without(data, (*path, "full"))
    return data


def _is_item(path: Path) -> bool:
    return path[-2:-1] == ("items",)


def _typed(data: Data, items: list[Path]) -> float:
    taken: list[float] = []
    for number in range(ROUNDS):
        changed = with_value(data, (*items[number % len(items)], "guidance", "zh"), f"看一看，想一想 {number}")
        begun = time.perf_counter()
        lint(changed)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def _tree(data: Data) -> float:
    taken: list[float] = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        outline(data)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)

"""Change the plain data of a checklist that is being written: set, add, take away, move.

Data goes in, data comes out: nothing is changed in place, and what an operation does not touch is shared with the data
before it. A path names a part of it, such as ``("groups", 0, "items", 2, "full")``.
"""

from __future__ import annotations

from wufei_cells.checklists.yaml_source import Data, Path

EMPTY: tuple[Data, ...] = (None, "", [], {})
"""What a field is taken away for: absent and empty mean the same."""

LISTS = ("gates", "groups", "items")
"""The lists of the tree: entries move between lists of one name."""


def at(data: Data, path: Path) -> Data:
    """Give a part of the data; ``None`` when it is not there."""
    for step in path:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and 0 <= step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


def fields_at(data: Data, path: Path) -> dict[str, Data]:
    """Give the fields of a part; none when it is no mapping."""
    found = at(data, path)
    return found if isinstance(found, dict) else {}


def entries_at(data: Data, path: Path) -> list[Data]:
    """Give the entries of a part; none when it is no list."""
    found = at(data, path)
    return found if isinstance(found, list) else []


def string_at(data: Data, path: Path) -> str:
    """Give a part as it is written; nothing when it is no single value."""
    found = at(data, path)
    return "" if found is None or isinstance(found, list | dict) else str(found)


def with_value(data: Data, path: Path, value: Data) -> Data:
    """Set a part; a field set to nothing is taken away. What leads to it is made where it is missing."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        entries = list(data) if isinstance(data, list) else []
        entries += [None] * (step + 1 - len(entries))
        entries[step] = with_value(entries[step], rest, value)
        return entries
    fields = dict(data) if isinstance(data, dict) else {}
    inner = with_value(fields.get(step), rest, value)
    if not rest and inner in EMPTY:
        fields.pop(step, None)
    else:
        fields[step] = inner
    return fields


def inserted(data: Data, path: Path, value: Data) -> Data:
    """Put an entry into a list, before the entry that stands at the path."""
    entries = entries_at(data, path[:-1])
    place = _place(path)
    return with_value(data, path[:-1], [*entries[:place], value, *entries[place:]])


def without(data: Data, path: Path) -> Data:
    """Take a field or an entry away; a list without entries goes too."""
    if not isinstance(path[-1], int):
        return with_value(data, path, None)
    entries, place = entries_at(data, path[:-1]), _place(path)
    return with_value(data, path[:-1], [*entries[:place], *entries[place + 1 :]])


def may_move(source: Path, target: Path) -> bool:
    """Whether an entry may stand at another place: in a list of the same name, and not inside itself."""
    if len(source) < 2 or len(target) < 2 or target[: len(source)] == source:
        return False
    return source[-2] == target[-2] and source[-2] in LISTS


def moved(data: Data, source: Path, target: Path) -> tuple[Data, Path]:
    """Move an entry before the entry that stands at the target now; give where it stands then."""
    if target[: len(source)] == source:
        return data, source
    entry = at(data, source)
    there = _after_removal(target, source)
    return inserted(without(data, source), there, entry), there


def _after_removal(path: Path, removed: Path) -> Path:
    """Say where a path leads once an entry before it is gone."""
    last = len(removed) - 1
    step, gone = path[last] if len(path) > last else None, removed[last]
    if path[:last] == removed[:last] and isinstance(step, int) and isinstance(gone, int) and step > gone:
        return (*path[:last], step - 1, *path[last + 1 :])
    return path


def _place(path: Path) -> int:
    place = path[-1]
    assert isinstance(place, int), "entries are named by their place"
    return place

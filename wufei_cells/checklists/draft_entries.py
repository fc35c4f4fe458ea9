"""Make new parts of a checklist that is being written, with keys that nobody has yet, and copy them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from wufei_cells.checklists.defaults import without_defaults
from wufei_cells.checklists.drafting import at, entries_at, fields_at, inserted, string_at, with_value, without
from wufei_cells.checklists.yaml_source import Data, Path

FORMAT = "wufei-checklist/1"
USUAL_POINTS = "5"
USUAL_MARK = "80"
EXTRAS = {"bonus": "X", "deductions": "D"}
"""The groups beside the others, and the keys they usually have."""

_NUMBERED = re.compile(r"(.*?)(\d{1,6})")
_KEY_LIMIT = 40


# --- whole checklists


def empty_checklist(key: str, edition: str, category: str, code: str, day: str) -> dict[str, Data]:
    """Begin a checklist: the settings most checklists have, one group with one item, and no words yet."""
    return {
        "format": FORMAT,
        "key": key,
        "edition": edition,
        "category": {"key": category, "code": code},
        "official": "no",
        "effective_from": day,
        "scoring": {"not_applicable": "rescale", "grades": [{"key": "pass", "total_at_least": USUAL_MARK}]},
        "groups": [{"key": "A", "items": [new_entry("items", "A1")]}],
    }


def new_edition(document: Data, edition: str, day: str) -> Data:
    """Begin the next edition with everything that stands in the last one.

    Keys stay: that is how answers find their items again. What the entries said of their own origin is left out,
    because it speaks of the step before. Defaults are left out: a printed number that is the key follows the key.
    """
    data = with_value(without_defaults(document), ("edition",), edition)
    data = with_value(data, ("effective_from",), day)
    data = without(data, ("effective_until",))
    for path in list(entry_paths(data)):
        if at(data, (*path, "from")) is not None:
            data = without(data, (*path, "from"))
    return data


def excerpt(data: Data, path: Path) -> Data:
    """Give the smallest checklist that has one entry of a draft in it, to try the entry while the rest is unsound."""
    entry = at(data, path)
    gate = path[0] == "gates"
    item = new_entry("items", "only-item") if gate else entry
    if isinstance(item, dict):
        item = {name: value for name, value in item.items() if name not in ("weight", "from", "locked")}
    stub: dict[str, Data] = {
        **empty_checklist("excerpt", "0", "excerpt", "X", "2000-01-01"),
        "title": "–",
        "groups": [_only_group(_worded(item) if gate else item)],
        **{name: at(data, (name,)) for name in ("facts", "parameters", "sources")},
    }
    stub["category"] = {"key": "excerpt", "text": "–", "code": "X"}
    stub["scoring"] = {"not_applicable": "rescale", "grades": [{"key": "pass", "text": "–", "total_at_least": "0"}]}
    if path[0] == "deductions":
        stub["deductions"] = {"key": "only-deductions", "text": "–", "cap": "999999", "items": [item]}
        stub["groups"] = [_only_group(_worded(new_entry("items", "only-item")))]
    if gate:
        stub["gates"] = [entry]
    return stub


def _only_group(item: Data) -> Data:
    return {"key": "only-group", "text": "–", "items": [item]}


def _worded(entry: Data) -> Data:
    return {**entry, "text": "–", "scoring": "–"} if isinstance(entry, dict) else entry


# --- entries


def new_entry(list_name: str, key: str) -> dict[str, Data]:
    """Give a gate, a group or an item to begin with; its words are still to be written."""
    if list_name == "gates":
        return {"key": key, "verify": ["document"]}
    if list_name == "groups":
        return {"key": key}
    return {"key": key, "full": USUAL_POINTS, "rule": {"yes_no": USUAL_POINTS}, "verify": ["document"]}


def added(data: Data, path: Path, reserved: Collection[str] = ()) -> Data:
    """Put a new entry before the entry that stands at the path.

    Args:
        data: the draft.
        path: where the new entry is to stand, such as ``("groups", 0, "items", 3)``.
        reserved: keys of earlier editions, which keep their meaning for ever.
    """
    return inserted(data, path, new_entry(str(path[-2]), fresh_key(data, path[:-1], reserved)))


def with_extra(data: Data, name: str, reserved: Collection[str] = ()) -> Data:
    """Begin the bonus or the deductions, with one item."""
    used = keys_in(data) | set(reserved)
    key = EXTRAS[name] if EXTRAS[name] not in used else numbered(EXTRAS[name], used)
    item = new_entry("items", numbered(key, used | {key}))
    return with_value(data, (name,), {"key": key, "cap": USUAL_POINTS, "items": [item]})


def duplicated(data: Data, path: Path, reserved: Collection[str] = ()) -> tuple[Data, Path]:
    """Put a copy of an entry after it; the copy and everything in it get keys of their own."""
    place = path[-1]
    assert isinstance(place, int), "only entries of a list are copied"
    there = (*path[:-1], place + 1)
    data = inserted(data, there, at(data, path))
    used = keys_in(data) | set(reserved)
    parents: dict[Path, tuple[str, str]] = {}
    for each in _own_paths(data, there):
        old = string_at(data, (*each, "key"))
        parent, own_parent = parents.get(each[:-2], ("", ""))
        wanted = own_parent + old.removeprefix(parent)
        if each == there and path == ("groups", place):
            wanted = fresh_key(data, ("groups",), reserved)
        fresh = wanted if wanted and wanted not in used else numbered(_stem_of(old), used)
        used.add(fresh)
        parents[each] = (old, fresh)
        fields = {name: value for name, value in fields_at(data, each).items() if name not in ("from", "number")}
        data = with_value(data, each, {**fields, "key": fresh})
    return data, there


def _own_paths(data: Data, path: Path) -> list[Path]:
    return list(_paths_in(data, path)) if path[-2] == "groups" else [path]


# --- keys


def keys_in(data: Data) -> set[str]:
    """Give the keys of everything that is answered, and of groups."""
    return {string_at(data, (*path, "key")) for path in entry_paths(data)} - {""}


def entry_paths(data: Data) -> Iterator[Path]:
    """Go through gates, groups, items and the groups beside them, in printed order."""
    for index, _gate in enumerate(entries_at(data, ("gates",))):
        yield ("gates", index)
    for index, _group in enumerate(entries_at(data, ("groups",))):
        yield from _paths_in(data, ("groups", index))
    for name in EXTRAS:
        if at(data, (name,)) is not None:
            yield from _paths_in(data, (name,))


def key_paths(data: Data) -> dict[str, Path]:
    """Give by key the path of everything that is answered, and of groups."""
    return {string_at(data, (*path, "key")): path for path in entry_paths(data)}


def _paths_in(data: Data, path: Path) -> Iterator[Path]:
    yield path
    for index, _item in enumerate(entries_at(data, (*path, "items"))):
        yield (*path, "items", index)
    for index, _group in enumerate(entries_at(data, (*path, "groups"))):
        yield from _paths_in(data, (*path, "groups", index))


def fresh_key(data: Data, path: Path, reserved: Collection[str] = ()) -> str:
    """Find a key for a new entry of a list: the neighbors' letters with the next number.

    Keys of earlier editions are never given to another entry: an answer would be taken for one to the new entry.
    """
    used = keys_in(data) | set(reserved)
    neighbors = [string_at(entry, ("key",)) for entry in entries_at(data, path)]
    if path == ("groups",) and all(len(neighbor) == 1 for neighbor in neighbors):
        letters = (chr(code) for code in range(ord("A"), ord("Z") + 1))
        free = next((letter for letter in letters if not any(key.startswith(letter) for key in used)), "")
        if free:
            return free
    numbers = [_stem_of(neighbor) for neighbor in neighbors if _NUMBERED.fullmatch(neighbor)]
    return numbered(numbers[-1] if numbers else _first_stem(data, path), used)


def own_key(entries: list[Data], stem: str) -> str:
    """Find a key for a new entry of a list whose keys stand for themselves: levels, parts, options, inputs."""
    return numbered(stem, {string_at(entry, ("key",)) for entry in entries})


def numbered(stem: str, used: Collection[str]) -> str:
    """Give the stem with the number after the highest in use."""
    found = (_NUMBERED.fullmatch(key) for key in used)
    numbers = [int(match[2]) for match in found if match and match[1] == stem]
    return f"{stem}{max(numbers, default=0) + 1}"


def _first_stem(data: Data, path: Path) -> str:
    if path == ("gates",):
        return "G" if not any(key.startswith("G") for key in keys_in(data)) else "Q"
    parent = string_at(data, (*path[:-1], "key")) or "A"
    return f"{parent}-" if parent[-1].isdigit() else parent


def _stem_of(key: str) -> str:
    """Give what stands before the number of a key."""
    match = _NUMBERED.fullmatch(key)
    stem = match[1] if match else key
    return (stem or "A")[: _KEY_LIMIT - 6]

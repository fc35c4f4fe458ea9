"""Rename a part of a checklist that is being written, together with everything that names it."""

from __future__ import annotations

import re
from collections.abc import Callable

from wufei_cells.checklists.drafting import string_at, with_value
from wufei_cells.checklists.yaml_source import Data, Path

_NAMED_IN = {"items": "items_at_least", "groups": "group_exceptions"}


def renamed(data: Data, path: Path, key: str) -> Data:
    """Give the entry at a path another key, also where conditions, formulas, rules and levels name it."""
    old = string_at(data, (*path, "key"))
    data = with_value(data, (*path, "key"), key)
    if not old or not key or old == key:
        return data
    match path:
        case ("facts", int()):
            return _rewritten(data, lambda name, value: _of_fact(name, value, old, key))
        case ("parameters", int()):
            return _rewritten(data, lambda name, value: _of_parameter(name, value, old, key))
        case ("sources", int()):
            return _rewritten(data, lambda name, value: _of_list(name, value, "sources", old, key))
        case _:
            return _rewritten(data, lambda name, value: _of_entry(name, value, str(path[-2]), old, key))


Rewrite = Callable[[str, Data], Data]


def _rewritten(data: Data, rewrite: Rewrite, name: str = "") -> Data:
    """Go through the data and rewrite each field by its name; what nothing changes in stays the same object."""
    changed = rewrite(name, data)
    if isinstance(changed, list):
        entries = [_rewritten(entry, rewrite, name if not isinstance(entry, dict) else "") for entry in changed]
        return changed if all(new is old for new, old in zip(entries, changed, strict=True)) else entries
    if isinstance(changed, dict):
        fields = {field: _rewritten(value, rewrite, field) for field, value in changed.items()}
        return changed if all(fields[field] is value for field, value in changed.items()) else fields
    return changed


def _of_fact(name: str, value: Data, old: str, new: str) -> Data:
    if name == "fact" and value == old:
        return new
    # The formulas of facts name facts; those of measures name their own inputs, and never stand beside "ask".
    if isinstance(value, dict) and "ask" in value and isinstance(value.get("formula"), str):
        formula = str(value["formula"])
        found = re.sub(rf"(?<![\w$]){re.escape(old)}(?!\w)", new, formula)
        return value if found == formula else {**value, "formula": found}
    return value


def _of_parameter(name: str, value: Data, old: str, new: str) -> Data:
    if not isinstance(value, str):
        return value
    if name == "formula":
        return re.sub(rf"\${re.escape(old)}(?!\w)", lambda _found: f"${new}", value)
    return f"${new}" if value == f"${old}" else value


def _of_list(name: str, value: Data, wanted: str, old: str, new: str) -> Data:
    if name != wanted or not isinstance(value, list) or old not in value:
        return value
    return [new if entry == old else entry for entry in value]


def _of_entry(name: str, value: Data, list_name: str, old: str, new: str) -> Data:
    if name == _NAMED_IN.get(list_name) and isinstance(value, dict) and old in value:
        return {new if field == old else field: number for field, number in value.items()}
    return _of_list(name, value, "added", old, new)

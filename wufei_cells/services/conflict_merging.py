"""What several values of a cell have come from, and what they make together where they changed different fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.register import ActRef
from wufei_cells.store.conflict_queries import CellAct

_BOUND: Mapping[str, tuple[tuple[str, ...], ...]] = {
    # What was judged, on which words, with which reason is one thing; the note beside it is another.
    "answer": (("value", "na", "entry", "bases"), ("note",), ("kept",)),
    "assessment": (("edition", "came_from"), ("site", "column", "part_of", "started_at", "order")),
    "draft": (("title",), ("category", "based_on"), ("data",)),
    "batch": (("notice_from", "notice_until"), ("document_number", "named_on")),
}
"""By kind: fields that belong together and are taken from one side as a whole."""
MERGED_KINDS = frozenset(
    {"answer", "assessment", "evidence", "finding", "application", "precheck", "batch", "profile", "draft"}
)
"""Kinds whose fields people change independently of each other. A stage, a check, a paper is one decision."""


def predecessor(acts: Sequence[CellAct], heads: Sequence[ActRef]) -> CellAct | None:
    """Give the last act that all standing ones go back to; ``None`` where there is none, or two that differ."""
    by_ref = {act.ref: act for act in acts}
    lines = [_ancestors(by_ref, head) for head in heads]
    common = {ref for ref in (lines[0] if lines else ()) if all(ref in line for line in lines)}
    latest = [ref for ref in common if not any(ref in _ancestors(by_ref, other) for other in common if other != ref)]
    found = [by_ref[ref] for ref in latest]
    return found[0] if found and len({act.said for act in found}) == 1 else None


def merge(kind: str, before: JsonValue, values: Sequence[JsonValue]) -> JsonValue:
    """Merge by field; ``None`` where two values changed the same field in different ways, or nothing is to be merged.

    Args:
        kind: of the acts.
        before: what all values started from.
        values: those that stand.
    """
    if kind not in MERGED_KINDS or not isinstance(before, dict):
        return None
    sides = [value for value in values if isinstance(value, dict)]
    if len(sides) != len(values):
        return None
    if kind == "precheck":
        found = _merged_inside("findings", before, sides)
    else:
        found = _merged(_BOUND.get(kind, ()), before, sides)
    said = {canonical_json(value) for value in values}
    return None if found is None or canonical_json(found) in said else found


def _ancestors(by_ref: Mapping[ActRef, CellAct], start: ActRef) -> set[ActRef]:
    found: set[ActRef] = set()
    waiting = [*by_ref[start].replaces] if start in by_ref else []
    while waiting:
        ref = waiting.pop()
        if ref in by_ref and ref not in found:
            found.add(ref)
            waiting += by_ref[ref].replaces
    return found


def _merged(
    bound: Sequence[Sequence[str]], before: dict[str, JsonValue], sides: Sequence[dict[str, JsonValue]]
) -> dict[str, JsonValue] | None:
    names = dict.fromkeys(name for one in (before, *sides) for name in one)
    together = {name for group in bound for name in group}
    merged: dict[str, JsonValue] = {}
    for group in (*bound, *((name,) for name in names if name not in together)):
        taken = _taken(group, before, sides)
        if taken is None:
            return None
        merged |= taken
    return merged


def _taken(
    group: Sequence[str], before: dict[str, JsonValue], sides: Sequence[dict[str, JsonValue]]
) -> dict[str, JsonValue] | None:
    """Give the fields of a group from whoever changed them; ``None`` where two changed them differently."""
    start = _part(group, before)
    changed = {canonical_json(part): part for side in sides if (part := _part(group, side)) != start}
    if len(changed) > 1:
        return None
    return next(iter(changed.values()), start)


def _part(group: Sequence[str], value: dict[str, JsonValue]) -> dict[str, JsonValue]:
    return {name: value[name] for name in group if name in value}


def _merged_inside(
    name: str, before: dict[str, JsonValue], sides: Sequence[dict[str, JsonValue]]
) -> dict[str, JsonValue] | None:
    """Merge the entries of one field as fields of their own."""
    inner = [one.get(name) for one in (before, *sides)]
    dicts = [one for one in inner if isinstance(one, dict)]
    if len(dicts) != len(inner):
        return None
    found = _merged((), dicts[0], dicts[1:])
    return None if found is None else {**before, name: found}

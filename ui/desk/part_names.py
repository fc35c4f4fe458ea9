"""The names of the parts of an answer, for those who read what is wrong with one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from wufei_cells.domain.checklists import Gate
from wufei_cells.domain.rules import Best, Calculated, Measured, Sum

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Item
    from wufei_cells.domain.rules import Rule
    from wufei_cells.domain.text import Text
    from wufei_cells.errors import Problem

SEPARATOR = " › "


def named_part(entry: Gate | Item, problem: Problem, read: Callable[[Text], str]) -> tuple[str, Problem]:
    """Name the part that a problem is in (empty for none), and the parts it speaks of, by their texts."""
    keys = [key for key in problem.place.split(".")[1:] if key]
    names: list[str] = []
    rule = None if isinstance(entry, Gate) else entry.rule
    for key in keys:
        inner = next((part for part in rule.parts if part.key == key), None) if isinstance(rule, Sum | Best) else None
        names.append(read(inner.text) if inner else _texts(rule, read).get(key, key))
        rule = inner.rule if inner else None
    known = _texts(rule, read)
    values = dict(problem.values)
    if isinstance(part := values.get("part"), str):
        values["part"] = known.get(part, part)
    if isinstance(allowed := values.get("allowed"), str):
        values["allowed"] = ", ".join(known.get(key, key) for key in allowed.split(", "))
    return SEPARATOR.join(names), replace(problem, values=values)


def _texts(rule: Rule | None, read: Callable[[Text], str]) -> dict[str, str]:
    """Give the texts of what a rule asks for together, by key."""
    if isinstance(rule, Sum | Best):
        return {part.key: read(part.text) for part in rule.parts}
    if isinstance(rule, Measured) and isinstance(rule.measure, Calculated):
        return {entry.key: read(entry.text) for entry in rule.measure.inputs}
    return {}

"""Where two scoring rules differ, place by place, for rules whose printed words did not change with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from wufei_cells.checklists.yaml_source import Data
    from wufei_cells.documents.change_values import ChangeValues
    from wufei_cells.domain.text import Language

HEADS = ("yes_no", "levels", "sum", "best", "count", "amount", "share", "change", "ticks", "calculated")
SCALES = ("bands", "line", "steps")
_SILENT = ("levels", "sum", "best", "bands", "ticks", "inputs", "steps", "yes_no", "count", "amount", "share", "change")
"""Fields that only hold others; a reader finds the place without them."""
_WORDS = ("effect", "part_step")
_FLAGS = ("may_exceed", "relative")

_Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """One place of a rule, and what it said and says there."""

    place: str
    old: str
    new: str


def rule_differences(old: Data, new: Data, before: ChangeValues, after: ChangeValues) -> tuple[RuleDifference, ...]:
    """List the places in which two rules differ; a rule of another kind is one difference."""
    kinds = (_kind(old), _kind(new))
    if kinds[0] != kinds[1]:
        told = ["·".join(after.say(f"rule_{name}") for name in kind) for kind in kinds]
        return (RuleDifference(after.say("rule_kind"), *told),)
    earlier, later = _leaves(old, before), _leaves(new, after)
    found: list[RuleDifference] = []
    for path in dict.fromkeys((*later, *earlier)):
        was, now = earlier.get(path, _Leaf()), later.get(path, _Leaf())
        if was.data != now.data:
            # In the reader's language, Chinese where there is no other; a change in the other one only is told in that.
            language = None if was.said(before) != now.said(after) else after.other_language
            place = "·".join((now if path in later else was).words)
            found.append(RuleDifference(place, was.said(before, language), now.said(after, language)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """What a rule says at one place, and the words that lead there."""

    words: tuple[str, ...] = ()
    name: str = ""
    data: Data = None

    def said(self, values: ChangeValues, language: Language | None = None) -> str:
        """Say it in words; of a text, what it says in a language."""
        if self.data is None:
            return values.say("nothing")
        if self.name == "applies":
            return values.condition(self.data)
        if self.name == "line":
            corners = [cast("list[Data]", corner) for corner in cast("list[Data]", self.data)]
            told = [f"{values.quantity(x)} → {values.quantity(y)}" for x, y in corners]
            return values.say("list_separator").join(told)
        if self.name in _WORDS:
            return values.word(self.name, self.data)
        if self.name in _FLAGS:
            return values.say("yes" if self.data == "yes" else "no")
        return values.value("text", self.data, language) if isinstance(self.data, dict) else values.quantity(self.data)


def _kind(rule: Data) -> tuple[str, ...]:
    fields = rule if isinstance(rule, dict) else {}
    return tuple(name for name in (*HEADS, *SCALES) if name in fields)


def _leaves(rule: Data, values: ChangeValues) -> dict[_Path, _Leaf]:
    return dict(_walk(rule, (), _Leaf(), values))


def _walk(data: Data, path: _Path, place: _Leaf, values: ChangeValues) -> Iterator[tuple[_Path, _Leaf]]:
    """Go through everything a rule says. Keys lead there, and where there are none positions."""
    if isinstance(data, dict) and place.name != "applies" and not set(data) <= {"zh", "en"}:
        for name, value in data.items():
            if name != "key":
                words = place.words if name in _SILENT else (*place.words, values.say(f"rule_{name}"))
                yield from _walk(value, (*path, name), _Leaf(words, name), values)
    elif isinstance(data, list) and place.name != "line":
        for position, value in enumerate(data, start=1):
            one = value if isinstance(value, dict) else {}
            text = values.value("text", one["text"]) if "text" in one else ""
            word = values.say("rule_named", name=text) if text else values.say("rule_band", position=position)
            yield from _walk(value, (*path, str(one.get("key", position))), _Leaf((*place.words, word)), values)
    else:
        yield path, _Leaf(place.words, place.name, data)

"""The tree of a checklist that is being written, with points that add up live; nothing in it has to be sound yet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from wufei_cells.checklists.draft_entries import EXTRAS
from wufei_cells.checklists.drafting import at, entries_at, string_at
from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.domain.text import Text

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Node:
    """One gate, group or item, or the whole (an empty path)."""

    path: Path
    kind: str
    """``whole``, ``gates``, ``groups``, ``items``, ``bonus`` or ``deductions``."""
    key: str
    number: str
    text: Text
    points: Decimal
    """What it gives at most: an item's full marks, what a group's entries add up to, at most its cap."""
    worth: Decimal
    """What it counts for one level up."""
    stated: Decimal | None
    """What it is said to give, where that is written down."""
    star: bool
    conditional: bool
    """Whether it applies only to some sites."""
    children: tuple[Node, ...] = ()

    @property
    def mismatched(self) -> bool:
        """Whether its entries add up to something else than what it is said to give."""
        return self.stated is not None and self.stated != self.points

    def count_items(self) -> int:
        """Count the items in it, at any depth."""
        return sum(child.count_items() for child in self.children) + (self.kind == "items")


def outline(data: Data) -> Node:
    """Give the tree of a draft: gates, groups and what stands beside them, under the whole."""
    gates = tuple(_node(data, ("gates", index), "gates", ()) for index in range(len(entries_at(data, ("gates",)))))
    groups = _groups(data, ())
    extras = tuple(_group(data, (name,), name) for name in EXTRAS if at(data, (name,)) is not None)
    total = sum((group.worth for group in groups), ZERO)
    stated = number_at(data, ("full",))
    if stated is None:
        stated = number_at(data, ("scoring", "out_of"))
    return Node(
        (), "whole", string_at(data, ("key",)), string_at(data, ("edition",)), text_at(data, ("title",)),
        total, total, stated, star=False, conditional=False, children=(*gates, *groups, *extras),
    )  # fmt: skip


def text_at(data: Data, path: Path) -> Text:
    """Give a text in its languages; empty where nothing is written yet."""
    found = at(data, path)
    if isinstance(found, dict):
        return Text(string_at(found, ("zh",)), string_at(found, ("en",)))
    return Text("" if found is None or isinstance(found, list) else str(found))


def number_at(data: Data, path: Path) -> Decimal | None:
    """Give a number; ``None`` where none is written, or something else."""
    written = string_at(data, path).strip()
    try:
        number = Decimal(written) if written else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _groups(data: Data, path: Path) -> tuple[Node, ...]:
    here = (*path, "groups")
    return tuple(_group(data, (*here, index), "groups") for index in range(len(entries_at(data, here))))


def _group(data: Data, path: Path, kind: str) -> Node:
    items = entries_at(data, (*path, "items"))
    children = (*(_item(data, (*path, "items", index)) for index in range(len(items))), *_groups(data, path))
    points = sum((child.worth for child in children), ZERO)
    cap = number_at(data, (*path, "cap"))
    if cap is not None and kind == "groups":
        points = min(points, cap)
    return _node(data, path, kind, children, points)


def _item(data: Data, path: Path) -> Node:
    return _node(data, path, "items", (), number_at(data, (*path, "full")) or ZERO)


def _node(data: Data, path: Path, kind: str, children: tuple[Node, ...], points: Decimal = ZERO) -> Node:
    weight = number_at(data, (*path, "weight"))
    return Node(
        path=path,
        kind=kind,
        key=string_at(data, (*path, "key")),
        number=string_at(data, (*path, "number")),
        text=text_at(data, (*path, "text")),
        points=points,
        worth=points if weight is None else weight,
        stated=number_at(data, (*path, "full")) if kind in ("groups", *EXTRAS) else None,
        star=string_at(data, (*path, "star")).lower() in ("yes", "true", "是"),
        conditional=at(data, (*path, "applies")) is not None,
        children=children,
    )

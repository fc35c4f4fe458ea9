"""Small changes to a checklist, and what a comparison has to say of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from wufei_cells.checklists.comparison import Change, Comparison
from wufei_cells.domain.checklists import (
    Ancestor,
    Checklist,
    Gate,
    Group,
    Item,
    NaPolicy,
    NotApplicable,
    Relation,
    Verify,
)
from wufei_cells.domain.conditions import FactIs
from wufei_cells.domain.rules import Outcome, ParameterRef, YesNo
from wufei_cells.domain.text import Text

Report = tuple[str, ...]


@dataclass(frozen=True)
class Edit:
    """One change, and the lines that a comparison must hold for it."""

    name: str
    apply: Callable[[Checklist], Checklist]
    reports: frozenset[Report]
    touches: frozenset[str]
    """Edits that touch the same part are not combined."""
    reversible: bool = True
    """Whether the way back says the opposite; lineage points only backwards."""


def reports(comparison: Comparison) -> set[Report]:
    """Every line of a comparison, in a form that can be compared."""
    lines: set[Report] = set()
    for entry in comparison.entries:
        told = [change.field for change in entry.fields] if entry.change is Change.CHANGED else [entry.change.value]
        lines |= {("entry", entry.key, field) for field in told}
    for part in (*comparison.groups, *comparison.parts):
        told = [change.field for change in part.fields] if part.change is Change.CHANGED else [part.change.value]
        lines |= {(part.section.value, part.key, field) for field in told}
    return lines | {("setting", change.field) for change in comparison.settings}


def opposite(report: Report) -> Report:
    turned = {"added": "removed", "removed": "added"}
    return (*report[:-1], turned.get(report[-1], report[-1]))


# --- reaching into the tree


def in_groups(checklist: Checklist, change: Callable[[Group], Group]) -> Checklist:
    def walk(group: Group) -> Group:
        group = change(group)
        return replace(group, groups=tuple(walk(inner) for inner in group.groups))

    extra: dict[str, Any] = {}
    if checklist.bonus:
        extra["bonus"] = replace(checklist.bonus, group=walk(checklist.bonus.group))
    if checklist.deductions:
        extra["deductions"] = replace(checklist.deductions, group=walk(checklist.deductions.group))
    return replace(checklist, groups=tuple(walk(group) for group in checklist.groups), **extra)


def with_item(key: str, /, **fields: Any) -> Callable[[Checklist], Checklist]:
    def change(group: Group) -> Group:
        return replace(group, items=tuple(replace(item, **fields) if item.key == key else item for item in group.items))

    return lambda checklist: in_groups(checklist, change)


def with_group(key: str, /, **fields: Any) -> Callable[[Checklist], Checklist]:
    return lambda checklist: in_groups(checklist, lambda group: replace(group, **fields) if group.key == key else group)


def items_of(key: str, change: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> Callable[[Checklist], Checklist]:
    return lambda checklist: in_groups(
        checklist, lambda group: replace(group, items=change(group.items)) if group.key == key else group
    )


def with_gate(key: str, **fields: Any) -> Callable[[Checklist], Checklist]:
    def apply(checklist: Checklist) -> Checklist:
        gates = [replace(gate, **fields) if gate.key == key else gate for gate in checklist.gates]
        return replace(checklist, gates=tuple(gates))

    return apply


def in_list(name: str, key: str, **fields: Any) -> Callable[[Checklist], Checklist]:
    def apply(checklist: Checklist) -> Checklist:
        rows = getattr(checklist, name)
        changed = tuple(replace(row, **fields) if row.key == key else row for row in rows)
        return replace(checklist, **{name: changed})

    return apply


# --- the edits


def item_edits(item: Item) -> Iterator[Edit]:
    """Changes of every single field of an item."""
    fields: dict[str, dict[str, Any]] = {
        "text": {"text": Text(f"{item.text.zh}等", item.text.en)},
        "scoring": {"scoring": Text(item.scoring.zh, f"{item.scoring.en} points")},
        "evidence": {"evidence": Text("照片")},
        "guidance": {"guidance": Text(f"{item.guidance.zh}先问再看", "Ask first")},
        "full": {"full": item.full + 1},
        "weight": {"weight": item.worth + 2},
        "rule": {"rule": YesNo(Outcome(item.full), Outcome(Decimal("0.5")))},
        "verify": {"verify": (Verify.SURVEY, Verify.SITE)},
        "sources": {"sources": ("law", "plan")},
        "applies": {"applies": FactIs("canteen", ("no",))},
        "not_applicable": {"not_applicable": NotApplicable.NEVER},
        "star": {"star": not item.star},
        "locked": {"locked": not item.locked},
        "number": {"number": f"第{item.key}条"},
    }
    for field, values in fields.items():
        report = frozenset({("entry", item.key, field)})
        yield Edit(f"{item.key}.{field}", with_item(item.key, **values), report, frozenset({item.key}))


Items = tuple[Item, ...]


def added_at(place: int, key: str) -> Callable[[Items], Items]:
    def change(items: Items) -> Items:
        new = replace(items[0], key=key, text=Text("新增"), ancestors=())
        return (*items[:place], new, *items[place:])

    return change


def without(key: str) -> Callable[[Items], Items]:
    return lambda items: tuple(item for item in items if item.key != key)


def inherited(heir: str, relation: Relation, *origins: str) -> Callable[[Items], Items]:
    """Put an heir in the place of the first origin; the others are gone."""
    ancestors = tuple(Ancestor(origin, relation) for origin in origins)

    def change(items: Items) -> Items:
        kept = [item for item in items if item.key not in origins[1:]]
        return tuple(replace(item, key=heir, ancestors=ancestors) if item.key == origins[0] else item for item in kept)

    return change


def split_first(items: Items) -> Items:
    half = replace(items[0], key=f"{items[0].key}_b", ancestors=(Ancestor(items[0].key, Relation.SPLIT),))
    return (items[0], half, *items[1:])


def regrouped(key: str, old: str, new: str) -> Callable[[Checklist], Checklist]:
    def apply(checklist: Checklist) -> Checklist:
        moving = next(item for item in checklist.items() if item.key == key)
        return items_of(new, lambda items: (moving, *items))(items_of(old, without(key))(checklist))

    return apply


def tree_edits() -> Iterator[Edit]:
    """Entries that come, go, or stand elsewhere."""

    def edit(name: str, apply: Callable[[Checklist], Checklist], *lines: Report, touches: str, back: bool = True):
        return Edit(name, apply, frozenset(lines), frozenset(touches.split()), back)

    def heir(key: str) -> list[Report]:
        return [("entry", key, field) for field in ("key", "from")]

    for key in ("A", "B", "D", "X", "K"):
        line = ("entry", f"NEW_{key}", "added")
        yield edit(f"add to {key}", items_of(key, added_at(1, f"NEW_{key}")), line, touches=f"+{key}")
    for key, group in (("A2", "A"), ("B2", "B"), ("C12", "C1")):
        yield edit(f"drop {key}", items_of(group, without(key)), ("entry", key, "removed"), touches=key)
    yield edit("regroup A3", regrouped("A3", "A", "B"), ("entry", "A3", "group"), touches="A3")
    turned = items_of("C2", lambda items: (items[-1], *items[:-1]))
    yield edit("order of C2", turned, ("entry", "C24", "order"), touches="C2")
    renamed = items_of("C1", inherited("M11", Relation.SAME, "C11"))
    yield edit("rename C11", renamed, *heir("M11"), touches="C11 C12", back=False)
    merged = items_of("B", inherited("M1", Relation.MERGED, "B1", "B2"))
    yield edit("merge B1 and B2", merged, *heir("M1"), touches="B1 B2 +B", back=False)
    yield edit("split D1", items_of("D", split_first), *heir("D1_b"), touches="D1 +D", back=False)


def group_edits() -> Iterator[Edit]:
    def edit(key: str, section: str, field: str, **values: Any) -> Edit:
        return Edit(f"{key}.{field}", with_group(key, **values), frozenset({(section, key, field)}), frozenset({key}))

    yield edit("A", "groups", "text", text=Text("组织领导", "Organization"))
    yield edit("A", "groups", "weight", weight=Decimal(35))
    yield edit("D", "groups", "cap", cap=None)
    yield edit("C2", "groups", "applies", applies=FactIs("canteen", ("yes",)))
    yield edit("C1", "groups", "number", number="三（一）")
    yield edit("B", "groups", "locked", locked=False)
    yield edit("X", "bonus", "text", text=Text("奖励", "Bonus"))
    yield edit("K", "deductions", "text", text=Text("扣减", "Deductions"))
    yield Edit("drop C2", lambda c: in_groups(c, lambda g: replace(g, groups=g.groups[:1]) if g.key == "C" else g),
               frozenset({("groups", "C2", "removed"), *(("entry", f"C2{n}", "removed") for n in range(1, 5))}),
               frozenset({"C2", "C21", "C22", "C23", "C24"}))  # fmt: skip
    yield Edit("last group first", lambda c: replace(c, groups=(c.groups[-1], *c.groups[:-1])),
               frozenset({("groups", "D", "order")}), frozenset({"D"}))  # fmt: skip
    yield Edit("cap of bonus", lambda c: replace(c, bonus=c.bonus and replace(c.bonus, cap=Decimal(4))),
               frozenset({("bonus", "X", "cap")}), frozenset({"X"}))  # fmt: skip
    yield Edit("cap of deductions", deductions_capped, frozenset({("deductions", "K", "cap")}), frozenset({"K"}))


def deductions_capped(checklist: Checklist) -> Checklist:
    deductions = checklist.deductions
    return replace(checklist, deductions=deductions and replace(deductions, cap=Decimal(9)))


def other_edits(checklist: Checklist) -> Iterator[Edit]:
    """Gates, lists and settings."""
    gate: Gate = checklist.gates[1]
    yield Edit(
        "gate text",
        with_gate("G2", text=Text("三年内没有事故")),
        frozenset({("entry", "G2", "text")}),
        frozenset({"G2"}),
    )
    yield Edit("drop gate", lambda c: replace(c, gates=tuple(g for g in c.gates if g.key != "G1")),
               frozenset({("entry", "G1", "removed")}), frozenset({"G1"}))  # fmt: skip
    yield Edit("add gate", lambda c: replace(c, gates=(*c.gates, replace(gate, key="G3"))),
               frozenset({("entry", "G3", "added")}), frozenset({"G3"}))  # fmt: skip

    def listed(section: str, name: str, key: str, field: str, **values: Any) -> Edit:
        line = frozenset({(section, key, field)})
        return Edit(f"{section} {key}.{field}", in_list(name, key, **values), line, frozenset({f"{section}.{key}"}))

    yield listed("grades", "grades", "pass", "total_at_least", total_at_least=Decimal(60))
    yield listed("grades", "grades", "good", "group_exceptions", group_exceptions=())
    yield listed("grades", "grades", "good", "items_at_least", items_at_least=(("A1", ParameterRef("rate")),))
    yield listed("parameters", "parameters", "rate", "value", value=Decimal(45))
    yield listed("parameters", "parameters", "pass_mark", "phases", phases=())
    yield listed("facts", "facts", "canteen", "text", text=Text("设有食堂"))
    yield listed("sources", "sources", "law", "number", number="第二号")

    def setting(field: str, **values: Any) -> Edit:
        return Edit(field, lambda c: replace(c, **values), frozenset({("setting", field)}), frozenset({field}))

    yield setting("edition", edition="2027.1")
    yield setting("title", title=Text("无废单位评估标准", "Checklist for Units"))
    yield setting("official", official=False)
    yield setting("effective_from", effective_from=date(2027, 1, 1))
    yield setting("effective_until", effective_until=date(2029, 1, 1))
    yield setting("notice", notice=Text(""))
    yield setting("category.code", category=replace(checklist.category, code="OF"))
    yield setting("scoring.not_applicable", scoring=replace(checklist.scoring, na_policy=NaPolicy.ZERO))


def all_edits(checklist: Checklist) -> list[Edit]:
    items = [item for item in checklist.items() if item.key in {"A1", "A4", "B1", "C13", "C21", "D2", "X1", "K1"}]
    singles = [edit for item in items for edit in item_edits(item)]
    return [*singles, *tree_edits(), *group_edits(), *other_edits(checklist)]

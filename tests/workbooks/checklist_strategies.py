"""Random checklists in the shape of a file, with every kind of rule and every field."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

Fields = dict[str, Any]

WORDS = [
    "方案",
    "台账 100% 齐全",
    "是否",
    "每处扣 2",
    "≥90",
    "a；b",
    "（甲）",
    "“引号”",
    "A: b",
    "x=1",
    "-1",
    "𬇙",
    "两行\n文字",
    "1-1",
    "$x",
]
ENGLISH = ["Plan", "yes/no 5", "each 1 takes 2", "=1+1", "it's; so, 5", "#N/A", "+1", "@x", "_x000D_", "2026-01-01"]
text_zh = st.sampled_from(WORDS) | st.text("无废细胞垃圾分类，。；：0123456789%（）/→~", min_size=1, max_size=12).map(
    str.strip
).filter(bool)
text_en = st.sampled_from(ENGLISH)
text = text_zh | st.builds(lambda zh, en: {"zh": zh, "en": en}, text_zh, text_en)
number = st.sampled_from(["0", "1", "2", "5", "10", "0.5", "2.25", "100", "0.123456", "999999999999", "12.125"])
signed = number | st.sampled_from(["-1", "-2.5", "-10"])
quantity = number | st.just("$mark") | st.just("$r-1")
flag = st.sampled_from(["yes", "no"])
part_key = st.sampled_from(["a", "b", "c", "full", "partly", "none", "K-1", "x_y"])
effect = st.sampled_from(["veto", "zero_total"])


def fields(required: dict[str, Any], optional: dict[str, Any] | None = None) -> st.SearchStrategy[Fields]:
    return st.fixed_dictionaries(required, optional=optional or {})


def entries(strategy: st.SearchStrategy[Fields], least: int = 1, most: int = 3) -> st.SearchStrategy[list[Fields]]:
    return st.lists(strategy, min_size=least, max_size=most, unique_by=lambda entry: entry["key"])


# --- rules

outcome = signed | fields({"points": signed}, {"effect": effect})
yes_no = fields({"yes_no": signed | fields({"yes": outcome, "no": outcome}) | fields({"yes": outcome})})
level = fields({"key": part_key, "text": text, "points": quantity}, {"lowest": number, "effect": effect})
levels = fields({"levels": entries(level)})
option = fields({"key": part_key, "text": text})
corner = st.lists(signed | quantity, min_size=2, max_size=2)
line = st.lists(corner, min_size=2, max_size=4)
bound = st.sampled_from(["at_least", "above", "at_most", "below"])
points = fields({"points": signed}, {"effect": effect}) | fields({"line": line})
band = st.builds(lambda name, value, rest: {name: value, **rest}, bound, quantity | signed, points) | points
limits = dict.fromkeys(("start", "floor", "cap", "each"), quantity)
part_step = st.sampled_from(["ignore", "count", "prorate"])
steps = st.one_of(
    fields({"points": signed | st.just("$mark")}, {**limits, "part_step": part_step, reference: quantity})
    for reference in ("over", "short_of")
)
scale = st.one_of(
    fields({"bands": st.lists(band, min_size=1, max_size=4)}), fields({"line": line}), fields({"steps": steps})
)
measure = st.one_of(
    fields({"count": fields({"text": text}, {"unit": text, "at_most": st.sampled_from(["3", "15"])})}),
    fields({"amount": fields({"text": text}, {"unit": text})}),
    fields(
        {
            "share": fields(
                {"part": text, "whole": text}, {"unit": text, "smallest_whole": st.just("20"), "may_exceed": flag}
            )
        }
    ),
    fields({"change": fields({"before": text, "after": text}, {"unit": text, "relative": flag})}),
    fields({"ticks": entries(option)}),
    fields(
        {
            "calculated": fields(
                {
                    "text": text,
                    "inputs": entries(fields({"key": part_key, "text": text}, {"unit": text})),
                    "formula": st.sampled_from(["a / b * 100", "max(a, $mark)"]),
                },
                {"unit": text},
            )
        }
    ),
)


@st.composite
def measured_rules(draw: st.DrawFn) -> Fields:
    return {**draw(measure), **draw(scale)}


measured = measured_rules()


def _combined(inner: st.SearchStrategy[Fields]) -> st.SearchStrategy[Fields]:
    named = fields({"key": part_key, "text": text}, {"applies": condition})

    @st.composite
    def parts(draw: st.DrawFn) -> Fields:  # composed, so that Hypothesis does not print the whole of the strategy
        return {**draw(named), **draw(inner)}

    part = parts()
    return st.one_of(fields({"sum": entries(part)}, {"start": signed}), fields({"best": entries(part)}))


# --- conditions

fact_condition = st.one_of(
    fields({"fact": st.sampled_from(["canteen", "kind", "and"])}),
    fields({"fact": st.just("canteen"), "is": flag}),
    fields({"fact": st.just("kind"), "is": st.lists(st.sampled_from(["a", "b", "yes"]), min_size=1, max_size=2)}),
    st.builds(lambda name, value: {"fact": "people", name: value}, bound, quantity | signed),
)
conditions = st.recursive(
    fact_condition,
    lambda inner: st.one_of(
        fields({"all": st.lists(inner, min_size=1, max_size=3)}),
        fields({"any": st.lists(inner, min_size=1, max_size=3)}),
        fields({"not": inner}),
    ),
    max_leaves=5,
)
condition = st.deferred(lambda: conditions)
rules = st.recursive(st.one_of(yes_no, levels, measured), _combined, max_leaves=4)
rule = st.deferred(lambda: rules)

# --- entries

ancestor = fields({"key": part_key}, {"relation": st.sampled_from(["same", "reworded", "stricter", "split", "merged"])})
verify = st.lists(st.sampled_from(["document", "site", "survey"]), min_size=1, max_size=3, unique=True)
common = {
    "number": st.sampled_from(["1", "1.1", "1-1", "一"]),
    "evidence": text,
    "evidence_required": st.sampled_from(["never", "always", "scored", "full", "deducted", "not_applicable"]),
    "guidance": text,
    "sources": st.lists(st.sampled_from(["S1", "S-2"]), min_size=1, max_size=2, unique=True),
    "applies": condition,
    "from": st.lists(ancestor, min_size=1, max_size=2),
}
items = fields(
    {"text": text, "full": number, "scoring": text, "rule": rule, "verify": verify},
    {
        **common,
        "not_applicable": st.sampled_from(["reason", "never"]),
        "star": flag,
        "weight": number,
        "locked": flag,
    },
)
item = st.deferred(lambda: items)
gate = fields({"text": text, "verify": verify}, common)


def _group(inner: st.SearchStrategy[Fields] | None) -> st.SearchStrategy[Fields]:
    optional: Fields = {"number": st.just("一"), "full": number, "cap": number, "weight": number, "applies": condition}
    held: Fields = {"items": st.lists(item, min_size=1, max_size=2)}
    if inner is not None:
        held["groups"] = st.lists(inner, min_size=1, max_size=2)
    return fields({"text": text}, {**optional, **held, "locked": flag})


groups = _group(_group(_group(None)))
group = st.deferred(lambda: groups)
extra = fields(
    {"text": text, "cap": number, "items": st.lists(item, min_size=1, max_size=2)}, {"counts_for_pass": flag}
)
day = st.sampled_from(["2026-01-01", "2027-12-31"])
checklist = fields(
    {
        "format": st.just("wufei-checklist/1"),
        "key": st.just("WF-T"),
        "edition": st.sampled_from(["2026.1", "2026.10", "试行"]),
        "title": text,
        "category": fields(
            {"key": st.just("office"), "text": text, "code": st.just("JG")},
            {"subject": st.sampled_from(["site", "activity"])},
        ),
        "effective_from": day,
        "scoring": fields(
            {
                "not_applicable": st.sampled_from(["rescale", "scale_thresholds", "prorate", "full", "zero", "share"]),
                "grades": entries(
                    fields(
                        {"key": part_key, "text": text, "total_at_least": quantity},
                        {
                            "groups_at_least": quantity,
                            "group_exceptions": st.dictionaries(st.sampled_from(["A", "B"]), quantity, min_size=1),
                            "items_at_least": st.dictionaries(st.sampled_from(["A1", "B-1"]), quantity, min_size=1),
                        },
                    )
                ),
            },
            {
                "not_applicable_share": quantity,
                "not_applicable_at_most": quantity,
                "group_not_applicable": st.sampled_from(["met", "failed"]),
                "star_not_applicable": st.sampled_from(["met", "failed"]),
                "rounding": fields({"places": st.just("2")}, {"mode": st.sampled_from(["half_up", "down", "up"])}),
                "out_of": number,
                "columns": entries(fields({"key": part_key, "text": text, "weight": number})),
            },
        ),
        "groups": st.lists(group, min_size=1, max_size=3),
        "facts": st.just(
            [
                {"key": "canteen", "text": {"zh": "设有食堂", "en": "Has a canteen"}, "ask": "yes_no"},
                {"key": "people", "text": "人数", "ask": "number", "unit": "人", "formula": "a + 1"},
                {
                    "key": "kind",
                    "text": "类型",
                    "ask": "choice",
                    "options": [{"key": "a", "text": "甲"}, {"key": "b", "text": "乙"}],
                },
            ]
        ),
        "parameters": st.just(
            [
                {"key": "mark", "text": "通过线", "unit": "分", "value": "40"},
                {"key": "r-1", "text": "回收率", "value": "35", "phases": [{"from": "2027-01-01", "value": "37.5"}]},
            ]
        ),
        "sources": st.just(
            [{"key": "S1", "title": "某文件", "number": "某发〔2026〕1号"}, {"key": "S-2", "title": "另一个"}]
        ),
    },
    {
        "official": flag,
        "effective_until": day,
        "full": number,
        "notice": text,
        "gates": st.lists(gate, max_size=2),
        "bonus": extra,
        "deductions": extra.map(
            lambda entry: {name: value for name, value in entry.items() if name != "counts_for_pass"}
        ),
        "overlay": fields(
            {"extends": st.just("ab12"), "districts": st.just(["east"])}, {"added": st.just(["A1", "B"])}
        ),
    },
)


def keyed(data: Fields) -> Fields:
    """Give every gate, group and item a key of its own."""
    result, count = copy.deepcopy(data), 0

    def name(entry: Fields, letter: str) -> None:
        nonlocal count
        count += 1
        entry["key"] = f"{letter}{count}"

    def walk(holder: Fields) -> None:
        for one in holder.get("items", []):
            name(one, "T")
        for inner in holder.get("groups", []):
            name(inner, "A")
            walk(inner)

    for one in result.get("gates", []):
        name(one, "G")
    walk(result)
    for kind in ("bonus", "deductions"):
        if kind in result:
            name(result[kind], "X")
            walk(result[kind])
    return result


@st.composite
def checklists(draw: st.DrawFn) -> Fields:
    return keyed(draw(checklist))

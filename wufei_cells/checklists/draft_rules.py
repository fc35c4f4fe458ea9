"""Change what kind a rule is of, and keep everything of it that fits the new kind."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from wufei_cells.checklists.draft_entries import own_key
from wufei_cells.checklists.yaml_source import Data
from wufei_cells.domain.amounts import plain

Fields = dict[str, Data]

QUESTIONS = ("yes_no", "levels")
MEASURES = ("count", "amount", "share", "change", "ticks", "calculated")
COMBINATIONS = ("sum", "best")
KINDS = (*QUESTIONS, "count", "share", "amount", "change", "ticks", "calculated", *COMBINATIONS)
"""In the order in which they are offered."""
SCALES = ("bands", "line", "steps")
BOUNDS = ("at_least", "above", "at_most", "below")

_OWN = {*KINDS, *SCALES, "start"}
"""The fields that make up a rule; a part of a combination has others beside them (its key, its text)."""


def rule_in(fields: Data) -> Fields:
    """Give the rule among the fields of an item's rule or of a part."""
    return {name: value for name, value in fields.items() if name in _OWN} if isinstance(fields, dict) else {}


def kind_of(rule: Data) -> str:
    """Say what kind a rule is of; nothing for one that has not exactly one head."""
    heads = [kind for kind in KINDS if kind in rule and rule[kind] is not None] if isinstance(rule, dict) else []
    return heads[0] if len(heads) == 1 else ""


def scale_of(rule: Data) -> str:
    """Say which scale a measure is read on; nothing where there is not exactly one."""
    scales = [scale for scale in SCALES if scale in rule and rule[scale] is not None] if isinstance(rule, dict) else []
    return scales[0] if len(scales) == 1 else ""


def with_kind(fields: Data, kind: str, full: str) -> Fields:
    """Turn a rule into another kind; the fields beside it (of a part) stay.

    Args:
        fields: the rule, or the part that the rule stands in.
        kind: one of ``KINDS``.
        full: the points that a new rule is to give at most.
    """
    beside = {name: value for name, value in fields.items() if name not in _OWN} if isinstance(fields, dict) else {}
    rule = rule_in(fields)
    if kind_of(rule) == kind:
        return {**beside, **rule}
    return {**beside, **_turned(rule, kind, full)}


def with_scale(fields: Data, scale: str, full: str) -> Fields:
    """Read a measure on another scale; corners and bounds turn into each other."""
    own = dict(fields) if isinstance(fields, dict) else {}
    before = scale_of(own)
    kept = {name: value for name, value in own.items() if name not in SCALES}
    if before == scale:
        return {**kept, scale: own[scale]}
    if (before, scale) == ("bands", "line"):
        return {**kept, "line": _line_of(own["bands"], full)}
    if (before, scale) == ("line", "bands"):
        return {**kept, "bands": _bands_of(own["line"])}
    return {**kept, **_usual_scale(kind_of(own), scale, full)}


# --- kinds


def _turned(rule: Fields, kind: str, full: str) -> Fields:
    before = kind_of(rule)
    if kind in COMBINATIONS:
        return _combination(rule, before, kind, full)
    if before in COMBINATIONS:
        fitting = next((rule_in(part) for part in _entries(rule[before]) if kind_of(part) == kind), None)
        if fitting:
            return fitting
    if kind in MEASURES and before in MEASURES:
        return _measure_turned(rule, before, kind, full)
    if kind == "levels":
        return {"levels": _levels(rule, before, full)}
    if kind == "ticks":
        options = _options(rule, before)
        each = plain(_number(full) / len(options)) if _number(full) % len(options) == 0 else "1"
        return {"ticks": options, "steps": {"points": each}}
    return _usual(kind, full)


def _usual(kind: str, full: str) -> Fields:
    """Give a rule of a kind to begin with."""
    match kind:
        case "yes_no":
            return {"yes_no": full}
        case "count":
            return {"count": {}, "steps": {"points": "-1"}}
        case "calculated":
            inputs: list[Data] = [{"key": "a"}, {"key": "b"}]
            return {"calculated": {"inputs": inputs, "formula": "a / b * 100"}, **_usual_scale(kind, "bands", full)}
        case _:
            return {kind: {}, **_usual_scale(kind, "bands", full)}


def _usual_scale(kind: str, scale: str, full: str) -> Fields:
    if scale == "bands":
        return {"bands": [{"at_least": "90", "points": full}, {"points": "0"}]}
    if scale == "line":
        return {"line": [["0", "0"], ["100", full]]}
    return {"steps": {"points": "-1", "short_of": "90"} if kind == "share" else {"points": "1"}}


def _combination(rule: Fields, before: str, kind: str, full: str) -> Fields:
    if before in COMBINATIONS:
        start: Fields = {} if kind == "best" or "start" not in rule else {"start": rule["start"]}
        return {kind: rule[before], **start}
    if before == "ticks":
        points = _each(rule)
        return {kind: [{**option, "yes_no": points} for option in _mappings(rule["ticks"])]}
    first: Fields = {"key": "part1", **(rule if before else {"yes_no": full})}
    return {kind: [first, {"key": "part2", "yes_no": full if kind == "best" else "0"}]}


def _levels(rule: Fields, before: str, full: str) -> list[Data]:
    if before == "ticks":
        options = enumerate(_mappings(rule[before]))
        return [{**option, "points": full if index == 0 else "0"} for index, option in options]
    if before == "yes_no":
        yes, no = _outcomes(rule["yes_no"])
        return [{"key": "yes", **yes}, {"key": "no", **no}]
    half = plain((_number(full) / 2).quantize(Decimal(1)))
    return [{"key": "full", "points": full}, {"key": "partly", "points": half}, {"key": "none", "points": "0"}]


def _options(rule: Fields, before: str) -> list[Data]:
    known = _mappings(rule[before]) if before in ("levels", *COMBINATIONS) else []
    options: list[Data] = [{name: one[name] for name in ("key", "text") if name in one} for one in known]
    while len(options) < 2:
        options.append({"key": own_key(options, "option")})
    return options


def _outcomes(yes_no: Data) -> tuple[Fields, Fields]:
    """Give what yes and what no are worth, each written in full."""
    if not isinstance(yes_no, dict):
        return {"points": yes_no}, {"points": "0"}
    yes, no = (yes_no.get(name, "0") for name in ("yes", "no"))
    return outcome(yes), outcome(no)


def outcome(data: Data) -> Fields:
    """Write an outcome in full: its points, and what else follows from it."""
    return dict(data) if isinstance(data, dict) else {"points": data}


def _each(rule: Fields) -> Data:
    steps = rule.get("steps")
    return steps.get("points", "1") if isinstance(steps, dict) else "1"


# --- measures


def _measure_turned(rule: Fields, before: str, kind: str, full: str) -> Fields:
    """Measure something else on the same scale; the question and the unit stay."""
    scale = scale_of(rule)
    kept: Fields = {scale: rule[scale]} if scale else _usual_scale(kind, "bands", full)
    if kind == "ticks":
        return {"ticks": _options(rule, before), **kept}
    old = rule[before] if isinstance(rule[before], dict) else {}
    assert isinstance(old, dict)
    asked = next((old[name] for name in ("text", "part", "after") if name in old), None)
    unit: Fields = {"unit": old["unit"]} if "unit" in old else {}
    if kind == "calculated":
        inputs: list[Data] = [{"key": "a"}, {"key": "b"}]
        return {"calculated": {**_field("text", asked), **unit, "inputs": inputs, "formula": "a / b * 100"}, **kept}
    name = {"share": "part", "change": "after"}.get(kind, "text")
    second = {"share": ("whole", "before"), "change": ("before", "whole")}.get(kind, ())
    other = next((old[each] for each in second if each in old), None)
    measure = {**_field(name, asked), **(_field(second[0], other) if second else {}), **unit}
    return {kind: measure, **kept}


def _field(name: str, value: Data) -> Fields:
    return {} if value is None else {name: value}


# --- scales


def _line_of(bands: Data, full: str) -> list[Data]:
    """Join the steps of a ladder: each bound with its points becomes a corner."""
    corners: list[tuple[Decimal, Data]] = []
    for band in _mappings(bands):
        bound = next((band[name] for name in BOUNDS if name in band), None)
        if bound is not None and "points" in band:
            corners.append((_number(str(bound)), band["points"]))
    rising = sorted(dict(corners).items(), key=lambda corner: corner[0])
    if len(rising) < 2:
        rising = [(Decimal(0), "0"), (rising[0][0] if rising and rising[0][0] > 0 else Decimal(100), full)]
    return [[plain(x), y] for x, y in rising]


def _bands_of(line: Data) -> list[Data]:
    """Make a ladder of the corners, from the highest number down; below the lowest corner nothing is given."""
    corners = [corner for corner in _entries(line) if isinstance(corner, list) and len(corner) == 2]
    bands: list[Data] = [{"at_least": x, "points": y} for x, y in reversed(corners)]
    return [*bands, {"points": "0"}]


# --- plain data


def _entries(data: Data) -> list[Data]:
    return data if isinstance(data, list) else []


def _mappings(data: Data) -> list[Fields]:
    return [entry for entry in _entries(data) if isinstance(entry, dict)]


def _number(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:
        return Decimal(0)

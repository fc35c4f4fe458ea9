"""Rules as rows: one for each question or part, and rows below it for levels, options, inputs and bands."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from wufei_cells.checklists.defaults import rule_without_defaults
from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.workbooks.authoring.cell_forms import CellForms
from wufei_cells.workbooks.authoring.entity_rows import Row, entity_row, fits_cell, list_of_fields
from wufei_cells.workbooks.authoring.scale_text import COMPARISONS, QUANTITY, Fields
from wufei_cells.workbooks.authoring.sheets import COMBINATIONS, HEADS, MEASURES, RULES, SheetColumn

ASKED: Mapping[str, tuple[str, ...]] = {
    "count": ("text",),
    "amount": ("text",),
    "share": ("part", "whole"),
    "change": ("before", "after"),
    "calculated": ("text",),
}
"""What a measure asks, in the order of the columns."""
SETTINGS: Mapping[str, Mapping[str, str]] = {
    "count": {"at_most": "most"},
    "share": {"smallest_whole": "sample", "may_exceed": "may_exceed"},
    "change": {"relative": "difference"},
    "sum": {"start": "start"},
}
"""Fields that are written as phrases, with the word of each."""
FIXED = {"may_exceed": "yes", "relative": "no"}
"""What the phrase of a field means that has no number."""
DETAIL_OF = {"levels": "level", "ticks": "option", "calculated": "input"}


def column(name: str, *path: str) -> SheetColumn:
    """A column of the sheet of rules, for a field at this path."""
    return replace(RULES.column(name), path=path)


def head_columns(kind: str) -> list[SheetColumn]:
    """Where the fields of a rule stand in its own row."""
    columns = [
        column(f"{name}_{language}", kind, asked, language)
        for name, asked in zip(("asked", "asked_too"), ASKED.get(kind, ()), strict=False)
        for language in ("zh", "en")
    ]
    if kind in ASKED:
        columns += [column("unit_zh", kind, "unit", "zh"), column("unit_en", kind, "unit", "en")]
    if kind == "calculated":
        columns.append(column("formula", kind, "formula"))
    if kind == "yes_no":
        columns += [column("points", kind, "yes", "points"), column("effect", kind, "yes", "effect")]
    return columns


def part_columns() -> list[SheetColumn]:
    """Where the name of a part, and when it applies, stand in the row of its rule."""
    return [column("name_zh", "text", "zh"), column("name_en", "text", "en"), column("applies", "applies")]


def detail_columns(kind: str) -> list[SheetColumn]:
    """Where the fields of a row below stand."""
    names = [column("detail_key", "key"), column("name_zh", "text", "zh"), column("name_en", "text", "en")]
    outcome = [column("points", "points"), column("effect", "effect")]
    return {
        "level": [*names, *outcome, column("lowest", "lowest")],
        "option": names,
        "input": [*names, column("unit_zh", "unit", "zh"), column("unit_en", "unit", "en")],
        "no": outcome,
        "band": outcome,
    }[kind]


class RuleRows:
    """Writes rules."""

    def __init__(self, forms: CellForms) -> None:
        self._forms = forms
        self._words = forms.words

    def rows(self, rule: Data, item: str) -> list[Row]:
        """Write the rule of an item; no rows where its shape is none that rows can show."""
        tidied = rule_without_defaults(rule)
        return list(self._node(tidied, item, (), {})) if isinstance(tidied, dict) and _has_shape(tidied) else []

    def _node(self, rule: Fields, item: str, part: Path, named: Fields) -> Iterator[Row]:
        """Write a rule: take from it what has rows or phrases of its own, then write what is left in its row."""
        kind = next(name for name in HEADS if name in rule)
        rest: Fields = copy.deepcopy(rule)
        if kind == "yes_no":
            rest["yes_no"] = _spelled_out(rest["yes_no"])
        phrases = {"settings": self._take_settings(rest, kind), "scale": self._take_scale(rest)}
        below = [*self._take_details(rest, kind), *self._take_bands(rest, kind)]
        parts = list_of_fields(rest.pop(kind)) or [] if kind in COMBINATIONS else []
        place = {"item": item, "part": "/".join(map(str, part)), "rule_kind": self._words.say(f"rule.{kind}")}
        row = {**place, **entity_row(self._forms, [*part_columns(), *head_columns(kind)], {**named, **rest})}
        yield row | {name: text for name, text in phrases.items() if text}
        for detail, cells in below:
            yield {**place, "rule_kind": self._words.say(f"rule.{detail}"), **cells}
        for entry in parts:
            yield from self._part(entry, item, part)

    def _part(self, entry: Fields, item: str, part: Path) -> Iterator[Row]:
        rule = {name: value for name, value in entry.items() if name not in _PART_FIELDS}
        named = {name: entry[name] for name in ("text", "applies") if name in entry}
        yield from self._node(rule, item, (*part, str(entry["key"])), named)

    def _take_scale(self, rest: Fields) -> str:
        """Write a line or steps as words, and take them out of the rule."""
        held = {name: rest[name] for name in ("line", "steps") if name in rest}
        text = self._forms.scales.scale(held) or ""
        for name in held if text else ():
            del rest[name]
        return text

    def _take_details(self, rest: Fields, kind: str) -> Iterator[tuple[str, Row]]:
        """Write levels, options and inputs, or the points for no."""
        if kind == "yes_no" and isinstance(rest["yes_no"], dict):
            no = rest["yes_no"].pop("no", None)
            if isinstance(no, dict):
                yield "no", entity_row(self._forms, detail_columns("no"), no)
        if detail := DETAIL_OF.get(kind):
            holder = rest["calculated"] if kind == "calculated" else rest
            entries = holder.pop("inputs" if kind == "calculated" else kind, None) if isinstance(holder, dict) else None
            for entry in list_of_fields(entries) or []:
                yield detail, entity_row(self._forms, detail_columns(detail), entry)

    def _take_bands(self, rest: Fields, kind: str) -> Iterator[tuple[str, Row]]:
        bands = list_of_fields(rest.get("bands")) if kind in MEASURES else None
        if bands is None:
            return
        del rest["bands"]
        for band in bands:
            own = dict(band)
            bound = self._forms.scales.bound(band) or ""
            for name in COMPARISONS if bound else ():
                own.pop(name, None)
            row = {"bound": bound, "scale": self._take_scale(own)}
            yield "band", {**row, **entity_row(self._forms, detail_columns("band"), own)}

    def _take_settings(self, rest: Fields, kind: str) -> str:
        """Write the fields that are phrases, and take them out of the rule."""
        holder = rest if kind == "sum" else rest.get(kind)
        phrases: list[str] = []
        if not isinstance(holder, dict):
            return ""
        for name, word in SETTINGS.get(kind, {}).items():
            value, fixed = holder.get(name), FIXED.get(name)
            if isinstance(value, str) and (value == fixed if fixed else re.fullmatch(QUANTITY, value)):
                say = self._words.say
                phrases.append(say(f"word.{word}") if fixed else f"{say(f'word.{word}')} {value}")
                del holder[name]
        return self._words.part_mark.join(phrases)


_PART_FIELDS = ("key", "text", "applies")


def _spelled_out(data: Data) -> Data:
    """``5`` is ``{yes: {points: 5}}``."""
    if not isinstance(data, dict):
        return {"yes": {"points": data}}
    return {name: value if isinstance(value, dict) else {"points": value} for name, value in data.items()}


def _has_shape(rule: Fields) -> bool:
    """Whether a rule has one head and lists where lists belong, at every depth."""
    heads = [name for name in HEADS if name in rule]
    if len(heads) != 1:
        return False
    kind = heads[0]
    value = rule[kind]
    if kind == "yes_no":
        return isinstance(value, str) or (isinstance(value, dict) and "yes" in value and set(value) <= {"yes", "no"})
    if kind in COMBINATIONS:
        return all(_is_part(entry) for entry in list_of_fields(value) or [{}])
    if kind in ("levels", "ticks"):
        return list_of_fields(value) is not None
    inputs = value.get("inputs") if isinstance(value, dict) else None
    return isinstance(value, dict) and (kind != "calculated" or list_of_fields(inputs) is not None)


def _is_part(entry: Fields) -> bool:
    key = entry.get("key")
    if not isinstance(key, str) or "/" in key or not fits_cell(key):
        return False
    return _has_shape({name: value for name, value in entry.items() if name not in _PART_FIELDS})

"""A whole checklist as rows of the authoring workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from wufei_cells.checklists.defaults import rule_without_defaults, without_defaults
from wufei_cells.checklists.yaml_source import Data
from wufei_cells.workbooks.authoring.cell_forms import CellForms, braces
from wufei_cells.workbooks.authoring.condition_text import Names
from wufei_cells.workbooks.authoring.entity_rows import Fields, Row, entity_row, list_of_fields
from wufei_cells.workbooks.authoring.exported_keys import exported_row
from wufei_cells.workbooks.authoring.rule_reading import rule_from_rows
from wufei_cells.workbooks.authoring.rule_rows import RuleRows
from wufei_cells.workbooks.authoring.sheets import (
    BASICS,
    COLUMNS,
    ENTRIES,
    FACTS,
    GRADES,
    HIDDEN,
    PARAMETERS,
    SOURCES,
    SheetPlan,
)
from wufei_cells.workbooks.vocabulary import Vocabulary, folded

FORMAT = "wufei-checklist/1"


@dataclass(frozen=True, slots=True)
class ChecklistRows:
    """The rows of every sheet, by its name."""

    basics: Row
    sheets: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])


def checklist_rows(data: Data, words: Vocabulary) -> ChecklistRows:
    """Write a checklist, finished or not, as rows."""
    tidied = without_defaults(data)
    return _Writer(tidied if isinstance(tidied, dict) else {}, words).rows()


def names_of(checklist: Fields) -> Names:
    """Collect what facts, options, parameters and sources are called, where that is clear."""
    facts = list_of_fields(checklist.get("facts")) or []
    options = [option for fact in facts for option in list_of_fields(fact.get("options")) or []]
    parameters = list_of_fields(checklist.get("parameters")) or []
    sources = list_of_fields(checklist.get("sources")) or []
    by_name = {folded(name): key for name, key in _clear_names(parameters, "text").items()}
    by_title = {folded(name): key for name, key in _clear_names(sources, "title").items()}
    return Names(_clear_names(facts, "text"), _clear_names(options, "text"), by_name, by_title)


def _clear_names(entries: Iterable[Fields], field_name: str) -> dict[str, str]:
    """Give the texts that stand for one key only; keys themselves need no entry."""
    meant: dict[str, set[str]] = {}
    for entry in entries:
        key, text = entry.get("key"), entry.get(field_name)
        for name in text.values() if isinstance(text, dict) else [text]:
            if isinstance(key, str) and isinstance(name, str) and name.strip():
                meant.setdefault(name.strip(), set()).add(key)
    return {name: keys.pop() for name, keys in meant.items() if len(keys) == 1}


class _Writer:
    """Takes a checklist apart, sheet by sheet; what no sheet can show is written with the basics."""

    def __init__(self, data: Fields, words: Vocabulary) -> None:
        self._data = dict(data)
        self._words = words
        self._forms = CellForms(words, names_of(data))
        self._rule_rows = RuleRows(self._forms)
        self._rules: list[Row] = []
        self._entries: list[Row] = []
        self._exported: list[Row] = []
        self._item_keys: Counter[str] = Counter()

    def rows(self) -> ChecklistRows:
        """Write everything."""
        if self._data.get("format") == FORMAT:
            del self._data["format"]
        self._count_keys(self._data)
        scoring = self._data.get("scoring")
        scoring = dict(scoring) if isinstance(scoring, dict) else {}
        sheets = {
            "grades": self._list(GRADES, scoring, "grades"),
            "facts": list(self._with_rows_below(FACTS, "facts", "options")),
            "parameters": list(self._with_rows_below(PARAMETERS, "parameters", "phases")),
            "sources": self._list(SOURCES, self._data, "sources"),
            "columns": self._list(COLUMNS, scoring, "columns"),
        }
        if isinstance(self._data.get("scoring"), dict):
            self._data["scoring"] = scoring
        for gate in self._taken("gates"):
            self._entry("gate", gate)
        for group in self._taken("groups"):
            self._group(group, 1, "group")
        for kind in ("bonus", "deductions"):
            self._extra(kind)
        basics = entity_row(self._forms, BASICS.columns, self._data)
        for name in ("grades", "facts", "sources", "columns"):
            self._exported += [exported_row(name, row) for row in sheets[name]]
        exported = [row for row in self._exported if row]
        return ChecklistRows(basics, {"entries": self._entries, "rules": self._rules, "exported": exported, **sheets})

    def _taken(self, name: str) -> list[Fields]:
        """Take a list out of the checklist, where rows can show it."""
        entries = list_of_fields(self._data.get(name))
        if entries is not None:
            del self._data[name]
        return entries or []

    def _list(self, plan: SheetPlan, holder: Fields, name: str) -> list[Row]:
        entries = list_of_fields(holder.get(name))
        if entries is not None:
            del holder[name]
        return [entity_row(self._forms, plan.columns, entry) for entry in entries or []]

    def _with_rows_below(self, plan: SheetPlan, name: str, below: str) -> Iterator[Row]:
        """Facts with their options, parameters with their phases."""
        for entry in self._taken(name):
            inner = list_of_fields(entry.get(below)) or []
            yield entity_row(self._forms, plan.columns, entry, [below] if inner else [])
            for one in inner:
                row = entity_row(self._forms, plan.columns, one)
                yield {**row, "ask": self._words.say("ask.option")} if name == "facts" else row

    # --- entries

    def _count_keys(self, data: Data) -> None:
        if isinstance(data, dict):
            if "rule" in data:
                self._item_keys[str(data.get("key"))] += 1
            for value in data.values():
                self._count_keys(value)
        elif isinstance(data, list):
            for entry in data:
                self._count_keys(entry)

    def _entry(self, kind: str, entry: Fields, elsewhere: Iterable[str] = (), **more: str) -> None:
        row = entity_row(self._forms, ENTRIES.columns, entry, elsewhere)
        known = {HIDDEN: row["key"]} if "key" in row else {}
        self._entries.append({"kind": self._words.say(f"entry.{kind}"), **more, **row, **known})
        self._exported.append(exported_row(kind, row))

    def _group(self, group: Fields, level: int, kind: str, elsewhere: Iterable[str] = ()) -> None:
        items, groups = (list_of_fields(group.get(name)) for name in ("items", "groups"))
        shown = [name for name, held in (("items", items), ("groups", groups)) if held is not None]
        self._entry(kind, group, [*shown, *elsewhere], level=str(level))
        for item in items or []:
            rule = self._rule(item)
            self._entry("item", item, ["rule"] if rule else [], **({"rule": rule} if rule else {}))
        for inner in groups or []:
            self._group(inner, level + 1, "group")

    def _extra(self, kind: str) -> None:
        """Bonus or deductions: a group whose own settings stand with the basics."""
        extra = self._data.get(kind)
        if not isinstance(extra, dict) or not set(extra) - {"counts_for_pass"}:
            return
        own = [name for name in ("counts_for_pass",) if kind == "bonus" and name in extra]
        self._group(extra, 1, kind, own)
        self._data[kind] = {name: extra[name] for name in own}

    def _rule(self, item: Fields) -> str:
        """Write the rule of an item: in a cell, or in rows of their own, or in braces."""
        rule = rule_without_defaults(item.get("rule"))
        if not rule:
            return ""
        if short := self._forms.rules.written(rule, item.get("text", ""), str(item.get("full", ""))):
            return short
        key = item.get("key")
        if isinstance(key, str) and self._item_keys[key] == 1 and isinstance(rule, dict):
            rows = self._rule_rows.rows(rule, key)
            if rows and rule_without_defaults(rule_from_rows(self._forms, rows, item)) == rule:
                self._rules += rows
                return self._words.say("word.see_rules", sheet=self._words.say("sheet.rules"))
        return braces(rule) if isinstance(rule, (dict, list)) else ""

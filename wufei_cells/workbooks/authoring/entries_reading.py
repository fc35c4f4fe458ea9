"""Read the sheet of items: gates, groups within groups, items, bonus and deductions, in printed order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.workbooks.authoring.cell_forms import CellForms, clean_key, in_braces
from wufei_cells.workbooks.authoring.condition_text import SheetTextError
from wufei_cells.workbooks.authoring.entity_reading import EntityReader, Fields
from wufei_cells.workbooks.authoring.exported_keys import ExportedKeys, KeyedLine, beyond
from wufei_cells.workbooks.authoring.rule_reading import RuleHolder
from wufei_cells.workbooks.authoring.sheets import ENTRIES, ENTRY_KINDS, HIDDEN
from wufei_cells.workbooks.sheet_source import Line, Notes, Spot
from wufei_cells.workbooks.vocabulary import folded

_GATE, _BONUS, _DEDUCTIONS, _NAMELESS = "G", "X", "Y", "I"
_SOMEWHERE: Path = ("groups", "groups")
"""Where a row belongs that could not be placed: totals and names may rest on it, so no more is said of them."""


@dataclass(slots=True)
class _OpenGroup:
    """A group that the rows below may belong to."""

    data: Fields
    path: Path
    line: Line


class EntriesReader:
    """Reads rows from top to bottom; an item belongs to the group that was opened last."""

    def __init__(self, forms: CellForms, notes: Notes, lines: Iterable[Line], exported: ExportedKeys) -> None:
        self._forms = forms
        self._words = forms.words
        self._notes = notes
        self._entities = EntityReader(forms, notes)
        self._lines = list(lines)
        self.written_keys = {clean_key(line.text("key")) for line in self._lines} - {""}
        hidden = {clean_key(line.text(HIDDEN)) for line in self._lines} - {""}
        self._used = self.written_keys | hidden | exported.keys(ENTRY_KINDS)
        self._exported = exported
        self._regained: dict[Spot, str] = {}
        self._open: list[_OpenGroup] = []
        self._see = {folded(word) for word in self._words.spellings("word.see_rules")}
        self.data: dict[str, Data] = {}
        self.holders: dict[str, RuleHolder] = {}
        self.rule_cells: dict[Path, Line] = {}
        """Items whose rule is written in their row."""
        self.promised: dict[Path, Line] = {}
        """Items that refer to the sheet of rules."""
        self.made_keys: list[tuple[Line, str]] = []
        self.regained_keys: list[tuple[Line, str]] = []
        """Rows that lost their key, and the one that they had when the workbook was written."""

    def read(self) -> None:
        """Read all rows."""
        rows = [KeyedLine(self._kind(line), line) for line in self._lines]
        self._regained = {rows[place].line.start: key for place, key in self._exported.regained(rows).items()}
        for kind, line in ((row.kind, row.line) for row in rows):
            if kind not in ("", "item") and "rule" in line.cells:
                spot = line.spot("rule")
                self._notes.trouble(spot, "authoring.sheet_unknown_field", field=spot.head)
            if kind == "gate":
                self._gate(line)
            elif kind == "group":
                self._group(line)
            elif kind == "item":
                self._item(line)
            elif kind:
                self._extra(line, kind)

    def _kind(self, line: Line) -> str:
        written = line.text("kind")
        if not written:
            if {"full", "rule", "scoring_zh", "scoring_en"} & set(line.cells):
                return "item"
            self._notes.caution(line.start, "authoring.row_passed_over")
            return ""
        kind = self._words.meaning("entry", ENTRY_KINDS, written)
        if kind is None:
            allowed = self._words.list_mark.join(self._words.choices("entry", ENTRY_KINDS))
            self._notes.problem(_SOMEWHERE, line.spot("kind"), "authoring.word", found=written[:40], allowed=allowed)
        return kind or ""

    def _gate(self, line: Line) -> None:
        gates = self._list(self.data, "gates")
        gates.append(self._entity(line, ("gates", len(gates)), _GATE, 1))

    def _group(self, line: Line) -> None:
        level = self._level(line)
        if level > len(self._open) + 1:
            self._notes.problem(_SOMEWHERE, line.spot("level"), "authoring.level_jump", level=level)
        del self._open[level - 1 :]
        parent = self._open[-1] if self._open else None
        groups = self._list(parent.data if parent else self.data, "groups")
        path: Path = (*(parent.path if parent else ()), "groups", len(groups))
        prefix = f"{parent.data.get('key', _NAMELESS)}-" if parent else ""
        group = self._entity(line, path, prefix, len(groups) + 1)
        groups.append(group)
        self._open.append(_OpenGroup(group, path, line))

    def _level(self, line: Line) -> int:
        written = self._forms.quantity(line.text("level"), named=False)
        if not written:
            return 1
        if not written.isdigit() or not 1 <= int(written[:3]) <= 9:
            self._notes.problem(_SOMEWHERE, line.spot("level"), "authoring.level", found=written[:40])
            return 1
        return int(written)

    def _extra(self, line: Line, kind: str) -> None:
        if kind in self.data:
            self._notes.problem(_SOMEWHERE, line.spot("kind"), "authoring.second_extra", kind=line.text("kind"))
        group = self._entity(line, (kind,), _BONUS if kind == "bonus" else _DEDUCTIONS, 0)
        self.data.setdefault(kind, group)
        self._open = [_OpenGroup(group, (kind,), line)]

    def _item(self, line: Line) -> None:
        if not self._open:
            self._notes.problem(_SOMEWHERE, line.spot("kind"), "authoring.item_without_group")
            return
        parent = self._open[-1]
        items = self._list(parent.data, "items")
        path: Path = (*parent.path, "items", len(items))
        item = self._entity(line, path, str(parent.data.get("key", _NAMELESS)), len(items) + 1)
        items.append(item)
        self._rule(line, item, path)
        if isinstance(key := item.get("key"), str):
            self.holders.setdefault(key, RuleHolder(path, item))

    def _rule(self, line: Line, item: Fields, path: Path) -> None:
        here, spot, cell = (*path, "rule"), line.spot("rule"), line.cells.get("rule")
        self._notes.spots[here] = spot
        if cell is None or not self._entities.readable(cell, here, spot):
            return
        text = cell.text.strip()
        if folded(text) in self._see:
            self.promised[path] = line
            return
        self.rule_cells[path] = line
        try:
            is_file_form = text.startswith(("{", "["))
            full = str(item.get("full", ""))
            item["rule"] = in_braces(text) if is_file_form else self._forms.rules.read(text, item.get("text", ""), full)
        except SheetTextError as error:
            self._notes.problem(here, spot, error.code, **error.values)
            item["rule"] = text

    def _entity(self, line: Line, path: Path, prefix: str, number: int) -> Fields:
        entity = self._entities.entity(ENTRIES.columns, line, path)
        if "key" in entity:
            return entity
        key = self._regained.get(line.start, "")
        if key:
            self.regained_keys.append((line, key))
        else:
            key = self._free_key(prefix, number)
            self._used.add(key)
            self.made_keys.append((line, key))
        return {"key": key, **entity}

    def _free_key(self, prefix: str, number: int) -> str:
        """Name something that has no key: A, B for groups, A1, A2 for what is in them; no key is used again."""
        if prefix and number:
            number = beyond(prefix, number, self._used)
        while True:
            key = f"{prefix}{number or ''}" if prefix else _capital(number)
            if key not in self._used:
                return key
            number += 1

    @staticmethod
    def _list(holder: Fields, name: str) -> list[Data]:
        entries = holder.setdefault(name, [])
        if not isinstance(entries, list):  # braces beside the row said something else
            entries = holder[name] = []
        return entries


def _capital(number: int) -> str:
    """A to Z, then A1 to Z1, and so on."""
    return f"{chr(64 + (number - 1) % 26 + 1)}{(number - 1) // 26 or ''}"

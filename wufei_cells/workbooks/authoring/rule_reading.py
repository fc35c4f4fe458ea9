"""Read the sheet of rules: rows for questions and parts, with rows for their details below them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.workbooks.authoring.cell_forms import CellForms, clean_key
from wufei_cells.workbooks.authoring.condition_text import SheetTextError
from wufei_cells.workbooks.authoring.entity_reading import EntityReader, Fields, merged
from wufei_cells.workbooks.authoring.rule_rows import (
    ASKED,
    DETAIL_OF,
    FIXED,
    SETTINGS,
    detail_columns,
    head_columns,
    part_columns,
)
from wufei_cells.workbooks.authoring.rule_text import letter
from wufei_cells.workbooks.authoring.scale_text import QUANTITY
from wufei_cells.workbooks.authoring.sheets import COMBINATIONS, DETAILS, HEADS, MEASURES
from wufei_cells.workbooks.reading.cells import Cell
from wufei_cells.workbooks.sheet_source import Line, Notes, Spot
from wufei_cells.workbooks.vocabulary import simple

_NOWHERE = Spot(0, "", 0, 0)


@dataclass(frozen=True, slots=True)
class RuleHolder:
    """An item that a rule is for."""

    path: Path
    item: Fields


@dataclass(slots=True)
class _Node:
    """A rule that rows may still add to."""

    kind: str
    path: Path
    data: Fields
    line: Line


@dataclass(slots=True)
class _ItemRules:
    """The rules of one item, by the path of the part."""

    nodes: dict[tuple[str, ...], _Node] = field(default_factory=dict[tuple[str, ...], _Node])
    last: _Node | None = None


class RuleSheetReader:
    """Reads rules for items that are known already."""

    def __init__(
        self, forms: CellForms, notes: Notes, items: Mapping[str, RuleHolder], told_already: Iterable[str] = ()
    ) -> None:
        """Take the items that rules are for, and the keys of rows that could not be read as items."""
        self._strangers = set(told_already)
        self._forms = forms
        self._words = forms.words
        self._notes = notes
        self._entities = EntityReader(forms, notes)
        self._items = items
        self._rules: dict[str, _ItemRules] = {}
        self.named_for_them: list[Line] = []
        """Rows that had no key of their own."""
        some = self._words.pattern
        self._phrases = {
            name: re.compile(some(word) if name in FIXED else rf"(?:{some(word)})\s*({QUANTITY}).*", re.IGNORECASE)
            for words in SETTINGS.values()
            for name, word in words.items()
        }

    def read(self, lines: Iterable[Line]) -> dict[str, Data]:
        """Read all rows; give the rules by the key of their item."""
        item = ""
        for line in lines:
            item = clean_key(line.text("item")) or item
            self._row(line, item)
        for rules in self._rules.values():
            for node in rules.nodes.values():
                self._finish(node)
        return {item: rules.nodes[()].data for item, rules in self._rules.items() if () in rules.nodes}

    def _row(self, line: Line, item: str) -> None:
        written = line.text("rule_kind")
        kind = self._words.meaning("rule", (*HEADS, *DETAILS), written)
        if not written:
            self._notes.caution(line.spot("rule_kind"), "authoring.row_passed_over")
        elif kind is None:
            allowed = self._words.list_mark.join(self._words.choices("rule", (*HEADS, *DETAILS)))
            self._notes.trouble(line.spot("rule_kind"), "authoring.word", found=written[:40], allowed=allowed)
        elif item not in self._items:
            self._unknown(line, item)
        elif kind in HEADS:
            self._head(line, kind, item)
        else:
            self._detail(line, kind, item)

    def _unknown(self, line: Line, item: str) -> None:
        """Say once that there is no such item."""
        if item not in self._strangers:
            self._notes.trouble(line.spot("item"), "authoring.unknown_item", item=item[:40])
            self._strangers.add(item)

    # --- questions, measures, combinations

    def _head(self, line: Line, kind: str, item: str) -> None:
        rules = self._rules.setdefault(item, _ItemRules())
        part = _part(line)
        root = rules.nodes.get(())
        root_path: Path = (*self._items[item].path, "rule")
        if part and root is None:  # parts without a row that puts them together add up
            root = rules.nodes[()] = _Node("sum", root_path, {"sum": []}, line)
            self._notes.spots[root_path] = line.start
        if not part and root is None:
            node = self._node(line, kind, root_path, item, {})
        elif not part and root is not None and root.kind not in COMBINATIONS:
            self._notes.trouble(line.spot("rule_kind"), "authoring.two_rules", item=item)
            return
        else:
            part = part or (self._free_letter(root.data[root.kind] if root else [], line),)
            parent = rules.nodes.get(part[:-1])
            if parent is None or parent.kind not in COMBINATIONS:
                part_above = "/".join(part[:-1])
                code = "authoring.no_such_part" if part_above else "authoring.two_rules"
                self._notes.trouble(line.spot("part"), code, part=part_above, item=item)
                return
            node = self._part_node(line, kind, parent, part, item)
        rules.nodes[part] = rules.last = node

    def _part_node(self, line: Line, kind: str, parent: _Node, part: tuple[str, ...], item: str) -> _Node:
        entries = parent.data[parent.kind]
        assert isinstance(entries, list)
        path = (*parent.path, parent.kind, len(entries))
        node = self._node(line, kind, path, item, {"key": part[-1]})
        self._notes.spots[*path, "key"] = line.spot("part")
        entries.append(node.data)
        return node

    def _node(self, line: Line, kind: str, path: Path, item: str, lead: Fields) -> _Node:
        is_part = bool(lead)
        columns = [*(part_columns() if is_part else ()), *head_columns(kind)]
        own = self._entities.entity(columns, line, path)
        full = str(self._items[item].item.get("full", ""))
        data = merged({**lead, **own}, self._scale(line, path, full))
        data = merged(data, self._settings(line, path, kind))
        if kind in ("levels", "ticks", *COMBINATIONS):
            data.setdefault(kind, [])
        else:
            data.setdefault(kind, {"yes": {}} if kind == "yes_no" else {})
        name = data.get("text") if is_part else self._items[item].item.get("text")
        measure = data[kind]
        if ASKED.get(kind) == ("text",) and isinstance(measure, dict) and name:
            measure.setdefault("text", name)  # what is counted need not be said twice
        if kind == "calculated" and isinstance(measure, dict):
            measure.setdefault("inputs", [])
        return _Node(kind, path, data, line)

    def _scale(self, line: Line, path: Path, full: str) -> Fields:
        cell = line.cells.get("scale")
        spot = line.spot("scale")
        for name in ("bands", "line", "steps"):
            self._notes.spots[*path, name] = spot
        if cell is None or not self._entities.readable(cell, path, spot):
            return {}
        try:
            return self._forms.scales.read(cell.text, full)
        except SheetTextError as error:
            self._notes.problem(path, spot, error.code, **error.values)
            return {"line": []}

    def _settings(self, line: Line, path: Path, kind: str) -> Fields:
        known = SETTINGS.get(kind, {})
        found: Fields = {}
        for piece in re.split(r"[;,、\n]", simple(line.text("settings"))):
            matches = {name: match for name in known if (match := self._phrases[name].fullmatch(piece.strip()))}
            for name, match in matches.items():
                found[name] = FIXED.get(name) or match[1]
            if piece.strip() and not matches:
                spot = line.spot("settings")
                self._notes.problem((*path, "settings"), spot, "authoring.settings", found=piece.strip()[:40])
        for name in known:
            here = (*path, name) if kind == "sum" else (*path, kind, name)
            self._notes.spots[here] = line.spot("settings")
        return found if kind == "sum" else {kind: dict(found)} if found else {}

    # --- levels, options, inputs, bands

    def _detail(self, line: Line, kind: str, item: str) -> None:
        rules = self._rules.get(item)
        part = _part(line)
        node = (rules.nodes.get(part) if part else None) or rules.last if rules else None
        if node is None or not _takes(node.kind, kind):
            self._notes.trouble(line.spot("rule_kind"), "authoring.misplaced", found=line.text("rule_kind")[:40])
        elif kind in ("yes", "no"):
            answers = node.data["yes_no"]
            if isinstance(answers, dict):
                answers[kind] = self._entities.entity(detail_columns("no"), line, (*node.path, "yes_no", kind))
        elif kind == "band":
            bands = node.data.setdefault("bands", [])
            if isinstance(bands, list):
                bands.append(self._band(line, (*node.path, "bands", len(bands))))
        else:
            self._named_detail(line, kind, node)

    def _named_detail(self, line: Line, kind: str, node: _Node) -> None:
        holder, path = node.data, (*node.path, node.kind)
        if node.kind == "calculated" and isinstance(inner := node.data["calculated"], dict):
            holder, path = inner, (*path, "inputs")
        entries = holder.setdefault(str(path[-1]), [])
        if not isinstance(entries, list):
            return
        entity = self._entities.entity(detail_columns(kind), line, (*path, len(entries)))
        if "key" not in entity:
            entity = {"key": self._free_letter(entries, line), **entity}
        entries.append(entity)

    def _band(self, line: Line, path: Path) -> Fields:
        band = self._entities.entity(detail_columns("band"), line, path)
        cell = line.cells.get("bound")
        try:
            band |= self._forms.scales.read_bound(cell.text) if cell else {}
        except SheetTextError as error:
            self._notes.problem(path, line.spot("bound"), error.code, **error.values)
        if "scale" in line.cells:
            band |= self._scale(line, path, "")
        return band

    def _free_letter(self, entries: Data, line: Line) -> str:
        """Name something that has no key yet."""
        self.named_for_them.append(line)
        known = entries if isinstance(entries, list) else []
        used = {str(entry.get("key")) for entry in known if isinstance(entry, dict)}
        return next(name for place in range(len(used) + 1) if (name := letter(place)) not in used)

    def _finish(self, node: _Node) -> None:
        if node.kind in MEASURES and not {"bands", "line", "steps"} & set(node.data):
            self._notes.problem(node.path, node.line.spot("scale"), "authoring.no_scale")


def rule_from_rows(forms: CellForms, rows: Iterable[Mapping[str, str]], holder: Fields) -> Data:
    """Read the rows of one item's rule, to see whether they say what they should."""
    notes = Notes(forms.words)
    lines = [Line({}, {name: Cell(text, 1, 1) for name, text in row.items() if text}, _NOWHERE) for row in rows]
    item = lines[0].text("item") if lines else ""
    rules = RuleSheetReader(forms, notes, {item: RuleHolder((), holder)}).read(lines)
    return None if notes.problems else rules.get(item)


def _part(line: Line) -> tuple[str, ...]:
    written = unicodedata.normalize("NFKC", line.text("part"))
    return tuple(piece.strip() for piece in written.split("/") if piece.strip())


def _takes(kind: str, detail: str) -> bool:
    """Whether a detail belongs to a kind of rule."""
    if detail in ("yes", "no"):
        return kind == "yes_no"
    return kind in MEASURES if detail == "band" else DETAIL_OF.get(kind) == detail

"""Read a checklist that was written in Excel, WPS or LibreOffice, with the cell of every part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.workbooks.authoring.cell_forms import CellForms, clean_key
from wufei_cells.workbooks.authoring.condition_text import Names
from wufei_cells.workbooks.authoring.entity_reading import EntityReader, Fields, merged
from wufei_cells.workbooks.authoring.entries_reading import EntriesReader
from wufei_cells.workbooks.authoring.exported_keys import ExportedKeys, KeyedLine, beyond
from wufei_cells.workbooks.authoring.rows import FORMAT, names_of
from wufei_cells.workbooks.authoring.rule_reading import RuleSheetReader
from wufei_cells.workbooks.authoring.sheets import (
    BASICS,
    COLUMNS,
    ENTRIES,
    EXPORTED,
    FACTS,
    GRADES,
    PARAMETERS,
    RULES,
    SOURCES,
    SheetPlan,
)
from wufei_cells.workbooks.reading.cells import SheetCells
from wufei_cells.workbooks.reading.limits import Limits
from wufei_cells.workbooks.reading.workbook import read_workbook
from wufei_cells.workbooks.sheet_source import Line, Notes, SheetSource, Spot, source_of
from wufei_cells.workbooks.table_finding import FoundSheet, Table, basics_line, find_sheets
from wufei_cells.workbooks.vocabulary import Vocabulary

if TYPE_CHECKING:
    from wufei_cells.wording import Wording

_LIMITS = Limits(file=20_000_000, content=40_000_000, text=2_000_000, marks=4_000_000, cells=100_000)
"""No checklist is larger: what is, was taken by mistake."""
_PREFIXES = {"facts": "f", "sources": "S", "grades": "g", "columns": "c"}
"""How keys begin that are made for entries without one; parameters are used by theirs, so people must choose them."""


def read_checklist_workbook(content: bytes, name: str, wording: Wording) -> SheetSource:
    """Read an authoring workbook as plain data; what is wrong in single cells is noted in the source.

    Raises:
        ProblemsFound: it is no workbook that can be read, or none of ours.
    """
    book = read_workbook(content, name, _LIMITS, with_pictures=False)
    if book.format == "csv":  # a checklist has several sheets, and a text file has one
        raise ProblemsFound([Problem("workbook.no_workbook", name)], subject=name)
    source = read_checklist_sheets(book.sheets, name, wording)
    source.cautions += [note for note in book.notes if note.code != "workbook.note_pictures_left"]
    return source


def read_checklist_sheets(sheets: Sequence[SheetCells], name: str, wording: Wording) -> SheetSource:
    """Read the sheets of an authoring workbook.

    Raises:
        ProblemsFound: none of them is ours.
    """
    words = Vocabulary(wording)
    notes = Notes(words)
    found = find_sheets(sheets, words, notes)
    if not {"basics", "entries"} & set(found):
        values = {"basics": words.say("sheet.basics"), "entries": words.say("sheet.entries")}
        raise ProblemsFound([Problem("authoring.not_ours", name, values)], subject=name)
    data = _ChecklistReader(found, words, notes).read()
    return source_of(name, data, notes)


class _ChecklistReader:
    """Puts the sheets of one workbook together."""

    def __init__(self, sheets: dict[str, FoundSheet], words: Vocabulary, notes: Notes) -> None:
        self._sheets = sheets
        self._words = words
        self._notes = notes
        self._forms = CellForms(words, Names())
        self._exported = ExportedKeys()
        self._made: dict[str, list[tuple[Line, str]]] = {}
        self._regained: dict[str, list[tuple[Line, str]]] = {}

    def read(self) -> Data:
        """Read what names things first, because conditions and numbers may use the names."""
        self._exported = ExportedKeys(self._lines(EXPORTED))
        named: Fields = {}
        for name, plan, below in (
            ("facts", FACTS, "options"),
            ("parameters", PARAMETERS, "phases"),
            ("sources", SOURCES, ""),
        ):
            entries = self._entities(plan, (name,), below)
            if entries:
                named[name] = entries
        self._forms = CellForms(self._words, names_of(named))
        if "grades" not in self._sheets:
            self._missing("grades")
        for path, sheet in ((("scoring", "grades"), "grades"), (("groups",), "entries")):
            if found := self._sheets.get(sheet):
                self._notes.spots[path] = Spot(found.number, found.cells.title, 0, 0, found.cells.title)
        data = merged({"format": FORMAT, "category": {}}, self._basics())  # so that each empty field is told by itself
        scoring = data.get("scoring")
        scoring = scoring if isinstance(scoring, dict) else {}
        for name, plan in (("grades", GRADES), ("columns", COLUMNS)):
            entries = self._entities(plan, ("scoring", name))
            if entries:
                scoring[name] = entries
        data["scoring"] = scoring
        data |= named
        self._read_entries(data)
        self._tell_made_keys()
        return data

    def _lines(self, plan: SheetPlan) -> list[Line]:
        sheet = self._sheets.get(plan.name)
        return list(Table(sheet, plan, self._words, self._notes).lines()) if sheet else []

    def _basics(self) -> Fields:
        sheet = self._sheets.get("basics")
        if sheet is None:
            self._missing("basics")
            return {}
        line = basics_line(sheet, self._words, self._notes)
        return EntityReader(self._forms, self._notes).entity(BASICS.columns, line, ())

    def _missing(self, name: str) -> None:
        problem = Problem("authoring.no_sheet", "", {"sheet": self._words.say(f"sheet.{name}")})
        parts: list[Path] = [("scoring", "grades") if name == "grades" else ("groups",)]
        if name == "basics":
            names = {column.path[0] for column in BASICS.columns if column.path} - {"scoring", "bonus", "overlay"}
            parts = [*((str(name),) for name in names), ("scoring", "not_applicable")]
        self._notes.problems.append((parts[0], problem))
        self._notes.silenced.update(parts)

    def _entities(self, plan: SheetPlan, path: Path, below: str = "") -> list[Data]:
        """Read a plain list of entities."""
        lines = self._lines(plan)
        reader = EntityReader(self._forms, self._notes)
        made: list[tuple[Line, str]] = self._made.setdefault(plan.name, [])
        back = self._regained.setdefault(plan.name, [])
        prefix = _PREFIXES.get(plan.name, "")
        used = {clean_key(line.text("key")) for line in lines} | self._exported.keys([plan.name])
        rows_of_entries = self._with_rows_below(lines, plan)
        regained = self._exported.regained([KeyedLine(plan.name, line) for line, _inner in rows_of_entries])
        entries: list[Data] = []
        for place, (line, inner) in enumerate(rows_of_entries):
            here = (*path, len(entries))
            entity = reader.entity(plan.columns, line, here)
            if "key" not in entity and prefix:
                key = regained.get(place) or _free(prefix, len(entries) + 1, used)
                (back if place in regained else made).append((line, key))
                entity = {"key": key, **entity}
            columns = [column for column in plan.columns if column.name != "ask"]
            rows = [reader.entity(columns, one, (*here, below, at)) for at, one in enumerate(inner)]
            if rows:
                entity[below] = list[Data](rows)
            entries.append(entity)
        return entries

    def _with_rows_below(self, lines: list[Line], plan: SheetPlan) -> list[tuple[Line, list[Line]]]:
        """Put options to their fact, and phases to their parameter."""
        result: list[tuple[Line, list[Line]]] = []
        for line in lines:
            if plan is FACTS:
                below = self._words.meaning("ask", ("option",), line.text("ask")) == "option"
            else:
                below = plan is PARAMETERS and "key" not in line.cells and "since" in line.cells
            if below and result:
                result[-1][1].append(line)
            else:
                result.append((line, []))
        return result

    # --- items and their rules

    def _read_entries(self, data: Fields) -> None:
        if "entries" not in self._sheets:
            self._missing("entries")
            return
        reader = EntriesReader(self._forms, self._notes, self._lines(ENTRIES), self._exported)
        reader.read()
        self._made["entries"] = reader.made_keys
        self._regained["entries"] = reader.regained_keys
        for name, value in reader.data.items():
            there = data.get(name)
            data[name] = merged(value, there) if isinstance(value, dict) and isinstance(there, dict) else value
        if "bonus" not in reader.data:
            data.pop("bonus", None)  # a setting for a bonus that the checklist does not have
        rules = RuleSheetReader(self._forms, self._notes, reader.holders, reader.written_keys)
        found = rules.read(self._lines(RULES))
        self._made["rules"] = [(line, "") for line in rules.named_for_them]
        for key, rule in found.items():
            holder = reader.holders[key]
            if line := reader.rule_cells.get(holder.path):
                self._notes.problem((*holder.path, "rule"), line.spot("rule"), "authoring.two_rules", item=key)
            reader.promised.pop(holder.path, None)
            holder.item["rule"] = rule
        for path, line in reader.promised.items():
            sheet = self._words.say("sheet.rules")
            self._notes.problem((*path, "rule"), line.spot("rule"), "authoring.no_rows", sheet=sheet)

    def _tell_made_keys(self) -> None:
        """Say where keys were made up or found again, once for each sheet."""
        for line, example, count in ((*rows[0], len(rows)) for rows in self._regained.values() if rows):
            self._notes.caution(line.start, "authoring.keys_regained", count=count, example=example)
        for made in self._made.values():
            if made:
                line, example = made[0]
                code = "authoring.keys_made" if example else "authoring.letters_made"
                self._notes.caution(line.start, code, count=len(made), example=example)


def _free(prefix: str, number: int, used: set[str]) -> str:
    number = beyond(prefix, number, used)
    while f"{prefix}{number}" in used:
        number += 1
    used.add(f"{prefix}{number}")
    return f"{prefix}{number}"

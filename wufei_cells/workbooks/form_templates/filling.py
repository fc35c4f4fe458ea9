"""Fill an office's own workbook in: only cells with placeholders are written anew, everything else is kept.

What is wrong with the workbook is told all at once, each with its sheet and cell; then nothing is written. Formulas
lose what they gave before, so that every program works them out anew from the values that are there now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from xml.parsers.expat import ExpatError

from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.workbooks.cell_text import looks_like_command
from wufei_cells.workbooks.form_templates.calculation import calculated_on_load, without_result
from wufei_cells.workbooks.form_templates.cells import RawCell
from wufei_cells.workbooks.form_templates.checking import problems_of
from wufei_cells.workbooks.form_templates.data import Entry, FormData, Value
from wufei_cells.workbooks.form_templates.heights import heights
from wufei_cells.workbooks.form_templates.marks import MarkedCell, MarkedSheet, mark_sheet
from wufei_cells.workbooks.form_templates.names import PARTS, Kind, Reference, read_reference
from wufei_cells.workbooks.form_templates.package import TemplatePackage
from wufei_cells.workbooks.form_templates.places import Edit, edited, is_well_formed
from wufei_cells.workbooks.form_templates.quoting import QuotedFormats
from wufei_cells.workbooks.form_templates.writing import as_text, empty_cell, number_cell, serial_number, text_cell


def check_template(content: bytes, name: str, data: FormData | None = None) -> tuple[Problem, ...]:
    """Say what is wrong with a template, each with its sheet and cell; nothing where it can be filled in.

    Args:
        content: the file.
        name: what it is called.
        data: the names that a checklist gives; without it, numbers of items and counts of rows are not looked at.
    """
    try:
        package = TemplatePackage(content, name)
        sheets = [mark_sheet(package, sheet) for sheet in package.sheets]
        return tuple(problems_of(package, sheets, data))
    except ProblemsFound as found:
        return found.problems


def fill_template(content: bytes, name: str, data: FormData) -> bytes:
    """Write a template filled in; the same template and data give the same bytes.

    Raises:
        ProblemsFound: everything that is wrong with it.
    """
    package = TemplatePackage(content, name)
    sheets = [mark_sheet(package, sheet) for sheet in package.sheets]
    if problems := problems_of(package, sheets, data):
        raise ProblemsFound(problems, subject=name)
    try:
        changed = _Filler(package, data).filled(sheets)
        changed[package.main] = calculated_on_load(package.content(package.main))
    except (ExpatError, ValueError):
        raise package.damaged() from None
    if not all(map(is_well_formed, changed.values())):
        raise package.damaged()
    return package.packed(changed)


class _Filler:
    """Puts values in the place of placeholders, sheet by sheet."""

    def __init__(self, package: TemplatePackage, data: FormData) -> None:
        self._package = package
        self._data = data
        self._index = data.index()
        self._written: defaultdict[int, list[tuple[RawCell, str]]] = defaultdict(list)
        """By row of the sheet that is being filled in: the cells that hold text now."""
        self._formats = QuotedFormats(package.content(package.styles)) if package.styles in package else None

    def filled(self, sheets: Iterable[MarkedSheet]) -> dict[str, bytes]:
        """Give the parts that are changed."""
        changed = {sheet.part.part: self._sheet(sheet) for sheet in sheets}
        formats = self._formats.content() if self._formats else None
        return changed if formats is None else changed | {self._package.styles: formats}

    def _sheet(self, sheet: MarkedSheet) -> bytes:
        """Give the content of a sheet with its placeholders filled in."""
        edits = [edit for cell in sheet.raw.cells if cell.formula is not None
                 if (edit := without_result(sheet.content, cell))]  # fmt: skip
        if not sheet.is_skipped:
            edits += self._edits(sheet)
        return edited(sheet.content, edits)

    def _edits(self, sheet: MarkedSheet) -> Iterator[Edit]:
        self._written.clear()
        rows = {kind: self._rows(sheet, kind) for kind in PARTS}
        for cell in sheet.cells:
            nexts = {kind: entries.get(cell.raw.row) for kind, entries in rows.items()}
            yield self._edit(sheet.content, cell, nexts)
        yield from heights(sheet.content, sheet.raw, self._written, self._package.wraps)

    def _rows(self, sheet: MarkedSheet, kind: Kind) -> dict[int, Entry]:
        """Say which entry each row stands for; the rows that are left over stand for none."""
        return dict(zip(sheet.rows(kind), self._data.rows(kind), strict=False))

    def _edit(self, content: bytes, cell: MarkedCell, nexts: Mapping[Kind, Entry | None]) -> Edit:
        if any(reference.is_next and nexts[reference.kind] is None for reference in cell.references()):
            return empty_cell(content, cell.raw)
        if cell.text.alone:
            value = self._value(cell.text.placeholders()[0].name, nexts)
            number = self._number(cell, value)
            if number is not None:
                return number_cell(content, cell.raw, number)
        runs = cell.text.filled(lambda name: as_text(self._value(name, nexts)))
        text = "".join(run.text for run in runs)
        self._written[cell.raw.row].append((cell.raw, text))
        edit = text_cell(content, cell.raw, runs)
        command = looks_like_command(text)
        return self._formats.quoted(content, cell.raw, edit) if command and self._formats else edit

    def _number(self, cell: MarkedCell, value: Value) -> Decimal | None:
        """Give the number that stands for a value; a day is one only where the cell's format shows days."""
        if isinstance(value, date):
            shown = cell.raw.look in self._package.formats.dates
            return serial_number(value, from_1904=self._package.from_1904) if shown else None
        return value if isinstance(value, Decimal) else None

    def _value(self, name: str, nexts: Mapping[Kind, Entry | None]) -> Value:
        reference = read_reference(name)
        assert reference is not None  # what is not known was told as a problem
        if reference.kind is Kind.FIELD:
            return self._data.fields.get(reference.name)
        entry = nexts[reference.kind] if reference.is_next else self._index.get(_key(reference))
        return entry.values.get(reference.name) if entry else None


def _key(reference: Reference) -> tuple[Kind, str]:
    return reference.kind, reference.entry

"""Say everything that is wrong with an office's own workbook before it is filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from wufei_cells.domain.folding import fold
from wufei_cells.errors import Problem
from wufei_cells.workbooks.form_templates.data import FormData
from wufei_cells.workbooks.form_templates.marks import MarkedCell, MarkedSheet
from wufei_cells.workbooks.form_templates.names import (
    FACT_NAMES,
    LIST_NAMES,
    PARTS,
    Kind,
    all_names,
    read_reference,
    written,
)
from wufei_cells.workbooks.form_templates.package import TemplatePackage
from wufei_cells.workbooks.form_templates.text import has_braces, names_in, unclosed

_NO_ENTRY = {
    Kind.FACT: "form_template.no_fact",
    Kind.ITEM: "form_template.no_item",
    Kind.GROUP: "form_template.no_group",
    Kind.GATE: "form_template.no_gate",
}
_TOO_FEW = {
    Kind.ITEM: "form_template.few_items",
    Kind.GROUP: "form_template.few_groups",
    Kind.GATE: "form_template.few_gates",
}
_BESIDE = {
    "drawing": "form_template.in_drawing",
    "comment": "form_template.in_comment",
    "chart": "form_template.in_chart",
}
_MOST_NEAR = 3


def problems_of(package: TemplatePackage, sheets: Sequence[MarkedSheet], data: FormData | None) -> list[Problem]:
    """List what is wrong, in the order of the workbook.

    Args:
        package: the workbook.
        sheets: its sheets.
        data: the names that there are; without it, numbers of items and counts of rows are not looked at.
    """
    found = [problem for sheet in sheets for problem in _of_sheet(package, sheet, data)]
    if not found and not any(sheet.cells for sheet in sheets):
        return [Problem("form_template.none", package.name)]
    return found


def _of_sheet(package: TemplatePackage, sheet: MarkedSheet, data: FormData | None) -> Iterator[Problem]:
    if sheet.is_skipped:
        return
    index = data.index() if data else {}
    heads = package.table_heads(sheet.part) if sheet.cells else []
    for cell in sheet.cells:
        yield from _of_text(cell, data, index)
        if any(top <= cell.raw.row <= last and left <= cell.raw.column <= right for top, left, last, right in heads):
            yield Problem("form_template.in_table_head", cell.place)
    for cell in sheet.raw.cells:
        if cell.formula and has_braces(cell.formula):
            yield Problem("form_template.in_formula", sheet.place(cell))
    yield from _beside_cells(package, sheet)
    if data:
        yield from _too_few(sheet, data)


def _beside_cells(package: TemplatePackage, sheet: MarkedSheet) -> Iterator[Problem]:
    """Tell what is not filled in because it stands in no cell."""
    title = sheet.part.title
    if has_braces(title):
        yield Problem("form_template.in_sheet_name", title)
    for text in sheet.raw.heads:
        if has_braces(text):
            yield Problem("form_template.in_head_foot", title, {"found": _first_braces(text)})
    for kind, text in package.texts_beside(sheet.part):
        yield Problem(_BESIDE[kind], title, {"found": _first_braces(text)})


def _of_text(cell: MarkedCell, data: FormData | None, index: Mapping[tuple[Kind, str], object]) -> Iterator[Problem]:
    if rest := cell.text.unclosed:
        yield Problem("form_template.unclosed", cell.place, {"found": rest})
    for mark in cell.text.placeholders():
        reference = read_reference(mark.name)
        if reference is None:
            yield _unknown(cell.place, mark.name, data)
        elif data and reference.entry and (reference.kind, reference.entry) not in index:
            known = list(dict.fromkeys(data.names(reference.kind)))
            values = {"found": reference.called, "near": tuple(_near(reference.entry, known) or known[:_MOST_NEAR])}
            yield Problem(_NO_ENTRY[reference.kind], cell.place, values)


def _too_few(sheet: MarkedSheet, data: FormData) -> Iterator[Problem]:
    for kind, code in _TOO_FEW.items():
        rows, needed = sheet.rows(kind), len(data.rows(kind))
        if rows and len(rows) < needed:
            last = next(cell for cell in sheet.cells if cell.raw.row == rows[-1] and _goes_on(cell, kind))
            values = {"missing": needed - len(rows), "rows": len(rows), "needed": needed}
            yield Problem(code, last.place, values)


def _goes_on(cell: MarkedCell, kind: Kind) -> bool:
    return any(reference.is_next and reference.kind is kind for reference in cell.references())


def _unknown(place: str, name: str, data: FormData | None) -> Problem:
    near = tuple(written(one) for one in _near(name, list(_candidates(name, data))))
    if near:
        return Problem("form_template.unknown", place, {"found": written(name), "near": near})
    return Problem("form_template.unknown_at_all", place, {"found": written(name)})


def _candidates(name: str, data: FormData | None) -> Iterator[str]:
    """Go through the names that somebody may have meant, in the language of what was written."""
    language = "en" if name.isascii() else "zh"
    first, _dot, rest = name.partition(".")
    entry = rest.rpartition(".")[0]
    for kind, prefixes in LIST_NAMES.items():
        if entry and fold(first.strip()) in map(fold, prefixes):
            parts = PARTS[kind]
            yield from (f"{first}.{entry}.{part}" for part in (parts if language == "en" else parts.values()))
    yield from all_names(language)
    if data:
        start = FACT_NAMES[0 if language == "en" else 1]
        yield from (f"{start}.{fact}" for fact in data.names(Kind.FACT))


def _near(name: str, known: Sequence[str]) -> list[str]:
    by_folded = {fold(one): one for one in known}
    return [by_folded[one] for one in get_close_matches(fold(name), list(by_folded), _MOST_NEAR, 0.5)]


def _first_braces(text: str) -> str:
    names = names_in(text)
    return written(names[0]) if names else unclosed(text)

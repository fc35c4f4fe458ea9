"""Read a report template from its YAML file, finding everything that is wrong with it at once."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from wufei_cells.checklists.fields import Fields, Reading
from wufei_cells.checklists.yaml_source import Data, Path, parse_yaml
from wufei_cells.domain.text import Text
from wufei_cells.errors import ProblemsFound
from wufei_cells.reports.templates import (
    FORMAT,
    ChartPart,
    FiguresPart,
    HeadingPart,
    PageBreakPart,
    ParagraphPart,
    Part,
    ReportTemplate,
    SentencePart,
    SignaturePart,
    TablePart,
)
from wufei_cells.reports.vocabulary import COLUMNS, SLOTS, ChartKind, Figure, ReportKind, TableKind

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
NO_TEXT = Text("")
LOWEST_CHART, HIGHEST_CHART = 20, 240
"""Millimetres."""
MOST_FIGURES, MOST_LINES = 8, 4
"""Beside each other."""


def read_report_template(content: bytes, name: str) -> ReportTemplate:
    """Read a template.

    Args:
        content: the file.
        name: how the file is called in problems.

    Raises:
        ProblemsFound: every problem, each with its place.
    """
    source = parse_yaml(content, name)
    reader = _Reader(Reading(source))
    template = reader.template(source.data)
    if reader.reading.problems:
        raise ProblemsFound(source.in_order(reader.reading.problems), subject=name)
    return template


class _Reader:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._parts: Mapping[str, Callable[[Data, Path], Part]] = {
            "sentence": lambda data, path: SentencePart(self._words(data, path)),
            "heading": lambda data, path: HeadingPart(self._words(data, path)),
            "paragraph": lambda data, path: ParagraphPart(self._words(data, path)),
            "figures": self._figures,
            "chart": self._chart,
            "table": self._table,
            "signature": self._signature,
            "page_break": self._page_break,
        }

    def template(self, data: Data) -> ReportTemplate:
        """Read the whole file."""
        fields = Fields(self.reading, data, ())
        if fields.string("format", FORMAT) != FORMAT:
            self.reading.problem(("format",), "checklist.format", expected=FORMAT)
        kind = fields.choice("kind", ReportKind)
        title = fields.get("title", self._words)
        one_page = fields.flag("one_page", default=False)
        parts = fields.each("blocks", self._part, required=True)
        fields.finish()
        found = tuple(part for part in parts if part is not None)
        if one_page and any(isinstance(part, PageBreakPart) for part in found):
            self.reading.problem(("one_page",), "report_template.break_on_one_page")
        return ReportTemplate(kind, title, found, one_page)

    def _part(self, data: Data, path: Path) -> Part | None:
        """Read one block, a mapping with its kind as the only name."""
        fields = Fields(self.reading, data, path)
        found = [kind for kind in self._parts if kind in fields.data]
        fields.pass_over(self._parts)
        if isinstance(data, dict) and len(found) != 1:
            self.reading.problem(path, "report_template.one_kind", allowed=tuple(self._parts))
        fields.finish()
        return fields.get(found[0], self._parts[found[0]]) if len(found) == 1 else None

    # --- blocks

    def _figures(self, data: Data, path: Path) -> FiguresPart:
        figures = self._list(data, path, lambda entry, at: self._one_of(Figure, entry, at))
        if len(figures) > MOST_FIGURES:
            self.reading.problem(path, "report_template.too_many", limit=MOST_FIGURES)
        return FiguresPart(figures)

    def _chart(self, data: Data, path: Path) -> ChartPart:
        if not isinstance(data, dict):
            return ChartPart(self._one_of(ChartKind, data, path), NO_TEXT)
        fields = Fields(self.reading, data, path)
        show = fields.choice("show", ChartKind)
        height = fields.maybe("height", self.reading.number)
        if height is not None and not LOWEST_CHART <= height <= HIGHEST_CHART:
            self.reading.problem(fields.at("height"), "report_template.height", low=LOWEST_CHART, high=HIGHEST_CHART)
        part = ChartPart(show, fields.get("title", self._words, NO_TEXT), height)
        fields.finish()
        return part

    def _table(self, data: Data, path: Path) -> TablePart:
        if not isinstance(data, dict):
            show = self._one_of(TableKind, data, path)
            return TablePart(show, NO_TEXT, COLUMNS[show])
        fields = Fields(self.reading, data, path)
        known = len(self.reading.problems)
        show = fields.choice("show", TableKind)
        sound = len(self.reading.problems) == known
        columns = fields.get("columns", lambda entry, at: self._columns(show, entry, at, check=sound), ())
        part = TablePart(
            show,
            fields.get("title", self._words, NO_TEXT),
            columns or COLUMNS[show],
            self._most(fields),
            fields.flag("titled", default=True),
        )
        fields.finish()
        return part

    def _most(self, fields: Fields) -> int | None:
        most = fields.whole("most")
        if most == 0:
            self.reading.problem(fields.at("most"), "report_template.no_rows")
        return most

    def _columns(self, show: TableKind, data: Data, path: Path, *, check: bool) -> tuple[str, ...]:
        known = COLUMNS[show]

        def column(entry: Data, at: Path) -> str:
            if check and entry not in known:
                found, allowed = str(entry)[:40], ", ".join(known)
                self.reading.problem(at, "report_template.column", found=found, table=show.value, allowed=allowed)
            return str(entry)

        columns = self._list(data, path, column)
        if len(set(columns)) < len(columns):
            self.reading.problem(path, "report_template.column_twice")
        return columns

    def _signature(self, data: Data, path: Path) -> SignaturePart:
        lines = self._list(data, path, self._words)
        if len(lines) > MOST_LINES:
            self.reading.problem(path, "report_template.too_many", limit=MOST_LINES)
        return SignaturePart(lines)

    def _page_break(self, data: Data, path: Path) -> PageBreakPart:
        if not self.reading.flag(data, path):
            self.reading.problem(path, "report_template.no_break")
        return PageBreakPart()

    # --- what blocks are made of

    def _words(self, data: Data, path: Path) -> Text:
        """Read words with slots, in one language or two."""
        text = self.reading.text(data, path)
        for language in ("zh", "en"):
            self._check_slots(getattr(text, language), (*path, language) if isinstance(data, dict) else path)
        return text

    def _check_slots(self, text: str, path: Path) -> None:
        try:
            pieces = list(string.Formatter().parse(text))
        except ValueError:
            self.reading.problem(path, "report_template.braces")
            return
        for _before, name, spec, conversion in pieces:
            if name is not None and (name not in SLOTS or spec or conversion):
                self.reading.problem(path, "report_template.slot", found=f"{{{name}}}"[:40], allowed=", ".join(SLOTS))

    def _list(self, data: Data, path: Path, read: Callable[[Data, Path], T]) -> tuple[T, ...]:
        if not isinstance(data, list) or not data:
            self.reading.problem(path, "field.not_list")
            return ()
        return tuple(read(entry, (*path, index)) for index, entry in enumerate(data))

    def _one_of(self, kind: type[E], data: Data, path: Path) -> E:
        if isinstance(data, str) and data in set(kind):
            return kind(data)
        self.reading.problem(path, "field.not_choice", found=str(data)[:40], allowed=", ".join(kind))
        return next(iter(kind))

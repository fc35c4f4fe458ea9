"""An office's own workbook as the parts of its file, put together again with a few of them changed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from wufei_cells.errors import ProblemsFound
from wufei_cells.workbooks.archive import EARLIEST
from wufei_cells.workbooks.form_templates.beside import KINDS, own_text
from wufei_cells.workbooks.form_templates.cells import size_of
from wufei_cells.workbooks.form_templates.opening import CONTENT_TYPES, all_parts, open_template, plain
from wufei_cells.workbooks.form_templates.rich_text import rich_text
from wufei_cells.workbooks.form_templates.text import CellText, has_braces
from wufei_cells.workbooks.reading import refusals
from wufei_cells.workbooks.reading.cells import Area
from wufei_cells.workbooks.reading.number_formats import NumberFormats
from wufei_cells.workbooks.reading.xlsx_cells import area_of, cell_formats
from wufei_cells.workbooks.reading.xlsx_workbook import main_part
from wufei_cells.workbooks.reading.zip_parts import Relation

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TEMPLATE_TYPE, _WORKBOOK_TYPE = b"spreadsheetml.template.main+xml", b"spreadsheetml.sheet.main+xml"
_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9_.-]+)["']""")
_USUAL_SIZE = 11.0
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_YES = ("1", "true")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet with cells."""

    title: str
    part: str
    """Name of the part in the file."""


class TemplatePackage:
    """The parts of a workbook that somebody made."""

    def __init__(self, content: bytes, name: str) -> None:
        """Open it and read all of it.

        Raises:
            ProblemsFound: it is no .xlsx file, has macros or a password, is damaged or too large.
        """
        self.name = name
        self._file = open_template(content, name)
        self._parts = all_parts(self._file)
        self._by_name = {plain(part): content for part, content in self._parts.items()}
        self.main = main_part(self._file)
        """The part that lists the sheets."""
        if self.main not in self._file:
            raise self.refusal("workbook.no_workbook")
        self._related = self._file.relations(self.main)
        self._by_kind = {one.kind: one.target for one in self._related.values() if not one.external}
        self.styles = self._by_kind.get("styles", "")
        """The part of the formats of cells; empty where there is none."""
        self.sheets = tuple(self._sheets())
        if not self.sheets:
            raise self.refusal("workbook.no_sheets")

    # --- what is in it

    @cached_property
    def texts(self) -> tuple[CellText | None, ...]:
        """The texts that cells share, by number; ``None`` for those without braces, which concern nobody here."""
        part = self._by_kind.get("sharedStrings", "")
        if part not in self._file:
            return ()
        return tuple(_if_braces(rich_text(element)) for element in self._file.elements(part, "si"))

    def __contains__(self, part: str) -> bool:
        return part in self._file

    @cached_property
    def formats(self) -> NumberFormats:
        """Which formats of cells show days."""
        return cell_formats(self._file, self.styles) if self.styles in self._file else NumberFormats()

    @cached_property
    def wraps(self) -> dict[int, float]:
        """By number of each format that wraps text: the size of its letters."""
        if self.styles not in self._file:
            return {}
        sizes: list[float] = []
        found: dict[int, float] = {}
        for element in self._file.elements(self.styles, "fonts", "cellXfs"):
            if element.tag == "fonts":
                sizes = [_font_size(font) for font in element]
                continue
            for number, look in enumerate(element):
                font = look.get("fontId", "")
                size = sizes[int(font)] if font.isdecimal() and int(font) < len(sizes) else _USUAL_SIZE
                if any(part.get("wrapText") in _YES for part in look if part.tag == "alignment"):
                    found[number] = size
        return found

    @cached_property
    def from_1904(self) -> bool:
        """Whether days are counted from 1904 on."""
        return any(element.get("date1904", "") in _YES for element in self._file.elements(self.main, "workbookPr"))

    def content(self, part: str) -> bytes:
        """Give a part in XML.

        Raises:
            ProblemsFound: it is not there, is not written in UTF-8, or there is no end of tags in it.
        """
        content = self._by_name.get(plain(part), b"")
        self._file.room.take_marks(content.count(b"<"))
        stated = _ENCODING.match(content.removeprefix(_BYTE_ORDER_MARK))
        if content.startswith((b"\xff\xfe", b"\xfe\xff")) or (stated and stated[1].lower() not in (b"utf-8", b"ascii")):
            raise self.damaged()  # no office program writes one
        return content

    def table_heads(self, sheet: SheetPart) -> list[Area]:
        """Give the areas of a sheet whose texts a table knows as well: its head and its row of totals."""
        areas: list[Area] = []
        for relation in self._file.relations(sheet.part).values():
            if relation.kind == "table" and self._holds(relation):
                for table in self._file.elements(relation.target, "table"):
                    areas += _edges(table)
        return areas

    def texts_beside(self, sheet: SheetPart) -> Iterator[tuple[str, str]]:
        """Give the texts of drawings, comments and charts of a sheet that have braces, with what they stand in."""
        waiting, seen = [sheet.part], set[str]()
        while waiting:
            for relation in self._file.relations(waiting.pop(0)).values():
                word = KINDS.get(relation.kind, "")
                if not word or not self._holds(relation) or relation.target in seen:
                    continue
                seen.add(relation.target)
                waiting.append(relation.target)
                if has_braces(text := self._own_text(relation.target)):
                    yield word, text

    # --- putting it together

    def packed(self, changed: Mapping[str, bytes]) -> bytes:
        """Write the file with some parts changed, all others as they are; the same gives the same bytes."""
        target = io.BytesIO()
        by_name = {plain(part): content for part, content in changed.items()}
        # What was saved as a template (.xltx) becomes a workbook.
        by_name[CONTENT_TYPES] = self._by_name.get(CONTENT_TYPES, b"").replace(_TEMPLATE_TYPE, _WORKBOOK_TYPE)
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            for name, content in self._parts.items():
                entry = ZipInfo(name, EARLIEST)
                entry.compress_type = ZIP_DEFLATED
                entry.create_system = 0
                archive.writestr(entry, by_name.get(plain(name), content))
        return target.getvalue()

    def refusal(self, code: str, **values: object) -> ProblemsFound:
        """Say why the workbook cannot be filled in at all."""
        return refusals.refusal(code, self.name, **values)

    def damaged(self) -> ProblemsFound:
        """Say that the file is broken."""
        return refusals.damaged(self.name)

    # --- the rest

    def _holds(self, relation: Relation) -> bool:
        """Whether what is referred to is in the file."""
        return not relation.external and relation.target in self._file

    def _own_text(self, part: str) -> str:
        try:
            return own_text(self.content(part))
        except (ExpatError, ValueError):
            raise self.damaged() from None

    def _sheets(self) -> Iterator[SheetPart]:
        for element in self._file.elements(self.main, "sheet"):
            relation = self._related.get(element.get("id", ""))
            if relation and relation.kind == "worksheet" and self._holds(relation):
                yield SheetPart(element.get("name", ""), relation.target)


def _edges(table: Element) -> Iterator[Area]:
    """Give the head and the row of totals of a table, as far as it has them."""
    area = area_of(table.get("ref", ""))
    if area is None:
        return
    first, left, last, right = area
    if table.get("headerRowCount", "1") != "0":
        yield first, left, first, right
    if table.get("totalsRowCount", "0") != "0":
        yield last, left, last, right


def _font_size(font: Element) -> float:
    sizes = [size_of(part.attrib, "val") for part in font if part.tag == "sz"]
    return (sizes[0] if sizes else None) or _USUAL_SIZE


def _if_braces(text: CellText) -> CellText | None:
    return text if text.has_braces else None

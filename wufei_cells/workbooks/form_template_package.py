"""Open an office's own workbook as the parts of its file, and put it together again with a few of them changed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.workbooks.archive import EARLIEST
from wufei_cells.workbooks.form_template_cells import size_of
from wufei_cells.workbooks.form_template_places import PlacedParser
from wufei_cells.workbooks.form_template_text import CellText, Run, has_braces
from wufei_cells.workbooks.xlsx_cells import CellFormats, area, cell_formats, main_part, unescaped
from wufei_cells.workbooks.xlsx_file import XlsxFile, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from wufei_cells.workbooks.form_template_text import Look

CONTENT_TYPES = "[content_types].xml"
_TEMPLATE_TYPE, _WORKBOOK_TYPE = b"spreadsheetml.template.main+xml", b"spreadsheetml.sheet.main+xml"
_REFUSALS = {
    "authoring.content_too_large": "form_template.content_too_large",
    "authoring.damaged": "form_template.damaged",
    "authoring.file_too_large": "form_template.file_too_large",
    "authoring.no_workbook": "form_template.no_workbook",
    "authoring.old_excel": "form_template.old_excel",
    "authoring.other_office": "form_template.other_office",
    "authoring.password": "form_template.password",
}
"""Why a file cannot be read, in words that fit a template."""
_BESIDE = {"drawing": "drawing", "comments": "comment", "threadedComment": "comment", "chart": "chart"}
"""What holds text beside the cells, by the kind of its relation."""
_COPIES = {"strCache", "numCache", "multiLvlStrCache", "fld"}
"""What charts and text boxes keep of the cells that they refer to; programs read it from the cells again."""
_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9_.-]+)["']""")
_USUAL_SIZE = 11.0
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


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
        self._file = _TemplateFile(content, name)
        self.parts: dict[str, bytes] = {part: self._file.read(part) for part in self._file.parts}
        """All parts by name, as they are."""
        self._refuse_macros()
        self.main = main_part(self._file)
        """The part that lists the sheets."""
        self._related = self._file.relations(self.main)
        self._by_kind = dict(self._related.values())
        self.styles = self._by_kind.get("styles", "")
        """The part of the formats of cells; empty where there is none."""
        self.sheets = tuple(self._sheets())
        if not self.sheets:
            raise self._file.refusal("authoring.no_workbook")

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
    def formats(self) -> CellFormats:
        """Which formats of cells show days."""
        return cell_formats(self._file, self.styles)

    @cached_property
    def wraps(self) -> dict[int, float]:
        """By number of each format that wraps text: the size of its letters."""
        if self.styles not in self._file:
            return {}
        sizes: list[float] = []
        found: dict[int, float] = {}
        for element in self._file.elements(self.styles, "fonts", "cellXfs"):
            if local(element.tag) == "fonts":
                sizes = [_font_size(font) for font in element]
                continue
            for number, look in enumerate(element):
                font = look.get("fontId", "")
                size = sizes[int(font)] if font.isdecimal() and int(font) < len(sizes) else _USUAL_SIZE
                if any(part.get("wrapText") in ("1", "true") for part in look if local(part.tag) == "alignment"):
                    found[number] = size
        return found

    @cached_property
    def from_1904(self) -> bool:
        """Whether days are counted from 1904 on."""
        stated = [element.get("date1904", "") for element in self._file.elements(self.main, "workbookPr")]
        return any(one in ("1", "true") for one in stated)

    def content(self, part: str) -> bytes:
        """Give a part in XML.

        Raises:
            ProblemsFound: it declares what could unfold, or is not written in UTF-8.
        """
        content = self._file.xml(part)
        stated = _ENCODING.match(content.removeprefix(_BYTE_ORDER_MARK))
        if content.startswith((b"\xff\xfe", b"\xfe\xff")) or (stated and stated[1].lower() not in (b"utf-8", b"ascii")):
            raise self.damaged()  # no office program writes one
        return content

    def table_heads(self, sheet: SheetPart) -> list[tuple[int, int, int, int]]:
        """Give the areas of a sheet whose texts a table knows as well: its head and its row of totals."""
        areas: list[tuple[int, int, int, int]] = []
        for kind, part in self._file.relations(sheet.part).values():
            for table in self._file.elements(part, "table") if kind == "table" and part in self._file else ():
                for first, left, last, right in area(table.get("ref", "")):
                    areas += [(first, left, first, right)] if table.get("headerRowCount", "1") != "0" else []
                    areas += [(last, left, last, right)] if table.get("totalsRowCount", "0") != "0" else []
        return areas

    def texts_beside(self, sheet: SheetPart) -> Iterator[tuple[str, str]]:
        """Give the texts of drawings, comments and charts of a sheet that have braces, with what they stand in."""
        waiting, seen = list(self._file.relations(sheet.part).values()), set[str]()
        while waiting:
            kind, part = waiting.pop(0)
            if kind not in _BESIDE or part in seen or part not in self._file:
                continue
            seen.add(part)
            try:
                text = _OwnText(self.content(part)).read()
            except (ExpatError, ValueError):
                raise self.damaged() from None
            if has_braces(text):
                yield _BESIDE[kind], text
            waiting += self._file.relations(part).values()

    # --- putting it together

    def packed(self, changed: Mapping[str, bytes]) -> bytes:
        """Write the file with some parts changed, all others as they are; the same gives the same bytes."""
        target = io.BytesIO()
        by_name = {_plain(part): content for part, content in changed.items()}
        # What was saved as a template (.xltx) becomes a workbook.
        by_name[CONTENT_TYPES] = self._content_types().replace(_TEMPLATE_TYPE, _WORKBOOK_TYPE)
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                entry = ZipInfo(name, EARLIEST)
                entry.compress_type = ZIP_DEFLATED
                entry.create_system = 0
                archive.writestr(entry, by_name.get(_plain(name), content))
        return target.getvalue()

    def refusal(self, code: str, **values: object) -> ProblemsFound:
        """Say why the workbook cannot be filled in at all."""
        return self._file.refusal(code, **values)

    def damaged(self) -> ProblemsFound:
        """Say that the file is broken."""
        return self._file.damaged()

    # --- the rest

    def _refuse_macros(self) -> None:
        """Refuse a workbook with macros: what goes from hand to hand should bring none."""
        named = [_plain(part) for part in self.parts]
        macros = any(part.endswith("vbaproject.bin") or part.startswith("xl/macrosheets/") for part in named)
        if macros or b"macroenabled" in self._content_types().lower():
            raise self._file.refusal("form_template.macros")

    def _content_types(self) -> bytes:
        return next((content for part, content in self.parts.items() if _plain(part) == CONTENT_TYPES), b"")

    def _sheets(self) -> Iterator[SheetPart]:
        for element in self._file.elements(self.main, "sheet"):
            number = next((value for key, value in element.attrib.items() if local(key) == "id"), "")
            kind, part = self._related.get(number, ("", ""))
            if kind == "worksheet" and part in self._file:
                yield SheetPart(element.get("name", ""), part)


class _OwnText(PlacedParser):
    """Joins the text of a drawing, comment or chart, without copies of what stands in cells."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._pieces: list[str] = []
        self._copies = 0

    def read(self) -> str:
        self.parse()
        return "".join(self._pieces)

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        self._copies += name.rpartition(":")[2] in _COPIES

    def on_end(self, name: str) -> None:
        self._copies -= name.rpartition(":")[2] in _COPIES

    def on_text(self, text: str) -> None:
        if not self._copies:
            self._pieces.append(text)


class _TemplateFile(XlsxFile):
    """The file of a template: each part is read once, and refusals speak of templates."""

    def __init__(self, content: bytes, name: str) -> None:
        self._contents: dict[str, bytes] = {}
        super().__init__(content, name)

    def refusal(self, code: str, **values: object) -> ProblemsFound:
        """Say why the file cannot be filled in at all."""
        return ProblemsFound([Problem(_REFUSALS.get(code, code), self.name, values)], subject=self.name)

    def read(self, part: str) -> bytes:
        """Give the content of a part."""
        name = _plain(part)
        if name not in self._contents:
            self._contents[name] = super().read(part)
        return self._contents[name]


def rich_text(element: Element) -> CellText:
    """Read a text with the looks of its pieces; the reading aids of East Asian scripts are no part of it."""
    runs: list[Run] = []
    for child in element:
        tag = local(child.tag)
        if tag == "t":
            runs.append(Run(unescaped(child.text or "")))
        elif tag == "r":
            parts = {local(part.tag): part for part in child}
            look = _look(parts["rPr"]) if "rPr" in parts else ()
            runs.append(Run(unescaped(parts["t"].text or "") if "t" in parts else "", look))
    return CellText(tuple(runs))


def _look(element: Element) -> Look:
    """Read the font of a piece of text; what extensions add to it is left out."""
    own = str(element.tag).rpartition("}")[0]
    found = [child for child in element if str(child.tag).rpartition("}")[0] == own]
    return tuple(
        (local(child.tag), tuple((local(key), value) for key, value in child.attrib.items())) for child in found
    )


def _font_size(font: Element) -> float:
    sizes = [size_of(part.attrib, "val") for part in font if local(part.tag) == "sz"]
    return (sizes[0] if sizes else None) or _USUAL_SIZE


def _if_braces(text: CellText) -> CellText | None:
    return text if text.has_braces else None


def _plain(part: str) -> str:
    """Names of parts do not tell small from capital letters."""
    return part.replace("\\", "/").lstrip("/").lower()

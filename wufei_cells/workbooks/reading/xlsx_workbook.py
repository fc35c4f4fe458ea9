"""Read a workbook of Excel or WPS in the format of today (.xlsx, .xlsm, also the strict form of the standard)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.workbooks.reading.cell_pictures import rich_pictures, wps_pictures
from wufei_cells.workbooks.reading.cells import SheetCells
from wufei_cells.workbooks.reading.drawings import place_floating
from wufei_cells.workbooks.reading.number_formats import NumberFormats
from wufei_cells.workbooks.reading.pictures import PictureShelf, PlacedPicture
from wufei_cells.workbooks.reading.refusals import refusal
from wufei_cells.workbooks.reading.sheet_lengths import SheetLengths
from wufei_cells.workbooks.reading.xlsx_cells import InCell, Shared, XlsxSheet, cell_formats, shared_texts
from wufei_cells.workbooks.reading.zip_parts import Relation, ZipParts

_MAIN = "xl/workbook.xml"
_MACROS = ("xlmacrosheet", "xlintlmacrosheet", "vbaproject")
_OUTSIDE = ("externallink", "connections")


@dataclass(frozen=True, slots=True)
class Content:
    """What was read from a workbook, in whatever format."""

    sheets: tuple[SheetCells, ...]
    pictures: tuple[PlacedPicture, ...] = ()
    notes: tuple[Problem, ...] = ()


def read_xlsx(file: ZipParts, *, with_pictures: bool = True) -> Content:
    """Read all sheets of a workbook, hidden ones too.

    Raises:
        ProblemsFound: it is damaged, too large, or no workbook.
    """
    return _XlsxReader(file, with_pictures=with_pictures).read()


def main_part(file: ZipParts) -> str:
    """Give the part that names the sheets, or nothing when the file has none."""
    for relation in file.relations("").values():
        if relation.kind == "officeDocument" and not relation.external:
            return relation.target
    return _MAIN if _MAIN in file else ""


def notes_of_parts(file: ZipParts, related: dict[str, Relation]) -> list[Problem]:
    """Tell what else is in a workbook that is neither run, nor followed, nor opened."""
    kinds = {relation.kind.lower() for relation in related.values()}
    names = file.names()
    found = {
        "workbook.note_macros": any(kind in kinds for kind in _MACROS) or any("vbaproject" in one for one in names),
        "workbook.note_links": any(kind in kinds for kind in _OUTSIDE),
        "workbook.note_embedded": any("/embeddings/" in one for one in names),
    }
    return [Problem(code, file.name) for code, is_there in found.items() if is_there]


class _XlsxReader:
    """Reads one workbook."""

    def __init__(self, file: ZipParts, *, with_pictures: bool) -> None:
        self._file = file
        self._main = main_part(file)
        if not self._main or self._main not in file:
            raise refusal("workbook.no_workbook", file.name)
        self._related = file.relations(self._main)
        self._notes = notes_of_parts(file, self._related)
        self._shelf = PictureShelf(file, self._notes)
        self._with_pictures = with_pictures
        self._wps: dict[str, str] = {}

    def read(self) -> Content:
        shared = self._shared()
        sheets: list[SheetCells] = []
        for element in self._file.elements(self._main, "workbookPr", "sheet"):
            if element.tag == "workbookPr":
                shared = replace(shared, from_1904=element.get("date1904", "") in ("1", "true"))
            elif part := self._sheet_part(element):
                if len(sheets) >= self._file.limits.sheets:
                    raise refusal("workbook.too_many_sheets", self._file.name, limit=self._file.limits.sheets)
                sheets.append(self._sheet(element, part, shared))
        if not sheets:
            raise refusal("workbook.no_sheets", self._file.name)
        return Content(tuple(sheets), tuple(self._shelf.placed), tuple(self._notes))

    def _shared(self) -> Shared:
        by_kind = {relation.kind: relation.target for relation in self._related.values() if not relation.external}
        texts, styles = by_kind.get("sharedStrings", ""), by_kind.get("styles", "")
        if self._with_pictures:
            self._wps = self._pictures_of_wps()
        return Shared(
            shared_texts(self._file, texts) if texts in self._file else [],
            cell_formats(self._file, styles) if styles in self._file else NumberFormats(),
            rich_pictures=rich_pictures(self._file, self._related),
        )

    def _pictures_of_wps(self) -> dict[str, str]:
        try:
            return wps_pictures(self._file, self._related)
        except ProblemsFound:
            self._notes.append(Problem("workbook.note_broken_pictures", self._file.name))
            return {}

    def _sheet_part(self, element: Element) -> str:
        relation = self._related.get(element.get("id", ""))
        return relation.target if relation and relation.kind == "worksheet" and relation.target in self._file else ""

    def _sheet(self, element: Element, part: str, shared: Shared) -> SheetCells:
        reader = XlsxSheet(element.get("name", ""), shared, self._file.room)
        self._file.feed(part, reader)
        sheet = reader.sheet
        sheet.hidden = element.get("state", "visible") in ("hidden", "veryHidden")
        if self._with_pictures:
            for picture in reader.in_cells:
                self._place_in_cell(sheet.title, picture)
            place_drawings(self._file, part, sheet.title, reader.lengths, self._shelf, self._notes)
        return sheet

    def _place_in_cell(self, title: str, picture: InCell) -> None:
        part = self._wps.get(picture.name) if picture.name else picture.part
        if part is None:
            self._shelf.tell_missing(title, picture.row, picture.column)
        elif not part:
            self._shelf.tell_linked(title, picture.row, picture.column)
        else:
            self._shelf.place(title, picture.row, picture.column, part, in_cell=True)


def place_drawings(
    file: ZipParts, part: str, title: str, lengths: SheetLengths, shelf: PictureShelf, notes: list[Problem]
) -> None:
    """Take the pictures of the drawings of a sheet; a broken drawing is noted and harms nothing else."""
    related = file.relations(part).values()
    for drawing in {one.target for one in related if one.kind == "drawing" and not one.external and one.target in file}:
        try:
            place_floating(file, drawing, title, lengths, shelf)
        except ProblemsFound:
            notes.append(Problem("workbook.note_broken_pictures", file.name))

"""Read the cells of all sheets from the tags of an OpenDocument workbook."""

from __future__ import annotations

from dataclasses import replace

from wufei_cells.workbooks.reading.cells import (
    IN_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    Cell,
    CellKind,
    SheetCells,
    formula_cell,
    number_cell,
    picture_name,
    text_cell,
    whole,
)
from wufei_cells.workbooks.reading.refusals import Room, refusal
from wufei_cells.workbooks.reading.xlsx_cells import checked_area
from wufei_cells.workbooks.reading.xml_elements import LocalNames, XmlFault, local

_CELLS = ("table-cell", "covered-table-cell")
_ASIDE = frozenset(("annotation", "tracked-changes", "shapes", "detective", "frame", "custom-shape", "g", "ruby-text"))
"""What stands in a table or cell without being its text: remarks, drawings, earlier versions."""
_NUMBERS = ("float", "percentage", "currency")
_FLAGS = {"of:=TRUE()": "yes", "of:=FALSE()": "no"}
"""What LibreOffice makes of yes and no in workbooks of Excel, with a number as the result."""
_DEEPEST = 200
_HIDDEN = ("collapse", "filter")


class OdsSheets:
    """Is told the tags of the document and keeps the cells of its sheets."""

    def __init__(self, room: Room, most_sheets: int) -> None:
        self.sheets: list[SheetCells] = []
        self.has_links = False
        self._room = room
        self._most_sheets = most_sheets
        self._hidden_looks: set[str] = set()
        self._look = ""
        self._aside = ""
        self._aside_depth = 0
        self._depth = self._nested = 0
        self._names = LocalNames()
        self._row = self._rows = self._column = 0
        self._row_hidden = False
        self._columns_seen = 0
        self._row_cells: list[tuple[Cell, int]] = []
        self._cell: dict[str, str] | None = None
        self._lines: list[list[str]] = []
        self._in_line = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = self._names[tag]
        self._nested += 1
        if self._nested > _DEEPEST:
            raise XmlFault
        if self._aside:
            self._aside_depth += name == self._aside
        elif name in _ASIDE:
            self._aside, self._aside_depth = name, 1
        elif name == "style":
            self._look = _value(attributes, "name")
        elif name == "table-properties" and _value(attributes, "display") == "false":
            self._hidden_looks.add(self._look)
        elif name == "table":
            self._begin_sheet(attributes)
        elif name == "table-source":
            self.has_links = True
        elif self._depth == 1:
            self._start_inside(name, attributes)

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table-row":
            self._rows = _repeated(attributes, "number-rows-repeated")
            self._row_hidden = _value(attributes, "visibility") in _HIDDEN
            self._column = 0
            self._row_cells.clear()
        elif name in _CELLS:
            self._cell = {local(key): value for key, value in attributes.items()}
            self._lines = []
        elif name == "table-column":
            self._begin_columns(attributes)
        elif self._cell is not None:
            self._start_text(name, attributes)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self._lines.append([])
            self._in_line = True
        elif self._in_line and name == "s":
            self._lines[-1].append(" " * min(_repeated(attributes, "c"), 1_000))
        elif self._in_line and name in ("tab", "line-break"):
            self._lines[-1].append("\t" if name == "tab" else "\n")

    def end(self, tag: str) -> None:
        """An element ends."""
        name = self._names[tag]
        self._nested -= 1
        if self._aside:
            self._aside_depth -= name == self._aside
            if not self._aside_depth:
                self._aside = ""
        elif name == "table":
            self._depth -= 1
        elif self._depth != 1:
            return
        elif name == "p":
            self._in_line = False
        elif name in _CELLS and self._cell is not None:
            self._end_cell(self._cell)
        elif name == "table-row":
            self._end_row()

    def text(self, data: str) -> None:
        """A piece of text."""
        if self._in_line and not self._aside:
            self._lines[-1].append(data)

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth != 1:
            return  # a table inside a cell or a drawing
        if len(self.sheets) >= self._most_sheets:
            raise refusal("workbook.too_many_sheets", self._room.name, limit=self._most_sheets)
        hidden = _value(attributes, "style-name") in self._hidden_looks
        self.sheets.append(SheetCells(_value(attributes, "name"), hidden=hidden))
        self._row = self._columns_seen = 0

    def _begin_columns(self, attributes: dict[str, str]) -> None:
        first = self._columns_seen + 1
        self._columns_seen += _repeated(attributes, "number-columns-repeated")
        if _value(attributes, "visibility") in _HIDDEN and first <= MOST_COLUMNS:
            self.sheets[-1].hidden_columns.append((first, min(self._columns_seen, MOST_COLUMNS)))

    def _end_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._in_line = None, False
        repeated = whole(attributes.get("number-columns-repeated", "1"))
        row, column = self._row + 1, self._column + 1
        self._column += max(repeated, 1)
        if column > MOST_COLUMNS:
            return
        if cell := self._read(attributes, row, column):
            self._row_cells.append((cell, min(max(repeated, 1), MOST_COLUMNS + 1 - column)))
        rows, columns = (whole(attributes.get(f"number-{what}-spanned", "1")) for what in ("rows", "columns"))
        if rows > 1 or columns > 1:
            area = checked_area(row, column, row + max(rows, 1) - 1, column + max(columns, 1) - 1)
            if area:
                self._room.take_area()
                self.sheets[-1].merged.append(area)

    def _end_row(self) -> None:
        first, self._row = self._row + 1, self._row + max(self._rows, 1)
        last = min(self._row, MOST_ROWS)
        if not self._row_cells or first > last:
            return
        self._room.take_cells((last - first + 1) * sum(count for _cell, count in self._row_cells))
        sheet = self.sheets[-1]
        for row in range(first, last + 1):
            sheet.rows[row] = {
                column: replace(cell, row=row, column=column)
                for cell, count in self._row_cells
                for column in range(cell.column, cell.column + count)
            }
        if self._row_hidden:
            sheet.hidden_rows.update(range(first, last + 1))

    def _read(self, attributes: dict[str, str], row: int, column: int) -> Cell | None:
        formula = "formula" in attributes
        cell = self._content(attributes, row, column)
        if not formula:
            return cell
        if cell is None and "value-type" not in attributes:
            return text_cell(f"={attributes['formula']}", row, column, CellKind.NO_RESULT, formula=True)
        if attributes["formula"] in _FLAGS:
            cell = Cell(_FLAGS[attributes["formula"]], row, column)
        elif picture_name(attributes["formula"]) or (cell and picture_name(cell.text)):
            cell = Cell(IN_CELL, row, column, CellKind.PICTURE)
        return formula_cell(cell)

    def _content(self, attributes: dict[str, str], row: int, column: int) -> Cell | None:
        kind = attributes.get("value-type", "")
        shown = "\n".join("".join(line) for line in self._lines)[:MOST_TEXT]
        # LibreOffice writes an error as a text and says in a name space of its own what it is.
        if kind == "error" or (
            "formula" in attributes and shown.startswith(("#", "Err:")) and kind in ("string", "float")
        ):
            return text_cell(shown, row, column, CellKind.ERROR)
        if kind in _NUMBERS and "value" in attributes:
            return number_cell(attributes["value"], row, column, percent=kind == "percentage")
        if kind == "date":
            return text_cell(attributes.get("date-value", shown)[:10], row, column, CellKind.DATE)
        if kind == "boolean":
            return Cell("yes" if attributes.get("boolean-value") == "true" else "no", row, column)
        return text_cell(attributes.get("string-value", shown), row, column)


def _value(attributes: dict[str, str], name: str) -> str:
    """Give an attribute, whatever its namespace."""
    return next((value for key, value in attributes.items() if local(key) == name), "")


def _repeated(attributes: dict[str, str], name: str) -> int:
    return max(whole(_value(attributes, name) or "1"), 1)

"""Read a list of sites as an office sends it: tables by their heads, and the place of every cell to tell of it.

What the words in the cells mean is not known here; that depends on the city (``services.site_list_meaning``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from wufei_cells.domain.site_lists import ListCell, ListTable, RawList, RawRow
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.workbooks.reading.cells import Cell, CellKind, SheetCells
from wufei_cells.workbooks.reading.workbook import read_workbook
from wufei_cells.workbooks.sheet_source import Spot
from wufei_cells.workbooks.site_list_heads import Heads, HeadWords, SheetHeads
from wufei_cells.workbooks.table_finding import shared_cells
from wufei_cells.workbooks.vocabulary import Vocabulary, folded

LONGEST_QUOTE = 40
_UNREAD = {
    CellKind.ERROR: "authoring.cell_error",
    CellKind.NO_RESULT: "authoring.no_result",
    CellKind.DATE: "authoring.date_in_text",
}
"""What cannot be a value of a site, by what stands in the cell."""


def read_site_list(
    content: bytes, name: str, words: Vocabulary, facts: Collection[str], *, several: bool = False
) -> RawList:
    """Read all tables of a file; what is wrong with it as a whole is told in the list, never raised.

    Args:
        content: the file.
        name: what it is called.
        words: the words of the catalogue.
        facts: how the checklists call the facts that they ask for.
        several: whether the list consists of several files, so that places name theirs.
    """
    try:
        book = read_workbook(content, name, with_pictures=False)
    except ProblemsFound as found:
        problems = found.problems if not several else tuple(_in_file(one, name) for one in found.problems)
        return RawList(problems=problems)
    reader = _Reader(words, HeadWords(words, facts), name, name if several else "")
    reader.notes += [note for note in book.notes if note.code != "workbook.note_pictures_left"]
    for number, sheet in enumerate(book.sheets, 1):
        reader.read(sheet, number)
    if not reader.tables:
        return RawList(problems=(Problem("site_list.no_table", name),))
    return RawList(tuple(reader.rows), (), tuple(reader.notes))


def told(table: ListTable, row: int, field: str, words: Vocabulary) -> str:
    """Say where a field of a row stands; the row where the table does not have it."""
    column, head = table.columns.get(field, (0, ""))
    place = Spot(table.number, table.sheet, row, column, head).told(words)
    return words.say("place.in_file", file=table.file, place=place) if table.file else place


def words_for_nothing(words: Vocabulary) -> frozenset[str]:
    """Give what people write, folded, where they have nothing to write."""
    return frozenset(map(folded, words.spellings("siteword.nothing")))


def _in_file(problem: Problem, name: str) -> Problem:
    return problem if problem.place.startswith(name) else replace(problem, place=f"{name} {problem.place}".strip())


class _Reader:
    """Goes through the sheets of one file from top to bottom."""

    def __init__(self, words: Vocabulary, heads: HeadWords, name: str, file: str) -> None:
        self._words = words
        self._heads = heads
        self._name = name
        self._file = file
        self._total = tuple(folded(word) for word in words.spellings("siteword.total"))
        self.rows: list[RawRow] = []
        self.notes: list[Problem] = []
        self.tables = 0

    def read(self, sheet: SheetCells, number: int) -> None:
        """Read the tables of one sheet; what stands above the first one and between them are headings."""
        headings: list[str] = []
        finder = SheetHeads(self._heads, sheet)
        rows = sorted(sheet.rows)
        at, before = 0, self.tables
        while at < len(rows):
            heads = finder.find(rows[at])
            if heads is None:
                headings.insert(0, " ".join(cell.text for cell in sheet.rows[rows[at]].values())[:200])
                at += 1
                continue
            table = ListTable(self._file, sheet.title, number, heads.columns, (*headings, sheet.title, self._name))
            self.tables += 1
            self._tell_columns(table, heads)
            body, headings = self._body(sheet, finder, table, heads, rows[at:])
            at += body
        if rows and self.tables == before:
            self._note(ListTable(self._file, sheet.title, number, {}), 0, "", "site_list.sheet_passed_over")

    def _body(
        self, sheet: SheetCells, finder: SheetHeads, table: ListTable, heads: Heads, rows: list[int]
    ) -> tuple[int, list[str]]:
        """Read the rows of a table up to the next heads; give how many there were, and the headings at its end."""
        columns = {column: field for field, (column, _head) in heads.columns.items()}
        below = [area for area in sheet.merged if area[0] > heads.last and area[1] == area[3]]
        shared = shared_cells(SheetCells(sheet.title, sheet.rows, below), columns)
        headings: list[str] = []
        section, taken = "", 0
        for row in rows:
            if row > heads.last:
                if finder.find(row):
                    headings = self._titles_at_end(sheet, table) + headings
                    break
                heading = self._heading(sheet, finder, row, columns)
                if heading:
                    section = heading
                    headings.insert(0, heading)
                elif self._take(sheet, table, row, columns, shared, section):
                    headings.clear()
            taken += 1
        return taken, headings

    def _titles_at_end(self, sheet: SheetCells, table: ListTable) -> list[str]:
        """Take away the rows of a single cell right above the next heads: they are its titles."""
        titles: list[str] = []
        while self.rows and self.rows[-1].table is table and len(sheet.rows[self.rows[-1].row]) == 1:
            titles += [cell.text.strip() for cell in sheet.rows[self.rows.pop().row].values()]
        return titles

    def _heading(self, sheet: SheetCells, finder: SheetHeads, row: int, columns: Mapping[int, str]) -> str:
        """Give the text of a row that only says what the rows below it have in common."""
        cells = list(sheet.rows[row].values())
        if len(cells) != 1:
            return ""
        alone = cells[0].column not in columns or finder.spans_columns(row, cells[0].column)
        return cells[0].text.strip()[:200] if alone else ""

    def _take(
        self,
        sheet: SheetCells,
        table: ListTable,
        row: int,
        columns: Mapping[int, str],
        shared: Mapping[tuple[int, str], Cell],
        section: str,
    ) -> bool:
        there = sheet.rows[row]
        cells = {field: there[column] for column, field in columns.items() if column in there}
        if not cells:
            return False
        if any(len(cell.text) < 12 and folded(cell.text).endswith(self._total) for cell in there.values()):
            self._note(table, row, "", "site_list.row_passed_over")
            return False
        cells = {field: shared[row, field] for field in table.columns if (row, field) in shared} | cells
        problems = tuple(self._problems(table, row, cells))
        values = {field: value for field, cell in cells.items() if (value := _value(field, cell))}
        hidden = sheet.hidden or row in sheet.hidden_rows
        self.rows.append(RawRow(table, row, values, section, problems, hidden=hidden))
        return True

    def _problems(self, table: ListTable, row: int, cells: Mapping[str, Cell]) -> Iterator[Problem]:
        for field, cell in cells.items():
            if cell.kind in _UNREAD and _value(field, cell) is None:
                place = told(table, row, field, self._words)
                yield Problem(_UNREAD[cell.kind], place, {"found": cell.text[:LONGEST_QUOTE]})
            elif cell.kind is CellKind.PICTURE:
                self._note(table, row, field, "authoring.picture")

    def _tell_columns(self, table: ListTable, heads: Heads) -> None:
        for column, head in heads.unknown:
            self._tell_column(table, heads, column, "authoring.column_passed_over", head=head[:LONGEST_QUOTE])
        for column, head, other in heads.repeated:
            self._tell_column(table, heads, column, "site_list.column_repeated", head=head, other=other)

    def _tell_column(self, table: ListTable, heads: Heads, column: int, code: str, **values: object) -> None:
        spotted = replace(table, columns={"": (column, "")})
        self.notes.append(Problem(code, told(spotted, heads.last, "", self._words), values))

    def _note(self, table: ListTable, row: int, field: str, code: str) -> None:
        self.notes.append(Problem(code, told(table, row, field, self._words)))


def _value(field: str, cell: Cell) -> ListCell | None:
    """Give what stands in a cell, where it can be a value."""
    if cell.kind in (CellKind.TEXT, CellKind.NUMBER) or (cell.kind is CellKind.DATE and field == "note"):
        return ListCell(cell.text.strip(), cell.kind is CellKind.NUMBER, cell.percent)
    return None

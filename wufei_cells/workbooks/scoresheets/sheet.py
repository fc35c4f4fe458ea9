"""The Excel scoresheet of one assessment, as assessors know it on paper.

Facts, answers, reasons and notes are filled in; points, sums, total, level and verdict follow from them by formulas
that do what the evaluator does. These stand on a hidden sheet of workings, and what they give is written with them.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins, PrintPageSetup
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from wufei_cells.scoring.numbers import Numbers
from wufei_cells.workbooks.archive import workbook_bytes
from wufei_cells.workbooks.cell_text import clean_text, page_text
from wufei_cells.workbooks.formulas.totals import TotalFormulas
from wufei_cells.workbooks.formulas.workings import Workings
from wufei_cells.workbooks.grid import Grid, write_plainly
from wufei_cells.workbooks.looks import Kind, looks
from wufei_cells.workbooks.main_font import set_main_font
from wufei_cells.workbooks.scoresheets.columns import HIDDEN, Columns, Field
from wufei_cells.workbooks.scoresheets.data import ScoresheetData
from wufei_cells.workbooks.scoresheets.inputs import Inputs
from wufei_cells.workbooks.scoresheets.remarks import Remarks
from wufei_cells.workbooks.scoresheets.results import Results
from wufei_cells.workbooks.scoresheets.row_keys import SheetId
from wufei_cells.workbooks.scoresheets.rules_sheet import write_rules
from wufei_cells.workbooks.scoresheets.sums import Sums
from wufei_cells.workbooks.scoresheets.table import ScoreTable
from wufei_cells.workbooks.scoresheets.words import SheetWords

if TYPE_CHECKING:
    from wufei_cells.wording import Wording

A4 = 9  # Excel's number for the paper
HASH_DIGITS = 12
FOOT_ROOM = 30.0  # characters in a third of the page's foot
MARGIN = 0.4  # inches


def write_scoresheet(data: ScoresheetData, wording: Wording) -> bytes:
    """Write the scoresheet as an .xlsx file; the same data and wording give the same bytes."""
    words = SheetWords(wording, data.checklist, data.on)
    styles = looks(words.language)
    workbook = Workbook()
    table_sheet = workbook.worksheets[0]
    table_sheet.title = words.say("sheet.table")
    set_main_font(workbook, styles[Kind.TEXT].font)
    workings = Workings(words.say("sheet.workings"))
    rules_sheet, choices, hidden = (
        workbook.create_sheet(title) for title in (words.say("sheet.rules"), words.say("sheet.choices"), workings.title)
    )
    table = _write_table(table_sheet, data, words, workings, choices)
    rules = write_rules(rules_sheet, data, words, styles)
    _set_pages(rules_sheet, data, words, landscape=False)
    _write_workings(hidden, workings)
    for sheet in (choices, hidden):
        sheet.sheet_state = "hidden"
        sheet.protection.sheet = True
    workbook.properties.title = clean_text(_title(data, words))
    workbook.properties.creator = "wufei-cells"
    workbook.calculation.fullCalcOnLoad = True
    results = {table_sheet.title: table.results, rules_sheet.title: rules.results}
    written = data.assessment.started_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return workbook_bytes(workbook, results, written=written)


def _write_table(
    sheet: Worksheet, data: ScoresheetData, words: SheetWords, workings: Workings, choices: Worksheet
) -> Grid:
    columns = Columns.of(data.checklist, data.assessment.column)
    grid = Grid(sheet, columns.widths(words.language), looks(words.language))
    _head(grid, columns, data, words)
    _write_heads(grid, columns, data, words)
    head_row = grid.row - 1
    inputs = Inputs(grid, columns, words)
    table = ScoreTable(grid, columns, data, words, Remarks(data, words), inputs, workings)
    table.write()
    totals = TotalFormulas(data.checklist, Numbers(data.checklist.parameters, data.on), table.entries, workings).write()
    Sums(grid, columns, data, words, table, totals, workings).write()
    Results(grid, columns, data, words, table, totals, workings).write()
    grid.finish()
    inputs.attach(sheet, choices)
    sheet.freeze_panes = f"{get_column_letter(columns.at(Field.ITEM) + 1)}{head_row + 1}"
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.print_area = f"A1:{grid.place(grid.columns, grid.row - 1)}"
    _set_pages(sheet, data, words, landscape=True)
    _protect(sheet)
    return grid


def _write_heads(grid: Grid, columns: Columns, data: ScoresheetData, words: SheetWords) -> None:
    """The heads; above each, hidden, the name by which the program knows the column, whatever becomes of its head."""
    for number, field in enumerate(columns.fields, start=1):
        grid.mark(number, field.value)
        if field in HIDDEN:
            grid.sheet.column_dimensions[get_column_letter(number)].hidden = True
    grid.sheet.row_dimensions[grid.row].hidden = True
    grid.next_row()
    assessment = data.assessment
    for number, (field, head) in enumerate(zip(columns.fields, columns.heads(words), strict=True), start=1):
        if field is Field.KEY:
            grid.mark(number, SheetId(assessment.id, data.edition, assessment.column).written)
        else:
            grid.text(number, head, Kind.HEAD)
    grid.next_row(lowest=24)


def _write_workings(sheet: Worksheet, workings: Workings) -> None:
    for row, line in enumerate(workings.lines, start=1):
        write_plainly(sheet, row, 1, line.label)
        write_plainly(sheet, row, 2, f"={line.formula}" if line.formula else line.text, formula=bool(line.formula))


def _protect(sheet: Worksheet) -> None:
    """Let only answers be changed, without a password; widths, heights and pictures are everybody's."""
    protection = sheet.protection
    protection.sheet = True
    protection.objects = protection.scenarios = False
    protection.formatColumns = protection.formatRows = protection.formatCells = False


def _opinion(data: ScoresheetData, words: SheetWords) -> str:
    """Say whose scores these are; a checklist may name columns of its own."""
    key = data.assessment.column
    own = next((column.text for column in data.checklist.scoring.columns if column.key == key), None)
    return words.text(own) if own else words.say(f"opinion.{key}")


def _head(grid: Grid, columns: Columns, data: ScoresheetData, words: SheetWords) -> None:
    """Title, warnings, and whom and what the sheet is about: two facts in a row."""
    say, checklist, assessment = words.say, data.checklist, data.assessment
    grid.text(1, _title(data, words), Kind.TITLE, last=grid.columns)
    grid.next_row(lowest=32)
    warnings = [say("example")] if data.example else []
    warnings += [] if checklist.official else [say("unofficial")]
    if warnings:
        grid.text(1, "　".join(warnings), Kind.WARNING, last=grid.columns)
        grid.next_row()
    edition = say(
        "head.edition", title=words.text(checklist.title), edition=checklist.edition, hash=data.edition[:HASH_DIGITS]
    )
    people = say("and").join(assessment.assessors)
    rows = [
        ("site", data.site.name, "category", words.text(checklist.category.text)),
        ("address", data.site.address, "district", words.text(data.district)),
        ("checklist", edition, "date", ""),
        ("assessors", people, "column", _opinion(data, words)),
    ]
    label, value, second = columns.at(Field.ITEM) - 1, columns.at(Field.SCORING), columns.at(Field.VERIFY)
    for left, left_text, right, right_text in rows:
        grid.text(1, say(f"head.{left}"), Kind.LABEL, last=label)
        grid.text(label + 1, left_text, Kind.VALUE, last=value)
        grid.text(second, say(f"head.{right}"), Kind.LABEL)
        if right == "date" and assessment.visited_on:
            grid.day(second + 1, assessment.visited_on, say("date_format"), Kind.VALUE, last=grid.columns)
        else:
            grid.text(second + 1, right_text, Kind.VALUE, last=grid.columns)
        grid.next_row(lowest=21)
    if data.open:
        grid.text(1, say("fill_hint"), Kind.HINT, last=grid.columns)
        grid.next_row()


def _title(data: ScoresheetData, words: SheetWords) -> str:
    return words.say("title", category=words.text(data.checklist.category.text))


def _set_pages(sheet: Worksheet, data: ScoresheetData, words: SheetWords, *, landscape: bool) -> None:
    """A4, as wide as one page, as long as it takes; whose sheet it is stands on each page."""
    sheet.page_setup = PrintPageSetup(
        paperSize=A4, orientation="landscape" if landscape else "portrait", fitToWidth=1, fitToHeight=0
    )
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins = PageMargins(MARGIN, MARGIN, top=0.6, bottom=0.6, header=0.28, footer=0.28)
    head: Any = sheet.oddHeader
    foot: Any = sheet.oddFooter
    checklist, room = data.checklist, FOOT_ROOM if landscape else FOOT_ROOM * 0.6
    if data.example:
        head.center.text, head.center.color, head.center.size = page_text(words.say("example"), FOOT_ROOM), "B3261E", 11
    foot.left.text = page_text(data.site.name, room)
    foot.center.text = words.say("page")
    foot.right.text = page_text(f"{checklist.edition} {data.edition[:HASH_DIGITS]} {words.text(checklist.title)}", room)
    for part in (foot.left, foot.center, foot.right):
        part.size = 9

"""Write a whole checklist as a workbook that people can edit: the other way to author one.

The sheets are made to be filled in: one row for each thing, heads that stay in view, choices to pick from, and notes
that say what belongs where. The language of the workbook comes first; the other one stands at the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins, PrintPageSetup
from openpyxl.worksheet.properties import PageSetupProperties

from wufei_cells.checklists.yaml_source import Data
from wufei_cells.workbooks.archive import workbook_bytes
from wufei_cells.workbooks.authoring.entity_rows import Row
from wufei_cells.workbooks.authoring.guide import write_guide
from wufei_cells.workbooks.authoring.rows import ChecklistRows, checklist_rows
from wufei_cells.workbooks.authoring.sheets import (
    BASICS,
    COLUMNS,
    DETAILS,
    ENTRIES,
    EXPORTED,
    FACTS,
    GRADES,
    HIDDEN,
    PARAMETERS,
    RULES,
    SOURCES,
    Form,
    SheetColumn,
    SheetPlan,
)
from wufei_cells.workbooks.cell_text import page_text
from wufei_cells.workbooks.grid import Grid
from wufei_cells.workbooks.looks import Kind, Look, looks
from wufei_cells.workbooks.main_font import set_main_font
from wufei_cells.workbooks.vocabulary import Vocabulary

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from wufei_cells.wording import Wording

A4 = 9  # Excel's number for the paper
ROOM_BELOW = 40
"""Empty rows below a table that look like its rows and take text as it is typed."""
CHOICES_BELOW = 500
"""Rows below the heads in which choices are offered."""
LONGEST_LIST = 250
"""Characters that Excel takes in the list of a drop-down."""
FOOT_ROOM = 60.0
WIDER = 1.5
WRITTEN = datetime(2026, 1, 1)  # noqa: DTZ001 - the same checklist gives the same bytes; files have no zone
TABLES = (GRADES, ENTRIES, RULES, FACTS, PARAMETERS, SOURCES, COLUMNS)
FROZEN = {"entries": "text", "rules": "detail_key"}
"""The last column that always stays in view; the second one elsewhere."""
PRINTED_TO = {"entries": "sources"}
"""The last column that is printed; elsewhere the last one before the other language."""
_NUMBERS = (Form.NUMBER, Form.QUANTITY)
_CENTERED_FORMS = (Form.NUMBER, Form.QUANTITY, Form.KEY, Form.WORD, Form.FLAG, Form.DATE)
_CENTERED = {"level", "item", "part", "bound", "number"}
_BASICS_WIDTHS = (26.0, 46.0, 46.0, 60.0)


def write_checklist_workbook(data: Data, wording: Wording, *, name: str = "") -> bytes:
    """Write a checklist, finished or not, as an .xlsx file; the same data and wording give the same bytes.

    Args:
        data: a checklist in the shape of its file.
        wording: the words and the language of the sheets.
        name: what stands at the foot of each page.
    """
    words = Vocabulary(wording)
    rows = checklist_rows(data, words)
    title = rows.basics.get(f"title_{words.language}") or rows.basics.get("title_zh", "")
    return _Book(rows, words, name or title).content()


class _Book:
    """Draws the sheets."""

    def __init__(self, rows: ChecklistRows, words: Vocabulary, name: str) -> None:
        self._rows = rows
        self._words = words
        self._name = name
        self._looks = looks(words.language)
        self._workbook = Workbook()

    def content(self) -> bytes:
        """Draw everything."""
        set_main_font(self._workbook, self._looks[Kind.TEXT].font)
        guide = self._workbook.worksheets[0]
        guide.title = self._words.say("sheet.guide")
        write_guide(guide, self._words, self._looks)
        self._page(guide, landscape=False)
        self._basics()
        for plan in TABLES:
            _Table(self._sheet(plan.name), plan, self._words, self._looks).write(self._rows.sheets.get(plan.name, []))
        if exported := self._rows.sheets.get(EXPORTED.name):
            sheet = self._sheet(EXPORTED.name)
            _Table(sheet, EXPORTED, self._words, self._looks).write(exported)
            sheet.sheet_state = "hidden"
        self._workbook.properties.title = page_text(self._name, FOOT_ROOM)
        self._workbook.properties.creator = "wufei-cells"
        return workbook_bytes(self._workbook, {}, written=WRITTEN)

    def _sheet(self, name: str) -> Worksheet:
        sheet: Worksheet = self._workbook.create_sheet(self._words.say(f"sheet.{name}"))
        self._page(sheet, landscape=True)
        return sheet

    def _basics(self) -> None:
        """Each field in a row: what it is, what was filled in, and how to fill it in."""
        words, row = self._words, self._rows.basics
        sheet = self._sheet("basics")
        grid = Grid(sheet, _BASICS_WIDTHS, self._looks)
        for number, head in enumerate(("label", "content", "content_en", "note"), start=1):
            grid.text(number, words.say(f"head.{head}"), Kind.HEAD)
        grid.next_row(lowest=24)
        choices = _Choices(words)
        for column in BASICS.columns:
            if column.language == "en":
                continue
            label = column.name.removesuffix("_zh")
            grid.text(1, words.say(f"basics.{label}"), Kind.LABEL)
            _write_cell(grid, 2, column, row.get(column.name, ""), Kind.VALUE)
            if column.language:
                _write_cell(grid, 3, column, row.get(f"{label}_en", ""), Kind.VALUE)
            else:
                grid.empty(3, Kind.MUTED)
            grid.text(4, words.say(f"basics_hint.{label}"), Kind.HINT)
            choices.offer(sheet, column, f"{grid.place(2)}")
            grid.next_row(lowest=21)
        grid.finish()
        sheet.freeze_panes = "B2"

    def _page(self, sheet: Worksheet, *, landscape: bool) -> None:
        sheet.page_setup = PrintPageSetup(
            paperSize=A4, orientation="landscape" if landscape else "portrait", fitToWidth=1, fitToHeight=0
        )
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins = PageMargins(0.4, 0.4, top=0.5, bottom=0.6, header=0.28, footer=0.28)
        foot: Any = sheet.oddFooter
        foot.left.text = page_text(self._name, FOOT_ROOM)
        foot.center.text = self._words.say("page")
        foot.right.text = "&A"
        for part in (foot.left, foot.center, foot.right):
            part.size = 9


class _Table:
    """One sheet with a row for each thing."""

    def __init__(self, sheet: Worksheet, plan: SheetPlan, words: Vocabulary, styles: dict[Kind, Look]) -> None:
        self._sheet = sheet
        self._plan = plan
        self._words = words
        self._styles = styles

    def write(self, rows: Sequence[Row]) -> None:
        """Write heads and rows, and leave room below."""
        columns = self._columns(rows)
        grid = Grid(self._sheet, [self._width(column) for column in columns], self._styles)
        for number, column in enumerate(columns, start=1):
            grid.text(number, self._words.say(f"head.{column.name}"), Kind.HEAD)
            hint = f"hint.{column.name.removesuffix('_zh').removesuffix('_en')}"
            grid.note(number, self._words.say(hint), "wufei-cells")
        grid.next_row(lowest=30)
        for row in rows:
            kinds = self._kinds(row)
            for number, column in enumerate(columns, start=1):
                _write_cell(grid, number, column, row.get(column.name, ""), kinds[is_centered(column)])
            grid.next_row()
        for _ in range(ROOM_BELOW):
            for number, column in enumerate(columns, start=1):
                _write_cell(grid, number, column, "", Kind.CENTER if is_centered(column) else Kind.TEXT)
            grid.next_row()
        grid.finish()
        self._finish(columns, len(rows))

    def _columns(self, rows: Sequence[Row]) -> list[SheetColumn]:
        """The columns from left to right: the other language, and what is rarely needed, at the end."""
        other = "en" if self._words.language == "zh" else "zh"
        shown = [column for column in self._plan.columns if column.name != "more" or any("more" in row for row in rows)]
        last = [column for column in shown if column.name == HIDDEN]
        translated = [column for column in shown if column.language == other or column.name.endswith(f"_{other}")]
        return [column for column in shown if column not in (*translated, *last)] + translated + last

    def _width(self, column: SheetColumn) -> float:
        """English takes more room; where it stands beside the Chinese it must not make the rows higher."""
        return column.width * WIDER if column.name.endswith("_en") and self._words.language == "zh" else column.width

    def _kinds(self, row: Row) -> tuple[Kind, Kind]:
        """How the cells of a row look: texts, and what stands in the middle."""
        if self._plan is ENTRIES and "level" in row:
            return (Kind.GROUP_TEXT, Kind.GROUP_CENTER)
        if self._plan is not RULES:
            return (Kind.TEXT, Kind.CENTER)
        if row.get("rule_kind") in self._words.choices("rule", DETAILS):
            return (Kind.MUTED, Kind.MUTED_CENTER)
        return (Kind.TEXT, Kind.CENTER) if row.get("part") else (Kind.GROUP_TEXT, Kind.GROUP_CENTER)

    def _finish(self, columns: Sequence[SheetColumn], count: int) -> None:
        """What makes a table easy to work in."""
        names = [column.name.removesuffix("_zh").removesuffix("_en") for column in columns]
        frozen = names.index(FROZEN[self._plan.name]) + 1 if self._plan.name in FROZEN else 2
        self._sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
        self._sheet.print_title_rows = "1:1"
        choices = _Choices(self._words)
        for number, column in enumerate(columns, start=1):
            letter = get_column_letter(number)
            choices.offer(self._sheet, column, f"{letter}2:{letter}{count + CHOICES_BELOW}")
        other = "en" if self._words.language == "zh" else "zh"
        translated = [number for number, column in enumerate(columns, start=1) if column.name.endswith(f"_{other}")]
        if translated:
            first, end = get_column_letter(translated[0]), get_column_letter(translated[-1])
            self._sheet.column_dimensions.group(first, end, outline_level=1)  # type: ignore[attr-defined]
        if HIDDEN in names:
            self._sheet.column_dimensions[get_column_letter(names.index(HIDDEN) + 1)].hidden = True
        printed = translated[0] - 1 if translated else len(columns)
        if self._plan.name in PRINTED_TO:
            printed = names.index(PRINTED_TO[self._plan.name]) + 1
        self._sheet.print_area = f"A1:{get_column_letter(printed)}{max(count, 1) + 1}"


class _Choices:
    """Drop-downs: the same choices share one rule."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words

    def offer(self, sheet: Worksheet, column: SheetColumn, places: str) -> None:
        """Offer the words of a column; other words are questioned, not refused, because reading knows more of them."""
        if column.form is Form.FLAG:
            listed = self._words.choices("flag", ("yes", "no"))
        elif column.form in (Form.WORD, Form.WORDS):
            listed = self._words.choices(column.area, column.choices)
        else:
            return
        if column.form is Form.WORDS:
            listed += [self._words.list_mark.join(listed[:2])]
        formula = ",".join(listed)
        if len(formula) > LONGEST_LIST or any("," in one for one in listed):
            return
        rule = DataValidation("list", formula1=f'"{formula}"', allow_blank=True)
        rule.errorStyle = "warning"
        rule.showErrorMessage = True
        rule.add(places)  # pyright: ignore[reportUnknownMemberType]
        sheet.add_data_validation(rule)


def _write_cell(grid: Grid, number: int, column: SheetColumn, text: str, kind: Kind) -> None:
    """Write a number as one where nothing is lost by it; everything else stays text, also when it is edited."""
    if column.form in _NUMBERS and is_plain_number(text):
        grid.number(number, Decimal(text), kind)
        return
    grid.text(number, text, kind)
    if column.form not in _NUMBERS:
        grid.keep_text(number)


def is_centered(column: SheetColumn) -> bool:
    """Whether a column holds something short that looks better in the middle."""
    return column.form in _CENTERED_FORMS or column.name in _CENTERED


def is_plain_number(text: str) -> bool:
    """Whether a spreadsheet's number holds this text to the letter, as the grid prints it."""
    try:
        value = Decimal(text)
    except ArithmeticError:
        return False
    return len(value.as_tuple().digits) <= 15 and f"{value:f}" == text and -value.as_tuple().exponent <= 2  # type: ignore[operator]

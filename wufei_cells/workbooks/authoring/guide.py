"""The first sheet of the authoring workbook: how to fill in the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wufei_cells.workbooks.grid import Grid
from wufei_cells.workbooks.looks import Kind

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from wufei_cells.workbooks.looks import Look
    from wufei_cells.workbooks.vocabulary import Vocabulary

WIDTHS = (52.0, 56.0)
STEPS = 5
EXAMPLES = 9
NOTES = 5


def write_guide(sheet: Worksheet, words: Vocabulary, looks: Mapping[Kind, Look]) -> None:
    """Fill the sheet."""
    grid = Grid(sheet, WIDTHS, looks)
    say = words.say
    grid.text(1, say("guide.title"), Kind.TITLE, last=2)
    grid.next_row(lowest=34)
    _line(grid, say("guide.intro"))
    _heading(grid, say("guide.steps"))
    for number in range(1, STEPS + 1):
        _line(grid, say(f"guide.step{number}"))
    _heading(grid, say("guide.rules"))
    for number in range(1, EXAMPLES + 1):
        grid.text(1, say(f"guide.rule{number}"), Kind.VALUE)
        grid.text(2, say(f"guide.rule{number}_is"), Kind.VALUE)
        grid.next_row()
    _heading(grid, say("guide.notes"))
    for number in range(1, NOTES + 1):
        _line(grid, say(f"guide.note{number}"))
    grid.finish()


def _heading(grid: Grid, text: str) -> None:
    grid.text(1, text, Kind.SECTION, last=2)
    grid.next_row(lowest=22)


def _line(grid: Grid, text: str) -> None:
    grid.text(1, text, Kind.VALUE, last=2)
    grid.next_row()

"""Cells are read from the clipboard as spreadsheets put them there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.pasted_cells import pasted_cells


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", []),
        ("\r\n", []),
        ("一楼", [["一楼"]]),
        ("一楼\t3\r\n二楼\t4\r\n", [["一楼", "3"], ["二楼", "4"]]),
        ("一楼\t\n\t4", [["一楼", ""], ["", "4"]]),
        ('"两\n行"\t1\n三\t2', [["两 行", "1"], ["三", "2"]]),
        ('"称作""大桶"""\t1', [['称作"大桶"', "1"]]),
        ('"12寸\t1\n二\t2', [['"12寸', "1"], ["二", "2"]]),
        ('12"\t1', [['12"', "1"]]),
        ('"a"b\tc', [['"a"b', "c"]]),
        (" 一楼 \t 3 ", [["一楼", "3"]]),
    ],
)
def test_cells_stand_between_tabs_and_lines(text, cells):
    assert pasted_cells(text) == cells


def written(cell):
    """Write a cell as a spreadsheet does."""
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if any(sign in cell for sign in '"\n\t') else cell


@given(st.lists(st.lists(st.text('桶"\n\t1', max_size=5), min_size=1, max_size=3), min_size=1, max_size=4))
def test_whatever_a_spreadsheet_writes_is_read_back(rows):
    text = "\n".join("\t".join(written(cell) for cell in row) for row in rows)
    expected = [[" ".join(cell.split()) for cell in row] for row in rows]
    while expected and not any(expected[-1]):
        expected.pop()
    assert pasted_cells(text) == expected

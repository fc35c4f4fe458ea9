"""The writer of ledgers: what stands in a row comes back from the workbook, however long it is, and nothing else."""

from __future__ import annotations

import os
import re
import time
import tracemalloc
from datetime import UTC, date, datetime
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from tests.workbooks.ledger_reading import head_row, sheet_of
from wufei_cells.workbooks.cell_text import shown_text
from wufei_cells.workbooks.ledgers.table import Column, Look, Table
from wufei_cells.workbooks.ledgers.writing import write_ledger

COLUMNS = (Column("单位", 20, Look.TEXT), Column("分", 8), Column("率", 8, Look.SHARE), Column("日", 12))


def table(columns=COLUMNS, **other):
    values = {"title": "甲市台账", "about": "某局", "warning": "", "sheet": "台账", "page": "&P/&N", "frozen": 1}
    return Table(columns=columns, as_of=date(2026, 11, 2), language="zh", **{**values, **other})


def written(*rows, **other):
    sheet = sheet_of(write_ledger(table(**other), rows))
    first = head_row(sheet) + 1
    return [[sheet.cell(first + place, column + 1) for column in range(len(row))] for place, row in enumerate(rows)]


def xml_of(content, part="xl/worksheets/sheet1.xml"):
    return ZipFile(BytesIO(content)).read(part).decode()


# --- what stands in a row


@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back_as_text_and_never_as_a_formula(texts):
    cells = written(*[(text, "=1+1", None, "2026-01-01") for text in texts])
    for text, row in zip(texts, cells, strict=True):
        assert (row[0].value or "") == shown_text(text)
        assert {cell.data_type for cell in row if cell.value is not None} == {"s"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "'x", "http://x.y", "007", "1e5", "_x000D_", " a "])
def test_what_looks_like_something_else_stays_what_was_written(text):
    ((cell, *_rest),) = written((text, 1, None, None))
    assert (unescape(cell.value), cell.data_type, cell.hyperlink) == (text, "s", None)  # as Excel reads it
    assert cell.quotePrefix == (text[0] in "=+-@'")


def test_numbers_and_days_are_numbers_and_days():
    day, moment = date(2026, 3, 1), datetime(2026, 3, 1, 8, 30, 59, tzinfo=UTC)
    first, second = written(("甲", 7, Fraction(1, 4), day), ("乙", Fraction(5, 2), None, moment))
    assert [cell.value for cell in first[:3]] == ["甲", 7, 0.25]
    assert first[3].value.date() == day
    assert (first[2].number_format, first[3].number_format) == ("0.00%", "yyyy-mm-dd")
    assert second[1].value == 2.5
    assert second[3].value == moment.astimezone().replace(tzinfo=None, second=0)


def test_a_number_is_cut_and_never_rounded_up():
    ((_name, points, share, _day),) = written(("甲", Fraction(79_999, 1000), Fraction(79_999_9, 1_000_000), None))
    assert (points.value, share.value) == (79.99, 0.7999)


def test_a_day_before_the_calendar_of_spreadsheets_begins_is_told_in_words():
    ((_name, _points, _share, day),) = written(("甲", 1, None, date(1899, 12, 31)))
    assert day.value == "1899-12-31"


def test_a_row_is_high_enough_for_what_stands_in_it():
    sheet = sheet_of(write_ledger(table(), [("短", 1, None, None), ("长" * 60, 1, None, None)]))
    low, high = (sheet.row_dimensions[head_row(sheet) + place].height for place in (1, 2))
    assert high > 4 * low


# --- the whole


def test_a_ledger_can_be_filtered_looked_through_and_printed():
    columns = (*COLUMNS, *(Column(f"列{place}", 60) for place in range(5)))
    for shown, across in ((COLUMNS, 1), (columns, 2)):
        content = write_ledger(table(shown, warning="示例"), [("甲", *(None,) * (len(shown) - 1))] * 3)
        sheet = sheet_of(content)
        last = sheet.cell(7, len(shown)).coordinate
        assert [sheet.cell(row, 1).value for row in (1, 2, 3, 4)] == ["甲市台账", "示例", "某局", "单位"]
        assert (sheet.auto_filter.ref, sheet.freeze_panes) == (f"A4:{last}", "B5")
        assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$4:$4", "landscape")
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert (sheet.page_setup.fitToWidth or 1, bool(sheet.print_title_cols)) == (across, across > 1)
        assert "&P/&N" in sheet.oddFooter.center.text
        assert (sheet["A1"].alignment.horizontal == "center") == (across == 1)


def test_a_ledger_of_nothing_has_its_heads():
    sheet = sheet_of(write_ledger(table(), []))
    assert (sheet.max_row, sheet.auto_filter.ref) == (3, "A3:D3")


def test_the_same_rows_give_the_same_bytes_on_any_machine(monkeypatch):
    rows = [("甲", 1, Fraction(1, 3), date(2026, 1, 1))] * 4
    here = write_ledger(table(), rows)
    before = os.umask(0)
    try:
        monkeypatch.setenv("TZ", "Pacific/Kiritimati")
        time.tzset()
        assert write_ledger(table(), rows) == here
    finally:
        os.umask(before)
        monkeypatch.undo()
        time.tzset()
    assert write_ledger(table(), [*rows, rows[0]]) != here
    assert re.findall(r"20\d\d-\d\d", xml_of(here, "docProps/core.xml")) == ["2026-11"] * 2


def test_a_long_ledger_takes_no_more_memory_than_a_short_one():
    def peak(count):
        tracemalloc.start()
        write_ledger(table(), (("某单位有限责任公司", place, None, date(2026, 1, 1)) for place in range(count)))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(8000) - peak(500) < 500_000  # bytes: what is compressed, and little else


def test_a_ledger_that_is_given_up_leaves_nothing_behind(tmp_path, monkeypatch):
    class GivenUp(Exception):
        pass

    told = []

    def report(done, total):
        told.append((done, total))
        if done == 3:
            raise GivenUp

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(GivenUp):
        write_ledger(table(), [("甲", 1, None, None)] * 9, count=9, report=report)
    assert told == [(1, 9), (2, 9), (3, 9)]
    assert list(tmp_path.iterdir()) == []

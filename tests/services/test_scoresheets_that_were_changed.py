"""What people do to the tables of scoresheets: rows, columns and cells that are not where and what they were."""

from __future__ import annotations

import re

import pytest

from tests.samples.registers import criteria, open_register, scored
from tests.services.scoresheets_back import (
    A2_PART,
    PLAN,
    STAFF,
    came_back,
    changed,
    codes,
    exported,
    only,
    put,
)
from wufei_cells.domain.answers import Answer
from wufei_cells.services import assessing, browsing, registering
from wufei_cells.services.scoresheet_changes import ChangeState
from wufei_cells.services.taking_scoresheets import usual_choice
from wufei_cells.workbooks.scoresheets.row_keys import RowKey


@pytest.fixture
def row(workspace):
    return scored(workspace)


# --- what people do to tables


def test_rows_that_were_moved_are_known_by_their_keys(workspace, row):
    def shuffle(sheet):
        table = sheet.sheet
        for area in list(table.merged_cells.ranges):
            table.unmerge_cells(str(area))
        first, second = sheet.rows[A2_PART], sheet.rows[PLAN]
        for column in range(1, table.max_column + 1):
            one, other = table.cell(first, column), table.cell(second, column)
            one.value, other.value = other.value, one.value
        sheet.cell(second, "answer").value = 70  # where A2's part stands now

    found = came_back(workspace, changed(exported(workspace, row.id), shuffle))
    assert [change.key for change in only(found).changes] == ["A2"]
    assert only(found).changes[0].answer.value == {"part": "70", "whole": "100"}


def test_words_that_were_sorted_without_their_keys_are_refused(workspace, row):
    def part(sheet):
        one, other = sheet.first_row("A2"), sheet.first_row("B1")
        item = sheet.columns["item"]
        first, second = sheet.sheet.cell(one, item), sheet.sheet.cell(other, item)
        first.value, second.value = second.value, first.value
        put(A2_PART, 80)(sheet)

    found = came_back(workspace, changed(exported(workspace, row.id), part))
    assert codes(found.problems) == ["import.mislabelled", "import.mislabelled"]
    assert found.sheets[0].changes == ()


def test_inserted_columns_and_rows_and_renamed_heads_do_no_harm(workspace, row):
    def insert(sheet):
        table = sheet.sheet
        put(A2_PART, 80)(sheet)
        for cell in table[next(number for number, one in enumerate(table.iter_rows(), 1) if one[0].value == "序号")]:
            if cell.value in ("填写", "说明"):
                cell.value = f"我们的{cell.value}"
        table.insert_cols(3)
        table.insert_rows(2)

    assert [
        change.key for change in only(came_back(workspace, changed(exported(workspace, row.id), insert))).changes
    ] == ["A2"]


def test_columns_are_known_by_their_heads_where_the_hidden_names_are_gone(workspace, row):
    def drop(sheet):
        put(A2_PART, 80)(sheet)
        names = next(number for number, one in enumerate(sheet.sheet.iter_rows(), 1) if one[0].value == "number")
        sheet.sheet.delete_rows(names)

    assert len(only(came_back(workspace, changed(exported(workspace, row.id), drop))).changes) == 1


def test_deleted_rows_change_nothing_and_are_counted(workspace, row):
    content = changed(exported(workspace, row.id), lambda sheet: sheet.sheet.delete_rows(sheet.first_row("B1")))
    sheet = only(came_back(workspace, content))
    assert sheet.changes == ()
    assert [(note.code, note.values["count"]) for note in sheet.notes] == [("import.rows_absent", 1)]


def test_doubled_rows_that_differ_are_refused_and_equal_ones_count_once(workspace, row):
    def double(value):
        def change(sheet):
            last = sheet.sheet.max_row + 1
            for column in range(1, sheet.sheet.max_column + 1):
                sheet.sheet.cell(last, column).value = sheet.sheet.cell(sheet.rows[A2_PART], column).value
            sheet.cell(last, "answer").value = value

        return changed(exported(workspace, row.id), change)

    assert codes(came_back(workspace, double(80)).problems) == ["import.twice"]
    assert only(came_back(workspace, double(95))).changes == ()


def test_rows_of_ones_own_are_told_where_they_hold_an_answer(workspace, row):
    def append(sheet):
        sheet.cell(sheet.sheet.max_row + 1, "answer").value = 5

    assert codes(came_back(workspace, changed(exported(workspace, row.id), append)).problems) == [
        "import.row_without_key"
    ]


def test_each_unreadable_cell_is_told_and_the_others_are_taken(workspace, row):
    def change(sheet):
        put(A2_PART, "=1/0")(sheet)
        put(PLAN, "也许")(sheet)
        put(RowKey("entry", "B1"), "否")(sheet)
        put(STAFF, "许多")(sheet)

    found = came_back(workspace, changed(exported(workspace, row.id), change))
    assert sorted(codes(found.problems)) == ["answer.not_number", "import.no_result", "import.yes_no"]
    assert [change.key for change in found.sheets[0].changes] == ["B1"]
    rows = [int(re.search(r"[A-Z]+(\d+)", problem.place)[1]) for problem in found.problems]
    assert rows == sorted(rows), "as one goes through the sheet"
    assert any("A1 领导" in problem.place for problem in found.problems)


def test_without_the_hashes_everything_is_for_a_person_to_decide(workspace, row):
    def drop(sheet):
        put(A2_PART, 80)(sheet)
        for line in sheet.rows.values():
            sheet.cell(line, "digest").value = None

    (change,) = only(came_back(workspace, changed(exported(workspace, row.id), drop))).changes
    assert (change.key, change.state) == ("A2", ChangeState.CONFLICT)


def test_percentages_and_dates_in_number_cells_are_asked_about(workspace, row):
    def change(sheet):
        percent = sheet.cell(sheet.rows[A2_PART], "answer")
        percent.value, percent.number_format = 0.8, "0%"
        day = sheet.cell(sheet.rows[STAFF], "answer")
        day.value, day.number_format = 45_000, "yyyy-mm-dd"

    found = came_back(workspace, changed(exported(workspace, row.id), change))
    assert sorted(codes(found.problems)) == ["import.date_as_number", "import.percent"]


def test_an_answer_that_does_not_fit_is_told_where_it_stands(workspace, row):
    found = came_back(workspace, changed(exported(workspace, row.id), put(A2_PART, 101)))
    assert codes(found.problems) == ["answer.part_above_whole"]
    assert "评分表" in found.problems[0].place


def test_many_changes_at_once_raise_an_alarm(tmp_path, clock):
    workspace = open_register(tmp_path, clock, given=criteria("quarry"))
    try:
        site = registering.add_site(
            workspace, registering.SiteDraft("甲矿", browsing.categories(workspace)[0].key, "east")
        )
        row = assessing.start_assessment(workspace, site.id)
        given = {key: Answer("yes") for key in ("B1", "B2", "B3", "B4")}
        numbers = {"A1": {"used": "3", "stored": "1", "made": "9"}, "A2": {"soil": "yes"}, "A3": "1", "Y1": "2"}
        assessing.record_answers(workspace, row.id, given | {key: Answer(value) for key, value in numbers.items()})

        def change(sheet):
            for key, line in sheet.rows.items():
                cell = sheet.cell(line, "answer")
                if key.kind == "entry" and cell.value is not None:
                    cell.value = {"是": "否", 1: 2, 2: 3}.get(cell.value, 2)

        found = came_back(workspace, changed(exported(workspace, row.id), change))
        assert codes(found.sheets[0].notes)[0] == "import.many_changes"
        assert usual_choice(found) == frozenset(), "nothing of such a sheet is chosen beforehand"
    finally:
        workspace.close()

"""A scoresheet that comes back: what it would change is shown, what was chosen is written, and nothing else ever is."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl.drawing.image import Image as SheetImage

from tests.samples.registers import add_site, criteria, open_register, scored
from tests.services.scoresheets_back import (
    A2_PART,
    A2_WHOLE,
    PLAN,
    STAFF,
    answers,
    came_back,
    changed,
    codes,
    exported,
    jpeg,
    only,
    put,
    zh,
)
from wufei_cells.domain.answers import Answer
from wufei_cells.errors import ProblemsFound
from wufei_cells.services import assessing, browsing, evidencing, importing_scoresheets, returning, undoing
from wufei_cells.services.scoresheet_changes import ChangeState
from wufei_cells.services.taking_scoresheets import take, usual_choice
from wufei_cells.workbooks.scoresheets.row_keys import RowKey


@pytest.fixture
def row(workspace):
    return scored(workspace)


# --- nothing changed


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sheet_that_nobody_touched_changes_nothing(workspace, row, language):
    assessing.record_answer(workspace, row.id, "B1", Answer(na="食堂停业"))
    assessing.record_answer(workspace, row.id, "A2", Answer({"part": "0.50", "whole": "7"}, note="=甲\n乙"))
    sheet = only(came_back(workspace, exported(workspace, row.id, zh().speaking(language))))
    assert (sheet.changes, sheet.notes) == ((), ())
    assert sheet.unchanged == 4


def test_emptied_cells_change_nothing(workspace, row):
    def empty(sheet):
        for key in (A2_PART, A2_WHOLE, PLAN):
            sheet.cell(sheet.rows[key], "answer").value = None

    assert only(came_back(workspace, changed(exported(workspace, row.id), empty))).changes == ()


# --- changes


def test_what_would_change_is_told_field_by_field_with_its_place(workspace, row):
    def change(sheet):
        put(A2_PART, 80)(sheet)
        sheet.cell(sheet.first_row("A2"), "note").value = "少查两栋"

    sheet = only(came_back(workspace, changed(exported(workspace, row.id), change)))
    (found,) = sheet.changes
    assert (found.key, found.label, found.state) == ("A2", "A2 抽样", ChangeState.CHANGED)
    assert [(one.label, one.now, one.wanted) for one in found.fields] == [("对", "95", "80"), ("说明", "", "少查两栋")]
    assert found.place.startswith("“评分表”")
    assert sheet.site_name == "甲单位"


def test_what_is_chosen_is_written_and_can_be_taken_back_as_one_step(workspace, row):
    before = answers(workspace, row)

    def change(sheet):
        put(A2_PART, 80)(sheet)
        put(PLAN, "否")(sheet)
        put(STAFF, 120)(sheet)

    found = came_back(workspace, changed(exported(workspace, row.id), change))
    taken = take(workspace, found, usual_choice(found))
    assert (taken.answers, taken.facts, taken.left_out) == (2, 1, ())
    assert answers(workspace, row)["A2"].value == {"part": "80", "whole": "100"}
    assert browsing.sheet(workspace, row.id).facts["staff"] == "120"
    assert undoing.undo(workspace, *taken.places)
    assert answers(workspace, row) == before
    assert "staff" not in browsing.sheet(workspace, row.id).facts


def test_what_is_not_chosen_is_not_written(workspace, row):
    def change(sheet):
        put(A2_PART, 80)(sheet)
        put(PLAN, "否")(sheet)

    found = came_back(workspace, changed(exported(workspace, row.id), change))
    take(workspace, found, {(0, "A1")})
    assert answers(workspace, row)["A2"].value == {"part": "95", "whole": "100"}
    assert answers(workspace, row)["A1"].value == {"plan": "no", "staff": "yes"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [("８０", "80"), (" 80 ", "80"), ("80处", None), ("1,080", "1080"), (80.5, "80.5"), ("0.10", "0.1"), (True, None)],
)
def test_numbers_are_read_as_people_write_them(workspace, row, typed, read):
    def change(sheet):
        put(A2_PART, typed)(sheet)
        put(A2_WHOLE, 2000)(sheet)

    found = came_back(workspace, changed(exported(workspace, row.id), change))
    if read is None:
        assert codes(found.problems) == ["answer.not_number"]
        assert found.sheets[0].changes == ()
    else:
        assert only(found).changes[0].answer.value == {"part": read, "whole": "2000"}


def test_a_minus_clears_what_stood_there(workspace, row):
    assessing.record_answer(workspace, row.id, "A2", Answer({"part": "1", "whole": "2"}, note="旧"))

    def change(sheet):
        put(PLAN, "-")(sheet)
        put(RowKey("entry", "A1", "staff"), "－")(sheet)
        sheet.cell(sheet.first_row("A2"), "note").value = "-"

    found = came_back(workspace, changed(exported(workspace, row.id), change))
    take(workspace, found, usual_choice(found))
    assert answers(workspace, row)["A1"].value is None
    assert answers(workspace, row)["A2"] == Answer({"part": "1", "whole": "2"})


def test_a_reason_sets_an_item_aside_and_a_minus_takes_it_up_again(workspace, row):
    def aside(sheet):
        put(RowKey("entry", "B1"), None)(sheet)
        put(RowKey("entry", "B1"), "装修停用", "na")(sheet)

    found = came_back(workspace, changed(exported(workspace, row.id), aside))
    take(workspace, found, usual_choice(found))
    assert answers(workspace, row)["B1"].na == "装修停用"

    def again(sheet):
        put(RowKey("entry", "B1"), "-", "na")(sheet)
        put(RowKey("entry", "B1"), "否")(sheet)

    found = came_back(workspace, changed(exported(workspace, row.id), again))
    take(workspace, found, usual_choice(found))
    assert (answers(workspace, row)["B1"].na, answers(workspace, row)["B1"].value) == (None, "no")


@pytest.mark.parametrize("answer", ["是", "否"])
def test_an_answer_and_a_reason_at_once_are_asked_about(workspace, row, answer):
    def change(sheet):
        put(RowKey("entry", "B1"), answer)(sheet)
        put(RowKey("entry", "B1"), "无", "na")(sheet)

    found = came_back(workspace, changed(exported(workspace, row.id), change))
    assert codes(found.problems) == ["import.both"]
    assert found.sheets[0].changes == ()


def test_an_answer_where_the_reason_was_taken_out_takes_the_item_up_again(workspace, row):
    assessing.record_answer(workspace, row.id, "B1", Answer(na="停用"))

    def change(sheet):
        put(RowKey("entry", "B1"), None, "na")(sheet)
        put(RowKey("entry", "B1"), "否")(sheet)

    found = came_back(workspace, changed(exported(workspace, row.id), change))
    take(workspace, found, usual_choice(found))
    assert (answers(workspace, row)["B1"].na, answers(workspace, row)["B1"].value) == (None, "no")


# --- the register has moved on


def test_what_changed_only_here_stays(workspace, row):
    content = exported(workspace, row.id)
    assessing.record_answer(workspace, row.id, "A2", Answer({"part": "50", "whole": "100"}))
    assert only(came_back(workspace, content)).changes == ()


def test_what_changed_on_both_sides_is_a_conflict_that_a_person_decides(workspace, row):
    content = changed(exported(workspace, row.id), put(A2_PART, 80))
    assessing.record_answer(workspace, row.id, "A2", Answer({"part": "50", "whole": "100"}))
    found = came_back(workspace, content)
    (change,) = only(found).changes
    assert (change.state, change.author) == (ChangeState.CONFLICT, "王敏")
    assert [(one.exported, one.now, one.wanted) for one in change.fields] == [("95", "50", "80")]
    assert usual_choice(found) == frozenset()
    take(workspace, found, {(0, "A2")})
    assert answers(workspace, row)["A2"].value == {"part": "80", "whole": "100"}


def test_both_sides_alike_is_no_change(workspace, row):
    content = changed(exported(workspace, row.id), put(A2_PART, 50))
    assessing.record_answer(workspace, row.id, "A2", Answer({"part": "50", "whole": "100"}))
    assert only(came_back(workspace, content)).changes == ()


def test_what_changes_between_preview_and_import_is_left_out_and_told(workspace, row):
    found = came_back(workspace, changed(exported(workspace, row.id), put(A2_PART, 80)))
    assessing.record_answer(workspace, row.id, "A2", Answer({"part": "50", "whole": "100"}))
    taken = take(workspace, found, usual_choice(found))
    assert (taken.answers, codes(taken.left_out)) == (0, ["import.changed_since"])
    assert answers(workspace, row)["A2"].value == {"part": "50", "whole": "100"}


def test_two_files_that_differ_exclude_each_other(workspace, row):
    content = exported(workspace, row.id)
    found = came_back(workspace, *(changed(content, put(A2_PART, number)) for number in (80, 81, 81)))
    assert not any(change.disputed for sheet in found.sheets for change in sheet.changes)
    changes = [[(change.state, change.answer.value["part"]) for change in sheet.changes] for sheet in found.sheets]
    assert changes == [[(ChangeState.RIVAL, "80")], [(ChangeState.RIVAL, "81")], []], (
        "the third says what the second does"
    )
    assert usual_choice(found) == frozenset()
    with pytest.raises(ProblemsFound) as refused:
        take(workspace, found, {(0, "A2"), (1, "A2")})
    assert codes(refused.value.problems) == ["import.both_files"]
    take(workspace, found, {(1, "A2")})
    assert answers(workspace, row)["A2"].value["part"] == "81"


def test_a_finished_assessment_takes_nothing(workspace, row):
    content = changed(exported(workspace, row.id), put(A2_PART, 80))
    assessing.finish_assessment(workspace, row.id)
    found = came_back(workspace, content)
    assert (found.sheets, codes(found.problems)) == ((), ["assessing.not_open"])


def test_what_was_sent_back_takes_only_what_it_was_sent_back_for(workspace, row):
    assessing.finish_assessment(workspace, row.id)
    returning.send_back(workspace, row.id, {"A1": "请补"})

    def change(sheet):
        put(A2_PART, 80)(sheet)
        put(PLAN, "否")(sheet)
        put(STAFF, 5)(sheet)

    found = came_back(workspace, changed(exported(workspace, row.id), change))
    assert [change.key for change in found.sheets[0].changes] == ["A1"]
    assert codes(found.problems) == ["import.locked", "import.locked"]


def test_a_sheet_of_another_register_is_told(workspace, row, tmp_path, clock):
    (tmp_path / "other").mkdir()
    other = open_register(tmp_path / "other", clock, given=criteria())
    try:
        assert codes(came_back(other, exported(workspace, row.id)).problems) == ["import.unknown_assessment"]
    finally:
        other.close()


# --- pictures


def test_pictures_beside_an_item_become_its_evidence(workspace, row):
    def paste(sheet):
        sheet.sheet.add_image(SheetImage(BytesIO(jpeg())), f"{sheet.cell(sheet.rows[A2_WHOLE], 'picture').coordinate}")
        sheet.sheet.add_image(SheetImage(BytesIO(jpeg("red"))), "A1")

    content = changed(exported(workspace, row.id), paste)
    found = came_back(workspace, content)
    sheet = only(found)
    assert [one.item for one in sheet.pictures] == ["A2"]
    assert codes(sheet.notes) == ["import.picture_nowhere"]
    taken = take(workspace, found, frozenset())
    assert taken.pictures == 1
    assert [piece.item for piece in evidencing.list_evidence(workspace, row.id)] == ["A2"]
    assert take(workspace, found, frozenset()).pictures == 0, "it is there already"
    assert undoing.undo(workspace, *taken.places)
    assert evidencing.list_evidence(workspace, row.id) == ()


def test_pictures_that_are_too_many_to_wait_in_memory_are_left_for_another_time(workspace, monkeypatch):
    def paste(sheet):
        place = sheet.cell(sheet.rows[A2_WHOLE], "picture").coordinate
        sheet.sheet.add_image(SheetImage(BytesIO(jpeg())), place)
        sheet.cell(sheet.first_row("A2"), "note").value = "有照片"

    rows = [scored(workspace, add_site(workspace, f"单位{number}")) for number in range(2)]
    contents = [changed(exported(workspace, row.id), paste) for row in rows]
    monkeypatch.setattr(importing_scoresheets, "MOST_PICTURES", len(jpeg()) + 10)
    found = came_back(workspace, *contents)
    assert [len(sheet.pictures) for sheet in found.sheets] == [1, 0]
    assert codes(found.problems) == ["import.pictures_too_many"]
    assert [len(sheet.changes) for sheet in found.sheets] == [1, 1], "the answers are there all the same"


# --- files


def test_files_that_are_no_scoresheet_are_told_and_the_others_are_read(workspace, row):
    good = changed(exported(workspace, row.id), put(A2_PART, 80))
    found = came_back(workspace, b"%PDF-1.7", good, good[:2000], b"a,b\n1,2\n")
    assert [bool(file.problems) for file in found.files] == [True, False, True, True]
    assert [change.key for change in found.sheets[0].changes] == ["A2"]


def test_nothing_is_written_by_looking(workspace, row):
    content = changed(exported(workspace, row.id), put(A2_PART, 80))
    with workspace.database.reading() as connection:
        from wufei_cells.store import ledger  # noqa: PLC0415 - only here

        before = ledger.count_acts(connection)
    came_back(workspace, content)
    with workspace.database.reading() as connection:
        assert ledger.count_acts(connection) == before


def test_many_files_of_many_sites_are_one_step(workspace):
    rows = [scored(workspace, add_site(workspace, f"单位{number}")) for number in range(3)]
    found = came_back(workspace, *(changed(exported(workspace, row.id), put(A2_PART, 80)) for row in rows))
    taken = take(workspace, found, usual_choice(found))
    assert (taken.answers, taken.places) == (3, tuple(row.id for row in rows))
    undoing.undo(workspace, rows[1].id)
    assert {answers(workspace, row)["A2"].value["part"] for row in rows} == {"95"}

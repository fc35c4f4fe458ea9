"""Out and back without an edit is no change: for any answers, texts and checklists, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.workbooks.conftest import Filled, at_random, catalogue
from tests.workbooks.filling import FilledSheet
from tests.workbooks.wild import wild_checklist
from wufei_cells.domain.answers import Answer
from wufei_cells.errors import ProblemsFound
from wufei_cells.scoring.answer_fields import fields_of, joined, split
from wufei_cells.wording import Wording
from wufei_cells.workbooks.reading.workbook import read_workbook
from wufei_cells.workbooks.scoresheets.finding import find_scoresheets
from wufei_cells.workbooks.scoresheets.reading import read_scoresheet
from wufei_cells.workbooks.scoresheets.sheet import write_scoresheet

TEXTS = st.one_of(
    st.sampled_from(["-", "=1+1", "'x", " 空 格 ", "_x000D_", "a\r\nb", "#N/A", "𬇙", "1-1", "０１", "+86", "\x07"]),
    st.text(max_size=40),
)
NUMBERS = st.one_of(
    st.sampled_from(["0.10", "1e3", "０.５", "123456789012345", "1234567890.123456789", "0.000000001", "-3", "1,000"]),
    st.decimals(-1000, 1000, places=3).map(str),
)


def back(filled: Filled, language: str):
    """Write a sheet and read it, with the other language's eyes."""
    wording = Wording(catalogue(), language)
    data = filled.data()
    book = read_workbook(write_scoresheet(data, wording), "x.xlsx")
    (found,) = find_scoresheets(book.sheets, wording.speaking("en" if language == "zh" else "zh"))
    assert (found.id.assessment, found.id.edition) == (data.assessment.id, data.edition)
    return read_scoresheet(found, filled.checklist, data.on, wording)


@pytest.mark.parametrize("ending", ["xls", "ods", "csv:Text - txt - csv (StarCalc):44,34,76,1"])
def test_a_sheet_saved_in_another_format_tells_just_what_was_changed(office, tmp_path, ending):
    wording, filled = Wording(catalogue(), "zh"), Filled(notes={"A1": "甲\n乙"})
    sheet = FilledSheet(write_scoresheet(filled.data(), wording))
    sheet.cell(sheet.first_row("A2"), "answer").value = 80
    (tmp_path / "sheet.xlsx").write_bytes(sheet.saved())
    office.convert([tmp_path / "sheet.xlsx"], ending, tmp_path)
    saved = tmp_path / f"sheet.{ending.partition(':')[0]}"
    (found,) = find_scoresheets(read_workbook(saved.read_bytes(), saved.name).sheets, wording)
    read = read_scoresheet(found, filled.checklist, filled.data().on, wording)
    assert not read.problems
    assert [key for key, entry in (read.entries | read.facts).items() if entry.touched] == ["A2"]
    assert read.entries["A2"].fields == {"/part": "80", "/whole": "100"}


def assert_untouched(filled: Filled, language: str) -> None:
    read = back(filled, language)
    assert not read.problems
    assert read.seen == {entry.key for entry in filled.checklist.entries()}
    assert not [key for key, entry in (read.entries | read.facts).items() if entry.touched]


@settings(max_examples=60, deadline=None)
@given(
    note=TEXTS,
    reason=TEXTS.filter(lambda text: bool(text.strip())),
    part=NUMBERS,
    whole=NUMBERS,
    language=st.sampled_from(["zh", "en"]),
)
def test_any_text_and_any_number_comes_back_as_it_was(note, reason, part, whole, language):
    answers = {
        "A1": Answer("half", note=note),
        "A2": Answer(na=reason, note=note),
        "B1": Answer({"before": part, "after": whole}, note=reason),
    }
    data = Filled(answers=answers)
    try:
        data.data()
    except ProblemsFound:  # a pair that the rule itself refuses is no answer that could be on record
        reject()
    assert_untouched(data, language)


@pytest.mark.parametrize("seed", range(12))
def test_any_checklist_comes_back_as_it_was(seed):
    filled = at_random(wild_checklist(seed), seed, answered=0.8, not_applicable=0.3)
    assert_untouched(filled, "zh" if seed % 2 else "en")


@pytest.mark.parametrize("seed", range(40))
def test_every_answer_is_the_sum_of_its_fields(seed):
    filled = at_random(wild_checklist(seed), seed)
    for key, answer in filled.answers.items():
        value = answer.value if isinstance(answer, Answer) else answer
        entry = filled.checklist.entry(key)
        said = split(entry, value)
        assert set(said) <= {field.path for field in fields_of(entry)}
        assert split(entry, joined(entry, said)) == said

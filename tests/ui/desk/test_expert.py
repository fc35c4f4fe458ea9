"""An expert scores a whole checklist by keys alone, in each view, with no more presses than are needed."""

from __future__ import annotations

import pytest

from benchmarks.expert import Expert
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import Stage

INTENDED = {
    "G1": Answer("yes"),
    "A1": Answer("no", note="方案没有印发"),
    "A2": Answer({"level": "some", "points": "5", "reason": "缺一个月"}),
    "A3": Answer(["green", "sort"]),
    "A4": Answer({"training": "yes", "meetings": "2"}),
    "B1": Answer("0"),
    "B2": Answer({"part": "46", "whole": "50"}),
    "B3": Answer(na="全年没有用纸"),
    "X1": Answer("yes"),
}
# What a person means to say, without any key that only serves the program: 1, 1+6, 1+1+4, 2, 2, 1, 4, 1+6, 1.
SAID = 31
# Beyond that: the way to the next entry (8), M for the note (1), from points to reason and from part to whole (2),
# Escape out of a field before J (1).
ITEM_VIEW = SAID + 12
# In the grid: there (1), a key after each entry (9), one more to a note (1), and signs: a colon, a
# semicolon, a slash (3).
GRID = SAID + 14


@pytest.mark.parametrize(("view", "most"), [("items", ITEM_VIEW), ("grid", GRID)])
def test_a_whole_checklist_is_scored_and_finished_by_keys_alone(desk, view, most):
    expert = Expert(desk.window.main, desk.page, desk.settle)
    if view == "grid":
        expert.score_grid(INTENDED)
    else:
        expert.score_items(INTENDED)
    assert expert.presses <= most
    assert expert.presses > SAID, "everything was really pressed"
    expert.finish()
    sheet = desk.stored()
    stored = {key: row.answer for key, row in sheet.answers.items()}
    assert {key: (answer.value, answer.na, answer.note) for key, answer in stored.items()} == {
        key: (answer.value, answer.na, answer.note) for key, answer in INTENDED.items()
    }
    assert sheet.assessment.stage is Stage.FINISHED

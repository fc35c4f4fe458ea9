"""Many answers at once are read as each of them is by itself; where one cannot be, nothing is said of any."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wufei_cells.domain.bundles import ActRun
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.store.projecting import Head
from wufei_cells.store.readable_acts import readable_row
from wufei_cells.store.readable_answers import COLUMNS, answer_lines

GOOD = {"value": {"choice": "1"}, "na": None, "note": "备注", "entry": "hash"}
SAID = st.sampled_from([None, True, 1, 1.0, "1", {"choice": "1"}, ["1"], {"b": 1, "a": {}}])
WHOLE = st.builds(
    lambda value, na, note, more: {**GOOD, "value": value, "na": na, "note": note, **more},
    SAID,
    st.sampled_from([None, "", "停用"]),
    st.sampled_from(["", "备注"]),
    st.sampled_from([{}, {"bases": {"A2": [1]}}, {"kept": None}, {"bases": [], "kept": {"x": "y"}}, {"newer": 1}]),
)
STRANGE = st.one_of(
    st.sampled_from([None, "yes", [], ["value"], {}, True]),
    st.builds(lambda name: {key: GOOD[key] for key in GOOD if key != name}, st.sampled_from([*GOOD])),
    st.builds(lambda name, said: {**GOOD, name: said}, st.sampled_from([*GOOD, "bases", "kept"]), SAID),
)
GOOD_CELLS = st.sampled_from(["answer.A1", "answer.B2", "answer.a.b", "answer.\n"])
ACTS = st.lists(st.tuples(GOOD_CELLS, WHOLE), max_size=4)
STRANGE_ACTS = st.lists(
    st.tuples(st.one_of(GOOD_CELLS, st.sampled_from(["answer.", "answerA1", "state"])), WHOLE | STRANGE), max_size=3
)


def run_of(acts, kinds=()):
    cells, values = [cell for cell, _value in acts], [value for _cell, value in acts]
    count = len(acts)
    return ActRun(
        device="ab" * 16,
        first=7,
        kinds=[*kinds, *["answer"] * (count - len(kinds))],
        entities=[f"assessment-{place % 2}" for place in range(count)],
        cells=cells,
        lamports=[90 + place for place in range(count)],
        times=[f"2026-11-0{1 + place % 9}T00:00:00+00:00" for place in range(count)],
        authors=[f"person-{place}" for place in range(count)],
        values=values,
        texts=[canonical_json(value) for value in values],
        replaced=[()] * count,
    )


def one_by_one(run, places):
    """Read each act by itself: the columns of its row, or that one of them cannot be read."""
    found = {}
    for place in places:
        said = (run.lamports[place], run.times[place], run.authors[place], run.values[place])
        head = Head(1, run.first + place, run.device, run.kinds[place], *said)
        row, readable = readable_row(run.entities[place], run.cells[place], head)
        if not readable:
            return {}
        columns = {**row.key, **row.values}
        found[place] = tuple((type(columns[name]), columns[name]) for name in COLUMNS)
    return found


def at_once(run, places):
    return {place: tuple((type(one), one) for one in line) for place, line in answer_lines(run, places).items()}


@given(ACTS)
def test_answers_that_can_be_read_are_read_alike(acts):
    run = run_of(acts)
    assert at_once(run, range(len(run))) == one_by_one(run, range(len(run)))
    assert len(answer_lines(run, range(len(run)))) == len(run)


@given(ACTS, STRANGE_ACTS)
@example([("answer.A1", GOOD)], [("answer.A1", {**GOOD, "note": None})])
@example([("answer.A1", GOOD)], [("answer.A1", {**GOOD, "entry": 1})])
@example([("answer.A1", GOOD)], [("answer.A1", {**GOOD, "na": True})])
@example([("answer.A1", GOOD)], [("answer.", GOOD)])
@example([("answer.A1", GOOD)], [("answer.A1", ["value", "na", "note", "entry"])])
def test_with_one_that_cannot_be_read_nothing_is_said_of_any(acts, strange):
    run = run_of([*acts, *strange])
    assert at_once(run, range(len(run))) == one_by_one(run, range(len(run)))


@pytest.mark.parametrize("said", [{}, {"bases": {"A2": [1]}}, {"kept": ["x"]}, {"bases": {}, "kept": []}])
def test_what_else_an_answer_says_stands_in_a_column_of_its_own(said):
    lines = answer_lines(run_of([("answer.A1", {**GOOD, **said})]), [0])
    assert lines[0][COLUMNS.index("more")] == (canonical_json(said) if said else None)


def test_only_the_places_that_were_asked_for_are_read():
    run = run_of([("header", None), ("answer.A1", GOOD), ("answer.B2", GOOD)], kinds=["assessment"])
    assert list(answer_lines(run, [1, 2])) == [1, 2]
    assert at_once(run, [2]) == one_by_one(run, [2])
    assert answer_lines(run, [0, 1]) == {}
    assert answer_lines(run, []) == {}

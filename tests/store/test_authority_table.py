"""Whose work an act is, line by line; services and replicas ask the same table."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wufei_cells.domain.answers import Column
from wufei_cells.domain.authority import (
    ANY_ROLE,
    ANYBODYS_WITH_A_ROLE,
    OFFICE_KINDS,
    WHOLE,
    Sheet,
    header_sheet,
    roles_needed,
)
from wufei_cells.domain.lifecycle import TRANSITIONS, Role, Stage
from wufei_cells.store.projectors import PROJECTORS

A, R, C = Role.ASSESSOR, Role.REVIEWER, Role.OFFICE
SELF, FIRST, FINAL = Sheet(Column.SELF, part=True), Sheet(Column.FIRST, part=True), Sheet(Column.FINAL, part=True)
EVERYBODYS = {
    *("person", "site", "site_fact", "draft", "application", "objection", "evidence_file", "finding_check"),
    *("signature", "status_list"),
}
"""Kinds that are written whoever one is; a list of certificates carries the office's own signature."""
BY_SHEET = {"answer", "evidence", "precheck", "finding", "assessment", "assessment_state"}


def test_every_kind_of_act_is_somebodys_work_or_said_to_be_everybodys():
    assert set(PROJECTORS) == EVERYBODYS | BY_SHEET | OFFICE_KINDS | ANYBODYS_WITH_A_ROLE
    assert all(roles_needed(kind, None) == () for kind in EVERYBODYS)
    assert all(roles_needed(kind, None) == (C,) for kind in OFFICE_KINDS)
    assert all(set(roles_needed(kind, None)) == {A, R, C} for kind in ANYBODYS_WITH_A_ROLE)
    assert roles_needed("of a newer program", {"any": 1}) == ()


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [(WHOLE, (A,)), (SELF, ()), (FIRST, (A, R)), (FINAL, (A, C)), (Sheet("onsite", part=True), (A,))],
)
@pytest.mark.parametrize("kind", ["answer", "evidence", "precheck", "finding"])
def test_a_sheet_is_written_on_by_those_whose_column_it_is(kind, sheet, expected):
    assert roles_needed(kind, {"assessment": "x"}, sheet) == expected


def test_assessors_write_on_every_sheet():
    """The replicas rely on it: they do not look which sheet an assessor's act is on."""
    for column in (*Column, "of a newer program"):
        for part in (True, False):
            writers = Sheet(column, part).writers
            assert not writers or A in writers


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"stage": "scoring"}, {A, R, C}),
        ({"stage": "scoring", "returned": {"A1": "补照片"}}, {R, C}),
        ({"stage": "stopped"}, {A}),
        ({"stage": "finished"}, {A}),
        ({"stage": "reviewed"}, {R}),
        ({"stage": "approved"}, {C}),
        ({"stage": "rejected"}, {C}),
        ({"stage": "noticed"}, {C}),
        ({"stage": "named"}, {C}),
        ({"stage": "certified"}, {C}),
        ({"stage": "of a newer program"}, {C}),
        (None, {C}),
        ({"stage": ["scoring"]}, {C}),
    ],
)
def test_a_state_is_the_work_of_whoever_takes_the_step_to_it(state, expected):
    assert set(roles_needed("assessment_state", state)) == expected


def test_no_step_leads_to_a_state_that_its_people_could_not_write():
    for one in TRANSITIONS:
        returned = {"A1": "x"} if one.step.value == "return" else {}
        needed = roles_needed("assessment_state", {"stage": one.target.value, "returned": returned})
        assert {one.role, *one.also} <= set(needed), one.step


def test_a_unit_opens_its_own_file_and_overwrites_none():
    header = {"site": "s", "assessors": [], "part_of": None}
    assert roles_needed("assessment", header, opens=True) == ()
    assert roles_needed("assessment", header) == (A, C)
    assert roles_needed("assessment_state", {"stage": Stage.APPLIED.value}, opens=True) == ()
    assert roles_needed("assessment_state", {"stage": Stage.APPLIED.value}) == ANY_ROLE
    part = {"site": "s", "assessors": ["孙经理"], "part_of": "whole", "column": "self"}
    assert roles_needed("assessment", part, opens=True) == ()
    assert roles_needed("assessment", part) == (A, C), "or a header that calls itself a part would take a whole away"


def test_headers_that_disagree_give_nobody_more():
    assert SELF.strictest(WHOLE) == WHOLE.strictest(SELF) == SELF.strictest(FIRST) == WHOLE
    assert SELF.strictest(SELF) == SELF
    assert header_sheet({"part_of": "x", "column": "self"}) == SELF
    assert header_sheet({"part_of": None, "column": "self"}) == WHOLE


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["stage", "part_of", "column", "assessors", "returned", "x"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@settings(max_examples=200)
@given(st.sampled_from([*sorted(PROJECTORS), "x"]), ANYTHING, st.booleans())
def test_there_is_an_answer_for_whatever_stands_in_a_value(kind, value, opens):
    assert set(roles_needed(kind, value, header_sheet(value), opens=opens)) <= set(Role)

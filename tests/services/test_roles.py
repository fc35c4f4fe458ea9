"""Roles: everybody does everything until somebody is named; from then on each step has its people."""

from __future__ import annotations

import pytest

from tests.samples.registers import COLLEAGUE, COUNTY, OFFICE, scored
from tests.store.foreign import Act, take_in
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.lifecycle import Role
from wufei_cells.errors import UserError
from wufei_cells.services import (
    assessing,
    checking,
    comparing_sites,
    deciding,
    evidencing,
    finding_faults,
    prechecking,
    roles,
    teaming,
)


def refusal(work, *arguments, **named):
    with pytest.raises(UserError) as error:
        work(*arguments, **named)
    return error.value


def names(workspace):
    return {role: [person.name for person in people] for role, people in roles.holders(workspace).items()}


def test_the_first_name_is_for_the_office_and_only_the_office_names_others(workspace):
    assert names(workspace) == {}
    assert refusal(roles.grant, workspace, COUNTY, Role.REVIEWER).code == "roles.office_first"
    roles.grant(workspace, OFFICE, Role.OFFICE)
    error = refusal(roles.grant, workspace, COUNTY, Role.REVIEWER)
    assert (error.code, error.values["people"]) == ("roles.not_yours", (OFFICE,))
    office = workspace.acting_as(OFFICE)
    roles.grant(office, f" {COUNTY} ", Role.REVIEWER)
    roles.grant(office, COUNTY, Role.REVIEWER)
    assert names(workspace) == {Role.OFFICE: [OFFICE], Role.REVIEWER: [COUNTY]}
    assert checking.doctor(workspace).sound


def test_a_role_that_nobody_holds_is_told_so(workspace):
    row = scored(workspace)
    assessing.finish_assessment(workspace, row.id)
    roles.grant(workspace, OFFICE, Role.OFFICE)
    assert refusal(deciding.review, workspace, row.id).code == "roles.nobody"


def test_the_last_one_of_the_office_goes_last(workspace):
    office = workspace.acting_as(OFFICE)
    roles.grant(office, OFFICE, Role.OFFICE)
    roles.grant(office, COUNTY, Role.REVIEWER)
    assert refusal(roles.withdraw, office, OFFICE, Role.OFFICE).code == "roles.last_office"
    assert refusal(roles.withdraw, office, OFFICE, Role.REVIEWER).code == "roles.not_held"
    roles.withdraw(office, COUNTY, Role.REVIEWER)
    roles.withdraw(office, OFFICE, Role.OFFICE)
    assert names(workspace) == {}
    roles.grant(workspace, COUNTY, Role.OFFICE)
    assert names(workspace) == {Role.OFFICE: [COUNTY]}
    assert checking.doctor(workspace).sound


def test_somebody_who_entered_their_name_on_two_devices_is_one_person(workspace):
    elsewhere = "e" * 32
    acts = [
        Act("laptop", 1, "person", elsewhere, "person", 900, {"name": OFFICE}, ()),
        Act("laptop", 2, "role", elsewhere, "role.office", 901, True, ()),
    ]
    office = workspace.acting_as(OFFICE)
    roles.grant(office, OFFICE, Role.OFFICE)
    take_in(workspace.database, acts)
    roles.grant(workspace.acting_as(OFFICE), COUNTY, Role.REVIEWER)
    roles.withdraw(office, COUNTY, Role.REVIEWER)
    roles.withdraw(office, OFFICE, Role.OFFICE)
    assert names(workspace) == {}


@pytest.fixture
def staffed(workspace):
    """A register in which everybody has a role of their own, with an open assessment; the colleague has none."""
    row = scored(workspace)
    roles.grant(workspace, OFFICE, Role.OFFICE)
    office = workspace.acting_as(OFFICE)
    roles.grant(office, COUNTY, Role.REVIEWER)
    roles.grant(office, workspace.person.name, Role.ASSESSOR)
    return row


WRITING = {
    "answers": lambda at, row: assessing.record_answer(at, row, "A2", Answer({"part": 90, "whole": 100})),
    "facts": lambda at, row: assessing.record_answers(at, row, {}, facts={"canteen": "no"}),
    "answers for several sites": lambda at, row: comparing_sites.record_across(
        at, "A2", {row: Answer({"part": 85, "whole": 100})}
    ),
    "evidence": lambda at, row: evidencing.attach(at, row, ["A2"], [("说明.txt", "九月".encode())]),
    "findings": lambda at, row: finding_faults.record_finding(at, row, FindingDraft("A2", "minor", "缺项")),
    "the pre-check": lambda at, row: prechecking.record_precheck(at, row, {}),
}


@pytest.mark.parametrize("what", WRITING)
def test_only_assessors_write_on_the_sheet_that_counts(workspace, staffed, what):
    with pytest.raises(UserError) as error:
        WRITING[what](workspace.acting_as(COUNTY), staffed.id)
    assert error.value.code == "roles.not_yours"
    assert error.value.values["people"] == (workspace.person.name,)
    WRITING[what](workspace, staffed.id)


def test_the_sheet_of_the_unit_itself_is_anybodys(workspace, staffed):
    unit = workspace.acting_as("单位孙")
    own = teaming.add_sheet(workspace, staffed.id, column="self", assessors=("单位孙",))
    assessing.record_answer(unit, own.id, "A2", Answer({"part": 90, "whole": 100}))
    alone = teaming.add_sheet(workspace, staffed.id, "onsite", (COLLEAGUE,), alone=True)
    colleague, given = workspace.acting_as(COLLEAGUE), Answer({"part": 90, "whole": 100})
    assert refusal(assessing.record_answer, colleague, alone.id, "A2", given).code == "roles.not_yours"


def test_it_is_told_what_somebody_may_do_and_whose_work_the_rest_is(workspace, staffed):
    told = roles.of_person(workspace.acting_as(COUNTY))
    assert (told.may(Role.REVIEWER), told.may(Role.OFFICE), told.names(Role.OFFICE)) == (True, False, (OFFICE,))
    assert roles.PersonRoles("谁都行").may(Role.OFFICE), "while nobody holds any role"

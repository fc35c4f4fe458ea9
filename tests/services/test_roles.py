"""Roles: everybody does everything until somebody is named; from then on each step has its people."""

from __future__ import annotations

import pytest

from tests.samples.registers import COUNTY, OFFICE, scored
from tests.store.foreign import Act, take_in
from wufei_cells.domain.lifecycle import Role
from wufei_cells.errors import UserError
from wufei_cells.services import assessing, checking, deciding, roles


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

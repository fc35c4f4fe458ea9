"""Targets: the profile's, with what the office laid over them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.steering_samples import steering_register
from tests.store.foreign import Act, take_in
from wufei_cells.domain.lifecycle import Role
from wufei_cells.domain.targets import Target
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import checking, roles, targeting, undoing
from wufei_cells.services.targeting import Origin, Sum, TargetChange
from wufei_cells.store.queries import REGISTER

END = date(2027, 12, 31)
HALF = date(2027, 6, 30)


@pytest.fixture
def workspace(tmp_path, clock):
    opened = steering_register(tmp_path, clock)
    yield opened
    opened.close()


def counts(workspace):
    return {
        (row.target.category, row.target.district, row.target.by): (row.target.count, row.origin)
        for row in targeting.in_force(workspace).rows
    }


def test_without_acts_those_of_the_profile_hold(workspace):
    assert targeting.in_force(workspace).targets == (Target(None, "east", 2, END), Target("office", None, 2, END))


def test_the_office_lays_targets_over_those_of_the_profile(workspace):
    targeting.set_target(workspace, 5, by=END, category="office")
    targeting.set_target(workspace, 1, by=HALF, category="school", district="west")
    targeting.set_target(workspace, 2, by=HALF)
    assert counts(workspace) == {
        (None, "east", END): (2, Origin.PROFILE),
        ("office", None, END): (5, Origin.OFFICE),
        ("school", "west", HALF): (1, Origin.OFFICE),
        (None, None, HALF): (2, Origin.OFFICE),
    }
    [changed] = [row for row in targeting.in_force(workspace).rows if row.instead_of is not None]
    assert (changed.target.count, changed.instead_of, changed.author) == (5, 2, "王敏")


def test_a_target_is_taken_out_whoever_laid_it_down_and_comes_back(workspace):
    targeting.remove_target(workspace, by=END, category="office")
    assert ("office", None, END) not in counts(workspace)
    targeting.remove_target(workspace, by=END, category="office", to_profile=True)
    assert counts(workspace)["office", None, END] == (2, Origin.PROFILE)
    with pytest.raises(ProblemsFound) as refused:
        targeting.remove_target(workspace, by=HALF, category="office")
    assert refused.value.problems[0].code == "targeting.none"


def test_what_holds_already_is_not_written_again(workspace):
    targeting.set_target(workspace, 2, by=END, category="office")
    assert undoing.depth(workspace, targeting.PLACE) == (0, 0)


def test_many_are_one_step_that_is_taken_back_and_done_again(workspace):
    before = counts(workspace)
    targeting.set_targets(workspace, [TargetChange("office", "west", END, 1), TargetChange("office", "east", END, 1)])
    after = counts(workspace)
    undoing.undo(workspace, targeting.PLACE)
    assert counts(workspace) == before
    undoing.redo(workspace, targeting.PLACE)
    assert counts(workspace) == after
    assert checking.doctor(workspace).sound


def test_sums_that_do_not_add_up_are_told_and_not_refused(workspace):
    found = targeting.set_targets(
        workspace,
        [
            TargetChange("office", "east", END, 1),
            TargetChange("office", "west", END, 2),
            TargetChange("school", None, END, 0),
        ],
    )
    told = {(note.kind, note.whole.category, note.whole.district, note.over, note.parts) for note in found.notes}
    assert told == {(Sum.ABOVE, "office", None, "districts", 3), (Sum.BELOW, None, None, "categories", 2)}


def test_everything_wrong_is_said_at_once_and_nothing_is_written(workspace):
    changes = [
        TargetChange("zoo", "moon", END, 1),
        TargetChange(None, None, END, 1),
        TargetChange("office", None, HALF, -1),
        TargetChange("school", None, HALF, 1),
    ]
    with pytest.raises(ProblemsFound) as refused:
        targeting.set_targets(workspace, changes)
    assert [problem.code for problem in refused.value.problems] == [
        *("site.unknown_category", "site.unknown_district", "targeting.goal", "targeting.count"),
    ]
    assert all(origin is Origin.PROFILE for _count, origin in counts(workspace).values())


def test_targets_are_the_offices(workspace):
    roles.grant(workspace, "周主任", Role.OFFICE)
    with pytest.raises(UserError) as refused:
        targeting.set_target(workspace, 5, by=END, category="office")
    assert refused.value.code == "roles.not_yours"
    targeting.set_target(workspace.acting_as("周主任"), 5, by=END, category="office")


def test_two_offices_that_differ_are_not_written_over_unseen(workspace):
    targeting.set_target(workspace, 5, by=END, category="office")
    take_in(workspace.database, [Act("b" * 32, 1, "target", REGISTER, f"target.office.*.{END}", 900, {"count": 7}, ())])
    assert counts(workspace)["office", None, END][0] == 7
    with pytest.raises(UserError) as refused:
        targeting.set_target(workspace, 6, by=END, category="office")
    assert refused.value.code == "conflict.settle_first"


@pytest.mark.parametrize("by", [date(9999, 12, 31), date(2037, 1, 1), date(1999, 12, 31)])
def test_a_day_that_cannot_be_meant_is_refused(workspace, by):
    with pytest.raises(ProblemsFound) as refused:
        targeting.set_target(workspace, 5, by=by, category="office")
    assert [problem.code for problem in refused.value.problems] == ["targeting.far_day"]
    assert by not in {row.target.by for row in targeting.in_force(workspace).rows}


def test_a_day_that_has_passed_is_told(workspace):
    gone = date(2020, 1, 1)
    assert targeting.set_target(workspace, 5, by=gone, category="office").past == (Target("office", None, 5, gone),)
    assert targeting.set_target(workspace, 5, by=HALF, category="office").past == ()

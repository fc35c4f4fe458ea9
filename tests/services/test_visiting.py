"""Visits: who goes where and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tests.samples.registers import add_site, scored
from tests.services.steering_samples import steering_register
from wufei_cells.domain.lifecycle import Role
from wufei_cells.domain.visits import Visit
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import checking, registering, roles, undoing, visiting

TODAY = date(2026, 11, 2)
FRIDAY = date(2026, 11, 6)
NINE = time(9)


@pytest.fixture
def workspace(tmp_path, clock):
    opened = steering_register(tmp_path, clock)
    yield opened
    opened.close()


def test_a_visit_is_planned_moved_and_cancelled(workspace):
    site = add_site(workspace)
    registering.edit_site(workspace, site.id, address="和平路1号", contact="孙经理", phone="100")
    view = visiting.plan(workspace, Visit("甲单位", FRIDAY, ("王敏", " 赵 敏 ", "王敏"), NINE, "带台账"))
    assert (view.row.said.site, view.row.said.people) == (site.id, ("王敏", "赵 敏"))
    assert (view.site_name, view.address, view.contact, view.phone) == ("甲单位", "和平路1号", "孙经理", "100")
    moved = visiting.change(workspace, view.row.id[:8], replace(view.row.said, on=FRIDAY + timedelta(days=3)))
    assert [one.row.said.on for one in visiting.visits(workspace)] == [moved.row.said.on]
    visiting.cancel(workspace, view.row.id, "单位停电")
    assert visiting.visits(workspace) == ()
    [cancelled] = visiting.visits(workspace, site=site.id, with_cancelled=True)
    assert cancelled.row.said.cancelled == "单位停电"
    with pytest.raises(UserError, match=r"visiting\.cancelled"):
        visiting.cancel(workspace, view.row.id)
    undoing.undo(workspace, visiting.PLACE)
    assert len(visiting.visits(workspace)) == 1
    assert checking.doctor(workspace).sound


def test_days_are_asked_for_with_both_ends(workspace):
    add_site(workspace)
    for days in range(5):
        visiting.plan(workspace, Visit("甲单位", TODAY + timedelta(days=days), ("王敏",)))
    found = visiting.visits(workspace, first=TODAY + timedelta(days=1), last=TODAY + timedelta(days=3))
    assert [one.row.said.on.day for one in found] == [3, 4, 5]


def test_nobody_is_in_two_places_at_once_without_being_told(workspace):
    add_site(workspace)
    add_site(workspace, "乙单位")
    first = visiting.plan(workspace, Visit("甲单位", FRIDAY, ("王敏", "赵敏"), NINE))
    second = visiting.plan(workspace, Visit("乙单位", FRIDAY, ("赵敏", "钱县"), NINE))
    assert first.clashes == ()
    [clash] = second.clashes
    assert (clash.site_name, clash.people) == ("甲单位", ("赵敏",))
    assert [len(view.clashes) for view in visiting.visits(workspace)] == [1, 1]
    later = visiting.change(workspace, second.row.id, replace(second.row.said, time=time(14)))
    assert later.clashes == ()
    visiting.change(workspace, second.row.id, replace(second.row.said, time=NINE))
    visiting.cancel(workspace, first.row.id)
    assert [view.clashes for view in visiting.visits(workspace)] == [()]


def test_what_lies_in_the_past_has_to_be_said_so(workspace):
    add_site(workspace)
    gone = Visit("甲单位", TODAY - timedelta(days=3), ("王敏",))
    with pytest.raises(ProblemsFound) as refused:
        visiting.plan(workspace, gone)
    assert [problem.code for problem in refused.value.problems] == ["visiting.past"]
    view = visiting.plan(workspace, gone, past=True)
    visiting.change(workspace, view.row.id, replace(view.row.said, note="看了台账"))


def test_everything_wrong_is_said_at_once(workspace):
    row = scored(workspace)
    add_site(workspace, "乙单位")
    wrong = Visit("乙单位", TODAY - timedelta(days=1), (), note="x" * 5000, assessment=row.id)
    with pytest.raises(ProblemsFound) as refused:
        visiting.plan(workspace, wrong)
    assert [problem.code for problem in refused.value.problems] == [
        *("visiting.past", "visiting.nobody", "field.too_long", "visiting.other_site"),
    ]
    with pytest.raises(UserError, match=r"register\.unknown_site"):
        visiting.plan(workspace, Visit("无此单位", FRIDAY, ("王敏",)))


def test_whoever_has_a_role_plans_visits(workspace):
    add_site(workspace)
    roles.grant(workspace, "周主任", Role.OFFICE)
    with pytest.raises(UserError, match=r"roles\.not_yours"):
        visiting.plan(workspace, Visit("甲单位", FRIDAY, ("王敏",)))
    roles.grant(workspace.acting_as("周主任"), "王敏", Role.ASSESSOR)
    visiting.plan(workspace, Visit("甲单位", FRIDAY, ("王敏",)))

"""Follow-ups: who was reminded of what, by when, and what came of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.samples.registers import add_site
from tests.services.steering_samples import steering_register
from wufei_cells.domain.follow_ups import FollowUp, Subject
from wufei_cells.domain.lifecycle import Role
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import checking, following_up, roles, undoing

TODAY = date(2026, 11, 2)


@pytest.fixture
def workspace(tmp_path, clock):
    opened = steering_register(tmp_path, clock)
    yield opened
    opened.close()


def about(subject: Subject, level: str = "remind", **other: object) -> FollowUp:
    return FollowUp(**{"subject": subject, "level": level, "on": TODAY, "text": "请抓紧申报", **other})


def test_a_reminder_waits_until_it_comes_to_an_end(workspace, clock):
    site = add_site(workspace)
    due = TODAY + timedelta(days=14)
    row = following_up.follow_up(workspace, about(Subject(site="甲单位"), due=due, document_number="督〔2026〕1号"))
    assert row.said.subject == Subject(site=site.id)
    [view] = following_up.follow_ups(workspace)
    assert (view.site_name, view.level.text.zh, view.open, view.overdue) == ("甲单位", "工作提醒", True, False)
    clock.forward(days=15)
    assert [view.row.id for view in following_up.follow_ups(workspace, only_overdue=True)] == [row.id]
    done = following_up.settle(workspace, row.id[:8], done_on=workspace.today(), outcome="已申报")
    assert (done.said.done_on, done.said.outcome) == (workspace.today(), "已申报")
    assert following_up.follow_ups(workspace, only_open=True) == ()
    with pytest.raises(UserError, match=r"following_up\.settled"):
        following_up.settle(workspace, row.id, done_on=workspace.today(), outcome="x")
    undoing.undo(workspace, following_up.PLACE)
    assert len(following_up.follow_ups(workspace, only_open=True)) == 1
    assert checking.doctor(workspace).sound


def test_the_next_level_is_sharper_while_the_one_before_is_open(workspace):
    east = Subject(district="east")
    for level in ("remind", "circulate", "on_site", "on_site"):
        assert following_up.next_level(workspace, east).key == level
        row = following_up.follow_up(workspace, about(east, level))
    assert following_up.next_level(workspace, Subject(district="west")).key == "remind"
    assert following_up.next_level(workspace, Subject(district="east", category="office")).key == "remind"
    for view in following_up.follow_ups(workspace, subject=east):
        following_up.settle(workspace, view.row.id, done_on=TODAY, outcome="已整改")
    assert following_up.next_level(workspace, east).key == "remind"
    following_up.remove(workspace, row.id)
    assert len(following_up.follow_ups(workspace, subject=east)) == 3


def test_everything_wrong_is_said_at_once(workspace):
    add_site(workspace)
    wrong = about(
        Subject("甲单位", "moon", "zoo"),
        "shout",
        on=TODAY + timedelta(days=1),
        due=TODAY,
        text=" ",
        document_number="x" * 121,
    )
    with pytest.raises(ProblemsFound) as refused:
        following_up.follow_up(workspace, wrong)
    assert {problem.code for problem in refused.value.problems} == {
        *("following_up.one_subject", "site.unknown_district", "site.unknown_category", "applying.day_to_come"),
        *("following_up.due_before", "following_up.text_needed", "field.too_long", "following_up.unknown_level"),
    }
    with pytest.raises(ProblemsFound) as refused:
        following_up.follow_up(workspace, about(Subject()))
    assert [problem.code for problem in refused.value.problems] == ["following_up.subject_needed"]
    assert following_up.follow_ups(workspace) == ()


def test_an_end_needs_words_and_a_day_that_can_be(workspace):
    row = following_up.follow_up(workspace, about(Subject(category="office")))
    for done_on, codes in (
        (TODAY - timedelta(days=1), ["following_up.done_before", "following_up.outcome_needed"]),
        (TODAY + timedelta(days=1), ["applying.day_to_come", "following_up.outcome_needed"]),
    ):
        with pytest.raises(ProblemsFound) as refused:
            following_up.settle(workspace, row.id, done_on=done_on, outcome="")
        assert [problem.code for problem in refused.value.problems] == codes
    with pytest.raises(UserError, match=r"following_up\.unknown"):
        following_up.settle(workspace, "nobody", done_on=TODAY, outcome="x")


def test_follow_ups_are_the_offices(workspace):
    roles.grant(workspace, "周主任", Role.OFFICE)
    with pytest.raises(UserError, match=r"roles\.not_yours"):
        following_up.follow_up(workspace, about(Subject(district="east")))

"""Two people who lay different things down: told in words, settled by one act, and taken back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.samples.registers import add_site
from tests.services.conftest import WORDS
from tests.services.disagreements import parted, standing, value_of, written_elsewhere
from tests.services.steering_samples import steering_register
from tests.services.test_conflicts import take
from wufei_cells.domain.conflicts import Room
from wufei_cells.domain.follow_ups import FollowUp, Subject
from wufei_cells.domain.indicators import IndicatorValue
from wufei_cells.domain.lifecycle import Role
from wufei_cells.domain.visits import Visit
from wufei_cells.errors import UserError
from wufei_cells.services import conflicts, following_up, indicating, roles, targeting, visiting
from wufei_cells.services.conflict_places import roles_for
from wufei_cells.services.conflict_telling import title
from wufei_cells.store.queries import REGISTER

END = date(2027, 12, 31)


@pytest.fixture
def workspace(tmp_path, clock):
    opened = steering_register(tmp_path, clock)
    yield opened
    opened.close()


def target(workspace):
    cell = f"target.office.east.{END}"
    parted(
        workspace,
        "target",
        REGISTER,
        cell,
        lambda: targeting.set_target(workspace, 5, by=END, category="office", district="east"),
        {"count": None},
    )
    return REGISTER, cell


def indicator(workspace):
    place = ("indicator.waste", "year.2026")
    other = {"value": "66", "preliminary": True, "source": "快报", "note": ""}
    said = IndicatorValue(2026, Decimal(65), source="年报")
    parted(workspace, "indicator_value", *place, lambda: indicating.record_value(workspace, "waste", said), other)
    return place


def follow_up(workspace):
    site = add_site(workspace)
    today = workspace.today()
    row = following_up.follow_up(workspace, FollowUp(Subject(site.id), "remind", today, "请申报"))
    place = (row.id, "follow_up")
    other = {**value_of(workspace, *place), "level": "on_site"}

    def here() -> None:
        following_up.settle(workspace, row.id, done_on=today, outcome="已申报")

    parted(workspace, "follow_up", *place, here, other)
    return place


def visit(workspace):
    site = add_site(workspace)
    day = workspace.today() + timedelta(days=3)
    row = visiting.plan(workspace, Visit(site.id, day, ("王敏",))).row
    place = (row.id, "visit")
    other = {**value_of(workspace, *place), "people": ["赵敏"], "time": "14:00"}

    def here() -> None:
        visiting.cancel(workspace, row.id, "停电")

    parted(workspace, "visit", *place, here, other)
    return place


@pytest.mark.parametrize(
    ("make", "room", "who", "words"),
    [
        (target, Room.SETTINGS, (Role.OFFICE,), ("目标数量", "无废机关 · 东区 · 2027-12-31", "5", "数量")),
        (indicator, Room.SETTINGS, (Role.OFFICE,), ("指标数值", "综合利用率 · 2026", "65", "66", "快报", "来源")),
        (follow_up, Room.SITES, (Role.OFFICE,), ("督办", "甲单位", "现场督导", "工作提醒", "已申报", "办理结果")),
        (visit, Room.SITES, (), ("走访安排", "甲单位", "赵敏", "14:00", "停电", "取消的原因")),
    ],
)
def test_it_is_told_in_words_settled_and_taken_back(workspace, make, room, who, words):
    entity, cell = make(workspace)
    [row] = conflicts.list_conflicts(workspace)
    assert (row.entity, row.cell, row.room, roles_for(row, None)) == (entity, cell, room, who)
    told = conflicts.tell(workspace, row, WORDS)
    said = repr(told) + title(row, WORDS) + repr(row.about)
    assert all(word in said for word in words), said
    assert not any(f"{key}." in said for key in ("disputed", "conflict.field", "conflict.value"))
    conflicts.resolve(workspace, row, take(1), WORDS)
    assert conflicts.list_conflicts(workspace) == ()
    conflicts.undo(workspace)
    assert [one.cell for one in conflicts.list_conflicts(workspace)] == [cell]


@pytest.mark.parametrize(
    ("make", "change"),
    [
        (indicator, lambda workspace, _key: indicating.remove_value(workspace, "waste", 2026)),
        (follow_up, following_up.remove),
        (visit, visiting.cancel),
    ],
)
def test_nobody_writes_over_it_unseen(workspace, make, change):
    entity, cell = make(workspace)
    before = standing(workspace, entity, cell)
    with pytest.raises(UserError):
        change(workspace, entity)
    assert standing(workspace, entity, cell) == before


def test_two_who_mean_the_same_are_no_conflict(workspace):
    cell = f"target.school.*.{END}"
    targeting.set_target(workspace, 4, by=END, category="school")
    written_elsewhere(workspace, "target", REGISTER, cell, {"count": 4})
    assert conflicts.list_conflicts(workspace) == ()
    assert targeting.in_force(workspace).targets[-1].count == 4
    roles.grant(workspace, "周主任", Role.OFFICE)
    with pytest.raises(UserError, match=r"roles\.not_yours"):
        targeting.remove_target(workspace, by=END, category="school")

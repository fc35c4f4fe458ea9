"""What steers: the same tables in whatever order acts come in, and what cannot be read is set aside."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.store.foreign import Act, take_in
from wufei_cells.store import steering_queries, tables
from wufei_cells.store.database import FILE_NAME, open_database
from wufei_cells.store.ledger import projection_differences
from wufei_cells.store.projecting import Head
from wufei_cells.store.queries import REGISTER
from wufei_cells.store.readable_acts import readable_row

HERE, THERE = "a" * 32, "b" * 32
TARGET = "target.office.*.2027-12-31"
VALUE = {"value": "68.5", "preliminary": True, "source": "统计局快报", "note": ""}
FOLLOW_UP = {
    "subject": {"site": "s", "district": None, "category": None},
    "level": "remind",
    "on": "2026-11-02",
    "text": "提醒尽快申报",
    "document_number": "",
    "due": "2026-11-16",
    "done_on": None,
    "outcome": "",
}
VISIT = {
    "site": "s",
    "assessment": None,
    "on": "2026-11-05",
    "time": "09:30",
    "people": ["王敏"],
    "note": "",
    "cancelled": None,
}
ACTS = [
    Act(HERE, 1, "target", REGISTER, TARGET, 1, {"count": 20}, ()),
    Act(THERE, 1, "target", REGISTER, TARGET, 2, {"count": 25}, ((HERE, 1),)),
    Act(HERE, 2, "target", REGISTER, "target.mall.east.2027-12-31", 3, {"count": 3}, ()),
    Act(HERE, 3, "target", REGISTER, "target.mall.east.2027-12-31", 4, None, ((HERE, 2),)),
    Act(HERE, 4, "indicator_value", "indicator.solid_waste", "year.2026", 5, VALUE, ()),
    Act(THERE, 2, "indicator_value", "indicator.solid_waste", "year.2026", 5, {**VALUE, "value": "69"}, ()),
    Act(HERE, 5, "follow_up", "f1", "follow_up", 6, FOLLOW_UP, ()),
    Act(THERE, 3, "follow_up", "f1", "follow_up", 7, {**FOLLOW_UP, "done_on": "2026-11-10"}, ((HERE, 5),)),
    Act(HERE, 6, "visit", "v1", "visit", 8, VISIT, ()),
    Act(HERE, 7, "visit", "v2", "visit", 9, {**VISIT, "time": None}, ()),
    Act(THERE, 4, "visit", "v2", "visit", 10, None, ((HERE, 7),)),
]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(ACTS))
def test_acts_give_the_same_tables_in_whatever_order_they_come(tmp_path_factory, arriving):
    database = open_database(tmp_path_factory.mktemp("order") / FILE_NAME, device_name="desk")
    for act in arriving:
        take_in(database, [act])
    with database.reading() as connection:
        assert projection_differences(connection) == ()
        [target] = steering_queries.targets(connection)
        assert (target.category, target.district, target.by, target.count) == ("office", None, date(2027, 12, 31), 25)
        [value] = steering_queries.indicator_values(connection)
        assert (value.indicator, value.said.year) == ("solid_waste", 2026)
        assert value.said.value in (Decimal("68.5"), Decimal(69))
        [follow_up] = steering_queries.follow_ups(connection, site="s")
        assert follow_up.said.done_on == date(2026, 11, 10)
        [visit] = steering_queries.visits(connection)
        assert (visit.said.on, visit.said.time, visit.said.people) == (date(2026, 11, 5), time(9, 30), ("王敏",))
        cells = {row.cell for row in connection.execute(select(tables.conflict.c.cell))}
        assert cells == {"year.2026"}
    database.close()


@pytest.mark.parametrize(
    ("kind", "entity", "cell", "value"),
    [
        ("target", "elsewhere", TARGET, {"count": 1}),
        ("target", REGISTER, "target.office.*.2027-13-31", {"count": 1}),
        ("target", REGISTER, TARGET, {"count": "many"}),
        ("target", REGISTER, "profile", {"count": 1}),
        ("indicator_value", "indicator.x", "year.2026", {**VALUE, "value": "much"}),
        ("indicator_value", "indicator.x", "year.2026", {**VALUE, "value": "NaN"}),
        ("indicator_value", "indicator.x", "year.x", VALUE),
        ("follow_up", "f", "follow_up", {**FOLLOW_UP, "due": "tomorrow"}),
        ("follow_up", "f", "follow_up", {**FOLLOW_UP, "subject": "s"}),
        ("visit", "v", "visit", {**VISIT, "time": "25:00"}),
        ("visit", "v", "visit", {**VISIT, "people": [1]}),
        ("visit", "v", "visit", {**VISIT, "on": None}),
    ],
)
def test_what_says_no_day_no_number_and_no_place_cannot_be_read(kind, entity, cell, value):
    head = Head(1, 1, HERE, kind, 1, "2026-11-02T00:00:00+00:00", "x", value)
    assert readable_row(entity, cell, head)[1] is False

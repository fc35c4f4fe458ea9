"""What the office writes: the same tables in whatever order acts come in, and the same when they are made anew."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.store.foreign import Act, take_in
from wufei_cells.store import certificate_queries, office_queries, tables
from wufei_cells.store.database import FILE_NAME, open_database
from wufei_cells.store.ledger import projection_differences, repair_projection
from wufei_cells.store.queries import REGISTER

AT = "2026-11-02"
APPLICATION = {"applied_on": AT, "signatory": "孙经理", "committed_on": AT, "recommended_by": "", "highlights": ""}
OBJECTION = {
    "assessment": "file",
    "revision": 1,
    "kind": "appeal",
    "item": "A2",
    "text": "台账在库里",
    "name": "",
    "contact": "",
    "received_on": AT,
    "due": None,
}
BATCH = {
    "title": "第一批",
    "notice_from": AT,
    "notice_until": "2026-11-08",
    "contact": "x",
    "document_number": "",
    "named_on": None,
}
EVENT = {"kind": "suspend", "on": AT, "reason": "被投诉", "until": None, "document_number": "", "year": None}
HERE, THERE = "a" * 32, "b" * 32

ACTS = [
    Act(HERE, 1, "application", "file", "application", 1, APPLICATION, ()),
    Act(THERE, 1, "application", "file", "application", 2, {**APPLICATION, "signatory": "钱经理"}, ((HERE, 1),)),
    Act(HERE, 2, "objection", "said", "objection", 3, OBJECTION, ()),
    Act(THERE, 2, "objection_settled", "said", "settled", 4, {"outcome": "upheld", "reason": "属实", "on": AT}, ()),
    Act(HERE, 3, "objection_settled", "said", "settled", 5, None, ((THERE, 2),)),
    Act(HERE, 4, "batch", "batch", "batch", 6, BATCH, ()),
    Act(HERE, 5, "batch", "batch", "batch", 7, {**BATCH, "document_number": "5号", "named_on": AT}, ((HERE, 4),)),
    Act(THERE, 3, "batch", "batch", "batch", 7, {**BATCH, "document_number": "6号", "named_on": AT}, ((HERE, 4),)),
    Act(HERE, 6, "certificate_event", "paper", "event.1", 8, EVENT, ()),
    Act(HERE, 7, "certificate_event", "paper", "event.1", 9, {**EVENT, "struck": "登错"}, ((HERE, 6),)),
    Act(THERE, 4, "certificate_event", "paper", "event.2", 8, {**EVENT, "kind": "check"}, ()),
    Act(THERE, 5, "certificate_event", "paper", "event.3", 8, {**EVENT, "kind": "of a newer program"}, ()),
    Act(HERE, 8, "role", "zhou", "role.office", 10, True, ()),
    Act(HERE, 9, "role", "zhou", "role.reviewer", 11, True, ()),
    Act(THERE, 6, "role", "zhou", "role.reviewer", 12, None, ((HERE, 9),)),
    Act(THERE, 7, "person", "zhou", "person", 9, {"name": "周主任"}, ()),
    Act(HERE, 10, "number_keeper", REGISTER, "number_keeper", 13, {"device": HERE}, ()),
    Act(THERE, 8, "number_keeper", REGISTER, "number_keeper", 13, {"device": THERE}, ()),
    Act(HERE, 11, "number_block", "block", "block", 14, {"series": "S-", "first": 2, "last": 4, "device": THERE}, ()),
]
WRITTEN = (
    "application",
    "objection",
    "batch",
    "certificate_event",
    "role",
    "number_keeper",
    "number_block",
    "conflict",
)


def content(connection):
    """What the tables of the office hold."""
    return {
        name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
        for name in WRITTEN
        for table in [tables.projection_metadata.tables[name]]
    }


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(ACTS))
def test_acts_of_the_office_give_the_same_tables_in_whatever_order_they_come(tmp_path_factory, arriving):
    database = open_database(tmp_path_factory.mktemp("order") / FILE_NAME, device_name="desk")
    for act in arriving:
        take_in(database, [act])
    with database.reading() as connection:
        found = content(connection)
        assert projection_differences(connection) == ()
        [application] = found["application"]
        assert "钱经理" in application
        assert office_queries.batch(connection, "batch").values == 2
        assert [one.outcome.value for one in office_queries.objections(connection)] == ["open"]
        assert {role.value for role in office_queries.holders(connection)} == {"office"}
        told = certificate_queries.events_of(connection, ["paper"])["paper"]
        assert [one.event.kind.value for one in told] == ["check"]
        assert office_queries.number_keeper(connection) == THERE
        cells = {row.cell for row in connection.execute(select(tables.conflict.c.cell))}
        assert cells == {"batch", "number_keeper"}
    repair_projection(database)
    with database.reading() as connection:
        assert content(connection) == found
    database.close()

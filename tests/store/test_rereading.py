"""Programs of different age on one register: what one cannot read waits, and what another can is read at its start."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from tests.exchange.cells_written import SIGNATURE, value_for
from tests.exchange.forger import run_of
from tests.exchange.oracle import Fact
from tests.samples.disks import read_only
from tests.store.test_journal import AT
from wufei_cells.store import journal, ledger, rereading, tables
from wufei_cells.store.database import open_database
from wufei_cells.store.journal import Draft
from wufei_cells.store.merging import UNREADABLE, merge_run
from wufei_cells.store.projectors import PROJECTORS

ANSWER = ("answer", "assessment-1", "answer.A1")
STRANGER = "ab" * 16


def taken_in(path, place, value):
    """Take an act of another device in, and close."""
    database = open_database(path, device_name="desk")
    fact = Fact(STRANGER, 1, *place, 1, "2026-11-02T00:00:00+00:00", "somebody", value, frozenset())
    with database.writing() as connection:
        merge_run(connection, run_of([fact]))
    database.close()


def looked_at(path, query):
    database = open_database(path, device_name="desk")
    with database.reading() as connection:
        assert ledger.projection_differences(connection) == ()
        found = connection.execute(query).scalars().all()
    database.close()
    return found


def as_of_another_program(path):
    """Let the register say that another program has worked in it last."""
    database = open_database(path, device_name="desk")
    with database.writing() as connection:
        connection.execute(update(tables.meta).where(tables.meta.c.name == rereading.NOTE).values(value="another"))
    database.close()


def test_acts_of_a_kind_that_an_older_program_did_not_know_are_read_by_the_newer_one(path, monkeypatch):
    with monkeypatch.context() as older:
        older.delitem(PROJECTORS, "signature")
        taken_in(path, SIGNATURE, value_for(SIGNATURE, 1))
        assert looked_at(path, select(tables.signature.c.id)) == []
    assert looked_at(path, select(tables.signature.c.id)) == [SIGNATURE[1]]


def test_what_an_older_program_could_not_read_counts_once_a_newer_one_can(path, monkeypatch):
    def strict(_entity, _cell, _head):
        raise ValueError

    with monkeypatch.context() as older:
        older.setitem(PROJECTORS, "signature", strict)
        taken_in(path, SIGNATURE, value_for(SIGNATURE, 1))
        assert looked_at(path, select(tables.act.c.aside)) == [UNREADABLE]
    as_of_another_program(path)
    assert looked_at(path, select(tables.act.c.aside)) == [None]
    assert looked_at(path, select(tables.signature.c.id)) == [SIGNATURE[1]]


def test_an_older_program_sets_aside_what_only_a_newer_one_can_read(path, monkeypatch):
    with monkeypatch.context() as newer:
        newer.setitem(PROJECTORS, "answer", lambda _entity, _cell, _head: None)
        taken_in(path, ANSWER, {"written": "otherwise"})
        assert looked_at(path, select(tables.act.c.aside)) == [None]
    as_of_another_program(path)
    assert looked_at(path, select(tables.act.c.aside)) == [UNREADABLE]
    assert looked_at(path, select(tables.head.c.seq)) == []


def test_a_register_that_cannot_be_written_is_shown_as_the_other_program_left_it(path):
    taken_in(path, ANSWER, value_for(ANSWER, 1))
    as_of_another_program(path)
    with read_only(path):
        assert looked_at(path, select(tables.answer.c.item)) == ["A1"]


def test_the_same_program_reads_nothing_again(path, monkeypatch):
    database = open_database(path, device_name="desk")
    with database.writing() as connection:
        journal.append(database, connection, [Draft(*ANSWER, value_for(ANSWER, 1))], author="王敏", at=AT)
    database.close()
    monkeypatch.setattr(rereading, "read_again", lambda _connection: pytest.fail("it read everything again"))
    open_database(path, device_name="desk").close()

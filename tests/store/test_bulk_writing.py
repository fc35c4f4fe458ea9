"""Acts that are written in bulk say exactly what they say when they are written one by one."""

from __future__ import annotations

import gc
import weakref
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.store.foreign import Act, take_in
from wufei_cells.domain.register import ActRef
from wufei_cells.store import bulk_writing, row_writing, tables
from wufei_cells.store.bulk_writing import append_many
from wufei_cells.store.database import open_database
from wufei_cells.store.journal import Draft, append
from wufei_cells.store.projection import rows_from_journal

AT = datetime(2026, 11, 2, tzinfo=UTC)
CELLS = [
    *(("site", f"site-{number}", cell) for number in range(3) for cell in ("name", "phone", "mood")),
    *(("site_fact", f"site-{number}", f"fact.{key}") for number in range(2) for key in ("canteen", "staff")),
    ("evidence", "assessment-1", "evidence.file.A1"),
    ("poem", "poem-1", "line"),
]
TABLES = (tables.act, tables.further_replacement, tables.head, tables.conflict, tables.site, tables.site_fact)


def value_of(cell, number):
    if cell[0] == "site":
        return ("", "甲", "乙")[number % 3]
    if cell[0] == "evidence":
        return None if number % 3 == 0 else {"name": f"{number}", "caption": ""}
    return None if number % 3 == 0 else f"{number}"


@st.composite
def rounds(draw):
    """Several rounds of acts, each on cells of their own, with acts of another device between them."""
    return draw(
        st.lists(st.tuples(st.booleans(), st.dictionaries(st.sampled_from(CELLS), st.integers(0, 5))), max_size=5)
    )


def written(folder, history, write):
    database = open_database(folder / "register.db", device_name="desk")
    for turn, (foreign, values) in enumerate(history):
        if foreign:
            acts = [
                Act("elsewhere", number, kind, entity, cell, number, value_of((kind,), value), ())
                for number, ((kind, entity, cell), value) in enumerate(values.items(), 10_000 * (turn + 1))
            ]
            take_in(database, acts)
            continue
        drafts = [Draft(*cell, value_of(cell, value)) for cell, value in values.items()]
        with database.writing() as connection:
            write(database, connection, drafts, author="a", at=AT)
    with database.reading() as connection:
        rows = {
            table.name: sorted(
                (tuple(row) for row in connection.execute(select(table))), key=lambda row: [str(each) for each in row]
            )
            for table in (*TABLES, tables.evidence)
        }
        rebuilt = {table.name: [] for table in (tables.site, tables.site_fact, tables.evidence, tables.conflict)}
        for table, row in rows_from_journal(connection):
            if table.name in rebuilt:
                rebuilt[table.name].append(tuple(row[column.name] for column in table.c))
    count = database.written
    database.close()
    return (
        rows,
        {name: sorted(found, key=lambda row: [str(each) for each in row]) for name, found in rebuilt.items()},
        count,
    )


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=rounds())
def test_in_bulk_or_one_by_one_the_register_says_the_same(tmp_path_factory, history):
    one, bulk = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("bulk")
    first, _rebuilt, count = written(one, history, append)
    with pytest.MonkeyPatch.context() as patch:  # small parts, so that a history falls into several
        patch.setattr(bulk_writing, "_BATCH", 3)
        patch.setattr(bulk_writing, "_AT_ONCE", 2)
        second, rebuilt, bulk_count = written(bulk, history, append_many)
    assert second == first
    assert bulk_count == count
    assert {name: second[name] for name in rebuilt} == rebuilt


def test_two_acts_on_one_cell_or_one_that_names_what_it_saw_are_refused(tmp_path):
    database = open_database(tmp_path / "register.db", device_name="desk")
    draft = Draft("site", "site-1", "name", "甲")
    with database.writing() as connection:
        for drafts in ([draft, draft], [Draft("site", "site-1", "name", "甲", (ActRef("x", 1),))]):
            with pytest.raises(ValueError, match="cells of their own"):
                append_many(database, connection, drafts, author="a", at=AT)
    database.close()


def test_how_far_it_is_is_told_and_stopping_leaves_nothing(tmp_path):
    database = open_database(tmp_path / "register.db", device_name="desk")
    drafts = [Draft("site", f"site-{number}", "name", f"第{number}家") for number in range(12_000)]
    told = []

    class Stopped(Exception):
        pass

    def stop(done, total):
        told.append((done, total))
        if done >= 10_000:
            raise Stopped

    with pytest.raises(Stopped), database.writing() as connection:
        append_many(database, connection, drafts, author="a", at=AT, report=stop)
    assert told == [(5000, 12_000), (10_000, 12_000)]
    with database.reading() as connection:
        assert connection.execute(select(tables.act)).first() is None
        assert connection.execute(select(tables.site)).first() is None
    assert database.written == 0
    database.close()


def test_a_closed_database_leaves_nothing_behind_in_memory(tmp_path):
    database = open_database(tmp_path / "register.db", device_name="desk")
    with database.writing() as connection:
        row_writing.insert_rows(connection, tables.site, ("id", "name"), [("site-0", "甲")])
        dialect = weakref.ref(connection.dialect)
    database.close()
    del database, connection
    gc.collect()
    assert dialect() is None

"""The register as of a moment: the acts written by then, by the order each device wrote them in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.store.foreign import Act, take_in
from wufei_cells.errors import UserError
from wufei_cells.store import ledger, tables
from wufei_cells.store.database import FILE_NAME, Database, open_database
from wufei_cells.store.journal import Draft, append
from wufei_cells.store.time_machine import PastDatabase, copy_as_of, times_of_device

START = datetime(2026, 3, 1, tzinfo=UTC)
PRESENT = START + timedelta(days=100)
DAY = date(2026, 3, 1)
CELLS = (("site", "site-1", "name"), ("site", "site-1", "phone"), ("site_fact", "site-1", "fact.canteen"))
ODD_TIMES = ("", "yesterday", "2026-02-30T00:00:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")


def at(day: float) -> datetime:
    return START + timedelta(days=day)


def as_of(database: Database, day: float) -> PastDatabase:
    return copy_as_of(database, at(day), DAY, present=PRESENT)


def content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every readable table, and of the journal."""
    wanted = (*tables.projection_metadata.sorted_tables, tables.act, tables.further_replacement)
    with database.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in wanted
        }


def digest(database: Database) -> str:
    with database.reading() as connection:
        return ledger.digest(connection)


def write(database: Database, cell: int, value: str, moment: datetime) -> None:
    with database.writing() as connection:
        append(database, connection, [Draft(*CELLS[cell], value)], author="王敏", at=moment)


def foreign(seq: int, cell: int, value: str, claimed: str, replaces: tuple[tuple[str, int], ...] = ()) -> Act:
    return Act("laptop", seq, *CELLS[cell], seq, value, replaces, at=claimed)


# --- laws

CELL, VALUE, PAUSE = st.integers(0, len(CELLS) - 1), st.sampled_from("甲乙丙"), st.integers(0, 3)
OWN = st.tuples(st.just("desk"), CELL, VALUE, PAUSE)
ELSEWHERE = st.tuples(st.just("laptop"), CELL, VALUE, PAUSE)
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def play(database: Database, steps: list[tuple[str, int, str, int]], *, until: int) -> None:
    """Write steps with clocks that only rise, as far as a day; the laptop's acts replace its own last in the cell."""
    day, numbers = 0, 0
    last: dict[int, tuple[tuple[str, int], ...]] = {}
    for who, cell, value, pause in steps:
        day += pause
        if who == "laptop":
            numbers += 1
        if day > until:
            continue
        if who == "desk":
            write(database, cell, value, at(day))
        else:
            take_in(database, [foreign(numbers, cell, value, at(day).isoformat(), last.get(cell, ()))])
            last[cell] = (("laptop", numbers),)


@QUICK
@given(steps=st.lists(st.one_of(OWN, ELSEWHERE), max_size=10), day=st.integers(0, 30))
def test_with_clocks_that_rise_it_is_the_register_in_which_only_the_acts_of_before_were_written(steps, day):
    with TemporaryDirectory() as folder:
        whole = open_database(Path(folder) / FILE_NAME, device_name="desk")
        play(whole, steps, until=1000)
        (Path(folder) / "before").mkdir()
        with whole.reading() as connection:  # the same device, so that its acts have the same names
            device = connection.execute(select(tables.device)).first()
        before = open_database(Path(folder) / "before" / FILE_NAME, device_name="desk")
        with before.writing() as connection:
            connection.execute(tables.device.update().values(uuid=device.uuid))
        before.device_uuid = device.uuid
        play(before, steps, until=day)
        past = as_of(whole, day)
        try:
            assert content(past) == content(before)
            assert digest(past) == digest(before)
            assert past.out_of_order == 0
        finally:
            for database in (past, before, whole):
                database.close()


CLAIMED = st.one_of(st.sampled_from(ODD_TIMES), st.integers(-400, 400).map(lambda day: at(day).isoformat()))


@QUICK
@given(claims=st.lists(st.tuples(CELL, VALUE, CLAIMED), max_size=8), days=st.lists(st.integers(-500, 500), max_size=3))
def test_whatever_clocks_claim_a_cut_holds_a_beginning_of_each_device_and_today_is_the_register_itself(claims, days):
    with TemporaryDirectory() as folder:
        whole = open_database(Path(folder) / FILE_NAME, device_name="desk")
        write(whole, 0, "甲", at(1))
        acts = [foreign(seq, cell, value, claimed) for seq, (cell, value, claimed) in enumerate(claims, 1)]
        take_in(whole, acts)
        known = content(whole)
        for day in [*sorted(days), 100]:
            past = as_of(whole, day)
            found = content(past)
            with past.reading() as connection:
                assert ledger.projection_differences(connection) == ()
            past.close()
            numbers = [row[1] for row in found["act"] if row[0] != whole.device]
            assert numbers == list(range(1, len(numbers) + 1))
        assert found == known
        whole.close()


@given(days=st.lists(st.one_of(st.none(), st.integers(0, 150)), max_size=30))
def test_acts_count_as_written_in_their_order_and_the_fewest_are_out_of_it(days):
    claims = [(number, "?" if day is None else at(day).isoformat()) for number, day in enumerate(days, 1)]
    times = times_of_device(claims, PRESENT)
    assert list(times.moments) == sorted(times.moments)
    assert all(moment <= PRESENT for moment in times.moments)
    in_time = [day for day in days if day is not None and at(day) <= PRESENT]
    longest = [0] * len(in_time)
    for index, day in enumerate(in_time):
        longest[index] = 1 + max((longest[other] for other in range(index) if in_time[other] <= day), default=0)
    assert times.out_of_order == len(days) - max(longest, default=0)


# --- examples


@pytest.mark.parametrize(
    ("days", "counted"),
    [
        ([1, 2, 3], [1, 2, 3]),
        ([1, 2, -300, 4], [1, 2, 2, 4]),  # the clock was set back for one act
        ([1, 2, 90, 4, 5], [1, 2, 2, 4, 5]),  # and ahead
        ([400, 401, 3, 4], [3, 3, 3, 4]),  # a machine that began in the future
        ([400], [100]),  # nothing but the future: written now at the latest
        ([1, 2, 3, 400], [1, 2, 3, 3]),
        ([], []),
    ],
)
def test_a_wrong_clock_moves_only_its_own_acts(days, counted):
    times = times_of_device([(number, at(day).isoformat()) for number, day in enumerate(days, 1)], PRESENT)
    assert list(times.moments) == [at(day) for day in counted]
    assert times.last_before(at(2)) == (sum(day <= 2 for day in counted) or -1)


def test_times_are_read_in_whatever_form_a_device_wrote_them():
    claims = [(1, "2026-03-02T08:00:00+08:00"), (2, "2026-03-02T00:00:00Z"), (3, "2026-03-02T00:00:00")]
    assert set(times_of_device(claims, PRESENT).moments) == {at(1)}


def test_an_act_may_be_there_whose_replaced_act_claims_a_later_day(database):
    take_in(database, [foreign(1, 0, "甲", at(50).isoformat())])
    write(database, 0, "乙", at(3))  # by a clock that is behind the other's
    past = as_of(database, 10)
    with past.reading() as connection:
        assert connection.execute(select(tables.site.c.name)).scalars().all() == ["乙"]
        assert ledger.projection_differences(connection) == ()
    past.close()


def test_nothing_is_written_through_it_and_its_file_goes_when_it_is_closed(database, path):
    write(database, 0, "甲", at(1))
    past = as_of(database, 1)
    copy = Path(str(past.engine.url.database))
    assert copy.is_file()
    assert past.path == path  # evidence lies beside the register
    with pytest.raises(UserError, match="read_only"), past.writing():
        pass
    with pytest.raises(UserError, match="read_only"):
        ledger.repair_projection(past)
    past.close()
    assert not copy.parent.exists()


class Stopped(Exception):
    """Somebody did not want to wait."""


def test_work_that_is_given_up_leaves_nothing_behind(database, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = set(tmp_path.iterdir())

    def give_up(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        copy_as_of(database, at(1), DAY, present=PRESENT, report=give_up)
    assert set(tmp_path.iterdir()) == before


def test_a_large_register_says_how_far_the_work_is(database):
    with database.writing() as connection:
        drafts = [Draft("site", f"site-{number}", "name", "甲") for number in range(2100)]
        append(database, connection, drafts, author="王敏", at=at(1))
    told: list[tuple[int, int]] = []
    copy_as_of(database, at(2), DAY, present=PRESENT, report=lambda *said: told.append(said)).close()
    assert told == [(0, 1), (1000, 2100), (2000, 2100)]

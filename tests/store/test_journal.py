"""The journal is the truth: random histories of several devices, held against an oracle of a few lines."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.store import edition_cells
from tests.store.foreign import Act, Name, acts_in, take_in
from tests.store.told_by_tables import (
    ANSWER,
    CELLS,
    FACT,
    NAME,
    NEWER_FIELD,
    PHONE,
    STATE,
    UNKNOWN,
    Cell,
    conflict_in,
    heads_in,
    said_by,
    value_in,
)
from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.register import ActRef
from wufei_cells.store import ledger, tables
from wufei_cells.store.database import FILE_NAME, Database, open_database
from wufei_cells.store.journal import Draft, append
from wufei_cells.store.projection import rebuild

AT = datetime(2026, 11, 2, tzinfo=UTC)


def value_for(cell: Cell, number: int) -> JsonValue:
    """One of a few values, so that two people often mean the same."""
    if cell[0] == "answer":
        return {"value": ("yes", "no", None)[number % 3], "na": None, "note": f"{number % 2}", "entry": "hash"}
    if cell is STATE:
        return {"stage": ("scoring", "finished")[number % 2], "remarks": str(number % 3)} | (
            {"basis": "b", "facts": {}, "passed": True, "total": "1", "level": "pass"} if number % 2 else {}
        )
    if cell in edition_cells.EDITION_CELLS:
        return edition_cells.value_for(cell, number)
    return None if cell is FACT and number % 3 == 0 else ("甲", "乙", "𬇙")[number % 3]


# --- the oracle


def standing(acts: dict[Name, Act], cell: Cell) -> set[Name]:
    """The acts of a cell that no act replaces."""
    of_cell = {name: act for name, act in acts.items() if (act.entity, act.cell) == cell[1:]}
    return set(of_cell) - {name for act in of_cell.values() for name in act.replaces}


def values(acts: dict[Name, Act], cell: Cell) -> set[str]:
    return {canonical_json(acts[name].value) for name in standing(acts, cell)}


def shown(acts: dict[Name, Act], cell: Cell) -> JsonValue:
    names = standing(acts, cell)
    return max((acts[name].lamport, acts[name].device, acts[name].value) for name in names)[2] if names else None


def as_shown(cell: Cell, value: JsonValue) -> JsonValue:
    """The value of an act as its row shows it."""
    if value is None:
        return None
    if cell[0] == "answer":
        return canonical_json(value["value"]), value["na"], value["note"]
    if cell is STATE:
        return value["stage"], value["remarks"], (1 if "basis" in value else None)
    if cell in edition_cells.EDITION_CELLS:
        return edition_cells.as_shown(cell, value)
    return value


# --- the world: one real database, and other devices that know some of the acts


class World:
    """A desk with the real journal, and laptops that write what they know and exchange it in any order."""

    def __init__(self, database: Database, chance: random.Random) -> None:
        self.database = database
        self.chance = chance
        self.acts: dict[Name, Act] = {}  # all there are
        self.here: set[Name] = set()  # those the desk has
        self.laptops: dict[str, set[Name]] = {f"laptop-{number}": set() for number in range(3)}
        self.forms: list[tuple[Cell, tuple[ActRef, ...]]] = [(cell, ()) for cell in CELLS]
        self.happened: Counter[str] = Counter()

    def known(self, names: set[Name]) -> dict[Name, Act]:
        return {name: self.acts[name] for name in names}

    def step(self) -> None:
        steps = (self.desk_edit, self.desk_stale_edit, self.open_form, self.laptop_edit, self.laptop_edit)
        self.chance.choice((*steps, self.deliver, self.deliver, self.laptop_learns))()

    def desk_edit(self) -> None:
        self._desk_writes(self.chance.choice(CELLS), None)

    def open_form(self) -> None:
        cell = self.chance.choice(CELLS)
        self.forms.append((cell, tuple(ActRef(*name) for name in sorted(heads_in(self.database, cell)))))

    def desk_stale_edit(self) -> None:
        self._desk_writes(*self.chance.choice(self.forms))

    def _desk_writes(self, cell: Cell, seen: tuple[ActRef, ...] | None) -> None:
        before = standing(self.known(self.here), cell)
        draft = Draft(*cell, value_for(cell, self.chance.randrange(6)), seen)
        with self.database.writing() as connection:
            [written] = append(self.database, connection, [draft], author="王敏", at=AT)
        name = (written.act.device, written.act.seq)
        replaced = before if seen is None else {(ref.device, ref.seq) for ref in seen}
        act = acts_in(self.database)[name]
        assert set(act.replaces) == replaced
        assert act.lamport == 1 + max((self.acts[known].lamport for known in self.here), default=0)
        self.acts[name] = act
        self.here.add(name)
        assert {(ref.device, ref.seq) for ref in written.heads} == standing(self.known(self.here), cell)
        assert written.values == len(values(self.known(self.here), cell))
        self.happened["resolution" if len(act.replaces) > 1 else "edit"] += 1

    def laptop_edit(self) -> None:
        device, knows = self.chance.choice(list(self.laptops.items()))
        cell = self.chance.choice(CELLS)
        seen = standing(self.known(knows), cell)
        if self.chance.random() < 0.3:
            seen = set(self.chance.sample(sorted(seen), self.chance.randrange(len(seen) + 1)))  # an old form there
        seq = 1 + sum(act.device == device for act in self.acts.values())
        lamport = 1 + max((self.acts[name].lamport for name in knows), default=0)
        value = value_for(cell, self.chance.randrange(6))
        act = Act(device, seq, *cell, lamport, value, tuple(sorted(seen)))
        self.acts[act.name] = act
        knows.add(act.name)
        self.happened["foreign resolution" if len(seen) > 1 else "foreign edit"] += 1

    def laptop_learns(self) -> None:
        knows = self.chance.choice(list(self.laptops.values()))
        knows |= set(self.chance.sample(sorted(self.acts), self.chance.randrange(len(self.acts) + 1)))

    def deliver(self) -> None:
        """Bring some acts to the desk: any of them, in any order, also before those they replace."""
        waiting = sorted(set(self.acts) - self.here)
        arriving = self.chance.sample(waiting, self.chance.randrange(len(waiting) + 1))
        take_in(self.database, [self.acts[name] for name in arriving])
        self.here |= set(arriving)
        self.happened["delivered"] += len(arriving)

    def deliver_all(self) -> None:
        waiting = sorted(set(self.acts) - self.here)
        self.chance.shuffle(waiting)
        take_in(self.database, [self.acts[name] for name in waiting])
        self.here |= set(waiting)

    def check(self) -> None:
        """The database says what the oracle says, cell by cell."""
        acts, said = self.known(self.here), said_by(self.database)
        for cell in CELLS:
            assert said.heads.get(cell[1:], set()) == standing(acts, cell)
            distinct = len(values(acts, cell))
            assert said.distinct.get(cell[1:], 1) == max(distinct, 1)
            self.happened["conflict"] += distinct > 1
            if cell not in (UNKNOWN, NEWER_FIELD):
                assert said.values[cell] == as_shown(cell, shown(acts, cell))


def content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in tables.projection_metadata.sorted_tables
        }


def differences(database: Database) -> tuple[str, ...]:
    with database.reading() as connection:
        return ledger.projection_differences(connection)


def digest(database: Database) -> str:
    with database.reading() as connection:
        return ledger.digest(connection)


def emptied(database: Database) -> Database:
    """The same database as it was when new, which is quicker than another one."""
    with database.writing() as connection:
        for table in (*tables.projection_metadata.sorted_tables, tables.act, tables.further_replacement):
            connection.execute(table.delete())
        connection.execute(tables.device.delete().where(tables.device.c.uuid != database.device_uuid))
    return database


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    opened = open_database(tmp_path_factory.mktemp("desk") / FILE_NAME, device_name="desk")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    opened = open_database(tmp_path_factory.mktemp("archive") / FILE_NAME, device_name="archive")
    yield opened
    opened.close()


def play(desk: Database, archive: Database, chance: random.Random, steps: int) -> Counter[str]:
    """Play one history and check everything that must hold at every step and at its end."""
    world = World(emptied(desk), chance)
    for _ in range(steps):
        world.step()
        world.check()
    assert differences(desk) == ()
    as_written = content(desk)
    with desk.writing() as connection:
        rebuild(connection)
    assert content(desk) == as_written
    world.deliver_all()
    world.check()
    others = list(world.acts.values())
    chance.shuffle(others)
    half = chance.randrange(len(others) + 1)
    emptied(archive)
    take_in(archive, others[:half])
    take_in(archive, others[half:])
    assert digest(archive) == digest(desk)
    return world.happened


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chance=st.randoms(use_true_random=False), steps=st.integers(1, 14))
def test_after_every_step_of_any_history_the_tables_say_what_the_oracle_says(desk, archive, chance, steps):
    play(desk, archive, chance, steps)


def test_long_histories_too_and_they_hold_everything_that_can_happen(desk, archive):
    happened: Counter[str] = Counter()
    for seed in range(8):
        happened += play(desk, archive, random.Random(seed), 80)
    least = {"edit": 50, "resolution": 15, "foreign resolution": 8, "delivered": 100, "conflict": 200}
    assert all(happened[what] >= number for what, number in least.items()), happened


# --- single stories


def write(database: Database, cell: Cell, value: JsonValue, seen: tuple[ActRef, ...] | None = None) -> ActRef:
    with database.writing() as connection:
        [written] = append(database, connection, [Draft(*cell, value, seen)], author="王敏", at=AT)
    return written.act


def test_what_was_written_from_a_stale_form_stands_beside_what_came_between(database):
    first = write(database, NAME, "甲")
    second = write(database, NAME, "乙", seen=(first,))
    third = write(database, NAME, "丙", seen=(first,))
    assert heads_in(database, NAME) == {(second.device, second.seq), (third.device, third.seq)}
    assert conflict_in(database, NAME) == 2
    write(database, NAME, "丁", seen=(second, third))
    assert conflict_in(database, NAME) == 1
    assert value_in(database, NAME) == "丁"


def test_two_who_mean_the_same_are_in_no_conflict(database):
    first = write(database, NAME, "甲")
    write(database, NAME, "乙", seen=(first,))
    write(database, NAME, "乙", seen=(first,))
    assert len(heads_in(database, NAME)) == 2
    assert conflict_in(database, NAME) == 1


def test_an_act_that_is_named_twice_is_replaced_once(database):
    first = write(database, NAME, "甲")
    write(database, NAME, "乙", seen=(first, first))
    assert len(heads_in(database, NAME)) == 1
    assert acts_in(database)[database.device_uuid, 2].replaces == ((first.device, first.seq),)


def test_a_form_may_name_acts_of_devices_nobody_here_has_heard_of(database):
    write(database, NAME, "甲", seen=(ActRef("elsewhere", 3),))
    assert value_in(database, NAME) == "甲"
    assert differences(database) == ()


def test_acts_of_two_devices_with_one_number_are_two_acts(database):
    take_in(database, [Act("laptop-a", 1, *NAME, 1, "甲", ()), Act("laptop-b", 1, *NAME, 1, "乙", ())])
    mine = write(database, NAME, "丙", seen=(ActRef("laptop-a", 1),))
    assert heads_in(database, NAME) == {("laptop-b", 1), (mine.device, mine.seq)}
    assert differences(database) == ()


def test_an_act_that_replaces_one_still_on_its_way_is_dealt_with_at_once(database):
    early = Act("laptop", 1, *NAME, 1, "甲", ())
    late = Act("laptop", 2, *NAME, 2, "乙", (early.name,))
    take_in(database, [late])
    assert value_in(database, NAME) == "乙"
    take_in(database, [early])
    assert heads_in(database, NAME) == {late.name}
    assert value_in(database, NAME) == "乙"


def test_a_written_act_comes_after_everything_known_here(database):
    take_in(database, [Act("laptop", 7, *NAME, 900, "甲", ())])
    write(database, PHONE, "1")
    assert acts_in(database)[database.device_uuid, 1].lamport == 901


def test_history_names_who_wrote_what_after_what(database):
    with database.writing() as connection:
        append(database, connection, [Draft("person", "p1", "person", {"name": "王敏"})], author="p1", at=AT)
        append(database, connection, [Draft(*NAME, "甲"), Draft(*PHONE, "1")], author="p1", at=AT)
        append(database, connection, [Draft(*NAME, "乙")], author="p1", at=AT)
    with database.reading() as connection:
        rows = ledger.history(connection, "site-1")
    assert [(row.author, row.cell, row.old, row.new) for row in rows] == [
        ("王敏", "name", None, "甲"),
        ("王敏", "phone", None, "1"),
        ("王敏", "name", "甲", "乙"),
    ]
    assert {row.device for row in rows} == {"desk"}


# --- proof and digest


def test_a_table_that_was_tampered_with_is_named_and_can_be_made_anew(database):
    write(database, NAME, "甲")
    write(database, ANSWER, value_for(ANSWER, 1))
    with database.writing() as connection:
        connection.execute(tables.site.update().values(name="乙"))
        connection.execute(tables.answer.delete())
    assert differences(database) == ("answer", "site")
    ledger.repair_projection(database)
    assert differences(database) == ()
    assert value_in(database, NAME) == "甲"


def test_a_row_too_many_is_noticed(database):
    with database.writing() as connection:
        connection.execute(tables.site.insert().values(id="ghost"))
    assert differences(database) == ("site",)


CHANGES = {
    "value": {"value": '"乙"'},
    "author": {"author": "someone else"},
    "time": {"at": "2026-11-02T00:00:01+00:00"},
    "lamport": {"lamport": 50},
    "kind": {"kind": "poem"},
    "cell": {"cell": "phone"},
    "entity": {"entity": "site-2"},
    "seq": {"seq": 9},
    "what it replaces": {"replaced_seq": 2},
    "that it replaces": {"replaced_device": None, "replaced_seq": None},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_the_digest_differs_for_any_change_of_an_act(database, change):
    write(database, NAME, "甲")
    write(database, PHONE, "1")
    write(database, NAME, "丙")
    before = digest(database)
    with database.writing() as connection:
        connection.execute(tables.act.update().where(tables.act.c.seq == 3).values(**change))
    assert digest(database) != before


def test_the_digest_differs_when_a_resolution_names_other_acts(database):
    first = write(database, NAME, "甲")
    others = tuple(write(database, NAME, text, seen=(first,)) for text in ("乙", "丙", "丁"))
    write(database, NAME, "戊", seen=others)
    before = digest(database)
    with database.writing() as connection:
        connection.execute(tables.further_replacement.delete().where(tables.further_replacement.c.replaced_seq == 4))
    assert digest(database) != before


def test_the_digest_differs_when_an_act_is_missing_and_is_the_same_after_rebuilding(database):
    write(database, NAME, "甲")
    before = digest(database)
    ledger.repair_projection(database)
    assert digest(database) == before
    write(database, NAME, "甲")
    assert digest(database) != before


def test_the_basis_of_a_result_is_what_stands_and_not_what_came_before(database, tmp_path: Path):
    def basis() -> str:
        with database.reading() as connection:
            return ledger.basis(connection, assessment="assessment-1", site="site-1")

    write(database, ANSWER, value_for(ANSWER, 1))
    write(database, FACT, "yes")
    rested_on = basis()
    write(database, STATE, {"stage": "finished"})
    write(database, NAME, "新名称")
    assert basis() == rested_on  # neither the stage nor the site's name changes what was scored
    write(database, FACT, "no")
    after_fact = basis()
    assert after_fact != rested_on
    write(database, ANSWER, value_for(ANSWER, 2))
    assert basis() not in (rested_on, after_fact)

"""A file that something damaged: refused or examined, and never a crash."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from sqlalchemy import select

from tests.samples.registers import HandClock, add_site, open_register, scored
from wufei_cells.errors import UserError
from wufei_cells.services import browsing, checking
from wufei_cells.store import tables
from wufei_cells.store.database import FILE_NAME

TRIES = 60
SITES = 8


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> bytes:
    """The bytes of a register with some assessments."""
    folder = tmp_path_factory.mktemp("filled")
    workspace = open_register(folder, HandClock())
    for number in range(SITES):
        scored(workspace, add_site(workspace, f"单位{number}"))
    workspace.close()
    return (folder / FILE_NAME).read_bytes()


def garbled(content: bytes, chance: random.Random) -> bytes:
    """Overwrite a few places, as a failing disk does."""
    garbled = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 20))):
        start, length = chance.randrange(len(content)), chance.choice((1, 4, 100))
        garbled[start : start + length] = chance.randbytes(length)
    return bytes(garbled[: len(content)])


def test_a_damaged_file_is_refused_or_examined_and_never_a_crash(filled, tmp_path):
    ended: Counter[str] = Counter()
    for seed in range(TRIES):
        (tmp_path / FILE_NAME).write_bytes(garbled(filled, random.Random(seed)))
        try:
            workspace = open_register(tmp_path, HandClock())
            try:
                found = checking.doctor(workspace)
                if found.sound:
                    assert len(browsing.list_assessments(workspace)) == len(browsing.list_sites(workspace)) == SITES
            finally:
                workspace.close()
        except UserError as refused:
            ended[refused.code] += 1
            continue
        ended["sound" if found.sound else "found"] += 1
    assert set(ended) <= {"sound", "found", "store.damaged", "store.not_a_database", "store.not_ours"}
    assert ended["found"] > TRIES // 10
    assert ended["store.damaged"] > TRIES // 20


@pytest.mark.parametrize("value", ["", "{", '"text"', "[]", "{}", '{"value": 1}', "null"])
def test_an_act_that_no_program_of_ours_wrote_is_named(workspace, value):
    scored(workspace)
    with workspace.database.writing() as connection:
        connection.execute(tables.act.update().where(tables.act.c.kind == "answer").values(value=value))
    found = checking.doctor(workspace)
    assert not found.sound
    assert found.damage


def test_a_lost_table_row_is_noticed_by_the_doctor_and_not_by_lists(workspace):
    row = scored(workspace)
    with workspace.database.writing() as connection:
        connection.execute(tables.answer.delete().where(tables.answer.c.item == "B1"))
    assert browsing.assessment(workspace, row.id).answered == 3
    assert checking.doctor(workspace).projection == ("answer",)
    checking.repair(workspace)
    with workspace.database.reading() as connection:
        assert len(connection.execute(select(tables.answer)).all()) == 4

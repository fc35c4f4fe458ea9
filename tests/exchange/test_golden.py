"""Packages that released versions wrote are taken in by this one, and say what they said then.

A file is added with every release that changes what is written; none is ever taken away.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.samples.registers import HandClock, open_register
from wufei_cells.domain.exchange import Order, Photos, Scope
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import browsing, checking, content_places, packing, receiving, side_view, taking_packages
from wufei_cells.store.ledger import digest

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.wufei"))


@pytest.fixture(params=GOLDEN, ids=lambda path: path.stem)
def golden(request):
    return request.param


@pytest.fixture
def taken(golden, tmp_path):
    """A register that holds what the package brought."""
    workspace = open_register(tmp_path, HandClock(), person="今天的人")
    taking_packages.take_in(workspace, receiving.receive(workspace, [golden]))
    [waiting] = side_view.waiting(workspace)
    assert side_view.admit(workspace, waiting.device) == waiting.acts
    yield workspace
    workspace.close()


def test_there_is_one_at_least():
    assert GOLDEN


def test_it_says_what_it_said(taken):
    stages = {site.name: site.stage for site in browsing.list_sites(taken)}
    assert stages == {"甲单位": Stage.FINISHED, "乙单位": Stage.REGISTERED}
    sheet = browsing.sheet(taken, browsing.site(taken, "甲单位").assessment)
    assert sheet.answers["B1"].answer.note == "门口的桶没有分类"
    assert sheet.scorecard.total.low == sheet.assessment.total
    with taken.database.reading() as connection:
        pieces = connection.exec_driver_sql("SELECT file FROM evidence").scalars().all()
        unknown = connection.exec_driver_sql("SELECT value FROM act WHERE kind = 'weather'").scalar()
    assert [content_places.path_of(taken, piece) is not None for piece in pieces] == [True]
    assert unknown == '{"":"空","rain":[1,2.5,null,true]}'
    assert checking.doctor(taken).sound


def test_its_bundles_are_handed_on_byte_for_byte(golden, taken, tmp_path):
    planned = packing.plan(taken, Order(scope=Scope.ALL, photos=Photos.ALL))
    packing.write(taken, planned, tmp_path / "on")
    mine = receiving.receive(taken, [tmp_path / "on.wufei", golden])
    on, before = (one.manifest for one in mine)
    assert {entry.sha256 for entry in before.bundles} <= {entry.sha256 for entry in on.bundles}
    assert {entry.sha256 for entry in before.files} <= {entry.sha256 for entry in on.files}


def test_taken_in_twice_back_and_again_it_is_the_same(taken, golden):
    taking_packages.take_in(taken, receiving.receive(taken, [golden]))
    with taken.database.reading() as connection:
        first = digest(connection)
    [arrival] = [row for row in taking_packages.list_arrivals(taken) if row.acts]
    taking_packages.undo(taken, arrival.id)
    taking_packages.take_in(taken, receiving.receive(taken, [golden]))
    with taken.database.reading() as connection:
        assert digest(connection) == first

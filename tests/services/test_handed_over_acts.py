"""A register that was copied hands over what the first one had not sealed; both go on, and neither loses anything."""

from __future__ import annotations

import shutil

import pytest

from tests.samples.registers import HandClock, add_site, criteria
from wufei_cells.domain.exchange import Order
from wufei_cells.errors import UserError
from wufei_cells.services import checking, packing, receiving, side_view, taking_packages
from wufei_cells.services.workspace import open_workspace
from wufei_cells.store import ledger


@pytest.fixture
def opened(tmp_path):
    """``opened(name)``: a register of this machine, known by a key outside its folder."""
    workspaces = []

    def make(name):
        (tmp_path / name).mkdir(exist_ok=True)
        given = {"person": "王敏", "clock": HandClock(), "devices": tmp_path / "keys"}
        workspaces.append(open_workspace(tmp_path / name, criteria(), **given))
        return workspaces[-1]

    yield make
    for workspace in workspaces:
        workspace.close()


def packed(workspace, path):
    packing.write(workspace, packing.plan(workspace, Order()), path)
    return path


def take_in(workspace, path):
    return taking_packages.take_in(workspace, receiving.receive(workspace, [path]))


def digest(workspace):
    with workspace.database.reading() as connection:
        return ledger.digest(connection)


def test_taking_an_import_back_never_takes_what_was_written_here(opened, tmp_path):
    first = opened("first")
    add_site(first, "甲单位")
    shutil.copytree(tmp_path / "first", tmp_path / "copy")
    copy = opened("copy")
    assert copy.database.device_uuid != first.database.device_uuid
    add_site(copy, "乙单位")
    add_site(first, "丙单位")
    before = digest(first)
    done = take_in(first, packed(copy, tmp_path / "copy.wufei"))
    side_view.admit(first, copy.database.device_uuid, "copy")
    admitted = digest(first)
    assert admitted != before
    taking_packages.undo(first, done.arrival)
    with pytest.raises(UserError, match=r"exchange\.undone_already"):
        taking_packages.undo(first, done.arrival)
    numbers = [act.seq for act in acts_of(first, first.database.device)]
    assert numbers == list(range(1, len(numbers) + 1))  # with the one that admits the copy
    add_site(first, "丁单位")
    take_in(first, packed(copy, tmp_path / "again.wufei"))
    take_in(copy, packed(first, tmp_path / "first.wufei"))
    side_view.admit(copy, first.database.device_uuid, "first")
    take_in(first, packed(copy, tmp_path / "last.wufei"))
    assert digest(first) == digest(copy)
    assert checking.doctor(first).sound
    assert checking.doctor(copy).sound


def acts_of(workspace, device):
    with workspace.database.reading() as connection:
        return connection.exec_driver_sql("SELECT seq FROM act WHERE device = ? ORDER BY seq", (device,)).all()

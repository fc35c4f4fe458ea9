"""Registers that were moved, copied or restored: one number of one device never means two acts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.samples.registers import HandClock, add_site, criteria
from tests.services.exchanged import names, taken, written
from wufei_cells.domain.exchange import Order
from wufei_cells.services import enrolling, packing
from wufei_cells.services.workspace import Workspace, open_workspace
from wufei_cells.store.database import FILE_NAME


@pytest.fixture
def laptop(tmp_path):
    """``laptop(folder)``: open a register on a machine that keeps the keys of its devices."""
    opened: list[Workspace] = []

    def make(folder: Path, machine: str = "machine") -> Workspace:
        folder.mkdir(exist_ok=True)
        devices = tmp_path / machine
        opened.append(open_workspace(folder, criteria(), person="王敏", clock=HandClock(), devices=devices))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def test_a_register_stays_the_same_device_when_its_folder_is_moved(laptop, tmp_path):
    first = laptop(tmp_path / "a")
    uuid = first.database.device_uuid
    first.close()
    (tmp_path / "a").rename(tmp_path / "b")
    assert laptop(tmp_path / "b").database.device_uuid == uuid
    assert laptop(tmp_path / "b").database.device_uuid == uuid


def test_a_copy_is_another_device_on_this_machine_and_on_others(laptop, tmp_path):
    first = laptop(tmp_path / "a")
    add_site(first)
    first.close()
    shutil.copytree(tmp_path / "a", tmp_path / "copy")
    shutil.copytree(tmp_path / "a", tmp_path / "away")
    uuids = {
        laptop(tmp_path / "a").database.device_uuid,
        laptop(tmp_path / "copy").database.device_uuid,
        laptop(tmp_path / "away", "other machine").database.device_uuid,
    }
    assert len(uuids) == 3


def test_a_register_restored_from_a_backup_is_another_device_once_something_had_left_it(laptop, tmp_path):
    first = laptop(tmp_path / "a")
    add_site(first, "甲单位")
    packing.plan(first, Order())
    uuid = first.database.device_uuid
    first.close()
    backup = (tmp_path / "a" / FILE_NAME).read_bytes()
    again = laptop(tmp_path / "a")
    assert again.database.device_uuid == uuid
    add_site(again, "乙单位")
    packing.plan(again, Order())
    again.close()
    (tmp_path / "a" / FILE_NAME).write_bytes(backup)
    assert laptop(tmp_path / "a").database.device_uuid != uuid


def test_what_a_copied_register_had_not_sealed_is_handed_over_without_a_contradiction(laptop, desks, tmp_path):
    [office] = desks("市办")
    first = laptop(tmp_path / "a")
    add_site(first, "甲单位")
    first.close()
    shutil.copytree(tmp_path / "a", tmp_path / "copy")
    original, copy = laptop(tmp_path / "a"), laptop(tmp_path / "copy")
    add_site(original, "乙单位")
    add_site(copy, "丙单位")
    for one in (original, copy):
        enrolling.accept_unknown(office, one.database.device_uuid)
    done = taken(office, *written(copy, tmp_path / "x"), *written(original, tmp_path / "y"))
    assert [one.problems for one in done.preview.files] == [(), ()]
    assert names(office) == {"甲单位", "乙单位", "丙单位"}

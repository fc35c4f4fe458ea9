"""What people call a machine."""

from __future__ import annotations

import pytest

from tests.samples.registers import add_site
from tests.services.conftest import WORDS
from tests.services.exchanged import taken, written
from wufei_cells import shipped
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import conflicts, device_naming, registering, who_has_what
from wufei_cells.services.workspace import open_workspace


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path, shipped.shipped_criteria(), person="张评估")
    yield opened
    opened.close()


def test_a_machine_is_called_as_it_was_named_last(workspace):
    assert device_naming.rename(workspace, "  审核 二组 ") == "审核 二组"
    assert device_naming.name(workspace) == "审核 二组"
    (own,) = who_has_what.state(workspace).devices
    assert own.name == "审核 二组"


@pytest.mark.parametrize("wanted", ["", "   "])
def test_a_machine_needs_a_name(workspace, wanted):
    before = device_naming.name(workspace)
    with pytest.raises(UserError, match="no_device_name"):
        device_naming.rename(workspace, wanted)
    assert device_naming.name(workspace) == before


@pytest.mark.parametrize("wanted", ["长" * 121, "a\u202eb"])
def test_names_that_cannot_be_shown_are_refused(workspace, wanted):
    with pytest.raises(ProblemsFound):
        device_naming.rename(workspace, wanted)


def test_names_are_told_apart_by_as_much_of_the_id_as_it_takes():
    names = {"abcd12": "笔记本", "abce34": "笔记本", "ffff00": "台式机", "0000ab": "", "0000cd": ""}
    assert device_naming.apart(names) == {
        "abcd12": "笔记本 (abcd)",
        "abce34": "笔记本 (abce)",
        "ffff00": "台式机",
        "0000ab": "",
        "0000cd": "",
    }
    alike = {"abcd12": "Desk", "abcd34": "desk"}
    assert device_naming.apart(alike) == {"abcd12": "Desk (abcd1)", "abcd34": "desk (abcd3)"}


def test_two_laptops_of_one_name_do_not_look_alike_on_the_board_and_in_conflicts(desks, tmp_path):
    one, two = desks("王敏", "李强")
    for desk in (one, two):
        device_naming.rename(desk, "笔记本")
    site = add_site(one)
    taken(two, *written(one, tmp_path / "1.wufei"))
    for desk, phone in ((one, "111"), (two, "222")):
        registering.edit_site(desk, site.id, phone=phone)
    taken(one, *written(two, tmp_path / "2.wufei"))
    wanted = {f"笔记本 ({desk.database.device_uuid[:4]})" for desk in (one, two)}
    assert len(wanted) == 2
    assert {row.called for row in who_has_what.state(one).devices} == wanted
    [row] = conflicts.list_conflicts(one)
    told = conflicts.tell(one, row, WORDS)
    assert {holder.device for value in told.values for holder in value.holders} == wanted
    assert {line.device for line in told.history} == wanted
    called = f"笔记本 ({two.database.device_uuid[:4]})"
    assert who_has_what.find_device(one, called) == two.database.device_uuid

"""What people call a machine."""

from __future__ import annotations

import pytest

from wufei_cells import shipped
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import device_naming, who_has_what
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

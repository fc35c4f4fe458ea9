"""A register with small checklists, and a clock that is set by hand."""

from __future__ import annotations

import shutil

import pytest

from tests.samples.registers import OFFICE, HandClock, open_register
from tests.services.offices import PASSPHRASE
from wufei_cells import shipped
from wufei_cells.services import enrolling, office_keys, site_lists
from wufei_cells.wording import Wording

WORDS = Wording(shipped.wording_catalogue(), "zh")


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture(scope="session")
def new_register(tmp_path_factory):
    """The folder of a register of the sample city that was just made; only copies of it are opened."""
    folder = tmp_path_factory.mktemp("new")
    open_register(folder, HandClock()).close()
    return folder


@pytest.fixture
def workspace(tmp_path, clock, new_register):
    """An open register of the sample city."""
    shutil.copytree(new_register, tmp_path, dirs_exist_ok=True)
    opened = open_register(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def preview_list(workspace):
    """``preview_list(content, …)``: what taking workbooks in would do."""

    def make(*contents):
        return site_lists.preview(workspace, [(f"名单{n}.xlsx", one) for n, one in enumerate(contents, 1)], WORDS)

    return make


@pytest.fixture
def take_in_list(workspace):
    """``take_in_list(shown, …)``: take in the rows of these numbers, or all that are certain."""

    def make(shown, choices=None):
        if choices is None:
            choices = {row.number: None for row in shown.rows if row.certain}
        return site_lists.take_in(workspace, shown, choices, WORDS)

    return make


@pytest.fixture
def desks(tmp_path):
    """``desks(name, …)``: registers of the sample city that know each other's devices."""
    opened = []

    def make(*names):
        for name in names:
            (tmp_path / name).mkdir()
            opened.append(open_register(tmp_path / name, HandClock(), person=name))
        for one in opened:
            for other in opened:
                if one is not other:
                    enrolling.accept_unknown(one, other.database.device_uuid, other.person.name)
        return opened

    yield make
    for one in opened:
        one.close()


# --- who takes part: an office that has a key, and laptops that join it


@pytest.fixture(scope="session")
def office_folder(tmp_path_factory):
    """The folder of an office's register that has a key; only copies of it are opened."""
    folder = tmp_path_factory.mktemp("office")
    workspace = open_register(folder, HandClock(), person=OFFICE)
    office_keys.make_key(workspace, PASSPHRASE)
    workspace.close()
    return folder


@pytest.fixture
def machines(tmp_path, clock, office_folder):
    """``machines(name, person)``: one more machine; the first one is the office's."""
    opened = []

    def make(name, person):
        folder = tmp_path / name
        if not opened:
            shutil.copytree(office_folder, folder)
        folder.mkdir(exist_ok=True)
        opened.append(open_register(folder, clock, person=person))
        return opened[-1]

    yield make
    for workspace in opened:
        workspace.close()


@pytest.fixture
def office(machines):
    return machines("office-copy", OFFICE)


@pytest.fixture
def key(office):
    return office_keys.unlock(office, PASSPHRASE)

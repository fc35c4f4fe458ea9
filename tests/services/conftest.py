"""A register with small checklists, and a clock that is set by hand."""

from __future__ import annotations

import shutil

import pytest

from tests.samples.registers import HandClock, open_register


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

"""A key of those who release, a program that knows it, and an update for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.updates.made_programs import NAME, make_program, make_update
from wufei_cells.signing import signing_key
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.store.migrations import CURRENT
from wufei_cells.updates.opening import Running
from wufei_cells.updates.versions import current_glibc, current_platform


@pytest.fixture(scope="session")
def key() -> SigningKey:
    """The key of those who release."""
    return signing_key.generate()


@pytest.fixture(scope="session")
def trusted(key):
    """The keys that a program accepts."""
    return {key.id: key.public}


@pytest.fixture(scope="session")
def running() -> Running:
    """The program of before."""
    return Running("0.7.0", current_platform(), current_glibc(), str(CURRENT))


@pytest.fixture(scope="session")
def update_file(tmp_path_factory, key) -> Path:
    """An update to 0.8.0."""
    return make_update(tmp_path_factory.mktemp("release"), "0.8.0", key)


@pytest.fixture
def program(tmp_path, key) -> Path:
    """The program 0.7.0, in a folder with a name as people have them."""
    return make_program(tmp_path / "张三 的程序" / NAME, "0.7.0", key)

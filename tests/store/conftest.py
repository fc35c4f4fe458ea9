"""Databases for tests of the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from wufei_cells.store.database import FILE_NAME, open_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database goes."""
    return tmp_path / FILE_NAME


@pytest.fixture
def database(path: Path):
    """An open, empty database."""
    opened = open_database(path, device_name="desk")
    yield opened
    opened.close()

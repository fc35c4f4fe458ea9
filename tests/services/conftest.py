"""A register with small checklists, and a clock that is set by hand."""

from __future__ import annotations

import pytest

from tests.samples.registers import HandClock, open_register


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def workspace(tmp_path, clock):
    """An open register of the sample city."""
    opened = open_register(tmp_path, clock)
    yield opened
    opened.close()

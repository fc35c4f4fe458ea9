"""What all tests of the installer need."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _application(qapp):
    """The program's icon is drawn by Qt; an application without windows would hinder the tests of windows."""

"""Guards that hold for the whole run, whatever is tested."""

from __future__ import annotations

import gc
import os
import sys
import tempfile

import pytest
from hypothesis import settings

# How long one example takes says how busy the machine is, and nothing about the law that it tries.
settings.register_profile("wufei", deadline=None)
settings.load_profile("wufei")

# Before anything imports Qt. A test of the real window system starts a process of its own under Xvfb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Keys of the registers that tests make are never kept among those of the person who runs them.
os.environ["WUFEI_DEVICES"] = tempfile.mkdtemp(prefix="wufei-devices-")


def pytest_collection_finish():
    """Keep the collector of cycles away from what thousands of collected tests hold until the end of the run.

    It would walk through all of it again and again: a sixth of the time of tests that compute.
    """
    gc.collect()
    gc.freeze()


CALLS = 2_000
FEWEST_NONE_REFERENCES = 1_000


@pytest.fixture(scope="session", autouse=True)
def _none_references_are_kept():
    """Fail the run when Qt calls take references of None, as PySide6 6.12.0 does before Python 3.12.

    A program then dies after some thousand calls, while a test run stays green, because pytest itself takes more
    references than Qt loses. Hence the count over a burst of calls, and not only over the run.
    """
    yield
    if sys.version_info >= (3, 12) or "PySide6.QtCore" not in sys.modules:
        return  # None is immortal from 3.12 on
    from PySide6.QtCore import QObject  # noqa: PLC0415 - only where the run has loaded Qt anyway

    target = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        target.setObjectName("x")
    lost = before - sys.getrefcount(None)
    assert lost < CALLS // 10, f"{CALLS} calls of Qt took {lost} references of None: this PySide6 is not sound"
    assert before > FEWEST_NONE_REFERENCES, f"only {before} references of None are left after this run"

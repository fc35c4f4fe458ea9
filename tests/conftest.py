"""Guards that hold for the whole run, whatever is tested."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections import Counter
from functools import lru_cache, partial

import pytest
from hypothesis import settings
from sqlalchemy import create_engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from tests import turns
from wufei_cells.services import edition_memory, publishing
from wufei_cells.store import database, time_machine

# How long one example takes says how busy the machine is, and nothing about the law that it tries.
settings.register_profile("wufei", deadline=None)
settings.load_profile("wufei")

# Before anything imports Qt. A test of the real window system starts a process of its own under Xvfb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Keys of the registers that tests make are never kept among those of the person who runs them.
os.environ["WUFEI_DEVICES"] = tempfile.mkdtemp(prefix="wufei-devices-")
os.environ["WUFEI_LOGS"] = tempfile.mkdtemp(prefix="wufei-logs-")


def pytest_collection_finish():
    """Keep the collector of cycles away from what thousands of collected tests hold until the end of the run.

    It would walk through all of it again and again: a sixth of the time of tests that compute.
    """
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items):
    """Give each file its turn; two workers take whole files in this order."""
    counts = Counter(item.path for item in items)
    items.sort(key=lambda item: (*turns.of(item.path, counts[item.path]), item.path))


WAITING, DURABLE = os.fsync, database.DURABLE


@pytest.fixture(scope="session", autouse=True)
def _no_disk_is_waited_for():
    """Leave what tests of this process write to the system, which would bring it to the disk some seconds later.

    Whether the disk is waited for at the right moments is tried by processes of their own that are killed, whose calls
    are recorded and whose power is cut; and by tests that ask for ``the_disk_is_waited_for``.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "DURABLE", "PRAGMA synchronous=OFF")
        patch.setattr(os, "fsync", lambda _handle: None)
        yield


@pytest.fixture
def the_disk_is_waited_for(monkeypatch):
    """Wait for the disk in this test as the program does."""
    monkeypatch.setattr(database, "DURABLE", DURABLE)
    monkeypatch.setattr(os, "fsync", WAITING)


@pytest.fixture(scope="session", autouse=True)
def _statements_are_compiled_once():
    """Let all registers share what SQLAlchemy made of statements.

    A program opens one register and compiles each statement once; here one process opens thousands, and compiling took
    a fifth of their time. What is kept goes by dialect, so all of the one kind that there is count as the same.
    """
    shared: LRUCache[object, object] = LRUCache(5_000)
    making = partial(create_engine, execution_options={"compiled_cache": shared})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLiteDialect_pysqlite, "__hash__", lambda dialect: hash(type(dialect)))
        patch.setattr(SQLiteDialect_pysqlite, "__eq__", lambda dialect, other: type(dialect) is type(other))
        for module in (database, time_machine):
            patch.setattr(module, "create_engine", making)
        yield


@pytest.fixture(scope="session", autouse=True)
def _documents_are_read_once():
    """Let all registers share the checklists that were read from the same document: these never change."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edition_memory, "read_document", lru_cache(256)(edition_memory.read_document))
        patch.setattr(publishing, "read_checklist", lru_cache(256)(publishing.read_checklist))
        yield


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

"""Objects that hold each other go in the thread of the windows, also when another thread makes all the work."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QThread

from ui.cycles import EVERY, CycleCollector


@pytest.fixture
def collector(qapp):
    gc.enable()
    made = CycleCollector()
    yield made
    made.stop()
    gc.disable()  # as every window test has it


class Knot:
    """Holds itself, and tells in which thread it went."""

    def __init__(self, gone):
        self._self = self
        weakref.finalize(self, lambda: gone.append(QThread.currentThread()))


def litter():
    """Make more objects at once than Python lets stand without collecting."""
    return [[] for _each in range(10 * gc.get_threshold()[0])]


def test_what_the_worker_makes_is_collected_in_the_thread_of_the_windows(qtbot, collector):
    gone = []
    Knot(gone)
    worker = threading.Thread(target=litter)
    kept = litter()
    worker.start()
    worker.join()
    assert not gone, "nothing is collected between two events"
    qtbot.waitUntil(lambda: bool(gone), timeout=5 * EVERY)
    assert gone == [collector.thread()]
    assert kept


def test_nothing_is_collected_before_it_is_due(collector):
    gc.collect()
    assert collector.collect() is None


def test_older_generations_are_collected_more_rarely_than_the_youngest(collector):
    gc.collect()
    collected = []
    for _time in range(150):
        kept = litter()
        collected.append(collector.collect())
        del kept
    assert collected.count(0) > 10 * collected.count(1) > 0
    assert collected.count(2) == 1


def test_after_the_window_python_collects_as_before(qapp):
    gc.enable()
    made = CycleCollector()
    assert not gc.isenabled()
    made.stop()
    assert gc.isenabled()
    gc.disable()

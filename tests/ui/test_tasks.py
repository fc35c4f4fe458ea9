"""Work off the GUI thread comes back on it, one job after the other, or not at all when nobody is there any more."""

from __future__ import annotations

import gc
import threading
import time
import weakref

import pytest
from PySide6.QtCore import QObject, QThread

from ui.tasks import LONG_AFTER, TaskRunner


@pytest.fixture
def tasks(qapp):
    runner = TaskRunner()
    yield runner
    assert runner.shutdown()


@pytest.fixture
def owner(qapp):
    return QObject()


def test_work_runs_elsewhere_and_its_result_arrives_on_the_gui_thread(qtbot, tasks, owner):
    seen = {}

    def work(progress):
        seen["worker"] = threading.current_thread()
        return 6 * 7

    def done(result):
        seen["result"], seen["thread"] = result, QThread.currentThread()

    tasks.run(owner, work, done)
    qtbot.waitUntil(lambda: "result" in seen)
    assert seen["result"] == 42
    assert seen["worker"] is not threading.main_thread()
    assert seen["thread"] is owner.thread()


def test_jobs_run_one_after_the_other_in_the_order_they_were_given(qtbot, tasks, owner):
    started, results = [], []

    def job(number):
        def work(progress):
            started.append(number)
            time.sleep(0.01 * (5 - number))
            assert started[-1] == number, "another job began in between"
            return number

        return work

    for number in range(5):
        tasks.run(owner, job(number), results.append)
    qtbot.waitUntil(lambda: len(results) == 5)
    assert results == [0, 1, 2, 3, 4]


def test_a_failure_goes_to_whoever_asked(qtbot, tasks, owner):
    caught, unhandled = [], []
    tasks.failed.connect(unhandled.append)
    tasks.run(owner, lambda progress: 1 / 0, lambda result: None, caught.append)
    qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(caught[0], ZeroDivisionError)
    assert not unhandled


def test_a_failure_nobody_handles_is_announced(qtbot, tasks, owner):
    with qtbot.waitSignal(tasks.failed) as announced:
        tasks.run(owner, lambda progress: {}["missing"], lambda result: None)
    assert isinstance(announced.args[0], KeyError)


def test_a_result_for_an_owner_that_died_is_thrown_away(qtbot, tasks):
    owner, calm = QObject(), QObject()
    go, arrived = threading.Event(), []
    tasks.run(owner, lambda progress: go.wait(5), lambda result: arrived.append("dead"))
    after = []
    tasks.run(calm, lambda progress: "alive", after.append)
    owner.deleteLater()
    qtbot.wait(20)
    go.set()
    qtbot.waitUntil(lambda: after == ["alive"])
    assert arrived == []


def test_cancelled_work_stops_where_it_reports_its_progress(qtbot, tasks, owner):
    reached, ended = [], []

    def work(progress):
        for step in range(1000):
            reached.append(step)
            time.sleep(0.005)
            progress.report(step, 1000)

    task = tasks.run(owner, work, ended.append, ended.append, cancellable=True)
    task.finished.connect(lambda: ended.append("finished"))
    qtbot.waitUntil(lambda: len(reached) > 3)
    task.cancel()
    qtbot.waitUntil(lambda: ended == ["finished"])
    assert len(reached) < 1000


def test_work_cancelled_before_its_turn_never_begins(qtbot, tasks, owner):
    go, begun, after = threading.Event(), [], []
    tasks.run(owner, lambda progress: go.wait(5), lambda result: None)
    tasks.run(owner, lambda progress: begun.append("begun"), lambda result: None).cancel()
    tasks.run(owner, lambda progress: "after", after.append)
    go.set()
    qtbot.waitUntil(lambda: after == ["after"])
    assert begun == []


def test_progress_is_told_without_flooding_the_window(qtbot, tasks, owner):
    told, done, listening = [], [], threading.Event()

    def work(progress):
        listening.wait(5)
        for step in range(1, 20_001):
            progress.report(step, 20_000)
        return True

    task = tasks.run(owner, work, done.append)
    task.progressed.connect(lambda at, total: told.append((at, total)))
    listening.set()
    qtbot.waitUntil(lambda: done == [True])
    assert told[-1] == (20_000, 20_000)
    assert len(told) < 100


def test_only_lasting_work_with_a_label_is_worth_a_mention(qtbot, tasks, owner):
    mentioned, done = [], []
    tasks.lasting.connect(lambda task: mentioned.append(task.label))
    tasks.run(owner, lambda progress: None, done.append, label="short")
    tasks.run(owner, lambda progress: time.sleep(LONG_AFTER / 1000 + 0.2), done.append, label="long")
    qtbot.waitUntil(lambda: len(done) == 2)
    assert mentioned == ["long"]


def test_the_runner_keeps_nothing_of_a_job_that_is_over(qtbot, tasks, owner):
    class Heavy:
        pass

    heavy, done = Heavy(), []
    gone = weakref.ref(heavy)

    def work(progress, kept=heavy):
        return kept is not None

    tasks.run(owner, work, done.append)
    qtbot.waitUntil(lambda: done == [True])
    qtbot.waitUntil(lambda: tasks.idle)
    del heavy, work
    gc.collect()
    assert gone() is None


def test_what_was_typed_is_saved_even_when_the_program_ends(qapp, owner):
    runner = TaskRunner()
    saved, begun, go_on = [], threading.Event(), threading.Event()

    def busy(progress):
        begun.set()
        go_on.wait(5)

    runner.run(owner, busy, lambda _result: None)
    runner.run(owner, lambda _progress: saved.append("a question"), lambda _result: None)
    runner.run(owner, lambda _progress: saved.append("typed text"), lambda _result: None, durable=True)
    assert begun.wait(5)
    threading.Timer(0.1, go_on.set).start()
    assert runner.shutdown()
    assert saved == ["typed text"]


def test_no_task_dies_in_the_worker_thread(qtbot, tasks, owner):
    """A QObject that dies there can lock the window up for good: its death waits for what the GUI thread holds."""
    died, results = set(), []
    for number in range(600):
        task = tasks.run(owner, lambda _progress: None, results.append)
        weakref.finalize(task, lambda: died.add(threading.current_thread()))
        del task
        qtbot.waitUntil(lambda number=number: len(results) > number)
    assert died == {threading.main_thread()}

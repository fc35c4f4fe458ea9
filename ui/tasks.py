"""Work off the GUI thread: one worker, one job after the other, results back on the GUI thread.

Database work is serialised on purpose: there is one writer, and a screen that asks after a change sees it.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wufei_cells import logs
from wufei_cells.errors import ProblemsFound, WufeiError

T = TypeVar("T")

REPORT_EVERY = 0.05  # seconds between two progress reports; more would only fill the event queue
NOTED_AFTER = 1.0  # seconds after which a job stands in the log
LONG_AFTER = 400  # milliseconds after which running work is worth a mention


class TaskCancelled(Exception):
    """Raised inside work that reports progress after it was cancelled."""


class TaskProgress:
    """What work says while it runs, and where it notices that nobody wants its result any more."""

    def __init__(self, task: RunningTask) -> None:
        self._task = task
        self._reported = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether the work should stop."""
        return self._task.cancelled

    def report(self, done: int, total: int) -> None:
        """Say how far the work is.

        Raises:
            TaskCancelled: the work was cancelled; let it pass through.
        """
        if self._task.cancelled:
            raise TaskCancelled
        now = time.monotonic()
        if done >= total or now - self._reported >= REPORT_EVERY:
            self._reported = now
            self._task.progressed.emit(done, total)


class RunningTask(QObject):
    """A job that was handed to the runner.

    Signals:
        progressed: the work reported how far it is (done, total).
        finished: the job is over, in whatever way.
    """

    progressed = Signal(int, int)
    finished = Signal()
    returned = Signal(object, object)  # result, error: from the worker to the runner

    def __init__(self, owner: QObject, label: str, *, cancellable: bool, durable: bool = False) -> None:
        super().__init__()
        self.owner = owner
        self.label = label
        self.cancellable = cancellable
        self.durable = durable
        self._cancelled = threading.Event()
        if not durable:
            owner.destroyed.connect(self.cancel)

    @property
    def cancelled(self) -> bool:
        """Whether somebody gave the job up; its result is then thrown away."""
        return self._cancelled.is_set()

    @Slot()
    def cancel(self) -> None:
        """Give the job up: work that reports progress stops, and neither ``done`` nor ``failed`` is called."""
        self._cancelled.set()


_NEVER_LET_GO: list[RunningTask] = []
"""Tasks of threads that did not end in time: they must not die there (see ``_work_off``)."""


class TaskRunner(QObject):
    """Runs core work off the GUI thread, one job at a time, and comes back on the GUI thread.

    Signals:
        failed: work raised an exception that its owner did not want to handle (Exception).
        lasting: a job with a label has been running for a noticeable time (RunningTask).
    """

    failed = Signal(object)
    lasting = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: queue.SimpleQueue[tuple[RunningTask, Callable[[TaskProgress], object]] | None] = queue.SimpleQueue()
        self._waiting: dict[RunningTask, tuple[Callable[..., object], Callable[[Exception], object] | None]] = {}
        self._handing_back = threading.Lock()
        """Held by the worker until it has let go of a task that it hands back (see ``_work_off``)."""
        self._thread: threading.Thread | None = None

    # --- public

    def run(
        self,
        owner: QObject,
        work: Callable[[TaskProgress], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        *,
        label: str = "",
        cancellable: bool = False,
        durable: bool = False,
    ) -> RunningTask:
        """Start work; call ``done(result)`` or ``failed(error)`` on the GUI thread unless the owner is gone by then.

        Work with a label is shown in the notice bar once it takes noticeable time; only ``cancellable`` work (which
        reports its progress and therefore can stop) gets a button for it. ``durable`` work saves what a person typed:
        it is done even when its owner goes or the program ends.
        """
        task = RunningTask(owner, label, cancellable=cancellable, durable=durable)
        task.returned.connect(self._on_returned)
        self._waiting[task] = (done, failed)
        if self._thread is None:
            self._thread = threading.Thread(
                target=_work_off, args=(self._jobs, self._handing_back), name="register", daemon=True
            )
            self._thread.start()
        self._jobs.put((task, work))
        if label:
            QTimer.singleShot(LONG_AFTER, task, _Mention(self, task))
        return task

    @property
    def idle(self) -> bool:
        """Whether every job handed in is over."""
        return not self._waiting

    def shutdown(self, seconds: float = 5.0) -> bool:
        """Give up what waits, but for durable work, and wait for what runs; tell whether it ended in time."""
        given_up = list(self._waiting)
        for task in given_up:
            if not task.durable:
                task.cancel()
        self._waiting.clear()
        if self._thread is None:
            return True
        self._jobs.put(None)
        self._thread.join(seconds)
        ended = not self._thread.is_alive()
        if not ended:
            _NEVER_LET_GO.extend(given_up)
        self._thread = None
        return ended

    def mention(self, task: RunningTask) -> None:
        """Announce a job that is still running."""
        if task in self._waiting and not task.cancelled:
            self.lasting.emit(task)

    # --- slots

    @Slot(object, object)
    def _on_returned(self, result: object, error: Exception | None) -> None:
        task = self.sender()
        if not isinstance(task, RunningTask):
            return
        with self._handing_back:  # the worker may still hold the task for a moment
            done, failed = self._waiting.pop(task, (None, None))
        task.finished.emit()
        if done is None or task.cancelled or not shiboken6.isValid(task.owner):
            return
        if error is None:
            done(result)
        elif failed is not None:
            failed(error)
        else:
            self.failed.emit(error)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Work that closing the window must not cut off."""

    words: str
    """Key of the sentence that says what goes on and that the window closes after it; ``count`` is what is left."""
    done: int
    total: int
    give_up: Callable[[], object]
    """Gives up what was not begun; what is under way still comes to its end."""


class UnfinishedWork(QObject):
    """Knows what must come to its end before the window closes; whoever does such work reports it here.

    Signals:
        changed: some of it went on, began or ended.
        regretted: some of it ended with something that a person should see before the window goes (a sentence).
    """

    changed = Signal()
    regretted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._works: dict[int, Unfinished] = {}

    @property
    def works(self) -> tuple[Unfinished, ...]:
        """What is not over yet."""
        return tuple(self._works.values())

    def report(self, owner: QObject, work: Unfinished) -> None:
        """Say how far the work of an owner is; it ends with ``end``, or with its owner."""
        key = id(owner)
        if key not in self._works:
            owner.destroyed.connect(lambda: self._drop(key))
        self._works[key] = work
        self.changed.emit()

    def end(self, owner: QObject, regret: str = "") -> None:
        """Say that the work is over, and what a person should know of it before the window closes."""
        if regret and id(owner) in self._works:
            self.regretted.emit(regret)
        self._drop(id(owner))

    def _drop(self, key: int) -> None:
        if self._works.pop(key, None) is not None and shiboken6.isValid(self):
            self.changed.emit()


class _Mention:
    """Asks the runner to announce a job; holds no widget, so it keeps nothing alive but the two."""

    def __init__(self, runner: TaskRunner, task: RunningTask) -> None:
        self._runner = runner
        self._task = task

    def __call__(self) -> None:
        if shiboken6.isValid(self._runner):
            self._runner.mention(self._task)


def _work_off(
    jobs: queue.SimpleQueue[tuple[RunningTask, Callable[[TaskProgress], object]] | None], handing_back: threading.Lock
) -> None:
    """Do one job after the other until told to stop; runs in the worker thread.

    A task is a QObject and must not die here: dying, it takes a lock of Qt's and waits for Python's, while the GUI
    thread may hold Python's and wait for Qt's, and the window would stand still for good. So the GUI thread lets go of
    a task only when this thread has, which is what ``handing_back`` is held for.
    """
    while (job := jobs.get()) is not None:
        task, work = job
        result: object = None
        error: Exception | None = None
        begun = time.monotonic()
        try:
            if task.cancelled:
                raise TaskCancelled  # noqa: TRY301 - one way out for both kinds of cancelling
            result = work(TaskProgress(task))
        except Exception as raised:  # noqa: BLE001 - an exception in this thread would vanish: it goes to the GUI thread
            error = raised
        _note(work, time.monotonic() - begun, error)
        with handing_back:
            try:
                task.returned.emit(result, error)
            except RuntimeError:
                return  # the program is closing and Qt has taken the object away
            del job, task, work, result, error  # the thread sleeps in get(): it must not keep the last job's objects


def _note(work: Callable[..., object], seconds: float, error: Exception | None) -> None:
    """Write into the log what took long and what was refused, by the names of functions and codes alone."""
    if isinstance(error, ProblemsFound):
        codes = "+".join(sorted({problem.code for problem in error.problems})[:3])
        logs.note("refused", job=_code(work), code=codes[:60], count=len(error.problems), seconds=seconds)
    elif isinstance(error, WufeiError):
        logs.note("refused", job=_code(work), code=error.code, seconds=seconds)
    elif error is not None and not isinstance(error, TaskCancelled):
        logs.note("failed", job=_code(work), kind=type(error).__name__, seconds=seconds)
    elif seconds >= NOTED_AFTER:
        logs.note("job", job=_code(work), seconds=seconds, cancelled=error is not None)


def _code(work: Callable[..., object]) -> str:
    """Name the function that does the work: ``site_list_dialog._read``."""
    inner: object = work
    while (below := getattr(inner, "__wrapped__", None) or getattr(inner, "func", None)) is not None:
        inner = below
    name = getattr(inner, "__qualname__", type(inner).__qualname__)
    module = str(getattr(inner, "__module__", "")).rpartition(".")[2]
    return f"{module}.{name}".replace("<locals>.", "").replace("<lambda>", "lambda")[-60:].lstrip("_.")

"""Takes files in one after the other: the pictures in a thread of their own, the writing in between all other work.

While one photo is being made smaller, answers go on being stored at once.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.desk.evidence_jobs import Incoming, Options, prepare_file, store
from ui.tasks import Unfinished
from wufei_cells.errors import Problem, ProblemsFound, WufeiError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ui.context import AppContext
    from ui.models.picture_worker import PictureWorker
    from ui.tasks import RunningTask
    from wufei_cells.evidence.pictures import Prepared
    from wufei_cells.services.evidencing import Taken


class EvidenceIntake(QObject):
    """Takes files in; while some are on their way, the window does not close.

    Signals:
        stored: a file was taken in and is on disk (assessment).
        progressed: so many files are done of so many.
        over: all are done, or the rest was given up (problems of those not taken, notes on those taken: two lists of
            Problem).
    """

    stored = Signal(str)
    progressed = Signal(int, int)
    over = Signal(list, list)

    def __init__(self, context: AppContext, worker: PictureWorker, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._worker = worker
        self._waiting: list[tuple[str, tuple[str, ...], Incoming]] = []
        self._options = Options()
        self._done = self._total = self._writing = 0
        self._preparing: RunningTask | None = None
        self._problems: list[Problem] = []
        self._notes: list[Problem] = []

    @property
    def busy(self) -> bool:
        """Whether files are on their way."""
        return self._preparing is not None or bool(self._waiting) or self._writing > 0

    def take(self, assessment: str, items: Sequence[str], files: Iterable[Incoming], options: Options) -> None:
        """Take files in under items; what is on its way already goes first."""
        if not self.busy:
            self._done = self._total = 0
            self._problems, self._notes = [], []
        self._options = options
        added = [(assessment, tuple(items), incoming) for incoming in files]
        self._waiting += added
        self._total += len(added)
        self._tell()
        self._next()

    def cancel(self) -> None:
        """Give up what was not begun yet; what was taken in stays."""
        self._total -= len(self._waiting)
        self._waiting.clear()
        self._tell()
        self._finish_when_done()

    # --- one file

    def _next(self) -> None:
        if self._preparing is not None or not self._waiting:
            return
        assessment, items, incoming = self._waiting.pop(0)
        ready = partial(self._on_prepared, assessment, items, incoming.name)
        failed = partial(self._on_failed, incoming.name)
        self._preparing = self._worker.do(self, partial(prepare_file, incoming, self._options), ready, failed)

    def _on_prepared(self, assessment: str, items: tuple[str, ...], name: str, prepared: Prepared) -> None:
        self._preparing = None
        self._writing += 1
        job = partial(store, assessment, items, name, prepared)
        done = partial(self._on_stored, assessment, name, prepared)
        self._context.ask(self, job, done, partial(self._on_refused, name), durable=True)
        self._next()

    def _on_stored(self, assessment: str, name: str, prepared: Prepared, taken: Taken) -> None:
        from wufei_cells.services.evidencing import notes_on  # noqa: PLC0415 - loaded by the worker already

        self._writing -= 1
        self._notes += notes_on(name, prepared, strip_place=self._options.strip_place, new=taken.new)
        self.stored.emit(assessment)
        self._count()

    def _on_failed(self, name: str, error: Exception) -> None:
        self._preparing = None
        self._note(name, error)
        self._next()
        self._count()

    def _on_refused(self, name: str, error: Exception) -> None:
        self._writing -= 1
        self._note(name, error)
        self._count()

    def _note(self, name: str, error: Exception) -> None:
        if isinstance(error, ProblemsFound):
            self._problems += [replace(problem, place=name) for problem in error.problems]
        elif isinstance(error, WufeiError):
            self._problems.append(Problem(error.code, name, error.values))
        else:
            self._context.tasks.failed.emit(error)

    def _count(self) -> None:
        self._done += 1
        self._tell()
        self._finish_when_done()

    def _tell(self) -> None:
        self.progressed.emit(self._done, self._total)
        if self.busy:
            work = Unfinished("desk.evidence_closing", self._done, self._total, self.cancel)
            self._context.unfinished.report(self, work)

    def _finish_when_done(self) -> None:
        if not self.busy:
            refused = len(self._problems)
            regret = self._context.i18n.tr("desk.evidence_stays", count=refused) if refused else ""
            self._context.unfinished.end(self, regret)
            self.over.emit(self._problems, self._notes)

"""A thread for work on pictures, so that answers need not wait for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.tasks import RunningTask, TaskProgress, TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject


class PictureWorker(TaskRunner):
    """A thread for work on pictures, which ends with its owner."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        owner.destroyed.connect(_End(self))

    def do(
        self,
        owner: QObject,
        job: Callable[[], object],
        done: Callable[..., object],
        failed: Callable[[Exception], object] | None = None,
    ) -> RunningTask:
        """Do something that touches neither the window nor the register's writing side."""
        return self.run(owner, _Plain(job), done, failed)


class _Plain:
    """Work that reports nothing."""

    def __init__(self, job: Callable[[], object]) -> None:
        self._job = job

    def __call__(self, _progress: TaskProgress) -> object:
        return self._job()


class _End:
    """Lets the thread end when its owner goes; holds no widget."""

    def __init__(self, worker: PictureWorker) -> None:
        self._worker = worker

    def __call__(self) -> None:
        self._worker.shutdown(0)

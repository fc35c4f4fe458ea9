"""Where objects that hold each other are taken away: in the thread of the windows, and nowhere else."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # milliseconds


class CycleCollector(QObject):
    """Collects cycles of objects between two events of the window, instead of Python in whatever thread is at work.

    Widgets are held in such cycles. Taken away by the worker thread, they wait there for a lock of Qt's while they
    hold Python's; the GUI thread may hold the one and wait for the other, and the window would stand still for good.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(EVERY)

    def collect(self) -> int | None:
        """Collect the oldest generation that is due by Python's own thresholds; give its number, if any was."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [number for number in range(3) if counts[number] > thresholds[number]]
        if not due:
            return None
        gc.collect(due[-1])
        return due[-1]

    def stop(self) -> None:
        """Let Python collect again as it did before."""
        self._timer.stop()
        if self._was_on:
            gc.enable()

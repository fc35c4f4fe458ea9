"""Counts what waits in each room, some time after anything has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from ui.context import AppContext, Desk

PAUSE = 500  # milliseconds: many answers in a row ask once


class RoomCounts(QObject):
    """Asks for the numbers beside the rooms.

    Signals:
        counted: how many things wait, by the key of the room; rooms that are not named have none.
    """

    counted = Signal(object)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.count)
        events = context.events
        for signal in (
            events.site_changed,
            events.assessment_changed,
            events.certificate_changed,
            events.checklists_changed,
            events.progress_changed,
            events.city_changed,
            events.acts_arrived,
        ):
            signal.connect(self.count_soon)

    @Slot()
    @Slot(object)
    def count_soon(self, _change: object = None) -> None:
        """Count once nothing has changed for a moment."""
        self._timer.start()

    @Slot()
    def count(self) -> None:
        """Count now."""
        self._context.ask(self, _load, self.counted.emit)


def _load(desk: Desk) -> dict[str, int]:
    from ui.models.exchange_reading import load_counts  # noqa: PLC0415 - not part of the start

    waiting, exchange = desk.waiting.waiting(desk.workspace), load_counts(desk)
    return {
        "assessment": len(waiting.assessments),
        "certificates": len(waiting.certificates),
        "exchange": exchange.conflicts + exchange.waiting,
    }

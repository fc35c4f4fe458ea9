"""Asking for one item over many sites, and for the next one before it is wanted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.desk import across_loading
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext
    from ui.desk.across_loading import Loaded

Place = tuple[str, str]
"""Edition (or category) and item."""
MOST_KEPT = 4


class AcrossAsking(QObject):
    """Asks in the background. What was asked ahead is kept until something changes.

    Signals:
        loaded: the item that was asked for last is there (Loaded).
        failed: it could not be read (Exception).
    """

    loaded = Signal(object)
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted: Place = ("", "")
        self._ahead: dict[Place, Loaded] = {}
        self._age = 0

    def ask(self, place: Place) -> None:
        """Ask for an item; what was asked ahead is there at once, and looked after behind it."""
        self._wanted = place
        known = self._ahead.get(place)
        if known is not None:
            self.loaded.emit(known)
        # What was asked ahead may have been changed by another program since; then it is shown anew.
        self._send(place, partial(self._on_loaded, place, self._age), partial(self._on_failed, place))

    def ask_ahead(self, place: Place) -> None:
        """Ask for the item that is likely to be wanted next."""
        if place not in self._ahead:
            self._send(place, partial(self._keep, place, self._age), _ignore)

    def forget(self) -> None:
        """Forget what was asked ahead: something changed since."""
        self._age += 1
        self._ahead.clear()

    # --- what the worker thread brings back

    def _send(self, place: Place, done: Callable[[Loaded], object], failed: Callable[[Exception], object]) -> None:
        self._context.ask(self, partial(across_loading.load, *place, self._context.i18n.wording), done, failed)

    def _on_loaded(self, place: Place, age: int, loaded: Loaded) -> None:
        known = self._ahead.get(place)
        self._keep(place, age, loaded)
        if place == self._wanted and loaded != known:  # else another one was asked for since, or it is shown already
            self.loaded.emit(loaded)

    def _on_failed(self, place: Place, error: Exception) -> None:
        if place == self._wanted:
            self.failed.emit(error)
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)

    def _keep(self, place: Place, age: int, loaded: Loaded) -> None:
        if age == self._age:
            self._ahead.pop(place, None)
            self._ahead[place] = loaded
            while len(self._ahead) > MOST_KEPT:
                del self._ahead[next(iter(self._ahead))]


def _ignore(_error: Exception) -> None:
    """Leave it: when the item is wanted it is asked for again, and then the error is told."""

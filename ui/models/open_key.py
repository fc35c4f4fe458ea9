"""The office's key, once opened: held in memory until the program closes or nobody has needed it for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from wufei_cells.signing.signing_key import SigningKey

HELD_FOR = 15 * 60 * 1000
"""Milliseconds without use after which the passphrase is asked for again."""


class OpenKey(QObject):
    """Holds one key; each use makes it stay longer."""

    def __init__(self, parent: QObject | None = None, *, held_for: int = HELD_FOR) -> None:
        super().__init__(parent)
        self._key: SigningKey | None = None
        self._timer = QTimer(self, singleShot=True, interval=held_for)
        self._timer.timeout.connect(self.forget)

    def hold(self, key: SigningKey) -> None:
        """Hold a key that was opened."""
        self._key = key
        self._timer.start()

    def use(self) -> SigningKey | None:
        """Give the key if it is open still."""
        if self._key is not None:
            self._timer.start()
        return self._key

    def forget(self) -> None:
        """Let go of the key."""
        self._key = None
        self._timer.stop()

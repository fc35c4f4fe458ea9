"""What a person's window remembers from one start to the next."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from ui.theme import NORMAL_TYPE

PLACES = ("/folder", "/form_template")
"""How the keys of folders and files end, which a portable program remembers otherwise."""
BESIDE = "./"


class Preferences:
    """What this person's window remembers, in an ini file.

    A portable program goes from machine to machine, and its stick has another letter on each. So it remembers places on
    its own disk by the way from its folder, and forgets all others when it ends.
    """

    def __init__(self, file: Path, *, portable: Path | None = None) -> None:
        """Open the file; ``portable`` is the folder of a portable program."""
        self._stored = QSettings(str(file), QSettings.Format.IniFormat)
        self._portable = portable
        self._passing: dict[str, str] = {}

    @property
    def portable(self) -> bool:
        """Whether the program is portable."""
        return self._portable is not None

    def text(self, key: str, default: str = "") -> str:
        """Give a stored text."""
        if key in self._passing:
            return self._passing[key]
        value = self._stored.value(key, default)
        if not isinstance(value, str):
            return default
        if self._portable and key.endswith(PLACES) and value.startswith(BESIDE):
            return os.path.normpath(self._portable / value)
        return value

    def number(self, key: str, default: int) -> int:
        """Give a stored number; the default where somebody wrote something else into the file."""
        try:
            return int(self.text(key, str(default)))
        except ValueError:
            return default

    def bytes(self, key: str) -> QByteArray:
        """Give a stored geometry."""
        value = self._stored.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def remember(self, key: str, value: str | int | QByteArray) -> None:
        """Store a value."""
        if self._portable and isinstance(value, str) and key.endswith(PLACES):
            self._remember_place(key, value, self._portable)
        else:
            self._stored.setValue(key, value if isinstance(value, QByteArray) else str(value))

    def forget(self, key: str) -> None:
        """Take a value away."""
        self._passing.pop(key, None)
        self._stored.remove(key)

    def keeps(self) -> bool:
        """Tell whether what is remembered will be there at the next start: the file can be written."""
        self._stored.sync()
        return self._stored.isWritable() and self._stored.status() is QSettings.Status.NoError

    @property
    def type_size(self) -> int:
        """The size of body text."""
        return self.number("window/type_size", NORMAL_TYPE)

    def _remember_place(self, key: str, value: str, portable: Path) -> None:
        self._passing[key] = value  # until the program ends, any place will do
        if _on_one_disk(Path(value), portable):
            self._stored.setValue(key, BESIDE + Path(os.path.relpath(value, portable)).as_posix())
        else:
            self._stored.remove(key)


def _on_one_disk(place: Path, other: Path) -> bool:
    try:
        return place.stat().st_dev == other.stat().st_dev
    except OSError:
        return False

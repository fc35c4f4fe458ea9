"""What a person's window remembers from one start to the next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from ui.theme import NORMAL_TYPE


class Preferences:
    """What this person's window remembers, in an ini file."""

    def __init__(self, file: Path) -> None:
        self._stored = QSettings(str(file), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """Give a stored text."""
        value = self._stored.value(key, default)
        return value if isinstance(value, str) else default

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
        self._stored.setValue(key, value if isinstance(value, QByteArray) else str(value))

    @property
    def type_size(self) -> int:
        """The size of body text."""
        return self.number("window/type_size", NORMAL_TYPE)

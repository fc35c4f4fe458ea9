"""A row of buttons of which one is chosen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class Chips(QWidget):
    """Lets one of several be chosen.

    Signals:
        chosen: another one is chosen now (its name).
    """

    chosen = Signal(str)

    def __init__(self, names: Iterable[tuple[str, str]], spoken: str) -> None:
        """Build a button for each, given as (name, words); the first is chosen."""
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for name, words in names:
            button = QPushButton(words)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("role", "chip")
            button.setChecked(not self.buttons)
            button.setObjectName(name)
            self._group.addButton(button)
            self.buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        self.setAccessibleName(spoken)
        self._group.buttonClicked.connect(lambda button: self.chosen.emit(button.objectName()))

    @property
    def current(self) -> str:
        """The name of the one that is chosen."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def choose(self, name: str) -> None:
        """Choose one."""
        if not self.buttons[name].isChecked():
            self.buttons[name].setChecked(True)
            self.chosen.emit(name)

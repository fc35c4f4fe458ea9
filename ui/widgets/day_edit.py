"""Fields for a day: one that is always given, and one that may be left open."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QHBoxLayout, QWidget


class DayEdit(QDateEdit):
    """Takes a day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd")

    @property
    def day(self) -> date:
        """The day."""
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def show_day(self, day: date) -> None:
        """Show a day."""
        self.setDate(QDate(day.year, day.month, day.day))


class OptionalDay(QWidget):
    """Takes a day, or none while its box is not ticked.

    Signals:
        changed: another day, or none, is given now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox(self)
        self.edit = DayEdit(self)
        self.edit.setEnabled(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.box)
        layout.addWidget(self.edit, 1)
        self.box.toggled.connect(self.edit.setEnabled)
        self.box.toggled.connect(self.changed)
        self.edit.dateChanged.connect(self.changed)

    @property
    def day(self) -> date | None:
        """The day; ``None`` when it is left open."""
        return self.edit.day if self.box.isChecked() else None

    def show_day(self, day: date | None, proposed: date) -> None:
        """Show a day, or that there is none; what is proposed stands ready for when the box is ticked."""
        self.edit.show_day(day or proposed)
        self.box.setChecked(day is not None)

    def name(self, words: str, spoken: str) -> None:
        """Write the words of the box, and say for whom cannot see it what the day is."""
        self.box.setText(words)
        self.edit.setAccessibleName(spoken)

"""Lists in a form: one row for each entry, which can be moved, taken away and added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui.studio.fields import Bench, Part, discard
from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label
from wufei_cells.checklists.draft_entries import own_key
from wufei_cells.checklists.drafting import entries_at, inserted, moved, without

if TYPE_CHECKING:
    from wufei_cells.checklists.yaml_source import Data, Path

BUTTONS = (("up", "studio.row.up"), ("down", "studio.row.down"), ("remove", "studio.row.remove"))


class RowFrame(QFrame):
    """One entry with its buttons.

    Signals:
        asked: the person wants something done with the entry (its place, what: up, down or remove).
    """

    asked = Signal(int, str)

    def __init__(self, bench: Bench, place: int, inside: QWidget, *, framed: bool) -> None:
        super().__init__()
        self.place = place
        self.inside = inside
        if framed:
            self.setProperty("role", "part")
        row = QHBoxLayout(self)
        row.setContentsMargins(*((12, 8, 4, 8) if framed else (0, 0, 0, 0)))
        row.setSpacing(0)
        row.addWidget(inside, 1)
        self.buttons: dict[str, QToolButton] = {}
        for name, key in BUTTONS:
            button = QToolButton(self)
            button.setProperty("role", "row")
            button.setIcon(bench.theme.icon(name, "muted"))
            button.setIconSize(QSize(16, 16))
            button.setToolTip(bench.tr(key))
            button.setAccessibleName(bench.tr(key))
            button.setVisible(not bench.session.read_only)
            button.clicked.connect(self._on_clicked)
            self.buttons[name] = button
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _on_clicked(self) -> None:
        sender = self.sender()
        self.asked.emit(self.place, next(name for name, button in self.buttons.items() if button is sender))


class RowsPart(Part):
    """Shows the entries of a list. Subclasses say what a row looks like and how a new entry begins."""

    framed = False
    """Whether each entry stands in a frame of its own."""
    add_key = "studio.row.add"
    """Key of the words on the button that adds an entry."""
    stem = "entry"
    """What the keys of new entries begin with."""
    least = 0
    """How many entries there have to be."""

    def __init__(self, bench: Bench, path: Path, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(bench, path, parent)
        self.rows: list[RowFrame] = []
        self._column = tight(QVBoxLayout(self), 6)
        if title:
            label = plain_label("caption")
            label.setText(bench.tr(title))
            self._column.addWidget(label)
        self._first = self._column.count()
        self.add_button = QPushButton(bench.theme.icon("plus", "muted"), bench.tr(self.add_key), self)
        self.add_button.setProperty("role", "flat")
        self.add_button.setVisible(not bench.session.read_only)
        self.add_button.clicked.connect(self.add)
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._shape: object = None
        self.refresh()

    # --- for subclasses

    def row(self, path: Path) -> Part:
        """Make the inside of one row."""
        raise NotImplementedError

    def template(self, entries: list[Data]) -> Data:
        """Give a new entry."""
        return {"key": own_key(entries, self.stem)}

    def shape(self) -> object:
        """Say what the rows depend on; when it changes they are made anew."""
        return len(self.entries)

    # --- public

    @property
    def entries(self) -> list[Data]:
        """The entries in the draft."""
        return entries_at(self.data, ())

    def refresh(self) -> None:
        """Show the entries; rows are only made anew when there are others."""
        shape = self.shape()
        if shape != self._shape:
            self._shape = shape
            self._build_rows()
        else:
            for row in self.rows:
                if isinstance(row.inside, Part):
                    row.inside.refresh()

    def add(self) -> None:
        """Add an entry at the end, and put the keyboard into it."""
        entries = self.entries
        session = self.bench.session
        here = (*self.path, len(entries))
        session.apply(inserted(session.data, here, self.template(entries)), here)
        session.shown.emit(here)

    def act(self, place: int, what: str) -> None:
        """Move an entry, or take it away."""
        session, here = self.bench.session, (*self.path, place)
        if what == "remove":
            session.apply(without(session.data, here), self.path)
            return
        there = place - 1 if what == "up" else place + 2
        if 0 <= there <= len(self.entries):
            data, target = moved(session.data, here, (*self.path, there))
            session.apply(data, target)

    # --- the rest

    def _build_rows(self) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            discard(row)
        count = len(self.entries)
        self.rows = [
            RowFrame(self.bench, place, self.row((*self.path, place)), framed=self.framed) for place in range(count)
        ]
        for place, row in enumerate(self.rows):
            row.asked.connect(self.act)
            row.buttons["up"].setEnabled(place > 0)
            row.buttons["down"].setEnabled(place < count - 1)
            row.buttons["remove"].setEnabled(count > self.least)
            self._column.insertWidget(self._first + place, row)


class Group(Part):
    """Some fields that belong together, refreshed together."""

    def __init__(self, bench: Bench, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(bench, path, parent)
        self.parts: list[Part] = []
        self.column = tight(QVBoxLayout(self), 8)

    def add(self, *widgets: QWidget, spacing: int = 0) -> None:
        """Put widgets under each other; those that show parts of the draft are refreshed with this one."""
        for widget in widgets:
            if spacing:
                self.column.addSpacing(spacing)
            self.column.addWidget(widget)
            self.parts += [widget] if isinstance(widget, Part) else widget.findChildren(Part)

    def refresh(self) -> None:
        """Show the draft as it is now."""
        for part in self.parts:
            part.refresh()

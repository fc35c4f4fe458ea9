"""The right of the studio: one entry, or the whole, answered with dummy answers, and the points that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.studio.try_entry import EntryTrialView
from ui.studio.try_whole import WholeTrialView
from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label, scrolling

if TYPE_CHECKING:
    from ui.studio.fields import Bench
    from wufei_cells.checklists.yaml_source import Path

VIEWS = ("entry", "whole")


class TryPane(QFrame):
    """Shows the chosen entry as the assessor will meet it, or the verdict on the whole."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._bench = bench
        self.title_label = plain_label("section")
        self.chips = {name: QPushButton(bench.tr(f"studio.try.{name}"), self) for name in VIEWS}
        for chip in self.chips.values():
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
            chip.clicked.connect(self._on_chip_clicked)
        self.entry_view = EntryTrialView(bench)
        self.whole_view = WholeTrialView(bench)
        self.stack = QStackedWidget(self)
        for view in (self.entry_view, self.whole_view):
            self.stack.addWidget(scrolling(view))
        head = tight(QHBoxLayout())
        self.title_label.setText(bench.tr("studio.try"))
        head.addWidget(self.title_label, 1)
        for chip in self.chips.values():
            head.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self.show_view("entry")

    @property
    def view(self) -> str:
        """Which of the two is shown."""
        return VIEWS[self.stack.currentIndex()]

    def show_view(self, name: str) -> None:
        """Show one entry, or the whole."""
        self.stack.setCurrentIndex(VIEWS.index(name))
        for known, chip in self.chips.items():
            chip.setChecked(known == name)
        self.refresh()

    def show_entry(self, path: Path) -> None:
        """Turn to another entry."""
        self.entry_view.show_entry(path)

    def refresh(self) -> None:
        """Try again with what the draft says now."""
        if self.view == "whole":
            self.whole_view.refresh()
        else:
            self.entry_view.refresh()

    def _on_chip_clicked(self) -> None:
        sender = self.sender()
        self.show_view(next(name for name, chip in self.chips.items() if chip is sender))

"""The contents of the guide: its chapters, and the sections of the one that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PLACE = Qt.ItemDataRole.UserRole
SHOWN_LEVEL = 2
"""Headings below this one are found in the text."""


class Heading(Protocol):
    """A section as the contents list it."""

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def level(self) -> int:
        """1 for a chapter, 2 for its sections."""
        ...


class Listed(Protocol):
    """A chapter as the contents list it."""

    @property
    def sections(self) -> Sequence[Heading]:
        """Its sections; the first is the chapter itself."""
        ...


class GuideContents(QTreeWidget):
    """Lists chapters and sections.

    Signals:
        place_chosen: somebody chose a section (number of the chapter, number of the section).
    """

    place_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.currentItemChanged.connect(self._on_current)

    def show_chapters(self, chapters: Sequence[Listed]) -> None:
        """List the chapters of a book."""
        with QSignalBlocker(self):
            self.clear()
            for number, chapter in enumerate(chapters):
                top = self._item(chapter.sections[0].title, number, 0)
                self.addTopLevelItem(top)
                for at, section in enumerate(chapter.sections):
                    if section.level == SHOWN_LEVEL:
                        top.addChild(self._item(section.title, number, at))

    def show_place(self, chapter: int, section: int) -> None:
        """Choose a section in the list; the chapter's own when the section is not listed. Nothing is told."""
        with QSignalBlocker(self):
            for number in range(self.topLevelItemCount()):
                item = self.topLevelItem(number)
                if item is None:
                    continue
                item.setExpanded(number == chapter)
                if number == chapter:
                    listed = [child for child in _children(item) if child.data(0, PLACE)[1] <= section]
                    self.setCurrentItem(listed[-1] if listed else item)

    def _item(self, title: str, chapter: int, section: int) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title])
        item.setToolTip(0, title)
        item.setData(0, PLACE, (chapter, section))
        return item

    @Slot(QTreeWidgetItem, QTreeWidgetItem)
    def _on_current(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.place_chosen.emit(*item.data(0, PLACE))


def _children(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    return (item.child(number) for number in range(item.childCount()))

"""The left side of the guide: its contents, or what was found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui.widgets.guide_contents import GuideContents
from ui.widgets.guide_hits import GuideHits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ui.i18n import I18n
    from ui.theme import Theme

NARROWEST = 160


class GuideSide(QWidget):
    """Lists chapters and sections; while words stand in its field, the sections that hold them.

    Signals:
        place_chosen: somebody chose a section (number of the chapter, number of the section).
        words_changed: other words are looked for (what was typed).
    """

    place_chosen = Signal(int, int)
    words_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search_edit = QLineEdit(clearButtonEnabled=True)
        self.contents = GuideContents()
        self.hits_list = GuideHits(theme)
        self.lists = QStackedWidget()
        self.lists.addWidget(self.contents)
        self.lists.addWidget(self.hits_list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search_edit)
        column.addWidget(self.lists, 1)
        self.setMinimumWidth(NARROWEST)
        self.search_edit.textChanged.connect(self._on_words)
        self.search_edit.returnPressed.connect(self.hits_list.choose_first)
        self.contents.place_chosen.connect(self.place_chosen)
        self.hits_list.place_chosen.connect(self._on_hit)

    @property
    def words(self) -> list[str]:
        """The words that are looked for."""
        return self.search_edit.text().split()

    def show_hits(self, hits: Iterable[tuple[str, str, tuple[int, int]]], nothing: str) -> None:
        """List hits as (name of the section, words around, place), or the sentence that there are none."""
        self.hits_list.show_hits(hits, nothing)

    def retranslate(self, i18n: I18n) -> None:
        """Write everything anew but the lists themselves."""
        self.search_edit.setPlaceholderText(i18n.tr("guide.search"))
        self.search_edit.setAccessibleName(i18n.tr("guide.search"))
        self.contents.setAccessibleName(i18n.tr("guide.chapters"))
        self.hits_list.setAccessibleName(i18n.tr("guide.hits"))

    @Slot()
    def begin_search(self) -> None:
        """Turn to the field."""
        self.search_edit.setFocus()
        self.search_edit.selectAll()

    @Slot(str)
    def _on_words(self, words: str) -> None:
        self.lists.setCurrentWidget(self.hits_list if words.strip() else self.contents)
        self.words_changed.emit(words)

    @Slot(object)
    def _on_hit(self, place: tuple[int, int]) -> None:
        self.place_chosen.emit(*place)

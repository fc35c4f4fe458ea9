"""The bottom of the studio: everything that is wrong, each with its place and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ui.studio.place_words import PlaceWords
from ui.widgets.plain import literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.studio.fields import Bench
    from wufei_cells.checklists.linting import PlacedProblem

PATH = Qt.ItemDataRole.UserRole
WIDEST_PLACE = 360


class ProblemsList(QTreeWidget):
    """Lists problems; choosing one leads to its field."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._words = PlaceWords(bench.i18n)
        self._shown: Sequence[PlacedProblem] = ()
        self._sentences: list[tuple[str, str]] = []
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.setIconSize(QSize(16, 16))
        self.setAccessibleName(bench.tr("studio.problems"))
        self.itemClicked.connect(self._on_chosen)
        self.itemActivated.connect(self._on_chosen)

    def show_problems(self, problems: Sequence[PlacedProblem]) -> None:
        """Show other problems; the list does not jump when they are the same."""
        data = self._bench.session.data
        sentences = [(self._words.where(data, each.path), self._words.problem(data, each)) for each in problems]
        same = sentences == self._sentences and [each.path for each in problems] == [each.path for each in self._shown]
        if same:
            return
        self._shown, self._sentences = problems, sentences
        scrolled = self.verticalScrollBar().value()
        self.clear()
        icon = self._bench.theme.icon("alert", "failed")
        for problem, (place, sentence) in zip(problems, sentences, strict=True):
            item = QTreeWidgetItem(self, [place, sentence])
            item.setIcon(0, icon)
            item.setData(0, PATH, problem.path)
            item.setToolTip(0, literal(place))
            item.setToolTip(1, literal(sentence))
        self._fit_places([place for place, _sentence in sentences])
        self.verticalScrollBar().setValue(scrolled)

    def sentences(self) -> list[tuple[str, str]]:
        """Give what is listed: place and sentence of each problem."""
        return list(self._sentences)

    def lead_to(self, row: int) -> None:
        """Choose a problem and lead to its field."""
        item = self.topLevelItem(row)
        if item is not None:
            self.setCurrentItem(item)
            self._on_chosen(item, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead to the field with Enter."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._on_chosen(item, 0)
        else:
            super().keyPressEvent(event)

    def _fit_places(self, places: list[str]) -> None:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(place) for place in places), default=0) + 48
        self.setColumnWidth(0, min(widest, max(WIDEST_PLACE, self.width() // 3)))

    def _on_chosen(self, item: QTreeWidgetItem, _column: int) -> None:
        self._bench.session.shown.emit(item.data(0, PATH))

"""The tree of everything that scoresheets would change, with a box to tick beside each change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from ui.widgets.plain import literal
from ui.widgets.sentence_delegate import SentenceDelegate

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ui.context import AppContext
    from ui.models.import_lines import ImportLine

COLUMNS = ("item", "field", "now", "wanted", "state", "place")
SHARES = (27, 13, 20, 20, 8, 12)  # percent of the width
_LINE = Qt.ItemDataRole.UserRole
_TONES = {"changed": "information", "conflict": "attention", "rival": "attention"}
_UNDECIDED = ("conflict", "rival")
_ICONS = {"problem": ("alert", "failed"), "note": ("note", "muted")}


class ImportTree(QTreeWidget):
    """Shows lines and lets changes be ticked.

    Signals:
        ticked: other changes are ticked now.
    """

    ticked = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        tr = context.i18n.tr
        self.setColumnCount(len(COLUMNS))
        self.setHeaderLabels([tr(f"import.column.{name}") for name in COLUMNS])
        self.setAccessibleName(tr("import.title"))
        self.setItemDelegate(SentenceDelegate(self))
        self.setIndentation(14)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.itemChanged.connect(self._on_changed)

    # --- public and Qt events

    def show_lines(self, lines: Sequence[ImportLine], ticked: frozenset[tuple[int, str]]) -> None:
        """Show lines with some changes ticked."""
        self.blockSignals(True)
        self.clear()
        for line in lines:
            self._add(self.invisibleRootItem(), line, ticked)
        self.expandAll()
        self.blockSignals(False)

    def chosen(self) -> frozenset[tuple[int, str]]:
        """Give the changes that are ticked."""
        ticked = (item for item in self._changes() if item.checkState(0) is Qt.CheckState.Checked)
        return frozenset(key for item in ticked if (key := line_of(item).key))

    def tick_shown(self) -> None:
        """Tick what is shown; where files differ a person picks one by one."""
        self._tick(Qt.CheckState.Checked)

    def untick_shown(self) -> None:
        """Untick what is shown."""
        self._tick(Qt.CheckState.Unchecked)

    def filter(self, shown: str) -> None:
        """Show all lines, only changes that somebody has to decide, or only what went wrong."""
        for item in self._tops():
            _filter(item, shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        for column, share in enumerate(SHARES):
            self.setColumnWidth(column, self.viewport().width() * share // 100)

    # --- the rest

    def _add(self, parent: QTreeWidgetItem, line: ImportLine, ticked: frozenset[tuple[int, str]]) -> None:
        item = QTreeWidgetItem(parent, list(line.texts))
        item.setData(0, _LINE, line)
        theme = self._context.theme
        for column, text in enumerate(line.texts):
            item.setToolTip(column, literal(text))
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        if len(line.texts) == 1:
            item.setFirstColumnSpanned(True)
            if line.kind.value in _ICONS:
                item.setIcon(0, theme.icon(*_ICONS[line.kind.value]))
            else:
                item.setFont(0, theme.font("body", bold=True))
        if line.key is not None:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, Qt.CheckState.Checked if line.key in ticked else Qt.CheckState.Unchecked)
            item.setForeground(COLUMNS.index("state"), theme.color(_TONES[line.state]))
        for below in line.below:
            self._add(item, below, ticked)

    def _changes(self) -> Iterator[QTreeWidgetItem]:
        waiting = self._tops()
        while waiting:
            item = waiting.pop()
            if line_of(item).key is not None:
                yield item
            waiting += [item.child(place) for place in range(item.childCount())]

    def _tops(self) -> list[QTreeWidgetItem]:
        tops = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        return [item for item in tops if item is not None]

    def _tick(self, state: Qt.CheckState) -> None:
        self.blockSignals(True)
        for item in self._changes():
            if not item.isHidden() and not (state is Qt.CheckState.Checked and line_of(item).state == "rival"):
                item.setCheckState(0, state)
        self.blockSignals(False)
        self.viewport().update()
        self.ticked.emit()

    def _on_changed(self, item: QTreeWidgetItem, _column: int) -> None:
        """Untick what excludes the change that was ticked."""
        one_of = line_of(item).one_of
        if one_of and item.checkState(0) is Qt.CheckState.Checked:
            self.blockSignals(True)
            for other in self._changes():
                if other is not item and line_of(other).one_of == one_of:
                    other.setCheckState(0, Qt.CheckState.Unchecked)
            self.blockSignals(False)
            self.viewport().update()
        self.ticked.emit()


def line_of(item: QTreeWidgetItem) -> ImportLine:
    """Give the line that an item shows."""
    return item.data(0, _LINE)


def _filter(item: QTreeWidgetItem, shown: str) -> bool:
    line = line_of(item)
    match shown:
        case "undecided":
            wanted = line.state in _UNDECIDED
        case "problems":
            wanted = line.kind.value == "problem"
        case _:
            wanted = True
    below = [_filter(item.child(place), shown) for place in range(item.childCount()) if line.key is None]
    visible = wanted or any(below)
    item.setHidden(not visible)
    return visible

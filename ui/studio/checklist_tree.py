"""The left of the studio: everything that is answered, as a tree with points that add up, to be moved and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ui.studio.tree_places import GATES, place_after_step, place_of_drop, place_of_new
from ui.widgets.plain import literal
from wufei_cells.checklists.draft_entries import added, duplicated
from wufei_cells.checklists.drafting import may_move, moved, without
from wufei_cells.checklists.outline import Node, outline
from wufei_cells.domain.amounts import plain

if TYPE_CHECKING:
    from ui.studio.fields import Bench
    from wufei_cells.checklists.yaml_source import Data, Path

PATH = Qt.ItemDataRole.UserRole
ICONS = {"gates": "gate", "groups": "folder", "bonus": "bonus", "deductions": "deduction"}
NO_ICON = QIcon()
Place = QAbstractItemView.DropIndicatorPosition


class ChecklistTree(QTreeWidget):
    """Shows the tree of a draft; follows every change and keeps what is open and chosen.

    Signals:
        entry_chosen: another entry is to be shown (its path).
        entry_opened: the person wants to work in the form of the chosen entry.
    """

    entry_chosen = Signal(object)
    entry_opened = Signal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._wrong: set[Path] = set()
        self._items: dict[Path, QTreeWidgetItem] = {}
        self._structure: object = None
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setMinimumSectionSize(24)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        editable = not bench.session.read_only
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.InternalMove if editable else mode.NoDragDrop)
        self.setDragEnabled(editable)
        self.setDropIndicatorShown(True)
        self.setAccessibleName(bench.tr("studio.tree"))
        self.currentItemChanged.connect(self._on_current_changed)
        self.itemActivated.connect(self._on_activated)
        self.show_tree()

    # --- public: showing

    @property
    def current_path(self) -> Path:
        """The path of the chosen entry; nothing when none is."""
        item = self.currentItem()
        return item.data(0, PATH) if item is not None else ()

    def show_tree(self, chosen: Path | None = None) -> None:
        """Show the draft as it is now.

        Args:
            chosen: the entry to choose; by default the one that is chosen now.
        """
        whole = outline(self._bench.session.data)
        wanted = self.current_path if chosen is None else chosen
        if (structure := _structure(whole)) != self._structure:
            self._structure = structure
            self._build(whole)
        self._word(whole)
        self.choose(wanted)

    def choose(self, path: Path) -> None:
        """Choose the entry at a path, or what is nearest to it."""
        while path and path not in self._items:
            place = path[-1]
            beside = (*path[:-1], place - 1) if isinstance(place, int) and place > 0 else ()
            path = beside if beside in self._items else path[:-1]
        item = self._items.get(path) or self.topLevelItem(0)
        if item is not None and item is not self.currentItem():
            self.setCurrentItem(item)

    def show_problems(self, paths: set[Path]) -> None:
        """Mark the entries in which something is wrong, and what they stand in."""
        wrong = {path[:length] for path in paths for length in range(len(path) + 1)}
        if wrong != self._wrong:
            self._wrong = wrong
            self._word(outline(self._bench.session.data))

    def item_at_path(self, path: Path) -> QTreeWidgetItem | None:
        """Give the row of an entry."""
        return self._items.get(path)

    # --- public: changing

    def add(self, list_name: str = "") -> None:
        """Add an entry beside the chosen one, or into it: an item unless another list is named."""
        session = self._bench.session
        path = place_of_new(session.data, self.current_path, list_name)
        if not session.read_only:
            session.apply(added(session.data, path, session.reserved), path)
            session.shown.emit(path)

    def duplicate(self) -> None:
        """Copy the chosen entry."""
        path, session = self.current_path, self._bench.session
        if path and isinstance(path[-1], int):
            data, there = duplicated(session.data, path, session.reserved)
            session.apply(data, there)
            session.shown.emit(there)

    def remove(self) -> None:
        """Take the chosen entry away."""
        path, session = self.current_path, self._bench.session
        if path and path != GATES:
            session.apply(without(session.data, path), path)
            self.choose(path)

    def shift(self, step: int) -> None:
        """Move the chosen entry up or down, from the edge of its group into the next one."""
        path = self.current_path
        target = place_after_step(self._bench.session.data, path, step)
        if target:
            self.move_entry(path, target)

    def move_entry(self, source: Path, target: Path) -> bool:
        """Move an entry before the one at the target; tells whether it may stand there."""
        session = self._bench.session
        if session.read_only or not may_move(source, target):
            return False
        data, there = moved(session.data, source, target)
        session.apply(data, there)
        self.choose(there)
        return True

    # --- Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and the arrows, add with Ins, take away with Del, copy with Ctrl+D."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        key = event.key()
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Insert:
            self.add("groups" if shift else "")
        elif key == Qt.Key.Key_Delete:
            self.remove()
        elif control and key == Qt.Key.Key_D:
            self.duplicate()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entry_opened.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the entry may be dropped."""
        super().dragMoveEvent(event)
        if not may_move(
            self.current_path, self._drop_target(self.itemAt(event.position().toPoint()), self.dropIndicatorPosition())
        ):
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Move the entry in the draft; the tree follows by itself."""
        self.drop_on(self.itemAt(event.position().toPoint()), self.dropIndicatorPosition())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

    def drop_on(self, item: QTreeWidgetItem | None, place: Place) -> bool:
        """Move the chosen entry above, below or into a row; tells whether it may stand there."""
        return self.move_entry(self.current_path, self._drop_target(item, place))

    def _drop_target(self, item: QTreeWidgetItem | None, place: Place) -> Path:
        target: Path = item.data(0, PATH) if item is not None else ()
        below, inside = place == Place.BelowItem, place == Place.OnItem
        return place_of_drop(self._bench.session.data, self.current_path, target, below=below, inside=inside)

    # --- filling

    def _build(self, whole: Node) -> None:
        closed = {path for path, item in self._items.items() if item.childCount() and not item.isExpanded()}
        blocked = self.blockSignals(True)
        self.clear()
        self._items = {}
        gates = [child for child in whole.children if child.kind == "gates"]
        if gates:
            head = QTreeWidgetItem(self)
            self._note(head, GATES)
            for gate in gates:
                self._insert(gate, head)
        for child in whole.children:
            if child.kind != "gates":
                self._insert(child, None)
        for path, item in self._items.items():
            item.setExpanded(path not in closed)
        self.blockSignals(blocked)

    def _insert(self, node: Node, parent: QTreeWidgetItem | None) -> None:
        item = QTreeWidgetItem(parent) if parent is not None else QTreeWidgetItem(self)
        self._note(item, node.path)
        for child in node.children:
            self._insert(child, item)

    def _note(self, item: QTreeWidgetItem, path: Path) -> None:
        item.setData(0, PATH, path)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._items[path] = item

    def _word(self, whole: Node) -> None:
        head = self._items.get(GATES)
        if head is not None:
            head.setText(0, self._bench.tr("studio.gates"))
            self._decorate(head, GATES, "gate")
        for child in whole.children:
            self._word_node(child)

    def _word_node(self, node: Node) -> None:
        item, bench = self._items[node.path], self._bench
        text = bench.i18n.text(node.text) or bench.tr("studio.no_text")
        star = "★ " if node.star else ""
        item.setText(0, f"{node.number or node.key} {star}{text}".strip())
        item.setToolTip(0, literal(text))
        points = "" if node.kind == "gates" else plain(node.points)
        if node.mismatched and node.stated is not None:
            points = f"{points}≠{plain(node.stated)}"
            item.setToolTip(1, bench.tr("studio.mismatch", actual=plain(node.points), stated=plain(node.stated)))
        else:
            item.setToolTip(1, "")
        item.setText(1, points)
        color = bench.theme.color("attention" if node.mismatched else "text")
        item.setForeground(1, color)
        self._decorate(item, node.path, ICONS.get(node.kind, ""))
        for child in node.children:
            self._word_node(child)

    def _decorate(self, item: QTreeWidgetItem, path: Path, icon: str) -> None:
        """Show a warning in the place of the icon while something is wrong in the entry."""
        theme = self._bench.theme
        if path in self._wrong:
            item.setIcon(0, theme.icon("alert", "failed"))
            item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, self._bench.tr("studio.tree.wrong"))
        else:
            item.setIcon(0, theme.icon(icon, "muted") if icon else NO_ICON)
            item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, "")

    # --- slots

    def _on_current_changed(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.entry_chosen.emit(item.data(0, PATH))

    def _on_activated(self, _item: QTreeWidgetItem, _column: int) -> None:
        self.entry_opened.emit()


def _structure(whole: Node) -> tuple[Data, ...]:
    def paths(node: Node) -> list[Data]:
        return [str(node.path), *(path for child in node.children for path in paths(child))]

    return tuple(paths(whole))

"""The declared conflicts of interest of a drawing, as a small table with a line to add one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.answer_editor import tight
from ui.widgets.plain import literal
from wufei_cells.domain.drawings import ConflictOn, Declared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ui.context import AppContext

HEIGHT = 112
CREDIT_CODE = re.compile(r"[0-9A-Z]{18}")
"""Names a unit, with all its sites."""


class DrawingConflicts(QWidget):
    """Takes who does not visit which site, unit or district, and why.

    Signals:
        changed: a conflict was added or taken away.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._declared: list[Declared] = []
        self._districts: Mapping[str, str] = {}
        tr = context.i18n.tr
        self.name_box, self.where_box = QComboBox(), QComboBox()
        for box, key in ((self.name_box, "drawing.ui_conflict_who"), (self.where_box, "drawing.ui_conflict_where")):
            box.setEditable(True)
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setAccessibleName(tr(key))
            if (edit := box.lineEdit()) is not None:
                edit.setPlaceholderText(tr(key))
            if (completer := box.completer()) is not None:
                completer.setFilterMode(Qt.MatchFlag.MatchContains)
                completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.reason_edit = QLineEdit()
        self.reason_edit.setPlaceholderText(tr("drawing.ui_conflict_reason"))
        self.reason_edit.setAccessibleName(tr("drawing.ui_conflict_reason"))
        self.add_button = QPushButton(context.theme.icon("plus"), tr("drawing.ui_conflict_add"))
        self.remove_button = QPushButton(context.theme.icon("remove"), tr("drawing.ui_conflict_remove"))
        for button in (self.add_button, self.remove_button):
            button.setAutoDefault(False)
        self.table = QTableWidget(0, 3)
        self._dress_table()
        self._lay_out()
        self.add_button.clicked.connect(self.add)
        self.reason_edit.returnPressed.connect(self.add)
        self.remove_button.clicked.connect(self._remove)
        self.table.itemSelectionChanged.connect(self._on_selection)
        self._on_selection()

    def _dress_table(self) -> None:
        tr = self._context.i18n.tr
        self.table.setHorizontalHeaderLabels(
            [tr(f"drawing.{key}") for key in ("column_inspector", "ui_column_where", "column_conflict")]
        )
        self.table.setAccessibleName(tr("drawing.ui_conflicts"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setFixedHeight(HEIGHT)

    def _lay_out(self) -> None:
        column = tight(QVBoxLayout(self), 6)
        fields = tight(QHBoxLayout(), 6)
        fields.addWidget(self.name_box, 1)
        fields.addWidget(self.where_box, 1)
        buttons = tight(QHBoxLayout(), 6)
        buttons.addWidget(self.reason_edit, 1)
        buttons.addWidget(self.add_button)
        for row in (fields, buttons):
            column.addLayout(row)
        column.addWidget(self.table)
        column.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignRight)

    # --- public

    @property
    def declared(self) -> tuple[Declared, ...]:
        """What was declared."""
        return tuple(self._declared)

    def offer(self, districts: Mapping[str, str], sites: Sequence[str]) -> None:
        """Say which districts and sites there are, by key and name."""
        self._districts = districts
        self.where_box.clear()
        tr = self._context.i18n.tr
        for key, name in districts.items():
            self.where_box.addItem(tr("drawing.ui_whole_district", district=name), (ConflictOn.DISTRICT, key))
        for name in sites:
            self.where_box.addItem(name, (ConflictOn.SITE, name))
        self.where_box.setCurrentIndex(-1)

    def offer_people(self, people: Sequence[str]) -> None:
        """Say who the inspectors are."""
        typed = self.name_box.currentText()
        self.name_box.clear()
        self.name_box.addItems([*people])
        self.name_box.setCurrentIndex(-1)
        self.name_box.setEditText(typed)

    def show_declared(self, declared: Sequence[Declared]) -> None:
        """Show conflicts."""
        self._declared = [*declared]
        self._show()

    def add(self) -> None:
        """Add what is typed; nothing happens while something is missing."""
        name, reason = self.name_box.currentText().strip(), self.reason_edit.text().strip()
        where = self.where_box.currentText().strip()
        if not (name and reason and where):
            empty = self.name_box if not name else self.where_box if not where else self.reason_edit
            empty.setFocus()
            return
        place = self.where_box.findText(where, Qt.MatchFlag.MatchExactly)
        typed = ConflictOn.UNIT if CREDIT_CODE.fullmatch(where) else ConflictOn.SITE
        kind, subject = self.where_box.itemData(place) if place >= 0 else (typed, where)
        self._declared.append(Declared(name, ConflictOn(kind), subject, reason))
        self.where_box.setCurrentIndex(-1)
        self.reason_edit.clear()
        self._show()
        self.changed.emit()

    # --- the rest

    def _remove(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._declared):
            del self._declared[row]
            self._show()
            self.changed.emit()

    def _on_selection(self) -> None:
        self.remove_button.setEnabled(bool(self.table.selectedItems()))

    def _show(self) -> None:
        self.table.setRowCount(len(self._declared))
        for row, one in enumerate(self._declared):
            where = self._districts.get(one.subject, one.subject) if one.on is ConflictOn.DISTRICT else one.subject
            for column, text in enumerate((one.inspector, where, one.reason)):
                item = QTableWidgetItem(text)
                item.setToolTip(literal(text))
                self.table.setItem(row, column, item)
        self._on_selection()

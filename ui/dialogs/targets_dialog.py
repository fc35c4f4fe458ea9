"""The targets of the city by category and county: a table for each day, typed or pasted from a spreadsheet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.context import load_places
from ui.dialogs.steering_undo import tell_done
from ui.models.targets_model import TargetsForm, TargetsModel
from ui.widgets.day_edit import DayEdit
from ui.widgets.desk_style import desk_style
from ui.widgets.pasted_cells import pasted_cells
from ui.widgets.plain import plain_label, problem_label
from ui.widgets.state_view import StateView
from wufei_cells.errors import WufeiError
from wufei_cells.services.targeting import PLACE, TargetChange, TargetsInForce

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent

    from ui.context import AppContext, Desk

SIZE = (920, 520)
MOST_NOTES = 4


class TargetsDialog(QDialog):
    """Shows a day at a time; everything that was typed is saved as one step."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._context = context
        self._form: TargetsForm | None = None
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.resize(*SIZE)
        self.state_view.show_loading()
        self._ask()

    # --- build

    def _build_widgets(self) -> None:
        tr, theme = self._context.i18n.tr, self._context.theme
        self.setWindowTitle(tr("steering.targets_title"))
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.setText(tr("steering.targets_hint"))
        self.day_label = plain_label()
        self.day_label.setText(tr("steering.targets_day"))
        self.day_box = QComboBox()
        self.day_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.day_box.setAccessibleName(tr("steering.targets_day"))
        self.day_edit = DayEdit()
        self.day_edit.setAccessibleName(tr("steering.targets_new_day"))
        self.day_button = QPushButton(theme.icon("plus"), tr("steering.targets_new_day"))
        self.model = TargetsModel(self._context.i18n, self)
        self.table = TargetsTable(self.model)
        self.table.setItemDelegate(_Delegate(self._context, self.model, self.table))
        self.table.setAccessibleName(tr("steering.targets_title"))
        self.state_view = StateView(self._context, self.table)
        self.notes_label = plain_label("muted", wrap=True)
        self.problem = problem_label()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.save_button = QPushButton(tr("steering.save"))
        self.save_button.setProperty("role", "accent")
        self.buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ApplyRole)
        for button in (self.day_button, self.save_button, *self.buttons.buttons()):
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)  # Enter edits a cell
        self.setStyleSheet(desk_style(self._context.theme))

    def _build_layout(self) -> None:
        days = QHBoxLayout()
        days.setSpacing(8)
        for widget in (self.day_label, self.day_box):
            days.addWidget(widget)
        days.addStretch(1)
        for widget in (self.day_edit, self.day_button):
            days.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.hint_label)
        column.addLayout(days)
        column.addWidget(self.state_view, 1)
        for widget in (self.notes_label, self.problem, self.buttons):
            column.addWidget(widget)

    def _connect_signals(self) -> None:
        self.day_box.currentIndexChanged.connect(self._show_day)
        self.day_button.clicked.connect(self._add_day)
        self.model.edited.connect(self._check)
        self.table.refused.connect(self._on_pasted)
        self.save_button.clicked.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self.state_view.action_triggered.connect(self._ask)
        self._context.events.progress_changed.connect(self._ask)

    # --- public

    def choose_day(self, day: date) -> None:
        """Show a day, listed or not."""
        listed = [self.day_box.itemData(place) for place in range(self.day_box.count())]  # findData compares no days
        if day not in listed:
            listed = sorted([*listed, day])
            self.day_box.insertItem(listed.index(day), self._context.i18n.day(day), day)
        self.day_box.setCurrentIndex(listed.index(day))

    # --- loading

    def _ask(self) -> None:
        self._context.ask(self, _load, self._on_loaded, self.state_view.show_error)

    @Slot(object)
    def _on_loaded(self, form: TargetsForm) -> None:
        shown = self.day_box.currentData()
        self._form = form
        self.day_box.blockSignals(True)
        self.day_box.clear()
        for day in sorted({form.profile.goal.by, *(row.target.by for row in form.rows)}):
            self.day_box.addItem(self._context.i18n.day(day), day)
        self.day_box.blockSignals(False)
        self.day_edit.show_day(form.profile.goal.by)
        self.model.forget()
        self.choose_day(shown or form.profile.goal.by)
        self._show_day()
        self.state_view.show_content()

    @Slot()
    def _show_day(self) -> None:
        day = self.day_box.currentData()
        if self._form is not None and day is not None:
            self.model.show_form(self._form, day)
            self.table.fit()
            self._check()

    @Slot()
    def _add_day(self) -> None:
        self.choose_day(self.day_edit.day)
        self.table.setFocus()

    # --- saving

    @Slot()
    def _check(self) -> None:
        """Say what does not add up, and offer to save what was typed."""
        tr, notes = self._context.i18n.tr, self.model.notes
        lines = [
            tr(
                f"target.note.{note.over}.{note.kind.value}",
                part=self.model.part(note.whole.category, note.whole.district),
                by=note.whole.by,
                parts=note.parts,
                count=note.whole.count,
            )
            for note in notes[:MOST_NOTES]
        ]
        if len(notes) > MOST_NOTES:
            lines.append(tr("steering.more_notes", count=len(notes) - MOST_NOTES))
        self.notes_label.setText("\n".join(lines))
        self.notes_label.setVisible(bool(lines))
        past = self._context.as_of
        self.save_button.setEnabled(bool(self.model.changes) and past is None)
        self.save_button.setToolTip(tr("desk.past", day=past.isoformat()) if past else "")

    @Slot()
    def _save(self) -> None:
        changes = self.model.changes
        if changes:
            self.save_button.setEnabled(False)
            self._context.ask(self, partial(_save, changes), self._on_saved, self._on_refused, durable=True)

    def _on_saved(self, _found: TargetsInForce) -> None:
        self.problem.hide()
        tell_done(self._context, self._context.i18n.tr("steering.targets_saved"), PLACE)

    def _on_refused(self, error: Exception) -> None:
        self._check()
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)
            return
        self.problem.setText(self._context.i18n.error(error))
        self.problem.show()

    @Slot(int)
    def _on_pasted(self, refused: int) -> None:
        self.problem.setText(self._context.i18n.tr("steering.not_pasted", count=refused) if refused else "")
        self.problem.setVisible(bool(refused))


class TargetsTable(QTableView):
    """Takes numbers by keyboard and from the clipboard.

    Signals:
        refused: cells were pasted (how many of them were no numbers).
    """

    refused = Signal(int)

    def __init__(self, model: TargetsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setWordWrap(False)
        self.horizontalHeader().setMinimumSectionSize(64)

    def fit(self) -> None:
        """Make the columns as wide as their names need."""
        self.resizeColumnsToContents()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, copy, and take out; everything else begins to type."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for index in self.selectedIndexes():
                self._model.setData(index, "")
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        """Put the cells of the clipboard from the current cell on."""
        if self.currentIndex().isValid():
            self.refused.emit(self._model.put(self.currentIndex(), pasted_cells(QGuiApplication.clipboard().text())))

    def copy(self) -> None:
        """Put what is selected on the clipboard, as spreadsheets take it."""
        places = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        rows: dict[int, list[str]] = {}
        for row, column in places:
            rows.setdefault(row, []).append(str(self._model.index(row, column).data() or ""))
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in rows.values()))


class _Delegate(QStyledItemDelegate):
    """Sets sums apart, marks what was typed, and shows in the accent what the office laid down."""

    def __init__(self, context: AppContext, model: TargetsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._model = context, model

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a cell."""
        chosen = QStyleOptionViewItem(option)
        whole = index.row() == 0 or index.column() == 0
        typed, office = self._model.is_typed(index), self._model.is_office(index)
        chosen.font.setBold(typed or whole)  # pyright: ignore[reportAttributeAccessIssue] - the stubs leave fields out
        color = self._context.theme.color("attention" if typed else "accent" if office else "text")
        chosen.palette.setColor(chosen.palette.ColorRole.Text, color)  # pyright: ignore[reportAttributeAccessIssue]
        super().paint(painter, chosen, index)


# --- in the worker thread


def _load(desk: Desk) -> TargetsForm:
    profile = desk.browsing.profile(desk.workspace)
    return TargetsForm(profile, load_places(desk), desk.targeting.in_force(desk.workspace).rows)


def _save(changes: tuple[TargetChange, ...], desk: Desk) -> TargetsInForce:
    return desk.targeting.set_targets(desk.workspace, changes)

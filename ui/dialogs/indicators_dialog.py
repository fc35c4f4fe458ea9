"""The indicators of the city's plan: where each stands, and what was reached year by year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from ui.dialogs.form_dialog import FormDialog
from ui.dialogs.steering_undo import tell_done
from ui.widgets.desk_style import desk_style
from ui.widgets.fitting_table import FittingTable
from ui.widgets.plain import literal, plain_label
from ui.widgets.plain_rows import Cell, PlainRows
from ui.widgets.state_view import StateView
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.indicators import IndicatorStatus, IndicatorValue, Trend, YearValue
from wufei_cells.errors import WufeiError
from wufei_cells.services.indicating import PLACE, IndicatorView

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk

SIZE = (940, 620)
COLUMNS = ("indicator", "reached", "target", "status", "trend")
VALUE_COLUMNS = ("year", "value", "source", "note")
LOOKS = {
    IndicatorStatus.MET: ("check", "passed"),
    IndicatorStatus.ON_THE_WAY: ("history", "text"),
    IndicatorStatus.MISSED: ("failed", "failed"),
    IndicatorStatus.UNKNOWN: ("", "muted"),
}
TRENDS = {Trend.BETTER: "passed", Trend.WORSE: "attention", Trend.SAME: "text", Trend.UNKNOWN: "muted"}


@dataclass(frozen=True, slots=True)
class Listed:
    """What the dialog shows."""

    year: int
    views: tuple[IndicatorView, ...]


class IndicatorsDialog(QDialog):
    """Lists the indicators, and below them the values of the one that is selected."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._context = context
        self._year = 0
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.resize(*SIZE)
        self.state_view.show_loading()
        self.refresh()

    # --- build

    def _build_widgets(self) -> None:
        tr, theme = self._context.i18n.tr, self._context.theme
        self.setWindowTitle(tr("steering.indicators_title"))
        self.model = PlainRows(theme, [tr(f"steering.column.{name}") for name in COLUMNS], self)
        self.table = FittingTable()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("steering.indicators_title"))
        self.state_view = StateView(self._context, self.table)
        self.source_label = plain_label("muted", wrap=True, selectable=True)
        self.values = PlainRows(theme, [tr(f"steering.column.{name}") for name in VALUE_COLUMNS], self)
        self.values_table = FittingTable()
        self.values_table.setModel(self.values)
        self.values_table.setAccessibleName(tr("steering.values"))
        self.values_table.setFixedHeight(152)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.new_button = QPushButton(theme.icon("plus", "on_accent"), tr("steering.value_record"))
        self.new_button.setProperty("role", "accent")
        self.edit_button = QPushButton(theme.icon("edit"), tr("steering.value_edit"))
        self.remove_button = QPushButton(theme.icon("remove"), tr("steering.value_remove"))
        for button in (self.new_button, self.edit_button, self.remove_button):
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
            button.setAutoDefault(False)
        self.setStyleSheet(desk_style(theme))

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.state_view, 1)
        for widget in (self.source_label, self.values_table, self.buttons):
            column.addWidget(widget)
        self.table.fit(0, 200, {1: 150, 3: 110, 2: 150, 4: 80})
        self.values_table.fit(2, 160, {0: 80, 1: 170, 3: 200})

    def _connect_signals(self) -> None:
        self.table.selectionModel().currentChanged.connect(self._show_values)
        self.table.doubleClicked.connect(self._record)
        self.values_table.selectionModel().currentChanged.connect(self._check)
        self.values_table.doubleClicked.connect(self._edit)
        self.new_button.clicked.connect(self._record)
        self.edit_button.clicked.connect(self._edit)
        self.remove_button.clicked.connect(self._remove)
        self.buttons.rejected.connect(self.reject)
        self.state_view.action_triggered.connect(self.refresh)
        self._context.events.progress_changed.connect(self.refresh)

    # --- public

    @Slot()
    def refresh(self) -> None:
        """Ask anew."""
        self._context.ask(self, _load, self._on_loaded, self.state_view.show_error)

    @property
    def chosen(self) -> IndicatorView | None:
        """The indicator that is selected."""
        return self.model.thing(self.table.currentIndex())

    # --- showing

    @Slot(object)
    def _on_loaded(self, listed: Listed) -> None:
        row = max(self.table.currentIndex().row(), 0)
        self._year = listed.year
        self.model.show_rows([(view, self._cells(view)) for view in listed.views])
        if listed.views:
            self.state_view.show_content()
            self.table.selectRow(min(row, len(listed.views) - 1))
        else:
            self.state_view.show_empty("steering.no_indicators", "steering.no_indicators_hint")
        self._show_values()

    def _cells(self, view: IndicatorView) -> list[Cell]:
        i18n = self._context.i18n
        icon, tone = LOOKS[view.status]
        latest = YearValue(view.latest.year, view.latest.value) if view.latest else None
        name = i18n.text(view.indicator.text)
        return [
            Cell(name, tip=literal(name)),
            Cell(self._told(view, latest)),
            Cell(self._told(view, view.target)),
            Cell(i18n.tr(f"indicator.status.{view.status.value}"), tone, icon),
            Cell(i18n.tr(f"indicator.trend.{view.trend.value}"), TRENDS[view.trend]),
        ]

    def _told(self, view: IndicatorView, one: YearValue | None) -> str:
        if one is None:
            return self._context.i18n.tr("indicator.cli_no_value")
        unit = self._context.i18n.text(view.indicator.unit)
        return self._context.i18n.tr("indicator.cli_year", year=one.year, value=plain(one.value), unit=unit)

    @Slot()
    def _show_values(self) -> None:
        i18n, view = self._context.i18n, self.chosen
        rows = view.values if view else ()
        self.values.show_rows([(row.said, self._value_cells(view, row.said)) for row in reversed(rows) if view])
        if rows:
            self.values_table.selectRow(0)
        if view is not None:
            leads = tuple(i18n.text(lead) for lead in view.indicator.leads)
            self.source_label.setText(i18n.tr("steering.indicator_source", source=view.indicator.source, leads=leads))
        self._check()

    def _value_cells(self, view: IndicatorView, said: IndicatorValue) -> list[Cell]:
        i18n = self._context.i18n
        number = f"{plain(said.value)}{i18n.text(view.indicator.unit)}"
        if said.preliminary:
            number = i18n.tr("steering.preliminary", value=number)
        return [
            Cell(str(said.year)),
            Cell(number),
            Cell(said.source, tip=literal(said.source)),
            Cell(" ".join(said.note.split()), tip=literal(said.note)),
        ]

    @Slot()
    def _check(self) -> None:
        free = self._context.as_of is None and self.chosen is not None
        chosen = self.values.thing(self.values_table.currentIndex())
        self.new_button.setEnabled(free)
        self.edit_button.setEnabled(free and chosen is not None)
        self.remove_button.setEnabled(free and chosen is not None)

    # --- doing

    @Slot()
    def _record(self) -> None:
        if self.chosen is not None and self.new_button.isEnabled():
            self._open(ValueDialog(self._context, self.chosen, self._year, None, self))

    @Slot()
    def _edit(self) -> None:
        said = self.values.thing(self.values_table.currentIndex())
        if self.chosen is not None and said is not None and self.edit_button.isEnabled():
            self._open(ValueDialog(self._context, self.chosen, self._year, said, self))

    def _open(self, dialog: ValueDialog) -> None:
        dialog.taken.connect(self._on_changed)
        dialog.open()

    @Slot()
    def _remove(self) -> None:
        view, said = self.chosen, self.values.thing(self.values_table.currentIndex())
        if view is not None and said is not None:
            job = partial(_remove, view.indicator.key, said.year)
            self._context.ask(self, job, self._on_changed, self._on_refused, durable=True)

    def _on_changed(self, _view: object) -> None:
        tell_done(self._context, self._context.i18n.tr("steering.value_saved"), PLACE)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, WufeiError):
            self._context.notices.post(self._context.i18n.error(error), "failed")
        else:
            self._context.tasks.failed.emit(error)


class ValueDialog(FormDialog):
    """Takes the value of a year; emits ``taken`` with the indicator."""

    def __init__(
        self,
        context: AppContext,
        view: IndicatorView,
        year: int,
        said: IndicatorValue | None,
        parent: QWidget | None = None,
    ) -> None:
        tr, text = context.i18n.tr, context.i18n.text
        super().__init__(context, tr("steering.value_record"), text(view.indicator.text), parent)
        self._key = view.indicator.key
        known = {row.said.year for row in view.values}
        proposed = said.year if said else next((one for one in (year - 1, year) if one not in known), year)
        self.year_edit = self.add_number("year", "steering.column.year", proposed, 2000, year)
        number = plain(said.value) if said else ""
        self.value_edit = self.add_line("value", "steering.column.value", number)
        self.value_edit.setPlaceholderText(text(view.indicator.unit))
        self.preliminary_box = self.add(
            "preliminary", "steering.value_state", QCheckBox(tr("steering.value_preliminary"))
        )
        self.preliminary_box.setChecked(bool(said and said.preliminary))
        self.source_edit = self.add_line(
            "source", "steering.column.source", said.source if said else "", hint="steering.source_hint"
        )
        self.note_edit = self.add_text("note", "steering.column.note")
        self.note_edit.setPlainText(said.note if said else "")
        self.value_edit.setFocus()

    def job(self) -> Callable[[Desk], IndicatorView]:
        """Put it on record; what is no number is refused like any other problem."""
        try:
            number = Decimal(self.value_edit.text().strip())
        except InvalidOperation:
            number = Decimal("NaN")
        said = IndicatorValue(
            self.year_edit.value(),
            number,
            self.preliminary_box.isChecked(),
            self.source_edit.text(),
            self.note_edit.toPlainText(),
        )
        return partial(_record, self._key, said)


# --- in the worker thread


def _load(desk: Desk) -> Listed:
    return Listed(desk.workspace.today().year, desk.indicating.indicators(desk.workspace))


def _record(key: str, said: IndicatorValue, desk: Desk) -> IndicatorView:
    return desk.indicating.record_value(desk.workspace, key, said)


def _remove(key: str, year: int, desk: Desk) -> IndicatorView:
    return desk.indicating.remove_value(desk.workspace, key, year)

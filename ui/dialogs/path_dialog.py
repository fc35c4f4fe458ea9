"""What gets the site to the next level, and what if: sliders that never touch the record."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain import plain_label, scrolling
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.numbers_in_text import with_numbers
from wufei_cells.services.advising import advise, suppose
from wufei_cells.services.explaining import verdict

if TYPE_CHECKING:
    from ui.context import AppContext
    from wufei_cells.domain.checklists import Item
    from wufei_cells.scoring.scorecard import ItemScore
    from wufei_cells.services.advising import Advice
    from wufei_cells.services.browsing import Sheet

NOTCHES = 2
"""Positions of a slider for each point."""


@dataclass(slots=True)
class _Row:
    """One item that is not at its best: what it is called, its slider, and the points it is supposed to have."""

    score: ItemScore
    name: ElidedLabel
    slider: QSlider
    points: QLabel

    @property
    def supposed(self) -> Fraction:
        """Give the points the slider stands at; at the ends exactly those of the record and of full marks."""
        if self.slider.value() == self.slider.maximum():
            return self.score.full
        return min(Fraction(self.slider.value(), NOTCHES), self.score.full)


class PathDialog(QDialog):
    """Shows the shortest way to a level beside the desk, and lets the person try what other points would give.

    Signals:
        entry_requested: the person wants to see an item (its key).
    """

    entry_requested = Signal(str)

    def __init__(self, context: AppContext, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._sheet = sheet
        self._advice: Advice | None = None
        self._rows: dict[str, _Row] = {}
        self._moved: set[str] = set()
        self._build_widgets()
        self._build_layout()
        self.level_box.currentIndexChanged.connect(self._on_level_chosen)
        self.follow_button.clicked.connect(self.follow)
        self.reset_button.clicked.connect(self.reset)
        self.buttons.rejected.connect(self.reject)
        context.events.language_changed.connect(self.retranslate)
        self.resize(820, 600)
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        self.level_label = plain_label()
        self.level_box = QComboBox(self)
        for grade in self._sheet.checklist.grades:
            self.level_box.addItem("", grade.key)
        self.level_label.setBuddy(self.level_box)
        self.heading_label = plain_label("section", wrap=True)
        self.steps_label = plain_label(wrap=True, selectable=True)
        self.hint_label = plain_label("muted", wrap=True)
        self.outcome_label = plain_label("section", wrap=True)
        self.follow_button = QPushButton(self)
        self.reset_button = QPushButton(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)

    def _build_layout(self) -> None:
        choice = QHBoxLayout()
        choice.addWidget(self.level_label)
        choice.addWidget(self.level_box)
        choice.addStretch(1)
        choice.addWidget(self.follow_button)
        choice.addWidget(self.reset_button)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for index, item in enumerate(self._sheet.checklist.items()):
            self._add_row(grid, index, item)
        grid.setRowStretch(grid.rowCount(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        for widget in (self.heading_label, self.steps_label):
            column.addWidget(widget)
        column.addLayout(choice)
        column.addWidget(self.hint_label)
        column.addWidget(scrolling(inside), 1)
        column.addWidget(self.outcome_label)
        column.addWidget(self.buttons)

    def _add_row(self, grid: QGridLayout, index: int, item: Item) -> None:
        score = self._sheet.scorecard.item(item.key)
        if score is None or not score.applies:
            return
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, -int(-score.full * NOTCHES // 1))
        slider.setPageStep(NOTCHES)
        row = _Row(score, ElidedLabel(), slider, plain_label())
        row.points.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for place, widget in enumerate((row.name, slider, row.points)):
            grid.addWidget(widget, index, place)
        self._rows[item.key] = row
        self._put_back(row)
        slider.valueChanged.connect(lambda _value, key=item.key: self._on_moved(key))

    # --- public

    def follow(self) -> None:
        """Set the sliders as the shortest way has it."""
        self.reset()
        for step in self._advice.path.steps if self._advice else ():
            row = self._rows.get(step.key)
            if row is not None and step.then is not None:
                row.slider.setValue(row.slider.maximum() if step.then else 0)

    def reset(self) -> None:
        """Set every slider back to the record."""
        self._moved.clear()
        for row in self._rows.values():
            self._put_back(row)
        self._show_outcome()

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, text = self._context.i18n.tr, self._context.i18n.text
        self.setWindowTitle(tr("path.title", site=self._sheet.site.name))
        self.level_label.setText(tr("path.level"))
        self.hint_label.setText(tr("path.hint"))
        self.follow_button.setText(tr("path.follow"))
        self.reset_button.setText(tr("path.reset"))
        for index, grade in enumerate(self._sheet.checklist.grades):
            self.level_box.setItemText(index, text(grade.text))
        for item in self._sheet.checklist.items():
            if item.key in self._rows:
                name = f"{item.number} {text(with_numbers(item.text, self._sheet.checklist, self._sheet.on))}"
                self._rows[item.key].name.setText(name)
                self._rows[item.key].slider.setAccessibleName(name)
        self._advise(None if self._advice is None else self._advice.path.target)

    # --- slots

    def _on_level_chosen(self, _index: int) -> None:
        self._advise(str(self.level_box.currentData()))

    def _on_moved(self, key: str) -> None:
        self._moved.add(key)
        self._show_outcome()

    # --- parts

    def _advise(self, target: str | None) -> None:
        """Find the way to a level; without one, to the next."""
        wording = self._context.i18n.wording
        self._advice = advise(self._sheet, wording, target=target)
        if self._advice is None:
            self.heading_label.setText(self._context.i18n.tr("advising.none"))
            self.steps_label.hide()
        else:
            self.heading_label.setText(self._advice.heading)
            self.steps_label.setText("\n".join(self._advice.steps) if self._advice.path.reachable else "")
            self.steps_label.setVisible(bool(self.steps_label.text()))
            self.level_box.blockSignals(True)
            self.level_box.setCurrentIndex(self.level_box.findData(self._advice.path.target))
            self.level_box.blockSignals(False)
        self.follow_button.setEnabled(self._advice is not None and self._advice.path.reachable)
        self._show_outcome()

    def _put_back(self, row: _Row) -> None:
        row.slider.blockSignals(True)
        row.slider.setValue(int(row.score.got.low * NOTCHES))
        row.slider.blockSignals(False)

    def _show_outcome(self) -> None:
        supposed = {key: self._rows[key].supposed for key in self._moved}
        card = suppose(self._sheet, supposed)
        sentence = verdict(card, self._sheet.checklist, self._context.i18n.wording)
        self.outcome_label.setText(
            self._context.i18n.tr("path.outcome" if supposed else "path.record", verdict=sentence)
        )
        self.reset_button.setEnabled(bool(supposed))
        for key, row in self._rows.items():
            points = supposed.get(key, row.score.got.low)
            row.points.setText(
                self._context.i18n.tr("desk.got_of_full", got=printed(points), full=printed(row.score.full))
            )

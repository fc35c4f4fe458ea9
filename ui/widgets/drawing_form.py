"""The form of a drawing by lot: what is drawn from what, who inspects, who does not go where, and the seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.drawing_conflicts import DrawingConflicts
from ui.widgets.names_edit import NamesEdit
from ui.widgets.plain import plain_label
from wufei_cells.domain.drawings import Choice, Declared, Pool
from wufei_cells.domain.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext, Places

MOST, MOST_MONTHS, PERCENT = 99_999, 240, 100
STAGES = (Stage.FINISHED, Stage.REVIEWED, Stage.APPROVED, Stage.NOTICED, Stage.NAMED)


class DrawingForm(QWidget):
    """Takes everything a drawing needs.

    Signals:
        changed: the list would be another one now.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._remembered: list[Declared] = []
        self._build_widgets()
        self._build_layout()
        for box in (self.pool_box, self.category_box, self.district_box, self.unit_box):
            box.currentIndexChanged.connect(self.changed)
        for spin in (self.months_spin, self.number_spin, self.per_site_spin):
            spin.valueChanged.connect(self.changed)
        self.title_edit.textChanged.connect(self.changed)
        self.weighted_box.toggled.connect(self.changed)
        self.people_edit.textChanged.connect(self._on_people)
        self.conflicts.changed.connect(self.changed)

    # --- build

    def _build_widgets(self) -> None:
        tr = self._context.i18n.tr
        self.title_edit = QLineEdit()
        self.title_edit.setPlaceholderText(tr("drawing.ui_title_hint"))
        self.pool_box, self.category_box, self.district_box = QComboBox(), QComboBox(), QComboBox()
        self.pool_box.addItem(tr("drawing.pool_certified"), None)
        for stage in STAGES:
            self.pool_box.addItem(tr("drawing.pool_files", stage=stage), stage)
        self.months_spin = _spin(0, MOST_MONTHS, 0)
        self.months_spin.setSuffix(tr("drawing.ui_months"))
        self.months_spin.setSpecialValueText(tr("drawing.ui_months_none"))
        self.number_spin = _spin(1, MOST, 1)
        self.unit_box = QComboBox()
        for key in ("ui_unit_sites", "ui_unit_percent"):
            self.unit_box.addItem(tr(f"drawing.{key}"))
        self.unit_box.setAccessibleName(tr("drawing.ui_unit"))
        for box in (self.pool_box, self.category_box, self.district_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.weighted_box = QCheckBox(tr("drawing.ui_weighted"))
        self.risk_label = plain_label("caption", wrap=True)
        self.risk_label.setText(tr("drawing.ui_weighted_text"))
        self.people_edit = NamesEdit()
        self.people_edit.setPlaceholderText(tr("drawing.ui_people_hint"))
        self.per_site_spin = _spin(1, PERCENT, 2)
        self.conflicts = DrawingConflicts(self._context)
        self.seed_edit, self.source_edit, self.announced_edit = QLineEdit(), QLineEdit(), QLineEdit()
        self.seed_edit.setPlaceholderText(tr("drawing.ui_seed_hint"))
        self.source_edit.setPlaceholderText(tr("drawing.ui_source_hint"))
        self.announced_edit.setPlaceholderText(tr("drawing.ui_announced_hint"))

    def _build_layout(self) -> None:
        amount = tight(QHBoxLayout(), 6)
        amount.addWidget(self.number_spin, 1)
        amount.addWidget(self.unit_box)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 8, 16, 12)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
        self._add(0, 0, "ui_title", self.title_edit, wide=True)
        self._add(1, 0, "fact_pool", self.pool_box, wide=True)
        self._add(2, 0, "ui_category", self.category_box)
        self._add(2, 1, "ui_district", self.district_box)
        self._add(3, 0, "ui_not_checked", self.months_spin)
        self._add(3, 1, "fact_amount", amount)
        risk = tight(QVBoxLayout(), 0)
        risk.addWidget(self.weighted_box)
        risk.addWidget(self.risk_label)
        self._grid.addLayout(risk, 4, 0, 1, 2)
        self._add(5, 0, "ui_people", self.people_edit, wide=True)
        self._add(6, 0, "fact_per_site", self.per_site_spin)
        self._add(7, 0, "ui_conflicts", self.conflicts, wide=True)
        self._add(8, 0, "fact_seed", self.seed_edit, wide=True)
        self._add(9, 0, "fact_seed_source", self.source_edit, wide=True)
        self._add(10, 0, "ui_announced", self.announced_edit, wide=True)
        self._grid.setRowStretch(11, 1)

    def _add(self, row: int, column: int, key: str, field: QWidget | QHBoxLayout, *, wide: bool = False) -> None:
        """Put a field under its label."""
        box = tight(QVBoxLayout(), 2)
        label = plain_label("caption", wrap=True)
        label.setText(self._context.i18n.tr(f"drawing.{key}"))
        box.addWidget(label)
        if isinstance(field, QHBoxLayout):
            label.setBuddy(self.number_spin)
            self.number_spin.setAccessibleName(label.text())
            box.addLayout(field)
        else:
            label.setBuddy(field)
            field.setAccessibleName(label.text())
            box.addWidget(field)
        self._grid.addLayout(box, row, column, 1, 2 if wide else 1)

    # --- public

    def offer(self, places: Places, people: Sequence[str], sites: Sequence[str], declared: Sequence[Declared]) -> None:
        """Take over what can be chosen from, and the conflicts that were declared for the last drawing."""
        i18n = self._context.i18n
        self.blockSignals(True)
        for box, texts in ((self.category_box, places.categories), (self.district_box, places.districts)):
            box.clear()
            box.addItem(i18n.tr("drawing.ui_all"), None)
            for key, text in texts.items():
                box.addItem(i18n.text(text), key)
        self.people_edit.propose(people)
        self.conflicts.offer({key: i18n.text(text) for key, text in places.districts.items()}, sites)
        self._remembered = [*declared]
        self.blockSignals(False)

    def choice(self) -> Choice:
        """Give what is to be drawn."""
        stored = self.pool_box.currentData()  # a plain text, whatever was put in
        stage = Stage(stored) if stored else None
        amount, share = self.number_spin.value(), self.unit_box.currentIndex() == 1
        inspectors = self.people_edit.names
        return Choice(
            title=self.title_edit.text(),
            inspectors=inspectors,
            pool=Pool.CERTIFIED if stage is None else Pool.FILES,
            stage=stage,
            category=self.category_box.currentData(),
            district=self.district_box.currentData(),
            checked_months=self.months_spin.value(),
            weighted=self.weighted_box.isChecked(),
            number=None if share else amount,
            percent=amount if share else None,
            per_site=self.per_site_spin.value(),
            declared=self.conflicts.declared,
        )

    def seed(self) -> tuple[str, str, str]:
        """Give the seed as it was typed, where it comes from, and the hash that was announced."""
        return self.seed_edit.text(), self.source_edit.text(), self.announced_edit.text()

    @property
    def complete(self) -> bool:
        """Whether there is enough to make a list of."""
        return bool(self.title_edit.text().strip() and self.people_edit.names)

    def _on_people(self) -> None:
        """Bring back what was declared last time for those who take part now."""
        names = self.people_edit.names
        self.conflicts.offer_people(names)
        known = [one for one in self._remembered if one.inspector in names]
        if known:
            self._remembered = [one for one in self._remembered if one not in known]
            self.conflicts.show_declared([*self.conflicts.declared, *known])
        self.changed.emit()


def _spin(least: int, most: int, value: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    field.setValue(value)
    return field

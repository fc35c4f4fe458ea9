"""Numbers for single groups or items, by their keys: percentages a level asks of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ui.studio.fields import Bench, Choice, Part, beside, discard, word
from ui.studio.quantity_field import QuantityField
from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label
from wufei_cells.checklists.drafting import fields_at

if TYPE_CHECKING:
    from wufei_cells.checklists.yaml_source import Path

Names = Callable[[], list[tuple[str, str]]]


class MappingForm(Part):
    """Shows a number for each key that has one, and a box to add another."""

    def __init__(self, bench: Bench, path: Path, title: str, names: Names) -> None:
        """Build the form; ``names`` lists what can have a number: key and name."""
        super().__init__(bench, path)
        self._names = names
        self._keys: list[str] | None = None
        self._rows: list[QWidget] = []
        self.fields: dict[str, QuantityField] = {}
        self._title = plain_label("caption")
        self._title.setText(bench.tr(title))
        self.box = Choice(self)
        self.box.setAccessibleName(bench.tr(title))
        self.box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(20)
        self.box.setVisible(not self.read_only)
        self.box.activated.connect(self._on_chosen)
        self._column = tight(QVBoxLayout(self), 4)
        self._column.addWidget(self._title)
        self._column.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def refresh(self) -> None:
        """Show the numbers there are."""
        keys = list(fields_at(self.data, ()))
        if keys != self._keys:
            self._keys = keys
            self._build(keys)
        for field in self.fields.values():
            field.refresh()

    def add_key(self, key: str) -> None:
        """Begin a number for a key."""
        self.bench.session.write((*self.path, key), "60")
        self.bench.session.shown.emit((*self.path, key))

    def _build(self, keys: list[str]) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            discard(row)
        names = dict(self._names())
        self.fields = {key: QuantityField(self.bench, (*self.path, key), name="studio.percent") for key in keys}
        self._rows = [self._row(key, names.get(key, key)) for key in keys]
        for place, row in enumerate(self._rows, 1):
            self._column.insertWidget(place, row)
        self.box.clear()
        self.box.addItem(self.bench.tr("studio.grades.choose"), "")
        for key, name in names.items():
            if key not in keys:
                self.box.addItem(name, key)

    def _row(self, key: str, name: str) -> QWidget:
        button = QToolButton(self)
        button.setProperty("role", "row")
        button.setProperty("key", key)
        button.setIcon(self.bench.theme.icon("remove", "muted"))
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(self.bench.tr("studio.row.remove"))
        button.setToolTip(self.bench.tr("studio.row.remove"))
        button.setVisible(not self.read_only)
        button.clicked.connect(self._on_removed)
        label = word(name)
        label.setMinimumWidth(160)
        return beside(label, self.fields[key], word("%", "unit"), button)

    def _on_chosen(self, _place: int) -> None:
        key = str(self.box.currentData() or "")
        if key:
            self.add_key(key)

    def _on_removed(self) -> None:
        key = str(self.sender().property("key"))
        fields = {name: value for name, value in fields_at(self.data, ()).items() if name != key}
        self.bench.session.write(self.path, dict(fields))

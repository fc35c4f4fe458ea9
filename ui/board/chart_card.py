"""A card with one chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.widgets.chart_pane import ChartPane
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.context import AppContext
    from wufei_cells.charts.layout import Chart


class ChartCard(QFrame):
    """Shows a chart on a card, with room for a line of words under it.

    Signals:
        activated: a figure was pressed (its key).
    """

    activated = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.pane = ChartPane(context)
        self.note_label = plain_label("caption", wrap=True, selectable=True)
        self.note_label.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(4)
        self.column.addWidget(self.pane)
        self.column.addWidget(self.note_label)
        self.pane.activated.connect(self.activated)

    def show_chart(self, chart: Chart, height: int | None = None) -> None:
        """Show a chart."""
        self.pane.show_chart(chart, height)

    def say(self, note: str) -> None:
        """Write under the chart, or nothing."""
        self.note_label.setText(note)
        self.note_label.setVisible(bool(note))

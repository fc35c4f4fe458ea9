"""A chart with its title, its table one key away, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from ui.widgets.chart_copying import as_image, as_png, as_svg_file, as_table
from ui.widgets.chart_table_view import ChartTableView
from ui.widgets.chart_view import ChartView
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent

    from ui.context import AppContext
    from wufei_cells.charts.layout import Chart

LEAST_TABLE = 200
KEYS = {
    "charts.show_table": "T",
    "charts.copy_picture": "Ctrl+Shift+C",
    "charts.copy_data": "Ctrl+C",
    "charts.save_png": "",
    "charts.save_svg": "",
}
"""What can be done, and the keys for it while the chart or its table has the focus."""


class ChartPane(QWidget):
    """Shows one chart, or its table in its place.

    Signals:
        activated: a figure was pressed (its key).
        pointed: another figure is pointed at (its sentence; empty for none).
        save_requested: the picture is to be saved (proposed name, ending, content as bytes).
    """

    activated = Signal(object)
    pointed = Signal(str)
    save_requested = Signal(str, str, object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.title_label = plain_label("section", wrap=True)
        self.more_button = QToolButton()
        self.more_button.setProperty("role", "flat")
        self.view = ChartView(context)
        self.table = ChartTableView(context)
        self.table.hide()
        self.menu = QMenu(self)
        self.actions_by_key = {key: self._action(key) for key in KEYS}
        self.more_button.clicked.connect(self._open_menu)
        head = QHBoxLayout()
        head.addWidget(self.title_label, 1)
        head.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.view)
        layout.addWidget(self.table)
        self.view.activated.connect(self.activated)
        self.view.pointed.connect(self.pointed)
        for key, slot in (
            ("charts.show_table", self.toggle_table),
            ("charts.copy_picture", self.copy_picture),
            ("charts.copy_data", self.copy_data),
            ("charts.save_png", self._save_png),
            ("charts.save_svg", self._save_svg),
        ):
            self.actions_by_key[key].triggered.connect(slot)
        context.events.language_changed.connect(self._retranslate)
        context.events.scheme_changed.connect(self._show_icon)
        self._retranslate()
        self._show_icon()

    def _action(self, key: str) -> QAction:
        action = QAction(self)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if KEYS[key]:
            action.setShortcut(QKeySequence(KEYS[key]))
        self.addAction(action)
        self.menu.addAction(action)
        return action

    # --- public

    @property
    def shows_table(self) -> bool:
        """Whether the table stands in the chart's place."""
        return not self.table.isHidden()

    def show_chart(self, chart: Chart, height: int | None = None) -> None:
        """Show a chart; the height is what a burn-up or columns shall have, ``None`` for what suits them."""
        self.title_label.setText(chart.title)
        self.title_label.setVisible(bool(chart.title))
        self.view.show_chart(chart, height)
        self.table.show_table(chart.table())
        self._retranslate()

    # --- slots

    @Slot()
    def toggle_table(self) -> None:
        """Show the table in the chart's place, or the chart again."""
        self._fit_table()
        shown, hidden = (self.view, self.table) if self.shows_table else (self.table, self.view)
        focused = self.view.hasFocus() or self.table.hasFocus()
        hidden.hide()
        shown.show()
        if focused:
            shown.setFocus()
        self._retranslate()

    def _fit_table(self) -> None:
        """Give the table the room of the chart, no more than it needs, so that nothing below it jumps far."""
        whole = self.table.whole_height
        self.table.setMaximumHeight(whole)
        self.table.setMinimumHeight(min(whole, max(LEAST_TABLE, self.view.height())))

    @Slot()
    def _open_menu(self) -> None:
        self.menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    @Slot()
    def copy_picture(self) -> None:
        """Put the chart on the clipboard as a picture."""
        if self.view.chart:
            QGuiApplication.clipboard().setImage(as_image(self.view.chart, self._context.theme))
            self._context.notices.post(self._context.i18n.tr("charts.picture_copied"))

    @Slot()
    def copy_data(self) -> None:
        """Put the figures on the clipboard as a table."""
        if self.view.chart:
            QGuiApplication.clipboard().setMimeData(as_table(self.view.chart))
            self._context.notices.post(self._context.i18n.tr("charts.data_copied"))

    @Slot()
    def _save_png(self) -> None:
        if chart := self.view.chart:
            self.save_requested.emit(chart.title, ".png", as_png(chart, self._context.theme))

    @Slot()
    def _save_svg(self) -> None:
        if chart := self.view.chart:
            self.save_requested.emit(chart.title, ".svg", as_svg_file(chart, self._context.theme))

    @Slot()
    def _retranslate(self) -> None:
        tr = self._context.i18n.tr
        for key, action in self.actions_by_key.items():
            shown = "charts.show_picture" if key == "charts.show_table" and self.shows_table else key
            action.setText(tr(shown))
        title = self.view.chart.title if self.view.chart else ""
        self.more_button.setAccessibleName(f"{tr('charts.more')} {title}".strip())
        self.more_button.setToolTip(tr("charts.more"))
        self.table.setAccessibleName(tr("charts.table", title=title))
        self.view.setWhatsThis(tr("charts.keys"))

    @Slot()
    def _show_icon(self) -> None:
        self.more_button.setIcon(self._context.theme.icon("more", "muted"))

    # --- Qt

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the chart."""
        self.menu.popup(event.globalPos())

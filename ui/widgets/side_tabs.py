"""The right side of the scoring desk: several panels about one item, of which one is in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from ui.i18n import I18n


class SideTabs(QWidget):
    """Holds panels under a row of their names.

    Signals:
        shown: another panel came into view (its name).
    """

    shown = Signal(str)

    def __init__(self, i18n: I18n, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = ViewTabs(i18n, self, wrapping=True)
        self.stack = QStackedWidget(self)
        self._panels: dict[str, QWidget] = {}
        layout = tight(QVBoxLayout(self), 4)
        layout.addWidget(self.tabs)
        layout.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self.show_panel)

    def add(self, name: str, title_key: str, panel: QWidget) -> None:
        """Put a panel in; the first one is in view."""
        self._panels[name] = panel
        self.stack.addWidget(panel)
        self.tabs.add(name, title_key)

    def show_panel(self, name: str) -> None:
        """Bring a panel into view."""
        self.tabs.choose(name)
        self.stack.setCurrentWidget(self._panels[name])
        self.shown.emit(name)

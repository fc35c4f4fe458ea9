"""The row of filters above the list of items and the grid: states that are listed, and the way of checking."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.i18n import I18n

FILTERS = (
    *("all", "unanswered", "returned", "recheck", "deducted", "not_applicable"),
    *("without_evidence", "changed", "attention"),
)
WAYS = ("document", "site", "survey")
ANY = ""


class ListFilters(QWidget):
    """Offers the filters that show something, and the ways of checking in a menu.

    Signals:
        filter_chosen: another filter was chosen (its name).
        way_chosen: only what is checked in one way is to be listed (its name; empty: in any way).
    """

    filter_chosen = Signal(str)
    way_chosen = Signal(str)

    def __init__(self, i18n: I18n, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._way = ANY
        self._counts: dict[str, int] = {}
        self.chips = {name: QPushButton(self) for name in FILTERS}
        self.way_button = QPushButton(self)
        self.way_button.setCheckable(True)
        self.way_button.hide()
        self.way_menu = QMenu(self.way_button)
        self.way_button.setMenu(self.way_menu)
        self.ways = {name: self.way_menu.addAction("") for name in (ANY, *WAYS)}
        flow = FlowLayout(self, spacing=4)
        for chip in (*self.chips.values(), self.way_button):
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
            flow.addWidget(chip)
        self.chips["all"].setChecked(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for name, chip in self.chips.items():
            chip.clicked.connect(partial(self.filter_chosen.emit, name))
        for name, action in self.ways.items():
            action.setCheckable(True)
            action.triggered.connect(partial(self._choose_way, name))
        self.retranslate()

    # --- public

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Write how many items each filter shows; a filter that concerns none is not offered, apart from the first."""
        tr = self._i18n.tr
        for name, chip in self.chips.items():
            chip.setText(tr(f"desk.filter_{name}", count=counts.get(name, 0)))
            chip.setVisible(name in ("all", "unanswered") or bool(counts.get(name, 0)) or chip.isChecked())

    def show_ways(self, counts: Mapping[str, int]) -> None:
        """Offer the ways of checking that the list holds, where there is more than one."""
        self._counts = dict(counts)
        self.retranslate()
        several = sum(bool(count) for count in counts.values()) > 1
        for name in WAYS:
            self.ways[name].setVisible(bool(counts.get(name, 0)) or name == self._way)
        self.way_button.setVisible(several or self._way != ANY)

    def show_filter(self, which: str) -> None:
        """Show which filter is in force."""
        for name, chip in self.chips.items():
            chip.setChecked(name == which)

    def filter_after(self, which: str) -> str:
        """Give the filter that is offered after one, and after the last the first."""
        offered = [name for name, chip in self.chips.items() if not chip.isHidden()]
        place = offered.index(which) if which in offered else -1
        return offered[(place + 1) % len(offered)]

    def retranslate(self) -> None:
        """Write the ways of checking anew; the filters are written with their counts."""
        tr = self._i18n.tr
        self.ways[ANY].setText(tr("desk.way_all"))
        for name in WAYS:
            self.ways[name].setText(self._told(name))
        for name, action in self.ways.items():
            action.setChecked(name == self._way)
        self.way_button.setChecked(self._way != ANY)
        self.way_button.setText(self._told(self._way) if self._way else tr("desk.way_any"))
        self.way_button.setAccessibleName(f"{tr('desk.ways')} {self.way_button.text()}")
        self.way_button.setToolTip(tr("desk.ways"))

    # --- the rest

    def _told(self, name: str) -> str:
        return f"{self._i18n.tr(f'desk.verify_{name}')} {self._counts.get(name, 0)}"

    def _choose_way(self, name: str) -> None:
        self._way = name
        self.retranslate()
        self.way_chosen.emit(name)

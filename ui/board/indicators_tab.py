"""The indicators of the city's plan: targets, values by year, where they come from; the cells stand with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.board.board_tab import BoardTab, Told
from ui.models.board_loading import load_indicators
from ui.widgets.line_table import Line, LineTable
from ui.widgets.plain import plain_label
from ui.widgets.site_detail import read_only_because
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.indicators import IndicatorStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext
    from ui.models.board_loading import Standing
    from wufei_cells.domain.indicators import IndicatorValue, YearValue
    from wufei_cells.services.indicating import IndicatorView

YEARS = 3
"""So many years with values are shown, the last ones."""
TONES = {
    IndicatorStatus.MET: "passed",
    IndicatorStatus.ON_THE_WAY: "information",
    IndicatorStatus.MISSED: "failed",
    IndicatorStatus.UNKNOWN: "not_applicable",
}
CELLS = "cells"
NAME = 18
"""Characters of an indicator's name that are to be read."""
ALL = 40
"""Rows; a plan has some dozen indicators."""


class IndicatorsTab(BoardTab):
    """Shows the indicators; each leads to where its values are written."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._told: Told | None = None
        self._views: Sequence[IndicatorView] | None = None
        self.title_label = plain_label("section")
        self.note_label = plain_label("caption", wrap=True)
        self.empty_label = plain_label("muted", wrap=True)
        self.write_button = QPushButton()
        self.table = LineTable(context, most=ALL, name=NAME)
        self.table.chosen.connect(self._on_chosen)
        self.write_button.clicked.connect(partial(self.open_requested.emit, "indicators"))
        card = QFrame()
        card.setProperty("role", "card")
        head = QHBoxLayout()
        head.addWidget(self.title_label, 1)
        head.addWidget(self.write_button, 0, Qt.AlignmentFlag.AlignTop)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        inside.addLayout(head)
        for widget in (self.note_label, self.empty_label, self.table):
            inside.addWidget(widget)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.retranslate()

    # --- public

    def show_told(self, told: Told) -> None:
        """Show a board, of which the cells have a line."""
        self._told = told
        self.retranslate()

    def ask_more(self, told: Told) -> None:
        """Ask for the indicators."""
        done = partial(self._on_indicators, told.standing)
        self.context.ask(self, partial(load_indicators, told.standing.asked), done)

    def show_indicators(self, views: Sequence[IndicatorView]) -> None:
        """Show the indicators."""
        self._views = views
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, views = self.context.i18n.tr, self._views
        self.title_label.setText(tr("overview.indicators.title"))
        self.note_label.setText(tr("overview.indicators.note"))
        self.note_label.setVisible(any(row.said.preliminary for view in views or () for row in view.values))
        self.write_button.setText(tr("overview.indicators.write"))
        self.write_button.setEnabled(self.context.as_of is None)
        self.write_button.setToolTip(read_only_because(self.context))
        self.empty_label.setText(tr("overview.indicators.none"))
        self.empty_label.setVisible(views is not None and not views)
        self.table.setVisible(bool(views))
        self.table.setAccessibleName(tr("overview.indicators.title"))
        if views and self._told:
            years = _years(views, self._told.standing.board.on.year)
            known = [tr(f"overview.indicators.{name}") for name in ("name", "baseline")]
            heads = [*known, *map(str, years), tr("overview.indicators.target"), tr("overview.indicators.status")]
            heads += [tr("overview.indicators.lead"), tr("overview.indicators.source")]
            lines = [self._cells(self._told, years), *(self._line(view, years) for view in views)]
            self.table.set_sides(right=range(1, len(years) + 3), giving_way=(len(heads) - 1, len(heads) - 2, 1))
            self.table.show_lines(heads, lines)

    # --- parts

    def _on_indicators(self, standing: Standing, views: tuple[IndicatorView, ...]) -> None:
        if self._told and self._told.standing is standing:
            self.show_indicators(views)

    def _cells(self, told: Told, years: Sequence[int]) -> Line:
        """Give the line of the valid cells: the one indicator that the register counts itself."""
        tr, board = self.context.i18n.tr, told.standing.board
        ends = {row.month.first.year: row.valid.count for row in board.months}
        values = (str(ends[year]) if year in ends else "–" for year in years)
        target = "–"
        if board.goal is not None:
            target = tr("overview.indicators.target_year", value=board.goal, year=board.by.year)
        status = IndicatorStatus.UNKNOWN
        if board.goal is not None:
            met = board.valid.count >= board.goal
            missed = board.by < board.on and board.at_goal_day.count < board.goal
            status = IndicatorStatus.MISSED if missed else IndicatorStatus.MET if met else IndicatorStatus.ON_THE_WAY
        name = tr("overview.indicators.cells")
        said = (name, "–", *values, target, tr(f"overview.indicators.{status.value}"))
        source = tr("overview.indicators.counted")
        return Line(CELLS, (*said, "", source), {len(said) - 1: TONES[status]})

    def _line(self, view: IndicatorView, years: Sequence[int]) -> Line:
        i18n, indicator = self.context.i18n, view.indicator
        values = {row.said.year: row.said for row in view.values}
        shown = [self._value(values.get(year)) for year in years]
        unit = i18n.text(indicator.unit)
        name = i18n.tr("overview.indicators.named", name=i18n.text(indicator.text), unit=unit) if unit else ""
        baseline, target = self._of_year(indicator.baseline), self._of_year(view.target)
        said = (name or i18n.text(indicator.text), baseline, *shown, target)
        lead = i18n.tr("desk.list_separator").join(i18n.text(one) for one in indicator.leads)
        status = i18n.tr(f"overview.indicators.{view.status.value}")
        source = view.latest.source if view.latest else i18n.text(indicator.source)
        return Line(str(indicator.key), (*said, status, lead, source), {len(said): TONES[view.status]})

    def _value(self, said: IndicatorValue | None) -> str:
        if said is None:
            return "–"
        value = plain(said.value)
        return self.context.i18n.tr("overview.indicators.preliminary", value=value) if said.preliminary else value

    def _of_year(self, one: YearValue | None) -> str:
        tr = self.context.i18n.tr
        return tr("overview.indicators.target_year", value=plain(one.value), year=one.year) if one else "–"

    def _on_chosen(self, key: str) -> None:
        if key == CELLS and self._told:
            self.list_requested.emit(self._told.standing.board.valid.behind)
        else:
            self.open_requested.emit("indicators")


def _years(views: Sequence[IndicatorView], of_the_board: int) -> list[int]:
    """Give the last years of which there are values: always that of the board, in which the cells have one."""
    known = sorted({row.said.year for view in views for row in view.values} | {of_the_board})
    return known[-YEARS:]

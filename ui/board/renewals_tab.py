"""What runs out: the months to come, and the certificates that come next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.board.board_tab import BoardTab, Told
from ui.models.board_loading import load_endings
from ui.widgets.line_table import Line, LineTable
from ui.widgets.plain import plain_label
from wufei_cells.services import board_pictures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ui.context import AppContext
    from ui.models.board_loading import Ending, Standing

HEIGHT = 300
COLUMNS = ("site", "category", "district", "certificate", "until", "left", "state")


class RenewalsTab(BoardTab):
    """Shows what runs out, and whether anything is done about it."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._told: Told | None = None
        self._endings: Sequence[Ending] = ()
        self.cliff = self.chart_card()
        self.table = LineTable(context, right={5}, giving_way=(3, 1, 2))
        self.table.chosen.connect(self.site_requested)
        self.title_label = plain_label("section")
        self.empty_label = plain_label("muted", wrap=True)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        inside.addWidget(self.title_label)
        inside.addWidget(self.empty_label)
        inside.addWidget(self.table)
        self.column.addWidget(self.cliff)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.retranslate()

    # --- public

    def show_told(self, told: Told) -> None:
        """Show a board."""
        if self._told and self._told.standing is told.standing and self._told.words == told.words:
            return
        self._told = told
        board = told.standing.board
        self.cliff.show_chart(board_pictures.runs_out(board, told.words), HEIGHT)
        self.cliff.say(_cliff(board.by, told))

    def ask_more(self, told: Told) -> None:
        """Ask for the certificates that run out next."""
        self.context.ask(self, partial(load_endings, told.standing.board), partial(self._on_endings, told.standing))

    def show_endings(self, endings: Sequence[Ending]) -> None:
        """List the certificates that run out next."""
        self._endings = endings
        self.retranslate()

    def retranslate(self) -> None:
        """Write the list anew."""
        tr = self.context.i18n.tr
        self.title_label.setText(tr("overview.renewals.title"))
        self.empty_label.setText(tr("overview.renewals.none"))
        self.empty_label.setVisible(not self._endings)
        self.table.setVisible(bool(self._endings))
        self.table.setAccessibleName(tr("overview.renewals.title"))
        if self._told:
            heads = [tr(f"overview.renewals.{name}") for name in COLUMNS]
            self.table.show_lines(heads, [self._line(one, self._told) for one in self._endings])

    # --- parts

    def _on_endings(self, standing: Standing, endings: tuple[Ending, ...]) -> None:
        if self._told and self._told.standing is standing:
            self.show_endings(endings)

    def _line(self, one: Ending, told: Told) -> Line:
        tr, words = self.context.i18n.tr, told.words
        days = (one.until - told.standing.board.on).days
        tone = "passed" if one.under_way else "attention" if one.due else ""
        state = tr("overview.renewals.under_way" if one.under_way else "overview.renewals.open")
        if told.standing.board.on < told.standing.today:
            state, tone = "–", ""  # what is begun is known as it stands today
        cells = (one.site_name, words.category(one.category), words.district(one.district), one.number)
        left = tr("overview.renewals.days", days=days)
        return Line(one.site, (*cells, one.until.isoformat(), left, state), {6: tone} if tone else {})


def _cliff(by: date, told: Told) -> str:
    """Say what is left on the day of the goal when nothing is renewed."""
    board = told.standing.board
    if by <= board.on or board.on < told.standing.today:
        return ""
    at = board.at_goal_day.count
    return told.words.wording.say("overview.renewals.cliff", by=told.words.until(by), now=board.valid.count, then=at)

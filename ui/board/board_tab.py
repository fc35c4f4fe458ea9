"""What the tabs of the board share: they scroll, show a board, and lead to lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.board.chart_card import ChartCard
from ui.widgets.plain import scrolling
from wufei_cells.services.board_words import BoardWords

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ui.context import AppContext
    from ui.models.board_loading import Standing
    from wufei_cells.board.forecast import Forecast, TooLittle

SIDE_BY_SIDE = 900
"""Pixels of width, at the usual size of type, from which on there is room for two columns."""


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to show: the board, and what came after it so far."""

    standing: Standing
    words: BoardWords
    outlook: Forecast | TooLittle | None = None
    """``None`` while it is being worked out."""


def words_for(context: AppContext, standing: Standing) -> BoardWords:
    """Give the words of the board in the window's language."""
    places = standing.places
    return BoardWords(context.i18n.wording, places.categories, places.districts, standing.today)


class BoardTab(QWidget):
    """One tab. Subclasses fill in ``show_told``.

    Signals:
        list_requested: somebody wants the list behind a figure (Selection, LostAt, Todo or SiteFilter).
        site_requested: somebody wants to see a site (its id).
        open_requested: a dialog shall be opened (its name).
    """

    list_requested = Signal(object)
    site_requested = Signal(str)
    open_requested = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.cards: list[ChartCard] = []
        self._asked_for: Standing | None = None
        self._turning: list[tuple[QBoxLayout, int]] = []
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(24, 4, 24, 24)
        self.column.setSpacing(16)
        self.area = scrolling(self.inside)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    # --- public

    def come_into_view(self, told: Told) -> None:
        """Ask for what is not there yet."""
        if self._asked_for is not told.standing:
            self._asked_for = told.standing
            self.ask_more(told)

    # --- for subclasses

    def show_told(self, told: Told) -> None:
        """Show a board; called again with what came later."""
        raise NotImplementedError

    def ask_more(self, told: Told) -> None:
        """Ask for what the tab shows besides the board; called once for each board, when the tab is in view."""

    def retranslate(self) -> None:
        """Write the words that stand on the tab itself."""

    def chart_card(self) -> ChartCard:
        """Make a card whose figures lead to their lists."""
        card = ChartCard(self.context)
        card.activated.connect(self.list_requested)
        self.cards.append(card)
        return card

    def beside(self, *, from_width: int = SIDE_BY_SIDE) -> QBoxLayout:
        """Make a row whose parts stand below each other where there is little room."""
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(16)
        self._turning.append((row, from_width))
        return row

    # --- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn rows into columns where there is little room."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Choose the direction of rows for the width."""
        width = self.width() * 14 / self.context.theme.type_size
        for row, least in self._turning:
            narrow = width < least
            row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

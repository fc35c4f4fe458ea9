"""Settles what stands side by side at the item on the desk: by choosing one of the answers, or by answering again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from ui.models.desk_reading import DeskReading
    from ui.models.scoring_session import ScoringSession
    from ui.widgets.desk_view import DeskView
    from wufei_cells.domain.answers import Answer


class DeskConflict(QObject):
    """Shows the answers between which somebody has to choose, and takes the choice."""

    def __init__(self, session: ScoringSession, reading: DeskReading, view: DeskView, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._reading = reading
        self._card = view.card
        self._key = ""
        view.position_given.connect(self._card.conflict.choose)
        self._card.conflict.chosen.connect(self._on_chosen)

    def show_key(self, key: str) -> None:
        """Show what stands at the item that is on the desk."""
        self._key = key
        self._card.conflict.show_told(self._reading.at_odds(key), editable=self._session.unlocked(key))

    def choose(self, digit: int) -> None:
        """Act on a digit: the answer that is shown, given again with all of them in view, settles it too."""
        taken, session = self._card.choose(digit), self._session
        if taken and session.at_odds(self._key) and self._card.answer() == session.rows[self._key].answer:
            session.settle_conflict(self._key, self._card.answer())

    def _on_chosen(self, answer: Answer) -> None:
        self._card.set_answer(answer)
        self._session.settle_conflict(self._key, answer)

"""The list beside the scoring desk and what it shows: filters, ways of checking, words, and how many of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.models.desk_items_model import DeskItemsModel, ItemFilter, ItemState
from wufei_cells.domain.checklists import Verify

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.desk.desk_panels import Beside
    from ui.models.desk_reading import DeskReading
    from ui.models.scoring_session import ScoringSession
    from ui.widgets.desk_view import DeskView
    from wufei_cells.services.prechecking import Precheck


class DeskList(QObject):
    """Keeps the list at what the person wants to see of it.

    Signals:
        let_through: filter and way of checking let other items through than before (their keys; ``None``: all).
    """

    let_through = Signal(object)

    def __init__(self, context: AppContext, session: ScoringSession, reading: DeskReading, view: DeskView) -> None:
        super().__init__(view)
        self._i18n = context.i18n
        self._reading = reading
        self._view = view
        self.items = DeskItemsModel(session, context.i18n, self)
        self._let_through: frozenset[str] | None = None
        view.item_list.setModel(self.items)
        view.filter_chosen.connect(self.set_filter)
        view.way_chosen.connect(self._on_way_chosen)
        view.words_typed.connect(self._on_words_typed)

    # --- public

    def keep(self, key: str) -> None:
        """Let the item on the desk stay in the list whatever the filter."""
        self.items.kept = key
        self.items.update()

    def update(self) -> None:
        """Take over what the session holds."""
        self.items.update()
        self.reveal()
        self.show_counts()

    def reveal(self) -> None:
        """Scroll to the item on the desk."""
        self._view.item_list.reveal(self.items.index_of(self.items.kept))

    def set_filter(self, which: str) -> None:
        """List only some of the items."""
        self.items.filter = ItemFilter(which)
        self._view.filters.show_filter(which)
        self.update()

    def turn_filter(self) -> None:
        """Go on to the next filter that is offered; nothing where the view has no filters."""
        if not self._view.filters.isHidden():
            self.set_filter(self._view.filters.filter_after(self.items.filter.value))

    def show_counts(self) -> None:
        """Write how many items each filter would show, and tell the grid which it may; it has words of its own."""
        words = self._view.view == "items"
        self._view.filters.show_counts({which.value: self.items.count(which, words=words) for which in ItemFilter})
        self._view.filters.show_ways({how.value: self.items.count_verify(how) for how in Verify})
        keys = self.items.let_through()
        if keys != self._let_through:
            self._let_through = keys
            self.let_through.emit(keys)

    def show_beside(self, beside: Beside) -> None:
        """Take over what stands beside the answers."""
        self.items.set_evidence_counts(beside.evidence)
        self.items.set_changed(beside.changed)
        self.show_counts()

    def show_precheck(self, standing: Precheck | None) -> None:
        """Show how the pre-check stands; nothing where nothing is asked."""
        tr = self._i18n.tr
        if standing is None or not standing.questions:
            self.items.set_precheck(None)
        elif standing.failing:
            self.items.set_precheck((ItemState.FAILED, tr("desk.precheck_choice_fails")))
        elif standing.missing:
            missing = tr("desk.facts_missing", count=len(standing.missing))
            self.items.set_precheck((ItemState.UNANSWERED, missing))
        else:
            self.items.set_precheck((ItemState.MET, ""))
        self.show_counts()

    # --- slots

    def _on_way_chosen(self, name: str) -> None:
        self.items.verify = Verify(name) if name else None
        self.update()

    def _on_words_typed(self, words: str) -> None:
        self.items.words = "" if self._reading.key_of(words.strip()) else words
        self.update()

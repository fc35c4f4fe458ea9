"""What all rooms share: a title, a refresh when they are shown stale, and the ways to other rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.context import AppContext


class Page(QWidget):
    """One room of the window. Subclasses fill in ``refresh`` and ``retranslate``.

    A page is stale until it has asked for its rows. ``mark_stale`` (connect it to events) refreshes at once when
    the page is visible, else when it is shown next.

    Signals:
        site_requested: the person wants to see a site (its id).
        sites_requested: the person wants a list of sites (SiteFilter).
        assessment_requested: the person wants to score (the assessment's id).
        issue_requested: the person wants to issue a certificate (the assessment's id).
        certificate_requested: the person wants to see a certificate (its id).
    """

    title_key: ClassVar[str] = ""
    guide_key: ClassVar[str] = ""
    """Which part of the guide F1 opens."""

    site_requested = Signal(str)
    sites_requested = Signal(object)
    assessment_requested = Signal(str)
    issue_requested = Signal(str)
    certificate_requested = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        context.events.language_changed.connect(self.retranslate)
        context.events.city_changed.connect(self.mark_stale)
        context.events.acts_arrived.connect(self.mark_stale)

    # --- for subclasses

    def refresh(self) -> None:
        """Ask for what the page shows, in the background."""

    @Slot()
    def retranslate(self) -> None:
        """Write every word of the page anew; called when the language changes and by the page when it is built."""

    def view_state(self) -> object:
        """Say what is shown and selected, so that going back finds it again."""
        return None

    def restore_view(self, state: object) -> None:
        """Show and select what ``view_state`` said."""

    # --- public

    @Slot()
    @Slot(object)
    def mark_stale(self, _change: object = None) -> None:
        """Note that what is shown may be out of date."""
        self._stale = True
        if self.isVisible():
            QTimer.singleShot(0, self, self.refresh_if_stale)  # several events of one act ask once

    @Slot()
    def refresh_if_stale(self) -> None:
        """Refresh unless what is shown is known to be current."""
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh()

    # --- Qt events

    def showEvent(self, event: QShowEvent) -> None:
        """Refresh a page that was out of date while nobody saw it."""
        super().showEvent(event)
        self.refresh_if_stale()

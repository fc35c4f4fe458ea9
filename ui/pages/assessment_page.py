"""The room of assessments: the list of them, and the scoring desk for the chosen one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.desk.scoring_desk import ScoringDesk
from ui.dialogs.openers import open_dialog
from ui.dialogs.scoresheet_export import ScoresheetExport
from ui.models.assessments_model import AssessmentsModel
from ui.models.sites_model import SiteFilter
from ui.pages.page import Page
from ui.widgets.assessments_pane import AssessmentsPane

if TYPE_CHECKING:
    from ui.context import AppContext, Change
    from wufei_cells.domain.lifecycle import Stage

LIST, DESK = 0, 1


@dataclass(frozen=True, slots=True)
class View:
    """Where the page stood: the assessment and item on the desk, and the filters of the list."""

    assessment: str
    key: str
    words: str
    stage: Stage | None
    mine: bool = False


class AssessmentPage(Page):
    """Lists the assessments and scores the chosen one; see ``Page`` for the signals."""

    title_key = "frame.room.assessment"
    guide_key = "assessment"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        """Build the page; nothing is loaded until it is shown or an assessment is opened."""
        super().__init__(context, parent)
        self._listed_id = ""
        self.listing = AssessmentsModel(context, self)
        self.pane = AssessmentsPane(context, self.listing)
        self.scoring = ScoringDesk(context)
        self._export = ScoresheetExport(context, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.pane)
        self.stack.addWidget(self.scoring)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self._connect_signals()
        self.retranslate()

    def _connect_signals(self) -> None:
        self.listing.listed.connect(self.pane.show_listed)
        self.listing.failed.connect(self.pane.show_error)
        self.pane.assessment_opened.connect(self.open_assessment)
        self.pane.sites_wanted.connect(self._open_sites)
        self.pane.import_wanted.connect(self._import_scoresheets)
        self.pane.export_wanted.connect(self._export_scoresheets)
        scoring = self.scoring
        scoring.back_requested.connect(self.show_list)
        scoring.assessment_requested.connect(self.open_assessment)
        scoring.site_requested.connect(self.site_requested)
        scoring.issue_requested.connect(self.issue_requested)
        scoring.certificate_requested.connect(self.certificate_requested)
        events = self._context.events
        events.assessment_changed.connect(self._on_changed)
        events.site_changed.connect(self._on_changed)
        events.certificate_changed.connect(self._on_changed)
        events.person_changed.connect(self.mark_stale)

    # --- public

    def refresh(self) -> None:
        """Read anew what is shown."""
        if self.stack.currentIndex() == DESK:
            self.scoring.session.reload()
        else:
            self.pane.refresh(self._listed_id)

    def open_assessment(self, assessment_id: str, key: str = "") -> None:
        """Put an assessment on the desk, at one of its items where a key is given."""
        self.stack.setCurrentIndex(DESK)
        self.setFocusProxy(self.scoring)
        self._stale = False
        self._listed_id = assessment_id
        self.scoring.open(assessment_id, key)

    def show_list(self) -> None:
        """Go back to the list of assessments."""
        self.scoring.leave()
        self.stack.setCurrentIndex(LIST)
        self.setFocusProxy(self.pane.table)
        self.pane.table.setFocus()
        self.refresh()

    def view_state(self) -> View:
        """Say what is on the desk and how the list is filtered."""
        row = self.scoring.session.assessment
        return View(row.id if row else "", self.scoring.key, self.pane.words, self.pane.stage, self.pane.mine)

    def restore_view(self, state: object) -> None:
        """Put the same assessment and item on the desk again, and filter the list as it was."""
        if not isinstance(state, View):
            return
        self.pane.show_filter(state.words, state.stage, mine=state.mine)
        if state.assessment:
            self.open_assessment(state.assessment, state.key)

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        self.pane.retranslate()
        self.listing.retranslate()
        self.scoring.retranslate()

    # --- slots

    def _open_sites(self) -> None:
        self.sites_requested.emit(SiteFilter())

    def _import_scoresheets(self) -> None:
        open_dialog("scoresheets", self._context, self)

    def _export_scoresheets(self) -> None:
        self._export.export(self.pane.listed())

    def _on_changed(self, change: Change) -> None:
        if change.initiator is not self.scoring.session:
            self.mark_stale()

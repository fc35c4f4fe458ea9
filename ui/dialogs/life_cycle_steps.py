"""The steps of the life cycle that ask something first: each loads what its dialog shows and opens it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs import application_dialog, start_dialog
from ui.dialogs.appeals_dialog import AppealsDialog
from ui.dialogs.application_dialog import ApplicationDialog, ApplicationForm
from ui.dialogs.decide_dialog import DecideDialog
from ui.dialogs.return_dialog import ReturnDialog, ReturnItem
from ui.dialogs.review_dialog import ReviewDialog
from ui.dialogs.start_dialog import StartDialog, StartForm
from ui.models import objections_reading
from ui.models.desk_items_model import item_states
from ui.models.objections_reading import Objections
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Gate
from wufei_cells.domain.lifecycle import Stage, next_stage
from wufei_cells.services.explaining import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ui.context import AppContext
    from ui.dialogs.judging_dialog import JudgingDialog
    from ui.dialogs.step_dialog import StepDialog
    from ui.models.scoring_session import ScoringSession


class LifeCycleSteps(QObject):
    """Opens the dialogs of the assessment on the desk.

    Signals:
        taken: a step was taken (AssessmentRow).
        refused: a step was refused; what is on the screen may be out of date.
        entry_requested: the person wants to look at an item (its key).
    """

    taken = Signal(object)
    refused = Signal()
    entry_requested = Signal(str)

    def __init__(self, context: AppContext, session: ScoringSession, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._session = session
        self._window = window

    # --- public

    def start(self) -> None:
        """Ask who assesses, and begin."""
        row = self._session.assessment
        if row is not None:
            self._context.ask(self, partial(start_dialog.load_form, row.site), self._on_start)

    def assessors(self) -> None:
        """Ask anew who assesses."""
        row = self._session.assessment
        if row is not None:
            self._context.ask(self, partial(start_dialog.load_running, row.id), self._on_start)

    def application(self) -> None:
        """Show the application, to be written or changed."""
        row = self._session.assessment
        if row is not None:
            job = partial(application_dialog.load_form, row.site, row.id)
            self._context.ask(self, job, self._on_application)

    def review(self) -> None:
        """Ask for the county's review."""
        self._judge(ReviewDialog)

    def decide(self) -> None:
        """Ask for the decision."""
        last = next_stage(Stage.APPROVED, self._session.process.uses) is Stage.CERTIFIED
        self._judge(partial(DecideDialog, last=last))

    def reject(self) -> None:
        """Ask for a decision against what was reviewed, approved or published."""
        self._judge(partial(DecideDialog, only_reject=True))

    def send_back(self) -> None:
        """Ask what is to be mended."""
        self.send_back_with({})

    def send_back_with(self, proposed: Mapping[str, str]) -> None:
        """Ask what is to be mended; some items are proposed, with the remark for each."""
        row = self._session.assessment
        if row is not None:
            ticked = {**row.returned, **proposed}
            self._open(ReturnDialog(self._context, row, list(self._items()), ticked, self._window))

    def appeals(self) -> None:
        """Show what was put forward against the result."""
        row = self._session.assessment
        if row is not None:
            self._context.ask(self, partial(objections_reading.load, row.id), self._on_objections)

    # --- dialogs

    def _judge(self, make: type[ReviewDialog] | partial[DecideDialog]) -> None:
        sheet, card = self._session.sheet, self._session.scorecard
        if sheet is None or card is None:
            return
        sentence = verdict(card, sheet.checklist, self._context.i18n.wording, on=sheet.on)
        dialog: JudgingDialog = make(self._context, sheet.assessment, sentence, self._window)
        dialog.entry_requested.connect(self.entry_requested)
        self._open(dialog)

    def _open(self, dialog: StepDialog) -> None:
        dialog.taken.connect(self.taken)
        dialog.refused.connect(self.refused)
        dialog.open()

    def _on_start(self, form: StartForm) -> None:
        self._open(StartDialog(self._context, form, self._window))

    def _on_application(self, form: ApplicationForm) -> None:
        self._open(ApplicationDialog(self._context, form, self._window))

    def _on_objections(self, found: Objections) -> None:
        dialog = AppealsDialog(self._context, found, self._window)
        dialog.send_back_requested.connect(self._on_send_back)
        dialog.open()

    def _on_send_back(self, item: str, reason: str) -> None:
        self.send_back_with({item: reason} if item else {})

    def _items(self) -> Iterator[ReturnItem]:
        """List everything that can be sent back."""
        sheet, card = self._session.sheet, self._session.scorecard
        if sheet is None or card is None:
            return
        states = item_states(self._session)
        for entry in sheet.checklist.entries():
            state = states[entry.key]
            told = self._context.i18n.tr(f"desk.state_{state.value}")
            score = None if isinstance(entry, Gate) else card.item(entry.key)
            if score is not None and score.answered and score.applies and score.got.settled:
                told = f"{printed(score.got.low)} / {printed(score.full)}"
            yield ReturnItem(entry.key, entry.number, self._session.text(entry.text), told, state)

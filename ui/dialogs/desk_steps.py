"""The steps that are taken with a whole assessment: finish, reopen, decide, export."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.context import Change
from ui.dialogs.explain_dialog import ExplainDialog
from ui.dialogs.life_cycle_steps import LifeCycleSteps
from ui.dialogs.path_dialog import PathDialog
from ui.dialogs.reason_dialog import ReasonDialog
from ui.dialogs.save_dialog import SaveDialog
from ui.dialogs.signing_dialog import SigningDialog
from ui.models.desk_reading import onward
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound
from wufei_cells.services.explaining import verdict
from wufei_cells.services.saving import file_name, save_file
from wufei_cells.services.total_wording import explain_total

if TYPE_CHECKING:
    from pathlib import Path

    from ui.context import AppContext, Desk
    from ui.models.scoring_session import ScoringSession
    from ui.tasks import TaskProgress
    from wufei_cells.domain.register import AssessmentRow
    from wufei_cells.wording import Wording


OPEN_ENTRIES = (
    *("prechecking.missing", "prechecking.failed", "assessing.missing", "carrying.not_rechecked"),
    "evidencing.required",
)
"""Refusals that lead to an entry that is still open."""
ASKED_FIRST = {"applying.missing": "application", "assessing.too_few": "assessors"}
"""Refusals that a dialog puts right."""
STEP_DIALOGS = ("start", "assessors", "application", "review", "decide", "reject", "send_back", "appeals")
"""The steps that ask something of their own (see ``LifeCycleSteps``)."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """What had better be looked at before an assessment is finished, by the numbers of items."""

    bare: tuple[str, ...]
    """Name evidence and have none."""
    untouched: tuple[str, ...]
    """Were sent back and not changed since."""


class DeskSteps(QObject):
    """Asks what has to be asked, takes the step in the background, and tells what came of it.

    Signals:
        missing_found: the step was refused because something is unanswered (key, and the sentence that says so).
        step_taken: the assessment stands elsewhere now.
        entry_requested: the person wants to see what a line of the explanation speaks of (key).
        bare_found: items are named that had better have evidence, or were sent back and not changed, and finishing
            once more goes on all the same; ``False`` as soon as something changes.
    """

    missing_found = Signal(str, str)
    step_taken = Signal()
    entry_requested = Signal(str)
    bare_found = Signal(bool)

    def __init__(self, context: AppContext, session: ScoringSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._session = session
        self._window = parent
        self._why: ExplainDialog | None = None
        self._anyway = ""
        """The assessment that is finished without evidence when somebody asks once more."""
        self._notice = ""
        self.life = LifeCycleSteps(context, session, parent)
        self.life.taken.connect(self._on_stepped)
        self.life.refused.connect(self.step_taken)
        self.life.entry_requested.connect(self.entry_requested)
        for changed in (session.loaded, session.answer_changed, context.events.assessment_changed):
            changed.connect(self.forget_bare)

    # --- public

    def finish(self) -> None:
        """Finish the assessment, or lead to the first thing that keeps it open."""
        row = self._session.assessment
        if row is None or row.stage is not Stage.SCORING or self._refuses("finish"):
            return
        self._session.flush()
        unsaved = next(iter(self._session.unsaved), None)
        if unsaved is not None:
            self.missing_found.emit(unsaved, self._context.i18n.tr("desk.finish_unsaved"))
            return
        if row.part_of is None:
            job = partial(_finish, row.id, row.id == self._anyway)
            self._context.ask(self, job, partial(self._on_finished, row), self._on_refused)
        else:
            self._context.ask(self, partial(_lock, row.id), self._on_stepped, self._on_refused)

    def reopen(self) -> None:
        """Ask for the reason and open the assessment again."""
        row = self._session.assessment
        if row is not None and not self._refuses("reopen"):
            dialog = ReasonDialog(self._context, "reopen", row.site_name, self._window)
            dialog.reason_given.connect(self._on_reason_given)
            dialog.open()

    def ask(self, step: str) -> None:
        """Open the dialog of a step, with everything typed on its way to disk; never one whose end must be refused."""
        self._session.flush()
        if not self._refuses(step):
            getattr(self.life, step)()

    def export(self) -> None:
        """Ask where to and write the scoresheet."""
        row = self._session.assessment
        if row is None:
            return
        self._session.flush()
        name = self._context.i18n.tr("desk.scoresheet_name", site=row.site_name)
        dialog = SaveDialog(self._context, f"{file_name(name)}.xlsx", self._window)
        dialog.path_chosen.connect(self._on_path_chosen)
        dialog.open()

    def sign(self) -> None:
        """Let people sign what stands."""
        row = self._session.assessment
        if row is not None and not self._refuses("sign"):
            self._session.flush()
            SigningDialog(self._context, row, self._window).open()

    def show_why(self) -> None:
        """Show how the total came about, beside the desk."""
        if self._why is None:
            self._why = ExplainDialog(self._context, self._window)
            self._why.entry_requested.connect(self.entry_requested)
            self._why.path_requested.connect(self.show_path)
            self._why.destroyed.connect(self._on_why_closed)
        self.refresh_why()
        self._why.show()
        self._why.raise_()

    def show_path(self) -> None:
        """Show what would get the site to the next level."""
        sheet, card = self._session.sheet, self._session.scorecard
        if sheet is not None and card is not None:
            now = replace(sheet, answers=dict(self._session.rows), scorecard=card)
            PathDialog(self._context, now, self._window).show()

    def refresh_why(self) -> None:
        """Bring the explanation up to date, if it is open."""
        sheet, card = self._session.sheet, self._session.scorecard
        if self._why is not None and sheet is not None and card is not None:
            wording, answers = self._context.i18n.wording, self._session.answers()
            lines = explain_total(card, sheet.checklist, sheet.facts, answers, wording, on=sheet.on)
            self._why.show_explanation(verdict(card, sheet.checklist, wording, on=sheet.on), lines)

    def forget_bare(self, *_what: object) -> None:
        """Take back what was said before finishing: it may not be so any more, or not of this assessment."""
        if self._anyway:
            self._anyway = ""
            self._context.notices.withdraw(self._notice)
            self.bare_found.emit(False)

    def close_why(self) -> None:
        """Close the explanation, if it is open."""
        if self._why is not None:
            self._why.close()

    def _refuses(self, step: str) -> bool:
        """Say why a step is not this person's to take, where it is not."""
        row = self._session.assessment
        refusal = self._session.rights.refusal(step, row) if row is not None else ""
        if refusal:
            self._context.notices.post(refusal, "attention")
        return bool(refusal)

    # --- slots

    def _on_why_closed(self) -> None:
        self._why = None

    def _on_reason_given(self, reason: str) -> None:
        row = self._session.assessment
        if row is not None:
            self._context.ask(self, partial(_reopen, row.id, reason), self._on_stepped, self._on_refused)

    def _on_path_chosen(self, path: Path) -> None:
        row = self._session.assessment
        if row is not None:
            job = partial(_export, row.id, self._context.i18n.wording, path)
            label = self._context.i18n.tr("desk.exporting")
            self._context.work(self, job, self._on_exported, label=label)

    def _on_exported(self, path: Path) -> None:
        self._context.notices.post(self._context.i18n.tr("desk.exported", path=str(path)), "passed")

    def _on_stepped(self, row: AssessmentRow) -> None:
        before = self._session.assessment
        following = onward(row.stage, self._session.process)
        key = f"desk.now_{following}" if row.part_of is None else "desk.now_locked"
        if row.stage is Stage.SCORING and row.part_of is None:
            same = before is not None and before.stage is Stage.SCORING
            key = "desk.now_sent_back" if row.returned else "desk.now_noted" if same else key
            key = "desk.now_started" if before is not None and before.stage is Stage.APPLIED else key
        sentence = self._context.i18n.tr(key, site=row.site_name, count=len(row.returned))
        self._context.notices.post(sentence, "failed" if row.stage is Stage.REJECTED else "passed")
        self._context.events.assessment_changed.emit(Change(row.id, self._session))
        self._context.events.progress_changed.emit()
        self.step_taken.emit()
        if row.returned and row.stage is Stage.SCORING and row.part_of is None:
            self.entry_requested.emit(next(iter(row.returned)))

    def _on_finished(self, before: AssessmentRow, found: AssessmentRow | Doubts) -> None:
        if not isinstance(found, Doubts):
            self._on_stepped(found)
        elif self._session.assessment is not None and self._session.assessment.id == before.id:
            self._anyway = before.id
            self._notice = self._doubted(before, found)
            self._context.notices.post(self._notice, "attention")
            self.bare_found.emit(True)

    def _doubted(self, row: AssessmentRow, doubts: Doubts) -> str:
        """Say what had better be looked at before finishing, and that finishing once more goes on."""
        tr = self._context.i18n.tr
        bare, untouched = (tr("desk.list_separator").join(numbers) for numbers in (doubts.bare, doubts.untouched))
        if not untouched:
            return tr("desk.finish_bare", site=row.site_name, numbers=bare)
        key = "desk.finish_untouched_bare" if bare else "desk.finish_untouched"
        return tr(key, site=row.site_name, numbers=untouched, bare=bare)

    def _on_refused(self, error: Exception) -> None:
        problems = error.problems if isinstance(error, ProblemsFound) else ()
        problem = next((one for one in problems if one.code in OPEN_ENTRIES), None)
        if problem is not None:
            self.missing_found.emit(problem.place, self._context.i18n.problem(problem))
            return
        problem = next((one for one in problems if one.code in ASKED_FIRST), None)
        if problem is not None:
            self._context.notices.post(self._context.i18n.problem(problem), "attention")
            self.ask(ASKED_FIRST[problem.code])
            return
        self._context.tasks.failed.emit(error)
        self.step_taken.emit()  # what is on the screen may be out of date: read it anew


# --- in the worker thread


def _finish(assessment: str, anyway: bool, desk: Desk) -> AssessmentRow | Doubts:
    """Finish it, or name what had better be looked at first."""
    if not anyway:
        bare = desk.assessing.wanting_evidence(desk.workspace, assessment)
        untouched = desk.returning.untouched(desk.workspace, assessment)
        if bare or untouched:
            return Doubts(bare, untouched)
    return desk.assessing.finish_assessment(desk.workspace, assessment)


def _lock(sheet: str, desk: Desk) -> AssessmentRow:
    return desk.teaming.lock(desk.workspace, sheet)


def _reopen(assessment: str, reason: str, desk: Desk) -> AssessmentRow:
    return desk.assessing.reopen_assessment(desk.workspace, assessment, reason=reason)


def _export(assessment: str, wording: Wording, path: Path, desk: Desk, _progress: TaskProgress) -> Path:
    return save_file(path, desk.exporting.scoresheet(desk.workspace, assessment, wording))

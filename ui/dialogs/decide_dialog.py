"""Approve or reject an assessment; the decision bears the name of whoever makes it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.dialogs.judging_dialog import JudgingDialog
from ui.widgets.choice_row import ChoiceRow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext, Desk
    from wufei_cells.domain.register import AssessmentRow


class DecideDialog(JudgingDialog):
    """Shows what the decision rests on and takes it, with remarks."""

    def __init__(
        self,
        context: AppContext,
        assessment: AssessmentRow,
        verdict: str,
        parent: QWidget | None = None,
        *,
        only_reject: bool = False,
        last: bool = True,
    ) -> None:
        """Build the dialog.

        Args:
            context: the window's parts.
            assessment: what is decided on.
            verdict: how it came out, in one sentence.
            parent: the window.
            only_reject: where approving is not the next step.
            last: whether a certificate is what follows.
        """
        super().__init__(context, assessment, verdict, parent)
        self._only_reject, self._last = only_reject, last
        self.approve_row, self.reject_row = ChoiceRow(0, self), ChoiceRow(1, self)
        self.approve_row.mark.setEnabled(assessment.passed is True and not only_reject)
        self.approve_row.setHidden(only_reject)
        for row in (self.approve_row, self.reject_row):
            row.show_key(False)
            row.chosen.connect(self._on_chosen)
            self.choices.addWidget(row)
        self.buttons.accepted.connect(self._on_accepted)
        self.retranslate()
        if only_reject:
            self._on_chosen(1)
        self.check()

    # --- public

    def retranslate(self) -> None:
        """Write everything anew."""
        super().retranslate()
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("desk.reject_title" if self._only_reject else "desk.decide_title"))
        self.approve_row.set_texts(tr("desk.decide_approve" if self._last else "desk.decide_approve_only"))
        self.reject_row.set_texts(tr("desk.decide_reject"))
        self._word_confirm()
        self.fit()

    def ready(self) -> bool:
        """Tell whether something is chosen, and a rejection has its remarks."""
        return self.approve_row.is_chosen() or (self.reject_row.is_chosen() and bool(self.remarks))

    def check(self) -> None:
        """Offer the step, or not, and word it."""
        super().check()
        self._word_confirm()

    # --- slots

    def _on_chosen(self, position: int) -> None:
        self.approve_row.set_chosen(position == 0)
        self.reject_row.set_chosen(position == 1)
        self.check()

    def _word_confirm(self) -> None:
        tr = self._context.i18n.tr
        approved, rejected = self.approve_row.is_chosen(), self.reject_row.is_chosen()
        key = "desk.decide_confirm_approve" if approved else "desk.decide_confirm"
        self.confirm_button.setText(tr("desk.decide_confirm_reject" if rejected else key))
        hint = "desk.decide_remarks_needed" if rejected else "desk.decide_hint"
        possible = self._only_reject or self.approve_row.mark.isEnabled()
        self.hint_label.setText(tr(hint if possible else "desk.decide_cannot_approve"))

    def _on_accepted(self) -> None:
        self.take(partial(_decide, self._assessment.id, self.approve_row.is_chosen(), self.remarks))


def _decide(assessment: str, approve: bool, remarks: str, desk: Desk) -> AssessmentRow:
    return desk.deciding.decide(desk.workspace, assessment, approve=approve, remarks=remarks)

"""Recommend a finished assessment for the county; what is not in order is sent back instead."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.dialogs.judging_dialog import JudgingDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext, Desk
    from wufei_cells.domain.register import AssessmentRow


class ReviewDialog(JudgingDialog):
    """Takes the review, with remarks."""

    def __init__(
        self, context: AppContext, assessment: AssessmentRow, verdict: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, assessment, verdict, parent)
        self.buttons.accepted.connect(self._on_accepted)
        self.retranslate()
        self.check()
        self.remarks_edit.setFocus()

    def retranslate(self) -> None:
        """Write everything anew."""
        super().retranslate()
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("desk.review_title"))
        self.hint_label.setText(tr("desk.review_hint"))
        self.confirm_button.setText(tr("desk.review_button"))
        self.fit()

    def _on_accepted(self) -> None:
        self.take(partial(_review, self._assessment.id, self.remarks))


def _review(assessment: str, remarks: str, desk: Desk) -> AssessmentRow:
    return desk.deciding.review(desk.workspace, assessment, remarks=remarks)

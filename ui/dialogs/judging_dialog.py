"""What reviewing and deciding share: the result, who made it, what a check-up finds, and room for remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.dialogs.step_dialog import StepDialog, text_field
from ui.widgets.checkup_list import CheckupList
from ui.widgets.fitting import fit_to_words
from ui.widgets.mended_list import MendedList
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.context import AppContext
    from wufei_cells.domain.register import AssessmentRow

WIDTH = 640
CHECKUPS = 132  # pixels: three hints or so


class JudgingDialog(StepDialog):
    """Shows what a judgement rests on.

    Signals:
        entry_requested: the person wants to look at an item (its key).
    """

    entry_requested = Signal(str)

    def __init__(
        self, context: AppContext, assessment: AssessmentRow, verdict: str, parent: QWidget | None = None
    ) -> None:
        """Build the head; ``verdict`` says in one sentence how the assessment came out."""
        super().__init__(context, parent)
        self._assessment = assessment
        self._verdict = verdict
        self.verdict_label = plain_label(wrap=True)
        self.people_label = plain_label("muted", wrap=True)
        self.checkup_label = plain_label("muted", wrap=True)
        self.checkups = CheckupList(context, self)
        self.checkups.setMinimumHeight(CHECKUPS)
        self.remarks_label = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.remarks_edit = text_field(80)
        self.remarks_label.setBuddy(self.remarks_edit)
        self.hint_label = plain_label("muted", wrap=True)
        self.mended = MendedList(context, self)
        for widget in (self.verdict_label, self.people_label, self.mended):
            self.body.addWidget(widget)
        self.body.addWidget(self.checkup_label)
        self.body.addWidget(self.checkups, 1)
        self.choices = QVBoxLayout()
        self.body.addLayout(self.choices)
        for widget in (self.remarks_label, self.remarks_edit, self.hint_label):
            self.body.addWidget(widget)
        self.setMinimumWidth(WIDTH)
        self.remarks_edit.textChanged.connect(self.check)
        self.checkups.jump_requested.connect(self._on_jump)
        self.checkups.load(assessment.id)
        self.mended.shown.connect(self.fit)
        self.mended.load(assessment.id, WIDTH)
        context.events.language_changed.connect(self.retranslate)

    @property
    def remarks(self) -> str:
        """What was written."""
        return self.remarks_edit.toPlainText().strip()

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, row = self._context.i18n.tr, self._assessment
        self.heading_label.setText(row.site_name)
        self.verdict_label.setText(self._verdict)
        names = tr("desk.list_separator").join(row.assessors)
        people = [tr("desk.judge_assessed", names=names, number=row.revision)]
        if row.reviewed_by:
            key = "desk.judge_reviewed_saying" if row.remarks else "desk.judge_reviewed"
            values = {"name": row.reviewed_by, "at": self._context.i18n.moment(row.reviewed_at)}
            people.append(tr(key, remarks=row.remarks, **values))
        self.people_label.setText("\n".join(people))
        self.checkup_label.setText(tr("desk.judge_checkup"))
        self.remarks_label.setText(tr("desk.decide_remarks"))
        self.remarks_edit.setAccessibleName(tr("desk.decide_remarks"))

    def _on_jump(self, _site: str, _assessment: str, item: str) -> None:
        """Close and go to what a hint is about; nothing was decided."""
        if item:
            self.reject()
            self.entry_requested.emit(item)

    def fit(self) -> None:
        """Be as high as the words need."""
        fit_to_words(self, WIDTH)

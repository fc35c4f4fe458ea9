"""Approve or reject a finished assessment; the decision bears the name of whoever makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.choice_row import ChoiceRow
from ui.widgets.desk_style import desk_style
from ui.widgets.fitting import fit_to_words

if TYPE_CHECKING:
    from ui.context import AppContext
    from wufei_cells.domain.register import AssessmentRow

WIDTH = 520


class DecideDialog(QDialog):
    """Shows what the decision rests on and takes it, with remarks.

    Signals:
        decided: the person decided (``True``: approved; remarks).
    """

    decided = Signal(bool, str)

    def __init__(
        self, context: AppContext, assessment: AssessmentRow, verdict: str, parent: QWidget | None = None
    ) -> None:
        """Build the dialog; ``verdict`` says in one sentence how the assessment came out."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._assessment = assessment
        self._verdict = verdict
        self._build_widgets()
        self._build_layout()
        for row in (self.approve_row, self.reject_row):
            row.show_key(False)
            row.chosen.connect(self._on_chosen)
        self.remarks_edit.textChanged.connect(self._check)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        context.events.language_changed.connect(self.retranslate)
        self.retranslate()
        self._check()

    # --- build

    def _build_widgets(self) -> None:
        self.site_label = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.site_label.setProperty("role", "section")
        self.verdict_label = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.approve_row = ChoiceRow(0, self)
        self.reject_row = ChoiceRow(1, self)
        self.approve_row.mark.setEnabled(self._assessment.passed is True)
        self.remarks_label = QLabel()
        self.remarks_edit = QPlainTextEdit()
        self.remarks_edit.setTabChangesFocus(True)
        self.remarks_edit.setFixedHeight(96)
        self.remarks_label.setBuddy(self.remarks_edit)
        self.hint_label = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.hint_label.setProperty("role", "muted")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.confirm_button = QPushButton()
        self.confirm_button.setProperty("role", "accent")
        self.buttons.addButton(self.confirm_button, QDialogButtonBox.ButtonRole.AcceptRole)

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        for widget in (self.site_label, self.verdict_label):
            column.addWidget(widget)
        column.addSpacing(8)
        for widget in (self.approve_row, self.reject_row, self.remarks_label, self.remarks_edit, self.hint_label):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.buttons)
        self.setMinimumWidth(WIDTH)
        self.setStyleSheet(desk_style(self._context.theme))

    # --- public

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("desk.decide_title"))
        self.site_label.setText(self._assessment.site_name)
        self.verdict_label.setText(self._verdict)
        self.approve_row.set_texts(tr("desk.decide_approve"))
        self.reject_row.set_texts(tr("desk.decide_reject"))
        self.remarks_label.setText(tr("desk.decide_remarks"))
        self.remarks_edit.setAccessibleName(tr("desk.decide_remarks"))
        self._word_confirm()
        fit_to_words(self, WIDTH)

    # --- slots

    def _on_chosen(self, position: int) -> None:
        self.approve_row.set_chosen(position == 0)
        self.reject_row.set_chosen(position == 1)
        self._check()

    def _check(self) -> None:
        remarks = bool(self.remarks_edit.toPlainText().strip())
        rejected = self.reject_row.is_chosen()
        self.confirm_button.setEnabled(self.approve_row.is_chosen() or (rejected and remarks))
        self._word_confirm()

    def _word_confirm(self) -> None:
        tr = self._context.i18n.tr
        approved, rejected = self.approve_row.is_chosen(), self.reject_row.is_chosen()
        key = "desk.decide_confirm_approve" if approved else "desk.decide_confirm"
        self.confirm_button.setText(tr("desk.decide_confirm_reject" if rejected else key))
        hint = "desk.decide_remarks_needed" if rejected else "desk.decide_hint"
        self.hint_label.setText(tr(hint if self.approve_row.mark.isEnabled() else "desk.decide_cannot_approve"))

    def _on_accepted(self) -> None:
        self.decided.emit(self.approve_row.is_chosen(), self.remarks_edit.toPlainText().strip())
        self.accept()

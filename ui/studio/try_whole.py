"""The whole checklist on a dummy site: its facts, what to suppose of what was not tried, total, verdict and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.studio.fields import Choice
from ui.studio.trial import Untried, asked_of, try_whole
from ui.studio.try_entry import today
from ui.widgets.answer_editor import tight
from ui.widgets.explain_tree import ExplainTree
from ui.widgets.facts_form import FactsForm
from ui.widgets.plain import plain_label
from wufei_cells.domain.amounts import printed
from wufei_cells.services.explaining import explain, verdict

if TYPE_CHECKING:
    from ui.studio.fields import Bench


class WholeTrialView(QWidget):
    """The verdict on a dummy site: facts, what to suppose of what was not tried, total and explanation."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.message_label = plain_label("muted", wrap=True)
        self.facts_form = FactsForm(bench.context)
        self.facts_form.fact_edited.connect(bench.session.try_fact)
        self.untried_label = plain_label("caption")
        self.untried_label.setText(bench.tr("studio.try.untried"))
        self.untried_box = Choice(self)
        for untried in Untried:
            self.untried_box.addItem(bench.tr(f"studio.try.untried_{untried.value}"), untried.value)
        self.untried_box.setAccessibleName(bench.tr("studio.try.untried"))
        self.untried_box.activated.connect(self.refresh)
        self.total_label = plain_label("figure")
        self.verdict_label = plain_label("", wrap=True, selectable=True)
        self.tree = ExplainTree(bench.i18n)
        self.tree.setMinimumHeight(160)
        self.tree.entry_requested.connect(self._on_entry_requested)
        self.forget_button = QPushButton(bench.tr("studio.try.forget"), self)
        self.forget_button.clicked.connect(bench.session.forget_trial)
        column = tight(QVBoxLayout(self))
        column.setContentsMargins(0, 0, 8, 0)
        for widget in (self.message_label, self.facts_form, self.untried_label, self.untried_box):
            column.addWidget(widget)
        for widget in (self.total_label, self.verdict_label):
            column.addWidget(widget)
        column.addWidget(self.tree, 1)
        column.addWidget(self.forget_button, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self, _chosen: int = 0) -> None:
        """Score the whole as it is now."""
        bench, session = self._bench, self._bench.session
        checklist = session.checklist
        shown = (self.facts_form, self.untried_label, self.untried_box, self.total_label, self.verdict_label, self.tree)
        for widget in shown:
            widget.setVisible(checklist is not None)
        self.message_label.setVisible(checklist is None)
        if checklist is None:
            self.message_label.setText(bench.tr("studio.try.whole_unsound", count=len(session.problems)))
            return
        self.facts_form.ask(asked_of(checklist))
        self.facts_form.show_values(session.facts)
        on = max(today(), checklist.effective_from)
        card = try_whole(checklist, session.facts, session.answers, Untried(self.untried_box.currentData()), on)
        low, high = printed(card.total.low), printed(card.total.high)
        self.total_label.setText(low if low == high else f"{low}–{high}")
        self.verdict_label.setText(verdict(card, checklist, bench.i18n.wording, on=on))
        self.tree.show_lines(explain(card, checklist, bench.i18n.wording, on=on))

    def _on_entry_requested(self, key: str) -> None:
        self._bench.session.show_key(key)

"""Publish a draft: what changes against the edition in force, what it means for the sites, and one confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from ui.models.versions import compare_versions
from ui.widgets.answer_editor import tight
from ui.widgets.desk_style import desk_style
from ui.widgets.fitting import fit_to_words
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from ui.models.versions import Version
    from ui.tasks import TaskProgress
    from wufei_cells.checklists.comparison import Comparison
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.services.impact import Impact
    from wufei_cells.wording import Wording

WIDTH = 600
ROWS = ("day", "kind", "before", "changes", "city", "impact")


@dataclass(frozen=True, slots=True)
class Consequences:
    """What publishing would do."""

    impact: Impact
    comparison: Comparison | None
    """``None``: the category has no edition to compare with."""
    overridden: tuple[str, ...]
    """Which numbers will not count, because the city has its own: a sentence each."""


class PublishDialog(QDialog):
    """Shows what publishing does and asks once, because it cannot be undone.

    Signals:
        publish_confirmed: the draft is to be published.
        comparison_requested: the person wants to see every change.
        impact_requested: the person wants to see every site.
    """

    publish_confirmed = Signal()
    comparison_requested = Signal()
    impact_requested = Signal()

    def __init__(
        self,
        context: AppContext,
        checklist: Checklist,
        draft: Version,
        before: Version | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._checklist = checklist
        self._before = before
        self._build_widgets()
        self._build_layout()
        self.compare_button.clicked.connect(self.comparison_requested)
        self.impact_button.clicked.connect(self.impact_requested)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        self.state_view.action_triggered.connect(self._ask)
        self._draft = draft
        self.resize(WIDTH, 420)
        self._ask()

    # --- build

    def _build_widgets(self) -> None:
        i18n, checklist = self._context.i18n, self._checklist
        tr = i18n.tr
        self.setWindowTitle(tr("checklists.publish.title"))
        self.heading_label = plain_label("section", wrap=True)
        self.heading_label.setText(
            tr("checklists.publish.heading", title=i18n.text(checklist.title), edition=checklist.edition)
        )
        self.texts = {
            name: plain_label("", wrap=True) for name in ("day", "kind", "before", "changes", "city", "impact")
        }
        self.names = {name: plain_label("muted") for name in self.texts}
        for name, label in self.names.items():
            label.setText(tr(f"checklists.publish.{name}"))
        self.texts["day"].setText(i18n.day(checklist.effective_from))
        self.texts["kind"].setText(tr("checklists.official" if checklist.official else "checklists.model"))
        before = self._before.label if self._before else tr("checklists.publish.first")
        self.texts["before"].setText(before)
        self.compare_button = QPushButton(self._context.theme.icon("compare"), tr("checklists.publish.see_changes"))
        self.compare_button.setVisible(self._before is not None)
        self.impact_button = QPushButton(self._context.theme.icon("impact"), tr("checklists.publish.see_impact"))
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.setText(tr("checklists.publish.hint"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.confirm_button = QPushButton(tr("studio.publish"))
        self.confirm_button.setProperty("role", "accent")
        self.confirm_button.setEnabled(False)
        self.buttons.addButton(self.confirm_button, QDialogButtonBox.ButtonRole.AcceptRole)

    def _build_layout(self) -> None:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(self.texts):
            grid.addWidget(self.names[name], row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.texts[name], row, 1)
        for button, name in ((self.compare_button, "changes"), (self.impact_button, "impact")):
            grid.addWidget(button, list(self.texts).index(name), 2, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(self.texts), 1)
        self.state_view = StateView(self._context, inside)
        column = tight(QVBoxLayout(self), 12)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.heading_label)
        column.addWidget(self.state_view, 1)
        column.addWidget(self.hint_label)
        column.addWidget(self.buttons)
        self.setStyleSheet(desk_style(self._context.theme))

    # --- what it does

    def _ask(self) -> None:
        self.state_view.expect_content()
        wording = self._context.i18n.wording
        question = partial(_consequences, self._checklist, self._draft, self._before, wording)
        label = self._context.i18n.tr("checklists.impact.working")
        self._context.work(self, question, self._on_known, self.state_view.show_error, label=label)

    def _on_known(self, known: Consequences) -> None:
        tr = self._context.i18n.tr
        self.texts["changes"].setText(self._changes(known.comparison))
        counts = {shift.value: known.impact.count(shift) for shift in _shifts()}
        told = [tr(f"checklists.shift.{shift}", count=count) for shift, count in counts.items() if count]
        self.texts["city"].setText("\n".join(known.overridden))
        for label in (self.names["city"], self.texts["city"]):
            label.setVisible(bool(known.overridden))
        total = len(known.impact.cells)
        text = tr("checklists.publish.impact_count", total=total) if total else tr("checklists.publish.impact_none")
        self.texts["impact"].setText("\n".join([text, tr("studio.list_comma").join(told)]) if total else text)
        self.impact_button.setVisible(total > 0)
        self.state_view.show_content()
        self.confirm_button.setEnabled(True)
        self.confirm_button.setFocus()
        fit_to_words(self, WIDTH)

    def _changes(self, comparison: Comparison | None) -> str:
        tr = self._context.i18n.tr
        if comparison is None:
            return tr("checklists.publish.no_comparison")
        if not comparison:
            return tr("comparing.equal")
        from wufei_cells.services.comparing_editions import change_notice  # noqa: PLC0415 - loaded by the worker

        notice = change_notice(comparison, self._context.i18n.wording)
        figures = tr("studio.list_comma").join(
            f"{caption} {figure}" for figure, caption in notice.figures if figure != "0"
        )
        return "\n".join(text for text in (*notice.summary, figures) if text)

    def _on_accepted(self) -> None:
        self.publish_confirmed.emit()
        self.accept()


def _shifts():
    from wufei_cells.services.impact_comparison import Shift  # noqa: PLC0415

    return Shift


def _consequences(
    checklist: Checklist, draft: Version, before: Version | None, wording: Wording, desk: Desk, progress: TaskProgress
) -> Consequences:
    comparison = compare_versions(before, draft, desk) if before else None
    numbers = desk.city_numbers
    told = tuple(numbers.override_text(each, wording) for each in numbers.overridden_here(desk.workspace, checklist))
    return Consequences(desk.impact.impact(desk.workspace, checklist, report=progress.report), comparison, told)

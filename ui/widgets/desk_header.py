"""The head of the scoring desk: what is being scored, and what can be done with the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.elided_label import ElidedLabel
from wufei_cells.domain.lifecycle import PASSED, Stage, next_stage
from wufei_cells.domain.process import Process

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from ui.i18n import I18n
    from ui.theme import Theme
    from wufei_cells.domain.register import AssessmentRow
    from wufei_cells.services.browsing import Sheet

# What leads to the stage that a city comes to next.
NEXT: dict[tuple[Stage, Stage], str] = {
    (Stage.APPLIED, Stage.SCORING): "start",
    (Stage.SCORING, Stage.FINISHED): "finish",
    (Stage.FINISHED, Stage.REVIEWED): "review",
    (Stage.FINISHED, Stage.APPROVED): "decide",
    (Stage.REVIEWED, Stage.APPROVED): "decide",
    (Stage.APPROVED, Stage.CERTIFIED): "issue",
    (Stage.NOTICED, Stage.CERTIFIED): "issue",
    (Stage.NAMED, Stage.CERTIFIED): "issue",
}
# What else can be done in each stage.
BESIDE: dict[Stage, tuple[str, ...]] = {
    Stage.FINISHED: ("send_back",),
    Stage.REVIEWED: ("send_back",),
    Stage.REJECTED: ("reopen",),
    Stage.CERTIFIED: ("certificate",),
    Stage.STOPPED: ("reopen",),
}
# What can be done less often.
IN_MENU: dict[Stage, tuple[str, ...]] = {
    Stage.APPLIED: ("application",),
    Stage.SCORING: ("assessors", "application", "send_more"),
    Stage.FINISHED: ("appeals", "reopen", "reject"),
    Stage.REVIEWED: ("appeals", "reopen"),
    Stage.APPROVED: ("send_back_again", "appeals", "reopen", "reject"),
    Stage.REJECTED: ("send_back_again", "appeals"),
    Stage.NOTICED: ("send_back_again", "appeals", "reject"),
    Stage.NAMED: ("appeals",),
    Stage.CERTIFIED: ("appeals",),
}
ALWAYS = ("sign", "print_filled", "print_blank", "fill_template", "starter_template")
MENU = ("assessors", "application", "send_more", "send_back_again", "appeals", "reopen", "reject")
BUTTONS = ("start", "finish", "review", "decide", "issue", "to_certificates", "certificate", "send_back", "reopen")
SAME = {"send_back_again": "send_back", "send_more": "send_back"}
"""Entries of the menu that do what a button does in another stage."""


def next_step(stage: Stage, process: Process) -> str:
    """Name the button that leads on from a stage; empty where another assessment begins, or the chain ends."""
    following = next_stage(stage, process.uses)
    if following is None:
        return ""
    return NEXT.get((stage, following), "to_certificates" if stage in PASSED else "")


class Rights(Protocol):
    """What the person who works here may do (see ``ui.models.desk_rights``)."""

    def refusal(self, step: str, row: AssessmentRow) -> str:
        """Say why a step is not offered; empty where it is."""
        ...

    def waits(self, step: str, row: AssessmentRow, named: str) -> str:
        """Say for whom a step, in its button's words, waits that is not this person's; empty where it is."""
        ...


class DeskHeader(QWidget):
    """Names the assessment and holds its buttons.

    Signals:
        back_requested: the person wants the list of assessments again.
        step_requested: the person wants to take a step (one of ``BUTTONS``, ``MENU`` or ``ALWAYS``, or ``export``).
    """

    back_requested = Signal()
    step_requested = Signal(str)

    def __init__(self, i18n: I18n, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._theme = theme
        self._sheet: Sheet | None = None
        self._process = Process()
        self._rights: Rights | None = None
        self._missing = 0
        self._bare = False
        self.back_button = QPushButton(self)
        self.back_button.setProperty("role", "flat")
        self.site_label = ElidedLabel("section")
        self.details_label = ElidedLabel("caption")
        self.buttons = {step: QPushButton(self) for step in (*BUTTONS, "export")}
        self.more_button = QPushButton(self)
        self.more_menu = QMenu(self.more_button)
        self.more_menu.setToolTipsVisible(True)
        self.more_button.setMenu(self.more_menu)
        self.more = {step: self.more_menu.addAction("") for step in MENU}
        self._line = self.more_menu.addSeparator()
        self.more |= {step: self.more_menu.addAction("") for step in ALWAYS}
        for step, action in self.more.items():
            action.setData(SAME.get(step, step))
        self.more_menu.triggered.connect(self._on_more)
        self._build_layout()
        self.back_button.clicked.connect(self.back_requested)
        for button in self.buttons.values():
            button.clicked.connect(self._on_clicked)
        theme.changed.connect(self._draw_icons)
        self._draw_icons()

    def _build_layout(self) -> None:
        names = tight(QVBoxLayout(), 2)
        names.addWidget(self.site_label)
        names.addWidget(self.details_label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self.back_button)
        layout.addLayout(names, 1)
        layout.addWidget(self.more_button)
        for step in ("export", *reversed(BUTTONS)):
            layout.addWidget(self.buttons[step])

    # --- public

    def show_sheet(self, sheet: Sheet, missing: int, process: Process, rights: Rights) -> None:
        """Show an assessment; ``missing`` things keep it from being finished, ``rights`` say who may take its steps."""
        self._sheet, self._process, self._rights = sheet, process, rights
        self._missing = missing
        self.retranslate()

    def show_bare(self, bare: bool) -> None:
        """Say on the button that finishing goes on although evidence is wanting, or no more."""
        self._bare = bare
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._i18n.tr
        part = self._sheet is not None and self._sheet.assessment.part_of is not None
        self.back_button.setText(tr("desk.back_to_whole" if part else "desk.all_assessments"))
        for step, button in self.buttons.items():
            button.setText(tr(f"desk.step_{step}"))
        self.more_button.setText(tr("desk.more"))
        for step, action in self.more.items():
            action.setText(tr(f"desk.step_{step}"))
        if self._sheet is None:
            return
        row = self._sheet.assessment
        if self._bare:
            self.buttons["finish"].setText(tr("desk.step_finish_anyway"))
        if part:
            self.buttons["finish"].setText(tr("desk.step_lock"))
        if self._process.first_review:
            self.buttons["decide"].setText(tr("desk.step_decide_reviewed"))
        self._show_names(self._sheet)
        self._show_steps(row.stage, part=part)

    # --- parts

    def _show_names(self, sheet: Sheet) -> None:
        """Name the site, and say what is scored by whom and how far it is."""
        tr = self._i18n.tr
        row, checklist = sheet.assessment, sheet.checklist
        self.site_label.setText(row.site_name)
        details = [*self._waits(row), f"{self._i18n.text(checklist.title)} {checklist.edition}"]
        if row.assessors:
            details.append(tr("desk.assessed_by", names=tr("desk.list_separator").join(row.assessors)))
        if row.part_of is not None:
            details.insert(0, self._column(sheet))
        if row.visited_on:
            details.append(tr("desk.visited_on", day=self._i18n.day(row.visited_on)))
        details.append(tr(f"ui.stage.{row.stage.value}"))
        if row.revision > 1:
            details.append(tr("desk.revision", number=row.revision))
        self.details_label.setText(" · ".join(details))

    def _waits(self, row: AssessmentRow) -> list[str]:
        """Say for whom the next step waits, where it is not the person's who works here."""
        step = next_step(row.stage, self._process)
        told = self._rights.waits(step, row, self.buttons[step].text()) if step and self._rights else ""
        return [told] if told else []

    def _column(self, sheet: Sheet) -> str:
        """Say whose opinion the sheet of one column is; a checklist may name columns of its own."""
        key = sheet.assessment.column
        own = next((column.text for column in sheet.checklist.scoring.columns if column.key == key), None)
        return self._i18n.text(own) if own else self._i18n.tr(f"ui.column.{key}")

    def _show_steps(self, stage: Stage, *, part: bool) -> None:
        """Offer what can be done; the sheet of one column is locked, everything else is done to the whole."""
        first = next_step(stage, self._process)
        steps = (*((first,) if first else ()), *BESIDE.get(stage, ()))
        if part:
            steps = steps if stage is Stage.SCORING else ()
        self._show_menu(stage)
        self.more_button.setVisible(not part)
        for step, button in self.buttons.items():
            button.setVisible(step in steps or step == "export")
            refusal = self._refusal(step)
            leads = steps[:1] == (step,) and not refusal and not (self._sheet and self._waits(self._sheet.assessment))
            role = "accent" if leads else ""
            button.setEnabled(not refusal)
            button.setToolTip(refusal)
            button.setAccessibleDescription(refusal)
            if button.property("role") != role:
                button.setProperty("role", role)
                button.style().unpolish(button)
                button.style().polish(button)
        reason = self._refusal("finish")
        if self._missing and not reason:
            reason = self._i18n.tr("desk.finish_blocked", count=self._missing)
        self.buttons["finish"].setEnabled(not reason)
        self.buttons["finish"].setToolTip(reason or self._i18n.tr("desk.finish_tip"))
        self.buttons["finish"].setAccessibleDescription(reason)

    def _refusal(self, step: str) -> str:
        """Say why a step cannot be taken by the person who works here."""
        if self._sheet is None or self._rights is None:
            return ""
        return self._rights.refusal(SAME.get(step, step), self._sheet.assessment)

    def _show_menu(self, stage: Stage) -> None:
        offered = set(IN_MENU.get(stage, ()))
        if not self._process.application:
            offered.discard("application")
        if not self._process.first_review and stage is Stage.FINISHED:
            offered.discard("reject")  # deciding is the next step
        if self._sheet is None or not self._sheet.assessment.returned:
            offered.discard("send_more")
        for step in MENU:
            self.more[step].setVisible(step in offered)
        for step, action in self.more.items():
            refusal = self._refusal(step)
            action.setEnabled(not refusal)
            action.setToolTip(refusal)
        self._line.setVisible(bool(offered))

    def _draw_icons(self) -> None:
        self.back_button.setIcon(self._theme.icon("back", "text"))
        self.buttons["export"].setIcon(self._theme.icon("table", "text"))

    # --- slots

    def _on_more(self, action: QAction) -> None:
        self.step_requested.emit(action.data())

    def _on_clicked(self) -> None:
        sender = self.sender()
        step = next((step for step, button in self.buttons.items() if button is sender), "")
        if step:
            self.step_requested.emit(step)

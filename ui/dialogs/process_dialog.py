"""The city's way from application to certificate, as its profile lays it down: to be read, not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.theme import STAGE_LOOKS
from ui.widgets.answer_editor import tight
from ui.widgets.desk_style import desk_style
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import plain_label, scrolling
from ui.widgets.state_view import StateView
from wufei_cells.domain.lifecycle import CHAIN, Stage

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from ui.i18n import I18n
    from wufei_cells.domain.profiles import Profile

SIZE = (760, 640)
ICON = 20


class ProcessDialog(QDialog):
    """Shows the stages the city comes through, and the numbers that go with them."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        tr = context.i18n.tr
        self.setWindowTitle(tr("settings.process.title"))
        self.heading_label = plain_label("section", wrap=True)
        self._stages = FlowLayout(spacing=6)
        self.unused_label = plain_label("muted", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self.hint_label = plain_label("muted", wrap=True, selectable=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self._build_layout()
        self.resize(*SIZE)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._ask()

    def _build_layout(self) -> None:
        line = QWidget()
        line.setLayout(self._stages)
        inside = QWidget()
        content = tight(QVBoxLayout(inside), 12)
        content.setContentsMargins(0, 0, 8, 0)
        for widget in (self.heading_label, line, self.unused_label):
            content.addWidget(widget)
        content.addSpacing(4)
        content.addLayout(self._grid)
        content.addSpacing(4)
        content.addWidget(self.hint_label)
        content.addStretch(1)
        self.state_view = StateView(self._context, scrolling(inside))
        self.state_view.action_triggered.connect(self._ask)
        column = tight(QVBoxLayout(self), 12)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.state_view, 1)
        column.addWidget(self.buttons)
        self.setStyleSheet(desk_style(self._context.theme))

    # --- asking and showing

    def _ask(self) -> None:
        self.state_view.show_loading()
        self._context.ask(self, _load, self._on_loaded, self.state_view.show_error)

    def _on_loaded(self, profile: Profile) -> None:
        i18n = self._context.i18n
        self.heading_label.setText(
            i18n.tr("settings.process.heading", city=i18n.text(profile.city), version=profile.version)
        )
        used = [stage for stage in (Stage.REGISTERED, *CHAIN) if profile.process.uses(stage)]
        for place, stage in enumerate(used):
            if place:
                self._stages.addWidget(self._arrow())
            self._stages.addWidget(self._stage(stage))
        unused = [i18n.tr(f"ui.stage.{stage.value}") for stage in CHAIN if stage not in used]
        self.unused_label.setText(i18n.tr("settings.process.unused", stages=i18n.tr("studio.list_comma").join(unused)))
        self.unused_label.setVisible(bool(unused))
        for row, (name, said) in enumerate(process_lines(profile, i18n)):
            label, value = plain_label("muted", wrap=True), plain_label(wrap=True)
            label.setText(name)
            label.setMinimumWidth(180)
            value.setText(said)
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        self.hint_label.setText(i18n.tr("settings.process.hint", version=profile.version))
        self.state_view.show_content()

    def _stage(self, stage: Stage) -> QWidget:
        icon, tone = STAGE_LOOKS[stage]
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(4)
        picture = QLabel()
        picture.setPixmap(self._context.theme.pixmap(icon, tone, ICON, self.devicePixelRatioF()))
        word = plain_label()
        word.setText(self._context.i18n.tr(f"ui.stage.{stage.value}"))
        row.addWidget(picture)
        row.addWidget(word)
        return whole

    def _arrow(self) -> QWidget:
        arrow = plain_label("muted")
        arrow.setText("→")
        arrow.setFixedHeight(ICON + 8)
        return arrow


def process_lines(profile: Profile, i18n: I18n) -> list[tuple[str, str]]:
    """Say what the city has laid down, a name and a sentence each."""
    tr, process = i18n.tr, profile.process
    flags = ("application", "first_review", "four_eyes", "findings_block", "naming")
    said: dict[str, str] = {name: tr(f"settings.process.{name}_{_yes(getattr(process, name))}") for name in flags}
    said["assessors"] = tr("settings.process.assessors_say", count=process.assessors)
    days = process.notice_days
    said["notice"] = tr("settings.process.notice_say", count=days) if days else tr("settings.process.notice_no")
    said["validity"] = tr("settings.process.validity_say", count=profile.validity_years)
    said["renewal"] = tr("settings.process.renewal_say", count=process.renewal_months)
    by = process.report_by
    said["report"] = tr("settings.process.report_say", day=by) if by else tr("settings.process.report_no")
    years = process.bar_years
    said["bar"] = tr("settings.process.bar_say", count=years) if years else tr("settings.process.bar_no")
    said["stage_days"] = _stage_days(profile, i18n)
    levels = [i18n.text(level.text) for level in profile.follow_up]
    said["follow_up"] = " → ".join(levels) or tr("settings.process.follow_up_no")
    said["looks"] = tr("settings.process.looks_say", share=process.na_share, points=process.edge_points)
    return [(tr(f"settings.process.{name}"), said[name]) for name in ORDER]


ORDER = (
    "application",
    "assessors",
    "first_review",
    "four_eyes",
    "findings_block",
    "notice",
    "naming",
    "validity",
    "renewal",
    "report",
    "bar",
    "stage_days",
    "follow_up",
    "looks",
)
"""What is told, in the order in which a site comes to it."""


def _stage_days(profile: Profile, i18n: I18n) -> str:
    said = [
        i18n.tr("settings.process.stage_days_say", stage=i18n.tr(f"ui.stage.{stage.value}"), count=days)
        for stage, days in profile.process.stage_days.items()
        if profile.process.uses(stage)
    ]
    return i18n.tr("studio.list_comma").join(said) or i18n.tr("settings.process.stage_days_no")


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def _load(desk: Desk) -> Profile:
    return desk.browsing.profile(desk.workspace)

"""The bar under the scoring desk that never hides: the total, the mark to reach, what is missing, where to go next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain import plain_label
from ui.widgets.range_bar import BarFigures, RangeBar
from wufei_cells.domain.amounts import printed
from wufei_cells.services.measure_wording import score_text, up_to_print

if TYPE_CHECKING:
    from ui.i18n import I18n
    from ui.theme import Theme
    from wufei_cells.scoring.scorecard import Scorecard

ICON = 20
SMALL_ICON = 14


@dataclass(frozen=True, slots=True)
class Standing:
    """What the bar says of an assessment."""

    card: Scorecard
    level: str
    """The level that was reached, in words; empty while there is none."""
    missing: int
    unsaved: int


class ScoreBar(QFrame):
    """Shows the standing of the assessment on the desk.

    Signals:
        why_requested: the person wants to know how the total came about.
        missing_requested: the person wants to go to the first thing that is missing.
        unsaved_requested: the person wants to go to what could not be stored.
        next_requested: the person wants the next unanswered item.
    """

    why_requested = Signal()
    missing_requested = Signal()
    unsaved_requested = Signal()
    next_requested = Signal()

    def __init__(self, i18n: I18n, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._theme = theme
        self._standing: Standing | None = None
        self.setProperty("role", "desk_bar")
        self._build_widgets()
        self._build_layout()
        self.why_button.clicked.connect(self.why_requested)
        self.missing_button.clicked.connect(self.missing_requested)
        self.unsaved_button.clicked.connect(self.unsaved_requested)
        self.next_button.clicked.connect(self.next_requested)
        theme.changed.connect(self._draw_verdict)

    # --- build

    def _build_widgets(self) -> None:
        self.total_title = plain_label("caption")
        self.total_label = plain_label("page")
        self.range_bar = RangeBar(self._theme, self)
        self.range_label = ElidedLabel("caption")
        self.sums_label = ElidedLabel("caption")
        self.aside_icon = QLabel(self)
        self.aside_label = plain_label("caption")
        self.verdict_icon = QLabel(self)
        self.verdict_label = plain_label()
        self.why_button = QPushButton(self)
        self.missing_button = QPushButton(self)
        self.unsaved_button = QPushButton(self)
        self.next_button = QPushButton(self)
        for button in (self.why_button, self.missing_button, self.unsaved_button):
            button.setProperty("role", "flat")
        self.next_button.setProperty("role", "accent")
        self.unsaved_button.hide()

    def _build_layout(self) -> None:
        figure = tight(QVBoxLayout(), 0)
        figure.addWidget(self.total_title)
        figure.addWidget(self.total_label)
        middle = tight(QVBoxLayout(), 2)
        middle.addWidget(self.range_bar)
        middle.addWidget(self.range_label)
        aside = tight(QHBoxLayout(), 4)
        aside.addWidget(self.aside_icon)
        aside.addWidget(self.aside_label)
        beside = tight(QHBoxLayout(), 12)
        beside.addLayout(aside)
        beside.addWidget(self.sums_label, 1)
        middle.addLayout(beside)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(12)
        layout.addLayout(figure)
        layout.addLayout(middle, 1)
        layout.addWidget(self.verdict_icon)
        layout.addWidget(self.verdict_label)
        for button in (self.why_button, self.unsaved_button, self.missing_button, self.next_button):
            layout.addWidget(button)

    # --- public

    def show_standing(self, standing: Standing | None) -> None:
        """Show another standing."""
        self._standing = standing
        self.retranslate()

    def set_next_shown(self, shown: bool) -> None:
        """Show the way to the next unanswered item where there can be one."""
        self.next_button.setVisible(shown)

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._i18n.tr
        self.total_title.setText(tr("desk.total"))
        self.why_button.setText(tr("desk.why"))
        self.why_button.setToolTip(tr("desk.why_tip"))
        self.next_button.setText(tr("desk.next"))
        self.next_button.setToolTip(tr("desk.next_unanswered"))
        standing = self._standing
        if standing is None:
            return
        card = standing.card
        total, needed = card.total, card.grades[0].total_needed
        self.total_label.setText(score_text(total))
        key = "desk.total_line" if total.settled else "desk.total_range_line"
        self.range_label.setText(tr(key, needed=up_to_print(needed), full=printed(card.full)))
        self.range_bar.show_figures(BarFigures.of(total.low, total.high, card.full, needed))
        self.missing_button.setText(
            tr("desk.missing_count", count=standing.missing) if standing.missing else tr("desk.nothing_missing")
        )
        self.missing_button.setEnabled(bool(standing.missing))
        self.unsaved_button.setText(tr("desk.unsaved_count", count=standing.unsaved))
        self.unsaved_button.setVisible(bool(standing.unsaved))
        self._show_sums(card)
        self._draw_verdict()

    # --- parts

    def _show_sums(self, card: Scorecard) -> None:
        """Say what stands beside the groups: bonus, deductions, and how much was set aside."""
        tr = self._i18n.tr
        sums: list[str] = []
        if card.bonus.high:
            sums.append(tr("desk.sum_bonus", points=score_text(card.bonus)))
        if card.deductions.high:
            sums.append(tr("desk.sum_deductions", points=score_text(card.deductions)))
        self.sums_label.setText(" · ".join(sums))
        self.sums_label.setVisible(bool(sums))
        limit = card.set_aside_limit
        values = {"share": printed(card.set_aside), "limit": "" if limit is None else printed(limit)}
        shown = bool(card.set_aside)
        self.aside_label.setText(tr("desk.set_aside" if limit is None else "desk.set_aside_of", **values))
        self.aside_label.setVisible(shown)
        self.aside_icon.setVisible(shown and limit is not None and card.set_aside > limit)
        if shown and limit is not None:
            role = "failed" if card.set_aside > limit else "caption"
            if self.aside_label.property("role") != role:
                self.aside_label.setProperty("role", role)
                self.aside_label.style().polish(self.aside_label)

    def _draw_verdict(self) -> None:
        if self._standing is None:
            return
        card, tr = self._standing.card, self._i18n.tr
        if card.passed is None:
            word, icon, role = tr("desk.verdict_open"), "information", "information"
        elif card.passed:
            word, icon, role = self._standing.level or tr("desk.verdict_passed"), "check", "passed"
        else:
            word, icon, role = tr("desk.verdict_failed"), "failed", "failed"
        self.verdict_label.setText(word)
        self.verdict_icon.setPixmap(self._theme.pixmap(icon, role, ICON, self.devicePixelRatioF()))
        self.aside_icon.setPixmap(self._theme.pixmap("failed", "failed", SMALL_ICON, self.devicePixelRatioF()))

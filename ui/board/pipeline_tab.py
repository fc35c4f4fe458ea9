"""Where sites stand on their way, who has stood too long, and what was done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.board.board_tab import BoardTab, Told
from ui.models.board_loading import load_follow_ups
from ui.models.sites_model import SiteFilter
from ui.widgets.line_table import Line, LineTable
from ui.widgets.plain import plain_label
from ui.widgets.site_detail import read_only_because
from wufei_cells.services import board_part_pictures

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.models.board_loading import FollowUps, Standing
    from wufei_cells.services.following_up import FollowUpView

COLUMNS = ("subject", "level", "text", "on", "due", "state")


class PipelineTab(BoardTab):
    """Shows the stages and the follow-ups; a follow-up leads to those whom it is about."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._told: Told | None = None
        self._found: FollowUps | None = None
        self.stages = self.chart_card()
        self.table = LineTable(context, giving_way=(3, 4, 2))
        self.title_label = plain_label("section")
        self.level_label = plain_label(wrap=True)
        self.empty_label = plain_label("muted", wrap=True)
        self.record_button = QPushButton()
        self.column.addWidget(self.stages)
        self.column.addWidget(self._follow_up_card())
        self.column.addStretch(1)
        self.table.chosen.connect(self._on_chosen)
        self.record_button.clicked.connect(partial(self.open_requested.emit, "follow_up"))
        self.retranslate()

    def _follow_up_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        head = QHBoxLayout()
        head.addWidget(self.title_label, 1)
        head.addWidget(self.record_button, 0, Qt.AlignmentFlag.AlignTop)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        inside.addLayout(head)
        for widget in (self.level_label, self.empty_label, self.table):
            inside.addWidget(widget)
        return card

    # --- public

    def show_told(self, told: Told) -> None:
        """Show a board."""
        if self._told and self._told.standing is told.standing and self._told.words == told.words:
            return
        self._told = told
        self.stages.show_chart(board_part_pictures.stages(told.standing.board, told.words))
        self.retranslate()

    def ask_more(self, told: Told) -> None:
        """Ask for the follow-ups."""
        done = partial(self._on_follow_ups, told.standing)
        self.context.ask(self, partial(load_follow_ups, told.standing.asked), done)

    def show_follow_ups(self, found: FollowUps) -> None:
        """List what was done about those who lag behind."""
        self._found = found
        self.retranslate()

    def retranslate(self) -> None:
        """Write the follow-ups anew."""
        tr = self.context.i18n.tr
        self.title_label.setText(tr("overview.follow_ups.title"))
        self.record_button.setText(tr("overview.follow_ups.record"))
        self.record_button.setEnabled(self.context.as_of is None)
        self.record_button.setToolTip(read_only_because(self.context))
        views = self._found.views if self._found else ()
        self.level_label.setText(self._levels())
        self.level_label.setVisible(bool(self._levels()))
        self.empty_label.setText(tr("overview.follow_ups.none"))
        self.empty_label.setVisible(self._found is not None and not views)
        self.table.setVisible(bool(views))
        self.table.setAccessibleName(tr("overview.follow_ups.title"))
        if self._told and views:
            heads = [tr(f"overview.follow_ups.{name}") for name in COLUMNS]
            self.table.show_lines(heads, [self._line(view, self._told) for view in views])

    # --- parts

    def _on_follow_ups(self, standing: Standing, found: FollowUps) -> None:
        if self._told and self._told.standing is standing:
            self.show_follow_ups(found)

    def _levels(self) -> str:
        """Say how many are open at each level, in rising order."""
        if not self._found or not self._found.levels:
            return ""
        i18n = self.context.i18n
        counts = {level.key: 0 for level in self._found.levels}
        for view in self._found.views:
            if view.open and view.level.key in counts:
                counts[view.level.key] += 1
        parts = [
            i18n.tr("overview.follow_ups.level_count", level=i18n.text(level.text), count=counts[level.key])
            for level in self._found.levels
        ]
        return i18n.tr("overview.follow_ups.levels", parts=" → ".join(parts))

    def _line(self, view: FollowUpView, told: Told) -> Line:
        i18n, said = self.context.i18n, view.row.said
        state, tone = "done", "passed"
        if view.open:
            state, tone = ("overdue", "failed") if view.overdue else ("open", "attention")
        cells = (self._subject(view, told), i18n.text(view.level.text), said.text)
        days = (i18n.day(said.on), i18n.day(said.due))
        return Line(str(view.row.id), (*cells, *days, i18n.tr(f"overview.follow_ups.{state}")), {5: tone})

    def _subject(self, view: FollowUpView, told: Told) -> str:
        subject, words = view.row.said.subject, told.words
        if view.site_name:
            return view.site_name
        parts = [words.district(subject.district)] if subject.district else []
        parts += [words.category(subject.category)] if subject.category else []
        return " · ".join(parts) or str(subject.site or "")

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        views = self._found.views if self._found else ()
        subject = next(view.row.said.subject for view in views if view.row.id == key)
        if subject.site:
            self.site_requested.emit(subject.site)
        else:
            self.list_requested.emit(SiteFilter(category=subject.category or "", district=subject.district or ""))

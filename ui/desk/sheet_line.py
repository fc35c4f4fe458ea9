"""One sheet of a team in the side panel: whose it is, how far it is, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import plain_label
from wufei_cells.domain.amounts import printed

if TYPE_CHECKING:
    from ui.context import AppContext
    from wufei_cells.scoring.scorecard import Span
    from wufei_cells.services.team_list import SheetRow

ICON = 16
LOOKS = {
    "whole": ("assessment", "accent"),
    "open": ("edit", "information"),
    "locked": ("lock", "passed"),
    "dropped": ("not_applicable", "not_applicable"),
}


class SheetLine(QFrame):
    """Shows one sheet.

    Signals:
        asked: something is to be done with it (``open``, ``lock``, ``unlock`` or ``drop``, and its id).
    """

    asked = Signal(str, str)

    def __init__(
        self,
        context: AppContext,
        row: SheetRow,
        name: str,
        parent: QWidget | None = None,
        *,
        current: bool,
        open_: bool,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.row = row
        self.setProperty("role", "card")
        tr, theme = context.i18n.tr, context.theme
        mark = QLabel()
        mark.setPixmap(theme.pixmap(*LOOKS[self.state], ICON, self.devicePixelRatioF()))
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.name_label = plain_label("part_title", wrap=True)
        self.name_label.setText(name)
        self.state_label = plain_label("caption", wrap=True)
        self.state_label.setText(self._standing())
        self.buttons: dict[str, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.setSpacing(2)
        head = tight(QHBoxLayout(), 6)
        head.addWidget(mark)
        head.addWidget(self.name_label, 1)
        layout.addLayout(head)
        layout.addWidget(self.state_label)
        flow = QWidget(self)
        self._flow = FlowLayout(flow, spacing=6)
        for step in self._steps(current=current, open_=open_):
            self._add_button(step, tr(f"team.do_{step}"), name)
        if current:
            here = plain_label("caption")
            here.setText(tr("team.on_the_desk"))
            layout.addWidget(here)
        flow.setVisible(bool(self.buttons))
        layout.addWidget(flow)

    @property
    def state(self) -> str:
        """How the sheet stands, in one word of the program's."""
        if self.row.whole:
            return "whole"
        return "dropped" if self.row.dropped else "locked" if self.row.locked else "open"

    def _standing(self) -> str:
        tr, row = self._context.i18n.tr, self.row
        score = tr("team.total_hidden") if row.total is None else tr("team.total", score=_points(row.total))
        state = tr(f"team.state_{self.state}")
        line = tr("team.standing", state=state, answered=row.answered, entries=row.entries, score=score)
        return f"{line} {tr('team.late')}" if row.late else line

    def _steps(self, *, current: bool, open_: bool) -> list[str]:
        """Name what this person can do with the sheet now."""
        row = self.row
        steps = [] if current or row.hidden else ["open"]
        if row.whole or not open_:
            return steps
        if self.state == "open":
            steps += ["lock"] if row.mine or not row.blind else []
        elif not row.hidden and (row.decidable or not row.blind):
            steps.append("unlock")
        return steps + (["drop"] if row.decidable and not row.dropped else [])

    def _add_button(self, step: str, words: str, name: str) -> None:
        button = QPushButton(words, self)
        button.setAccessibleName(f"{words} {name}")
        button.setAutoDefault(False)
        if step == "drop":
            button.setProperty("role", "flat")
        button.clicked.connect(partial(self.asked.emit, step, self.row.id))
        self.buttons[step] = button
        self._flow.addWidget(button)


def _points(total: Span) -> str:
    low, high = printed(total.low), printed(total.high)
    return low if total.settled else f"{low}–{high}"

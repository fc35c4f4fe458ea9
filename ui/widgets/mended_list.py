"""What became of the items that an assessment was sent back for, item by item, before somebody judges it anew."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.plain import plain_label
from wufei_cells.services.mending import tell_mended

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from wufei_cells.services.mending import MendedTold
    from wufei_cells.wording import Wording

HIGHEST = 190  # pixels: some three items; more are scrolled


class MendedList(QWidget):
    """Lists remark, answer before and after, and what changed; hidden where nothing was sent back.

    Signals:
        shown: there is something to show.
    """

    shown = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.heading_label = plain_label("muted", wrap=True)
        self._inside = QWidget()
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(6)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading_label)
        column.addWidget(self.area)
        self.hide()

    def load(self, assessment: str, width: int) -> None:
        """Ask what became of the items and show it, in a column so many pixels wide."""
        job = partial(_mended, assessment, self._context.i18n.wording)
        self._context.ask(self, job, partial(self._show, width))

    def _show(self, width: int, told: tuple[MendedTold, ...]) -> None:
        tr = self._context.i18n.tr
        self.heading_label.setText(tr("desk.judge_mended", count=len(told)))
        for one in sorted(told, key=lambda one: one.touched):  # what was left as it was comes first
            self._rows.addWidget(self._row(one))
        self.area.setFixedHeight(min(HIGHEST, self._inside.heightForWidth(width) if told else 0))
        self.area.setAccessibleName(self.heading_label.text())
        self.setVisible(bool(told))
        if told:
            self.shown.emit()

    def _row(self, one: MendedTold) -> QWidget:
        tr = self._context.i18n.tr
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        changes = tr("desk.list_separator").join(one.changes)
        for role, text in (
            ("", tr("desk.judge_mended_item", number=one.number, remark=one.remark)),
            ("muted", tr("desk.judge_mended_answer", before=one.before, after=one.after)),
            ("passed" if one.touched else "attention", changes),
        ):
            label = plain_label(role, wrap=True)
            label.setText(text)
            column.addWidget(label)
        return row


def _mended(assessment: str, wording: Wording, desk: Desk) -> tuple[MendedTold, ...]:
    found = desk.returning.mended(desk.workspace, assessment)
    return tell_mended(desk.browsing.sheet(desk.workspace, assessment), found, wording) if found else ()

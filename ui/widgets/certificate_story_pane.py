"""Under the paper: how the certificate stands in one line, and what happened to it since it was issued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label, scrolling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext

ROWS_HEIGHT = 132


@dataclass(frozen=True, slots=True)
class EventLine:
    """One thing that happened, in the reader's language."""

    event: str
    sentence: str
    more: str
    who: str
    """Day and name."""
    look: tuple[str, str]


class CertificateStoryPane(QFrame):
    """Shows state and events of one certificate.

    Signals:
        strike_requested: an event was put on record by mistake (its id).
    """

    strike_requested = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._told: dict[QToolButton, EventLine] = {}
        self.state_icon = plain_label()
        self.state_label = plain_label("section", wrap=True)
        line = tight(QHBoxLayout())
        line.addWidget(self.state_icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.state_label, 1)
        self._inside = QWidget()
        self._events = QVBoxLayout(self._inside)
        self._events.setContentsMargins(0, 0, 4, 0)
        self._events.setSpacing(6)
        self.area = scrolling(self._inside)
        self.area.setMaximumHeight(ROWS_HEIGHT)
        column = tight(QVBoxLayout(self), 4)
        column.addLayout(line)
        column.addWidget(self.area)
        self.hide()

    # --- public

    def show_state(self, sentence: str, look: tuple[str, str]) -> None:
        """Show how a certificate stands; what happened to it follows."""
        icon, tone = look
        self.state_icon.setPixmap(self._context.theme.pixmap(icon, tone, 20, self.devicePixelRatioF()))
        self.state_label.setText(sentence)
        self.state_label.setStyleSheet(f"color: {self._context.theme.color(tone).name()};")
        self._clear()
        self.show()

    def show_events(self, lines: Sequence[EventLine]) -> None:
        """Show what happened to it, the newest first."""
        self._clear()
        for one in lines:
            self._events.addWidget(self._line(one))
        self._events.addStretch(1)
        self.area.setVisible(bool(lines))

    def sentences(self) -> tuple[str, ...]:
        """Give what is told."""
        return tuple(one.sentence for one in self._told.values())

    # --- the rest

    def _clear(self) -> None:
        self._told.clear()
        self.area.hide()
        while (item := self._events.takeAt(0)) is not None:
            box = item.widget()
            if box is not None:
                box.hide()
                box.deleteLater()

    def _line(self, told: EventLine) -> QWidget:
        tr = self._context.i18n.tr
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        icon, what, who = plain_label(), plain_label(wrap=True, selectable=True), plain_label("caption", wrap=True)
        icon.setPixmap(self._context.theme.pixmap(*told.look, 16, self.devicePixelRatioF()))
        said = told.sentence
        what.setText(f"{said} {told.more}" if told.more else said)
        who.setText(told.who)
        strike = QToolButton()
        strike.setProperty("role", "flat")
        strike.setIcon(self._context.theme.icon("remove", "muted"))
        strike.setToolTip(tr("certificates.strike_title"))
        strike.setAccessibleName(f"{tr('certificates.strike_title')}: {said.rstrip('：: 。.')}")
        strike.setVisible(self._context.as_of is None)
        strike.clicked.connect(self._on_strike)
        self._told[strike] = told
        grid.addWidget(icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(what, 0, 1)
        grid.addWidget(who, 1, 1)
        grid.addWidget(strike, 0, 2, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        return box

    def _on_strike(self) -> None:
        sender = self.sender()
        if isinstance(sender, QToolButton) and sender in self._told:
            self.strike_requested.emit(self._told[sender].event)

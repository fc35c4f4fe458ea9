"""What waits beside the register: devices that nobody has admitted, and what contradicts what is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.exchange_words import count_words
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext
    from wufei_cells.services.side_view import Waiting

UNKNOWN = "unknown_device"


class WaitingCard(QFrame):
    """One device whose acts wait.

    Signals:
        admit_requested: the person has compared the words (Waiting).
        devices_requested: the office has to enrol it.
    """

    admit_requested = Signal(object)
    devices_requested = Signal()

    def __init__(self, context: AppContext, one: Waiting, *, by_office: bool) -> None:
        super().__init__()
        self.one = one
        i18n = context.i18n
        tr = i18n.tr
        self.setProperty("role", "card")
        unknown = one.reason == UNKNOWN
        icon, tone = ("device", "attention") if unknown else ("alert", "failed")
        self._icon = plain_label()
        self._icon.setPixmap(context.theme.pixmap(icon, tone, 20, self.devicePixelRatioF()))
        self.title_label = plain_label("section", wrap=True)
        name = one.name or one.device[:8]
        kind = one.reason if one.reason == UNKNOWN else "contradiction"
        self.title_label.setText(tr(f"exchange.waiting.{kind}", device=name, count=count_words(one.acts)))
        self.text_label = plain_label(wrap=True)
        key = f"exchange.waiting.{kind}_text"
        self.text_label.setText(tr("exchange.waiting.by_office_text" if unknown and by_office else key))
        self.words_label = plain_label("section", wrap=True, selectable=True)
        self.words_label.setText(i18n.text(one.words))
        self.words_label.setAccessibleName(tr("exchange.six_words", words=i18n.text(one.words)))
        self.compared_box = QCheckBox(tr("exchange.compared"))
        self.admit_button = QPushButton(tr("exchange.admit"))
        self.admit_button.setProperty("role", "accent")
        self.admit_button.setEnabled(False)
        self.devices_button = QPushButton(tr("exchange.devices"))
        self._lay_out(admits=unknown and not by_office, leads=unknown and by_office)
        self.compared_box.toggled.connect(self.admit_button.setEnabled)
        self.admit_button.clicked.connect(self._admit)
        self.devices_button.clicked.connect(self.devices_requested)

    def _lay_out(self, *, admits: bool, leads: bool) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self.title_label, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.text_label)
        column.addWidget(self.words_label)
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget, shown in ((self.compared_box, admits), (self.admit_button, admits), (self.devices_button, leads)):
            widget.setParent(self)
            widget.setVisible(shown)
            if shown:
                row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)

    def _admit(self) -> None:
        self.admit_button.setEnabled(False)
        self.admit_requested.emit(self.one)


class SideView(QWidget):
    """All that wait, one under the other.

    Signals:
        admit_requested: the person has compared the words of a device (Waiting).
        devices_requested: the office has to enrol a device.
    """

    admit_requested = Signal(object)
    devices_requested = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.cards: list[WaitingCard] = []
        self._shown: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def show_waiting(self, waiting: Sequence[Waiting], *, by_office: bool) -> None:
        """Show devices; what is being compared stays as it is while nothing changed."""
        shown = (tuple(waiting), by_office, self._context.i18n.language, self._context.theme.dark)
        if shown == self._shown:
            return
        self._shown = shown
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [WaitingCard(self._context, one, by_office=by_office) for one in waiting]
        for card in self.cards:
            self._column.addWidget(card)
            card.admit_requested.connect(self.admit_requested)
            card.devices_requested.connect(self.devices_requested)
        self.setVisible(bool(self.cards))

    def offer_again(self) -> None:
        """Let it be tried once more: it was refused."""
        for card in self.cards:
            card.admit_button.setEnabled(card.compared_box.isChecked())

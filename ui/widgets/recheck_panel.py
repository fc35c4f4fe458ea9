"""Above an item whose words changed: what was answered before, as a proposal to confirm."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.earlier_words import EarlierWords
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.i18n import I18n
    from ui.theme import Theme
    from wufei_cells.services.earlier_answers import EarlierTold

ICON = 20


class RecheckPanel(QFrame):
    """Shows earlier answers to an item; hidden while there are none.

    Signals:
        accepted: an earlier answer is to stand as it is (Answer).
    """

    accepted = Signal(object)

    def __init__(self, i18n: I18n, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._theme = theme
        self._told: tuple[EarlierTold, ...] = ()
        self._editable = False
        self.buttons: list[QPushButton] = []
        self.setProperty("role", "banner")
        self._icon = QLabel(self)
        self.title_label = plain_label("part_title", wrap=True)
        head = tight(QHBoxLayout())
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title_label, 1)
        self._answers = tight(QVBoxLayout(), 12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(self._answers)
        theme.changed.connect(self._draw)
        self.hide()

    # --- public

    def show_told(self, told: Sequence[EarlierTold], *, editable: bool) -> None:
        """Show other answers."""
        if (tuple(told), editable) != (self._told, self._editable):
            self._told, self._editable = tuple(told), editable
            self._draw()

    def accept_first(self) -> bool:
        """Confirm the first answer that can stand; tells whether there is one."""
        button = next((button for button in self.buttons if button.isEnabled()), None)
        if button is None or self.isHidden():
            return False
        button.click()
        return True

    # --- parts

    def _draw(self) -> None:
        while (item := self._answers.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons.clear()
        self.setVisible(bool(self._told))
        if not self._told:
            return
        self._icon.setPixmap(self._theme.pixmap("history", "information", ICON, self.devicePixelRatioF()))
        self.title_label.setText(self._i18n.tr("desk.recheck_title"))
        for told in self._told:
            self._answers.addWidget(self._block(told))

    def _block(self, told: EarlierTold) -> QWidget:
        block = QWidget(self)
        column = tight(QVBoxLayout(block), 4)
        column.addWidget(EarlierWords(self._i18n, self._theme, told, block))
        if told.problem is not None:
            reason = plain_label("problem", wrap=True)
            reason.setText(self._i18n.tr("desk.recheck_unfit", reason=self._i18n.problem(told.problem)))
            column.addWidget(reason)
        elif self._editable:
            first = not self.buttons
            button = QPushButton(self._i18n.tr("desk.recheck_accept_key" if first else "desk.recheck_accept"), block)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(partial(self._accept, told))
            self.buttons.append(button)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return block

    def _accept(self, told: EarlierTold) -> None:
        self.accepted.emit(told.given)

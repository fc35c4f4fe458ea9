"""Above an item at odds: every answer that stands, side by side, each to be chosen with a button or a key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.i18n import I18n
    from wufei_cells.services.standing_answers import StandingTold

BESIDE = 2  # answers in a row
MOST_KEYS = 9


class ConflictPanel(QWidget):
    """Shows the answers between which somebody has to choose; hidden while there are none.

    Signals:
        chosen: one of them is to count (Answer).
    """

    chosen = Signal(object)

    def __init__(self, i18n: I18n, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._shown: tuple[tuple[StandingTold, ...], bool, str] = ((), False, "")
        self.buttons: list[QPushButton] = []
        self._answers = QGridLayout(self)
        self._answers.setContentsMargins(0, 0, 0, 0)
        self._answers.setSpacing(8)
        for column in range(BESIDE):
            self._answers.setColumnStretch(column, 1)
        self.hide()

    # --- public

    def show_told(self, told: Sequence[StandingTold], *, editable: bool) -> None:
        """Show other answers, with their buttons where one may be chosen."""
        shown = (tuple(told), editable, self._i18n.language)
        if shown != self._shown:
            self._shown = shown
            self._draw(shown[0], editable=editable)

    def choose(self, position: int) -> bool:
        """Choose an answer by its place, counted from zero; tells whether that could be done."""
        if self.isHidden() or not 0 <= position < len(self.buttons) or not self.buttons[position].isEnabled():
            return False
        self.buttons[position].click()
        return True

    # --- parts

    def _draw(self, told: Sequence[StandingTold], *, editable: bool) -> None:
        while (item := self._answers.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons.clear()
        for place, one in enumerate(told):
            self._answers.addWidget(self._block(place, one, editable=editable), *divmod(place, BESIDE))
        self.setVisible(bool(told))

    def _block(self, place: int, told: StandingTold, *, editable: bool) -> QWidget:
        tr = self._i18n.tr
        block = QFrame(self)
        block.setProperty("role", "banner")
        column = QVBoxLayout(block)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        points = tr("desk.points", points=told.points) if told.points else ""
        who = tr("desk.conflict_by", name=told.author, at=self._i18n.moment(told.at))
        for role, text in (
            ("caption", who),
            ("part_title", " · ".join(filter(None, (told.answer, points)))),
            ("muted", told.note or tr("desk.conflict_no_note")),
        ):
            label = plain_label(role, wrap=True, selectable=True)
            label.setText(text)
            column.addWidget(label)
        if told.problem is not None:
            label = plain_label("problem", wrap=True)
            label.setText(self._i18n.problem(told.problem))
            column.addWidget(label)
        column.addStretch(1)
        column.addWidget(self._button(place, told, who, editable=editable), 0, Qt.AlignmentFlag.AlignLeft)
        return block

    def _button(self, place: int, told: StandingTold, who: str, *, editable: bool) -> QPushButton:
        key = f"Alt+{place + 1}" if place < MOST_KEYS else ""
        button = QPushButton(self._i18n.tr("desk.conflict_use_key" if key else "desk.conflict_use", key=key), self)
        button.setAccessibleName(f"{button.text()} {who} {told.answer}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setEnabled(told.problem is None)
        button.setVisible(editable)
        button.clicked.connect(partial(self._choose, told))
        self.buttons.append(button)
        return button

    def _choose(self, told: StandingTold) -> None:
        self.chosen.emit(told.given)

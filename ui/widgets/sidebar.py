"""The list of rooms at the left, with the number of things that wait in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from ui.context import AppContext

WIDTH = 168
FOLDED_WIDTH = 56


class RoomButton(QToolButton):
    """One room: icon, name, and how many things wait there."""

    def __init__(self, context: AppContext, icon_name: str, title_key: str, number: int) -> None:
        super().__init__()
        self._context = context
        self._icon_name = icon_name
        self._title_key = title_key
        self._number = number
        self._waiting = 0
        self.setCheckable(True)
        self.setProperty("role", "room")
        self.setIconSize(QSize(20, 20))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(36)

    def set_waiting(self, count: int) -> None:
        """Show how many things wait."""
        self._waiting = count
        self.dress()

    def dress(self) -> None:
        """Write the name and draw the icon in the language and the colors in use."""
        tr = self._context.i18n.tr
        name = tr(self._title_key)
        self.setText(f"  {name}")
        self.setToolTip(f"{name}  Ctrl+{self._number}")
        self.setAccessibleName(tr("frame.room_waiting", room=name, count=self._waiting) if self._waiting else name)
        self.setIcon(self._context.theme.icon(self._icon_name))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button and, at its right, the number."""
        super().paintEvent(event)
        if not self._waiting:
            return
        theme = self._context.theme
        folded = self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        text = str(self._waiting) if self._waiting < 1000 else "999+"
        painter = QPainter(self)
        painter.setFont(theme.font("caption", bold=True))
        width = max(18, painter.fontMetrics().horizontalAdvance(text) + 10)
        height = min(18 if folded else 20, self.height())
        top = 1 if folded else (self.height() - height) // 2
        box = QRect(self.width() - width - (1 if folded else 8), top, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(theme.color("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


class Sidebar(QFrame):
    """Lists the rooms.

    Signals:
        room_chosen: the person wants another room (its number, from 0).
    """

    room_chosen = Signal(int)

    def __init__(self, context: AppContext, rooms: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """Build a button for each room, given as (icon, title key)."""
        super().__init__(parent)
        self._context = context
        self.setProperty("role", "sidebar")
        self.buttons = [RoomButton(context, icon, key, index + 1) for index, (icon, key) in enumerate(rooms)]
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(4)
        for index, button in enumerate(self.buttons):
            self._group.addButton(button, index)
            column.addWidget(button)
        column.addStretch(1)
        self._group.idClicked.connect(self.room_chosen)
        self._folded = False
        self._apply_fold()
        self.retranslate()
        context.events.language_changed.connect(self.retranslate)
        context.events.scheme_changed.connect(self.retranslate)

    # --- public

    @property
    def folded(self) -> bool:
        """Whether only icons are shown."""
        return self._folded

    def fold(self, folded: bool) -> None:
        """Show only icons, or icons with names."""
        if folded != self._folded:
            self._folded = folded
            self._apply_fold()

    def mark(self, room: int) -> None:
        """Mark the room that is shown."""
        self.buttons[room].setChecked(True)

    def set_waiting(self, room: int, count: int) -> None:
        """Show how many things wait in a room."""
        self.buttons[room].set_waiting(count)

    @Slot()
    def retranslate(self) -> None:
        """Write all names anew."""
        self.setAccessibleName(self._context.i18n.tr("frame.rooms"))
        for button in self.buttons:
            button.dress()
        self._apply_fold()

    # --- the rest

    def _apply_fold(self) -> None:
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if self._folded else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        needed = FOLDED_WIDTH
        for button in self.buttons:
            button.setToolButtonStyle(style)
            text = button.fontMetrics().horizontalAdvance(button.text())
            needed = needed if self._folded else max(needed, WIDTH, text + 20 + 24 + 64)
            button.setFixedWidth((FOLDED_WIDTH if self._folded else needed) - 16)
        if not self._folded:
            for button in self.buttons:
                button.setFixedWidth(needed - 16)
        self.setFixedWidth(needed)

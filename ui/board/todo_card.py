"""What waits, line by line: how many, and a press leads to which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.plain import plain_label
from wufei_cells.board.matters import Matter, Todo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext

LOOKS = {
    Matter.STUCK: ("history", "attention"),
    Matter.FINDINGS: ("alert", "failed"),
    Matter.ORDERS: ("alert", "failed"),
    Matter.FOLLOW_UPS: ("note", "attention"),
    Matter.RENEWALS: ("certificate", "information"),
    Matter.EXPIRED: ("certificate", "attention"),
    Matter.REPORTS: ("application", "attention"),
    Matter.CHANGED: ("compare", "attention"),
    Matter.CONFLICTS: ("conflict", "conflict"),
    Matter.PUT_RIGHT: ("information", "not_applicable"),
}
"""Icon and tone of each matter."""
ICON, SIDE, GAP, ABOVE = 18, 8, 10, 6
WRAPPED = Qt.TextFlag.TextWordWrap
HIGHEST = 1000


class TodoLine(QAbstractButton):
    """One line: an icon, what it is, and how many."""

    def __init__(self, context: AppContext, todo: Todo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.todo = todo
        self._theme = context.theme
        self._words = context.i18n.tr(f"overview.todo.{todo.matter}")
        said = context.i18n.tr("overview.todo.said", words=self._words, count=todo.count)
        self.setAccessibleName(said)
        self.setToolTip(context.i18n.tr(f"overview.todo.{todo.matter}_tip"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Ask for as much as the words take at a usual width."""
        return QSize(260, self.heightForWidth(260))

    def minimumSizeHint(self) -> QSize:
        """Ask for a row."""
        return QSize(180, self._theme.row_height())

    def hasHeightForWidth(self) -> bool:
        """Say that long words take more lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height of the words at a width."""
        room = self._room(width)
        words = self.fontMetrics().boundingRect(QRect(0, 0, room, HIGHEST), WRAPPED, self._words)
        return max(self._theme.row_height(), words.height() + 2 * ABOVE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        del event
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("raised") if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        icon, tone = LOOKS[self.todo.matter]
        picture = theme.pixmap(icon, tone, ICON, self.devicePixelRatioF())
        painter.drawPixmap(SIDE, (self.height() - ICON) // 2, picture)
        painter.setPen(theme.color("text"))
        words = QRect(SIDE + ICON + GAP, 0, self._room(self.width()), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | WRAPPED, self._words)
        painter.setFont(self._bold())
        right = self.rect().adjusted(0, 0, -SIDE, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self.todo.count))
        painter.end()

    def _room(self, width: int) -> int:
        """Give the width that the words have."""
        count = QFontMetrics(self._bold()).horizontalAdvance(str(self.todo.count))
        return max(40, width - 2 * SIDE - ICON - 2 * GAP - count)

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font


class TodoCard(QFrame):
    """Lists what waits, or says that nothing does.

    Signals:
        chosen: somebody wants to see what a line counts (Todo).
    """

    chosen = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.told: Sequence[Todo] | None = None
        self.lines: list[TodoLine] = []
        self.setProperty("role", "card")
        self.title_label = plain_label("section")
        self.empty_label = plain_label("muted", wrap=True)
        self.past_label = plain_label("caption", wrap=True)
        self.past_label.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 8, 12)
        column.setSpacing(2)
        column.addWidget(self.title_label)
        column.addWidget(self.empty_label)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column.addLayout(self._rows)
        column.addWidget(self.past_label)
        column.addStretch(1)

    def show_todo(self, told: Sequence[Todo] | None) -> None:
        """Show what waits; ``None`` while nobody has counted."""
        focused = next((line.todo.matter for line in self.lines if line.hasFocus()), None)
        self.told = told
        for line in self.lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [TodoLine(self._context, todo) for todo in told or ()]
        for line in self.lines:
            line.clicked.connect(self._on_clicked)
            self._rows.addWidget(line)
            if line.todo.matter is focused:
                line.setFocus()
        self.empty_label.setVisible(not self.lines)
        self.retranslate()

    def retranslate(self) -> None:
        """Write title and what stands in place of lines; lines are made anew with their words."""
        tr = self._context.i18n.tr
        self.title_label.setText(tr("overview.todo.title"))
        self.past_label.setText(tr("overview.todo.past"))
        self.empty_label.setText(tr("overview.todo.none" if self.told is not None else "overview.todo.counting"))

    def _on_clicked(self) -> None:
        line = self.sender()
        if isinstance(line, TodoLine):
            self.chosen.emit(line.todo)

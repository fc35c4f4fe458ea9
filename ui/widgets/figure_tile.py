"""A large figure with its word; pressing it leads to what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

if TYPE_CHECKING:
    from ui.context import AppContext

MARGIN = 16


class FigureTile(QAbstractButton):
    """Shows one figure, large or (for stages) beside an icon in the color of its tone."""

    def __init__(
        self, context: AppContext, *, icon: str = "", tone: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._icon, self._tone = icon, tone
        self._figure, self._word, self._note = "–", "", ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # paint anew when the pointer comes and goes
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def figure(self) -> str:
        """The figure that is shown."""
        return self._figure

    def show_figure(self, figure: int, word: str, note: str = "", tip: str = "") -> None:
        """Show a figure and its word; a note beside it says what of it is otherwise than one thinks."""
        self._figure, self._word, self._note = str(figure), word, note
        self.setAccessibleName(" ".join(part for part in (word, str(figure), note) if part))
        self.setToolTip(tip)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for room for figure and word."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Ask for room for figure and word."""
        theme = self._theme
        word = self.fontMetrics().horizontalAdvance(self._word)
        if self._icon:
            if self._note:
                figure = QFontMetrics(theme.font("page", bold=True)).horizontalAdvance(self._figure)
                note = QFontMetrics(theme.font("caption")).horizontalAdvance(self._note)
                word = max(word, figure + 8 + note - 24)
            return QSize(word + 24 + 2 * MARGIN, theme.pixels("page") + theme.pixels("body") + 36)
        return QSize(max(word, 96) + 2 * MARGIN, theme.pixels("figure") + theme.pixels("body") + 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, figure, word and icon."""
        del event
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(theme.color("accent" if focused else "line"), 2 if focused else 1))
        painter.setBrush(theme.color("raised" if self.underMouse() else "card"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        inside = self.rect().adjusted(MARGIN, 10, -MARGIN, -10)
        kind = "page" if self._icon else "figure"
        painter.setFont(theme.font(kind, bold=True))
        painter.setPen(theme.color("text"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, self._figure)
        if self._note:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("attention"))
            painter.drawText(inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, self._note)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color(self._tone if self._icon else "muted"))
        left = inside
        if self._icon:
            size = 20
            picture = theme.pixmap(self._icon, self._tone, size, self.devicePixelRatioF())
            line = painter.fontMetrics().height()
            painter.drawPixmap(inside.x(), inside.bottom() - (line + size) // 2 + 2, picture)
            left = inside.adjusted(size + 6, 0, 0, 0)
        painter.drawText(left, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, self._word)
        painter.end()

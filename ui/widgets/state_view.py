"""Shows a page's content or, in its place, why there is none: loading, empty, filtered to nothing, went wrong."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.widgets.plain import plain_label
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from ui.context import AppContext

SKELETON_AFTER = 300  # milliseconds: what arrives sooner arrives without a flicker
MESSAGE_WIDTH = 42  # characters on a line that is comfortable to read


class StateView(QStackedWidget):
    """Wraps the content of a page.

    Signals:
        action_triggered: the one button of an empty, filtered or failed state was pressed.
        other_triggered: the second button of an empty state was pressed.
    """

    action_triggered = Signal()
    other_triggered = Signal()

    def __init__(self, context: AppContext, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._content = content
        self._words: tuple[str, str, str, dict[str, object]] = ("", "", "", {})
        self._other = ""
        self._tone = ("empty", "muted")
        self._error: Exception | None = None
        self._build_message()
        self._skeleton = Skeleton(context, self)
        self._blank = QWidget(self)
        for widget in (content, self._message, self._skeleton, self._blank):
            self.addWidget(widget)
        self._waiting = QTimer(self, singleShot=True, interval=SKELETON_AFTER)
        self._waiting.timeout.connect(self._show_skeleton)
        context.events.language_changed.connect(self._word)
        context.events.scheme_changed.connect(self._word)

    def _build_message(self) -> None:
        self._message = QWidget(self)
        self._icon = plain_label()
        self._title = plain_label("section", wrap=True)
        self._text = plain_label(wrap=True, selectable=True)
        for label in (self._icon, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.action_button = QPushButton()
        self.action_button.setProperty("role", "accent")
        self.action_button.clicked.connect(self.action_triggered)
        self.other_button = QPushButton()
        self.other_button.clicked.connect(self.other_triggered)
        self._copy_button = QPushButton()
        self._copy_button.clicked.connect(self._copy_details)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.action_button)
        buttons.addWidget(self.other_button)
        buttons.addWidget(self._copy_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self._message)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self._icon)
        column.addWidget(self._title)
        centered = QHBoxLayout()  # a label that wraps has no height of its own when its place is aligned
        centered.addStretch(1)
        centered.addWidget(self._text, 8)
        centered.addStretch(1)
        column.addLayout(centered)
        column.addLayout(buttons)
        column.addStretch(3)

    # --- public

    @property
    def showing_content(self) -> bool:
        """Whether the page's own content is in view."""
        return self.currentWidget() is self._content

    @property
    def error(self) -> Exception | None:
        """What went wrong, if that is what is shown."""
        return self._error

    @property
    def title(self) -> str:
        """The heading of the message that is shown."""
        return "" if self.showing_content else self._title.text()

    @property
    def text(self) -> str:
        """The message that is shown."""
        return "" if self.showing_content else self._text.text()

    def show_content(self) -> None:
        """Show the page's content."""
        self._waiting.stop()
        self.setCurrentWidget(self._content)

    def show_loading(self) -> None:
        """Wait for rows: what is shown stays; where nothing is yet, a skeleton appears after a moment."""
        if not self.showing_content or self._error is not None:
            self.setCurrentWidget(self._blank)
            self._waiting.start()
        self._error = None

    def expect_content(self) -> None:
        """Begin blank, before the first rows are asked for."""
        self.setCurrentWidget(self._blank)
        self._waiting.start()

    def show_empty(
        self, title: str, text: str, action: str = "", *, other: str = "", icon: str = "empty", **values: object
    ) -> None:
        """Say what the page is for and offer the next step, or another way to it. All words are keys."""
        self._show_message((title, text, action, values), (icon, "muted"), other)

    def show_filtered(self, text: str, **values: object) -> None:
        """Say which filter left nothing, and offer to clear it."""
        self._show_message(("ui.filtered.title", text, "ui.filtered.clear", values), ("filter", "muted"))

    def show_error(self, error: Exception, action: str = "ui.retry", other: str = "") -> None:
        """Say what went wrong, what is safe and what to do; ``other`` names a second way out of it."""
        self._error = error
        self._show_message(("ui.failed.title", "", action, {}), ("alert", "failed"), other)

    # --- slots and the rest

    def _show_message(
        self, words: tuple[str, str, str, dict[str, object]], tone: tuple[str, str], other: str = ""
    ) -> None:
        self._waiting.stop()
        self._other = other
        if tone[1] != "failed":
            self._error = None
        self._words = words
        self._tone = tone
        self._word()
        self.setCurrentWidget(self._message)

    @Slot()
    def _word(self) -> None:
        """Write the message in the language and the colors in use."""
        tr = self._context.i18n.tr
        title, text, action, values = self._words
        self._title.setText(tr(title, **values) if title else "")
        self._text.setText(self._error_text() if self._error else (tr(text, **values) if text else ""))
        self._text.setMaximumWidth(self.fontMetrics().horizontalAdvance("国") * MESSAGE_WIDTH)
        self.action_button.setText(tr(action) if action else "")
        self.action_button.setVisible(bool(action))
        self.other_button.setText(tr(self._other) if self._other else "")
        self.other_button.setVisible(bool(self._other))
        self._copy_button.setText(tr("ui.copy_details"))
        self._copy_button.setVisible(self._error is not None)
        self._icon.setPixmap(self._context.theme.pixmap(*self._tone, 32, self.devicePixelRatioF()))
        self._message.setAccessibleName(f"{self._title.text()} {self._text.text()}")

    def _error_text(self) -> str:
        if isinstance(self._error, WufeiError):
            return self._context.i18n.error(self._error)
        return self._context.i18n.tr("ui.failed.unexpected")

    @Slot()
    def _show_skeleton(self) -> None:
        self.setCurrentWidget(self._skeleton)

    @Slot()
    def _copy_details(self) -> None:
        if self._error is not None:
            details = "".join(traceback.format_exception(self._error))
            QGuiApplication.clipboard().setText(f"{self._text.text()}\n\n{details}")


class Skeleton(QWidget):
    """Gray bars where rows will be: says "on its way" without moving."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("raised"))
        height = self._theme.row_height()
        for row in range(self.height() // (height + 8)):
            share = (0.9, 0.7, 0.82, 0.6)[row % 4]
            painter.drawRoundedRect(QRectF(16, 16 + row * (height + 8), (self.width() - 32) * share, height - 8), 6, 6)
        painter.end()

"""A chapter of the guide to read, with its pictures as wide as there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QImage, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from ui.widgets.guide_look import MARGIN, Look, fit_pictures, fragments, show_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from ui.theme import Theme

SETTLED = 120
"""Milliseconds without a change of size after which pictures are drawn anew."""


class GuideView(QTextBrowser):
    """Shows one chapter; links are told, never followed: nothing here goes to a network.

    Signals:
        link_chosen: a link was pressed (what it names, such as ``02-assessor.md#photos``).
    """

    link_chosen = Signal(str)

    def __init__(self, theme: Theme, picture: Callable[[str], bytes | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture = picture
        self._words: Sequence[str] = ()
        self._place: QTextCursor | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._resized = QTimer(self, singleShot=True, interval=SETTLED)
        self._resized.timeout.connect(self._fit)
        self.anchorClicked.connect(self._on_link)
        self.verticalScrollBar().actionTriggered.connect(self._leave_place)

    def show_chapter(self, markdown: str, anchors: Sequence[str]) -> None:
        """Show a chapter from its beginning; ``anchors`` name its headings in their order."""
        show_markdown(self.document(), markdown, anchors, self._look())
        self._fit()
        self.show_place("")

    def show_place(self, anchor: str) -> None:
        """Show a heading at the top (without one the beginning); it stays there until somebody scrolls."""
        self._place = self._heading(anchor)
        self._go()

    def show_scrolled(self, value: int) -> None:
        """Scroll to where somebody was."""
        self._place = None
        self.setTextCursor(QTextCursor(self.document()))
        self.verticalScrollBar().setValue(value)

    def mark(self, words: Sequence[str]) -> None:
        """Mark every place where one of some words stands; with none, nothing is marked."""
        self._words = words
        tint = QTextCharFormat()
        tint.setBackground(self._theme.color("selection"))
        tint.setForeground(self._theme.color("text"))
        marked: list[QTextEdit.ExtraSelection] = []
        for word in words:
            cursor = self.document().find(word, 0)
            while not cursor.isNull():
                marked.append(_marked(cursor, tint))
                cursor = self.document().find(word, cursor)
        self.setExtraSelections(marked)

    def image(self, name: str) -> QImage:
        """Give a picture by the name a chapter gives it; in the dark scheme its dark one, where there is one."""
        file = name.rpartition("/")[2]
        dark = self._picture(file.replace(".png", "-dark.png")) if self._theme.dark else None
        return QImage.fromData(dark or self._picture(file) or b"")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the pictures anew once the size stays."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._resized.start()

    @Slot()
    def _fit(self) -> None:
        width = self.viewport().width() - 2 * MARGIN
        if width <= 0:
            return
        first = self.cursorForPosition(QPoint(MARGIN, MARGIN))
        above = self.cursorRect(first).top()
        fit_pictures(self.document(), width, self.devicePixelRatioF(), self.image, self._look())
        if self._place is not None:
            self._go()
        else:  # what stood at the top stays there, however high the pictures before it became
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect(first).top() - above)

    def _go(self) -> None:
        """Scroll to the place; the cursor goes along, since the view scrolls to it whenever its size changes."""
        if self._place is None:
            return
        self.setTextCursor(self._place)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(self._place).top() - MARGIN if self._place.position() else 0)

    def _heading(self, anchor: str) -> QTextCursor:
        """Find a heading; the beginning where none has this name."""
        block = self.document().begin()
        while anchor and block.isValid():
            if any(anchor in fragment.charFormat().anchorNames() for fragment in fragments(block)):
                return QTextCursor(block)
            block = block.next()
        return QTextCursor(self.document())

    @Slot()
    def _leave_place(self) -> None:
        self._place = None

    def _look(self) -> Look:
        return Look(self._theme, self._theme.dark)

    @Slot(QUrl)
    def _on_link(self, link: QUrl) -> None:
        self.link_chosen.emit(link.toString())


def _marked(cursor: QTextCursor, tint: QTextCharFormat) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    selection.cursor = cursor  # type: ignore[attr-defined]  # PySide's stubs leave the fields out
    selection.format = tint  # type: ignore[attr-defined]
    return selection

"""A chapter of the guide to read, with its pictures as wide as there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QImage, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from ui.widgets.guide_look import MARGIN, Look, fit_pictures, show_markdown

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
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._resized = QTimer(self, singleShot=True, interval=SETTLED)
        self._resized.timeout.connect(self._fit)
        self.anchorClicked.connect(self._on_link)

    def show_chapter(self, markdown: str, anchors: Sequence[str]) -> None:
        """Show a chapter from its beginning; ``anchors`` name its headings in their order."""
        show_markdown(self.document(), markdown, anchors, self._look())
        self._fit()
        self.verticalScrollBar().setValue(0)

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
        if width > 0:
            fit_pictures(self.document(), width, self.devicePixelRatioF(), self.image, self._look())

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

"""The guide: what one does in a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from ui.context import AppContext

CHAPTERS = ("overview", "sites", "assessment", "certificates", "checklists", "exchange", "settings")


class GuideDialog(QDialog):
    """Shows the guide in chapters; stays open beside the window."""

    def __init__(self, context: AppContext, chapter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self.resize(760, 560)
        self.chapter_list = QListWidget()
        self.chapter_list.setMaximumWidth(180)
        self.chapter_list.setSpacing(4)
        self.text_browser = QTextBrowser()
        self.text_browser.document().setDocumentMargin(12)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        row = QHBoxLayout()
        row.addWidget(self.chapter_list)
        row.addWidget(self.text_browser, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.addLayout(row, 1)
        column.addWidget(self._buttons)
        self.chapter_list.currentRowChanged.connect(self._show_chapter)
        self._buttons.rejected.connect(self.reject)
        context.events.language_changed.connect(self.retranslate)
        self.retranslate()
        self.open_chapter(chapter)

    def open_chapter(self, chapter: str) -> None:
        """Open the guide at a chapter; at the first when there is none of that name."""
        self.chapter_list.setCurrentRow(CHAPTERS.index(chapter) if chapter in CHAPTERS else 0)

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew, staying at the chapter."""
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("guide.title"))
        self.chapter_list.setAccessibleName(tr("guide.chapters"))
        self.text_browser.setAccessibleName(tr("guide.title"))
        at = self.chapter_list.currentRow()
        self.chapter_list.clear()
        self.chapter_list.addItems([tr(f"guide.{chapter}.title") for chapter in CHAPTERS])
        self.chapter_list.setCurrentRow(at)

    @Slot(int)
    def _show_chapter(self, row: int) -> None:
        if row >= 0:
            self.text_browser.setMarkdown(self._context.i18n.tr(f"guide.{CHAPTERS[row]}.text"))
            _space_out(self.text_browser.document())


def _space_out(document: QTextDocument) -> None:
    """Put air between the paragraphs; Markdown brings none."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        spaced = QTextBlockFormat()
        spaced.setBottomMargin(6)
        spaced.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(spaced)
        block = block.next()

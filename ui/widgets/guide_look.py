"""How a chapter of the guide looks: headings, tables, keys, remarks and pictures of a document read from Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QPainter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from ui.theme import COLORS

if TYPE_CHECKING:
    from ui.theme import Theme

SIZES = {1: "page", 2: "section", 3: "body"}
"""Of the type of headings, by their level."""
ABOVE = {1: 0, 2: 22, 3: 14}
"""Pixels of air above a heading, by its level."""
MARGIN = 20
INDENT = 26
"""Pixels by which each level of a list moves in."""
LINE_HEIGHT = 115

PictureSource = Callable[[str], QImage]
"""Gives a picture by its name; an empty one where there is none."""


@dataclass(frozen=True, slots=True)
class Look:
    """Type and colors to dress a document in; ``dark`` chooses the scheme."""

    theme: Theme
    dark: bool

    def color(self, role: str) -> QColor:
        """Give the color of a role."""
        return QColor(COLORS[role][self.dark])

    def font(self, kind: str = "body", *, bold: bool = False) -> QFont:
        """Give the font of a kind of text."""
        return self.theme.font(kind, bold=bold)


def show_markdown(document: QTextDocument, markdown: str, anchors: Sequence[str], look: Look) -> None:
    """Fill a document with a chapter; ``anchors`` name its headings in their order."""
    document.clear()
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(look.font())
    document.setDocumentMargin(MARGIN)
    document.setIndentWidth(INDENT)
    document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    names = iter(anchors)
    whole = QTextCursor(document)
    whole.beginEditBlock()  # laid out once, not after each change
    for block in _blocks(document):
        _dress_block(block, look)
        for fragment in fragments(block):
            _dress_fragment(fragment, look, block)
        if block.blockFormat().headingLevel():
            _name(block, next(names, ""))
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame, look)
    whole.endEditBlock()


def fit_pictures(document: QTextDocument, width: int, ratio: float, source: PictureSource, look: Look) -> None:
    """Draw pictures as wide as there is room, never wider than they are; ``ratio`` is the screen's pixels per point."""
    whole = QTextCursor(document)
    whole.beginEditBlock()
    for block in _blocks(document):
        for fragment in fragments(block):
            picture = fragment.charFormat().toImageFormat()
            if picture.isValid() and picture.name():
                _fit(document, fragment, picture, _drawn(source(picture.name()), width, ratio, look))
    whole.endEditBlock()


def begin_pages(document: QTextDocument) -> None:
    """Let each chapter but the first begin on a page of its own, when the document is printed."""
    chapters = [block for block in _blocks(document) if block.blockFormat().headingLevel() == 1]
    for block in chapters[1:]:
        made = QTextBlockFormat()
        made.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        QTextCursor(block).mergeBlockFormat(made)


def keep_headings(document: QTextDocument) -> None:
    """Let no heading be the last line of a page; the document has to have its size of page."""
    for block in _blocks(document):
        following = block.next()
        if block.blockFormat().headingLevel() and following.isValid() and _page(block) != _page(following):
            made = QTextBlockFormat()
            made.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(block).mergeBlockFormat(made)
            document.markContentsDirty(0, document.characterCount())  # Qt lays out wrongly what follows a new break


def _page(block: QTextBlock) -> int:
    """Tell on which page the first line of a block stands."""
    document, layout = block.document(), block.layout()
    top = document.documentLayout().blockBoundingRect(block).top()
    first = layout.lineAt(0).y() if layout.lineCount() else 0.0  # a picture that found no room is farther down
    return int((top + first) // document.pageSize().height())


def _fit(document: QTextDocument, fragment: QTextFragment, picture: QTextImageFormat, image: QImage) -> None:
    document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(picture.name()), image)
    size = image.deviceIndependentSize()
    picture.setWidth(size.width())
    picture.setHeight(size.height())
    _over(document, fragment).setCharFormat(picture)


def _drawn(image: QImage, width: int, ratio: float, look: Look) -> QImage:
    """Scale a picture smoothly, which documents do not, and draw a thin frame around it."""
    if image.isNull():
        return image
    points = min(image.width(), width)
    pixels = min(image.width(), round(points * ratio))
    scaled = image.convertToFormat(QImage.Format.Format_RGB32)
    if pixels < image.width():
        scaled = scaled.scaledToWidth(pixels, Qt.TransformationMode.SmoothTransformation)
    painter = QPainter(scaled)
    painter.setPen(look.color("line"))
    painter.drawRect(scaled.rect().adjusted(0, 0, -1, -1))
    painter.end()
    scaled.setDevicePixelRatio(pixels / points)
    return scaled


# --- parts


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def fragments(block: QTextBlock) -> list[QTextFragment]:
    """Give the pieces of a paragraph that look the same."""
    return [entry.fragment() for entry in block]  # type: ignore[attr-defined]  # PySide's stubs do not know it


def _over(document: QTextDocument, fragment: QTextFragment) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(fragment.position())
    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _dress_block(block: QTextBlock, look: Look) -> None:
    """Put air between the paragraphs; Markdown brings none."""
    made = QTextBlockFormat()
    level = block.blockFormat().headingLevel()
    quoted = block.blockFormat().intProperty(QTextFormat.Property.BlockQuoteLevel.value)
    if not any(fragment.charFormat().isImageFormat() for fragment in fragments(block)):
        made.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    made.setTopMargin(ABOVE.get(level, 0))
    made.setBottomMargin(8 if level or not block.textList() else 4)
    if quoted:
        made.setBackground(look.color("raised"))
        made.setLeftMargin(12)
        made.setRightMargin(12)
    if block.blockFormat().nonBreakableLines():
        made.setBackground(look.color("raised"))
        made.setBottomMargin(0)
    QTextCursor(block).mergeBlockFormat(made)
    if level:
        _dress_heading(block, level, look)


def _dress_heading(block: QTextBlock, level: int, look: Look) -> None:
    for fragment in fragments(block):
        made = fragment.charFormat()
        made.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)  # it would win over the size
        made.setFont(look.font(SIZES.get(level, "body"), bold=True))
        made.setForeground(QBrush(look.color("text")))
        _over(block.document(), fragment).setCharFormat(made)


def _dress_fragment(fragment: QTextFragment, look: Look, block: QTextBlock) -> None:
    given = fragment.charFormat()
    made = QTextCharFormat()
    if given.fontFixedPitch():  # keys, commands: never the machine's own type, which there may be none of
        made.setFontFamilies(look.font().families())
        made.setFontFixedPitch(False)
        if not block.blockFormat().nonBreakableLines():
            made.setBackground(look.color("raised"))
    elif given.isAnchor():
        made.setForeground(QBrush(look.color("accent")))
    else:
        return
    _over(block.document(), fragment).mergeCharFormat(made)


def _name(block: QTextBlock, anchor: str) -> None:
    """Make a heading a place that can be scrolled to."""
    made = QTextCharFormat()
    made.setAnchor(True)
    made.setAnchorNames([anchor])
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(made)


def _dress_table(table: QTextTable, look: Look) -> None:
    made = QTextTableFormat(table.format())
    made.setBorder(1)
    made.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    made.setBorderBrush(QBrush(look.color("line")))
    made.setBorderCollapse(True)
    made.setCellPadding(6)
    made.setCellSpacing(0)
    made.setBottomMargin(12)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(made)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        shade = cell.format()
        shade.setBackground(look.color("raised"))
        cell.setFormat(shade)

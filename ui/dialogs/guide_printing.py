"""Writes chapters of the guide as a PDF file: for a training course, or for the wall."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

from ui.dialogs.paper_writing import PaperWriting
from ui.widgets.guide_look import Look, begin_pages, fit_pictures, keep_headings, show_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext
    from ui.models.guide_book import Chapter

RESOLUTION = 108
"""Pixels of type per inch: body type of 14 is then a little over 9 points."""
MARGINS = QMarginsF(20, 18, 20, 14)
"""Millimetres."""
FOOT = 28
"""Pixels kept free for the number of the page."""
TALLEST = 0.45
"""The share of a page that a picture may fill."""
PICTURE_RATIO = 2.0
"""Printed pictures keep more of their pixels than a screen has points."""


def save_chapters(context: AppContext, title: str, chapters: Sequence[Chapter], parent: QWidget) -> None:
    """Ask where to, and write chapters there, each beginning on a page of its own."""
    # Here and not in the worker: documents lay out with timers, which only threads of Qt have. It takes half a second.
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        content = chapters_as_pdf(context, title, chapters)
    finally:
        QGuiApplication.restoreOverrideCursor()
    PaperWriting(context, parent).save(title, ".pdf", lambda _desk, _progress: content, parent)


def chapters_as_pdf(context: AppContext, title: str, chapters: Sequence[Chapter]) -> bytes:
    """Give chapters as a PDF on A4, in light colors whatever the window wears."""
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, title)
    page = QSizeF(writer.width(), writer.height() - FOOT)
    look = Look(context.theme, dark=False)
    document = QTextDocument()
    anchors = [section.anchor for chapter in chapters for section in chapter.sections]
    show_markdown(document, "\n\n".join(chapter.markdown for chapter in chapters), anchors, look)
    document.setDocumentMargin(0)
    begin_pages(document)
    fit_pictures(document, round(page.width()), PICTURE_RATIO, partial(_picture, context, page), look)
    document.setPageSize(page)
    keep_headings(document)
    _paint(document, writer, look)
    buffer.close()
    return bytes(written.data())


def _writer(buffer: QBuffer, title: str) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(QGuiApplication.applicationName())
    writer.setResolution(RESOLUTION)
    portrait, millimetre = QPageLayout.Orientation.Portrait, QPageLayout.Unit.Millimeter
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), portrait, MARGINS, millimetre))
    return writer


def _picture(context: AppContext, page: QSizeF, name: str) -> QImage:
    """Give a picture in light colors, no taller than a part of the page."""
    image = QImage.fromData(context.guide_picture(name.rpartition("/")[2]) or b"")
    tallest = round(page.height() * TALLEST)
    if image.height() <= tallest:
        return image
    return image.scaledToHeight(tallest, Qt.TransformationMode.SmoothTransformation)


def _paint(document: QTextDocument, writer: QPdfWriter, look: Look) -> None:
    page = document.pageSize()
    foot = QRectF(0, page.height(), page.width(), FOOT)
    painter = QPainter(writer)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * page.height())
        document.drawContents(painter, QRectF(0, number * page.height(), page.width(), page.height()))
        painter.restore()
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("muted"))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, str(number + 1))
    painter.end()

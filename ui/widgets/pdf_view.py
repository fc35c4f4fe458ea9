"""Shows the pages of a PDF document, and sends them to a printer; the only place that knows pypdfium2."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from wufei_cells.errors import EnvironmentFault

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtPrintSupport import QPrinter

    from ui.tasks import TaskProgress, TaskRunner
    from ui.theme import Theme

POINTS_PER_INCH = 72
PRINT_DPI = 300
MARGIN = 12
REST = 120  # milliseconds after the last resize before pages are drawn anew
KEPT = 12  # drawn pages that are kept
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)

# pdfium keeps one state for the whole process: two threads inside it at once would bring the program down.
_pdfium = threading.Lock()


@dataclass(frozen=True, slots=True)
class PdfPages:
    """A document that was read: its bytes, the size of each page in points, and the words on it."""

    content: bytes
    sizes: tuple[tuple[float, float], ...]
    texts: tuple[str, ...]


def read_pages(content: bytes, _progress: TaskProgress | None = None) -> PdfPages:
    """Read what a document holds; for the worker thread."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - loads its library: not before a page is wanted

    sizes: list[tuple[float, float]] = []
    texts: list[str] = []
    # Everything is closed by hand: what is left to the collector would be freed in any thread, outside the lock.
    with _pdfium, closing(PdfDocument(content)) as document:
        for number in range(len(document)):
            with closing(document[number]) as page, closing(page.get_textpage()) as words:
                sizes.append(page.get_size())
                texts.append(words.get_text_range())
    return PdfPages(content, tuple(sizes), tuple(texts))


def draw_page(content: bytes, number: int, scale: float, _progress: TaskProgress | None = None) -> QImage:
    """Draw one page; ``scale`` is pixels per point. For the worker thread."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415

    with _pdfium, closing(PdfDocument(content)) as document, closing(document[number]) as page:
        rendered = page.render(scale=scale, prefer_bgrx=True)  # pyright: ignore[reportArgumentType] - takes fractions
        with closing(rendered) as bitmap:
            drawn = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
            return drawn.copy()  # the bitmap takes its memory with it


def print_pages(content: bytes, printer: QPrinter, progress: TaskProgress) -> int:
    """Send all pages to a printer, each as large as its paper; for the worker thread. Gives how many there were.

    Raises:
        EnvironmentFault: the printer does not take the document.
        TaskCancelled: somebody gave it up; what was not printed yet is not printed.
    """
    sizes = read_pages(content).sizes
    printer.setFullPage(True)
    painter = QPainter()
    try:
        for number, (width, height) in enumerate(sizes):
            progress.report(number, len(sizes))
            _turn_page(painter, printer, wide=width > height)
            _print_page(painter, printer, draw_page(content, number, _print_scale(printer)))
    except BaseException:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
    return len(sizes)


def _turn_page(painter: QPainter, printer: QPrinter, *, wide: bool) -> None:
    """Begin the next page, the first one included."""
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
        raise EnvironmentFault("certificates.print_refused", printer=printer.printerName())


def _print_scale(printer: QPrinter) -> float:
    return min(PRINT_DPI, printer.resolution()) / POINTS_PER_INCH


def _print_page(painter: QPainter, printer: QPrinter, image: QImage) -> None:
    """Put a drawn page into the middle of its paper, as large as fits."""
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    place = QRect(QPoint(0, 0), image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio))
    place.moveCenter(QRect(QPoint(0, 0), paper.size()).center())
    painter.drawImage(place, image)


class PdfView(QScrollArea):
    """Shows a document page under page, as wide as there is room or as large as the person wants.

    Signals:
        shown: another document is in view (number of pages).
        failed: the document could not be read or drawn (Exception).
    """

    shown = Signal(int)
    failed = Signal(object)

    def __init__(self, tasks: TaskRunner, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pages = PdfPages(b"", (), ())
        self._zoom: float | None = None
        self._canvas = _Canvas(theme, self)
        self._canvas.page_wanted.connect(self._on_page_wanted)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._canvas.draw_sharply)
        self.setWidget(self._canvas)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    # --- public

    def show_pdf(self, content: bytes) -> None:
        """Read a document in the background and show it."""
        self._tasks.run(self, partial(read_pages, content), self._on_read, self.failed.emit)

    def clear(self) -> None:
        """Show nothing."""
        self._on_read(PdfPages(b"", (), ()))

    @property
    def page_count(self) -> int:
        """How many pages are in view."""
        return len(self._pages.sizes)

    @property
    def content(self) -> bytes:
        """The document in view."""
        return self._pages.content

    def text(self) -> str:
        """Give the words on all pages."""
        return "\n".join(self._pages.texts)

    @property
    def zoom(self) -> float | None:
        """How large pages are shown; ``None``: as wide as there is room."""
        return self._zoom

    def fit_width(self) -> None:
        """Show pages as wide as there is room."""
        self._zoom = None
        self._place()

    def zoom_in(self) -> None:
        """Show pages larger."""
        self._zoom = next((zoom for zoom in ZOOMS if zoom > self._shown_zoom() + 0.01), ZOOMS[-1])
        self._place()

    def zoom_out(self) -> None:
        """Show pages smaller."""
        self._zoom = next((zoom for zoom in reversed(ZOOMS) if zoom < self._shown_zoom() - 0.01), ZOOMS[0])
        self._place()

    # --- Qt events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep pages as wide as there is room."""
        super().resizeEvent(event)
        if self._zoom is None:
            self._place()

    # --- slots and the rest

    def _on_read(self, pages: PdfPages) -> None:
        self._pages = pages
        self._canvas.forget_drawings()
        self._place()
        self.setAccessibleDescription(self.text()[:2000])
        self.shown.emit(self.page_count)

    def _scale(self) -> float:
        """Give pixels of the screen per point of the page."""
        if self._zoom is not None:
            return self._zoom * self.logicalDpiX() / POINTS_PER_INCH
        widest = max((width for width, _ in self._pages.sizes), default=1.0)
        return max(0.05, (self.viewport().width() - 2 * MARGIN) / widest)

    def _shown_zoom(self) -> float:
        return self._scale() * POINTS_PER_INCH / self.logicalDpiX()

    def _place(self) -> None:
        scale = self._scale()
        sizes = [QSize(round(width * scale), round(height * scale)) for width, height in self._pages.sizes]
        self._canvas.place(sizes)
        self._rest.start()

    def _on_page_wanted(self, number: int, width: int) -> None:
        scale = width / self._pages.sizes[number][0]
        work = partial(draw_page, self._pages.content, number, scale)
        done = partial(self._canvas.take_drawing, self._pages.content, number)
        self._tasks.run(self, work, done, self.failed.emit)

    def is_showing(self, content: bytes) -> bool:
        """Tell whether a document is still the one in view."""
        return self._pages.content is content


class _Canvas(QWidget):
    """Paints the pages that are in view and asks for those that are not drawn yet.

    Signals:
        page_wanted: a page is to be drawn (its number, its width in pixels).
    """

    page_wanted = Signal(int, int)

    def __init__(self, theme: Theme, view: PdfView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._places: list[QRect] = []
        self._drawings: dict[int, QImage] = {}
        self._asked: dict[int, int] = {}

    def place(self, sizes: list[QSize]) -> None:
        """Lay the pages out under each other."""
        widest = max((size.width() for size in sizes), default=0)
        self._places = []
        top = MARGIN
        for size in sizes:
            self._places.append(QRect(QPoint(MARGIN + (widest - size.width()) // 2, top), size))
            top += size.height() + MARGIN
        self.resize(widest + 2 * MARGIN, top)
        self.update()

    def forget_drawings(self) -> None:
        """Drop what was drawn of another document."""
        self._drawings.clear()
        self._asked.clear()

    def draw_sharply(self) -> None:
        """Ask for the pages in view at their present size."""
        visible = self.visibleRegion().boundingRect()
        ratio = self.devicePixelRatioF()
        for number, place in enumerate(self._places):
            width = round(place.width() * ratio)
            if place.intersects(visible) and self._asked.get(number) != width and width:
                self._asked[number] = width
                self.page_wanted.emit(number, width)

    def take_drawing(self, content: bytes, number: int, image: QImage) -> None:
        """Show a page that was drawn, unless another document is in view by now."""
        if not self._view.is_showing(content):
            return
        self._drawings[number] = image
        while len(self._drawings) > KEPT:
            dropped = next(iter(self._drawings))
            del self._drawings[dropped]
            self._asked.pop(dropped, None)
        self.update()

    @property
    def drawings(self) -> dict[int, QImage]:
        """The pages that are drawn, by number."""
        return self._drawings

    # --- Qt events

    def event(self, event: QEvent) -> bool:
        """Draw sharply again on a screen with other pixels."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.draw_sharply()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in view; what is not drawn yet is white paper."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(self._theme.color("line"))
        missing = False
        for number, place in enumerate(self._places):
            if not place.intersects(event.rect()):
                continue
            painter.fillRect(place, Qt.GlobalColor.white)
            drawing = self._drawings.get(number)
            if drawing is not None:
                painter.drawImage(QRectF(place), drawing)
            missing = missing or drawing is None
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.end()
        if missing:
            QTimer.singleShot(0, self, self.draw_sharply)

"""Shows a QR code, black on white in any scheme, so that cameras read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from wufei_cells.documents.qr_code import QrCode

QUIET = 4  # modules of white around it (ISO/IEC 18004)
SIDE = 260


class QrView(QWidget):
    """Paints one code as large as fits."""

    def __init__(self, code: QrCode, spoken: str) -> None:
        super().__init__()
        self._code = code
        self.setAccessibleName(spoken)
        self.setMinimumSize(QSize(SIDE, SIDE))

    def sizeHint(self) -> QSize:
        """Ask for a square."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the code in whole pixels for each module where there is room."""
        del event
        modules = self._code.side + 2 * QUIET
        side = min(self.width(), self.height())
        one = side // modules or side / modules
        left, top = (self.width() - one * modules) / 2, (self.height() - one * modules) / 2
        painter = QPainter(self)
        painter.fillRect(QRectF(left, top, one * modules, one * modules), QColor(Qt.GlobalColor.white))
        for x, y, width, height in self._code.dark:
            place = QRectF(left + (x + QUIET) * one, top + (y + QUIET) * one, width * one, height * one)
            painter.fillRect(place, QColor(Qt.GlobalColor.black))
        painter.end()

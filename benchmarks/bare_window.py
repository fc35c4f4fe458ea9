"""The least there is to compare a built program with: a window with a label; says when it was painted, and stays."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class FirstPaint(QObject):
    """Says when a window was painted for the first time."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look for the first paint; it is over when the event loop turns again."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._say)
        return False

    def _say(self) -> None:
        sys.stdout.write(f"painted {time.time()}\n")
        sys.stdout.flush()


application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("无废细胞"))
window.resize(1280, 800)
paint = FirstPaint()
window.installEventFilter(paint)
window.show()
application.exec()

"""One start of a window, as a process of its own: says when it was painted and when it was usable, then ends.

``python -m benchmarks.window ours|bare|database FOLDER``; moments are seconds since the epoch.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QTableWidget, QTableWidgetItem, QWidget

POLL = 2  # milliseconds between two looks whether rows are there


class FirstPaint(QObject):
    """Says when a widget was painted for the first time, once."""

    def __init__(self, watched: QWidget, what: str) -> None:
        super().__init__(watched)
        self._what = what
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look for the first paint; it is over when the event loop turns again."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._on_painted)
        return False

    def _on_painted(self) -> None:
        say(self._what)


def say(what: str) -> None:
    """Print a moment; the process has done its work when the window is usable."""
    print(what, time.time(), flush=True)
    if what == "usable":
        QApplication.exit()


def bare() -> QWidget:
    """Show the least there is: a window with a label."""
    window = QMainWindow()
    window.setCentralWidget(QLabel("无废细胞"))
    FirstPaint(window, "painted")
    QTimer.singleShot(200, window, lambda: say("usable"))
    return window


def database(folder: Path) -> QWidget:
    """Show the sites of a register in a plain table, read through SQLAlchemy."""
    from sqlalchemy import create_engine, text  # noqa: PLC0415 - part of what is measured

    window = QMainWindow()
    engine = create_engine(f"sqlite:///{folder / 'wufei.db'}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, category, district FROM site ORDER BY name")).all()
    table = QTableWidget(len(rows), 3)
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            table.setItem(line, column, QTableWidgetItem(str(value)))
    window.setCentralWidget(table)
    FirstPaint(window, "painted")
    FirstPaint(table.viewport(), "usable")
    return window


class Ours(QObject):
    """Starts the real window and waits until the list of sites shows its rows."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        super().__init__()
        from ui.app import Start, Window  # noqa: PLC0415 - part of what is measured

        place = folder / "settings"
        self._window = Window(application, Start(folder, "zh", "bench", place / "window.ini", place / "window.log"))
        FirstPaint(self._window.main, "painted")
        self._window.main.show()
        self._timer = QTimer(self, interval=POLL)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        from ui.pages.sites_page import SitesPage  # noqa: PLC0415 - part of what is measured

        main = self._window.main
        if not main.current_room:
            return
        page = main.show_room("sites")
        assert isinstance(page, SitesPage)
        if page.model.rowCount():
            self._timer.stop()
            QTimer.singleShot(0, self, lambda: say("usable"))

    def close(self) -> None:
        """End the worker and close the register."""
        self._window.close()


def main(kind: str, folder: Path) -> None:
    """Start one kind of window and stay until it is usable."""
    application = QApplication([])
    if kind == "ours":
        ours = Ours(application, folder)
        application.exec()
        ours.close()
        return
    window = bare() if kind == "bare" else database(folder)
    window.resize(1280, 800)
    window.show()
    application.exec()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

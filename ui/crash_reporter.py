"""Takes what nobody expected, in whatever thread: a file for each, and one dialog at a time."""

from __future__ import annotations

import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication

from wufei_cells import logs, paths

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext
    from ui.dialogs.crash_dialog import CrashDialog
    from ui.i18n import I18n
    from wufei_cells.services.death_watch import DeathWatch


class CrashReporter(QObject):
    """Writes a report of what nobody expected and shows it.

    Signals:
        reported: an exception was written down (the exception, the report's file or ``None``).
    """

    reported = Signal(object, object)

    def __init__(self, log_file: Path) -> None:
        super().__init__()
        self.i18n: I18n | None = None
        self._folder = log_file.parent
        self._dialog: CrashDialog | None = None
        self._watch: DeathWatch | None = None
        self._begun = 0.0
        self.reported.connect(self._show)
        logs.keep_in(log_file)

    # --- public

    def report(self, error: BaseException) -> None:
        """Write an exception down and show it, unless one is shown already; from any thread."""
        from wufei_cells.services import crash_reports  # noqa: PLC0415 - few runs ever need it

        more = {"qt": qVersion(), "platform": QGuiApplication.platformName()}
        self.reported.emit(error, crash_reports.write(self._folder, error, more))

    def report_thread(self, told: threading.ExceptHookArgs) -> None:
        """Take what ended a thread (as ``threading.excepthook``)."""
        if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
            self.report(told.exc_value)

    def watch(self, context: AppContext, window: QWidget) -> None:
        """Watch over this program from now on; where one died before, offer what is known of it, once."""
        from wufei_cells.services.death_watch import DeathWatch  # noqa: PLC0415 - not for windows within tests

        logs.note(
            "start",
            qt=qVersion(),
            platform=QGuiApplication.platformName(),
            built=paths.program_folder() is not None,
            portable=paths.portable_folder() is not None,
        )
        self._begun = time.monotonic()
        self._watch = DeathWatch(self._folder)
        if self._watch.begin() is not None:
            said = context.i18n.tr("support.died_before")
            context.notices.post(said, "attention", opens=partial(_open_support, context, window))

    @property
    def dialog(self) -> CrashDialog | None:
        """What is shown."""
        return self._dialog

    def close(self) -> None:
        """Say that the program ends in order."""
        if self._watch is not None:
            self._watch.end()
            self._watch = None
            logs.note("end", seconds=time.monotonic() - self._begun)

    # --- slots

    @Slot(object, object)
    def _show(self, error: BaseException, report: Path | None) -> None:
        if self.i18n is None or self._dialog is not None:
            return
        from ui.dialogs.crash_dialog import CrashDialog  # noqa: PLC0415 - few runs ever need it

        self._dialog = CrashDialog(self.i18n, error, report)
        self._dialog.destroyed.connect(self._on_closed)
        self._dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        self._dialog = None


def _open_support(context: AppContext, window: QWidget) -> None:
    from ui.dialogs.openers import open_dialog  # noqa: PLC0415 - few starts ever need it

    open_dialog("support", context, window)

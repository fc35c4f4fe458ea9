"""How the window starts: one for each data folder; a welcome first where nothing was ever begun."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.app import TURN, Start, Window, dressed, settings_of
from ui.crash_reporter import CrashReporter
from ui.cycles import CycleCollector
from ui.dialogs.openers import open_dialog
from ui.input_method import choose_input_method, connect_fcitx
from ui.single_instance import SingleInstance, bring_forward
from ui.welcome.choosing import Begun, Way
from ui.welcome_works import welcome_works
from wufei_cells import logs, paths

if TYPE_CHECKING:
    from types import TracebackType

    from ui.preferences import Preferences
    from ui.service_desk import Desk
    from ui.welcome.welcome_window import WelcomeWindow
    from wufei_cells.services.beginning import Found

FOLDER = "register/folder"
"""Under this the data folder is remembered that was begun or worked in last, the usual one, too: it may be missed."""
PERSON = "person/name"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the command line chose."""

    data: Path | None = None
    language: str | None = None
    person: str | None = None
    as_of: date | None = None


def run(choices: Choices, files: Sequence[Path] = ()) -> int:
    """Open the window, or hand the files to the one that is open; stay until it is closed; return the exit code."""
    through_fcitx = choose_input_method()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    if through_fcitx:
        connect_fcitx(application)
    # While the worker reads thousands of rows, the window waits a fifth of the usual time for its turn.
    sys.setswitchinterval(TURN)
    return Program(application, choices).run(files)


class Program(QObject):
    """One start of the program: the welcome if there is one, and window after window until somebody closes the last."""

    def __init__(self, application: QApplication, choices: Choices) -> None:
        super().__init__()
        self._application = application
        self._choices = choices
        self._start = Start(choices.data, choices.language, choices.person, as_of=choices.as_of)
        self._named = choices.data is not None or paths.names_data_folder()
        self._files: list[Path] = []
        self._claim: SingleInstance | None = None
        self._wanted: Path | None = None
        self._next_dialog = ""
        self._begun: Begun | None = None
        self.window: Window | None = None
        self.welcome: WelcomeWindow | None = None
        if sys.platform == "darwin":  # only there do files come as events, and each event costs a call
            application.installEventFilter(self)

    def run(self, files: Sequence[Path]) -> int:
        """Start, and stay until it is over; give the exit code."""
        threading.Thread(target=_clear_leftovers, daemon=True).start()
        cycles = CycleCollector()  # of the welcome, too, and of what is left between two windows
        try:
            return self._run(files)
        finally:
            cycles.stop()

    def _run(self, files: Sequence[Path]) -> int:
        self._files += files
        if self._choices.as_of is not None:  # looks only, and may stand beside any other
            return self._show_window()
        folder = self._folder()
        if not self._claim_folder(folder):
            return 0
        if not self._named and not paths.holds_register(folder) and not self._begin_anew(folder):
            return 0
        code = self._show_window()
        while self._wanted is not None:
            folder, self._wanted = self._wanted, None
            if not self._claim_folder(folder):
                return 0
            self._work_in(folder)
            code = self._show_window()
        if self._claim is not None:
            self._claim.release()
        return code

    # --- where

    def _folder(self) -> Path:
        remembered = "" if self._named else settings_of(self._start).text(FOLDER)
        folder = self._choices.data or (Path(remembered) if remembered else paths.data_folder())
        if remembered:
            self._start = replace(self._start, data=folder)
        return folder

    def _work_in(self, folder: Path) -> None:
        """Let the next window open on a folder; the usual one is made if need be, as at every start."""
        usual = not self._named and folder == paths.data_folder()
        self._start = replace(self._start, data=None if usual else folder)

    def _claim_folder(self, folder: Path) -> bool:
        """Be the only program on a folder; false where another is, which has come forward with the files."""
        if self._claim is not None:
            self._claim.release()
        self._claim = SingleInstance(folder)
        self._claim.files_arrived.connect(self._on_files)
        return self._claim.claim(self._files)

    # --- the welcome

    def _begin_anew(self, folder: Path) -> bool:
        """Welcome somebody who never began, or whose folder is gone; false where they left it at that."""
        preferences = settings_of(self._start)
        missing = folder if preferences.text(FOLDER) else None
        begun = self._welcome(preferences, missing)
        if begun is None:
            return False
        if begun.folder != folder and not self._claim_folder(begun.folder):
            return False
        self._keep(preferences, begun)
        self._files += begun.files
        self._next_dialog = begun.chosen.next_dialog
        self._work_in(begun.folder)
        return True

    def _welcome(self, preferences: Preferences, missing: Path | None) -> Begun | None:
        from ui.welcome.welcome_window import WelcomeWindow  # noqa: PLC0415 - few starts ever need it

        looks = dressed(self._application, self._start, preferences)
        reporter = CrashReporter(paths.log_folder() / logs.FILE_NAME)
        reporter.i18n = looks.i18n
        sys.excepthook = partial(_report, reporter)
        self.welcome = WelcomeWindow(
            looks.i18n,
            looks.theme,
            welcome_works(paths.data_folder()),
            folder=paths.data_folder(),
            portable=paths.portable_folder() is not None,
            missing=missing,
        )
        self.welcome.begun.connect(self._on_begun)
        self.welcome.failed.connect(reporter.report)
        self.welcome.show()
        self._application.exec()
        reporter.close()
        looks.i18n.release()
        _let_go(self.welcome)
        self.welcome = None
        return self._begun

    def _on_begun(self, begun: Begun) -> None:
        self._begun = begun

    def _keep(self, preferences: Preferences, begun: Begun) -> None:
        """Remember what was chosen; of somebody who only looks at the example, nothing but the language."""
        chosen = begun.chosen
        preferences.remember("window/language", chosen.language)
        if chosen.way is Way.DEMO:
            self._start = replace(self._start, person=chosen.person or self._start.person)
            return
        preferences.remember(PERSON, chosen.person)
        preferences.remember("person/role", chosen.role.value)
        preferences.remember(FOLDER, os.fspath(begun.folder))

    # --- the window

    def _show_window(self) -> int:
        self.window = window = Window(self._application, self._start)
        sys.excepthook = window.crashed
        threading.excepthook = window.reporter.report_thread
        window.reporter.watch(window.context, window.main)
        window.main.register_opened.connect(self._on_register_opened)
        window.context.events.register_wanted.connect(self._on_register_wanted)
        window.main.closing_bar.stay_button.clicked.connect(self._on_staying)
        window.opening.open(self._files)
        self._files.clear()
        window.main.show()
        code = self._application.exec()
        window.close()
        self.window = None
        _let_go(window.main)
        return code

    def _on_register_opened(self) -> None:
        window, name = self.window, self._next_dialog
        self._next_dialog = ""
        if window is None:
            return
        if name:
            open_dialog(name, window.context, window.main)
        preferences, folder = window.context.preferences, window.context.data_folder
        if not self._named and window.context.as_of is None and folder == paths.data_folder():
            preferences.remember(FOLDER, os.fspath(folder))  # begun by a version that did not remember the usual one
        if not preferences.keeps():
            said = window.context.i18n.tr("start.settings_not_kept", path=str(paths.settings_folder()))
            window.context.notices.post(said, "attention")

    def _on_register_wanted(self, place: Path) -> None:
        if self.window is not None:
            context = self.window.context
            context.ask(self.window.main, partial(_find, place), self._on_found)

    def _on_found(self, found: Found) -> None:
        if self.window is None or found.path == self.window.context.data_folder:
            return
        if not self._named:
            self.window.context.preferences.remember(FOLDER, os.fspath(found.path))
        self._wanted = found.path
        self.window.main.close()

    def _on_staying(self) -> None:
        self._wanted = None

    # --- files

    def _on_files(self, files: list[Path]) -> None:
        front = self._application.activeModalWidget()
        if self.window is not None:
            self.window.opening.open(files)
            bring_forward(self.window.main)
            front = self._application.activeModalWidget()
        else:
            self._files += files
            if self.welcome is not None:
                bring_forward(self.welcome)
        if front is not None:
            bring_forward(front)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files that macOS opens with the program."""
        if event.type() is QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            self._on_files([Path(event.file())])
            return True
        return super().eventFilter(watched, event)


def _let_go(window: QWidget) -> None:
    """Delete a window that is closed: its timers would go on asking, and open the register again."""
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _clear_leftovers() -> None:
    from wufei_cells.services import half_made  # noqa: PLC0415 - not part of the start

    half_made.clear(paths.demo_folder())


def _report(
    reporter: CrashReporter, _kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    reporter.report(error.with_traceback(trace))


def _find(place: Path, _desk: Desk) -> Found:
    from wufei_cells.services import beginning  # noqa: PLC0415 - not part of the start

    return beginning.find(place)

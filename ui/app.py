"""The only builder of the window: makes every part once and hands it down."""

from __future__ import annotations

import getpass
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QLocale, QProcess
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from ui.context import AppContext, Desk, Events, Notices, WebParts
from ui.crash_reporter import CrashReporter
from ui.cycles import CycleCollector
from ui.i18n import I18n
from ui.main_window import MainWindow
from ui.opening_files import OpeningFiles
from ui.preferences import Preferences
from ui.rooms import ROOMS
from ui.tasks import TaskRunner, UnfinishedWork
from ui.theme import Theme
from wufei_cells import logs, paths, shipped

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.progress import Report
    from wufei_cells.services.papers import Press
    from wufei_cells.services.workspace import Workspace
    from wufei_cells.wording import Wording

# The window's own type. A character that the first lacks comes from the second; the machine's fonts are never needed.
FAMILIES = ("Wufei Sans SC", "Wufei Fallback SC")
FONT_FILES = ("WufeiSansSC-Regular", "WufeiSansSC-Bold")
FALLBACK_FONT_FILES = ("WufeiFallbackSC-Regular",)  # 7 MB for names; nothing in the first picture needs it
TURN = 0.001  # seconds


@dataclass(frozen=True, slots=True)
class Start:
    """How the window is to start: everything a command line, a test or a script may choose."""

    data: Path | None = None
    language: str | None = None
    person: str | None = None
    settings_file: Path | None = None
    log_file: Path | None = None
    as_of: date | None = None
    """The earlier day to show, read-only, instead of the register of today."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What a window needs before it can be painted: what is remembered, the words and the colors."""

    preferences: Preferences
    i18n: I18n
    theme: Theme


def settings_of(start: Start) -> Preferences:
    """Open what is remembered."""
    file = start.settings_file or paths.settings_folder() / "window.ini"
    return Preferences(file, portable=paths.program_folder() if paths.portable_folder() else None)


def dressed(application: QApplication, start: Start, preferences: Preferences) -> Looks:
    """Give the application its style, its type and its colors, and everything that paints them."""
    application.setApplicationName("wufei-cells")
    if application.style().name().lower() != "fusion":
        application.setStyle("Fusion")
    language = start.language or preferences.text("window/language") or _language_of_system()
    _load_fonts(FONT_FILES)
    theme = Theme(shipped.icon, FAMILIES)
    theme.dress(application, preferences.text("window/scheme", "system"), preferences.type_size)
    theme.follow_system(application)
    return Looks(preferences, I18n(shipped.wording_catalogue(), "en" if language == "en" else "zh"), theme)


class Window:
    """The whole program on the screen: the frame, its context, and what they are made with."""

    def __init__(self, application: QApplication, start: Start) -> None:
        self._application = application
        self._cycles = CycleCollector()
        self._log_file = start.log_file or paths.log_folder() / logs.FILE_NAME
        self.reporter = CrashReporter(self._log_file)
        looks = dressed(application, start, settings_of(start))
        i18n, theme = looks.i18n, looks.theme
        self.reporter.i18n = i18n
        self.context = _context(application, start, looks, self._log_file)
        theme.changed.connect(self.context.events.scheme_changed)
        i18n.language_changed.connect(self.context.events.language_changed)
        self.main = MainWindow(self.context, ROOMS, self.reporter.report)
        self.main.set_icon(theme.icon("application", "accent"))
        self.main.first_painted.connect(partial(logs.note, "painted"))
        self.main.first_painted.connect(_load_fallback_fonts)
        self.opening = OpeningFiles(self.context, self.main)
        self.main.register_opened.connect(self.opening.on_register_opened)

    def crashed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take an exception nobody caught (as ``sys.excepthook``)."""
        if issubclass(kind, KeyboardInterrupt):
            self._application.quit()
        else:
            self.reporter.report(error.with_traceback(trace))

    def close(self) -> None:
        """Let the running job end and close the data folder."""
        self.main.close()
        self.context.tasks.shutdown()
        self.context.i18n.release()
        self.context.desk.close()
        self._cycles.stop()
        self.reporter.close()  # last: a program that dies while it closes has died, too


# --- parts


def _context(application: QApplication, start: Start, looks: Looks, log_file: Path) -> AppContext:
    preferences, i18n, theme = looks.preferences, looks.i18n, looks.theme
    folder = start.data or paths.data_folder()
    person = start.person or preferences.text("person/name") or name_of_user(i18n)

    def open_it(report: Report) -> Workspace:
        from wufei_cells.services.supporting import note_opened  # noqa: PLC0415 - the same
        from wufei_cells.services.workspace import open_workspace  # noqa: PLC0415 - loads SQLAlchemy: after the paint

        criteria, cities = shipped.shipped_criteria(), shipped.shipped_cities()
        begun = time.monotonic()
        opened = open_workspace(
            folder,
            criteria,
            person=person,
            cities=cities,
            create_folder=start.data is None,
            devices=paths.device_folder(),
        )
        note_opened(opened, time.monotonic() - begun)
        return opened if start.as_of is None else _gone_back(opened, start.as_of, report)

    def dress(scheme: str, type_size: int) -> None:
        theme.dress(application, scheme, type_size)

    return AppContext(
        desk=Desk(open_it),
        tasks=TaskRunner(),
        unfinished=UnfinishedWork(),
        i18n=i18n,
        theme=theme,
        events=Events(),
        notices=Notices(),
        preferences=preferences,
        data_folder=folder,
        document_fonts=_document_fonts,
        press=lambda: press_in(i18n.wording),
        certificate_templates=shipped.certificate_templates,
        report_templates=shipped.report_templates,
        web_parts=_web_parts,
        everything=shipped.everything,
        log_file=log_file,
        guide_chapters=shipped.guide_chapters,
        guide_picture=shipped.guide_picture,
        dress=dress,
        open_past=lambda day: _open_past(folder, i18n.language, start.person, day),
        as_of=start.as_of,
    )


def _gone_back(opened: Workspace, day: date, report: Report) -> Workspace:
    from wufei_cells.services.time_machine import open_as_of  # noqa: PLC0415 - few windows ever need it

    with closing(opened):
        return open_as_of(opened, day, report=report)


def _open_past(folder: Path, language: str, person: str | None, day: date) -> bool:
    """Start the program once more at an earlier day: what happens there cannot touch the window people work in."""
    options = ["--data", str(folder.absolute()), "--language", language, "--as-of", day.isoformat()]
    if person:
        options += ["--person", person]
    module = [] if getattr(sys, "frozen", False) else ["-m", "ui"]
    place = str(Path(__file__).resolve().parents[1])
    return bool(QProcess.startDetached(sys.executable, [*module, *options], place)[0])


@cache
def _load_fonts(names: tuple[str, ...]) -> None:
    """Let Qt know some of our fonts; it keeps them as long as the program runs."""
    files = shipped.font_files()
    for name in names:
        QFontDatabase.addApplicationFontFromData(QByteArray(files[name].read_bytes()))


def _load_fallback_fonts() -> None:
    _load_fonts(FALLBACK_FONT_FILES)


@cache
def _document_fonts() -> DocumentFonts:
    from wufei_cells.documents.fonts import DocumentFonts, Face  # noqa: PLC0415 - loads reportlab

    return DocumentFonts({Face(name): file for name, file in shipped.font_files().items()})


def press_in(wording: Wording) -> Press:
    """Give what certificates are printed with, in a language."""
    from wufei_cells.services import certificate_templating  # noqa: PLC0415 - with the fonts
    from wufei_cells.services.papers import Press  # noqa: PLC0415 - the same

    name, content = next(iter(shipped.certificate_templates().items()))
    return Press(_document_fonts(), wording, certificate_templating.shipped_template(content, name))


def _web_parts() -> WebParts:
    return WebParts(shipped.public_parts(), shipped.verifier_parts(), shipped.wording_catalogue())


def _language_of_system() -> str:
    """English where the system speaks it; Chinese anywhere else, also where it names no language."""
    return "en" if QLocale.system().language() == QLocale.Language.English else "zh"


def name_of_user(i18n: I18n) -> str:
    """Give the name of the account, for somebody who gave none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return i18n.tr("frame.unnamed_person")

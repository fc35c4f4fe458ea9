"""The only builder of the window: makes every part once and hands it down."""

from __future__ import annotations

import getpass
import logging
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QLocale, QObject, QProcess
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from ui.context import AppContext, Desk, Events, Notices, WebParts
from ui.cycles import CycleCollector
from ui.i18n import I18n
from ui.main_window import MainWindow, Room
from ui.preferences import Preferences
from ui.tasks import TaskRunner, UnfinishedWork
from ui.theme import Theme
from wufei_cells import paths, shipped

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler

    from ui.dialogs.crash_dialog import CrashDialog
    from ui.pages.page import Page
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.progress import Report
    from wufei_cells.services.papers import Press
    from wufei_cells.services.workspace import Workspace

# The window's own type. A character that the first lacks comes from the second; the machine's fonts are never needed.
FAMILIES = ("Wufei Sans SC", "Wufei Fallback SC")
FONT_FILES = ("WufeiSansSC-Regular", "WufeiSansSC-Bold")
FALLBACK_FONT_FILES = ("WufeiFallbackSC-Regular",)  # 7 MB for names; nothing in the first picture needs it
LOG_BYTES = 1_000_000
TURN = 0.001  # seconds

log = logging.getLogger("wufei_cells.window")


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


def run(
    *,
    data: Path | None = None,
    language: str | None = None,
    person: str | None = None,
    as_of: date | None = None,
) -> int:
    """Open the window and stay until it is closed; return the exit code."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    # While the worker reads thousands of rows, the window waits a fifth of the usual time for its turn.
    sys.setswitchinterval(TURN)
    window = Window(application, Start(data, language, person, as_of=as_of))
    sys.excepthook = window.crashed
    window.main.show()
    code = application.exec()
    window.close()
    return code


class Window:
    """The whole program on the screen: the frame, its context, and what they are made with."""

    def __init__(self, application: QApplication, start: Start) -> None:
        self._application = application
        self._cycles = CycleCollector()
        self._log_file = start.log_file or paths.log_folder() / "window.log"
        self.reporter = CrashReporter(self._log_file)
        preferences = Preferences(start.settings_file or paths.settings_folder() / "window.ini")
        application.setApplicationName("wufei-cells")
        if application.style().name().lower() != "fusion":
            application.setStyle("Fusion")
        language = start.language or preferences.text("window/language") or _language_of_system()
        i18n = I18n(shipped.wording_catalogue(), "en" if language == "en" else "zh")
        self.reporter.i18n = i18n
        _load_fonts(FONT_FILES)
        theme = Theme(shipped.icon, FAMILIES)
        self.context = _context(application, start, preferences, i18n, theme)
        self.context.dress(preferences.text("window/scheme", "system"), preferences.type_size)
        theme.follow_system(application)
        theme.changed.connect(self.context.events.scheme_changed)
        i18n.language_changed.connect(self.context.events.language_changed)
        self.main = MainWindow(self.context, ROOMS, self.reporter.report)
        self.main.set_icon(theme.icon("application", "accent"))
        self.main.first_painted.connect(_load_fallback_fonts)

    def crashed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take an exception nobody caught (as ``sys.excepthook``)."""
        if issubclass(kind, KeyboardInterrupt):
            self._application.quit()
        else:
            self.reporter.report(error.with_traceback(trace))

    def close(self) -> None:
        """Let the running job end and close the data folder."""
        self.main.close()
        self.reporter.close()
        self.context.tasks.shutdown()
        self.context.i18n.release()
        self.context.desk.close()
        self._cycles.stop()


class CrashReporter(QObject):
    """Writes what nobody expected into the log and shows it, one dialog at a time."""

    def __init__(self, log_file: Path) -> None:
        super().__init__()
        self.i18n: I18n | None = None
        self._log_file = log_file
        self._handler: RotatingFileHandler | None = None
        self._dialog: CrashDialog | None = None

    def report(self, error: BaseException) -> None:
        """Log an exception and show it, unless one is shown already."""
        self._log(error)
        if self.i18n is None or self._dialog is not None:
            return
        from ui.dialogs.crash_dialog import CrashDialog  # noqa: PLC0415 - few runs ever need it

        self._dialog = CrashDialog(self.i18n, error, self._log_file)
        self._dialog.destroyed.connect(self._on_closed)
        self._dialog.open()

    @property
    def dialog(self) -> CrashDialog | None:
        """What is shown."""
        return self._dialog

    def close(self) -> None:
        """Close the log."""
        if self._handler is not None:
            log.removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    def _on_closed(self) -> None:
        self._dialog = None

    def _log(self, error: BaseException) -> None:
        if self._handler is None:
            from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - few runs ever need it

            try:
                self._log_file.parent.mkdir(parents=True, exist_ok=True)
                self._handler = RotatingFileHandler(self._log_file, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8")
            except OSError:
                return  # no place for a log: the dialog still shows everything
            self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
            log.addHandler(self._handler)
        log.error("nobody expected this", exc_info=error)


# --- parts


def _context(application: QApplication, start: Start, preferences: Preferences, i18n: I18n, theme: Theme) -> AppContext:
    folder = start.data or paths.data_folder()
    person = start.person or preferences.text("person/name") or _name_of_user(i18n)

    def open_it(report: Report) -> Workspace:
        from wufei_cells.services.workspace import open_workspace  # noqa: PLC0415 - loads SQLAlchemy: after the paint

        criteria, cities = shipped.shipped_criteria(), shipped.shipped_cities()
        opened = open_workspace(
            folder,
            criteria,
            person=person,
            cities=cities,
            create_folder=start.data is None,
            devices=paths.device_folder(),
        )
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
        press=lambda: _press(i18n),
        certificate_templates=shipped.certificate_templates,
        report_templates=shipped.report_templates,
        web_parts=_web_parts,
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


def _press(i18n: I18n) -> Press:
    from wufei_cells.services import certificate_templating  # noqa: PLC0415 - with the fonts
    from wufei_cells.services.papers import Press  # noqa: PLC0415 - the same

    name, content = next(iter(shipped.certificate_templates().items()))
    return Press(_document_fonts(), i18n.wording, certificate_templating.shipped_template(content, name))


def _web_parts() -> WebParts:
    return WebParts(shipped.public_parts(), shipped.verifier_parts(), shipped.wording_catalogue())


def _language_of_system() -> str:
    """English where the system speaks it; Chinese anywhere else, also where it names no language."""
    return "en" if QLocale.system().language() == QLocale.Language.English else "zh"


def _name_of_user(i18n: I18n) -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return i18n.tr("frame.unnamed_person")


# --- rooms: each page's module is loaded when somebody enters


def _overview(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.overview_page import OverviewPage  # noqa: PLC0415

    return OverviewPage(context, parent)


def _sites(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.sites_page import SitesPage  # noqa: PLC0415

    return SitesPage(context, parent)


def _assessment(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.assessment_page import AssessmentPage  # noqa: PLC0415

    return AssessmentPage(context, parent)


def _certificates(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.certificates_page import CertificatesPage  # noqa: PLC0415

    return CertificatesPage(context, parent)


def _checklists(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.checklists_page import ChecklistsPage  # noqa: PLC0415

    return ChecklistsPage(context, parent)


def _exchange(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.exchange_page import ExchangePage  # noqa: PLC0415

    return ExchangePage(context, parent)


def _settings(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.settings_page import SettingsPage  # noqa: PLC0415

    return SettingsPage(context, parent)


ROOMS: tuple[Room, ...] = (
    Room("overview", "overview", "frame.room.overview", _overview),
    Room("sites", "site", "frame.room.sites", _sites),
    Room("assessment", "assessment", "frame.room.assessment", _assessment),
    Room("certificates", "certificate", "frame.room.certificates", _certificates),
    Room("checklists", "checklist", "frame.room.checklists", _checklists),
    Room("exchange", "exchange", "frame.room.exchange", _exchange),
    Room("settings", "settings", "frame.room.settings", _settings),
)

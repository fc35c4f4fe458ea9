"""The window's language: sentences by key, switchable while the program runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from wufei_cells.domain.text import LANGUAGES, Language, Text
from wufei_cells.wording import Catalogue, Wording

if TYPE_CHECKING:
    from wufei_cells.errors import Problem, WufeiError


class I18n(QObject):
    """Gives every word the window shows.

    Signals:
        language_changed: another language was chosen; everything shown has to be asked for again.
    """

    language_changed = Signal()

    def __init__(self, catalogue: Catalogue, language: Language = "zh", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wordings: dict[Language, Wording] = {code: Wording(catalogue, code) for code in LANGUAGES}
        self._language: Language = language
        self._qt_translator = QTranslator(self)
        self._translate_qt()

    @property
    def language(self) -> Language:
        """The language in use."""
        return self._language

    @property
    def wording(self) -> Wording:
        """The core's wording in the language in use, for services that write documents."""
        return self._wordings[self._language]

    @property
    def wordings(self) -> Mapping[Language, Wording]:
        """The core's wording in every language, for what is named now and read in whichever is chosen later."""
        return self._wordings

    def in_all(self, key: str, /, **values: object) -> Text:
        """Give a sentence in every language."""
        return Text(*(self._wordings[code].say(key, **values) for code in LANGUAGES))

    def set_language(self, language: str) -> None:
        """Switch to a language and tell everybody."""
        if language not in LANGUAGES or language == self._language:
            return
        self._language = cast("Language", language)
        self._translate_qt()
        self.language_changed.emit()

    def tr(self, key: str, /, **values: object) -> str:  # type: ignore[override]  # QObject.tr knows Qt's files only
        """Give the sentence of a key, with its slots filled."""
        return self.wording.say(key, **values)

    def has(self, key: str) -> bool:
        """Whether anybody worded a key."""
        return key in self.wording

    def text(self, text: Text | Mapping[str, str]) -> str:
        """Give a text that comes with data (a checklist, a profile, a certificate)."""
        if isinstance(text, Text):
            return text.in_language(self._language)
        return text.get(self._language) or text.get("zh", "")

    def error(self, error: WufeiError) -> str:
        """Say what went wrong."""
        return self.wording.error(error)

    def problem(self, problem: Problem) -> str:
        """Say what is wrong with one field, without its place: the sentence stands beside the field."""
        return self.wording.say(problem.code, **problem.values)

    def day(self, day: date | None) -> str:
        """Write a day; a dash when there is none."""
        return day.isoformat() if day else "–"

    def moment(self, moment: datetime | None) -> str:
        """Write a time of the day in this machine's zone; a dash when there is none."""
        return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else "–"

    def release(self) -> None:
        """Take Qt's words out of the application again; the window is closing."""
        if (application := QCoreApplication.instance()) is not None:
            application.removeTranslator(self._qt_translator)

    def _translate_qt(self) -> None:
        """Turn the words of Qt itself (保存, 取消) as well."""
        application = QCoreApplication.instance()
        if application is None:
            return
        application.removeTranslator(self._qt_translator)
        if self._language == "zh":
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._qt_translator.load(QLocale("zh_CN"), "qtbase", "_", folder):
                application.installTranslator(self._qt_translator)

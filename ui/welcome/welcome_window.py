"""The window of the very first start: language, city, who one is, and where to begin. It writes nothing itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ui.tasks import TaskRunner
from ui.welcome.choosing import ROLES, Begun, Chosen, Way, Works
from ui.welcome.welcome_form import WelcomeForm
from ui.welcome.welcome_style import welcome_style
from ui.widgets.fitting import fit_to_words
from ui.widgets.plain import show_problem
from wufei_cells.domain.lifecycle import Role
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from ui.i18n import I18n
    from ui.tasks import RunningTask, TaskProgress
    from ui.theme import Theme
    from wufei_cells.domain.text import Text

PROPOSED = {Role.ASSESSOR: Way.JOIN, Role.REVIEWER: Way.JOIN, Role.OFFICE: Way.NEW}
"""Where people of a role usually begin; proposed until somebody chooses otherwise."""
WIDTH = 760


class WelcomeWindow(QDialog):
    """Asks, has it done in the background, and closes when it is done.

    Signals:
        begun: there is a register to open (Begun).
        failed: something happened that nobody expected (Exception).
    """

    begun = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        i18n: I18n,
        theme: Theme,
        works: Works,
        *,
        folder: Path,
        portable: bool = False,
        missing: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Build the window.

        Args:
            i18n: speaks, and is switched by the window.
            theme: the colors.
            works: what is done in the background.
            folder: where a new register would lie.
            portable: whether that is beside a portable program.
            missing: the folder somebody worked in last, which is not there now.
            parent: of the window.
        """
        super().__init__(parent)
        self._i18n, self._works = i18n, works
        self._folder, self._portable, self._missing = folder, portable, missing
        self._cities: tuple[tuple[str, Text], ...] = ()
        self._source: dict[Way, Path] = {}
        self._way_was_chosen = False
        self._running: RunningTask | None = None
        self._refusal: Exception | None = None
        self._tasks = TaskRunner()
        self.form = WelcomeForm(i18n, theme, self)
        self.setStyleSheet(welcome_style(theme))
        self.setWindowIcon(theme.icon("application", "accent"))
        self._connect_signals()
        if missing is not None:
            self._source[Way.OPEN] = missing
            self.form.cards[Way.OPEN].button.setChecked(True)
            self._way_was_chosen = True
        else:
            self._propose()
        self.retranslate()
        self.form.person_edit.setFocus()
        self._tasks.run(self, lambda _progress: works.cities(), self._on_cities, self._on_refused)

    def _connect_signals(self) -> None:
        form = self.form
        for language, button in form.language_buttons.items():
            button.clicked.connect(partial(self._i18n.set_language, language))
        self._i18n.language_changed.connect(self.retranslate)
        form.role_group.idClicked.connect(self._propose)
        form.way_group.idClicked.connect(self._on_way_clicked)
        for card in form.cards.values():
            card.chosen.connect(self._on_card_chosen)
        form.person_edit.textChanged.connect(self._on_typed)
        form.person_edit.returnPressed.connect(self._begin)
        form.source_button.clicked.connect(self._choose_source)
        form.folder_button.clicked.connect(self._choose_folder)
        form.begin_button.clicked.connect(self._begin)
        form.cancel_button.clicked.connect(self.reject)

    # --- public

    @property
    def way(self) -> Way:
        """The way that is chosen."""
        return list(Way)[self.form.way_group.checkedId()]

    @property
    def role(self) -> Role:
        """What the person says of themselves."""
        return ROLES[self.form.role_group.checkedId()]

    @property
    def refusal(self) -> str:
        """Why it could not be begun, as it is shown."""
        return self.form.refusal_label.text() if self._refusal is not None else ""

    def choose(self, way: Way, source: Path | None = None) -> None:
        """Choose a way, and what it begins with."""
        if source is not None:
            self._source[way] = source
        self._way_was_chosen = True
        self.form.cards[way].button.setChecked(True)
        self._show_way()

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language that was chosen."""
        form, i18n = self.form, self._i18n
        self.setWindowTitle(i18n.tr("frame.title"))
        form.retranslate()
        form.show_cities([(key, i18n.text(name)) for key, name in self._cities])
        missing = self._missing
        form.missing_label.setText(i18n.tr("welcome.missing", path=str(missing)) if missing else "")
        form.missing_label.setVisible(missing is not None)
        self._show_way()
        self._show_refusal()
        self.setMinimumWidth(WIDTH)
        fit_to_words(self, WIDTH)

    # --- Qt events

    def showEvent(self, event: QShowEvent) -> None:
        """Be high enough for the words once their style is known."""
        super().showEvent(event)
        fit_to_words(self, WIDTH)

    def reject(self) -> None:
        """Give up what runs, if it can be; else close, and nothing was written."""
        if self._running is None:
            super().reject()
        elif self._running.cancellable:
            self._running.cancel()
            self.form.cancel_button.setEnabled(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only where nothing runs that would be left half made."""
        if self._running is not None:
            self.reject()
            event.ignore()
        else:
            super().closeEvent(event)

    def done(self, result: int) -> None:
        """Let the worker end with the window."""
        self._tasks.shutdown()
        super().done(result)

    # --- slots: choosing

    @Slot()
    def _propose(self) -> None:
        if not self._way_was_chosen:
            self.form.cards[PROPOSED[self.role]].button.setChecked(True)
        self._show_way()

    @Slot()
    def _on_way_clicked(self) -> None:
        self._way_was_chosen = True

    @Slot()
    def _on_card_chosen(self) -> None:
        self._refusal = None
        self._show_way()
        self._show_refusal()

    @Slot()
    def _on_typed(self) -> None:
        show_problem(self.form.person_edit, self.form.person_problem, "")

    @Slot()
    def _choose_source(self) -> None:
        tr = self._i18n.tr
        packages = f"{tr('exchange.packages')} (*.wufei)"
        kinds = f"{tr('welcome.registers')} (*.db *.wufei)" if self.way is Way.OPEN else packages
        dialog = QFileDialog(self, self.form.source_button.text(), "", f"{kinds};;{tr('exchange.all_files')} (*)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._ask(dialog)

    @Slot()
    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.form.folder_button.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._ask(dialog)

    def _ask(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_source_chosen)
        dialog.open()

    @Slot(str)
    def _on_source_chosen(self, name: str) -> None:
        self._refusal = None
        self.choose(self.way, Path(name))
        self._show_refusal()

    # --- slots: beginning

    @Slot()
    def _begin(self) -> None:
        if self._running is not None:
            return
        if not self._complete():
            fit_to_words(self, self.width())
            return
        form = self.form
        person = " ".join(form.person_edit.text().split())
        city = str(form.city_box.currentData() or "")
        chosen = Chosen(self._i18n.language, city, person, self.role, self.way, self._source.get(self.way))
        self._refusal = None
        self._show_refusal()
        work = partial(_begin, self._works, chosen)
        cancellable = self.way is Way.DEMO
        self._running = self._tasks.run(self, work, self._on_begun, self._on_refused, cancellable=cancellable)
        self._running.progressed.connect(form.show_progress)
        self._running.finished.connect(self._on_over)
        form.show_working(self._i18n.tr(f"welcome.working.{self.way.value}"), cancellable=cancellable)
        fit_to_words(self, self.width())

    def _complete(self) -> bool:
        """Tell whether everything is there that the way needs; what is not is said in its place."""
        form, tr = self.form, self._i18n.tr
        if self.way is not Way.DEMO and not form.person_edit.text().strip():
            show_problem(form.person_edit, form.person_problem, tr("welcome.person_missing"))
            form.person_edit.setFocus()
            return False
        if self.way is Way.OPEN and Way.OPEN not in self._source:
            self.form.show_refusal(tr("welcome.source_missing"))
            form.folder_button.setFocus()
            return False
        return True

    def _on_begun(self, begun: Begun) -> None:
        self.begun.emit(begun)
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self._refusal = error
        self._show_refusal()
        if not isinstance(error, WufeiError):
            self.failed.emit(error)

    @Slot()
    def _on_over(self) -> None:
        self._running = None
        self.form.show_idle()
        self._show_way()

    # --- showing

    def _on_cities(self, cities: tuple[tuple[str, Text], ...]) -> None:
        self._cities = cities
        self.form.show_cities([(key, self._i18n.text(name)) for key, name in cities])

    def _show_way(self) -> None:
        """Show what the chosen way needs, and where what it makes will lie."""
        way, tr = self.way, self._i18n.tr
        place = "welcome.place_portable" if self._portable else "welcome.place"
        told = {
            Way.DEMO: tr("welcome.place_demo"),
            Way.OPEN: tr("welcome.place_open"),
        }.get(way) or tr(place, path=str(self._folder))
        self.form.show_way(way, str(self._source.get(way) or ""), told)
        fit_to_words(self, self.width())

    def _show_refusal(self) -> None:
        error = self._refusal
        if error is None:
            self.form.show_refusal("")
        elif isinstance(error, WufeiError):
            self.form.show_refusal(self._i18n.error(error))
        else:
            self.form.show_refusal(self._i18n.tr("ui.failed.unexpected"))
        fit_to_words(self, self.width())


def _begin(works: Works, chosen: Chosen, progress: TaskProgress) -> Begun:
    return works.begin(chosen, progress.report)

"""The window's frame: rooms at the left, header above, notices below, and the ways between rooms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.dialogs.register_choosing import choose_register
from ui.models.keys import FULL_WIDTH, room_key
from ui.models.keys import WINDOW as WINDOW_KEYS
from ui.models.register_opening import Opened, open_register, window_title
from ui.models.room_counts import RoomCounts
from ui.rooms import Room
from ui.searching import Searching
from ui.widgets.closing_bar import ClosingBar
from ui.widgets.dropped_files import dropped_packages
from ui.widgets.header import Header
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.past_banner import PastBanner
from ui.widgets.plain import thin_line
from ui.widgets.sidebar import Sidebar
from ui.widgets.state_view import StateView
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from ui.context import AppContext
    from ui.dialogs.guide_dialog import GuideDialog
    from ui.dialogs.search_palette import SearchPalette
    from ui.pages.assessment_page import AssessmentPage
    from ui.pages.certificates_page import CertificatesPage
    from ui.pages.checklists_page import ChecklistsPage
    from ui.pages.exchange_page import ExchangePage
    from ui.pages.page import Page
    from ui.pages.sites_page import SitesPage

FOLD_BELOW = 1100  # pixels of width under which the sidebar shows icons only
WANTED = QSize(1280, 800)
FRAME = QSize(16, 40)
"""What a frame and its title take at most."""
REMEMBERED_STEPS = 50


class MainWindow(QMainWindow):
    """Holds the rooms and leads from one to another.

    Signals:
        first_painted: the window is on the screen for the first time; what the start did not need may be loaded.
        register_opened: the register is open and its first room is entered.
    """

    first_painted = Signal()
    register_opened = Signal()

    def __init__(
        self,
        context: AppContext,
        rooms: Sequence[Room],
        crashed: Callable[[BaseException], object],
        parent: QWidget | None = None,
    ) -> None:
        """Build the frame; the data folder is opened after the first paint, the rooms when they are entered."""
        super().__init__(parent)
        self._context = context
        self._rooms = tuple(rooms)
        self._crashed = crashed
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._past: list[tuple[str, object]] = []
        self._place = "window/geometry_past" if context.as_of else "window/geometry"  # so that neither hides the other
        self._painted = False
        self._opened = False
        self._guide: GuideDialog | None = None
        self._build_widgets()
        self._build_layout()
        self._build_shortcuts()
        self._connect_signals()
        self.setAcceptDrops(True)
        self._restore_place()
        self._retranslate()

    # --- build

    def _build_widgets(self) -> None:
        context = self._context
        self.sidebar = Sidebar(context, [(room.icon, room.title_key) for room in self._rooms])
        self.header = Header(context, WINDOW_KEYS["search"])
        self.header.set_title(self._rooms[0].title_key)
        self.sidebar.mark(0)
        self.banner = PastBanner(context)
        self.closing_bar = ClosingBar(context)
        self.notice_bar = NoticeBar(context)
        self.stack = QStackedWidget()
        self.state_view = StateView(context, self.stack)
        self.state_view.expect_content()

    def _build_layout(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for widget in (
            self.header,
            self.banner,
            thin_line(),
            self.state_view,
            thin_line(),
            self.closing_bar,
            self.notice_bar,
        ):
            right.addWidget(widget, 1 if widget is self.state_view else 0)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(QSize(820, 520))

    def _build_shortcuts(self) -> None:
        slots = {"search": self.search, "back": self.go_back, "guide": self.open_guide, "keys": self.show_keys}
        for keys in (WINDOW_KEYS, FULL_WIDTH):
            for name, sequence in keys.items():
                QShortcut(QKeySequence(sequence), self).activated.connect(slots[name])
        for number in range(len(self._rooms)):
            QShortcut(QKeySequence(room_key(number)), self).activated.connect(self._on_room_key)

    def _connect_signals(self) -> None:
        context, events = self._context, self._context.events
        self.sidebar.room_chosen.connect(self._on_room_chosen)
        self.header.search_button.clicked.connect(self.search)
        self.header.back_button.clicked.connect(self.go_back)
        self.header.guide_button.clicked.connect(self.open_guide)
        self.header.person_button.clicked.connect(self._open_settings)
        self.state_view.action_triggered.connect(self._open_register)
        self.state_view.other_triggered.connect(self._choose_register)
        self.closing_bar.ready.connect(self.close)
        context.tasks.failed.connect(self._on_task_failed)
        events.language_changed.connect(self._retranslate)
        events.person_changed.connect(self._on_person_changed)
        events.device_renamed.connect(self.header.name_device)
        self.searching = Searching(context, self, self._rooms)
        self.counts = RoomCounts(context, self)
        self.counts.counted.connect(self._on_counted)

    # --- public

    @property
    def current_room(self) -> str:
        """The key of the room that is shown."""
        return self._current

    @property
    def palette_shown(self) -> SearchPalette | None:
        """The search over everything, while it is open."""
        return self.searching.palette

    @property
    def guide(self) -> GuideDialog | None:
        """The guide, while it is open."""
        return self._guide

    def page(self, key: str) -> Page:
        """Give the page of a room, built now if nobody has been there."""
        found = self._pages.get(key)
        if found is None:
            room = next(room for room in self._rooms if room.key == key)
            found = room.factory(self._context, self.stack)
            self._pages[key] = found
            self.stack.addWidget(found)
            found.site_requested.connect(self.show_site)
            found.sites_requested.connect(self.show_sites)
            found.assessment_requested.connect(self.show_assessment)
            found.issue_requested.connect(self.issue_certificate)
            found.certificate_requested.connect(self.show_certificate)
        return found

    def show_room(self, key: str) -> Page:
        """Enter a room."""
        page = self.page(key)
        if key != self._current:
            if self._current:
                self._past.append((self._current, self._pages[self._current].view_state()))
                del self._past[:-REMEMBERED_STEPS]
            self._enter(key)
        return page

    @Slot()
    def go_back(self) -> None:
        """Return to the room before, exactly as it was."""
        if self._past:
            key, state = self._past.pop()
            self._enter(key)
            self._pages[key].restore_view(state)

    @Slot(str)
    def show_site(self, site: str) -> None:
        """Show one site in the list of sites."""
        if self._opened:
            cast("SitesPage", self.show_room("sites")).show_site(site)

    @Slot(object)
    def show_sites(self, wanted: object) -> None:
        """Show the list of sites, filtered."""
        cast("SitesPage", self.show_room("sites")).show_filtered(wanted)

    @Slot(str)
    def show_assessment(self, assessment: str, key: str = "") -> None:
        """Show one assessment on the scoring desk, at an item if one is named."""
        cast("AssessmentPage", self.show_room("assessment")).open_assessment(assessment, key)

    @Slot(str)
    def issue_certificate(self, assessment: str) -> None:
        """Lead to issuing the certificate of an assessment."""
        cast("CertificatesPage", self.show_room("certificates")).issue_for(assessment)

    @Slot(str)
    def show_certificate(self, certificate: str) -> None:
        """Show one certificate."""
        cast("CertificatesPage", self.show_room("certificates")).show_certificate(certificate)

    def show_item(self, edition: str, key: str) -> None:
        """Show an item of an edition among the checklists."""
        cast("ChecklistsPage", self.show_room("checklists")).show_edition(edition, key)

    def take_in(self, files: Sequence[Path]) -> None:
        """Take packages in, or ask for them."""
        cast("ExchangePage", self.show_room("exchange")).take_in(files)

    @Slot()
    def search(self) -> None:
        """Open the search over everything."""
        if self._opened:
            self.searching.open()

    @Slot()
    def show_keys(self) -> None:
        """Show what the keys do in the room that is open."""
        from ui.dialogs.keys_dialog import KeysDialog  # noqa: PLC0415 - not part of the start

        KeysDialog(self._context, self._current, len(self._rooms), self).open()

    # --- Qt events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; after the first time open the data folder, whose libraries take longer to load than the window."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._on_first_painted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the sidebar when the window is narrow."""
        super().resizeEvent(event)
        self.sidebar.fold(self.width() < FOLD_BELOW)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take packages, wherever in the window they are dropped."""
        if self._opened and dropped_packages(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in the packages that were dropped."""
        event.acceptProposedAction()
        self.take_in(dropped_packages(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window stood; what must not be cut off comes to its end first."""
        self._context.preferences.remember(self._place, self.saveGeometry())
        if self.closing_bar.hold():
            event.ignore()
        else:
            super().closeEvent(event)

    # --- slots: opening

    @Slot()
    def _on_first_painted(self) -> None:
        self.first_painted.emit()
        self._open_register()

    @Slot()
    def _open_register(self) -> None:
        self.state_view.show_loading()
        open_register(self._context, self, self._on_opened, self._on_not_opened)

    @Slot()
    def _choose_register(self) -> None:
        choose_register(self._context, self)

    def _on_opened(self, opened: Opened) -> None:
        self.banner.tell_doubt(opened.out_of_order)
        self._opened = True
        self.header.mark_example(opened.example)
        self.header.name_device(opened.device)
        self._on_person_changed(opened.person)
        self.state_view.show_content()
        self.show_room(self._rooms[0].key)
        self.counts.count()
        self.register_opened.emit()

    def _on_not_opened(self, error: Exception) -> None:
        if not isinstance(error, WufeiError):
            self._crashed(error)
        self.state_view.show_error(error, other="settings.open_other")

    # --- slots: rooms

    def _enter(self, key: str) -> None:
        self._current = key
        index = next(index for index, room in enumerate(self._rooms) if room.key == key)
        self.sidebar.mark(index)
        self.header.set_title(self._rooms[index].title_key)
        self.header.back_button.setEnabled(bool(self._past))
        page = self._pages[key]
        self.stack.setCurrentWidget(page)
        page.setFocus()
        page.refresh_if_stale()

    @Slot(int)
    def _on_room_chosen(self, number: int) -> None:
        if self._opened:
            self.show_room(self._rooms[number].key)

    @Slot()
    def _on_room_key(self) -> None:
        shortcut = self.sender()
        if isinstance(shortcut, QShortcut):
            self._on_room_chosen(int(shortcut.key().toString()[-1]) - 1)

    @Slot()
    def _open_settings(self) -> None:
        if self._opened:
            self.show_room("settings")

    # --- slots: the rest

    @Slot()
    def open_guide(self) -> None:
        """Open the guide at what is on the screen."""
        page = self._pages.get(self._current)
        chapter = page.guide_key if page else "overview"
        if self._guide is None:
            from ui.dialogs.guide_dialog import GuideDialog  # noqa: PLC0415 - not part of the start

            self._guide = GuideDialog(self._context, chapter, self)
            self._guide.destroyed.connect(self._on_guide_closed)
        self._guide.open_chapter(chapter)
        self._guide.show()
        self._guide.raise_()

    @Slot()
    def _on_guide_closed(self) -> None:
        self._guide = None

    @Slot(object)
    def _on_task_failed(self, error: Exception) -> None:
        if isinstance(error, WufeiError):
            self._context.notices.post(self._context.i18n.error(error), "failed")
        else:
            self._crashed(error)

    @Slot(str)
    def _on_person_changed(self, person: str) -> None:
        self.header.name_person(person)
        self.counts.count_soon()

    @Slot(object)
    def _on_counted(self, waiting: Mapping[str, int]) -> None:
        for index, room in enumerate(self._rooms):
            self.sidebar.set_waiting(index, waiting.get(room.key, 0))

    @Slot()
    def _retranslate(self) -> None:
        self.setWindowTitle(window_title(self._context))

    def _restore_place(self) -> None:
        self.resize(WANTED)
        geometry = self._context.preferences.bytes(self._place)
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        room = self.screen().availableGeometry().size() - FRAME
        # What hangs below a screen is what tells of everything: the notice bar. Off screen there is none to fit.
        if self.size().boundedTo(room) != self.size() and QGuiApplication.platformName() != "offscreen":
            self.resize(self.size().boundedTo(room))
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def set_icon(self, icon: QIcon) -> None:
        """Set the picture for the task bar."""
        self.setWindowIcon(icon)

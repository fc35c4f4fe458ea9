"""The guide: a manual to read beside the window, with its chapters, a search and a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.guide_printing import save_chapters
from ui.models.guide_book import PLACES, Book, Hit, Spot, find, read_book
from ui.widgets.guide_side import GuideSide
from ui.widgets.guide_view import GuideView

if TYPE_CHECKING:
    from ui.context import AppContext

SIZE = QSize(980, 680)
SIDES = (236, 744)
KEYS = {"back": "Alt+Left", "forward": "Alt+Right", "search": "Ctrl+F"}


Visit = tuple[Spot, int]
"""Where somebody was: the section, and how far it was scrolled."""


class GuideDialog(QDialog):
    """Shows the guide; stays open beside the window."""

    def __init__(self, context: AppContext, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._books: tuple[Book, ...] = ()
        """In the language in use, then in the others."""
        self.spot = Spot(0)
        self._before: list[Visit] = []
        self._after: list[Visit] = []
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self._place_beside(parent)
        self._read()
        self.retranslate()
        self.open_chapter(place)
        self._before.clear()
        self._show_ways()
        self.view.setFocus()  # so that its keys scroll

    # --- build

    def _build_widgets(self) -> None:
        self.side = GuideSide(self._context.theme)
        self.view = GuideView(self._context.theme, self._context.guide_picture)
        self.back_button = QToolButton()
        self.forward_button = QToolButton()
        for button in (self.back_button, self.forward_button):
            button.setProperty("role", "flat")
        self.print_button = QPushButton()
        self._menu = QMenu(self)
        self.print_chapter = self._menu.addAction("")
        self.print_all = self._menu.addAction("")
        self.print_button.setMenu(self._menu)
        self.print_button.setAutoDefault(False)

    def _build_layout(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.back_button)
        head.addWidget(self.forward_button)
        head.addStretch(1)
        head.addWidget(self.print_button)
        right = QWidget()
        reading = QVBoxLayout(right)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(8)
        reading.addLayout(head)
        reading.addWidget(self.view, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(12)
        splitter.addWidget(self.side)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes(list(SIDES))
        right.setMinimumWidth(320)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.addWidget(splitter)

    def _connect_signals(self) -> None:
        self.side.words_changed.connect(self._find)
        self.side.place_chosen.connect(self._on_place_chosen)
        self.view.link_chosen.connect(self._follow)
        self.back_button.clicked.connect(self.go_back)
        self.forward_button.clicked.connect(self.go_forward)
        self.print_chapter.triggered.connect(self._save_chapter)
        self.print_all.triggered.connect(self._save_all)
        acts = {"back": self.go_back, "forward": self.go_forward, "search": self.side.begin_search}
        for name, keys in KEYS.items():
            QShortcut(QKeySequence(keys), self).activated.connect(acts[name])
        self._context.events.language_changed.connect(self._on_language_changed)
        self._context.events.scheme_changed.connect(self._show_again)

    def _place_beside(self, parent: QWidget | None) -> None:
        """Stand at the right edge of the screen, no larger than it is."""
        if parent is None:
            self.resize(SIZE)
            return
        room: QRect = parent.screen().availableGeometry()
        size = SIZE.boundedTo(QSize(room.width() - 40, room.height() - 80))
        self.resize(size)
        window = parent.window().frameGeometry()
        right = min(room.right(), max(window.right(), room.left() + size.width()))
        self.move(
            max(room.left(), right - size.width()),
            max(room.top(), min(window.top() + 48, room.bottom() - size.height())),
        )

    # --- public

    def open_chapter(self, place: str) -> None:
        """Open the guide for a room or a dialog, or at a place such as ``exchange#devices``; else at its beginning."""
        self.go(self._books[0].spot(PLACES.get(place, place)) or Spot(0))

    @Slot(object)
    def go(self, spot: Spot) -> None:
        """Show a section, and remember where one was."""
        if spot != self.spot:
            self._before.append(self._visit())
            self._after.clear()
        self._show(spot)

    @Slot(int, int)
    def _on_place_chosen(self, chapter: int, section: int) -> None:
        self.go(Spot(chapter, section))

    @Slot()
    def go_back(self) -> None:
        """Show again what was shown before."""
        self._walk(self._before, self._after)

    @Slot()
    def go_forward(self) -> None:
        """Undo going back."""
        self._walk(self._after, self._before)

    @Slot()
    def retranslate(self) -> None:
        """Write everything around the text anew."""
        tr = self._context.i18n.tr
        icon = self._context.theme.icon
        self.setWindowTitle(tr("guide.title"))
        self.side.retranslate(self._context.i18n)
        self.view.setAccessibleName(tr("guide.title"))
        for button, name, drawing in ((self.back_button, "back", "back"), (self.forward_button, "forward", "next")):
            button.setIcon(icon(drawing))
            button.setToolTip(tr(f"guide.{name}"))
            button.setAccessibleName(tr(f"guide.{name}"))
        self.print_button.setText(tr("guide.save"))
        self.print_button.setIcon(icon("pdf"))
        self.print_chapter.setText(tr("guide.save_chapter"))
        self.print_all.setText(tr("guide.save_all"))

    # --- showing

    def _read(self) -> None:
        language = self._context.i18n.language
        languages = [language, *(other for other in self._context.i18n.wordings if other != language)]
        self._books = tuple(read_book(self._context.guide_chapters(each)) for each in languages)
        self.side.contents.show_chapters(self._books[0].chapters)

    def _show(self, spot: Spot, scrolled: int | None = None) -> None:
        chapter = self._books[0].chapters[spot.chapter]
        if spot.chapter != self.spot.chapter or self.view.document().isEmpty():
            self.view.show_chapter(chapter.markdown, [section.anchor for section in chapter.sections])
        self.spot = spot
        self.side.contents.show_place(spot.chapter, spot.section)
        if scrolled is not None:
            self.view.show_scrolled(scrolled)
        else:
            self.view.show_place(self._books[0].section(spot).anchor if spot.section else "")
        self.view.mark(self.side.words)
        self._show_ways()

    def _show_ways(self) -> None:
        self.back_button.setEnabled(bool(self._before))
        self.forward_button.setEnabled(bool(self._after))

    def _visit(self) -> Visit:
        return self.spot, self.view.verticalScrollBar().value()

    def _walk(self, out_of: list[Visit], into: list[Visit]) -> None:
        if out_of:
            into.append(self._visit())
            self._show(*out_of.pop())

    @Slot()
    def _show_again(self) -> None:
        """Show the chapter in other colors or type, at the same section."""
        self.view.document().clear()
        self._show(self.spot)
        self.retranslate()

    @Slot()
    def _on_language_changed(self) -> None:
        self._read()
        self._show_again()
        self._find(" ".join(self.side.words))

    @Slot(str)
    def _follow(self, link: str) -> None:
        """Go where a link leads; one without a chapter stays in this one."""
        place = link if not link.startswith("#") else f"{self._books[0].chapters[self.spot.chapter].name}{link}"
        spot = self._books[0].spot(place)
        if spot is not None:
            self.go(spot)

    # --- searching

    @Slot(str)
    def _find(self, words: str) -> None:
        hits = find(words, self._books)
        nothing = self._context.i18n.tr("guide.nothing_found")
        told = ((self._title(hit), hit.excerpt, (hit.spot.chapter, hit.spot.section)) for hit in hits)
        self.side.show_hits(told, nothing)
        self.view.mark(words.split())

    def _title(self, hit: Hit) -> str:
        chapter = self._books[0].chapters[hit.spot.chapter].title
        return chapter if hit.title == chapter else f"{chapter} · {hit.title}"

    # --- paper

    @Slot()
    def _save_chapter(self) -> None:
        chapter = self._books[0].chapters[self.spot.chapter]
        title = f"{self._context.i18n.tr('guide.title')} {chapter.title}"
        save_chapters(self._context, title, (chapter,), self)

    @Slot()
    def _save_all(self) -> None:
        title = self._context.i18n.tr("guide.title")
        save_chapters(self._context, title, self._books[0].chapters, self)

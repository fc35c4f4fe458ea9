"""The search over everything: what was found leads to its room, and a command is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from ui.dialogs.openers import Rooms, open_dialog
from ui.models.window_commands import choose_language, choose_scheme, nothing, window_commands

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.dialogs.search_palette import SearchPalette
    from ui.pages.certificates_page import CertificatesPage
    from ui.pages.checklists_page import ChecklistsPage
    from ui.pages.exchange_page import ExchangePage
    from ui.pages.page import Page
    from ui.pages.sites_page import SitesPage
    from ui.rooms import Room
    from wufei_cells.services.searching import Hit


class Frame(Rooms, Protocol):
    """What the window offers to those who lead through it."""

    def show_room(self, key: str) -> Page:
        """Enter a room."""
        ...

    def show_item(self, edition: str, key: str) -> None:
        """Show an item of an edition."""
        ...

    def take_in(self, files: Sequence[Path]) -> None:
        """Take packages in, or ask for them."""
        ...

    def go_back(self) -> None:
        """Return to the room before."""
        ...

    def open_guide(self) -> None:
        """Open the guide."""
        ...

    def show_keys(self) -> None:
        """Show what the keys do."""
        ...


class Searching(QObject):
    """Opens the palette over a window, one at a time, and does what is chosen in it."""

    def __init__(self, context: AppContext, frame: Frame, rooms: Sequence[Room]) -> None:
        self._window = cast("QWidget", frame)
        super().__init__(self._window)
        self._context = context
        self._frame = frame
        self._rooms = rooms
        self.palette: SearchPalette | None = None

    # --- public

    def open(self) -> None:
        """Open the palette, unless it is open."""
        if self.palette is not None:
            return
        from ui.dialogs.search_palette import SearchPalette  # noqa: PLC0415 - not part of the start

        commands = window_commands(self._context, [(room.key, room.icon, room.title_key) for room in self._rooms])
        self.palette = SearchPalette(self._context, commands, self._window)
        self.palette.hit_chosen.connect(self._on_hit_chosen)
        self.palette.command_chosen.connect(self.act)
        self.palette.finished.connect(self._on_closed)
        self.palette.show()
        self.palette.activateWindow()

    @Slot(str)
    def act(self, name: str) -> None:
        """Do a command, by the name that ``window_commands`` gives it."""
        kind, _, which = name.partition(".")
        frame, context = self._frame, self._context
        acts: dict[str, Callable[[], object]] = {
            "room": lambda: frame.show_room(which),
            "site": self._add_site,
            "checklist": lambda: cast("ChecklistsPage", frame.show_room("checklists")).steps.begin_empty(),  # noqa: PLW0108 - not before
            "write_out": lambda: cast("ExchangePage", frame.show_room("exchange")).write_out(),
            "take_in": lambda: frame.take_in(()),
            "back": frame.go_back,
            "guide": frame.open_guide,
            "keys": frame.show_keys,
            **dict.fromkeys(("past", "checkup"), lambda: self._open_dialog(kind)),
            **dict.fromkeys(("list", "tool"), lambda: self._lead_in_certificates(kind, which)),
            "scheme": lambda: choose_scheme(context, which),
            "language": lambda: choose_language(context, which),
        }
        acts[kind]()

    # --- slots and the rest

    @Slot(object)
    def _on_hit_chosen(self, hit: Hit) -> None:
        frame, target = self._frame, hit.target
        if target.edition:
            frame.show_item(target.edition, target.item)
        elif target.certificate:
            frame.show_certificate(target.certificate)
        elif hit.kind == "batch":
            frame.show_certificate(target.assessment)  # the line of one that is still on its way
        elif target.assessment:
            frame.show_assessment(target.assessment, target.item)
        else:
            frame.show_site(target.site)

    @Slot()
    def _on_closed(self) -> None:
        self.palette = None
        self._window.activateWindow()

    def _open_dialog(self, name: str) -> None:
        open_dialog(name, self._context, self._window)

    def _lead_in_certificates(self, kind: str, which: str) -> None:
        page = cast("CertificatesPage", self._frame.show_room("certificates"))
        self._context.ask(self, nothing, lambda _answer: page.lead(kind, which))

    def _add_site(self) -> None:
        page = cast("SitesPage", self._frame.show_room("sites"))
        # Questions are answered in order: when this one is, the page has what its form offers.
        self._context.ask(self, nothing, lambda _answer: page.add_site())

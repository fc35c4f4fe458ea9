"""What can be done in the room of the exchange: each step leads to its dialog, or is done at once and told."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.dialogs.openers import open_dialog
from ui.dialogs.save_dialog import SaveDialog
from ui.widgets.exchange_words import count_words, file_name
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext, Desk
    from ui.dialogs.take_in_dialog import TakeInDialog
    from ui.models.exchange_reading import Board
    from wufei_cells.domain.exchange import ArrivalRow
    from wufei_cells.exchange.packages import Written
    from wufei_cells.services.side_view import Waiting

LAST = "exchange/folder"
"""Where files were taken from last."""


class ExchangeSteps(QObject):
    """Takes steps for a page.

    Signals:
        changed: something on the board is otherwise now.
        refused: a step was not taken, and said why.
    """

    changed = Signal()
    refused = Signal()

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._page = parent
        self.taking: TakeInDialog | None = None

    # --- dialogs

    def open(self, name: str, *_clicked: object) -> None:
        """Open a dialog beside the window; the board is read anew when it closes."""
        open_dialog(name, self._context, self._page).finished.connect(self.changed)

    def write_out(self, board: Board, to: str) -> None:
        """Ask what to write, and for whom."""
        from ui.dialogs.write_out_dialog import WriteOutDialog  # noqa: PLC0415 - not part of the room's first paint

        dialog = WriteOutDialog(self._context, board, self._page, to=to)
        dialog.finished.connect(self.changed)
        dialog.open()

    def take_in(self, files: Sequence[Path]) -> None:
        """Show what files would do; files that come while others are looked at are added to them."""
        if self._context.as_of is not None:
            day = self._context.i18n.day(self._context.as_of)
            self._context.notices.post(self._context.i18n.tr("exchange.past", day=day), "attention")
            return
        if not files:
            self._choose_files()
        else:
            self._show_taking().add_files(files)

    def _choose_files(self) -> None:
        i18n, preferences = self._context.i18n, self._context.preferences
        kinds = f"{i18n.tr('exchange.packages')} (*.wufei);;{i18n.tr('exchange.all_files')} (*)"
        dialog = QFileDialog(self._page, i18n.tr("exchange.take_in"), preferences.text(LAST), kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, names: list[str]) -> None:
        files = [Path(name) for name in names]
        self._context.preferences.remember(LAST, str(files[0].parent))
        self.take_in(files)

    def _show_taking(self) -> TakeInDialog:
        from ui.dialogs.take_in_dialog import TakeInDialog  # noqa: PLC0415 - not part of the room's first paint

        if self.taking is None:
            self.taking = TakeInDialog(self._context, self._page)
            self.taking.finished.connect(self._on_taking_closed)
            self.taking.conflicts_requested.connect(partial(self.open, "conflicts"))
            self.taking.open()
        return self.taking

    def _on_taking_closed(self) -> None:
        self.taking = None
        self.changed.emit()

    # --- steps

    def admit(self, one: Waiting) -> None:
        """Admit a device whose words were compared."""
        done = partial(self._on_admitted, one)
        self._context.ask(self, partial(_admit, one.device, one.name), done, self._on_refused)

    def undo(self, row: ArrivalRow) -> None:
        """Take an import back."""
        self._context.ask(self, partial(_undo, row.id), self._on_undone, self._on_refused)

    def write_page(self, purpose: str, board: Board, to: str) -> None:
        """Write a request or a receipt, for one device or for everyone."""
        i18n = self._context.i18n
        sender = f"{i18n.tr(f'exchange.{purpose}')}-{board.names.get(board.own, '')}"
        name = file_name(i18n, sender, board.names.get(to, ""), board.today)
        dialog = SaveDialog(self._context, name, self._page)
        dialog.path_chosen.connect(partial(self._write_page, purpose, to))
        dialog.open()

    def _write_page(self, purpose: str, to: str, path: Path) -> None:
        job = partial(_write_page, purpose, to, path)
        self._context.ask(self, job, partial(self._on_page_written, purpose), self._on_refused)

    # --- slots

    def _on_admitted(self, one: Waiting, acts: int) -> None:
        tr = self._context.i18n.tr
        name = one.name or one.device[:8]
        self._context.notices.post(tr("exchange.admitted", device=name, acts=count_words(acts)), "passed")
        self._context.events.tell_arrival()

    def _on_undone(self, acts: int) -> None:
        said = self._context.i18n.tr("exchange.undone", acts=count_words(acts))
        self._context.notices.post(said, "passed")
        self._context.events.tell_arrival()

    def _on_page_written(self, purpose: str, written: Written) -> None:
        said = self._context.i18n.tr(f"exchange.{purpose}_written", path=written.path)
        self._context.notices.post(said, "passed")

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, WufeiError):
            self._context.notices.post(self._context.i18n.error(error), "failed")
        else:
            self._context.tasks.failed.emit(error)
        self.refused.emit()


def _admit(device: str, name: str, desk: Desk) -> int:
    return desk.side_view.admit(desk.workspace, device, name)


def _undo(arrival: str, desk: Desk) -> int:
    return desk.taking_packages.undo(desk.workspace, arrival)


def _write_page(purpose: str, to: str, path: Path, desk: Desk) -> Written:
    return desk.packing.write_page(desk.workspace, purpose, to, path)

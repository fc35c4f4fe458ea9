"""Files that were opened with the program, by a double click or in the terminal: each goes where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from ui.dialogs.openers import open_dialog
from ui.models.opened_files import FileKind, OpenedFile, look_at

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.pages.checklists_page import ChecklistsPage
    from ui.searching import Frame


class OpeningFiles(QObject):
    """Keeps files until the register is open, then leads each to where it belongs.

    Packages go to the exchange, all of them at once; checklists are read into drafts; an update has a dialog of its
    own. What cannot be opened is told in a sentence that says what it is.
    """

    def __init__(self, context: AppContext, frame: Frame) -> None:
        self._window = cast("QWidget", frame)
        super().__init__(self._window)
        self._context = context
        self._frame = frame
        self._ready = False
        self._waiting: list[Path] = []

    # --- public

    def open(self, paths: Sequence[Path]) -> None:
        """Open files, now or as soon as the register is open."""
        self._waiting += paths
        if self._ready and self._waiting:
            found = [look_at(path) for path in dict.fromkeys(self._waiting)]
            self._waiting.clear()
            self._lead(found)

    @Slot()
    def on_register_opened(self) -> None:
        """Open what has waited."""
        self._ready = True
        self.open(())

    # --- where each belongs

    def _lead(self, found: list[OpenedFile]) -> None:
        by_kind: dict[FileKind, list[Path]] = {}
        for one in found:
            by_kind.setdefault(one.kind, []).append(one.path)
        for path in by_kind.pop(FileKind.CHECKLIST, ()):
            self._read_checklist(path)
        if packages := by_kind.pop(FileKind.PACKAGE, None):
            self._frame.take_in(packages)
        if updates := by_kind.pop(FileKind.UPDATE, None):
            self._open_update(updates[-1])  # one is installed at a time
        if by_kind:
            self._tell([(kind, path) for kind, paths in by_kind.items() for path in paths])

    def _read_checklist(self, path: Path) -> None:
        if self._context.as_of is None:
            cast("ChecklistsPage", self._frame.show_room("checklists")).steps.read_file(str(path))
        else:
            day = self._context.i18n.day(self._context.as_of)
            self._context.notices.post(self._context.i18n.tr("opening.past", day=day, name=path.name), "attention")

    def _open_update(self, path: Path) -> None:
        from ui.dialogs.update_dialog import UpdateDialog  # noqa: PLC0415 - few starts ever need it

        dialog = self._window.findChild(UpdateDialog) or open_dialog("update", self._context, self._window)
        if isinstance(dialog, UpdateDialog):
            dialog.check_file(str(path))

    def _tell(self, unopened: list[tuple[FileKind, Path]]) -> None:
        """Say what each of some files is; the notice bar shows one sentence, so they stand in one."""
        tr = self._context.i18n.tr
        kind, path = unopened[0]
        said = tr(f"opening.is.{kind.value}", name=path.name, path=str(path))
        if len(unopened) > 1:
            said = tr("opening.and_others", said=said, count=len(unopened) - 1)
        self._context.notices.post(said, "attention")

"""Which steps each list of the room of certificates offers, when they can be taken, and what takes them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ui.dialogs.certificate_steps import CertificateSteps
from ui.dialogs.event_dialog import fitting_kinds
from ui.dialogs.office_steps import OfficeSteps
from ui.dialogs.template_filling import TemplateFilling
from ui.models import certificate_lists as lists
from ui.models.certificate_lists import CaseRow, PaperRow
from wufei_cells.domain.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ui.context import AppContext
    from ui.models.certificate_lists import Room, Row
    from wufei_cells.domain.register import CertificateRow

STEPS = (
    *("notice", "name", "issue", "supervise", "object", "settle", "take_out"),
    *("open", "save", "print", "list", "plaque", "report", "fill", "site", "history"),
)
OFFERED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    lists.TO_NOTICE: (("notice",), ("report", "fill", "site", "history")),
    lists.NOTICES: (("object", "settle", "take_out", "list"), ("report", "fill", "site", "history")),
    lists.TO_NAME: (("name", "settle", "take_out"), ("list", "report", "fill", "site", "history")),
    lists.READY: (("issue", "list"), ("settle", "report", "fill", "site", "history")),
    lists.ISSUED: (("open", "save", "print", "supervise"), ("plaque", "list", "report", "fill", "site", "history")),
    lists.DUE: (("supervise", "site", "open"), ("report", "fill", "history")),
    lists.STOPPED: (("supervise", "open"), ("report", "fill", "site", "history")),
}
"""By list: the buttons, the first of which is the next step; and what is in the menu."""
WRITING = frozenset({"notice", "name", "issue", "supervise", "object", "settle", "take_out"})
OFFICE_WORK = WRITING - {"object"}
"""What only the office may do; anybody may take in an objection."""
SEVERAL = frozenset({"notice", "name", "issue", "take_out", "open", "save", "print", "plaque"})


class RoomSteps(QObject):
    """Takes the steps of the room for the rows that are selected.

    Signals:
        moved: rows stand in another list now (its name, "" where they stay; key of a row to select).
        site_requested: the person wants to see a site (its id).
    """

    moved = Signal(str, str)
    site_requested = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self.menu: QMenu | None = None
        self.certificates = CertificateSteps(context, parent)
        self.office = OfficeSteps(context, self.certificates.writing, parent)
        self.filling = TemplateFilling(context, parent)
        self.certificates.issued.connect(self._on_issued)
        self.office.taken.connect(self._on_taken)

    # --- public

    def hindrances(self, place: str, rows: tuple[Row, ...]) -> Mapping[str, str]:
        """Say of each step what keeps it from being taken with these rows (a key); empty: nothing does."""
        shown, more = OFFERED[place]
        return {name: self._hindrance(name, place, rows) for name in (*shown, *more)}

    def take(self, name: str, place: str, rows: tuple[Row, ...], room: Room) -> None:
        """Take a step, if it can be taken."""
        if self._hindrance(name, place, rows):
            return
        act = self._actions(place, rows, room)[name]
        if name in OFFICE_WORK:
            self.office.if_allowed(act)
        else:
            act()

    def use(self, tool: str, room: Room, rows: tuple[Row, ...], title: str) -> None:
        """Open what is about the whole room."""
        from ui.dialogs.numbers_dialog import NumbersDialog  # noqa: PLC0415 - not part of the start
        from ui.dialogs.public_dialog import PublicDialog  # noqa: PLC0415 - the same

        if tool == "verify":
            self.verify([])
        elif tool == "numbers":
            NumbersDialog(self._context, room, self._window).open()
        elif tool == "public":
            PublicDialog(self._context, self.certificates.with_key, self._window).open()
        else:
            self.office.ledger(rows, title)

    def verify(self, paths: list[Path]) -> None:
        """Open the dialog that checks certificates, and check these files if there are some."""
        from ui.dialogs.verify_dialog import VerifyDialog  # noqa: PLC0415 - not part of the start

        dialog = VerifyDialog(self._context, self._window)
        dialog.open()
        if paths:
            dialog.check_files(paths)

    # --- the rest

    def _hindrance(self, name: str, place: str, rows: tuple[Row, ...]) -> str:
        if name in WRITING and self._context.as_of is not None:
            return "certificates.not_in_the_past"
        if name == "list" and place == lists.ISSUED:
            return ""
        if not rows:
            return "certificates.not_without_row"
        if name not in SEVERAL and len(rows) > 1:
            return "certificates.not_several"
        return "" if _fits(name, rows) else f"certificates.not_{name}"

    def _actions(self, place: str, rows: tuple[Row, ...], room: Room) -> Mapping[str, Callable[[], object]]:
        cases = tuple(row for row in rows if isinstance(row, CaseRow))
        papers = tuple(dict.fromkeys(row.certificate.id for row in rows if isinstance(row, PaperRow)))
        held = {row.certificate.id: row.certificate for row in rows if isinstance(row, PaperRow)}
        certificates = tuple(held[key] for key in papers)
        office = self.office
        return {
            "notice": partial(office.notice, cases, room),
            "name": partial(office.name, cases, room),
            "issue": partial(self.certificates.issue, cases),
            "object": partial(office.object, cases, room),
            "settle": partial(office.settle, cases, room),
            "take_out": partial(office.take_out, cases, room),
            "supervise": partial(self._supervise, certificates, room),
            "open": partial(self.certificates.open, certificates),
            "save": partial(self.certificates.save, certificates),
            "print": partial(self.certificates.print, certificates),
            "plaque": partial(office.plaques, certificates),
            "list": partial(self._list, place, cases),
            "report": lambda: office.report(rows[0]),
            "fill": lambda: self.filling.fill(_assessment(rows[0]), rows[0].site_name),
            "history": lambda: office.history(rows[0]),
            "site": lambda: self.site_requested.emit(_site(rows[0])),
        }

    def _supervise(self, certificates: tuple[CertificateRow, ...], room: Room) -> None:
        """Offer what can happen to a certificate as it stands."""
        row = certificates[0]
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        for kind in fitting_kinds(row):
            if kind.value in ("suspend", "reinstate"):
                menu.addSeparator()
            action = menu.addAction(self._context.i18n.tr(f"certificates.event_{kind.value}_ask"))
            action.setObjectName(kind.value)
            action.triggered.connect(partial(self.office.record, kind, row, room))
        self.menu = menu
        button = self._window.findChild(QPushButton, "supervise")
        if isinstance(button, QPushButton):
            menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _list(self, place: str, cases: tuple[CaseRow, ...]) -> None:
        batch = cases[0].batch if cases else None
        kind = {lists.NOTICES: "notice", lists.ISSUED: "valid"}.get(place, "naming")
        if batch is not None and not batch.batch.document_number:
            kind = "notice"
        self.office.name_list(kind, batch)

    def _on_issued(self, certificates: tuple[CertificateRow, ...]) -> None:
        if certificates:
            self.moved.emit(lists.ISSUED, certificates[0].id)
        else:
            self.moved.emit("", "")

    def _on_taken(self, place: str) -> None:
        self.moved.emit(place, "")


def _fits(name: str, rows: tuple[Row, ...]) -> bool:
    """Say whether a step goes with how these rows stand."""
    first = rows[0]
    if name == "list":
        return isinstance(first, CaseRow) and first.batch is not None
    if name == "settle":
        return isinstance(first, CaseRow) and first.objections > 0
    if name == "take_out":
        return all(isinstance(row, CaseRow) and row.assessment.stage is Stage.NOTICED for row in rows)
    if name == "supervise":
        return isinstance(first, PaperRow) and bool(fitting_kinds(first.certificate))
    return True


def _site(row: Row) -> str:
    return row.certificate.site if isinstance(row, PaperRow) else row.assessment.site


def _assessment(row: Row) -> str:
    return row.certificate.assessment if isinstance(row, PaperRow) else row.id

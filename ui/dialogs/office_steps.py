"""What the office does on the way to a certificate and after it: notices, objections, naming, events, papers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.context import Change
from ui.dialogs import given_reason_dialog
from ui.dialogs.appeals_dialog import AppealsDialog
from ui.dialogs.certificate_history import CertificateHistory
from ui.dialogs.event_dialog import EventDialog
from ui.dialogs.given_reason_dialog import GivenReasonDialog
from ui.dialogs.ledgers_dialog import LedgersDialog
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.naming_dialog import NamingDialog
from ui.dialogs.notice_dialog import NoticeDialog
from ui.dialogs.openers import Rooms
from ui.models import objections_reading
from ui.models.certificate_lists import CaseRow, PaperRow
from ui.models.certificate_story import load_story
from wufei_cells.domain.ledgers import LedgerKind
from wufei_cells.domain.lifecycle import Role
from wufei_cells.domain.objections import ObjectionKind
from wufei_cells.domain.supervision import EventKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk
    from ui.dialogs.form_dialog import FormDialog
    from ui.dialogs.paper_writing import PaperWriting
    from ui.models.certificate_lists import Room, Row
    from ui.models.certificate_story import Story, Told
    from ui.models.objections_reading import Objections
    from ui.tasks import TaskProgress
    from wufei_cells.domain.batches import BatchRow
    from wufei_cells.domain.register import CertificateRow
    from wufei_cells.services.printing_lists import ListRequest

LISTED = frozenset({EventKind.SUSPEND.value, EventKind.REINSTATE.value, EventKind.WITHDRAW.value})
"""Kinds of events after which a new status list is due, and again when one of them is struck."""


class OfficeSteps(QObject):
    """Leads to the dialogs of the office and tells everybody what came of them.

    Signals:
        taken: a step was taken (the list in which what it was about stands now, "" where it stays).
    """

    taken = Signal(str)

    def __init__(self, context: AppContext, writing: PaperWriting, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._writing = writing
        self._window = parent
        self._rows: tuple[CaseRow, ...] = ()
        self._heading, self._name = "", ""

    def if_allowed(self, then: Callable[[], object]) -> None:
        """Go on if the person may do the office's work; else say whose work it is, before anything is filled in."""
        self._context.ask(self, _refuse_others, lambda _nothing: then())

    # --- on the way to a certificate

    def notice(self, rows: tuple[CaseRow, ...], room: Room) -> None:
        """Put sites into a public notice."""
        self._open(rows, NoticeDialog(self._context, rows, room, self._window), self._on_noticed)

    def take_out(self, rows: tuple[CaseRow, ...], _room: Room) -> None:
        """Take sites out of their notice."""
        take = partial(given_reason_dialog.take_out, tuple(row.id for row in rows))
        sites = "、".join(row.site_name for row in rows)
        dialog = GivenReasonDialog(self._context, "take_out", take, self._window, sites=sites, count=len(rows))
        self._open(rows, dialog, self._on_taken_out)

    def object(self, rows: tuple[CaseRow, ...], _room: Room) -> None:
        """Put an objection on record."""
        self._open_appeals(rows[0].id, partial(AppealsDialog.begin_new, kind=ObjectionKind.OBJECTION))

    def settle(self, rows: tuple[CaseRow, ...], _room: Room) -> None:
        """Settle the objections to a site."""
        self._open_appeals(rows[0].id, AppealsDialog.show_open)

    def name(self, rows: tuple[CaseRow, ...], room: Room) -> None:
        """Name a batch."""
        self._open(rows, NamingDialog(self._context, rows, room, self._window), self._on_named)

    # --- after it

    def record(self, kind: EventKind, row: CertificateRow, room: Room) -> None:
        """Put on record what happened to a certificate."""
        dialog = EventDialog(self._context, kind, row, room, self._window)
        dialog.taken.connect(partial(self._on_event, row, f"certificates.done_{kind.value}"))
        dialog.open()

    def strike(self, row: CertificateRow, told: Told) -> None:
        """Strike an event that was put on record by mistake; without a withdrawal, the certificate holds again."""
        self.if_allowed(partial(self._strike, row, told))

    def _strike(self, row: CertificateRow, told: Told) -> None:
        take = partial(given_reason_dialog.strike, row.id, told.event)
        withdrawn = told.kind == EventKind.WITHDRAW.value
        step = "strike_withdrawal" if withdrawn else "strike"
        values = {"entry": told.title(self._context.i18n), "number": row.number, "site": row.site_name}
        dialog = GivenReasonDialog(self._context, step, take, self._window, twice=withdrawn, **values)
        done = "certificates.done_strike_listed" if told.kind in LISTED else "certificates.done_strike"
        dialog.taken.connect(partial(self._on_event, row, done))
        dialog.open()

    def history(self, row: Row) -> None:
        """Show everything that happened."""
        self._context.ask(self, partial(load_story, row), self._on_story)

    # --- papers

    def name_list(self, kind: str, batch: BatchRow | None, heading: str = "") -> None:
        """Offer a list of names: ``notice``, ``naming`` or ``valid``."""
        key = batch.id if batch else ""
        title = batch.batch.title if batch else ""
        tr = self._context.i18n.tr
        name = tr(f"certificates.list_name_{kind}", batch=title).strip()
        self._heading = heading or name
        self._name = name
        self._context.ask(self, partial(_request, kind, key), self._on_request)

    def plaques(self, rows: tuple[CertificateRow, ...]) -> None:
        """Write the artwork of plaques."""
        keys = tuple(row.id for row in rows)
        self._writing.save(
            self._named("certificates.plaque_name", rows), ".pdf", partial(_plaques, keys, self._context)
        )

    def report(self, row: Row) -> None:
        """Write the report of the assessment."""
        assessment = row.certificate.assessment if isinstance(row, PaperRow) else row.id
        name = self._context.i18n.tr("certificates.report_name", site=row.site_name)
        self._writing.save(name, ".pdf", partial(_report, assessment, self._context))

    def ledger(self, rows: tuple[Row, ...], title: str) -> None:
        """Offer what is listed, and every other ledger, as a workbook."""
        keys = tuple(row.certificate.id if isinstance(row, PaperRow) else row.id for row in rows)
        dialog = LedgersDialog(self._context, self._writing, LedgerKind.CERTIFICATES, parent=self._window)
        dialog.offer_list(keys, title)
        dialog.open()

    # --- slots

    def _on_noticed(self, batch: BatchRow) -> None:
        tr = self._context.i18n.tr
        sentence = tr("certificates.done_notice", title=batch.batch.title, count=batch.noticed)
        self._taken("notices", sentence)
        self.name_list("notice", batch, tr("certificates.list_offered", title=batch.batch.title))

    def _on_taken_out(self, _result: object) -> None:
        self._taken("to_notice", self._context.i18n.tr("certificates.done_take_out", count=len(self._rows)))

    def _on_objections(self, begin: Callable[[AppealsDialog], None], found: Objections) -> None:
        dialog = AppealsDialog(self._context, found, self._window)
        dialog.send_back_requested.connect(partial(self._on_send_back, found.assessment.id))
        dialog.open()
        begin(dialog)

    def _on_send_back(self, assessment: str, item: str, _reason: str) -> None:
        """Lead to the desk, from which an assessment is sent back."""
        window = self._window.window()
        assert isinstance(window, Rooms)
        window.show_assessment(assessment, item)

    def _on_named(self, batch: BatchRow) -> None:
        tr = self._context.i18n.tr
        values = {"title": batch.batch.title, "count": batch.named, "document": batch.batch.document_number}
        self._taken("ready", tr("certificates.done_name", **values))
        self.name_list("naming", batch, tr("certificates.list_offered_naming", title=batch.batch.title))

    def _on_event(self, row: CertificateRow, key: str, _result: object) -> None:
        self._context.events.certificate_changed.emit(Change(row.id, self))
        self._context.events.progress_changed.emit()
        self._context.notices.post(self._context.i18n.tr(key, number=row.number, site=row.site_name), "passed")
        self.taken.emit("")

    def _on_story(self, story: Story) -> None:
        CertificateHistory(self._context, story, self._window).open()

    def _on_request(self, wanted: ListRequest) -> None:
        ListDialog(self._context, self._writing, wanted, self._heading, self._name, self._window).open()

    # --- the rest

    def _open_appeals(self, assessment: str, begin: Callable[[AppealsDialog], None]) -> None:
        self._context.ask(self, partial(objections_reading.load, assessment), partial(self._on_objections, begin))

    def _open(self, rows: tuple[CaseRow, ...], dialog: FormDialog, done: object) -> None:
        self._rows = rows
        dialog.taken.connect(done)
        dialog.open()

    def _taken(self, place: str, sentence: str) -> None:
        for row in self._rows:
            self._context.events.assessment_changed.emit(Change(row.id, self))
        self._context.events.progress_changed.emit()
        self._context.notices.post(sentence, "passed")
        self.taken.emit(place)

    def _named(self, key: str, rows: tuple[CertificateRow, ...]) -> str:
        one = f"{rows[0].number} {rows[0].site_name}"
        return self._context.i18n.tr(key, name=one if len(rows) == 1 else str(len(rows)))


# --- in the worker thread


def _refuse_others(desk: Desk) -> None:
    desk.roles.refuse_others(desk.workspace, Role.OFFICE)


def _request(kind: str, batch: str, desk: Desk) -> ListRequest:
    """Make the request here: the module loads the drawing of documents."""
    from wufei_cells.documents.name_list_data import ListKind  # noqa: PLC0415 - not part of the start

    return desk.printing_lists.ListRequest(ListKind(kind), batch=batch)


def _plaques(keys: tuple[str, ...], context: AppContext, desk: Desk, _progress: TaskProgress) -> bytes:
    return desk.printing_lists.plaques(desk.workspace, keys, context.document_fonts(), context.i18n.wording)


def _report(assessment: str, context: AppContext, desk: Desk, progress: TaskProgress) -> bytes:
    fonts, wording = context.document_fonts(), context.i18n.wording
    return desk.printing_reports.assessment_report(desk.workspace, assessment, fonts, wording, progress=progress.report)

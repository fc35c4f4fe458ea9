"""Beside the item: its photos and files. Drop them, paste them, look a folder through; everything is kept at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import Change
from ui.desk import evidence_jobs as jobs
from ui.desk.evidence_bar import EvidenceBar
from ui.desk.evidence_details import EvidenceDetails
from ui.desk.evidence_intake import EvidenceIntake
from ui.desk.evidence_list import EvidenceList
from ui.desk.evidence_model import EvidenceModel
from ui.desk.evidence_outcome import EvidenceOutcome
from ui.desk.incoming import incoming_from
from ui.dialogs.evidence_compare import EvidenceCompare
from ui.dialogs.evidence_items import EvidenceItems
from ui.dialogs.evidence_scanner import EvidenceScanner
from ui.dialogs.evidence_viewer import EvidenceViewer
from ui.models.desk_items_model import FACTS, PRECHECK
from ui.models.picture_worker import PictureWorker
from ui.widgets.dropped_files import dropped_files, dropped_packages
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from ui.context import AppContext, Desk
    from ui.models.scoring_session import ScoringSession
    from wufei_cells.domain.evidence import EvidenceRow, Likeness
    from wufei_cells.errors import Problem

REST = 800  # milliseconds of rest before all pictures of the register are looked through
NO_ITEM = ("", FACTS, PRECHECK)


class EvidencePanel(QWidget):
    """Shows and changes the evidence of the item on the desk.

    Signals:
        count_changed: so many pieces stand under the item.
        found_alike: the search for the same pictures elsewhere came to its end (how many pieces it found).
    """

    title_key = "desk.evidence_title"
    count_changed = Signal(int)
    found_alike = Signal(int)

    def __init__(self, context: AppContext, session: ScoringSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._session = session
        self._item = ""
        self._reading: jobs.Reading | None = None
        self.worker = PictureWorker(self)
        self.worker.failed.connect(context.tasks.failed)
        self.intake = EvidenceIntake(context, self.worker, self)
        self.model = EvidenceModel(context, self)
        self._search = QTimer(self, singleShot=True, interval=REST)
        self._build_widgets()
        self._connect_signals()
        self.setAcceptDrops(True)
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        self.bar = EvidenceBar(self._context, self)
        self.list = EvidenceList(self._context, self)
        self.list.setModel(self.model)
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.outcome = EvidenceOutcome(self._context, self)
        self.details = EvidenceDetails(self._context, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self.outcome)
        column.addWidget(self.list, 1)
        column.addWidget(self.hint_label, 1)
        column.addWidget(self.details)

    def _connect_signals(self) -> None:
        session, bar, details = self._session, self.bar, self.details
        session.loaded.connect(self.read)
        bar.files_chosen.connect(self._on_files_chosen)
        bar.folder_requested.connect(self.look_through_folder)
        bar.whole_toggled.connect(self._show_rows)
        bar.cancel_requested.connect(self.intake.cancel)
        self.intake.progressed.connect(bar.show_progress)
        self.intake.stored.connect(self._on_stored)
        self.intake.over.connect(self._on_over)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.model.dataChanged.connect(self._on_data_changed)
        self.list.activated.connect(self.view)
        self.list.remove_requested.connect(self.remove)
        self.list.caption_requested.connect(details.begin_caption)
        self.list.paste_requested.connect(self.paste)
        details.caption_edited.connect(self._write_caption)
        details.until_edited.connect(self._write_until)
        details.view_requested.connect(self.view)
        details.items_requested.connect(self.choose_items)
        details.remove_requested.connect(self.remove)
        details.compare_requested.connect(self.compare)
        self._search.timeout.connect(self._look_for_likenesses)
        self._context.events.scheme_changed.connect(self.model.repaint)

    # --- public

    def show_key(self, key: str) -> None:
        """Show the evidence of another item."""
        self._item = "" if key in NO_ITEM else key
        self._show_rows()

    def begin(self) -> None:
        """Go to the pieces; where there are none yet, ask for files."""
        if self.model.rowCount():
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0))
            self.list.setFocus()
        elif self._session.open_for(self._item):
            self.bar.ask_for_files()

    def paste(self) -> bool:
        """Take in what the clipboard holds: a picture, or files that were copied; tell whether it held any."""
        found = incoming_from(None, self._context.i18n.tr("desk.evidence_pasted_name"))
        return self._take(found)

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way."""
        return self.worker.idle and not self.intake.busy and not self._search.isActive()

    def read(self) -> None:
        """Read the evidence anew."""
        if self._session.sheet is not None:
            self._read(self._session.sheet.assessment.id)

    def retranslate(self) -> None:
        """Write everything anew."""
        self.bar.retranslate()
        self.outcome.retranslate()
        self.details.retranslate()
        self.list.setAccessibleName(self._context.i18n.tr(self.title_key))
        self._show_rows()

    @Slot()
    def look_through_folder(self) -> None:
        """Look through a folder for photos."""
        item = self._item_words(self._item)
        dialog = EvidenceScanner(self._context, self.worker, item, self)
        dialog.chosen.connect(self._on_files_chosen)
        dialog.begin(self._reading.rows if self._reading else (), self._reading.days if self._reading else ())
        dialog.open()

    @Slot()
    def view(self) -> None:
        """Show the piece large."""
        rows = self.model.rows
        if rows:
            EvidenceViewer(self._context, rows, max(0, self.list.currentIndex().row()), self).open()

    @Slot()
    def remove(self) -> None:
        """Take the piece away from its item; the notice takes it back."""
        row = self._current()
        if row and self._session.open_for(row.item):
            done = partial(self._on_removed, self._assessment, row)
            self._write(partial(jobs.detach, self._assessment, row.file.id, [row.item]), done)

    @Slot()
    def choose_items(self) -> None:
        """Choose the items that the piece stands under."""
        row, sheet = self._current(), self._session.sheet
        if row is None or sheet is None or self._reading is None:
            return
        items = [(entry.key, self._item_words(entry.key)) for entry in sheet.checklist.entries()]
        standing = [one.item for one in self._reading.rows if one.file.id == row.file.id]
        items = [("", self._context.i18n.tr("desk.evidence_whole")), *items]
        dialog = EvidenceItems(self._context, row.caption or row.name, items, standing, self)
        dialog.chosen.connect(partial(self._place, row.file.id))
        dialog.open()

    def compare(self, found: Likeness) -> None:
        """Show a piece beside the picture that is the same or similar."""
        EvidenceCompare(self._context, found, self).open()

    # --- Qt events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files and pictures be dropped here."""
        data = event.mimeData()
        if dropped_packages(data) and not dropped_files(data):
            return  # they are for the room of the exchange
        if self._session.open_for(self._item) and (data.hasUrls() or data.hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        if self._take(incoming_from(event.mimeData(), self._context.i18n.tr("desk.evidence_pasted_name"))):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    # --- reading

    @Slot()
    def _read(self, assessment: str) -> None:
        self._context.ask(self, partial(jobs.read_evidence, assessment), self._on_read)

    def _on_read(self, reading: jobs.Reading) -> None:
        if reading.assessment != self._assessment:
            return  # another one was opened since
        known = {row.file.id for row in self._reading.rows} if self._reading else set[str]()
        other = self._reading is None or self._reading.assessment != reading.assessment
        self._reading = reading
        if other:
            self.model.show_likenesses(())
        self._show_rows()
        if other or {row.file.id for row in reading.rows} != known:
            self._search.start()

    @Slot()
    def _look_for_likenesses(self) -> None:
        if self._reading is not None and self._reading.rows:
            job = partial(jobs.search_likenesses, self._reading.workspace, self._reading.assessment)
            self.worker.do(self, job, partial(self._on_likenesses, self._reading.assessment))

    def _on_likenesses(self, assessment: str, found: Sequence[Likeness]) -> None:
        if assessment == self._assessment:
            self.model.show_likenesses(found)
            self._show_details()
            self.found_alike.emit(len({one.row.file.id for one in found}))

    @property
    def _assessment(self) -> str:
        return self._session.sheet.assessment.id if self._session.sheet else ""

    # --- showing

    def _show_rows(self, *_args: object) -> None:
        rows = self._reading.rows if self._reading and self._reading.assessment == self._assessment else ()
        under = [row for row in rows if row.item == self._item]
        shown = rows if self.bar.shows_whole else under
        current = self._current()
        self.model.show(shown, self._reading.cautions if self._reading else ())
        at = next((at for at, row in enumerate(shown) if current and _same(row, current)), 0 if shown else -1)
        if at >= 0:
            self.list.setCurrentIndex(self.model.index(at))
        editable = self._session.open_for(self._item)
        self.bar.set_editable(editable)
        self.list.setVisible(bool(shown))
        self.hint_label.setVisible(not shown)
        self.hint_label.setText(self._context.i18n.tr("desk.evidence_empty" if editable else "desk.evidence_none"))
        self._show_details()
        self.count_changed.emit(len(under))

    def _show_details(self) -> None:
        row = self._current()
        alike = self.model.likenesses(row) if row else []
        words = self._item_words(row.item) if row and self.bar.shows_whole else ""
        self.details.show_piece(row, alike, words, editable=self._session.open_for(row.item if row else ""))

    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_details()

    def _on_data_changed(self) -> None:
        self.list.scheduleDelayedItemsLayout()

    def _current(self) -> EvidenceRow | None:
        return self.model.row_at(self.list.currentIndex())

    def _item_words(self, key: str) -> str:
        sheet = self._session.sheet
        entry = sheet.checklist.entry(key) if sheet else None
        if entry is None:
            return self._context.i18n.tr("desk.evidence_whole")
        return f"{entry.number} {self._session.text(entry.text)}"

    # --- taking in

    def _on_files_chosen(self, paths: list[Path]) -> None:
        self._take([jobs.Incoming(path.name, path) for path in paths])

    def _take(self, files: Sequence[jobs.Incoming]) -> bool:
        if not files or not self._session.open_for(self._item):
            return False
        if not self.intake.busy:
            self.outcome.clear()
        self.intake.take(self._assessment, [self._item], files, self.bar.options)
        return True

    def _on_stored(self, assessment: str) -> None:
        if assessment == self._assessment:
            self._read(assessment)

    def _on_over(self, problems: list[Problem], notes: list[Problem]) -> None:
        self.outcome.show_outcome(problems, notes)
        self._tell()

    # --- changing

    def _write_caption(self, row: EvidenceRow, text: str) -> None:
        self._write(partial(jobs.write_caption, self._assessment, row.file.id, row.item, text))

    def _write_until(self, row: EvidenceRow, until: date | None) -> None:
        self._write(partial(jobs.write_until, self._assessment, row.file.id, until))

    def _place(self, evidence: str, added: list[str], gone: list[str]) -> None:
        if added:
            self._write(partial(jobs.link, self._assessment, evidence, added))
        if gone:
            self._write(partial(jobs.detach, self._assessment, evidence, gone))

    def _write(self, job: Callable[[Desk], object], done: Callable[[], object] | None = None) -> None:
        self._context.ask(self, job, partial(self._on_written, done), self._on_refused, durable=True)

    def _on_written(self, done: Callable[[], object] | None, _result: object) -> None:
        self._read(self._assessment)
        self._tell()
        if done:
            done()

    def _on_refused(self, error: Exception) -> None:
        self._read(self._assessment)
        self._context.tasks.failed.emit(error)

    def _on_removed(self, assessment: str, row: EvidenceRow) -> None:
        words = self._context.i18n.tr("desk.evidence_removed", name=row.caption or row.name)
        self._context.notices.post(words, undo=partial(self._write, partial(jobs.put_back, assessment, row)))

    def _tell(self) -> None:
        self._context.events.assessment_changed.emit(Change(self._assessment, self))


def _same(one: EvidenceRow, other: EvidenceRow) -> bool:
    return (one.file.id, one.item) == (other.file.id, other.item)

"""Take packages in: copy and check, show what they would change, take in with one button, take back with another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog

from ui.dialogs.guide_offering import offer_guide
from ui.dialogs.incoming_lines import change_line, changed, file_line, more_changes, remarks, summary
from ui.dialogs.take_in_view import TakeInView
from ui.models import taking_in
from ui.widgets.dropped_files import any_files
from ui.widgets.exchange_words import count_words
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext, Desk
    from ui.models.taking_in import Look
    from ui.tasks import RunningTask, TaskProgress
    from wufei_cells.domain.exchange import IncomingFile
    from wufei_cells.services.taking_packages import TakenIn

SIZE = (1060, 680)
T = TypeVar("T")


class TakeInDialog(QDialog):
    """Leads from files to what is in the register.

    Signals:
        conflicts_requested: the person wants to settle what is in conflict now.
    """

    conflicts_requested = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAcceptDrops(True)
        self._context = context
        self._waiting: list[Path] = []
        self._stop: Event | None = None
        self._task: RunningTask | None = None
        self._names: dict[str, str] = {}
        self.found: Look | None = None
        self.taken: TakenIn | None = None
        self.setWindowTitle(context.i18n.tr("exchange.take_in"))
        offer_guide(self, context, "take_in")
        self.view = TakeInView(context, self)
        self._connect_signals()
        self.resize(*SIZE)
        context.ask(self, _load_names, self._names.update)

    def _connect_signals(self) -> None:
        view = self.view
        view.take_button.clicked.connect(self.take)
        view.cancel_button.clicked.connect(self.reject)
        view.unlock_button.clicked.connect(self._unlock)
        view.secret_edit.returnPressed.connect(self._unlock)
        view.undo_button.clicked.connect(self._undo)
        view.conflicts_button.clicked.connect(self._settle)
        view.done_button.clicked.connect(self.accept)
        view.state_view.action_triggered.connect(self._try_again)
        self.finished.connect(self._put_away)

    # --- public and Qt events

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._stop is not None

    def add_files(self, files: Sequence[Path]) -> None:
        """Read files, together with those that were read before."""
        if self.taken is not None:
            return
        self._waiting += [file for file in files if file not in self._waiting]
        self._look("")

    @Slot()
    def take(self) -> None:
        """Take in what can be taken in."""
        if self.found is None or self.busy or not self.view.take_button.isEnabled():
            return
        self._begin("exchange.taking", partial(taking_in.take, self.found), self._on_taken)

    def reject(self) -> None:
        """Stop what is under way; otherwise close, and leave nothing behind."""
        if self._stop is not None:
            self._stop.set()
            self.view.cancel_button.setEnabled(False)
        else:
            super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the files that were dropped."""
        event.acceptProposedAction()
        self.add_files(any_files(event.mimeData()))

    # --- work

    def _look(self, passphrase: str) -> None:
        if self.busy or not (self._waiting or passphrase):
            return
        paths, self._waiting = tuple(self._waiting), []
        wording = self._context.i18n.wording
        self._begin("exchange.reading", partial(taking_in.look, self.found, paths, passphrase, wording), self._on_found)

    def _begin(
        self, label: str, job: Callable[[Event, Desk, TaskProgress], T | None], done: Callable[[T | None], object]
    ) -> None:
        self._stop = Event()
        said = self._context.i18n.tr(label)
        self.view.show_running(said)
        self._task = self._context.work(self, partial(job, self._stop), done, self._on_failed, label=said)
        self._task.progressed.connect(self.view.show_progress)

    def _end(self) -> None:
        self._stop, self._task = None, None
        self.view.show_rest()

    def _on_found(self, found: Look | None) -> None:
        self._end()
        if found is None:
            self._on_stopped()
            return
        self.found = found
        self._show(found)
        self._look("")  # what was dropped meanwhile

    def _on_stopped(self) -> None:
        """Nothing was left by what was stopped; what had been looked at before still stands."""
        self._waiting.clear()
        if self.found is None:
            super().reject()
        else:
            self._show(self.found)

    def _on_taken(self, taken: TakenIn | None) -> None:
        self._end()
        if taken is None:
            self._context.notices.post(self._context.i18n.tr("exchange.taking_stopped"))
            self._on_stopped()
            return
        self.taken = taken
        tr, preview = self._context.i18n.tr, taken.preview
        values = {
            "acts": count_words(sum(one.new_acts for one in preview.files)),
            "photos": count_words(taken.files),
            "changed": count_words(changed(self.found.told.found) if self.found else preview.changed),
            "conflicts": count_words(preview.new_conflicts),
        }
        lines = [tr("exchange.taken_text", **values)]
        if self.found is not None:
            lines += remarks(self._context.i18n, self.found, self._names)
        bad = sum(bool(one.problems) for one in preview.files)
        lines += [tr("exchange.left_out", count=bad)] if bad else []
        self.view.show_taken("\n".join(lines), conflicts=bool(preview.new_conflicts))
        self._context.events.tell_arrival()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.view.state_view.show_error(error)
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)

    def _try_again(self) -> None:
        if self.found is not None:
            self._show(self.found)
        else:
            super().reject()

    # --- slots

    @Slot()
    def _unlock(self) -> None:
        secret = self.view.secret_edit.text()
        if secret and self.found is not None:
            self._look(secret)

    @Slot()
    def _undo(self) -> None:
        if self.taken is not None:
            self.view.undo_button.setEnabled(False)
            job = partial(_take_back, self.taken.arrival)
            self._context.ask(self, job, self._on_undone, self._on_failed)

    def _on_undone(self, acts: int) -> None:
        said = self._context.i18n.tr("exchange.undone", acts=count_words(acts))
        self._context.notices.post(said, "passed")
        self._context.events.tell_arrival()
        self.accept()

    @Slot()
    def _settle(self) -> None:
        self.accept()
        self.conflicts_requested.emit()

    @Slot()
    def _put_away(self) -> None:
        """Remove the copies of files that were not taken in; a passphrase does not stay either."""
        self.view.secret_edit.setText("")
        if self.found is not None and self.taken is None:
            self._context.ask(self._context.notices, partial(taking_in.put_away, self.found), _nothing, durable=True)

    # --- painting

    def _show(self, found: Look) -> None:
        i18n, preview = self._context.i18n, found.told.found
        self.view.show_look(
            summary(i18n, found),
            tuple(remarks(i18n, found, self._names)),
            [file_line(i18n, one) for one in sorted(preview.files, key=_weight)],
            [change_line(i18n, one) for one in found.told.changes],
            more_changes(i18n, preview, len(found.told.changes)) if found.told.changes else "",
        )
        self.view.ask_passphrase(found.closed, wrong=_wrong(found))
        self.view.take_button.setEnabled(any(one.received.sound for one in found.came))
        if not found.closed:
            self.view.take_button.setFocus()


def _weight(one: IncomingFile) -> int:
    """Put first what somebody has to look at."""
    return 0 if one.needs else 1 if one.problems else 2 if one.held_back else 3


def _wrong(found: Look) -> bool:
    return any(problem.code == taking_in.PASSPHRASE[1] for one in found.came for problem in one.received.problems)


def _load_names(desk: Desk) -> dict[str, str]:
    return dict(desk.who_has_what.names(desk.workspace))


def _take_back(arrival: str, desk: Desk) -> int:
    return desk.taking_packages.undo(desk.workspace, arrival)


def _nothing(_answer: None) -> None:
    """Need no answer."""

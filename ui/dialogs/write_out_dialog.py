"""Write a package: what goes in, how large it will be, where it lies, and when the stick can be taken out."""

from __future__ import annotations

from functools import partial
from glob import escape
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.guide_offering import offer_guide
from ui.dialogs.save_dialog import FOLDER, SaveDialog
from ui.dialogs.write_out_form import WriteOutForm
from ui.widgets.desk_style import desk_style
from ui.widgets.exchange_words import file_name, size_words
from ui.widgets.plain import plain_label, scrolling
from ui.widgets.size_meter import SizeMeter
from ui.widgets.state_view import StateView
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from ui.models.exchange_reading import Board
    from ui.tasks import RunningTask, TaskProgress
    from wufei_cells.domain.exchange import Order
    from wufei_cells.exchange.packages import Written
    from wufei_cells.services.packing import Plan

SIZE = (680, 640)
PAUSE = 250  # milliseconds after the last change before the size is worked out anew


class Stopped(Exception):
    """Raised within the work when the person has cancelled it."""


class WriteOutDialog(QDialog):
    """Asks, writes, and tells where it is."""

    def __init__(self, context: AppContext, board: Board, parent: QWidget | None = None, *, to: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._context = context
        self._board = board
        self._task: RunningTask | None = None
        self._stop: Event | None = None
        self.plan: Plan | None = None
        self.written: tuple[Written, ...] = ()
        self.setWindowTitle(context.i18n.tr("exchange.write_out"))
        offer_guide(self, context, "write_out")
        self._build_widgets(to)
        self._build_layout()
        self._connect_signals()
        self.resize(*SIZE)
        self._propose()
        self._estimate()
        context.ask(self, _load_sites, self.form.show_sites)

    # --- build

    def _build_widgets(self, to: str) -> None:
        context, tr = self._context, self._context.i18n.tr
        self.form = WriteOutForm(context, self._board, to)
        self.meter = SizeMeter(context)
        self.path_label = plain_label(wrap=True, selectable=True)
        self.path_button = QPushButton(context.theme.icon("folder"), tr("exchange.change_place"))
        self.problem_label = plain_label("failed", wrap=True, selectable=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("exchange.writing"))
        self.progress_label = plain_label("muted")
        self.buttons = QDialogButtonBox()
        self.cancel_button = QPushButton(tr("ui.cancel"))
        self.write_button = QPushButton(tr("exchange.write"))
        self.write_button.setProperty("role", "accent")
        self.open_button = QPushButton(context.theme.icon("folder"), tr("exchange.open_folder"))
        self.path_button.setAutoDefault(False)
        self._waiting = QTimer(self, singleShot=True, interval=PAUSE)

    def _build_layout(self) -> None:
        tr = self._context.i18n.tr
        asking = QWidget()
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        column.addWidget(self.form)
        column.addWidget(self.meter)
        column.addStretch(1)
        place = QHBoxLayout()
        label = plain_label("muted")
        label.setText(tr("exchange.place"))
        place.setSpacing(12)
        place.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        place.addWidget(self.path_label, 1)
        place.addWidget(self.path_button, 0, Qt.AlignmentFlag.AlignTop)
        first = QWidget()
        inside = QVBoxLayout(first)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(scrolling(asking), 1)
        inside.addLayout(place)
        self.state_view = StateView(self._context, first)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.state_view)
        for button in (self.cancel_button, self.open_button):
            button.setAutoDefault(False)
        self.buttons.addButton(self.open_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.cancel_button, QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.addButton(self.write_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.open_button.hide()
        running = QHBoxLayout()
        running.addWidget(self.progress_label)
        running.addWidget(self.progress, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 12)
        whole.setSpacing(8)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.problem_label)
        whole.addLayout(running)
        whole.addWidget(self.buttons)
        self._show_running(running=False)
        self.problem_label.hide()
        self.setStyleSheet(desk_style(self._context.theme))
        self.write_button.setDefault(True)

    def _connect_signals(self) -> None:
        self.form.changed.connect(self._on_changed)
        self.form.named.connect(self._propose)
        self._waiting.timeout.connect(self._estimate)
        self.path_button.clicked.connect(self._choose_place)
        self.write_button.clicked.connect(self.write)
        self.buttons.rejected.connect(self.reject)
        self.open_button.clicked.connect(self._open_folder)
        self.finished.connect(self.form.forget)

    # --- public

    @property
    def path(self) -> Path:
        """Where it will be written."""
        return self._path

    def show_place(self, path: Path) -> None:
        """Say where it will be written."""
        self._path = path
        self.path_label.setText(str(path))
        self.path_label.setAccessibleName(f"{self._context.i18n.tr('exchange.place')} {path}")

    @Slot()
    def write(self) -> None:
        """Write it, unless something is still missing; once it is written, close."""
        if self.written:
            self.accept()
            return
        order = self.form.order
        if order is None or self._stop is not None or not self.form.closable:
            return
        self._waiting.stop()
        if self._task is not None:
            self._task.cancel()
        self._stop = Event()
        self._show_running(running=True)
        job = partial(_write, order, self._path, self._stop)
        label = self._context.i18n.tr("exchange.writing")
        self._task = self._context.work(self, job, self._on_written, self._on_failed, label=label)
        self._task.progressed.connect(self._on_progressed)

    def reject(self) -> None:
        """Stop writing where it is under way; otherwise close."""
        if self._stop is not None:
            self._stop.set()
            return
        if self._task is not None:
            self._task.cancel()
        super().reject()

    # --- slots: asking

    @Slot()
    def _on_changed(self) -> None:
        self.plan = None
        self.write_button.setEnabled(False)
        if self.form.order is None:
            self.meter.show_refusal(self._context.i18n.tr("exchange.choose_site"))
            return
        self.meter.show_working()
        self._waiting.start()

    @Slot()
    def _estimate(self) -> None:
        order = self.form.order
        if order is None:
            return
        if self._task is not None:
            self._task.cancel()
        label = self._context.i18n.tr("exchange.estimating")
        job = partial(_plan, order)
        self._task = self._context.work(
            self, job, self._on_estimated, self._on_not_estimated, label=label, cancellable=True
        )

    def _on_estimated(self, planned: Plan) -> None:
        self._task = None
        self.plan = planned
        self.problem_label.hide()
        self.meter.show_estimate(planned.estimate)
        self.write_button.setEnabled(self.form.closable and self._stop is None)

    def _on_not_estimated(self, error: Exception) -> None:
        self._task = None
        if isinstance(error, WufeiError):
            self.meter.show_refusal(self._context.i18n.error(error))
        else:
            self.meter.show_refusal(self._context.i18n.tr("ui.failed.unexpected"))
            self._context.tasks.failed.emit(error)

    @Slot()
    def _propose(self) -> None:
        """Propose a place: the folder that was used last, if it is still there."""
        names = self._board.names
        name = file_name(
            self._context.i18n, names.get(self._board.own, ""), names.get(self.form.to, ""), self._board.today
        )
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        last = Path(self._context.preferences.text(FOLDER, documents))
        folder = last if last.is_dir() else Path(documents)
        self.show_place(_free(folder / name))

    def _choose_place(self) -> None:
        dialog = SaveDialog(self._context, self._path.name, self)
        dialog.path_chosen.connect(self.show_place)
        dialog.open()

    # --- slots: writing

    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, 1000)
        self.progress.setValue(1000 * done // max(total, 1))
        self.progress_label.setText(f"{size_words(done // 2)} / {size_words(total // 2)}")

    def _on_written(self, written: tuple[Written, ...] | None) -> None:
        self._stop, self._task = None, None
        self._show_running(running=False)
        tr = self._context.i18n.tr
        if written is None:
            self._context.notices.post(tr("exchange.write_stopped"))
            super().reject()
            return
        self.written = written
        self._context.preferences.remember(FOLDER, str(self._path.parent))
        size = size_words(sum(one.size for one in written))
        paths = "\n".join(str(one.path) for one in written)
        self.state_view.show_empty("exchange.written", "exchange.written_text", icon="check", paths=paths, size=size)
        self.cancel_button.hide()
        self.open_button.show()
        self.write_button.setText(tr("exchange.done"))
        self.write_button.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self._stop, self._task = None, None
        self._show_running(running=False)
        if isinstance(error, WufeiError):
            self.problem_label.setText(self._context.i18n.error(error))
            self.problem_label.show()
        else:
            self._context.tasks.failed.emit(error)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

    def _show_running(self, *, running: bool) -> None:
        self.progress.setVisible(running)
        self.progress_label.setVisible(running)
        self.progress.setRange(0, 0)
        self.state_view.setEnabled(not running)
        self.write_button.setEnabled(not running and self.plan is not None)
        if running:
            self.problem_label.hide()


def _free(path: Path) -> Path:
    """Give a name that no file has: what somebody sent is never written over."""
    found, number = path, 1
    while found.exists() or any(path.parent.glob(f"{escape(found.stem)}-1-*{path.suffix}")):
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


# --- in the worker thread


def _load_sites(desk: Desk) -> list[tuple[str, str]]:
    return [(row.id, row.name) for row in desk.browsing.list_sites(desk.workspace)]


def _plan(order: Order, desk: Desk, progress: TaskProgress) -> Plan:
    return desk.packing.plan(desk.workspace, order, progress.report)


def _write(order: Order, path: Path, stop: Event, desk: Desk, progress: TaskProgress) -> tuple[Written, ...] | None:
    """Write what is there now; ``None`` when it was stopped, and nothing of it is left."""

    def report(done: int, total: int) -> None:
        if stop.is_set():
            raise Stopped
        progress.report(done, total)

    planned = desk.packing.plan(desk.workspace, order)
    targets = desk.packing.part_paths(path, len(planned.parts))
    before = {target for target in targets if target.exists()}
    try:
        return desk.packing.write(desk.workspace, planned, path, report)
    except BaseException as error:
        for target in targets:
            if target not in before:
                target.unlink(missing_ok=True)
        if isinstance(error, Stopped):
            return None
        raise

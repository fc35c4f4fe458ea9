"""The search over everything: one field, what was found under it, and the keys lead there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from ui.dialogs import openers
from ui.dialogs.palette_delegate import PaletteDelegate
from ui.models.palette_model import Command, PaletteModel, PaletteRow, command_row, fitting_commands, hit_row
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext, Desk
    from ui.tasks import RunningTask
    from wufei_cells.services.searching import Hit

PAUSE = 40  # milliseconds without a key before asking
WIDTH = 680
TOP = 64  # pixels from the window's upper edge
LINES = 8
LED = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchPalette(QDialog):
    """Asks while one types, off the GUI thread; an answer to what was typed before is not shown.

    Signals:
        hit_chosen: the person wants to see something that was found (Hit).
        command_chosen: the person wants the window to do something (the command's name); dialogs open without it.
    """

    hit_chosen = Signal(object)
    command_chosen = Signal(str)

    def __init__(self, context: AppContext, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._window = parent.window()
        self._commands = tuple(commands)
        self._asked: RunningTask | None = None
        self._entering = False
        self._build()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        self.search_edit.textChanged.connect(self._on_edited)
        self.list_view.clicked.connect(self._choose)
        self._show_hits(())
        self._place()
        context.ask(self, _prepare, _ready, _not_ready)

    def _build(self) -> None:
        tr, theme = self._context.i18n.tr, self._context.theme
        self.setWindowTitle(tr("search.title"))
        self.setProperty("role", "card")
        self.search_edit = QLineEdit(self)
        self.search_edit.setPlaceholderText(tr("search.hint"))
        self.search_edit.setAccessibleName(tr("search.title"))
        self.search_edit.setClearButtonEnabled(True)
        glass = QAction(theme.icon("search", "muted"), "", self.search_edit)
        self.search_edit.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.search_edit.installEventFilter(self)
        self.model = PaletteModel(self)
        self.list_view = QListView(self)
        self.list_view.setModel(self.model)
        self.list_view.setAccessibleName(tr("search.found"))
        self.list_view.setItemDelegate(PaletteDelegate(theme, self.list_view))
        self.list_view.setFrameShape(QFrame.Shape.NoFrame)
        self.list_view.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay in the field and lead through the list
        self.list_view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list_view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list_view.setUniformItemSizes(True)
        self.foot_label = plain_label("caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.search_edit)
        column.addWidget(self.list_view, 1)
        column.addWidget(self.foot_label)
        self.setStyleSheet(
            f"SearchPalette {{ background: {theme.color('card').name()};"
            f" border: 1px solid {theme.color('field').name()}; }}"
            "QListView { border: none; }"
        )

    def _place(self) -> None:
        """Stand in the middle of the window's upper edge, as wide and high as fits."""
        window = self._window
        width = min(WIDTH, window.width() - 48)
        row = self.list_view.sizeHintForRow(0) if self.model.rowCount() else 48
        height = min(self.sizeHint().height() - self.list_view.sizeHint().height() + LINES * row, window.height() - TOP)
        self.resize(width, height)
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, TOP)))

    # --- Qt events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys that lead through a list do so while the cursor stays in the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in ENTER:
                self._enter()
                return True
            if event.key() in LED:
                self._lead(event.key())
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Close when the person clicks into the window behind."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and self._window.isActiveWindow():
            self.reject()

    # --- slots

    @Slot()
    def _on_edited(self) -> None:
        self._entering = False
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        if self.search_edit.text().strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._show_hits(())

    @Slot()
    def _ask(self) -> None:
        words = self.search_edit.text()
        self._asked = self._context.ask(self, partial(_find, words), self._on_found, self._on_failed)

    def _on_found(self, answer: tuple[str, tuple[Hit, ...]]) -> None:
        words, hits = answer
        if words != self.search_edit.text():
            return
        self._asked = None
        self._show_hits(hits)
        if self._entering:
            self._enter()

    def _on_failed(self, error: Exception) -> None:
        self._asked = None
        self.reject()
        self._context.tasks.failed.emit(error)

    def _show_hits(self, hits: tuple[Hit, ...]) -> None:
        i18n, words = self._context.i18n, self.search_edit.text().strip()
        begun, others = fitting_commands(self._commands, words)
        found = [hit_row(hit, i18n) for hit in hits]
        rows = [*map(command_row, begun), *found, *map(command_row, others)]
        self.model.set_rows(rows)
        self.list_view.setCurrentIndex(self.model.index(0, 0))
        nothing = words and not rows
        self.foot_label.setText(i18n.tr("search.nothing", words=words) if nothing else i18n.tr("search.foot"))

    def _lead(self, key: int) -> None:
        count = self.model.rowCount()
        if not count:
            return
        at, page = self.list_view.currentIndex().row(), LINES - 1
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            at = (at + (1 if key == Qt.Key.Key_Down else -1)) % count
        else:
            at = min(max(at + (page if key == Qt.Key.Key_PageDown else -page), 0), count - 1)
        self.list_view.setCurrentIndex(self.model.index(at, 0))

    def _enter(self) -> None:
        """Go to the chosen line; while the answer is on its way, to its best as soon as it is there."""
        if self._pause.isActive() or self._asked is not None:
            self._entering = True
        else:
            self._choose(self.list_view.currentIndex())

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        row: PaletteRow | None = self.model.row_at(index)
        if row is None:
            return
        self.accept()
        if isinstance(row.meant, Command) and row.meant.name.startswith(openers.PREFIX):
            openers.open_dialog(row.meant.name, self._context, self._window)
        elif isinstance(row.meant, Command):
            self.command_chosen.emit(row.meant.name)
        else:
            self.hit_chosen.emit(row.meant)


def _prepare(desk: Desk) -> None:
    desk.searching.prepare(desk.workspace)


def _find(words: str, desk: Desk) -> tuple[str, tuple[Hit, ...]]:
    return words, desk.searching.search(desk.workspace, words)


def _ready(_answer: None) -> None:
    """Nothing to show yet."""


def _not_ready(_error: Exception) -> None:
    """The search itself will say what is wrong."""

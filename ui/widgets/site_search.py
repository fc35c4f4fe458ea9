"""The search field in the header: finds sites while one types, and opens the one chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit, QWidget

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from ui.tasks import RunningTask
    from wufei_cells.domain.register import SiteRow

PAUSE = 150  # milliseconds without a key before asking
SHOWN = 12
ID_ROLE = Qt.ItemDataRole.UserRole + 1


class SiteSearch(QLineEdit):
    """Finds sites by parts of their name, address, contact or certificate number.

    Signals:
        site_chosen: a site was picked from the list (its id).
    """

    site_chosen = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked: RunningTask | None = None
        self._found = QStandardItemModel(self)
        self._completer = QCompleter(self._found, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(SHOWN)
        self._completer.setWidget(self)
        # The stubs do not know how to choose among signals of one name.
        self._completer.activated[QModelIndex].connect(self._on_chosen)  # pyright: ignore[reportIndexIssue]
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self._choose_first)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(180)
        self.setMaximumWidth(320)
        self.retranslate()
        context.events.language_changed.connect(self.retranslate)
        context.events.scheme_changed.connect(self.retranslate)

    @property
    def popup(self) -> QAbstractItemView:
        """The list of what was found."""
        return self._completer.popup()

    def sizeHint(self) -> QSize:
        """Ask for room for a name of usual length."""
        return QSize(280, super().sizeHint().height())

    @Slot()
    def retranslate(self) -> None:
        """Write the hint anew."""
        tr = self._context.i18n.tr
        self.setPlaceholderText(tr("frame.search"))
        self.setAccessibleName(tr("frame.search_name"))
        self._glass.setIcon(self._context.theme.icon("search", "muted"))

    # --- slots

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._completer.popup().hide()

    @Slot()
    def _ask(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        self._asked = self._context.ask(self, partial(_find, self.text()), self._on_found)

    def _on_found(self, rows: tuple[SiteRow, ...]) -> None:
        self._found.clear()
        for row in rows[:SHOWN]:
            item = QStandardItem(row.name)
            item.setData(row.id, ID_ROLE)
            self._found.appendRow(item)
        if not rows:
            nothing = QStandardItem(self._context.i18n.tr("frame.search_nothing"))
            nothing.setEnabled(False)
            self._found.appendRow(nothing)
        if self.hasFocus():
            self._completer.complete()

    @Slot()
    def _choose_first(self) -> None:
        """Enter without a choice takes the first site found."""
        if not self._pause.isActive() and self._found.rowCount() and self._found.item(0).isEnabled():
            self._choose(str(self._found.item(0).data(ID_ROLE)))

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        if site := index.data(ID_ROLE):
            self._choose(str(site))

    def _choose(self, site: str) -> None:
        # After the completer is done: it writes the chosen text into the field once its signal is out.
        QTimer.singleShot(0, self, self._forget)
        self.site_chosen.emit(site)

    @Slot()
    def _forget(self) -> None:
        self._completer.popup().hide()
        self.clear()
        self._found.clear()


def _find(text: str, desk: Desk) -> tuple[SiteRow, ...]:
    return desk.browsing.list_sites(desk.workspace, search=text)

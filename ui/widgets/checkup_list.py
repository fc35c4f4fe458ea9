"""A list of what the X-rays found, in which each line leads to its place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from ui.widgets.hint_lines import HINT_ROLE, HintDelegate, HintsModel
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext, Desk
    from wufei_cells.domain.checkups import Hint

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FEW = 200  # lines are measured in portions, so that thousands of them do not hold the window up


class CheckupList(QWidget):
    """Shows hints; it can be given an assessment and asks for its hints itself.

    Signals:
        jump_requested: double click or Enter: the person wants to see the place (site, assessment, item).
        loaded: the hints of the assessment are there (how many).
    """

    jump_requested = Signal(str, str, str)
    loaded = Signal(int)

    def __init__(self, context: AppContext, parent: QWidget | None = None, *, with_sites: bool = False) -> None:
        """Build the list; ``with_sites`` names the site of each hint, as where hints of many are shown."""
        super().__init__(parent)
        self._context = context
        self._state = ""
        self._assessment = ""
        self.model = HintsModel(context, self, with_sites=with_sites)
        self.list_view = QListView(self)
        self.list_view.setModel(self.model)
        self.list_view.setItemDelegate(HintDelegate(context, self.model, self.list_view))
        self.list_view.setFrameShape(QFrame.Shape.NoFrame)
        self.list_view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list_view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list_view.setResizeMode(QListView.ResizeMode.Adjust)
        self.list_view.setLayoutMode(QListView.LayoutMode.Batched)
        self.list_view.setBatchSize(FEW)
        self.state_label = plain_label("muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.state_label)
        column.addWidget(self.list_view, 1)
        self.list_view.doubleClicked.connect(self._jump)
        self.list_view.installEventFilter(self)
        context.events.language_changed.connect(self.retranslate)
        context.events.scheme_changed.connect(self._repaint)
        self.show_hints(())

    # --- public

    def load(self, assessment: str) -> None:
        """Ask for the hints of an assessment and show them."""
        self._assessment = assessment
        self.model.show(())
        self._say("checkup.working")
        self._context.ask(self, partial(_hints, assessment), self._on_loaded, self._on_failed)

    def show_hints(self, hints: Sequence[Hint], *, empty: str = "checkup.nothing") -> None:
        """Show hints that were asked for already; ``empty`` is the key of what is said where there are none."""
        self.model.show(hints)
        self.list_view.setCurrentIndex(self.model.index(0, 0))
        self._say("" if hints else empty)

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self.list_view.setAccessibleName(tr("checkup.list"))
        self.list_view.setToolTip(tr("checkup.jump"))
        self.state_label.setText(tr(self._state) if self._state else "")
        self._repaint()

    # --- Qt events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter lead to the place; a list that handles it alone lets it press the dialog's button, too."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            self._jump(self.list_view.currentIndex())
            return True
        return super().eventFilter(watched, event)

    # --- slots

    def _on_loaded(self, answer: tuple[str, Sequence[Hint]]) -> None:
        assessment, hints = answer
        if assessment == self._assessment:  # else another one was asked for since
            self.show_hints(hints)
            self.loaded.emit(len(hints))

    def _on_failed(self, error: Exception) -> None:
        self._say("checkup.failed")
        self._context.tasks.failed.emit(error)

    @Slot(QModelIndex)
    def _jump(self, index: QModelIndex) -> None:
        hint: Hint | None = index.data(HINT_ROLE)
        if hint is not None and hint.site:
            self.jump_requested.emit(hint.site, hint.assessment, hint.item)

    @Slot()
    def _repaint(self) -> None:
        self.list_view.scheduleDelayedItemsLayout()
        self.list_view.viewport().update()

    def _say(self, key: str) -> None:
        self._state = key
        self.state_label.setVisible(bool(key))
        self.list_view.setVisible(not key)
        self.retranslate()


def _hints(assessment: str, desk: Desk) -> tuple[str, Sequence[Hint]]:
    return assessment, desk.checkups.of_file(desk.workspace, assessment)

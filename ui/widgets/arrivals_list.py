"""What was taken in lately, each of it to be taken back as a whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ui.widgets.elided_label import ElidedLabel
from ui.widgets.exchange_words import count_words
from ui.widgets.plain import literal, plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext
    from wufei_cells.domain.exchange import ArrivalRow

FEW = 6


class ArrivalsList(QWidget):
    """Lists imports, the last one first.

    Signals:
        undo_requested: one of them is to be taken back (ArrivalRow).
    """

    undo_requested = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._rows: tuple[ArrivalRow, ...] = ()
        self._all = False
        self.undo_buttons: dict[str, QPushButton] = {}
        self.more_button = QPushButton(self)
        self.more_button.setProperty("role", "flat")
        self.more_button.clicked.connect(self._show_all)
        self._inside = QWidget(self)
        self._whole = QGridLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(4)
        self._whole.addWidget(self._inside, 0, 0)
        self._whole.addWidget(self.more_button, 1, 0, Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, rows: Sequence[ArrivalRow], *, editable: bool) -> None:
        """Show imports; those that can be taken back have a button for it."""
        self._rows = tuple(rows)
        self._editable = editable
        self.undo_buttons.clear()
        old, self._inside = self._inside, QWidget(self)
        self._whole.replaceWidget(old, self._inside)
        old.hide()
        old.deleteLater()
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        shown = self._rows if self._all else self._rows[:FEW]
        for place, row in enumerate(shown):
            self._add(grid, place, row)
        self.more_button.setText(self._context.i18n.tr("exchange.all_imports", count=len(self._rows)))
        self.more_button.setVisible(len(shown) < len(self._rows))

    # --- parts

    def _add(self, grid: QGridLayout, place: int, row: ArrivalRow) -> None:
        i18n = self._context.i18n
        tr = i18n.tr
        gone = row.undone_at is not None
        moment, who, what = plain_label("muted"), ElidedLabel("muted" if gone else ""), ElidedLabel("muted")
        moment.setText(i18n.moment(row.at))
        who.setText(tr("exchange.import_from", senders=row.senders or ("–",), count=len(row.files)))
        values = {
            "acts": count_words(row.acts),
            "photos": count_words(row.photos),
            "conflicts": count_words(row.conflicts),
        }
        what.setText(tr("exchange.import_what", **values))
        what.setToolTip(literal("\n".join(row.files)))
        who.setMinimumWidth(160)
        grid.addWidget(moment, place, 0)
        grid.addWidget(who, place, 1)
        grid.addWidget(what, place, 2)
        if gone:
            undone = plain_label("muted")
            undone.setText(tr("exchange.import_undone", at=i18n.moment(row.undone_at)))
            grid.addWidget(undone, place, 3)
        elif self._editable:
            button = QPushButton(self._context.theme.icon("undo"), tr("exchange.take_back"))
            button.setProperty("role", "flat")
            button.setAccessibleName(tr("exchange.take_back_of", senders=row.senders, at=i18n.moment(row.at)))
            button.clicked.connect(partial(self._undo, row))
            self.undo_buttons[row.id] = button
            grid.addWidget(button, place, 3)

    def _undo(self, row: ArrivalRow) -> None:
        self.undo_buttons[row.id].setEnabled(False)
        self.undo_requested.emit(row)

    def _show_all(self) -> None:
        self._all = True
        self.show_rows(self._rows, editable=self._editable)

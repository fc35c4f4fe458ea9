"""Under the list: what the chosen piece shows, to be written right there, and what can be done with it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QSize, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.desk.evidence_words import likeness_words
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import caption, literal, plain_label

if TYPE_CHECKING:
    from ui.context import AppContext
    from wufei_cells.domain.evidence import EvidenceRow, Likeness

MOST_ALIKE = 3


class EvidenceDetails(QWidget):
    """Shows one piece.

    Signals:
        caption_edited: what it shows was written (EvidenceRow, text).
        until_edited: it was said until when it holds (EvidenceRow, date or None).
        view_requested, items_requested, remove_requested: a button was pressed.
        compare_requested: somebody wants to see the same or similar picture beside it (Likeness).
    """

    caption_edited = Signal(object, str)
    until_edited = Signal(object, object)
    view_requested = Signal()
    items_requested = Signal()
    remove_requested = Signal()
    compare_requested = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._row: EvidenceRow | None = None
        self._alike: list[Likeness] = []
        self._compare_buttons: list[QPushButton] = []
        self.item_label = plain_label("caption", wrap=True)
        self.caption_edit = QLineEdit(self)
        self.caption_edit.setMaxLength(500)
        self.until_box = QCheckBox(self)
        self.until_edit = QDateEdit(self)
        self.until_edit.setCalendarPopup(True)
        self.until_edit.setDisplayFormat("yyyy-MM-dd")
        self.until_edit.setKeyboardTracking(False)
        self.view_button = QPushButton(self)
        self.items_button = QPushButton(self)
        self.remove_button = QPushButton(self)
        buttons = FlowLayout(spacing=6)
        for button in (self.view_button, self.items_button, self.remove_button):
            buttons.addWidget(button)
        self._alike_column = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.item_label)
        column.addWidget(self.caption_edit)
        until = QHBoxLayout()
        until.setSpacing(6)
        until.addWidget(self.until_box)
        until.addWidget(self.until_edit)
        until.addStretch(1)
        column.addLayout(until)
        column.addLayout(self._alike_column)
        column.addLayout(buttons)
        self.caption_edit.editingFinished.connect(self._on_caption)
        self.until_box.clicked.connect(self._on_until_ticked)
        self.until_edit.dateChanged.connect(self._on_until)
        self.view_button.clicked.connect(self.view_requested)
        self.items_button.clicked.connect(self.items_requested)
        self.remove_button.clicked.connect(self.remove_requested)
        self.hide()

    # --- public

    def show_piece(self, row: EvidenceRow | None, alike: list[Likeness], item: str, *, editable: bool) -> None:
        """Show another piece; ``item`` is said where pieces of several items are listed."""
        self._on_caption()
        same = row is not None and self._row is not None and _place(row) == _place(self._row)
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        self.item_label.setText(item)
        self.item_label.setVisible(bool(item))
        if not same or not self.caption_edit.hasFocus():
            self.caption_edit.setText(row.caption)
        self.caption_edit.setReadOnly(not editable)
        self._show_until(row.until, editable=editable)
        self.items_button.setEnabled(editable)
        self.remove_button.setEnabled(editable)
        if alike != self._alike:
            self._alike = alike
            self._show_alike()

    @Slot()
    def begin_caption(self) -> None:
        """Write what the piece shows."""
        self.caption_edit.setFocus()
        self.caption_edit.selectAll()

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self.caption_edit.setPlaceholderText(tr("desk.evidence_caption"))
        self.caption_edit.setAccessibleName(tr("desk.evidence_caption"))
        self.until_box.setText(tr("desk.evidence_until"))
        self.until_edit.setAccessibleName(tr("desk.evidence_until"))
        self.view_button.setText(tr("desk.evidence_view"))
        self.items_button.setText(tr("desk.evidence_items"))
        self.remove_button.setText(tr("desk.evidence_remove"))
        self._show_alike()

    # --- slots

    def _on_caption(self) -> None:
        text = self.caption_edit.text().strip()
        row = self._row
        if (
            row is not None
            and not self.caption_edit.isReadOnly()
            and text != row.caption
            and self.caption_edit.isModified()
        ):
            self.caption_edit.setModified(False)
            self.caption_edited.emit(row, text)

    def _show_until(self, until: date | None, *, editable: bool) -> None:
        self.until_box.setChecked(until is not None)
        self.until_box.setEnabled(editable)
        self.until_edit.setVisible(until is not None)
        self.until_edit.setEnabled(editable)
        if until is not None:
            blocked = self.until_edit.blockSignals(True)
            self.until_edit.setDate(QDate(until.year, until.month, until.day))
            self.until_edit.blockSignals(blocked)

    @Slot()
    def _on_until_ticked(self) -> None:
        """Propose that it holds for a year; the day can be changed."""
        if self._row is None:
            return
        in_a_year = QDate.currentDate().addYears(1)
        until = date(in_a_year.year(), in_a_year.month(), in_a_year.day()) if self.until_box.isChecked() else None
        self._show_until(until, editable=True)
        self.until_edited.emit(self._row, until)

    @Slot()
    def _on_until(self) -> None:
        day = self.until_edit.date()
        if self._row is not None and self.until_box.isChecked():
            self.until_edited.emit(self._row, date(day.year(), day.month(), day.day()))

    def _show_alike(self) -> None:
        for button in self._compare_buttons:
            button.deleteLater()
        self._compare_buttons = []
        for found in self._alike[:MOST_ALIKE]:
            words = likeness_words(self._context.i18n, found)
            button = QPushButton(caption(self._context.i18n.tr("desk.evidence_compare", site=found.site_name)), self)
            button.setIcon(self._context.theme.icon("compare", "attention"))
            button.setIconSize(QSize(16, 16))
            button.setToolTip(literal(words))
            button.setAccessibleDescription(words)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # a long name widens nothing
            button.clicked.connect(partial(self.compare_requested.emit, found))
            self._compare_buttons.append(button)
            self._alike_column.addWidget(button)


def _place(row: EvidenceRow) -> tuple[str, str]:
    return row.file.id, row.item

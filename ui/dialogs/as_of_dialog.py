"""Asks for a day, to show the register as it was when that day ended, in a window of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.desk_style import desk_style
from ui.widgets.fitting import fit_to_words

if TYPE_CHECKING:
    from ui.context import AppContext

WIDTH = 440


class AsOfDialog(QDialog):
    """Offers every day up to today, yesterday first.

    Signals:
        day_chosen: the register is to be shown as of a day (date).
    """

    day_chosen = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        """Build the dialog."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self.text_label = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.day_label = QLabel()
        today = QDate.currentDate()
        self.day_edit = QDateEdit(today.addDays(-1))
        self.day_edit.setMaximumDate(today)
        self.day_edit.setCalendarPopup(True)
        self.day_edit.setDisplayFormat("yyyy-MM-dd")
        self.day_label.setBuddy(self.day_edit)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.open_button = QPushButton()
        self.open_button.setProperty("role", "accent")
        self.buttons.addButton(self.open_button, QDialogButtonBox.ButtonRole.AcceptRole)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.addRow(self.day_label, self.day_edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.text_label)
        column.addLayout(form)
        column.addWidget(self.buttons)
        self.setMinimumWidth(WIDTH)
        self.setStyleSheet(desk_style(context.theme))
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        context.events.language_changed.connect(self.retranslate)
        self.retranslate()
        self.day_edit.setFocus()

    @property
    def day(self) -> date:
        """The day that is chosen."""
        chosen = self.day_edit.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("time_machine.title"))
        self.text_label.setText(tr("time_machine.text"))
        self.day_label.setText(tr("time_machine.day"))
        self.day_edit.setAccessibleName(tr("time_machine.day"))
        self.open_button.setText(tr("time_machine.open"))
        fit_to_words(self, WIDTH)

    @Slot()
    def _on_accepted(self) -> None:
        self.day_chosen.emit(self.day)
        self.accept()


def ask_for_day(context: AppContext, parent: QWidget) -> AsOfDialog:
    """Ask for a day and open another window at it; a window that does not open is told in the notice bar."""

    def go(day: date) -> None:
        if not context.open_past(day):
            context.notices.post(context.i18n.tr("time_machine.not_started"), "failed")

    dialog = AsOfDialog(context, parent)
    dialog.day_chosen.connect(go)
    dialog.open()
    return dialog

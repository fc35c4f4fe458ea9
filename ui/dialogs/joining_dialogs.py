"""The small dialogs of taking part: ask to join, take the answer in, enrol, revoke."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.form_dialog import FormDialog
from ui.models import devices_reading as reading
from ui.widgets.day_edit import OptionalDay
from ui.widgets.desk_style import desk_style
from ui.widgets.fitting import fit_to_words
from ui.widgets.plain import plain_label
from ui.widgets.qr_view import QrView
from wufei_cells.domain.lifecycle import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk
    from ui.models.devices_reading import Answered, Asked, Devices
    from wufei_cells.documents.qr_code import QrCode

WIDTH = 520
A_YEAR = 1
DISTRICTS_HEIGHT = 132


class RequestDialog(QDialog):
    """Shows the request of this machine as a code to be scanned, with its words; it can be saved as a file, too.

    Signals:
        save_requested: the file is wanted (its content).
    """

    save_requested = Signal(object)

    def __init__(self, context: AppContext, asked: Asked, code: QrCode | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        i18n = context.i18n
        self.setWindowTitle(i18n.tr("exchange.ask_to_join"))
        text, self.words_label = plain_label(wrap=True), plain_label("section", wrap=True, selectable=True)
        text.setText(i18n.tr("exchange.ask_to_join_text"))
        self.words_label.setText(i18n.text(asked.words))
        self.save_button = QPushButton(i18n.tr("exchange.save_request"))
        self.save_button.setProperty("role", "accent")
        self.save_button.clicked.connect(lambda: self.save_requested.emit(asked.content))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(text)
        column.addWidget(self.words_label)
        if code is not None:
            column.addWidget(QrView(code, i18n.tr("exchange.ask_to_join")), 1)
        column.addWidget(buttons)
        self.setStyleSheet(desk_style(context.theme))
        fit_to_words(self, WIDTH)


class JoinDialog(FormDialog):
    """Has the person compare the words of the office and takes part. Emits ``taken`` with what that brings in."""

    def __init__(self, context: AppContext, answered: Answered, parent: QWidget | None = None) -> None:
        i18n = context.i18n
        issuer = answered.offer.root.issuer
        super().__init__(context, i18n.tr("exchange.join"), i18n.tr("exchange.join_heading", issuer=issuer), parent)
        self._answered = answered
        words = plain_label("section", wrap=True, selectable=True)
        words.setText(i18n.text(answered.offer.words))
        self.compared_box = QCheckBox(i18n.tr("exchange.compared_office"))
        self.compared_box.setChecked(answered.offer.pinned)
        self.body.insertWidget(0, words)
        self.body.insertWidget(1, self.compared_box)
        self.compared_box.toggled.connect(self.check)
        self.show_hint(i18n.tr("exchange.join_text"))

    def ready(self) -> bool:
        """The words must have been compared."""
        return self.compared_box.isChecked()

    def job(self) -> Callable[[Desk], object]:
        """Take part."""
        return partial(reading.take_answer, self._answered)


class EnrolDialog(FormDialog):
    """Enrols who asked, in roles and districts and up to a day. Emits ``taken`` with the answer for them."""

    def __init__(self, context: AppContext, asked: Asked, devices: Devices, parent: QWidget | None = None) -> None:
        i18n, request = context.i18n, asked.request
        tr = i18n.tr
        heading = tr("exchange.enrol_heading", person=request.person_name, device=request.name)
        super().__init__(context, tr("exchange.enrol"), heading, parent)
        self._asked = asked
        words = plain_label("section", wrap=True, selectable=True)
        words.setText(i18n.text(asked.words))
        self.compared_box = QCheckBox(tr("exchange.compared"))
        self.body.insertWidget(0, words)
        self.body.insertWidget(1, self.compared_box)
        self.role_boxes = {role.value: QCheckBox(tr("exchange.listed", items=(role,))) for role in Role}
        roles = QWidget()
        grid = QGridLayout(roles)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, box in enumerate(self.role_boxes.values()):
            grid.addWidget(box, *divmod(place, 2))
        self.add("roles", "exchange.roles", roles)
        self.district_list = QListWidget()
        self.district_list.setFixedHeight(DISTRICTS_HEIGHT)
        for key, text in devices.districts:
            item = QListWidgetItem(i18n.text(text), self.district_list)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.add("districts", "exchange.districts", self.district_list)
        self.until_edit = OptionalDay()
        self.until_edit.name(tr("exchange.until_box"), tr("exchange.until"))
        self.until_edit.show_day(None, devices.today.replace(month=12, day=31))
        self.add("until", "exchange.until", self.until_edit)
        self.secret_edit = self.add_line("passphrase", "certificates.passphrase")
        self.secret_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret_edit.textChanged.connect(self.check)
        self.compared_box.toggled.connect(self.check)
        self.show_hint(tr("exchange.enrol_text") if devices.by_office else tr("exchange.enrol_first"), "attention")

    def ready(self) -> bool:
        """The words must have been compared, and the key can be opened."""
        return self.compared_box.isChecked() and bool(self.secret_edit.text())

    def job(self) -> Callable[[Desk], object]:
        """Enrol."""
        held = [name for name, box in self.role_boxes.items() if box.isChecked()]
        items = (self.district_list.item(row) for row in range(self.district_list.count()))
        districts = [
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is Qt.CheckState.Checked
        ]
        return partial(reading.enrol, self._asked, held, districts, self.until_edit.day, self.secret_edit.text())


class RevokeDialog(FormDialog):
    """Revokes a device. Emits ``taken`` with its id."""

    def __init__(
        self, context: AppContext, device: str, name: str, parent: QWidget | None = None, *, by_office: bool
    ) -> None:
        tr = context.i18n.tr
        super().__init__(context, tr("exchange.revoke"), tr("exchange.revoke_heading", device=name), parent)
        self._device, self._by_office = device, by_office
        self.reason_edit = self.add_text("reason", "certificates.reason")
        self.secret_edit = QLineEdit()
        if by_office:
            self.secret_edit = self.add_line("passphrase", "certificates.passphrase")
            self.secret_edit.setEchoMode(QLineEdit.EchoMode.Password)
            self.secret_edit.textChanged.connect(self.check)
        self.reason_edit.textChanged.connect(self.check)
        self.show_hint(tr("exchange.revoke_text"), "attention")
        self.reason_edit.setFocus()

    def ready(self) -> bool:
        """A reason is needed, and the key where the office enrols."""
        return bool(self.reason_edit.toPlainText().strip()) and (bool(self.secret_edit.text()) or not self._by_office)

    def job(self) -> Callable[[Desk], object]:
        """Revoke."""
        return partial(reading.revoke, self._device, self.reason_edit.toPlainText(), self.secret_edit.text())

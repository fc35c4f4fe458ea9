"""Devices: the words and the name of this machine, taking part, and who takes part."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs import joining_dialogs as joining
from ui.dialogs.incoming_lines import Line
from ui.dialogs.save_dialog import FOLDER, SaveDialog
from ui.dialogs.take_in_tables import LinesTable
from ui.models import devices_reading as reading
from ui.widgets.desk_style import desk_style
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext
    from ui.models.devices_reading import Answered, Asked, Devices
    from wufei_cells.documents.qr_code import QrCode
    from wufei_cells.services.enrolled import DeviceRow, EnrolledPerson

SIZE = (940, 620)
COLUMNS = (("device", 24), ("person", 30), ("words", 26), ("standing", 20))
BUTTONS = (("ask_to_join", "note"), ("join", "open"), ("enrol", "person"), ("answer", "save"), ("revoke", "lock"))


class DevicesDialog(QDialog):
    """Shows who takes part; each step leads to a dialog of its own."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._context = context
        self.loaded: Devices | None = None
        tr = context.i18n.tr
        self.setWindowTitle(tr("exchange.devices"))
        self.mode_label = plain_label(wrap=True)
        self.words_label = plain_label("section", wrap=True, selectable=True)
        self.name_edit = QLineEdit()
        self.name_edit.setAccessibleName(tr("exchange.device_name"))
        self.name_edit.setMaximumWidth(280)
        self.name_button = QPushButton(tr("exchange.rename"))
        self.problem_label = plain_label("failed", wrap=True)
        self.table = LinesTable(context, COLUMNS, "exchange.devices", len(COLUMNS) - 1)
        self.buttons = {name: QPushButton(context.theme.icon(icon), tr(f"exchange.{name}")) for name, icon in BUTTONS}
        self.close_buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._lay_out()
        self._connect_signals()
        self.resize(*SIZE)
        self.refresh()

    def _lay_out(self) -> None:
        tr = self._context.i18n.tr
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        name = QHBoxLayout()
        label, words = plain_label(), plain_label("muted")
        label.setText(tr("exchange.device_name"))
        words.setText(tr("exchange.own_words"))
        label.setBuddy(self.name_edit)
        for widget in (label, self.name_edit, self.name_button):
            name.addWidget(widget)
        name.addStretch(1)
        column.addLayout(name)
        column.addWidget(words)
        column.addWidget(self.words_label)
        column.addSpacing(4)
        column.addWidget(self.mode_label)
        column.addWidget(self.table, 1)
        steps = QHBoxLayout()
        for button in self.buttons.values():
            button.setAutoDefault(False)
            steps.addWidget(button)
        steps.addStretch(1)
        column.addLayout(steps)
        self.name_button.setAutoDefault(False)
        self.state_view = StateView(self._context, inside)
        self.state_view.expect_content()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 12)
        whole.setSpacing(8)
        whole.addWidget(self.state_view, 1)
        whole.addWidget(self.problem_label)
        whole.addWidget(self.close_buttons)
        self.problem_label.hide()
        self.setStyleSheet(desk_style(self._context.theme))

    def _connect_signals(self) -> None:
        self.close_buttons.rejected.connect(self.reject)
        self.name_button.clicked.connect(self._rename)
        self.name_edit.returnPressed.connect(self._rename)
        self.table.itemSelectionChanged.connect(self._show_steps)
        self.state_view.action_triggered.connect(self.refresh)
        steps: dict[str, Callable[[], object]] = {
            "ask_to_join": self._ask_to_join,
            "join": partial(self._choose_file, self._open_answer),
            "enrol": partial(self._choose_file, self._open_request),
            "answer": self._save_answer,
            "revoke": self._revoke,
        }
        for name, step in steps.items():
            self.buttons[name].clicked.connect(step)

    # --- reading

    def refresh(self) -> None:
        """Ask who takes part."""
        self.state_view.show_loading()
        self._context.ask(self, reading.load_devices, self._on_loaded, self.state_view.show_error)

    def _on_loaded(self, loaded: Devices) -> None:
        self.loaded = loaded
        i18n, own = self._context.i18n, loaded.own
        self.name_edit.setText(loaded.name)
        self.words_label.setText(i18n.text(own.words) if own.words else "")
        mode = i18n.tr("exchange.mode.office" if loaded.by_office else "exchange.mode.open")
        if loaded.found.office_words:
            mode += "\n" + i18n.tr("exchange.office_words", words=loaded.found.office_words)
        self.mode_label.setText(mode)
        self.table.show_lines([self._line(row) for row in loaded.found.devices])
        self._show_steps()
        self.state_view.show_content()

    def _line(self, row: DeviceRow) -> Line:
        i18n = self._context.i18n
        tr = i18n.tr
        name = row.name or row.device[:8]
        people = "\n".join(self._person(one) for one in row.people) or "–"
        icon, tone, state = "check", "passed", "accepted"
        if row.revoked_after is not None:
            icon, tone, state = "failed", "failed", "revoked"
        elif not row.accepted and not row.own:
            icon, tone, state = "alert", "attention", "waiting"
        said = tr(f"exchange.standing.{state}", after=row.revoked_after or 0, reason=row.reason)
        if any(one.expired or one.ends_soon for one in row.people) and state == "accepted":
            icon, tone = "alert", "attention"
        texts = (tr("exchange.own_device", device=name) if row.own else name, people)
        return Line((*texts, i18n.text(row.words) if row.words else "–", said), icon, tone)

    def _person(self, one: EnrolledPerson) -> str:
        tr = self._context.i18n.tr
        roles = tr("exchange.listed", items=one.roles) if one.roles else tr("exchange.no_roles")
        if one.until is None:
            return tr("exchange.person", name=one.name, roles=roles)
        key = "exchange.person_expired" if one.expired else "exchange.person_until"
        return tr(key, name=one.name, roles=roles, until=one.until.isoformat())

    def _show_steps(self) -> None:
        loaded = self.loaded
        past = self._context.as_of is not None
        row = self.selected()
        signs = loaded is not None and loaded.signs and not past
        offered = {
            "ask_to_join": not past,
            "join": not past,
            "enrol": signs,
            "answer": signs and loaded is not None and loaded.by_office,
            "revoke": row is not None and not row.own and row.revoked_after is None and not past,
        }
        for name, enabled in offered.items():
            self.buttons[name].setEnabled(enabled)
            tip = self._context.i18n.tr(f"exchange.{name}_tip")
            self.buttons[name].setToolTip(tip)
        for widget in (self.name_edit, self.name_button):
            widget.setEnabled(not past)

    def selected(self) -> DeviceRow | None:
        """Give the device that is chosen."""
        item = self.table.currentItem()
        if self.loaded is None or item is None or not item.isSelected():
            return None
        return self.loaded.found.devices[self.table.indexOfTopLevelItem(item)]

    # --- steps

    def _rename(self) -> None:
        self._context.ask(self, partial(reading.rename, self.name_edit.text()), self._on_renamed, self._on_refused)

    def _on_renamed(self, name: str) -> None:
        self._context.events.device_renamed.emit(name)
        self._told(self._context.i18n.tr("exchange.renamed", name=name))

    def _ask_to_join(self) -> None:
        self._context.ask(self, reading.make_request, self._show_request, self._on_refused)

    def _show_request(self, asked: Asked) -> None:
        dialog = joining.RequestDialog(self._context, asked, _code(asked.content), self)
        name = f"{self._context.i18n.tr('exchange.ask_to_join')}-{asked.request.name}.txt"
        dialog.save_requested.connect(partial(self._save, name, "exchange.request_saved"))
        dialog.open()

    def _open_answer(self, path: Path) -> None:
        self._context.ask(self, partial(reading.read_answer, path), self._show_answer, self._on_refused)

    def _show_answer(self, answered: Answered) -> None:
        dialog = joining.JoinDialog(self._context, answered, self)
        dialog.taken.connect(self._on_joined)
        dialog.open()

    def _on_joined(self, _acts: object) -> None:
        self._told(self._context.i18n.tr("exchange.joined"))
        self._context.events.tell_arrival()

    def _open_request(self, path: Path) -> None:
        self._context.ask(self, partial(reading.read_request, path), self._show_enrolment, self._on_refused)

    def _show_enrolment(self, asked: Asked) -> None:
        if self.loaded is not None:
            dialog = joining.EnrolDialog(self._context, asked, self.loaded, self)
            dialog.taken.connect(partial(self._on_enrolled, asked.request.person_name))
            dialog.open()

    def _on_enrolled(self, person: str, answer: bytes) -> None:
        self._told(self._context.i18n.tr("exchange.enrolled", person=person))
        self._context.events.tell_arrival()
        self._save(self._context.i18n.tr("exchange.answer_name", person=person), "exchange.answer_saved", answer)

    def _save_answer(self) -> None:
        name = self._context.i18n.tr("exchange.answer_name", person=self._context.i18n.tr("exchange.to_everyone"))
        self._context.ask(self, reading.answer, partial(self._save, name, "exchange.answer_saved"), self._on_refused)

    def _revoke(self) -> None:
        row = self.selected()
        if row is None or self.loaded is None:
            return
        by_office, name = self.loaded.by_office, row.name or row.device[:8]
        dialog = joining.RevokeDialog(self._context, row.device, name, self, by_office=by_office)
        dialog.taken.connect(lambda _device: self._told(self._context.i18n.tr("exchange.revoked", device=name)))
        dialog.taken.connect(lambda _device: self._context.events.tell_arrival())
        dialog.open()

    # --- parts

    def _choose_file(self, opened: Callable[[Path], object], *_clicked: object) -> None:
        title = self._context.i18n.tr("exchange.choose_file")
        dialog = QFileDialog(self, title, self._context.preferences.text(FOLDER))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: opened(Path(name)))
        dialog.open()

    def _save(self, name: str, told: str, content: bytes) -> None:
        dialog = SaveDialog(self._context, name, self)
        dialog.path_chosen.connect(partial(self._write, told, content))
        dialog.open()

    def _write(self, told: str, content: bytes, path: Path) -> None:
        job = partial(reading.save, path, content)
        done = lambda saved: self._told(self._context.i18n.tr(told, path=saved))  # noqa: E731 - used once, below
        self._context.ask(self, job, done, self._on_refused)

    def _told(self, sentence: str) -> None:
        self.problem_label.hide()
        self._context.notices.post(sentence, "passed")
        self.refresh()

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, WufeiError):
            self.problem_label.setText(self._context.i18n.error(error))
            self.problem_label.show()
        else:
            self._context.tasks.failed.emit(error)


def _code(content: bytes) -> QrCode | None:
    """Give the request as a code; ``None`` where it is too long for one."""
    from wufei_cells.documents.qr_code import qr_code  # noqa: PLC0415 - few ever ask

    try:
        return qr_code(content.decode("ascii"))
    except (WufeiError, ValueError):
        return None

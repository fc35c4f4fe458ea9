"""Certificate numbers: what became of each, which computer keeps them, and blocks for other computers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.form_dialog import FormDialog
from ui.widgets.desk_style import desk_style
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ui.context import AppContext, Desk
    from ui.models.certificate_lists import Room
    from wufei_cells.domain.numbering import NumberBlock, NumberRange

SIZE = (720, 520)
USE_LOOKS = {
    "issued": ("check", "passed"),
    "block": ("archive", "information"),
    "twice": ("conflict", "conflict"),
    "lost": ("alert", "attention"),
}
BLOCK = 50


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything the dialog shows."""

    ranges: tuple[NumberRange, ...]
    keeper: tuple[str, str] | None
    devices: Mapping[str, str]
    own: str


class NumbersDialog(QDialog):
    """Shows the ledger of numbers, and leads to handing them out."""

    def __init__(self, context: AppContext, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._room = context, room
        self.numbers: Numbers | None = None
        tr = context.i18n.tr
        self.setWindowTitle(tr("certificates.numbers"))
        self.keeper_label = plain_label("section", wrap=True)
        hint = plain_label("muted", wrap=True)
        hint.setText(tr("certificates.numbers_hint"))
        self.tree = QTreeWidget()
        self.tree.setColumnCount(3)
        self.tree.setHeaderLabels([tr(f"certificates.numbers_{name}") for name in ("range", "count", "use")])
        self.tree.setAccessibleName(tr("certificates.numbers"))
        self.tree.header().setStretchLastSection(True)
        for column in (0, 1):
            self.tree.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.state = StateView(context, self.tree)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.block_button = QPushButton(tr("certificates.block_button"))
        self.keeper_button = QPushButton(tr("certificates.keeper_button"))
        for button in (self.block_button, self.keeper_button):
            button.setEnabled(False)
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.keeper_label)
        column.addWidget(hint)
        column.addWidget(self.state, 1)
        column.addWidget(self.buttons)
        self.setStyleSheet(desk_style(context.theme))
        self.block_button.clicked.connect(self._hand_out)
        self.keeper_button.clicked.connect(self._change_keeper)
        self.buttons.rejected.connect(self.reject)
        self.state.action_triggered.connect(self._ask)
        self.resize(*SIZE)
        self.state.expect_content()
        self._ask()

    def _ask(self) -> None:
        self._context.ask(self, _load, self._on_loaded, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.state.show_error(error)
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)

    def _on_loaded(self, numbers: Numbers) -> None:
        self.numbers = numbers
        tr = self._context.i18n.tr
        device, name = numbers.keeper or ("", "")
        key = "keeper_none" if not device else "keeper_here" if device == numbers.own else "keeper_other"
        self.keeper_label.setText(tr(f"certificates.{key}", device=name))
        writable = self._context.as_of is None
        others = [known for known in numbers.devices if known != numbers.own]
        self.block_button.setEnabled(writable and bool(others))
        self.block_button.setToolTip("" if others else tr("certificates.block_nobody"))
        self.keeper_button.setEnabled(writable and bool(device) and bool(others))
        self._fill(numbers)

    def _fill(self, numbers: Numbers) -> None:
        tr = self._context.i18n.tr
        self.tree.clear()
        for series, ranges in groupby(numbers.ranges, key=lambda one: one.series):
            top = QTreeWidgetItem(self.tree, [series.replace("*", "…") if "*" in series else f"{series}…"])
            for one in ranges:
                span = str(one.first) if one.first == one.last else f"{one.first} – {one.last}"
                use = tr(f"certificates.use_{one.use.value}", device=one.device_name or "–")
                item = QTreeWidgetItem(top, [span, str(one.last - one.first + 1), use])
                item.setIcon(2, self._context.theme.icon(*USE_LOOKS[one.use.value]))
                item.setTextAlignment(1, Qt.AlignmentFlag.AlignCenter)
        self.tree.expandAll()
        if numbers.ranges:
            self.state.show_content()
        else:
            self.state.show_empty("certificates.numbers_empty", "certificates.numbers_empty_text")

    def _hand_out(self) -> None:
        if self.numbers is not None:
            dialog = BlockDialog(self._context, self._room, self.numbers, self)
            dialog.taken.connect(self._on_changed)
            dialog.open()

    def _change_keeper(self) -> None:
        if self.numbers is not None:
            dialog = KeeperDialog(self._context, self.numbers, self)
            dialog.taken.connect(self._on_changed)
            dialog.open()

    def _on_changed(self, _result: object) -> None:
        self._ask()


class BlockDialog(FormDialog):
    """Hands a block of numbers out to another computer."""

    def __init__(self, context: AppContext, room: Room, numbers: Numbers, parent: QWidget | None = None) -> None:
        tr = context.i18n.tr
        super().__init__(context, tr("certificates.block_title"), tr("certificates.block_heading"), parent)
        entries = [
            (f"{context.i18n.text(room.places.category(key))} ({code})", code) for key, code in room.codes.items()
        ]
        self.category_choice = self.add_choice("category", "certificates.column_category", entries)
        self.year_edit = self.add_number("year", "certificates.block_year", room.today.year, 2000, 2100)
        self.device_choice = self.add_choice("device", "certificates.device", _entries(numbers))
        self.count_edit = self.add_number("count", "certificates.block_count", BLOCK, 1, 10_000)
        self.show_hint(tr("certificates.block_hint"))

    def job(self) -> Callable[[Desk], NumberBlock]:
        """Hand them out."""
        device = self.device_choice.currentData()
        return partial(
            _hand_out, self.category_choice.currentData(), self.year_edit.value(), device, self.count_edit.value()
        )


class KeeperDialog(FormDialog):
    """Says which computer keeps the numbers from now on."""

    def __init__(self, context: AppContext, numbers: Numbers, parent: QWidget | None = None) -> None:
        tr = context.i18n.tr
        super().__init__(context, tr("certificates.keeper_title"), tr("certificates.keeper_heading"), parent)
        entries = [(name, key) for key, name in numbers.devices.items()]
        self.device_choice = self.add_choice("device", "certificates.device", entries)
        self.lost_edit = self.add_text("lost", "certificates.keeper_lost")
        self.show_hint(tr("certificates.keeper_hint"))

    def job(self) -> Callable[[Desk], object]:
        """Hand the keeping over."""
        return partial(_keep, self.device_choice.currentData(), self.lost_edit.toPlainText())


def _entries(numbers: Numbers) -> list[tuple[str, object]]:
    return [(name, key) for key, name in numbers.devices.items() if key != numbers.own]


# --- in the worker thread


def _load(desk: Desk) -> Numbers:
    workspace, numbering = desk.workspace, desk.numbering
    own = workspace.database.device_uuid
    return Numbers(numbering.ledger(workspace), numbering.keeper(workspace), numbering.devices(workspace), own)


def _hand_out(code: str, year: int, device: str, count: int, desk: Desk) -> NumberBlock:
    return desk.numbering.hand_out(desk.workspace, code, year, device, count)


def _keep(device: str, lost: str, desk: Desk) -> None:
    desk.numbering.keep_numbers(desk.workspace, device, lost=lost)

"""Who does whose work: people beside the roles, each with a tick."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.answer_editor import tight
from ui.widgets.choice_marks import TickMark
from ui.widgets.desk_style import desk_style
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain import plain_label, problem_label, scrolling, show_problem
from ui.widgets.state_view import StateView
from wufei_cells.domain.lifecycle import Role
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.context import AppContext, Desk

ORDER = (Role.OFFICE, Role.REVIEWER, Role.ASSESSOR)
"""The office first: whoever holds it names the others."""
SIZE = (780, 560)
LONGEST_NAME = 60
NAME_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Holding:
    """Who is known, who works here, and who holds what."""

    me: str
    people: tuple[str, ...]
    held: Mapping[Role, frozenset[str]]

    @property
    def open(self) -> bool:
        """Whether nobody holds any role, so that everybody may do everything."""
        return not any(self.held.values())

    @property
    def mine(self) -> bool:
        """Whether the person who works here may say who holds what."""
        return self.open or self.me in self.held[Role.OFFICE]


class RolesDialog(QDialog):
    """Gives roles and takes them away; each tick is written at once.

    Signals:
        roles_changed: somebody holds another role than before.
    """

    roles_changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._holding: Holding | None = None
        self.boxes: dict[tuple[str, Role], TickMark] = {}
        self._build_widgets()
        self._build_layout()
        self.add_button.clicked.connect(self._add)
        self.name_edit.returnPressed.connect(self._add)
        self.buttons.rejected.connect(self.reject)
        self.state_view.action_triggered.connect(self._ask)
        self.resize(*SIZE)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._ask()

    # --- build

    def _build_widgets(self) -> None:
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("settings.roles.title"))
        self.state_label = plain_label("section", wrap=True)
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.setText(tr("settings.roles.hint"))
        self.problem = problem_label()
        self.name_edit = QLineEdit()
        self.name_edit.setMaxLength(LONGEST_NAME)
        self.name_edit.setPlaceholderText(tr("settings.roles.name"))
        self.name_edit.setAccessibleName(tr("settings.roles.name"))
        self.add_button = QPushButton(self._context.theme.icon("plus"), tr("settings.roles.add"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in (self.add_button, self.buttons.button(QDialogButtonBox.StandardButton.Close)):
            button.setAutoDefault(False)  # Enter adds a name, and never closes
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(16, 8, 16, 8)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        for column, role in enumerate(ORDER, 1):
            name = plain_label("part_title")
            name.setText(tr(f"settings.roles.{role.value}"))
            work = plain_label("caption", wrap=True)
            work.setText(tr(f"settings.roles.{role.value}_work"))
            self._grid.addWidget(name, 0, column, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(work, 1, column, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnMinimumWidth(column, 128)

    def _build_layout(self) -> None:
        adding = tight(QHBoxLayout())
        adding.addWidget(self.name_edit, 1)
        adding.addWidget(self.add_button)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._table)
        inner.addStretch(1)
        area = scrolling(inside)
        area.setProperty("role", "card")
        whole = QWidget()
        content = tight(QVBoxLayout(whole), 12)
        content.setContentsMargins(0, 0, 0, 0)
        for widget in (self.state_label, self.hint_label):
            content.addWidget(widget)
        content.addWidget(area, 1)
        content.addLayout(adding)
        content.addWidget(self.problem)
        self.state_view = StateView(self._context, whole)
        column = tight(QVBoxLayout(self), 12)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.state_view, 1)
        column.addWidget(self.buttons)
        self.setStyleSheet(desk_style(self._context.theme))

    # --- asking and showing

    @Slot()
    def _ask(self) -> None:
        self.state_view.show_loading()
        self._context.ask(self, _load, self._on_loaded, self.state_view.show_error)

    def _on_loaded(self, holding: Holding) -> None:
        first = self._holding is None
        self._holding = holding
        for name in holding.people:
            self._add_row(name)
        self._show(holding)
        self.state_view.show_content()
        if first:
            self._focus(holding.me if holding.open else "")

    def _add_row(self, name: str) -> None:
        if (name, Role.OFFICE) in self.boxes:
            return
        row = self._grid.rowCount()
        self._grid.setRowMinimumHeight(row, self._context.theme.row_height(dense=True))
        label = ElidedLabel()
        label.setText(name)
        label.setMinimumWidth(NAME_WIDTH)
        self._grid.addWidget(label, row, 0)
        for column, role in enumerate(ORDER, 1):
            box = TickMark()
            box.setAccessibleName(f"{name} · {self._context.i18n.tr(f'settings.roles.{role.value}')}")
            box.clicked.connect(partial(self._on_ticked, name, role))
            self.boxes[name, role] = box
            self._grid.addWidget(box, row, column, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _show(self, holding: Holding) -> None:
        tr = self._context.i18n.tr
        comma = tr("studio.list_comma")
        if holding.open:
            self.state_label.setText(tr("settings.roles.open"))
        elif holding.mine:
            self.state_label.setText(tr("settings.roles.held"))
        else:
            office = comma.join(sorted(holding.held[Role.OFFICE]))
            self.state_label.setText(tr("settings.roles.read_only", people=office))
        for (name, role), box in self.boxes.items():
            box.setChecked(name in holding.held[role])
            box.setEnabled(holding.mine)
            box.setVisible(role is Role.OFFICE or not holding.open)  # the office first
        for widget in (self.name_edit, self.add_button):
            widget.setEnabled(holding.mine)

    def _focus(self, name: str) -> None:
        """Go to the tick of a person, or to where another one is named."""
        box = self.boxes.get((name, Role.OFFICE))
        if box is not None and box.isEnabled():
            box.setFocus()
        else:
            self.name_edit.setFocus()

    # --- slots

    @Slot()
    def _add(self) -> None:
        name = " ".join(self.name_edit.text().split())
        if not name:
            self.name_edit.setFocus()
            return
        self._add_row(name)
        self.name_edit.clear()
        if self._holding is not None:
            self._show(self._holding)
        self._focus(name)

    def _on_ticked(self, name: str, role: Role) -> None:
        given = self.boxes[name, role].isChecked()
        for box in self.boxes.values():
            box.setEnabled(False)  # until it is written: what is shown is what holds
        show_problem(self.boxes[name, role], self.problem, "")
        said = partial(self._on_changed, name, role)
        self._context.ask(self, partial(_change, name, role, given), said, partial(self._on_refused, name, role))

    def _on_changed(self, name: str, role: Role, holding: Holding) -> None:
        self._on_loaded(holding)
        self.boxes[name, role].setFocus()
        self.roles_changed.emit()

    def _on_refused(self, name: str, role: Role, error: Exception) -> None:
        if self._holding is not None:
            self._show(self._holding)
        self.boxes[name, role].setFocus()
        if isinstance(error, WufeiError):
            show_problem(self.boxes[name, role], self.problem, self._context.i18n.error(error))
        else:
            self._context.tasks.failed.emit(error)


# --- in the worker thread


def _load(desk: Desk) -> Holding:
    held = desk.roles.holders(desk.workspace)
    names = {role: frozenset(person.name for person in held.get(role, ())) for role in Role}
    me = desk.workspace.person.name
    known = {*desk.drawing.known_people(desk.workspace), *(name for people in names.values() for name in people)}
    return Holding(me, (me, *sorted(known - {me})), names)


def _change(name: str, role: Role, given: bool, desk: Desk) -> Holding:
    change = desk.roles.grant if given else desk.roles.withdraw
    change(desk.workspace, name, role)
    return _load(desk)

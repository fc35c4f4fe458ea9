"""One finding as it stands: how grave, what was seen, what is to be done, and the check of whether it was done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.desk.finding_form import SEVERITY_LOOKS
from ui.widgets.answer_editor import tight
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.note_edit import NoteEdit
from ui.widgets.plain import plain_label, problem_label, show_problem
from wufei_cells.domain.findings import FindingState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from ui.i18n import I18n
    from ui.theme import Theme
    from wufei_cells.domain.findings import FindingRow
    from wufei_cells.errors import Problem

ICON = 16
STATE_ROLES = {FindingState.OPEN: "attention", FindingState.DONE: "information", FindingState.CLOSED: "passed"}
BUTTONS = ("done", "check", "edit", "drop")
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindingCard(QFrame):
    """Shows a finding; a check is noted in place.

    Signals:
        done_given: the unit says it was put right (FindingRow).
        check_given: a check showed it in order, or still open (FindingRow, ``True`` in order, note, day).
        edit_requested: it is to be written anew (FindingRow).
        drop_requested: it is to be taken off (FindingRow).
    """

    done_given = Signal(object)
    check_given = Signal(object, bool, str, str)
    edit_requested = Signal(object)
    drop_requested = Signal(object)

    def __init__(self, i18n: I18n, theme: Theme, row: FindingRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._theme = theme
        self.row = row
        self._place = ""
        self._editable = False
        self.setProperty("role", "part")
        self._build_widgets()
        self._build_layout()
        self._connect_signals()

    # --- build

    def _build_widgets(self) -> None:
        self._icon = QLabel(self)
        self.severity_label = plain_label("part_title")
        self.state_label = plain_label()
        self.place_label = plain_label("caption", wrap=True)
        self.text_label = plain_label(wrap=True, selectable=True)
        self.action_label = plain_label(wrap=True, selectable=True)
        self.due_label = plain_label("caption", wrap=True)
        self.check_label = plain_label("caption", wrap=True, selectable=True)
        self.conflict_label = plain_label("conflict", wrap=True)
        self.buttons = {name: QPushButton(self) for name in BUTTONS}
        for button in self.buttons.values():
            button.setProperty("role", "flat")
        self.check_area = QWidget(self)
        self.note_edit = NoteEdit(self.check_area)
        self.day_edit = QLineEdit(self.check_area)
        self.note_problem, self.day_problem = problem_label(), problem_label()
        self.closed_button, self.open_button = QPushButton(self.check_area), QPushButton(self.check_area)
        self.check_area.hide()

    def _build_layout(self) -> None:
        head = tight(QHBoxLayout(), 6)
        for widget in (self._icon, self.severity_label):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.state_label)
        actions = FlowLayout(spacing=4)
        for button in self.buttons.values():
            actions.addWidget(button)
        verdicts = FlowLayout(spacing=4)
        for button in (self.closed_button, self.open_button):
            verdicts.addWidget(button)
        check = tight(QVBoxLayout(self.check_area), 4)
        for widget in (self.note_edit, self.note_problem, self.day_edit, self.day_problem):
            check.addWidget(widget)
        check.addLayout(verdicts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        told = (self.text_label, self.action_label, self.due_label, self.check_label, self.conflict_label)
        for widget in (self.place_label, *told):
            layout.addWidget(widget)
        layout.addLayout(actions)
        layout.addWidget(self.check_area)

    def _connect_signals(self) -> None:
        self.buttons["done"].clicked.connect(self._on_done)
        self.buttons["check"].clicked.connect(self._on_check)
        self.buttons["edit"].clicked.connect(self._on_edit)
        self.buttons["drop"].clicked.connect(self._on_drop)
        self.closed_button.clicked.connect(self._on_closed)
        self.open_button.clicked.connect(self._on_still_open)

    # --- public

    def show_row(self, row: FindingRow, place: str, *, editable: bool) -> None:
        """Show how the finding stands; what is being typed about it stays."""
        if row != self.row and row.check_heads != self.row.check_heads:
            self.check_area.hide()
        self.row, self._place, self._editable = row, place, editable
        self.retranslate()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong with the check."""
        said = {problem.place: self._i18n.problem(problem) for problem in problems}
        show_problem(self.note_edit, self.note_problem, said.get("note", ""))
        show_problem(self.day_edit, self.day_problem, said.get("on", ""))

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, found = self._i18n.tr, self.row.finding
        icon, role = SEVERITY_LOOKS[found.severity]
        self._icon.setPixmap(self._theme.pixmap(icon, role, ICON, self.devicePixelRatioF()))
        self.severity_label.setText(tr(f"finding.severity.{found.severity.value}"))
        self._show_state()
        self._show(self.place_label, self._place)
        self._show(self.text_label, found.text)
        self._show(self.action_label, tr("desk.finding_told_action", action=found.action) if found.action else "")
        self._show(self.due_label, self._told_due())
        self._show(self.check_label, self._told_check())
        disputed = self.row.values > 1 or self.row.check_values > 1
        self._show(self.conflict_label, tr("desk.finding_conflict") if disputed else "")
        for name, button in self.buttons.items():
            button.setText(tr(f"desk.finding_{name}_button"))
        self.buttons["done"].setVisible(self.row.state is FindingState.OPEN)
        for name in ("edit", "drop"):
            self.buttons[name].setVisible(self._editable)
        self.note_edit.setPlaceholderText(tr("desk.finding_check_note"))
        self.note_edit.setAccessibleName(tr("desk.finding_check_note"))
        self.day_edit.setAccessibleName(tr("desk.finding_check_day"))
        self.closed_button.setText(tr("desk.finding_check_closed"))
        self.open_button.setText(tr("desk.finding_check_open"))
        self.setAccessibleName(f"{self.severity_label.text()} {self.state_label.text()} {found.text}")

    # --- Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the check with Escape, note that all is in order with Enter; nothing of it reaches the desk."""
        inside = self.check_area.isVisible() and (self.note_edit.hasFocus() or self.day_edit.hasFocus())
        if inside and event.key() == Qt.Key.Key_Escape:
            self.check_area.hide()
            self.buttons["check"].setFocus(Qt.FocusReason.OtherFocusReason)
            event.accept()
        elif inside and event.key() in ENTER:
            self._on_closed()
            event.accept()
        else:
            super().keyPressEvent(event)

    # --- parts

    def _show(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _show_state(self) -> None:
        overdue = self._overdue()
        key = "desk.finding_overdue" if overdue else f"finding.state.{self.row.state.value}"
        self.state_label.setText(self._i18n.tr(key))
        color = self._theme.color("failed" if overdue else STATE_ROLES[self.row.state]).name()
        self.state_label.setStyleSheet(f"color: {color}; font-weight: 700;")

    def _overdue(self) -> bool:
        return self.row.overdue(date.today())  # noqa: DTZ011 - the day where the person is

    def _told_due(self) -> str:
        tr, found = self._i18n.tr, self.row.finding
        told = [tr("desk.finding_told_responsible", name=found.responsible)] if found.responsible else []
        told += [tr("desk.finding_told_due", day=self._i18n.day(found.due))] if found.due else []
        return " · ".join(told)

    def _told_check(self) -> str:
        row = self.row
        if row.checked_on is None:
            return ""
        key = "desk.finding_told_done" if row.state is FindingState.DONE else "desk.finding_told_check"
        day = self._i18n.day(row.checked_on)
        return self._i18n.tr(key, note=row.check_note or "–", name=row.checked_by or "", day=day)

    # --- slots

    def _on_done(self) -> None:
        self.done_given.emit(self.row)

    def _on_check(self) -> None:
        shown = self.check_area.isHidden()
        self.check_area.setVisible(shown)
        if shown:
            self.note_edit.set_note("")
            self.day_edit.setText(date.today().isoformat())  # noqa: DTZ011 - the day where the person is
            self.show_problems(())
            self.note_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edit(self) -> None:
        self.edit_requested.emit(self.row)

    def _on_drop(self) -> None:
        self.drop_requested.emit(self.row)

    def _on_closed(self) -> None:
        self.check_given.emit(self.row, True, self.note_edit.note(), self.day_edit.text().strip())

    def _on_still_open(self) -> None:
        self.check_given.emit(self.row, False, self.note_edit.note(), self.day_edit.text().strip())

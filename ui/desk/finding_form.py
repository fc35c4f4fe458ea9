"""Write a finding where it belongs, without a dialog: how grave, what was seen, what is to be done by whom and when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.note_edit import NoteEdit
from ui.widgets.plain import plain_label, problem_label, show_problem
from wufei_cells.domain.findings import FindingDraft, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from ui.i18n import I18n
    from ui.theme import Theme
    from wufei_cells.errors import Problem

# Severity to icon and color role; the word always stands beside them.
SEVERITY_LOOKS: dict[Severity, tuple[str, str]] = {
    Severity.MAJOR: ("failed", "failed"),
    Severity.MINOR: ("alert", "attention"),
    Severity.OBSERVATION: ("information", "information"),
    Severity.SUGGESTION: ("note", "not_applicable"),
}
TERMS = (7, 15, 30)
"""Days from today that are offered for putting things right."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TYPED = ("text", "action", "responsible", "due")


class FindingForm(QFrame):
    """Takes one finding; Enter in a line, or Ctrl+Enter anywhere, stores it.

    Signals:
        submitted: the finding is to be stored (FindingDraft).
        left: the form is to be closed without storing.
    """

    submitted = Signal(object)
    left = Signal()

    def __init__(self, i18n: I18n, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._theme = theme
        self.item = ""
        """The item it is about; empty for the site as a whole."""
        self.setProperty("role", "part")
        self._build_widgets()
        self._build_layout()
        self._connect_signals()

    # --- build

    def _build_widgets(self) -> None:
        self.place_label = plain_label("caption", wrap=True)
        self.chips = {severity: QPushButton(self) for severity in Severity}
        for chip in self.chips.values():
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            chip.setProperty("role", "chip")
        self.edits: dict[str, NoteEdit | QLineEdit] = {
            "text": NoteEdit(self),
            "action": NoteEdit(self),
            "responsible": QLineEdit(self),
            "due": QLineEdit(self),
        }
        self.labels = {name: QLabel(self) for name in TYPED}
        self.problems = {name: problem_label() for name in ("item", "severity", *TYPED)}
        for name, label in self.labels.items():
            label.setBuddy(self.edits[name])
        self.term_buttons = {days: QPushButton(self) for days in TERMS}
        for button in self.term_buttons.values():
            button.setProperty("role", "chip")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.store_button = QPushButton(self)
        self.store_button.setProperty("role", "accent")
        self.leave_button = QPushButton(self)
        self.leave_button.setProperty("role", "flat")

    def _build_layout(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        layout.addWidget(self.place_label)
        layout.addLayout(_flow(list(self.chips.values())))
        for name in ("severity", "item"):
            layout.addWidget(self.problems[name])
        for name in TYPED:
            layout.addWidget(self.labels[name])
            layout.addWidget(self.edits[name])
            if name == "due":
                layout.addLayout(_flow(list(self.term_buttons.values())))
            layout.addWidget(self.problems[name])
        buttons = tight(QHBoxLayout())
        buttons.addWidget(self.store_button)
        buttons.addWidget(self.leave_button)
        buttons.addStretch(1)
        layout.addSpacing(4)
        layout.addLayout(buttons)

    def _connect_signals(self) -> None:
        self.store_button.clicked.connect(self.submit)
        self.leave_button.clicked.connect(self.left)
        for button in self.term_buttons.values():
            button.clicked.connect(self._on_term_chosen)

    # --- public

    def show_draft(self, draft: FindingDraft, place: str) -> None:
        """Show what is to be written anew, or an empty form; ``place`` says what it is about."""
        self.item = draft.item
        self.place_label.setText(place)
        self.chips[Severity(draft.severity)].setChecked(True)
        for name in TYPED:
            self._write(name, getattr(draft, name))
        self.show_problems(())

    def draft(self) -> FindingDraft:
        """Give what stands in the form."""
        severity = next((one for one, chip in self.chips.items() if chip.isChecked()), Severity.MINOR)
        return FindingDraft(self.item, severity.value, **{name: self._read(name) for name in TYPED})

    @property
    def begun(self) -> bool:
        """Whether anything stands in it that would be lost."""
        return any(self._read(name) for name in TYPED)

    def begin(self) -> None:
        """Put the cursor where what was seen is written."""
        self.edits["text"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def submit(self) -> None:
        """Ask to store what stands in the form."""
        self.submitted.emit(self.draft())

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say beside each field what is wrong with it."""
        said = {problem.place: self._i18n.problem(problem) for problem in problems}
        for name, label in self.problems.items():
            show_problem(self.edits.get(name) or self, label, said.get(name, ""))
        wrong = next((name for name in TYPED if name in said), "")
        if wrong:
            self.edits[wrong].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._i18n.tr
        for severity, chip in self.chips.items():
            icon, role = SEVERITY_LOOKS[severity]
            chip.setText(tr(f"finding.severity.{severity.value}"))
            chip.setIcon(self._theme.icon(icon, role))
        for name, label in self.labels.items():
            label.setText(tr(f"desk.finding_{name}"))
            self.edits[name].setAccessibleName(tr(f"desk.finding_{name}"))
        self.edits["due"].setPlaceholderText(tr("desk.finding_due_hint"))
        for days, button in self.term_buttons.items():
            button.setText(tr("desk.finding_term", days=days))
        self.store_button.setText(tr("desk.finding_store"))
        self.store_button.setToolTip(tr("desk.finding_store_tip"))
        self.leave_button.setText(tr("desk.finding_leave"))

    # --- Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Store with Enter, choose the grade with a digit, leave with Escape; nothing of it reaches the desk."""
        key, focused = Qt.Key(event.key()), QApplication.focusWidget()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        pressing = isinstance(focused, QPushButton) and not control
        if key in ENTER and isinstance(focused, QPushButton) and pressing:
            focused.click()
        elif key in ENTER:
            self.submit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif pressing and Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            list(self.chips.values())[key.value - Qt.Key.Key_1.value].setChecked(True)
        elif not pressing and key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            super().keyPressEvent(event)
            return
        event.accept()

    # --- slots and the rest

    def _on_term_chosen(self) -> None:
        days = next(days for days, button in self.term_buttons.items() if button is self.sender())
        today = date.today()  # noqa: DTZ011 - the day where the person is
        self._write("due", (today + timedelta(days=days)).isoformat())

    def _read(self, name: str) -> str:
        edit = self.edits[name]
        return edit.note() if isinstance(edit, NoteEdit) else edit.text().strip()

    def _write(self, name: str, text: str) -> None:
        edit = self.edits[name]
        if isinstance(edit, NoteEdit):
            edit.set_note(text)
        else:
            edit.setText(text)


def _flow(widgets: list[QPushButton]) -> FlowLayout:
    """Put buttons beside each other, in as many lines as they need."""
    flow = FlowLayout(spacing=4)
    for widget in widgets:
        flow.addWidget(widget)
    return flow

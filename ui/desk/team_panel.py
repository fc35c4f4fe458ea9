"""Beside the item on the desk: who else scores this site, how far they are, and what they say to this item."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.context import Change
from ui.desk.opinion_list import OpinionList
from ui.desk.sheet_form import SheetForm
from ui.desk.sheet_line import SheetLine
from ui.dialogs.differences_dialog import DifferencesDialog
from ui.dialogs.reason_dialog import ReasonDialog
from ui.dialogs.signing_dialog import SigningDialog
from ui.models.team_reading import TeamView, load_team
from ui.widgets.answer_editor import tight
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import plain_label, scrolling
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from ui.context import AppContext, Desk
    from ui.models.scoring_session import ScoringSession

REST = 300  # milliseconds without a change after which the team is read anew


class TeamPanel(QWidget):
    """Lists the sheets of the assessment on the desk and compares them.

    Signals:
        count_changed: how many items they do not agree on and the record does not answer.
        sheet_requested: another sheet of the team is to come onto the desk (its id).
    """

    count_changed = Signal(int)
    sheet_requested = Signal(str)
    title_key = "team.title"

    def __init__(self, context: AppContext, session: ScoringSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._session = session
        self._key = ""
        self._stale = False
        self.view: TeamView | None = None
        self.lines: list[SheetLine] = []
        self._reading = QTimer(self, singleShot=True, interval=REST)
        self._build_widgets()
        self._build_layout()
        self._reading.timeout.connect(self.refresh)
        self.add_button.clicked.connect(self._on_add_clicked)
        self.form.sheet_wanted.connect(self._on_sheet_wanted)
        self.form.closed.connect(self._on_form_closed)
        self.compare_button.clicked.connect(self.show_differences)
        self.sign_button.clicked.connect(self.show_signing)
        self.opinions.taking_requested.connect(self._on_taking)
        session.loaded.connect(self._on_session_loaded)
        context.events.assessment_changed.connect(self._on_changed)
        context.events.person_changed.connect(self._read_soon)
        context.events.scheme_changed.connect(self._show)
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        self.hint_label = plain_label("muted", wrap=True)
        self.sheets_label = plain_label("section", wrap=True)
        self.add_button, self.compare_button, self.sign_button = (QPushButton(self) for _ in range(3))
        self.form = SheetForm(self._context.i18n, self)
        self.together_label = plain_label(wrap=True, selectable=True)
        self.summary_label = plain_label("muted", wrap=True, selectable=True)
        self.opinions = OpinionList(self._context, self)

    def _build_layout(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        for widget in (self.form, self.opinions, self.hint_label, self.sheets_label):
            column.addWidget(widget)
        self._sheets = tight(QVBoxLayout(), 6)
        column.addLayout(self._sheets)
        column.addWidget(self.together_label)
        column.addWidget(self.summary_label)
        column.addStretch(1)
        foot = FlowLayout(spacing=6)
        for button in (self.add_button, self.compare_button, self.sign_button):
            foot.addWidget(button)
        layout = tight(QVBoxLayout(self), 8)
        layout.addWidget(scrolling(inside), 1)
        layout.addLayout(foot)

    # --- public

    @property
    def count(self) -> int:
        """How many items are to be decided."""
        return len(self.view.undecided) if self.view else 0

    def show_key(self, key: str) -> None:
        """Show what is said to another item."""
        self._key = key
        self._show_opinions()

    def refresh(self) -> None:
        """Read the team anew; while the panel is out of sight, when it comes into view."""
        row = self._session.assessment
        if row is None:
            return
        self._context.ask(self, partial(load_team, row.id, self._context.i18n), self._on_read)

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self.setAccessibleName(tr(self.title_key))
        self.hint_label.setText(tr("team.hint"))
        self.sheets_label.setText(tr("team.sheets"))
        self.add_button.setText(tr("team.add"))
        self.compare_button.setText(tr("team.compare"))
        self.sign_button.setText(tr("team.sign"))
        self.form.retranslate()
        self._read_soon()

    def show_differences(self) -> None:
        """Show all items on which they differ."""
        if self.view is not None:
            DifferencesDialog(self._context, self.view.team.whole.id, self.window()).open()

    def show_signing(self) -> None:
        """Sign the sheet on the desk."""
        if self._session.assessment is not None:
            SigningDialog(self._context, self._session.assessment, self.window()).open()

    # --- Qt events

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while the panel was out of sight."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    # --- showing

    def _on_read(self, view: TeamView) -> None:
        row = self._session.assessment
        if row is None or (row.part_of or row.id) != view.team.whole.id:
            return  # another assessment came onto the desk meanwhile
        self.view = view
        self._show()
        self.count_changed.emit(self.count)

    def _show(self) -> None:
        view, row = self.view, self._session.assessment
        self.add_button.setEnabled(view is not None and view.team.open)
        self.sign_button.setEnabled(row is not None)
        self.compare_button.setEnabled(view is not None and bool(view.team.sheets))
        while (item := self._sheets.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.lines.clear()
        self.sheets_label.setVisible(view is not None and bool(view.team.sheets))
        if view is None or row is None:
            return
        self.hint_label.setVisible(not view.team.sheets)
        for sheet in (view.team.whole, *view.team.sheets) if view.team.sheets else ():
            name, current = view.names[sheet.id], sheet.id == row.id
            line = SheetLine(self._context, sheet, name, self, current=current, open_=view.team.open)
            line.asked.connect(self._on_asked)
            self.lines.append(line)
            self._sheets.addWidget(line)
        self.together_label.setText("\n".join(view.together))
        self.together_label.setVisible(bool(view.together))
        self.summary_label.setText("\n".join(view.agreement) if view.comparable else self._waiting(view))
        self.summary_label.setVisible(bool(view.team.sheets))
        self._show_opinions()

    def _waiting(self, view: TeamView) -> str:
        names = tuple(name for row in view.team.waiting for name in row.assessors)
        return self._context.i18n.tr("team.waiting_for", names=names) if names else ""

    def _show_opinions(self) -> None:
        view, row = self.view, self._session.assessment
        if view is None or row is None:
            self.opinions.hide()
            return
        taking = view.team.open and view.comparable and row.part_of is None
        self.opinions.show_row(view, self._key, taking=taking)

    # --- slots

    def _on_session_loaded(self) -> None:
        row = self._session.assessment
        if self.view is not None and (row is None or (row.part_of or row.id) != self.view.team.whole.id):
            self.view = None
            self.form.hide()
            self._show()
            self.count_changed.emit(0)
        self.refresh()

    def _on_changed(self, change: Change) -> None:
        known = {sheet.id for sheet in (self.view.team.whole, *self.view.team.sheets)} if self.view else set()
        row = self._session.assessment
        if change.initiator is not self and (change.id in known or (row is not None and change.id == row.id)):
            self._read_soon()

    def _read_soon(self) -> None:
        if self.isVisible():
            self._reading.start()
        else:
            self._stale = True

    def _on_add_clicked(self) -> None:
        view = self.view
        if view is None:
            return
        tr, checklist = self._context.i18n.tr, view.team.checklist
        named = {column.key: self._context.i18n.text(column.text) for column in checklist.scoring.columns}
        columns = [(key, named.get(key) or tr(f"ui.column.{key}")) for key in view.team.columns]
        self.form.begin(view.team.whole.column, columns)

    def _on_form_closed(self) -> None:
        self.form.hide()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_sheet_wanted(self, column: str, names: tuple[str, ...], alone: bool) -> None:
        if self.view is not None:
            job = partial(_add, self.view.team.whole.id, column, names, alone)
            self._context.ask(self, job, self._on_added, self._on_add_refused, durable=True)

    def _on_added(self, whole: str) -> None:
        self._on_form_closed()
        self._on_written(whole)

    def _on_add_refused(self, error: Exception) -> None:
        if isinstance(error, WufeiError):
            self.form.show_sentence(self._context.i18n.error(error))
        else:
            self._context.tasks.failed.emit(error)

    def _on_asked(self, step: str, sheet: str) -> None:
        view = self.view
        if view is None:
            return
        if step == "open":
            self.sheet_requested.emit(sheet)
        elif step == "drop" or (step == "unlock" and self._seen(sheet)):
            dialog = ReasonDialog(self._context, f"sheet_{step}", view.names[sheet], self.window())
            dialog.reason_given.connect(partial(self._do, step, sheet))
            dialog.open()
        else:
            self._do(step, sheet, "")

    def _seen(self, sheet: str) -> bool:
        assert self.view is not None
        team = self.view.team
        return any(row.id == sheet and row.blind and (team.opened or row.dropped) for row in team.sheets)

    def _do(self, step: str, sheet: str, reason: str) -> None:
        self._session.flush()  # what is typed belongs to what is locked
        self._context.ask(self, partial(_take_step, step, sheet, reason), self._on_written, durable=True)

    def _on_taking(self, sheet: str) -> None:
        if self.view is not None:
            job = partial(_take, self.view.team.whole.id, self._key, sheet)
            self._context.ask(self, job, self._on_written, durable=True)

    def _on_written(self, changed: str) -> None:
        self.refresh()
        self._context.events.assessment_changed.emit(Change(changed, self))


# --- in the worker thread


def _add(whole: str, column: str, names: tuple[str, ...], alone: bool, desk: Desk) -> str:
    if alone:
        desk.teaming.add_each_alone(desk.workspace, whole, names)
    else:
        desk.teaming.add_sheet(desk.workspace, whole, column, names)
    return whole


def _take_step(step: str, sheet: str, reason: str, desk: Desk) -> str:
    if step == "lock":
        desk.teaming.lock(desk.workspace, sheet)
    elif step == "unlock":
        desk.teaming.unlock(desk.workspace, sheet, reason=reason)
    else:
        desk.teaming.drop(desk.workspace, sheet, reason=reason)
    return sheet


def _take(whole: str, key: str, sheet: str, desk: Desk) -> str:
    desk.teaming.take_over(desk.workspace, whole, {key: sheet})
    return whole

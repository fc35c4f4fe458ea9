"""What the dialog of an import shows: work under way, the two tables, the question for a passphrase, the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.take_in_tables import CHANGES, FILES, LinesTable
from ui.widgets.desk_style import desk_style
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.dialogs.incoming_lines import Line

ROLES = (
    QDialogButtonBox.ButtonRole.ActionRole,
    QDialogButtonBox.ButtonRole.ActionRole,
    QDialogButtonBox.ButtonRole.AcceptRole,
    QDialogButtonBox.ButtonRole.RejectRole,
    QDialogButtonBox.ButtonRole.AcceptRole,
)


class TakeInView:
    """Builds the widgets of the dialog and shows what they are told."""

    def __init__(self, context: AppContext, dialog: QDialog) -> None:
        self._context = context
        tr = context.i18n.tr
        self.summary_label = plain_label(wrap=True, selectable=True)
        self.remarks_label = plain_label("attention", wrap=True, selectable=True)
        self.files = LinesTable(context, FILES, "exchange.files", len(FILES) - 1)
        self.changes = LinesTable(context, CHANGES, "exchange.changes", 0, many=True)
        self.changes_label, self.more_label = plain_label("part_title"), plain_label("muted", wrap=True)
        self.changes_label.setText(tr("exchange.changes"))
        self.secret_label = plain_label(wrap=True)
        self.secret_edit = QLineEdit()
        self.secret_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret_edit.setAccessibleName(tr("exchange.passphrase"))
        self.secret_edit.setMaximumWidth(280)
        self.unlock_button = QPushButton(context.theme.icon("lock"), tr("exchange.unlock"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress_label = plain_label("muted")
        self.take_button, self.cancel_button = QPushButton(tr("exchange.take")), QPushButton(tr("ui.cancel"))
        self.undo_button = QPushButton(context.theme.icon("undo"), tr("exchange.take_back"))
        self.conflicts_button = QPushButton(context.theme.icon("conflict", "conflict"), tr("exchange.settle"))
        self.done_button = QPushButton(tr("exchange.done"))
        for button in (self.take_button, self.done_button):
            button.setProperty("role", "accent")
        self._buttons = (
            self.undo_button,
            self.conflicts_button,
            self.done_button,
            self.cancel_button,
            self.take_button,
        )
        for button in (*self._buttons, self.unlock_button):
            button.setAutoDefault(False)
        self._lay_out(dialog)
        self._end(taken=False)
        self.show_rest()
        self.ask_passphrase(0, wrong=False)

    def _lay_out(self, dialog: QDialog) -> None:
        inside = QWidget()
        upper, lower = QWidget(), QWidget()
        for part, widgets in ((upper, (self.files,)), (lower, (self.changes_label, self.changes, self.more_label))):
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(6)
            for widget in widgets:
                column.addWidget(widget, 1 if isinstance(widget, LinesTable) else 0)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(10)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(lower)
        self.splitter.setSizes([220, 300])
        self._secret_row = QWidget()
        secret = QHBoxLayout(self._secret_row)
        secret.setContentsMargins(0, 0, 0, 0)
        secret.setSpacing(8)
        for widget in (self.secret_label, self.secret_edit, self.unlock_button):
            secret.addWidget(widget, 1 if widget is self.secret_label else 0)
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        for widget in (self.summary_label, self.remarks_label, self._secret_row):
            inner.addWidget(widget)
        inner.addWidget(self.splitter, 1)
        self.state_view = StateView(self._context, inside)
        self.state_view.expect_content()
        running = QHBoxLayout()
        running.setSpacing(12)
        running.addWidget(self.progress_label)
        running.addWidget(self.progress, 1)
        below = QDialogButtonBox()
        for button, role in zip(self._buttons, ROLES, strict=True):
            below.addButton(button, role)
        whole = QVBoxLayout(dialog)
        whole.setContentsMargins(16, 16, 16, 12)
        whole.setSpacing(8)
        whole.addWidget(self.state_view, 1)
        whole.addLayout(running)
        whole.addWidget(below)
        dialog.setStyleSheet(desk_style(self._context.theme))

    # --- public

    def show_running(self, said: str) -> None:
        """Show that work is under way."""
        self.progress_label.setText(said)
        self.progress.setAccessibleName(said)
        self.progress.setRange(0, 0)
        self.progress.show()
        self.progress_label.show()
        self.take_button.setEnabled(False)
        self.unlock_button.setEnabled(False)
        self.state_view.show_loading()
        # Whoever types on while files are read must not hit the button beside the one that waits: only Escape stops it.
        self.state_view.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.progress.setRange(0, 1000)
        self.progress.setValue(1000 * done // max(total, 1))

    def show_rest(self) -> None:
        """Show that nothing is under way."""
        self.progress.hide()
        self.progress_label.hide()
        self.unlock_button.setEnabled(True)
        self.cancel_button.setEnabled(True)

    def show_look(
        self, summary: str, remarks: Sequence[str], files: Sequence[Line], changes: Sequence[Line], more: str
    ) -> None:
        """Show what the files would do."""
        self.summary_label.setText(summary)
        self.remarks_label.setText("\n".join(remarks))
        self.remarks_label.setVisible(bool(remarks))
        self.files.show_lines(files)
        self.changes.show_lines(changes)
        self.more_label.setText(more)
        self.more_label.setVisible(bool(more))
        lower = self.splitter.widget(1)
        if lower is not None:
            lower.setVisible(bool(changes))
        self.state_view.show_content()

    def ask_passphrase(self, closed: int, *, wrong: bool) -> None:
        """Ask for the passphrase of files that are closed."""
        tr = self._context.i18n.tr
        self._secret_row.setVisible(bool(closed))
        self.secret_label.setText(tr("exchange.sealed_wrong" if wrong else "exchange.sealed", count=closed))
        if closed:
            self.secret_edit.setFocus()
            self.secret_edit.selectAll()

    def show_taken(self, text: str, *, conflicts: bool) -> None:
        """Show that it is done, and what can be done next."""
        icon = "conflict" if conflicts else "check"
        self.state_view.show_empty("exchange.taken", "exchange.listed", icon=icon, items=text)
        self._end(taken=True)
        self.conflicts_button.setVisible(conflicts)
        (self.conflicts_button if conflicts else self.done_button).setFocus()

    # --- the rest

    def _end(self, *, taken: bool) -> None:
        for button in (self.undo_button, self.conflicts_button, self.done_button):
            button.setVisible(taken)
        for button in (self.take_button, self.cancel_button):
            button.setVisible(not taken)
        self.take_button.setEnabled(False)

"""All entries of an assessment as a table to type into: the same answers as on the desk, one to a row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.desk.grid_cells import GridColumn
from ui.desk.grid_hints import hint
from ui.desk.grid_model import GridModel
from ui.desk.grid_pasting import GridPasting
from ui.desk.grid_table import GridTable
from ui.models.desk_reading import DeskReading
from ui.widgets.answer_editor import marking_of, tight
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ui.context import AppContext
    from ui.models.scoring_session import ScoringSession

NARROWEST_WORDS = 260
TABLE, NOTHING = 0, 1


class AnswerGrid(QWidget):
    """Shows the open assessment as a table: filtered by words and by whatever filter its owner has.

    Signals:
        entry_requested: the person wants to see one item by itself (its key).
    """

    entry_requested = Signal(str)

    def __init__(self, context: AppContext, session: ScoringSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._session = session
        self._reading = DeskReading(session, context.i18n)
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.retranslate()
        self._on_loaded()

    # --- build

    def _build_widgets(self) -> None:
        self.model = GridModel(self._context, self._session, self)
        self.words_edit = QLineEdit(self)
        self.words_edit.setClearButtonEnabled(True)
        self.words_edit.setMinimumWidth(NARROWEST_WORDS)
        self.words_edit.setMaximumWidth(2 * NARROWEST_WORDS)
        self.count_label = plain_label("muted")
        self.keys_label = ElidedLabel()
        self.keys_label.setProperty("role", "caption")
        self.table = GridTable(self._context, self.model, self)
        self.nothing_label = plain_label("muted", wrap=True)
        self.nothing_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.clear_button = QPushButton(self)
        self.problem_label = plain_label("problem", wrap=True)
        self.problem_label.hide()
        self.hint_label = ElidedLabel()
        self.hint_label.setProperty("role", "muted")
        self.pasting = GridPasting(self._context, self._session, self.model, self.table, self)
        self._painting = QTimer(self, singleShot=True, interval=0)
        self.setFocusProxy(self.table)

    def _build_layout(self) -> None:
        bar = tight(QHBoxLayout(), 12)
        bar.addWidget(self.words_edit)
        bar.addWidget(self.count_label)
        bar.addWidget(self.keys_label, 1)
        nothing = QWidget(self)
        column = QVBoxLayout(nothing)
        column.addStretch(1)
        column.addWidget(self.nothing_label)
        column.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(nothing)
        layout = tight(QVBoxLayout(self), 8)
        layout.addLayout(bar)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.problem_label)
        layout.addWidget(self.hint_label)

    def _connect_signals(self) -> None:
        self.words_edit.textChanged.connect(self._on_words_typed)
        self.words_edit.returnPressed.connect(self.table.setFocus)
        self.clear_button.clicked.connect(self._on_clear_clicked)
        self.table.entry_requested.connect(self.entry_requested)
        self.table.entered.connect(self._on_entered)
        self.table.locked_met.connect(self._on_locked_met)
        self._painting.timeout.connect(self._on_scored)
        session = self._session
        session.loaded.connect(self._on_loaded)
        session.scored.connect(self._painting.start)
        session.answer_changed.connect(self._on_answer_changed)
        self.model.answers.unread_changed.connect(self._on_answer_changed)
        self.model.answers.note_refused.connect(self._on_note_refused)
        self._context.events.scheme_changed.connect(self._on_scheme_changed)

    # --- public

    def show_keys(self, keys: Collection[str] | None) -> None:
        """Show only some entries, by key, and the one the person is at; ``None`` shows all."""
        self.model.show_keys(keys)
        self._show_count()

    def show_evidence(self, counts: Mapping[str, int]) -> None:
        """Show how many pieces of evidence stand under each entry."""
        self.model.show_evidence(counts)
        self.table.dress()

    def go_to(self, key: str) -> None:
        """Go to the answer of an entry, which then stays whatever the filter."""
        if self.model.line_of(key) is not None:
            self.model.keep(key)
            self._show_count()
        self.table.go_to(key)

    @property
    def current_key(self) -> str:
        """The entry the person is at; empty for none."""
        return self.table.current_key

    def begin_find(self) -> None:
        """Put the cursor where words to look for are typed."""
        self.words_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words_edit.selectAll()

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self.words_edit.setPlaceholderText(tr("desk.grid.words"))
        self.words_edit.setAccessibleName(tr("desk.grid.words"))
        self.table.setAccessibleName(tr("desk.grid.table"))
        self.keys_label.setText(tr("desk.grid.keys"))
        self.nothing_label.setText(tr("desk.grid.nothing"))
        self.clear_button.setText(tr("desk.grid.clear_words"))
        self.model.retranslate()
        self._show_count()
        self._on_entered(self.current_key)

    # --- Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look for words with Ctrl+F; Escape comes back from there, and ends a selection of several rows."""
        inside = self.words_edit.hasFocus()
        if event.matches(QKeySequence.StandardKey.Find):
            self.begin_find()
        elif inside and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            if event.key() == Qt.Key.Key_Escape:
                self.words_edit.clear()
            self.table.setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.table.go_to(self.current_key, GridColumn(max(0, self.table.currentIndex().column())))
        else:
            super().keyPressEvent(event)

    # --- slots

    def _on_loaded(self) -> None:
        self.model.update()
        self._show_count()
        self._on_entered(self.current_key)

    def _on_scored(self) -> None:
        self.model.update()
        self._on_entered(self.current_key)

    def _on_answer_changed(self, key: str) -> None:
        if key == self.current_key:
            self._on_entered(key)

    def _on_entered(self, key: str) -> None:
        """Say how the entry the person is at is answered, and what is wrong with what stands there."""
        sheet, circumstances = self._session.sheet, self._session.circumstances
        entry = self.model.answers.entry(key)
        answers = self.model.answers
        problem = "\n".join(filter(None, (answers.problem(key), answers.note_problem(key)))) if entry else ""
        self.problem_label.setText(problem)
        self.problem_label.setVisible(bool(problem))
        if sheet is None or circumstances is None or entry is None:
            self.hint_label.setText("")
            return
        taken = self._reading.is_taken(entry)
        marking = marking_of(self._context.i18n, entry, sheet.checklist, circumstances, sheet.on, taken=taken)
        told = hint(entry, marking) if answers.editable(key) else ""
        if answers.excluded(key):
            told = marking.tr("desk.grid.excluded")
        told = self._reading.locked(key) or told
        self.hint_label.setText(f"{entry.number}  {told}" if told else "")

    def _on_locked_met(self, key: str) -> None:
        self._context.notices.post(self._reading.view_only() or self._reading.locked(key), "attention")

    def _on_note_refused(self, key: str) -> None:
        """Say at once that a note is not stored: the person goes on to another cell."""
        told = {"number": self._reading.number(key), "problem": self.model.answers.note_problem(key)}
        self._context.notices.post(self._context.i18n.tr("desk.grid.note_left", **told), "attention")

    def _on_words_typed(self, words: str) -> None:
        self.model.show_words(words)
        self._show_count()

    def _on_clear_clicked(self) -> None:
        self.words_edit.clear()
        self.table.setFocus()

    def _on_scheme_changed(self) -> None:
        self.table.dress()
        self.model.retranslate()

    def _show_count(self) -> None:
        shown, count = len(self.model.keys()), self.model.count_entries()
        self.count_label.setText(self._context.i18n.tr("desk.grid.count", shown=shown, count=count))
        self.stack.setCurrentIndex(TABLE if shown or not count else NOTHING)
        self.clear_button.setVisible(bool(self.words_edit.text()))

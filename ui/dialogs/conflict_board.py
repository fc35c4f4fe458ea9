"""Everything that is in conflict: the list at the left, the values of one beside each other at the right.

The room of exchange shows it, and so does a dialog of its own. It can be worked through with keys alone.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QPushButton, QSplitter, QVBoxLayout, QWidget

from ui.context import Change
from ui.dialogs.conflict_cards import ConflictCards
from ui.models import conflicts_reading
from ui.theme import COLORS
from ui.widgets.answer_editor import tight
from ui.widgets.desk_style import desk_style
from ui.widgets.plain import caption, literal, plain_label, scrolling
from ui.widgets.state_view import StateView
from wufei_cells.domain.conflicts import Room
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.context import AppContext
    from ui.models.conflicts_reading import Listed, ToldView
    from wufei_cells.domain.conflicts import ConflictRow, ConflictTold

STYLE_SHEET = """
QListWidget::item {{ padding: 6px 8px; border-bottom: 1px solid {line}; }}
QListWidget::item:selected {{ border-left: 3px solid {accent}; color: {text}; background: {selection}; }}
QFrame[role="value"] {{ background: {card}; border: 1px solid {line}; border-radius: 6px; }}
QFrame[role="value"][chosen="true"] {{ background: {selection}; border: 2px solid {accent}; }}
"""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LIST_WIDTH = 288


class ConflictBoard(QWidget):
    """Lists conflicts, tells them, and lets a person settle them one after another.

    Signals:
        counted: the list was read (how many there are).
        rule_requested: many are to be settled by a rule (the rows).
    """

    counted = Signal(int)
    rule_requested = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.rows: tuple[Listed, ...] = ()
        self.view: ToldView | None = None
        self._wanted = ""
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.retranslate()
        self.state_view.expect_content()
        self.refresh()

    # --- build

    def _build_widgets(self) -> None:
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title_label = plain_label("section", wrap=True)
        self.cards = ConflictCards(self._context)
        self.note_edit = QLineEdit()
        self.history_label = plain_label(wrap=True, selectable=True)
        self.history_label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.history_area = scrolling(self.history_label)
        self.history_area.setMaximumHeight(150)
        self.history_area.hide()
        self.keys_label = plain_label("muted", wrap=True)
        self.take_button = QPushButton()
        self.take_button.setProperty("role", "accent")
        self.merged_button, self.history_button = QPushButton(), QPushButton()
        self.history_button.setCheckable(True)
        self.next_button, self.undo_button, self.rule_button = QPushButton(), QPushButton(), QPushButton()
        for button in self._buttons():
            button.setAutoDefault(False)

    def _build_layout(self) -> None:
        right = QWidget()
        column = tight(QVBoxLayout(right), 8)
        column.addWidget(self.title_label)
        column.addWidget(self.cards, 1)
        column.addWidget(self.history_area)
        column.addWidget(self.note_edit)
        row = tight(QHBoxLayout(), 8)
        for button in (self.history_button, self.undo_button, self.rule_button):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.merged_button, self.next_button, self.take_button):
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self.keys_label)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(right)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(16)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([LIST_WIDTH, LIST_WIDTH * 3])
        self.state_view = StateView(self._context, self.splitter)
        tight(QVBoxLayout(self)).addWidget(self.state_view)

    def _connect_signals(self) -> None:
        self.list.currentRowChanged.connect(self._on_row)
        self.cards.taken.connect(self.take)
        self.cards.chosen.connect(self._word_take)
        self.take_button.clicked.connect(self.take)
        self.merged_button.clicked.connect(self._choose_merged)
        self.next_button.clicked.connect(self.go_on)
        self.undo_button.clicked.connect(self.undo)
        self.rule_button.clicked.connect(self._ask_for_rule)
        self.history_button.toggled.connect(self.history_area.setVisible)
        self.note_edit.returnPressed.connect(self.take)
        self.state_view.action_triggered.connect(self.refresh)
        self.list.installEventFilter(self)
        self.note_edit.installEventFilter(self)
        for button in self._buttons():
            button.installEventFilter(self)
        events = self._context.events
        events.language_changed.connect(self.retranslate)
        events.language_changed.connect(self.refresh)
        events.scheme_changed.connect(self._dress)
        events.person_changed.connect(self.refresh)

    # --- public

    @Slot()
    def refresh(self) -> None:
        """Read the list anew and stay where the person is."""
        job = partial(conflicts_reading.load, self._context.i18n.wording)
        self._context.ask(self, job, self._on_rows, self.state_view.show_error)

    def show_conflict(self, key: str) -> None:
        """Go to a conflict, if it is listed, by its id."""
        self._wanted = key
        self.refresh()

    def row(self) -> ConflictRow | None:
        """Give the conflict that is shown."""
        place = self.list.currentRow()
        return self.rows[place].row if 0 <= place < len(self.rows) else None

    @Slot()
    def take(self) -> None:
        """Settle the conflict that is shown with the card that is chosen."""
        offer, view = self.cards.offer(), self.view
        if offer is None or view is None or not self.take_button.isEnabled():
            return
        self.take_button.setEnabled(False)
        told = view.told
        job = partial(
            conflicts_reading.settle, told.row, offer.choice, self.note_edit.text(), self._context.i18n.wording
        )
        self._context.ask(self, job, self._on_settled, self._on_failed, durable=True)

    @Slot()
    def go_on(self) -> None:
        """Go to the next conflict, from the last to the first."""
        if self.rows:
            self.list.setCurrentRow((self.list.currentRow() + 1) % len(self.rows))

    @Slot()
    def undo(self) -> None:
        """Take the last settlement back."""
        self._context.ask(self, conflicts_reading.undo, self._on_undone, self._on_failed, durable=True)

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        for button, key in zip(self._buttons(), ("take", "merged", "history", "next", "undo", "rule"), strict=True):
            button.setText(tr(f"conflict.ui_{key}"))
        self.list.setAccessibleName(tr("conflict.ui_list"))
        self.note_edit.setPlaceholderText(tr("conflict.ui_note"))
        self.note_edit.setAccessibleName(tr("conflict.ui_note"))
        self.keys_label.setText(tr("conflict.ui_keys"))
        self._dress()

    # --- Qt events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the keys wherever the keyboard is, but for the line where a person writes."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if watched is self.note_edit:
            if event.key() == Qt.Key.Key_Escape:
                self.list.setFocus()
                return True
            return super().eventFilter(watched, event)
        done = self._by_key(event, on_button=isinstance(watched, QPushButton))
        return done or super().eventFilter(watched, event)

    def _by_key(self, event: QKeyEvent, *, on_button: bool) -> bool:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if not plain or (on_button and event.key() in ENTER):
            return False
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Left: lambda: self.cards.choose(self.cards.place - 1),
            Qt.Key.Key_Right: lambda: self.cards.choose(self.cards.place + 1),
            Qt.Key.Key_N: self.go_on,
            Qt.Key.Key_M: self._choose_merged,
            Qt.Key.Key_H: self.history_button.toggle,
            Qt.Key.Key_U: self.undo,
            Qt.Key.Key_R: self._ask_for_rule,
            Qt.Key.Key_E: self.note_edit.setFocus,
            **dict.fromkeys(ENTER, self.take),
        }
        act = acts.get(event.key())
        if act is not None:
            act()
        return act is not None

    # --- what came back

    def _on_rows(self, rows: Sequence[Listed]) -> None:
        place, before = self.list.currentRow(), self.row()
        self.rows = tuple(rows)
        wanted, self._wanted = self._wanted or (before.id if before else ""), ""
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for listed in self.rows:
            text = "\n".join(filter(None, (listed.site, listed.what)))
            self.list.addItem(text)
            self.list.item(self.list.count() - 1).setToolTip(literal(text))
        found = next((n for n, one in enumerate(self.rows) if one.row.id == wanted), min(place, len(self.rows) - 1))
        self.list.setCurrentRow(max(found, 0))
        self.list.blockSignals(blocked)
        self.counted.emit(len(self.rows))
        self.rule_button.setEnabled(len(self.rows) > 1)
        if self.rows:
            self.state_view.show_content()
            self._on_row()
            if not self.note_edit.hasFocus():
                self.list.setFocus()
        else:
            self.view = None
            self.cards.clear()
            self.state_view.show_empty("conflict.ui_none", "conflict.ui_none_text", icon="check")

    @Slot()
    def _on_row(self) -> None:
        row = self.row()
        if row is None:
            return
        self.take_button.setEnabled(False)
        job = partial(conflicts_reading.tell, row, self._context.i18n.wording)
        self._context.ask(self, job, partial(self._on_told, row.id), self._on_gone)

    def _on_told(self, key: str, view: ToldView) -> None:
        row = self.row()
        if row is None or row.id != key:  # the person has gone on
            return
        self.view = view
        self.note_edit.clear()
        self.title_label.setText(view.told.title)
        self.cards.show_told(view)
        self.merged_button.setEnabled(view.told.merged is not None)
        self._show_history(view.told)
        self._word_take()

    def _on_gone(self, _error: Exception) -> None:
        """Read the list anew: somebody has settled it meanwhile."""
        self._wanted = ""
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        self.refresh()

    def _on_settled(self, told: ConflictTold) -> None:
        tr = self._context.i18n.tr
        self._context.notices.post(tr("conflict.ui_settled", title=told.title), "passed", self.undo)
        self._announce(told.row)
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)
            return
        text = self._context.i18n.error(error)
        self._context.notices.post(text, "attention")
        self.keys_label.setText(text)
        self.refresh()

    def _on_undone(self, taken: object) -> None:
        tr = self._context.i18n.tr
        key = "conflict.ui_undone" if taken is not None else "conflict.ui_nothing_to_undo"
        self._context.notices.post(tr(key), "information")
        self.keys_label.setText(tr(key))
        self._announce(None)
        self.refresh()

    # --- parts

    def _show_history(self, told: ConflictTold) -> None:
        i18n = self._context.i18n
        lines = [
            i18n.tr(
                "conflict.ui_history_standing" if line.standing else "conflict.ui_history_line",
                at=i18n.moment(line.at),
                name=line.author,
                device=line.device,
                said=" · ".join(filter(None, (" ".join(line.text.split()), line.note))),
            )
            for line in told.history
        ]
        self.history_label.setText("\n".join(lines))

    @Slot()
    def _word_take(self) -> None:
        tr, offer = self._context.i18n.tr, self.cards.offer()
        self.take_button.setEnabled(offer is not None and offer.value.problem is None and self.view is not None)
        if offer is not None:
            name = tr(f"conflict.ui_card_{offer.choice.how.value}", number=self.cards.place + 1)
            self.take_button.setText(tr("conflict.ui_take_this", what=caption(name)))
            self.take_button.setAccessibleName(f"{self.take_button.text()} {offer.value.headline}")
            self.list.setAccessibleDescription(self.cards.cards[self.cards.place].accessibleName())

    @Slot()
    def _choose_merged(self) -> None:
        if not self.cards.choose_merged():
            self.keys_label.setText(self._context.i18n.tr("conflict.ui_no_merged"))

    @Slot()
    def _ask_for_rule(self) -> None:
        if self.rule_button.isEnabled():
            self.rule_requested.emit(tuple(listed.row for listed in self.rows))

    def _announce(self, row: ConflictRow | None) -> None:
        """Tell the other pages what changed; after taking back that may be anything."""
        events = self._context.events
        if row is None or row.room in (Room.ASSESSMENT, Room.SITES):
            events.assessment_changed.emit(Change(row.assessment if row else "", self))
        if row is None or row.room is Room.SITES:
            events.site_changed.emit(Change(row.site if row else "", self))
        if row is None or row.room is Room.CERTIFICATES:
            events.certificate_changed.emit(Change(row.certificate if row else "", self))
        if row is None or row.room is Room.CHECKLISTS:
            events.checklists_changed.emit(Change(row.entity if row else "", self))

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.take_button,
            self.merged_button,
            self.history_button,
            self.next_button,
            self.undo_button,
            self.rule_button,
        )

    @Slot()
    def _dress(self) -> None:
        theme = self._context.theme
        colors = {name: theme.color(name).name() for name in COLORS}
        self.setStyleSheet(desk_style(theme) + STYLE_SHEET.format_map(colors))
        icons = ("check", "compare", "history", "next", "undo", "filter")
        for button, name in zip(self._buttons(), icons, strict=True):
            if button is not self.take_button:
                button.setIcon(theme.icon(name))

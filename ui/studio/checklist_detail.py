"""The panel at the right of the list: one draft or edition, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.models.editions_model import STATE_LOOKS, scope_word, state_word
from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label, scrolling
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.register import EditionState

if TYPE_CHECKING:
    from ui.context import AppContext, Places
    from ui.models.editions_model import ChecklistRow

ICONS = {
    "edit": "edit",
    "view": "open",
    "draft_from": "draft",
    "compare": "compare",
    "impact": "impact",
    "carry": "conflict",
    "excel": "table",
    "yaml": "save",
    "retire": "archive",
    "reinstate": "undo",
    "discard": "remove",
}
FACTS = ("edition", "category", "day", "until", "kind", "items", "full", "scope", "reason", "author", "id")


class ChecklistDetail(QFrame):
    """Shows one row of the list.

    Signals:
        asked: the person wants something done with it (what).
    """

    asked = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setProperty("role", "card")
        self._shown: tuple[ChecklistRow, Places, int] | None = None
        self.title_label = plain_label("section", wrap=True, selectable=True)
        self.state_icon = plain_label()
        self.state_label = plain_label()
        self.hint_label = plain_label("muted", wrap=True)
        self.buttons = {name: QPushButton(self) for name in ICONS}
        for name, button in self.buttons.items():
            button.setObjectName(name)
            button.clicked.connect(self._on_clicked)
        self.names = {name: plain_label("muted") for name in FACTS}
        self.values = {name: plain_label(wrap=True, selectable=True) for name in FACTS}
        self._empty = plain_label("muted", wrap=True)
        self._build_layout()
        self.retranslate()

    def _build_layout(self) -> None:
        state = tight(QHBoxLayout(), 6)
        state.addWidget(self.state_icon)
        state.addWidget(self.state_label, 1)
        facts = QGridLayout()
        facts.setHorizontalSpacing(12)
        facts.setVerticalSpacing(4)
        facts.setColumnStretch(1, 1)
        for row, name in enumerate(FACTS):
            facts.addWidget(self.names[name], row, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(self.values[name], row, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.title_label)
        column.addLayout(state)
        column.addWidget(self.hint_label)
        for button in self.buttons.values():
            column.addWidget(button)
        column.addSpacing(8)
        column.addLayout(facts)
        column.addStretch(1)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(24, 24, 24, 24)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(scrolling(inside))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self._stack)

    # --- public

    def show_nothing(self) -> None:
        """Show that nothing is chosen."""
        self._shown = None
        self._stack.setCurrentIndex(0)

    def show_row(self, row: ChecklistRow, places: Places, running: int) -> None:
        """Show a draft or an edition; ``running`` assessments of its category are being scored."""
        self._shown = (row, places, running)
        i18n, theme = self._context.i18n, self._context.theme
        self.title_label.setText(i18n.text(row.title))
        icon = STATE_LOOKS[row.state]
        self.state_icon.setPixmap(theme.pixmap(*icon, 20, self.devicePixelRatioF()))
        self.state_label.setText(state_word(i18n, row))
        self.hint_label.setText(self._hint(row, running))
        self.hint_label.setVisible(bool(self.hint_label.text()))
        self._show_facts(row, places)
        self._offer(row, running)
        self._stack.setCurrentIndex(1)

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self._empty.setText(tr("checklists.choose"))
        for name, button in self.buttons.items():
            button.setText(tr(f"checklists.act.{name}"))
        for name, label in self.names.items():
            label.setText(tr(f"checklists.fact.{name}"))
        if self._shown:
            self.show_row(*self._shown)

    # --- the rest

    def _hint(self, row: ChecklistRow, running: int) -> str:
        tr = self._context.i18n.tr
        if row.draft is not None and row.draft.values > 1:
            return tr("checklists.conflict", count=row.draft.values)
        if row.state == EditionState.IN_FORCE and running:
            return tr("checklists.running", count=running)
        return ""

    def _show_facts(self, row: ChecklistRow, places: Places) -> None:
        i18n = self._context.i18n
        tr = i18n.tr
        until = row.published.effective_until if row.published else None
        counts = tr("checklists.counts", items=row.items, gates=row.gates)
        texts = {
            "edition": f"{row.key} {row.edition}".strip(),
            "category": i18n.text(row.category_text),
            "day": i18n.day(row.effective_from),
            "until": i18n.day(until) if until else "",
            "kind": tr("checklists.official" if row.official else "checklists.model"),
            "items": counts,
            "full": plain(row.full),
            "scope": scope_word(i18n, places, row),
            "reason": row.published.reason if row.published else "",
            "author": f"{row.draft.author} {i18n.moment(row.draft.at)}" if row.draft else "",
            "id": row.id[:12] if row.published else "",
        }
        for name, text in texts.items():
            self.values[name].setText(text)
            for label in (self.names[name], self.values[name]):
                label.setVisible(bool(text))

    def _offer(self, row: ChecklistRow, running: int) -> None:
        retired = row.state == EditionState.RETIRED
        closed = row.state in (EditionState.RETIRED, EditionState.EXPIRED)
        usable = not row.is_draft and not closed
        offered = {
            "edit": row.is_draft,
            "view": not row.is_draft,
            "draft_from": not row.is_draft,
            "compare": True,
            "impact": row.is_draft or row.state == EditionState.TO_COME,
            "carry": usable and row.state != EditionState.SUPERSEDED and running > 0,
            "excel": True,
            "yaml": True,
            "retire": usable,
            "reinstate": retired,
            "discard": row.is_draft,
        }
        accent = "edit" if row.is_draft else "draft_from"
        for name, button in self.buttons.items():
            button.setVisible(offered[name])
            role = "accent" if name == accent else ""
            if button.property("role") != role:
                button.setProperty("role", role)
                button.style().polish(button)
            button.setIcon(self._context.theme.icon(ICONS[name], "on_accent" if role else "text"))

    def _on_clicked(self) -> None:
        self.asked.emit(self.sender().objectName())

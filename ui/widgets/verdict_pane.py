"""What a check of a certificate came to: one large verdict, every signed field, and what else a person should know."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.answer_editor import tight
from ui.widgets.plain import literal, plain_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.context import AppContext
    from wufei_cells.services.verifying import Checked

FIELDS = (
    *("number", "site_name", "category", "level", "total", "issued_on", "valid_until"),
    *("issuer", "document_number", "edition"),
)
"""What a certificate says, in the order in which it is shown."""
LOOKS = {
    "valid": ("check", "passed"),
    "not_yet_valid": ("history", "information"),
    "expired": ("history", "attention"),
    "suspended": ("lock", "attention"),
    "withdrawn": ("failed", "failed"),
    "unknown_key": ("alert", "attention"),
    "altered": ("failed", "failed"),
    "unreadable": ("alert", "not_applicable"),
    "unsigned": ("information", "information"),
}
AGREEMENT_LOOKS = {
    "agrees": ("check", "passed"),
    "differs": ("failed", "failed"),
    "unknown": ("information", "information"),
}
FILE_LOOKS = {
    "other": ("alert", "attention"),
    "together": ("information", "information"),
    "added": ("information", "information"),
}
"""Of a valid certificate whose file is not the one that was issued."""
ICON = 40


def look_of(checked: Checked, *, together: bool = False) -> tuple[str, str]:
    """Give icon and tone of what was found: a register that says otherwise outweighs a good signature."""
    if checked.agreement.value == "differs":
        return LOOKS["altered"]
    file = file_of(checked, together=together)
    return FILE_LOOKS[file] if file else LOOKS[checked.verification.verdict.value]


def file_of(checked: Checked, *, together: bool) -> str:
    """Say what is odd about the file of a valid certificate; empty: nothing, or its verdict weighs more."""
    if checked.verification.verdict.value != "valid":
        return ""
    codes = {note.code for note in checked.verification.notes}
    if "papers.other_file" in codes:
        return "together" if together else "other"
    return "added" if "papers.added_to" in codes else ""


class VerdictPane(QWidget):
    """Shows what was found about one certificate."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._icon = plain_label()
        self._icon.setFixedWidth(ICON)
        self.verdict_label = plain_label("page", wrap=True)
        self.sentence_label = plain_label(wrap=True, selectable=True)
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName(context.i18n.tr("certificates.verify_fields"))
        self.table.horizontalHeader().hide()
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._lines = tight(QVBoxLayout(), 4)
        head = tight(QHBoxLayout(), 12)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = tight(QVBoxLayout(), 4)
        words.addWidget(self.verdict_label)
        words.addWidget(self.sentence_label)
        head.addLayout(words, 1)
        self._column = tight(QVBoxLayout(self), 12)
        self._column.addLayout(head)
        self._column.addLayout(self._lines)
        self._column.addWidget(self.table)
        self._column.addStretch()

    # --- public

    def show_checked(self, checked: Checked, *, together: bool = False) -> None:
        """Show what was found; ``together``: in a file of several certificates."""
        found, tr = checked.verification, self._context.i18n.tr
        icon, tone = look_of(checked, together=together)
        self._icon.setPixmap(self._context.theme.pixmap(icon, tone, ICON, self.devicePixelRatioF()))
        said = tr(f"verify.verdict_{found.verdict.value}", since=self._context.i18n.day(found.since))
        colon = "：" if self._context.i18n.language == "zh" else ": "
        head, _colon, rest = said.partition(colon)
        if checked.agreement.value == "differs":
            head = tr("certificates.verify_differs")
        elif file := file_of(checked, together=together):
            head = tr(f"certificates.verify_file_{file}")
        self.verdict_label.setText(head)
        self.verdict_label.setStyleSheet(f"color: {self._context.theme.color(tone).name()};")
        self.sentence_label.setText(rest[:1].upper() + rest[1:])
        self.setAccessibleName(f"{head} {said}")
        self._show_lines(checked)
        self._show_fields(checked)

    def lines(self) -> tuple[str, ...]:
        """Give the sentences beside the fields."""
        boxes = [self._lines.itemAt(place).widget() for place in range(self._lines.count())]
        return tuple(box.accessibleName() for box in boxes)

    # --- the rest

    def _show_fields(self, checked: Checked) -> None:
        content, tr = checked.verification.content, self._context.i18n.tr
        rows: list[tuple[str, str]] = []
        for name in FIELDS if content is not None else ():
            value = getattr(content, name)
            if value:
                rows.append((name, value.isoformat() if isinstance(value, date) else str(value)))
        if checked.verification.signer:
            rows.append(("signer", f"{checked.verification.signer} ({checked.verification.key})"))
        self.table.setRowCount(len(rows))
        self.table.setVisible(bool(rows))
        self._column.setStretch(2, 1 if rows else 0)
        self._column.setStretch(3, 0 if rows else 1)
        for place, (name, value) in enumerate(rows):
            differs = name in checked.differences
            cells = (QTableWidgetItem(tr(f"verify.field_{name}")), QTableWidgetItem(value))
            cells[0].setForeground(self._context.theme.color("muted"))
            if differs:
                cells[1].setIcon(self._context.theme.icon("alert", "failed"))
                cells[1].setForeground(self._context.theme.color("failed"))
            cells[1].setToolTip(literal(value))
            for column, cell in enumerate(cells):
                self.table.setItem(place, column, cell)
        self.table.verticalHeader().setDefaultSectionSize(self._context.theme.row_height(dense=True))

    def _show_lines(self, checked: Checked) -> None:
        while self._lines.count():
            box = self._lines.takeAt(0).widget()
            box.hide()
            box.deleteLater()
        for sentence, look in self._told(checked):
            self._lines.addWidget(self._line(sentence, look))

    def _told(self, checked: Checked) -> Iterator[tuple[str, tuple[str, str]]]:
        tr, found = self._context.i18n.tr, checked.verification
        agreement = checked.agreement.value
        if agreement in AGREEMENT_LOOKS:
            names = tuple(tr(f"verify.field_{name}") for name in checked.differences)
            yield tr(f"verify.register_{agreement}", fields=names), AGREEMENT_LOOKS[agreement]
        for note in found.notes:
            yield self._context.i18n.problem(note), ("alert", "attention")
        if found.content is None:
            return
        if found.age is None:
            asked = agreement in AGREEMENT_LOOKS
            yield tr("verify.no_list_but_register" if asked else "verify.no_list"), ("information", "muted")
        else:
            key = "verify.list_stale" if found.stale else "verify.list_age"
            look = ("alert", "attention") if found.stale else ("information", "muted")
            yield tr(key, as_of=self._context.i18n.day(found.as_of), days=found.age), look

    def _line(self, sentence: str, look: tuple[str, str]) -> QWidget:
        box = QWidget()
        box.setAccessibleName(sentence)
        row = tight(QHBoxLayout(box), 8)
        icon = plain_label()
        icon.setPixmap(self._context.theme.pixmap(*look, 16, self.devicePixelRatioF()))
        label = plain_label(wrap=True, selectable=True)
        label.setText(sentence)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        return box

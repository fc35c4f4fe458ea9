"""The form of what to write: for whom, how much of it, with which photos, in how many parts, closed how."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from ui.models.passphrase_strength import Strength, strength_of
from ui.widgets.answer_editor import tight
from ui.widgets.chips import Chips
from ui.widgets.day_edit import DayEdit
from ui.widgets.exchange_words import count_words, device_words
from ui.widgets.plain import plain_label, problem_label, show_problem
from wufei_cells.domain.exchange import Order, Photos, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext
    from ui.models.exchange_reading import Board

LIMITS = {"whole": None, "mail": 25_000_000, "chat": 100_000_000}
CLOSED = ("open", "locked", "sealed")
TONES = {Strength.WEAK: "attention", Strength.SHORT: "attention", Strength.GOOD: "passed"}
WEEK = timedelta(days=7)


class WriteOutForm(QWidget):
    """Asks what to write.

    Signals:
        changed: something else is to be written now.
        named: it is for somebody else now, so that the file is called otherwise.
    """

    changed = Signal()
    named = Signal()

    def __init__(self, context: AppContext, board: Board, to: str) -> None:
        super().__init__()
        self._context = context
        tr = context.i18n.tr
        self.to_box = QComboBox()
        self.to_box.addItem(tr("exchange.to_everyone"), "")
        for row in board.state.devices:
            if not row.own and row.name:
                lacks = tr("exchange.lacks", count=count_words(row.lacks)) if row.lacks else ""
                words = " · ".join(filter(None, (device_words(context.i18n, row), lacks)))
                self.to_box.addItem(words, row.uuid)
        self.to_box.setCurrentIndex(max(0, self.to_box.findData(to)))
        self.scope = self._chips("scope", [scope.value for scope in Scope])
        self.since_edit = DayEdit()
        self.since_edit.show_day(board.today - WEEK)
        self.site_box = _searching(tr("exchange.choose_site"))
        self.photos = self._chips("photos", [photo.value for photo in (Photos.LACKING, Photos.NONE, Photos.ALL)])
        self.limit = self._chips("limit", LIMITS)
        self.closed = self._chips("closed", CLOSED)
        self.secret_edit, self.again_edit = QLineEdit(), QLineEdit()
        self.strength_label = plain_label("muted", wrap=True)
        self.problem = problem_label()
        self._lay_out()
        self._connect_signals()
        self._adapt()

    def _chips(self, name: str, values: Sequence[str] | dict[str, int | None]) -> Chips:
        tr = self._context.i18n.tr
        return Chips([(one, tr(f"exchange.{name}.{one}")) for one in values], tr(f"exchange.{name}"))

    def _lay_out(self) -> None:
        tr = self._context.i18n.tr
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        for edit, key in ((self.secret_edit, "passphrase"), (self.again_edit, "passphrase_again")):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
            edit.setPlaceholderText(tr(f"exchange.{key}"))
            edit.setAccessibleName(tr(f"exchange.{key}"))
        self.since_edit.setAccessibleName(tr("exchange.scope.since"))
        self.since_edit.setMaximumWidth(180)
        for key, widgets in (
            ("to", (self.to_box,)),
            ("scope", (self.scope, self.since_edit, self.site_box)),
            ("photos", (self.photos,)),
            ("limit", (self.limit,)),
            ("closed", (self.closed, self.secret_edit, self.again_edit, self.strength_label, self.problem)),
        ):
            box = QWidget()
            column = tight(QVBoxLayout(box), 6)
            for widget in widgets:
                column.addWidget(widget)
            label = plain_label()
            label.setText(tr(f"exchange.{key}"))
            label.setMinimumHeight(30)
            label.setBuddy(widgets[0])
            form.addRow(label, box)
        self.to_box.setAccessibleName(tr("exchange.to"))

    def _connect_signals(self) -> None:
        self.to_box.activated.connect(self._on_receiver)
        for chips in (self.scope, self.photos, self.limit, self.closed):
            chips.chosen.connect(self._on_changed)
        self.since_edit.dateChanged.connect(self.changed)
        self.site_box.activated.connect(self.changed)
        self.secret_edit.textChanged.connect(self._on_typed)
        self.again_edit.textChanged.connect(self._on_typed)

    # --- public

    @property
    def to(self) -> str:
        """The device it is for; empty for everyone."""
        return str(self.to_box.currentData() or "")

    @property
    def order(self) -> Order | None:
        """What to write; ``None`` while no site is chosen. A passphrase that is not finished is left out."""
        scope = Scope(self.scope.current)
        site = str(self.site_box.currentData() or "") if scope is Scope.SITE else ""
        if scope is Scope.SITE and not site:
            return None
        sealed = self.closed.current == "sealed"
        return Order(
            to=self.to,
            scope=scope,
            since=self.since_edit.day if scope is Scope.SINCE else None,
            site=site,
            photos=Photos(self.photos.current),
            limit=LIMITS[self.limit.current],
            passphrase=self.secret_edit.text() if sealed and self.closable else "",
            locked=self.closed.current == "locked" and bool(self.to),
        )

    @property
    def closable(self) -> bool:
        """Whether the way it is closed is complete."""
        if self.closed.current != "sealed":
            return self.closed.current == "open" or bool(self.to)
        secret = self.secret_edit.text()
        return strength_of(secret) not in (Strength.NONE, Strength.SHORT) and secret == self.again_edit.text()

    def show_sites(self, sites: Sequence[tuple[str, str]]) -> None:
        """Offer sites, given as (id, name)."""
        self.site_box.clear()
        for key, name in sites:
            self.site_box.addItem(name, key)
        self.site_box.setCurrentIndex(-1)

    def forget(self) -> None:
        """Leave no passphrase behind."""
        for edit in (self.secret_edit, self.again_edit):
            edit.setText("")

    # --- slots

    def _on_receiver(self) -> None:
        if not self.to and self.closed.current == "locked":
            self.closed.choose("open")
        self._on_changed()
        self.named.emit()

    def _on_changed(self, _name: str = "") -> None:
        self._adapt()
        self.changed.emit()

    def _on_typed(self) -> None:
        self._adapt()
        self.changed.emit()

    def _adapt(self) -> None:
        """Show the fields that what is chosen needs."""
        tr, sealed = self._context.i18n.tr, self.closed.current == "sealed"
        self.since_edit.setVisible(self.scope.current == Scope.SINCE)
        self.site_box.setVisible(self.scope.current == Scope.SITE)
        self.closed.buttons["locked"].setEnabled(bool(self.to))
        self.closed.buttons["locked"].setToolTip("" if self.to else tr("exchange.closed.locked_whom"))
        for widget in (self.secret_edit, self.again_edit, self.strength_label):
            widget.setVisible(sealed)
        strength = strength_of(self.secret_edit.text())
        self.strength_label.setText(tr(f"settings.office_keys.strength_{strength.value}"))
        self.strength_label.setProperty("role", TONES.get(strength, "muted"))
        self.strength_label.style().polish(self.strength_label)
        again = self.again_edit.text()
        differs = sealed and bool(again) and again != self.secret_edit.text()
        show_problem(self.again_edit, self.problem, tr("settings.office_keys.differs") if differs else "")


def _searching(hint: str) -> QComboBox:
    """Make a box in which any part of a name finds it."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setAccessibleName(hint)
    edit, completer = box.lineEdit(), box.completer()
    if edit is not None:
        edit.setPlaceholderText(hint)
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return box

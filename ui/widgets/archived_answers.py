"""Answers to items that the edition no longer has: folded away, to be read when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.earlier_words import EarlierWords
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.i18n import I18n
    from ui.theme import Theme
    from wufei_cells.services.earlier_answers import EarlierTold

HIGHEST = 260


class ArchivedAnswers(QWidget):
    """A line that opens into the answers; hidden while there are none."""

    def __init__(self, i18n: I18n, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._theme = theme
        self._told: tuple[EarlierTold, ...] = ()
        self.fold_button = QPushButton(self)
        self.fold_button.setCheckable(True)
        self.fold_button.setProperty("role", "flat")
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setMaximumHeight(HIGHEST)
        column = tight(QVBoxLayout(self), 4)
        column.addWidget(self.fold_button)
        column.addWidget(self.area)
        self.fold_button.toggled.connect(self._on_toggled)
        theme.changed.connect(self.retranslate)
        self.hide()

    # --- public

    def show_told(self, told: Sequence[EarlierTold]) -> None:
        """Show other answers."""
        if tuple(told) != self._told:
            self._told = tuple(told)
            self.retranslate()

    def retranslate(self) -> None:
        """Write everything anew."""
        self.setVisible(bool(self._told))
        self.area.setVisible(self.fold_button.isChecked())
        self.fold_button.setText(self._i18n.tr("desk.archived", count=len(self._told)))
        self.fold_button.setIcon(self._theme.icon("down" if self.fold_button.isChecked() else "next"))
        content = QFrame(self)
        content.setProperty("role", "card")
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(12)
        hint = plain_label("caption", wrap=True)
        hint.setText(self._i18n.tr("desk.archived_hint"))
        column.addWidget(hint)
        for told in self._told:
            column.addWidget(EarlierWords(self._i18n, self._theme, told, content))
        column.addStretch(1)
        self.area.setWidget(content)

    # --- slots

    def _on_toggled(self, shown: bool) -> None:
        self.area.setVisible(shown)
        self.fold_button.setIcon(self._theme.icon("down" if shown else "next"))

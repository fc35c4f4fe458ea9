"""The line above a room: the way back, the room's title, the search, and who works here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from ui.widgets.plain import caption, literal, plain_label

if TYPE_CHECKING:
    from ui.context import AppContext


class Header(QFrame):
    """Shows where one is and who one is; the window wires the buttons."""

    def __init__(self, context: AppContext, search_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._search_key = search_key
        self._title_key = ""
        self._person = ""
        self._device = ""
        self.back_button = QToolButton()
        self.back_button.setProperty("role", "flat")
        self.back_button.setEnabled(False)
        self.title_label = plain_label("page")
        self.example_label = plain_label("example")
        self.example_label.hide()
        self.search_button = QPushButton()
        self.search_button.setProperty("role", "search")
        self.search_button.setIconSize(QSize(16, 16))
        self.person_button = QPushButton()
        self.person_button.setProperty("role", "flat")
        self.person_button.setMaximumWidth(300)
        self.guide_button = QToolButton()
        self.guide_button.setProperty("role", "flat")
        for button in (self.back_button, self.person_button, self.guide_button):
            button.setIconSize(QSize(20, 20))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.back_button)
        row.addWidget(self.title_label)
        row.addWidget(self.example_label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        for widget in (self.search_button, self.person_button, self.guide_button):
            row.addWidget(widget)
        self.retranslate()
        context.events.language_changed.connect(self.retranslate)
        context.events.scheme_changed.connect(self.retranslate)

    def set_title(self, key: str) -> None:
        """Name the room."""
        self._title_key = key
        self.title_label.setText(self._context.i18n.tr(key))

    def mark_example(self, example: bool) -> None:
        """Say that the register holds example data."""
        self.example_label.setVisible(example)

    def set_person(self, person: str, device: str) -> None:
        """Name the person and the device."""
        self._person, self._device = person, device
        text = f"{person} · {device}" if device else person
        room = self.person_button.maximumWidth() - 60
        self.person_button.setText(caption(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)))
        tr = self._context.i18n.tr
        self.person_button.setToolTip(literal(tr("frame.person_tip", person=person, device=device)))
        self.person_button.setAccessibleName(tr("frame.person_tip", person=person, device=device))

    @Slot(str)
    def name_device(self, device: str) -> None:
        """Call the device otherwise."""
        self.set_person(self._person, device)

    def name_person(self, person: str) -> None:
        """Name another person on the same device."""
        self.set_person(person, self._device)

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        for button, icon, key in (
            (self.back_button, "back", "frame.back"),
            (self.guide_button, "guide", "frame.guide"),
        ):
            button.setIcon(theme.icon(icon))
            button.setToolTip(tr(key))
            button.setAccessibleName(tr(key))
        self.person_button.setIcon(theme.icon("person"))
        self.search_button.setIcon(theme.icon("search", "muted"))
        self.search_button.setText("    ".join((tr("search.button"), self._search_key)))
        self.search_button.setToolTip(tr("search.window"))
        self.search_button.setAccessibleName(tr("search.window"))
        self.search_button.setStyleSheet(
            f"QPushButton {{ text-align: left; color: {theme.color('muted').name()}; padding: 0 10px; }}"
        )
        self.search_button.setMinimumWidth(self.search_button.sizeHint().width() + 40)
        self.example_label.setText(tr("frame.example"))
        self.example_label.setToolTip(tr("frame.example_tip"))
        if self._title_key:
            self.set_title(self._title_key)
        self.set_person(self._person, self._device)

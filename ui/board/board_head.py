"""Above the tabs of the board: the one sentence, of which day and part of the city it is, and what can be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.models.board_loading import Asked
from ui.widgets.day_edit import DayEdit
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.context import AppContext, Places
    from wufei_cells.domain.text import Text

TYPING = 400
"""Milliseconds after a key: whoever types a day has more than one of them."""
BUTTONS = {"reports": "pdf", "calendar": "history", "targets": "edit"}
"""What is opened by a button of its own, by the name of its dialog, with its icon."""
MENU = {"follow_ups": "note", "indicators": "table", "ledgers": "table", "checkup": "alert", "drawing": "trial"}
"""What is opened from the menu."""


class BoardHead(QWidget):
    """Says how far it is and lets a person choose what is shown.

    Signals:
        asked: another day or part of the city shall be shown (Asked).
        open_requested: a dialog shall be opened (its name).
    """

    asked = Signal(object)
    open_requested = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._today = QDate.currentDate()
        self._silent = False
        self._places: Places | None = None
        self.sentence_label = plain_label("section", wrap=True, selectable=True)
        self._build_choices()
        self._build_buttons()
        self._build_layout()
        self.retranslate()

    # --- build

    def _build_choices(self) -> None:
        self.day_label = QLabel()
        self.day_edit = DayEdit()
        self.day_edit.setDate(self._today)
        self.day_label.setBuddy(self.day_edit)
        self.today_button = QPushButton()
        self.today_button.setProperty("role", "flat")
        self.today_button.hide()
        self.category_box, self.district_box = QComboBox(), QComboBox()
        for box in (self.category_box, self.district_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(180)
            box.currentIndexChanged.connect(self._on_edited)
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._typing.timeout.connect(self._on_edited)
        self.day_edit.dateChanged.connect(self._on_day_edited)
        self.today_button.clicked.connect(self._on_today)

    def _build_buttons(self) -> None:
        self.open_buttons = {name: QPushButton() for name in BUTTONS}
        self.more_button = QPushButton()
        self.more_menu = QMenu(self.more_button)
        self.more_button.setMenu(self.more_menu)
        self.open_actions = {name: self.more_menu.addAction("") for name in MENU}
        for name, button in self.open_buttons.items():
            button.setObjectName(name)
            button.clicked.connect(self._on_open)
        for name, action in self.open_actions.items():
            action.setObjectName(name)
            action.triggered.connect(self._on_open)

    def _build_layout(self) -> None:
        row = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        row.setSizePolicy(policy)
        flow = FlowLayout(row)
        day = QWidget()
        of_day = QHBoxLayout(day)
        of_day.setContentsMargins(0, 0, 0, 0)
        of_day.setSpacing(8)
        for part in (self.day_label, self.day_edit, self.today_button):
            of_day.addWidget(part)
        for part in (day, self.category_box, self.district_box, *self.open_buttons.values(), self.more_button):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 0)
        column.setSpacing(8)
        column.addWidget(self.sentence_label)
        column.addWidget(row)

    # --- public

    @property
    def chosen(self) -> Asked:
        """What is chosen; the present day counts as none, so that it moves on with the clock."""
        day = self.day_edit.day
        return Asked(
            None if self.day_edit.date() == self._today else day,
            str(self.category_box.currentData() or ""),
            str(self.district_box.currentData() or ""),
        )

    def show_asked(self, asked: Asked) -> None:
        """Show what is chosen; tells nobody."""
        self._silent = True
        day = asked.on
        self.day_edit.setDate(QDate(day.year, day.month, day.day) if day else self._today)
        for box, key in ((self.category_box, asked.category), (self.district_box, asked.district)):
            box.setCurrentIndex(max(0, box.findData(key)))
        self._silent = False
        self._typing.stop()
        self.today_button.setVisible(day is not None)

    def set_bounds(self, today: QDate, places: Places) -> None:
        """Say which day it is, and what the city has; what is chosen stays chosen."""
        asked = self.chosen
        self._silent = True
        self._today = today
        self.day_edit.setMaximumDate(today)
        if places != self._places:
            self._places = places
            self._fill(asked)
        self._silent = False
        self.show_asked(asked)

    def say(self, sentence: str) -> None:
        """Write the one sentence."""
        self.sentence_label.setText(sentence)

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        self.day_label.setText(tr("overview.day"))
        for edit in (self.day_edit, self.day_edit.lineEdit()):
            edit.setAccessibleName(tr("overview.day"))
        self.day_edit.setToolTip(tr("overview.day_tip"))
        self.today_button.setText(tr("overview.today"))
        self.category_box.setAccessibleName(tr("sites.column.category"))
        self.district_box.setAccessibleName(tr("sites.column.district"))
        self.more_button.setText(tr("overview.more"))
        for name, button in self.open_buttons.items():
            button.setText(tr(f"overview.open.{name}"))
            button.setToolTip(tr(f"overview.open.{name}_tip"))
            button.setIcon(theme.icon(BUTTONS[name]))
        for name, action in self.open_actions.items():
            action.setText(tr(f"overview.open.{name}"))
            action.setToolTip(tr(f"overview.open.{name}_tip"))
            action.setIcon(theme.icon(MENU[name]))
        self.day_edit.setFixedHeight(self.category_box.sizeHint().height())
        asked = self.chosen
        self._silent = True
        self._fill(asked)
        self._silent = False

    # --- slots and the rest

    @Slot()
    def _on_day_edited(self) -> None:
        if not self._silent:
            self._typing.start()

    @Slot()
    def _on_today(self) -> None:
        self.day_edit.setDate(self._today)
        self._typing.stop()
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        if not self._silent:
            self.today_button.setVisible(self.chosen.on is not None)
            self.asked.emit(self.chosen)

    @Slot()
    def _on_open(self) -> None:
        self.open_requested.emit(self.sender().objectName())

    def _fill(self, asked: Asked) -> None:
        tr, places = self._context.i18n.tr, self._places
        nothing: Mapping[str, Text] = {}
        for box, all_key, entries, chosen in (
            (self.category_box, "sites.all_categories", places.categories if places else nothing, asked.category),
            (self.district_box, "sites.all_districts", places.districts if places else nothing, asked.district),
        ):
            box.clear()
            box.addItem(tr(all_key), "")
            for key, name in entries.items():
                box.addItem(self._context.i18n.text(name), key)
            box.setCurrentIndex(max(0, box.findData(chosen)))

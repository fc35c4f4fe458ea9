"""The settings: who works here, for which city, language, colors, type, where the data is, the program itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.as_of_dialog import ask_for_day
from ui.dialogs.openers import OPENERS, open_dialog
from ui.dialogs.register_choosing import choose_register
from ui.pages.page import Page
from ui.theme import LARGEST_TYPE, SCHEMES, SMALLEST_TYPE
from ui.widgets.city_choice import CityChoice
from ui.widgets.plain import plain_label, problem_label, scrolling, show_problem
from ui.widgets.settings_office import OfficeSection
from ui.widgets.settings_program import ProgramSection
from wufei_cells.domain.text import LANGUAGES

if TYPE_CHECKING:
    from ui.context import AppContext, Desk

FIELD_WIDTH = 360


class SettingsPage(Page):
    """Lets a person set up the window; every choice takes effect at once and is remembered."""

    title_key = "frame.room.settings"
    guide_key = "settings"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        """Build the page."""
        super().__init__(context, parent)
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        theme = self._context.theme
        self.person_edit = QLineEdit()
        self.person_edit.setMaxLength(60)
        self.person_problem = problem_label()
        self.city_choice = CityChoice(self._context)
        self.language_group, self.language_buttons = _choices(LANGUAGES, self._context.i18n.language)
        self.scheme_group, self.scheme_buttons = _choices(SCHEMES, theme.scheme)
        sizes = tuple(str(size) for size in range(SMALLEST_TYPE, LARGEST_TYPE + 1))
        self.type_group, self.type_buttons = _choices(sizes, str(theme.type_size))
        self.folder_label = plain_label(wrap=True, selectable=True)
        self.folder_label.setText(str(self._context.data_folder))
        self.folder_button = QPushButton()
        self.past_button = QPushButton()
        self.other_button = QPushButton()
        self.other_button.setEnabled(self._context.as_of is None)
        self._labels = {key: plain_label() for key in ("person", "city", "language", "scheme", "type", "folder")}
        self._hints = {key: plain_label("caption", wrap=True) for key in ("person", "folder")}
        self.office = OfficeSection(self._context)
        self.program = ProgramSection(self._context, offered=frozenset(OPENERS))

    def _build_layout(self) -> None:
        self.person_edit.setMaximumWidth(FIELD_WIDTH)
        self._form = form = QGridLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(16)
        form.setColumnStretch(1, 1)
        name = QHBoxLayout()
        name.addWidget(self.person_edit, 1)
        name.addStretch(1)
        folder = QHBoxLayout()
        folder.setSpacing(12)
        folder.addWidget(self.folder_label, 1)
        folder.addWidget(self.folder_button, 0, Qt.AlignmentFlag.AlignTop)
        folder.addWidget(self.past_button, 0, Qt.AlignmentFlag.AlignTop)
        for key, parts in (
            ("person", (name, self.person_problem, self._hints["person"])),
            ("city", (self.city_choice,)),
            ("language", (_row(self.language_buttons),)),
            ("scheme", (_row(self.scheme_buttons),)),
            ("type", (_row(self.type_buttons),)),
            ("folder", (folder, self._hints["folder"], _row({"other": self.other_button}))),
        ):
            column = QVBoxLayout()
            column.setSpacing(4)
            for part in parts:
                column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)
            row = form.rowCount()
            self._labels[key].setMinimumHeight(30)  # level with the field beside it
            form.addWidget(self._labels[key], row, 0, Qt.AlignmentFlag.AlignTop)
            form.addLayout(column, row, 1)
        self._labels["person"].setBuddy(self.person_edit)
        inside = QWidget()
        inside.setMaximumWidth(860)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addLayout(form)
        column.addSpacing(16)
        column.addWidget(self.office)
        column.addSpacing(16)
        column.addWidget(self.program)
        column.addStretch(1)
        scroll = scrolling(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _connect_signals(self) -> None:
        self.person_edit.editingFinished.connect(self._on_person_edited)
        self.language_group.idClicked.connect(self._on_language_chosen)
        self.scheme_group.idClicked.connect(self._on_scheme_chosen)
        self.type_group.idClicked.connect(self._on_type_chosen)
        self.folder_button.clicked.connect(self._open_folder)
        self.past_button.clicked.connect(self._go_to_past)
        self.other_button.clicked.connect(self._choose_register)
        self.office.opening_requested.connect(self._open_dialog)
        self.program.opening_requested.connect(self._open_dialog)
        self._context.events.scheme_changed.connect(self.retranslate)
        self._context.events.person_changed.connect(self.person_edit.setText)

    # --- public

    def refresh(self) -> None:
        """Ask who works here, and for which city."""
        self._context.ask(self, _person, self.person_edit.setText)
        self.city_choice.refresh()
        self.office.refresh()

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        for key, label in self._labels.items():
            label.setText(tr(f"settings.{key}"))
        for key, hint in self._hints.items():
            hint.setText(tr(f"settings.{key}_hint"))
        if self._context.preferences.portable:
            self._hints["folder"].setText(tr("settings.folder_portable"))
        for language, button in self.language_buttons.items():
            button.setText(tr(f"settings.language.{language}"))
        for scheme, button in self.scheme_buttons.items():
            button.setText(tr(f"settings.scheme.{scheme}"))
        self.city_choice.retranslate()
        self.office.retranslate()
        self.language_buttons[self._context.i18n.language].setChecked(True)
        self.scheme_buttons[self._context.theme.scheme].setChecked(True)
        self.type_buttons[str(self._context.theme.type_size)].setChecked(True)
        self.person_edit.setAccessibleName(tr("settings.person"))
        for size, button in self.type_buttons.items():
            button.setText(size)
            button.setAccessibleName(f"{tr('settings.type')} {size}")
        self.folder_button.setText(tr("settings.open_folder"))
        self.folder_button.setIcon(self._context.theme.icon("folder"))
        self.past_button.setText(tr("time_machine.button"))
        self.past_button.setToolTip(tr("time_machine.text"))
        self.past_button.setIcon(self._context.theme.icon("history"))
        self.other_button.setText(tr("settings.open_other"))
        self.other_button.setToolTip(tr("settings.open_other_tip"))
        self.other_button.setIcon(self._context.theme.icon("exchange"))
        self.program.retranslate()
        width = max(self.office.names_width(), *(label.sizeHint().width() for label in self._labels.values()))
        self._form.setColumnMinimumWidth(0, width)
        self.office.set_names_width(width)

    # --- slots

    @Slot()
    def _on_person_edited(self) -> None:
        name = " ".join(self.person_edit.text().split())
        show_problem(
            self.person_edit, self.person_problem, "" if name else self._context.i18n.tr("settings.person_missing")
        )
        if not name:
            return
        self._context.ask(self, partial(_act_as, name), self._on_person_changed)

    def _on_person_changed(self, changed: str) -> None:
        if changed:
            self._context.preferences.remember("person/name", changed)
            self._context.events.person_changed.emit(changed)
            self._context.notices.post(self._context.i18n.tr("settings.person_changed", name=changed), "passed")

    @Slot(int)
    def _on_language_chosen(self, number: int) -> None:
        language = LANGUAGES[number]
        self._context.preferences.remember("window/language", language)
        self._context.i18n.set_language(language)

    @Slot(int)
    def _on_scheme_chosen(self, number: int) -> None:
        self._context.preferences.remember("window/scheme", SCHEMES[number])
        self._context.dress(SCHEMES[number], self._context.theme.type_size)

    @Slot(int)
    def _on_type_chosen(self, number: int) -> None:
        size = SMALLEST_TYPE + number
        self._context.preferences.remember("window/type_size", size)
        self._context.dress(self._context.theme.scheme, size)

    @Slot()
    def _open_folder(self) -> None:
        folder = self._context.data_folder
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._context.notices.post(
                self._context.i18n.tr("settings.folder_not_opened", path=str(folder)), "attention"
            )

    @Slot()
    def _go_to_past(self) -> None:
        ask_for_day(self._context, self)

    @Slot()
    def _choose_register(self) -> None:
        choose_register(self._context, self)

    @Slot(str)
    def _open_dialog(self, name: str) -> None:
        open_dialog(name, self._context, self).finished.connect(self.office.refresh)


def _choices(keys: tuple[str, ...], chosen: str) -> tuple[QButtonGroup, dict[str, QPushButton]]:
    """Make a row of buttons of which one is chosen."""
    group = QButtonGroup()
    buttons: dict[str, QPushButton] = {}
    for number, key in enumerate(keys):
        button = QPushButton()
        button.setCheckable(True)
        button.setChecked(key == chosen)
        button.setProperty("role", "chip")
        group.addButton(button, number)
        buttons[key] = button
    return group, buttons


def _row(buttons: dict[str, QPushButton]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons.values():
        row.addWidget(button)
    row.addStretch(1)
    return row


def _person(desk: Desk) -> str:
    return desk.workspace.person.name


def _act_as(name: str, desk: Desk) -> str:
    """Put the name under what follows; give it back if it is another one than before."""
    if desk.workspace.person.name == name:
        return ""
    desk.act_as(name)
    return desk.workspace.person.name

"""The fields of the welcome and their places; it knows what they look like and not what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.welcome.choosing import ROLES, Way
from ui.welcome.way_card import WayCard
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain import plain_label, problem_label
from wufei_cells.domain.text import LANGUAGES

if TYPE_CHECKING:
    from ui.i18n import I18n
    from ui.theme import Theme

ICONS = {Way.NEW: "plus", Way.JOIN: "exchange", Way.OPEN: "folder", Way.DEMO: "trial"}
FIELD_WIDTH = 240
LOGO = 40


class WelcomeForm(QObject):
    """Makes the widgets of the window and lays them out."""

    def __init__(self, i18n: I18n, theme: Theme, window: QDialog) -> None:
        super().__init__(window)
        self._i18n = i18n
        self._theme = theme
        self._window = window
        self._build_fields()
        self._build_ways()
        self._build_foot()
        self._lay_out()
        self._set_working(False)

    # --- build

    def _build_fields(self) -> None:
        self.title_label = plain_label("page")
        self.text_label = plain_label("muted", wrap=True)
        self.missing_label = plain_label("attention", wrap=True)
        self._labels = {name: plain_label() for name in ("city", "person", "role")}
        self.ways_label = plain_label("section")
        self.city_box = QComboBox()
        self.city_box.setFixedWidth(FIELD_WIDTH)
        self.person_edit = QLineEdit()
        self.person_edit.setMaxLength(60)
        self.person_edit.setFixedWidth(FIELD_WIDTH)
        self.person_problem = problem_label()
        self.role_hint = plain_label("caption", wrap=True)
        self._labels["city"].setBuddy(self.city_box)
        self._labels["person"].setBuddy(self.person_edit)
        self.language_group, languages = self._chips(LANGUAGES)
        self.language_buttons = dict(zip(LANGUAGES, languages, strict=True))
        self.role_group, self.role_buttons = self._chips(ROLES)
        self.role_buttons[0].setChecked(True)

    def _chips(self, names: Sequence[str]) -> tuple[QButtonGroup, list[QPushButton]]:
        group, buttons = QButtonGroup(self), [QPushButton() for _ in names]
        for number, button in enumerate(buttons):
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("role", "chip")
            group.addButton(button, number)
        return group, buttons

    def _build_ways(self) -> None:
        self.way_group = QButtonGroup(self)
        self.cards = {way: WayCard(way.value, ICONS[way], self._theme) for way in Way}
        for number, card in enumerate(self.cards.values()):
            self.way_group.addButton(card.button, number)
        self.source_label = ElidedLabel()
        self.folder_button, self.source_button = QPushButton(), QPushButton()
        for button in (self.folder_button, self.source_button):
            button.setAutoDefault(False)

    def _build_foot(self) -> None:
        self.place_label = plain_label("caption", wrap=True)
        self.refusal_label = plain_label("problem", wrap=True)
        self.working_label = plain_label("muted")
        self.progress_bar = QProgressBar()
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setFixedHeight(6)
        self.cancel_button, self.begin_button = QPushButton(), QPushButton()
        self.begin_button.setProperty("role", "accent")
        self.begin_button.setDefault(True)
        self.cancel_button.setAutoDefault(False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._window)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(self.missing_label)
        column.addSpacing(4)
        column.addLayout(self._fields())
        column.addSpacing(4)
        column.addWidget(self.ways_label)
        grid = QGridLayout()
        grid.setSpacing(10)
        for number, card in enumerate(self.cards.values()):
            grid.addWidget(card, *divmod(number, 2))
            grid.setColumnStretch(number % 2, 1)
        column.addLayout(grid)
        source = QHBoxLayout()
        source.setSpacing(8)
        for widget in (self.folder_button, self.source_button):
            source.addWidget(widget)
        source.addWidget(self.source_label, 1)
        column.addLayout(source)
        column.addStretch(1)
        column.addWidget(self.refusal_label)
        column.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        logo = QLabel()
        logo.setPixmap(self._theme.pixmap("application", "accent", LOGO, self._window.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title_label)
        words.addWidget(self.text_label)
        row.addWidget(logo, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for button in self.language_buttons.values():
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row.setSpacing(8)
        return row

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        roles = QHBoxLayout()
        roles.setSpacing(8)
        for button in self.role_buttons:
            roles.addWidget(button)
        roles.addStretch(1)
        for row, (name, field) in enumerate((("city", self.city_box), ("person", self.person_edit))):
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.person_problem, 2, 1)
        grid.addWidget(self._labels["role"], 3, 0)
        grid.addLayout(roles, 3, 1)
        grid.addWidget(self.role_hint, 4, 1)
        return grid

    def _foot(self) -> QHBoxLayout:
        told = QWidget()
        words = QVBoxLayout(told)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(6)
        for widget in (self.place_label, self.working_label, self.progress_bar):
            words.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(told, 1)
        row.addSpacing(16)
        row.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.begin_button, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    # --- public

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._i18n.tr, self._theme
        self.title_label.setText(tr("welcome.title"))
        self.text_label.setText(tr("welcome.text"))
        for name, label in self._labels.items():
            label.setText(tr(f"welcome.{name}"))
        self.city_box.setAccessibleName(tr("welcome.city"))
        self.person_edit.setAccessibleName(tr("welcome.person"))
        self.person_edit.setPlaceholderText(tr("welcome.person_hint"))
        for role, button in zip(ROLES, self.role_buttons, strict=True):
            button.setText(tr(f"welcome.role.{role.value}"))
        self.role_hint.setText(tr("welcome.role_hint"))
        for language, button in self.language_buttons.items():
            button.setText(tr(f"settings.language.{language}"))
            button.setChecked(language == self._i18n.language)
        self.ways_label.setText(tr("welcome.ways"))
        for way, card in self.cards.items():
            card.set_words(tr(f"welcome.way.{way.value}"), tr(f"welcome.way.{way.value}_text"))
        self.folder_button.setText(tr("welcome.choose_folder"))
        self.folder_button.setIcon(theme.icon("folder"))
        self.source_button.setIcon(theme.icon("open"))
        self.cancel_button.setText(tr("ui.cancel"))

    def show_cities(self, cities: Sequence[tuple[str, str]]) -> None:
        """List the cities, and keep the one that is chosen."""
        chosen = self.city_box.currentData()
        self.city_box.clear()
        for key, name in cities:
            self.city_box.addItem(name, key)
        self.city_box.setCurrentIndex(max(0, self.city_box.findData(chosen)))

    def show_way(self, way: Way, source: str, place: str) -> None:
        """Show what a way needs, what was chosen for it, and where its data will lie."""
        tr = self._i18n.tr
        self.folder_button.setVisible(way is Way.OPEN)
        self.source_button.setVisible(way in (Way.OPEN, Way.JOIN))
        self.source_label.setVisible(way in (Way.OPEN, Way.JOIN))
        self.source_button.setText(tr("welcome.choose_package" if way is Way.JOIN else "welcome.choose_backup"))
        self.source_label.setText(source or tr(f"welcome.nothing_chosen.{'join' if way is Way.JOIN else 'open'}"))
        self.city_box.setEnabled(way in (Way.NEW, Way.JOIN))
        self.begin_button.setText(tr(f"welcome.begin.{way.value}"))
        self.place_label.setText(place)

    def show_refusal(self, sentence: str) -> None:
        """Say why it could not be begun; nothing to say takes it back."""
        self.refusal_label.setText(sentence)
        self.refusal_label.setVisible(bool(sentence))
        self.refusal_label.setAccessibleName(sentence)

    def show_working(self, sentence: str, *, cancellable: bool) -> None:
        """Show that it is being begun."""
        self._set_working(True)
        self.working_label.setText(sentence)
        self.progress_bar.setRange(0, 0)
        self.progress_bar.setAccessibleName(sentence)
        self.cancel_button.setEnabled(cancellable)

    def show_idle(self) -> None:
        """Show that everything can be chosen."""
        self._set_working(False)
        self.cancel_button.setEnabled(True)

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.progress_bar.setRange(0, total)
        self.progress_bar.setValue(done)

    def _set_working(self, working: bool) -> None:
        choosing = (self.city_box, self.person_edit, self.folder_button, self.source_button, self.begin_button)
        buttons = (*self.role_buttons, *self.language_buttons.values(), *(card.button for card in self.cards.values()))
        for widget in (*choosing, *buttons):
            widget.setEnabled(not working)
        for card in self.cards.values():
            card.setEnabled(not working)
        self.place_label.setVisible(not working)
        self.working_label.setVisible(working)
        self.progress_bar.setVisible(working)

"""The city the register works with, and the way to another one that comes with the program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress
    from wufei_cells.domain.profiles import Profile
    from wufei_cells.services.cities import CityRow

BOX_WIDTH = 240  # pixels


class CityChoice(QWidget):
    """Shows the city, and lets a person change it while no site of another city is in the register."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._profile: Profile | None = None
        self._rows: tuple[CityRow, ...] = ()
        self.city_box = QComboBox()
        self.city_box.setFixedWidth(BOX_WIDTH)
        self.use_button = QPushButton()
        self.use_button.setEnabled(False)
        self._hint = plain_label("caption", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.city_box)
        row.addWidget(self.use_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._hint)
        self.city_box.currentIndexChanged.connect(self._on_chosen)
        self.use_button.clicked.connect(self._use)
        self.retranslate()

    # --- public

    def refresh(self) -> None:
        """Ask which cities there are."""
        self._context.ask(self, _load, self._on_loaded)

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        i18n = self._context.i18n
        self.city_box.setAccessibleName(i18n.tr("settings.city"))
        self.use_button.setText(i18n.tr("settings.city_use"))
        chosen = self.city_box.currentData()
        self.city_box.blockSignals(True)
        self.city_box.clear()
        for row in self._rows:
            self.city_box.addItem(i18n.text(row.city), row.key)
        current = next((row.key for row in self._rows if row.in_use), None)
        self.city_box.setCurrentIndex(self.city_box.findData(chosen or current))
        self.city_box.blockSignals(False)
        self._hint.setText(self._said())
        self._on_chosen()

    # --- slots and the rest

    @Slot()
    def _on_chosen(self) -> None:
        chosen = self.city_box.currentData()
        self.use_button.setEnabled(any(row.key == chosen and not row.in_use for row in self._rows))

    @Slot()
    def _use(self) -> None:
        self.use_button.setEnabled(False)
        job = partial(_use, str(self.city_box.currentData()))
        label = self._context.i18n.tr("settings.city_changing")
        self._context.work(self, job, self._on_used, self._on_refused, label=label)

    def _on_used(self, profile: Profile) -> None:
        i18n = self._context.i18n
        self._context.notices.post(i18n.tr("settings.city_changed", city=i18n.text(profile.city)), "passed")
        self._context.events.city_changed.emit()

    def _on_refused(self, error: Exception) -> None:
        self._on_chosen()
        self._context.tasks.failed.emit(error)

    def _on_loaded(self, loaded: tuple[Profile, tuple[CityRow, ...]]) -> None:
        self._profile, self._rows = loaded
        self.retranslate()

    def _said(self) -> str:
        if self._profile is None:
            return ""
        i18n = self._context.i18n
        return i18n.tr("settings.city_hint", city=i18n.text(self._profile.city), version=self._profile.version)


def _load(desk: Desk) -> tuple[Profile, tuple[CityRow, ...]]:
    return desk.browsing.profile(desk.workspace), desk.cities.list_cities(desk.workspace)


def _use(city: str, desk: Desk, _progress: TaskProgress) -> Profile:
    return desk.cities.use_city(desk.workspace, city)

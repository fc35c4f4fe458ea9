"""The form of a site: for a new one and for changing one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.plain import problem_label, scrolling, show_problem
from wufei_cells.errors import ProblemsFound, WufeiError

if TYPE_CHECKING:
    from ui.context import AppContext, Desk, Places
    from wufei_cells.domain.register import SiteRow
    from wufei_cells.errors import Problem

TEXTS = ("name", "address", "credit_code", "contact", "phone", "note")
FIELDS = ("name", "category", "district", "address", "credit_code", "contact", "phone", "note")
REQUIRED = ("name", "category", "district")
LOWEST = 460
"""Height below which the form would show too little of itself, whatever a window manager makes of it."""


class SiteDialog(QDialog):
    """Enters a site or changes one. Everything wrong is said at once, each beside its field.

    Signals:
        site_saved: the site is in the register now (SiteRow).
    """

    site_saved = Signal(object)

    def __init__(
        self, context: AppContext, places: Places, row: SiteRow | None = None, parent: QWidget | None = None
    ) -> None:
        """Build the form; with a row it changes that site."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._places = places
        self._row = row
        self._build_widgets()
        self._build_layout()
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self._fill(row)
        self.setWindowTitle(context.i18n.tr("sites.edit_title" if row else "sites.add_title"))
        self.fields["name"].setFocus()

    # --- build

    def _build_widgets(self) -> None:
        tr = self._context.i18n.tr
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self.problem_labels: dict[str, QLabel] = {}
        self._labels: dict[str, QLabel] = {}
        for name in FIELDS:
            field: QLineEdit | QComboBox = QLineEdit() if name in TEXTS else QComboBox()
            word = tr(f"sites.field.{name}")
            label = QLabel(tr("ui.required", field=word) if name in REQUIRED else word)
            label.setBuddy(field)
            field.setAccessibleName(word)
            problem = problem_label()
            self.fields[name], self._labels[name], self.problem_labels[name] = field, label, problem
        self.banner = problem_label()
        self.buttons = QDialogButtonBox()
        self.save_button = QPushButton(tr("sites.save_edit" if self._row else "sites.save_new"))
        self.save_button.setProperty("role", "accent")
        self.buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button.setDefault(True)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)

    def _build_layout(self) -> None:
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(24, 16, 24, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        row = 0
        for pair in (
            ("name",),
            ("category", "district"),
            ("address",),
            ("credit_code",),
            ("contact", "phone"),
            ("note",),
        ):
            for column, name in enumerate(pair):
                span = 3 - len(pair)
                grid.addWidget(self._labels[name], row, column, 1, span)
                grid.addWidget(self.fields[name], row + 1, column, 1, span)
                grid.addWidget(self.problem_labels[name], row + 2, column, 1, span, Qt.AlignmentFlag.AlignTop)
            grid.setRowMinimumHeight(row + 3, 6)
            row += 4
        grid.addWidget(self.banner, row, 0, 1, 2)
        grid.setRowStretch(row + 1, 1)
        scroll = scrolling(form)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 16)
        column_layout.addWidget(scroll, 1)
        feet = QVBoxLayout()
        feet.setContentsMargins(24, 0, 24, 0)
        feet.addWidget(self.buttons)
        column_layout.addLayout(feet)
        self._grid = grid
        self.resize(600, 10)

    # --- public and Qt events

    def setVisible(self, visible: bool) -> None:
        """Be as high as the form needs before it is seen, with the style that every measure depends on.

        A window manager that has placed a dialog may keep it as it was then.
        """
        if visible:
            for widget in (self, *self.findChildren(QWidget)):
                widget.ensurePolished()
            self._fit_height()
        super().setVisible(visible)

    def values(self) -> dict[str, str]:
        """Give what is in the form."""
        return {
            name: field.text() if isinstance(field, QLineEdit) else str(field.currentData() or "")
            for name, field in self.fields.items()
        }

    def choose(self, category: str, district: str) -> None:
        """Propose a category and a district for a new site; empty ones leave the field open."""
        for name, key in (("category", category), ("district", district)):
            box = self.fields[name]
            if isinstance(box, QComboBox) and key:
                box.setCurrentIndex(box.findData(key))

    # --- slots and the rest

    def _fill(self, row: SiteRow | None) -> None:
        text = self._context.i18n.text
        for name, entries in (("category", self._places.categories), ("district", self._places.districts)):
            box = self.fields[name]
            assert isinstance(box, QComboBox)
            box.setPlaceholderText(self._context.i18n.tr("ui.choose"))
            for key, word in entries.items():
                box.addItem(text(word), key)
            box.setCurrentIndex(-1 if row is None else box.findData(getattr(row, name)))
        if row is not None:
            for name in TEXTS:
                field = self.fields[name]
                assert isinstance(field, QLineEdit)
                field.setText(getattr(row, name))

    @Slot()
    def _save(self) -> None:
        self.save_button.setEnabled(False)
        save: Callable[[Desk], SiteRow]
        if self._row is None:
            save = partial(_add, self.values())
        else:
            changed = {name: value for name, value in self.values().items() if value != getattr(self._row, name)}
            save = partial(_edit, self._row.id, changed)
        self._context.ask(self, save, self._on_saved, self._on_refused)

    def _on_saved(self, row: SiteRow) -> None:
        self.site_saved.emit(row)
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        i18n = self._context.i18n
        said: dict[str, list[str]] = {}
        if isinstance(error, ProblemsFound):
            for problem in error.problems:
                place = problem.place if problem.place in self.fields else ""
                said.setdefault(place, []).append(self._sentence(place, problem))
        elif isinstance(error, WufeiError):
            said[""] = [i18n.error(error)]
        else:
            self._context.tasks.failed.emit(error)
        for name in self.fields:
            show_problem(self.fields[name], self.problem_labels[name], "\n".join(said.get(name, ())))
        self.banner.setText("\n".join(said.get("", ())))
        self.banner.setVisible("" in said)
        self._fit_height()
        first = next((name for name in FIELDS if name in said), None)
        if first:
            self.fields[first].setFocus()

    def _sentence(self, place: str, problem: Problem) -> str:
        """Say what is wrong; an open choice is not an unknown key for whoever looks at a list to choose from."""
        i18n = self._context.i18n
        if place in ("category", "district") and not self.values()[place]:
            return i18n.tr(f"sites.choose_{place}")
        return i18n.problem(problem) if place else i18n.wording.problem(problem)

    def _fit_height(self) -> None:
        """Be as high as the form needs, within the screen."""
        self._grid.activate()
        width = self.width() - 24
        # Where no label is wrapped, there is no height for a width: the answer is -1.
        form = max(self._grid.totalHeightForWidth(width), self._grid.totalSizeHint().height())
        wanted = form + self.buttons.sizeHint().height() + 48
        most = self.screen().availableGeometry().height() * 9 // 10
        self.setMinimumHeight(min(wanted, most, LOWEST))
        self.resize(self.width(), max(self.height(), min(wanted, most)))


def _add(values: Mapping[str, str], desk: Desk) -> SiteRow:
    draft = desk.registering.SiteDraft(**{name: values[name] for name in FIELDS}, facts={})
    return desk.registering.add_site(desk.workspace, draft)


def _edit(site: str, changed: Mapping[str, str], desk: Desk) -> SiteRow:
    return desk.registering.edit_site(desk.workspace, site, facts=None, **changed)

"""The ledgers of the office as workbooks: which one, of what, and where to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.context import load_places
from ui.widgets.answer_editor import tight
from ui.widgets.desk_style import desk_style
from ui.widgets.fitting import fit_to_words
from ui.widgets.plain import plain_label
from wufei_cells.domain.ledgers import LedgerKind, Scope

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from ui.context import AppContext, Desk, Places
    from ui.dialogs.paper_writing import PaperWriting
    from ui.tasks import TaskProgress

WIDTH = 560
BESIDE_RADIO = 20  # pixels before what is said of a kind, so that it stands below its name


class LedgersDialog(QDialog):
    """Offers every ledger; what is written goes on in the background when the dialog is gone."""

    def __init__(
        self,
        context: AppContext,
        writing: PaperWriting,
        kind: LedgerKind = LedgerKind.SUMMARY,
        *,
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog with a kind chosen."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._context, self._writing = context, writing
        self._keys: tuple[str, ...] = ()
        self._wanted = ("", "")
        self.setWindowTitle(context.i18n.tr("ledgers.title"))
        self._build_widgets(kind)
        self._build_layout()
        self._connect_signals()
        self._show_kind()
        context.ask(self, load_places, self._on_places)

    # --- build

    def _build_widgets(self, kind: LedgerKind) -> None:
        tr = self._context.i18n.tr
        self.kind_buttons = {each: QRadioButton(tr(f"ledgers.kind_{each.value}")) for each in LedgerKind}
        self._kinds = QButtonGroup(self)
        for each, button in self.kind_buttons.items():
            button.setAccessibleDescription(tr(f"ledgers.about_{each.value}"))
            self._kinds.addButton(button)
        self.kind_buttons[kind].setChecked(True)
        self.listed_box = QCheckBox()
        self.listed_box.hide()
        self.category_box, self.district_box = QComboBox(), QComboBox()
        self.category_box.addItem(tr("sites.all_categories"), "")
        self.district_box.addItem(tr("sites.all_districts"), "")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = QPushButton(tr("ledgers.save"))
        self.save_button.setProperty("role", "accent")
        self.save_button.setIcon(self._context.theme.icon("save", "on_accent"))
        self.save_button.setDefault(True)
        self.buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)

    def _build_layout(self) -> None:
        tr = self._context.i18n.tr
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        for kind, button in self.kind_buttons.items():
            entry = tight(QVBoxLayout(), 1)
            about = plain_label("muted", wrap=True)
            about.setText(tr(f"ledgers.about_{kind.value}"))
            about.setIndent(BESIDE_RADIO)
            entry.addWidget(button)
            entry.addWidget(about)
            column.addLayout(entry)
        self._places = places = QFormLayout()
        places.setHorizontalSpacing(12)
        places.setVerticalSpacing(8)
        for key, box in (("sites.column.category", self.category_box), ("sites.column.district", self.district_box)):
            label = plain_label()
            label.setText(tr(key))
            label.setBuddy(box)
            box.setAccessibleName(label.text())
            places.addRow(label, box)
        column.addSpacing(4)
        column.addWidget(self.listed_box)
        column.addLayout(places)
        column.addSpacing(4)
        column.addWidget(self.buttons)
        self.setMinimumWidth(WIDTH)
        self.setStyleSheet(desk_style(self._context.theme))

    def _connect_signals(self) -> None:
        self._kinds.buttonToggled.connect(self._show_kind)
        self.listed_box.toggled.connect(self._show_kind)
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self._writing.began.connect(self.accept)

    # --- public and Qt events

    @property
    def kind(self) -> LedgerKind:
        """The ledger that is chosen."""
        return next(kind for kind, button in self.kind_buttons.items() if button.isChecked())

    @property
    def scope(self) -> Scope:
        """What of the register is to be in it."""
        if self._only_listed:
            return Scope(keys=self._keys)
        return Scope(str(self.category_box.currentData() or ""), str(self.district_box.currentData() or ""))

    def choose_places(self, category: str, district: str) -> None:
        """Propose a category and a district; empty ones mean all."""
        self._wanted = (category, district)
        for box, key in ((self.category_box, category), (self.district_box, district)):
            box.setCurrentIndex(max(0, box.findData(key)))

    def offer_list(self, keys: tuple[str, ...], title: str) -> None:
        """Propose to write just those certificates and sites that a list shows."""
        self._keys = keys
        self.listed_box.setText(self._context.i18n.tr("ledgers.only_listed", title=title, count=len(keys)))
        self.listed_box.setChecked(True)
        self._show_kind()

    def showEvent(self, event: QShowEvent) -> None:
        """Be high enough for the words once their style is known."""
        super().showEvent(event)
        fit_to_words(self, WIDTH)

    # --- slots and the rest

    @property
    def _offers_list(self) -> bool:
        return bool(self.listed_box.text()) and self.kind is LedgerKind.CERTIFICATES

    @property
    def _only_listed(self) -> bool:
        return self._offers_list and self.listed_box.isChecked()

    def _show_kind(self) -> None:
        """Offer what goes with the chosen ledger."""
        self.listed_box.setVisible(self._offers_list)
        for box in (self.category_box, self.district_box):
            self._places.setRowVisible(box, not self._only_listed)
        if self.isVisible():
            fit_to_words(self, WIDTH)

    def _on_places(self, places: Places) -> None:
        text = self._context.i18n.text
        for box, entries in ((self.category_box, places.categories), (self.district_box, places.districts)):
            for key, name in entries.items():
                box.addItem(text(name), key)
        self.choose_places(*self._wanted)

    def _save(self) -> None:
        kind, scope = self.kind, self.scope
        parts = [self._context.i18n.tr(f"ledgers.kind_{kind.value}")]
        if not self._only_listed:
            parts += [box.currentText() for box in (self.category_box, self.district_box) if box.currentData()]
        self._writing.save(" ".join(parts), ".xlsx", partial(_ledger, kind, scope, self._context), self)


def _ledger(kind: LedgerKind, scope: Scope, context: AppContext, desk: Desk, progress: TaskProgress) -> bytes:
    """Write it, in the worker thread."""
    return desk.ledgers.ledger(desk.workspace, kind, context.i18n.wording, scope, report=progress.report)

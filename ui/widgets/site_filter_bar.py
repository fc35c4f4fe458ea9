"""The filters above the list of sites: words, category, district, stages, and a list that somebody came with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import NORMAL_TYPE, STAGE_LOOKS
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import caption, literal
from wufei_cells.domain.lifecycle import Stage

if TYPE_CHECKING:
    from ui.context import AppContext, Places
    from wufei_cells.domain.text import Text

NAMED_WIDTH = 420
"""Pixels at most for the name of a list somebody came with, at the usual size of type."""
SAID = 2
"""How many stages are named on the button before they are only counted."""


class SiteFilterBar(QWidget):
    """Lets a person say which sites to list.

    Signals:
        filter_edited: some filter changed; ask ``text``, ``category``, ``district``, ``stages``, ``holding`` and
            ``named``.
    """

    filter_edited = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._places: Places | None = None
        self._named: tuple[Text, int] | None = None
        self._silent = False
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        self.search_edit = QLineEdit()
        self.search_edit.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self.search_edit.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.category_box = QComboBox()
        self.district_box = QComboBox()
        self.stage_button = QPushButton()
        self.stage_menu = QMenu(self.stage_button)
        self.stage_button.setMenu(self.stage_menu)
        self.stage_actions = {stage: self.stage_menu.addAction("") for stage in Stage}
        for action in self.stage_actions.values():
            action.setCheckable(True)
        self.holding_chip = QPushButton()
        self.named_chip = QPushButton()
        self.named_chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # what takes it away stands behind its name
        for chip in (self.stage_button, self.holding_chip, self.named_chip):
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
        self.named_chip.hide()
        for box in (self.category_box, self.district_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(160)

    def _build_layout(self) -> None:
        chips = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        chips.setSizePolicy(policy)
        flow = FlowLayout(chips)
        for part in (self.named_chip, self.category_box, self.district_box, self.stage_button, self.holding_chip):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search_edit)
        column.addWidget(chips)

    def _connect_signals(self) -> None:
        self.search_edit.textChanged.connect(self._on_edited)
        self.category_box.currentIndexChanged.connect(self._on_edited)
        self.district_box.currentIndexChanged.connect(self._on_edited)
        for action in self.stage_actions.values():
            action.toggled.connect(self._on_edited)
        self.holding_chip.toggled.connect(self._on_edited)
        self.named_chip.clicked.connect(self._on_named_clicked)

    # --- public

    @property
    def text(self) -> str:
        """The words to look for."""
        return self.search_edit.text()

    @property
    def category(self) -> str:
        """The chosen category's key, or nothing."""
        return str(self.category_box.currentData() or "")

    @property
    def district(self) -> str:
        """The chosen district's key, or nothing."""
        return str(self.district_box.currentData() or "")

    @property
    def stages(self) -> frozenset[Stage]:
        """The chosen stages; none means all."""
        return frozenset(stage for stage, action in self.stage_actions.items() if action.isChecked())

    @property
    def holding(self) -> bool:
        """Whether only sites with a valid certificate are wanted."""
        return self.holding_chip.isChecked()

    @property
    def named(self) -> bool:
        """Whether only those of the list are wanted that somebody came with."""
        return self._named is not None

    def set_places(self, places: Places) -> None:
        """Offer the city's categories and districts."""
        if places != self._places:
            self._places = places
            self._fill_boxes()

    def show_filter(self, text: str, category: str, district: str, stages: frozenset[Stage], *, holding: bool) -> None:
        """Set all filters at once, without a signal."""
        self._silent = True
        self.search_edit.setText(text)
        for box, key in ((self.category_box, category), (self.district_box, district)):
            box.setCurrentIndex(max(0, box.findData(key)))
        for stage, action in self.stage_actions.items():
            action.setChecked(stage in stages)
        self.holding_chip.setChecked(holding)
        self._silent = False
        self._show_stages()

    def show_named(self, name: Text | None, count: int = 0) -> None:
        """Show the list that somebody came with, and how many are on it; ``None``: there is none."""
        self._named = None if name is None else (name, count)
        self._show_named()

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        self.search_edit.setPlaceholderText(tr("sites.search"))
        self.search_edit.setAccessibleName(tr("sites.search"))
        self._glass.setIcon(theme.icon("search", "muted"))
        self.category_box.setAccessibleName(tr("sites.column.category"))
        self.district_box.setAccessibleName(tr("sites.column.district"))
        for stage, action in self.stage_actions.items():
            icon, tone = STAGE_LOOKS[stage]
            action.setText(tr(f"ui.stage.{stage.value}"))
            action.setIcon(theme.icon(icon, tone))
        self._show_stages()
        self.holding_chip.setText(tr("sites.holding"))
        self.holding_chip.setIcon(theme.icon("check", "passed"))
        self.named_chip.setIcon(theme.icon("close", "muted"))
        self._show_named()
        self._fill_boxes()

    # --- slots and the rest

    @Slot()
    def _on_edited(self) -> None:
        if not self._silent:
            self._show_stages()
            self.filter_edited.emit()

    @Slot()
    def _on_named_clicked(self) -> None:
        """Take the list away that somebody came with."""
        self._named = None
        self._show_named()
        self.filter_edited.emit()

    def _show_named(self) -> None:
        self.named_chip.setVisible(self._named is not None)
        self.named_chip.setChecked(self._named is not None)
        if self._named is None:
            return
        i18n, (name, count) = self._context.i18n, self._named
        said = i18n.tr("sites.named", name=i18n.text(name), count=count)
        room = round(NAMED_WIDTH * self._context.theme.type_size / NORMAL_TYPE)
        self.named_chip.setText(caption(self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideMiddle, room)))
        self.named_chip.setToolTip(literal(i18n.tr("sites.named_tip", name=said)))
        self.named_chip.setAccessibleName(i18n.tr("sites.named_tip", name=said))

    def _show_stages(self) -> None:
        """Say on the button which stages are wanted; it looks pressed as long as some are."""
        words = [action.text() for action in self.stage_actions.values() if action.isChecked()]
        tr = self._context.i18n.tr
        said = (
            tr("desk.list_separator").join(words[:SAID]) if len(words) <= SAID else tr("sites.stages", count=len(words))
        )
        self.stage_button.setText(said or tr("sites.all_stages"))
        self.stage_button.setAccessibleName(f"{tr('sites.column.stage')} {self.stage_button.text()}")
        self.stage_button.setChecked(bool(words))

    def _fill_boxes(self) -> None:
        tr, text = self._context.i18n.tr, self._context.i18n.text
        category, district = self.category, self.district
        self._silent = True
        for box, all_key, entries, chosen in (
            (self.category_box, "sites.all_categories", self._places.categories if self._places else {}, category),
            (self.district_box, "sites.all_districts", self._places.districts if self._places else {}, district),
        ):
            box.clear()
            box.addItem(tr(all_key), "")
            for key, name in entries.items():
                box.addItem(text(name), key)
            box.setCurrentIndex(max(0, box.findData(chosen)))
        self._silent = False

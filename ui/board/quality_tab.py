"""Which items cost points, how far proof and corrective actions are, and who scores strictly."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.board.board_tab import BoardTab, Told
from ui.models.board_loading import Asked
from ui.models.quality_loading import Quality, load_calibration, load_quality
from ui.models.sites_model import SiteFilter
from ui.widgets.line_table import Line, LineTable
from ui.widgets.plain import plain_label
from wufei_cells.domain.register import EditionRow
from wufei_cells.services import quality_pictures

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.models.board_loading import Standing
    from wufei_cells.services.calibration_report import Calibration
    from wufei_cells.services.work_status import WorkStatus

COLUMNS = ("part", "needed", "proven", "missing", "open", "overdue", "done", "closed")


class QualityTab(BoardTab):
    """Shows what the assessments tell about checklists and work."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._told: Told | None = None
        self._found: Quality | None = None
        self._calibration: Calibration | None = None
        self.items, self.people = self.chart_card(), self.chart_card()
        self.category_label, self.category_box = QLabel(), QComboBox()
        self.category_label.setBuddy(self.category_box)
        self.items_label, self.past_label = plain_label("muted", wrap=True), plain_label("muted", wrap=True)
        self.past_label.hide()
        self.table = LineTable(context, right=range(1, len(COLUMNS)), giving_way=(7, 6, 2))
        self.table_label, self.table_empty = plain_label("section"), plain_label("muted", wrap=True)
        self.people_label, self.people_note = plain_label("section"), plain_label("muted", wrap=True)
        self.compare_button, self.names_button = QPushButton(), QPushButton()
        self._build_layout()
        self.category_box.currentIndexChanged.connect(self._on_category)
        self.compare_button.clicked.connect(self._on_compare)
        self.names_button.clicked.connect(self._on_names)
        self.table.chosen.connect(self._on_part)
        self.retranslate()

    def _build_layout(self) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(8)
        choice.addWidget(self.category_label)
        choice.addWidget(self.category_box)
        choice.addStretch(1)
        self.column.addWidget(self.past_label)
        self.column.addLayout(choice)
        self.column.addWidget(self.items_label)
        self.column.addWidget(self.items)
        self.column.addWidget(_card(self.table_label, self.table_empty, self.table))
        buttons = QHBoxLayout()
        buttons.addWidget(self.compare_button)
        buttons.addWidget(self.names_button)
        buttons.addStretch(1)
        card = _card(self.people_label, self.people_note)
        inside = card.layout()
        assert isinstance(inside, QVBoxLayout)
        inside.addLayout(buttons)
        self.column.addWidget(self.people)
        self.column.addWidget(card)
        self.column.addStretch(1)

    # --- public

    def show_told(self, told: Told) -> None:
        """Take over what is restricted to; the figures come with ``ask_more``."""
        if self._told and self._told.standing is told.standing and self._told.words == told.words:
            return
        self._told = told
        self.past_label.setVisible(told.standing.board.on < told.standing.today)
        self._fill(told)
        self.retranslate()

    def ask_more(self, told: Told) -> None:
        """Ask for the items of the category, and for proof and actions of all."""
        question = partial(load_quality, told.standing.asked, self.category)
        self.context.ask(self, question, partial(self._on_quality, told.standing, self.category))

    @property
    def category(self) -> str:
        """The category whose items are shown, by its key."""
        return str(self.category_box.currentData() or "")

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self.context.i18n.tr
        self.past_label.setText(tr("overview.quality.past"))
        self.category_label.setText(tr("overview.quality.category"))
        self.category_box.setAccessibleName(tr("overview.quality.category"))
        self.table_label.setText(tr("overview.quality.table"))
        self.table_empty.setText(tr("overview.quality.nothing"))
        self.table.setAccessibleName(tr("overview.quality.table"))
        self.compare_button.setText(tr("overview.quality.compare"))
        self.names_button.setText(tr("overview.quality.names"))
        self.names_button.setToolTip(tr("overview.quality.names_tip"))
        self._show_items()
        self._show_parts()
        self._show_people()

    # --- parts

    def _fill(self, told: Told) -> None:
        """Offer the categories; where the board is restricted to one, it is that."""
        chosen = told.standing.asked.category or self.category
        self.category_box.blockSignals(True)
        self.category_box.clear()
        for key in told.standing.board.categories:
            self.category_box.addItem(told.words.category(key), key)
        self.category_box.setCurrentIndex(max(0, self.category_box.findData(chosen)))
        self.category_box.setEnabled(self.category_box.count() > 1)
        self.category_box.blockSignals(False)

    def _show_items(self) -> None:
        costs = self._found.costs if self._found else ()
        shown = next((one for one in costs if one.items), None)
        self.items.setVisible(shown is not None)
        self.items_label.setVisible(self._found is not None and shown is None)
        self.items_label.setText(self.context.i18n.tr("overview.quality.no_items"))
        if shown and self._told:
            place = (self.category, self._told.standing.asked.district or None)
            self.items.show_chart(quality_pictures.costly_items(shown, place, self._told.words))
            self.items.say(self._named("overview.quality.items_note", shown.edition, shown.sites))

    def _named(self, key: str, edition: EditionRow, sites: int) -> str:
        return self.context.i18n.tr(key, edition=edition.edition, sites=sites)

    def _show_parts(self) -> None:
        parts = self._found.parts if self._found else ()
        self.table.setVisible(bool(parts))
        self.table_empty.setVisible(self._found is not None and not parts)
        if parts and self._told:
            heads = [self.context.i18n.tr(f"overview.quality.{name}") for name in COLUMNS]
            self.table.show_lines(heads, [_line(part, self._told) for part in parts])

    def _show_people(self) -> None:
        found, told, tr = self._calibration, self._told, self.context.i18n.tr
        strict = found.strictness if found else ()
        self.people.setVisible(bool(strict))
        if strict and told:
            self.people.show_chart(quality_pictures.strictness_ranges(strict, told.words))
            self.people.say(tr("across.calibration_caution"))
        self.names_button.setVisible(bool(strict) and found is not None and not found.named)
        self.compare_button.setVisible(found is None)
        self.people_label.setText(tr("overview.quality.agreement" if found else "overview.quality.people"))
        self.people_note.setText(self._agreement(found) if found else tr("overview.quality.private"))

    def _agreement(self, found: Calibration) -> str:
        from wufei_cells.services.agreement_wording import agreement  # noqa: PLC0415 - the worker has loaded it

        few = () if found.strictness else (self.context.i18n.tr("overview.quality.few"),)
        return "\n".join((*few, *agreement(found, self.context.i18n.wording)))

    # --- slots

    def _on_quality(self, standing: Standing, category: str, found: Quality) -> None:
        if self._told and self._told.standing is standing and category == self.category:
            self._found = found
            self._show_items()
            self._show_parts()

    @Slot()
    def _on_category(self) -> None:
        self._calibration = None
        self._show_people()
        if self._told:
            self.ask_more(self._told)

    @Slot()
    def _on_compare(self, *, named: bool = False) -> None:
        job = partial(load_calibration, self.category, self.context.i18n.wording, named)
        label = self.context.i18n.tr("overview.quality.comparing")
        self.context.work(self, job, self._on_calibration, label=label, cancellable=True)

    @Slot()
    def _on_names(self) -> None:
        self._on_compare(named=True)

    def _on_calibration(self, found: Calibration) -> None:
        if found.category == self.category:
            self._calibration = found
            self._show_people()

    @Slot(str)
    def _on_part(self, key: str) -> None:
        category, _, district = key.partition(" ")
        asked = self._told.standing.asked if self._told else Asked()
        self.list_requested.emit(SiteFilter(category=category or asked.category, district=district or asked.district))


def _line(part: WorkStatus, told: Told) -> Line:
    words = told.words
    name = words.category(part.category) if part.category else words.district(part.district)
    counts = (part.needed, part.proven, part.missing, part.open, part.overdue, part.done, part.closed)
    tones = {3: "attention"} if part.missing else {}
    tones |= {5: "failed"} if part.overdue else {}
    return Line(f"{part.category} {part.district}", (name, *(str(count) for count in counts)), tones)


def _card(*widgets: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(16, 12, 16, 12)
    inside.setSpacing(8)
    for widget in widgets:
        inside.addWidget(widget)
    inside.setAlignment(Qt.AlignmentFlag.AlignTop)
    return card

"""Which texts lack a language: a list to work through, each leading to its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ui.studio.place_words import PlaceWords
from ui.widgets.answer_editor import tight
from ui.widgets.plain import literal, plain_label
from wufei_cells.checklists.drafting import with_value
from wufei_cells.checklists.translations import MissingText, missing_texts

if TYPE_CHECKING:
    from ui.studio.fields import Bench
    from wufei_cells.checklists.yaml_source import Data

PATH = Qt.ItemDataRole.UserRole
LANGUAGE = Qt.ItemDataRole.UserRole + 1
CHIPS = ("all", "zh", "en")


class TranslationsPane(QWidget):
    """Lists the missing texts; in the last column the translation can be typed at once."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._words = PlaceWords(bench.i18n)
        self._missing: tuple[MissingText, ...] = ()
        self._filter = "all"
        self.summary_label = plain_label("muted", wrap=True)
        self.chips = {name: QPushButton(self) for name in CHIPS}
        above = tight(QHBoxLayout())
        for chip in self.chips.values():
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
            chip.clicked.connect(self._on_chip_clicked)
            above.addWidget(chip)
        above.addStretch(1)
        self.table = QTreeWidget(self)
        self.table.setColumnCount(3)
        self.table.setRootIsDecorated(False)
        self.table.setHeaderLabels([bench.tr(f"studio.translations.{name}") for name in ("place", "other", "missing")])
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.setAccessibleName(bench.tr("studio.translations"))
        triggers = QTreeWidget.EditTrigger
        self.table.setEditTriggers(triggers.NoEditTriggers)
        self.table.itemActivated.connect(self._on_activated)
        self.table.itemDoubleClicked.connect(self._on_activated)
        self.table.itemChanged.connect(self._on_typed)
        column = tight(QVBoxLayout(self))
        column.addWidget(self.summary_label)
        column.addLayout(above)
        column.addWidget(self.table, 1)

    # --- public

    def missing(self) -> tuple[MissingText, ...]:
        """Give what is missing, whatever the filter shows."""
        return self._missing

    def refresh(self) -> None:
        """List what is missing now."""
        self._missing = missing_texts(self._bench.session.data)
        tr = self._bench.tr
        for name, chip in self.chips.items():
            count = len(self._chosen(name))
            chip.setText(tr(f"studio.translations.chip_{name}", count=count))
            chip.setChecked(name == self._filter)
        self.summary_label.setText(
            tr("studio.translations.hint", count=len(self._missing))
            if self._missing
            else tr("studio.translations.none")
        )
        self._fill()

    def show_filter(self, name: str) -> None:
        """Show what is missing in one language, or in any."""
        self._filter = name
        self.refresh()

    # --- the rest

    def _chosen(self, name: str) -> list[MissingText]:
        return [each for each in self._missing if name in ("all", each.language)]

    def _fill(self) -> None:
        data = self._bench.session.data
        blocked = self.table.blockSignals(True)
        self.table.clear()
        for each in self._chosen(self._filter):
            language = self._bench.tr(f"studio.language.{each.language}")
            item = QTreeWidgetItem(self.table, [self._words.where(data, each.path), each.other, ""])
            item.setToolTip(0, literal(item.text(0)))
            item.setToolTip(1, literal(each.other))
            item.setData(0, PATH, each.path)
            item.setData(0, LANGUAGE, each.language)
            item.setText(2, "")
            item.setData(2, Qt.ItemDataRole.ToolTipRole, language)
            if not self._bench.session.read_only:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.table.blockSignals(blocked)
        width = max(480, self.table.viewport().width())
        for column in range(2):
            self.table.setColumnWidth(column, width // 3)

    def _on_chip_clicked(self) -> None:
        sender = self.sender()
        self.show_filter(next(name for name, chip in self.chips.items() if chip is sender))

    def _on_activated(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 2 and item.flags() & Qt.ItemFlag.ItemIsEditable:
            self.table.editItem(item, 2)
        else:
            path = item.data(0, PATH)
            self._bench.session.shown.emit((*path, item.data(0, LANGUAGE)))

    def _on_typed(self, item: QTreeWidgetItem, column: int) -> None:
        typed = item.text(2).strip()
        if column == 2 and typed:
            self.translate(item.data(0, PATH), item.data(0, LANGUAGE), item.text(1), typed)

    def translate(self, path: tuple[str | int, ...], language: str, other: str, typed: str) -> None:
        """Write the missing text beside the one that is there."""
        session = self._bench.session
        known = "en" if language == "zh" else "zh"
        texts: dict[str, Data] = {known: other, language: typed}
        session.apply(with_value(session.data, path, {name: texts[name] for name in ("zh", "en")}), path)

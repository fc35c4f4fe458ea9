"""The targets of one day as a table: the whole city and its categories down, the whole city and its counties across."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.targets import Target
from wufei_cells.services.targeting import MOST, Origin, TargetChange, TargetNote, TargetRow, notes_on

if TYPE_CHECKING:
    from ui.context import Places
    from ui.i18n import I18n

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class TargetsForm:
    """What the dialog shows: the city, its parts' names, and the targets in force."""

    profile: Profile
    places: Places
    rows: tuple[TargetRow, ...]


class TargetsModel(QAbstractTableModel):
    """Holds what was typed until it is saved.

    Signals:
        edited: a number was typed, pasted or taken out.
    """

    edited = Signal()

    def __init__(self, i18n: I18n, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._form: TargetsForm | None = None
        self._day = date.min
        self._categories: list[str | None] = []
        self._districts: list[str | None] = []
        self._typed: dict[tuple[str | None, str | None, date], int | None] = {}

    # --- public

    def show_form(self, form: TargetsForm, day: date) -> None:
        """Show a day; what was typed for other days stays."""
        self.beginResetModel()
        self._form, self._day = form, day
        self._categories = [None, *(plan.category for plan in form.profile.categories)]
        self._districts = [None, *(district.key for district in form.profile.districts)]
        self.endResetModel()

    def forget(self) -> None:
        """Forget what was typed: it is saved, or given up."""
        self.beginResetModel()
        self._typed.clear()
        self.endResetModel()

    @property
    def changes(self) -> tuple[TargetChange, ...]:
        """What was typed and differs from what holds."""
        held = self._held()
        return tuple(
            TargetChange(category, district, by, count)
            for (category, district, by), count in self._typed.items()
            if held.get((category, district, by)) != count
        )

    @property
    def notes(self) -> tuple[TargetNote, ...]:
        """What does not add up on the day that is shown, with what was typed."""
        if self._form is None:
            return ()
        counts = {**self._held(), **self._typed}
        targets = [
            Target(category, district, count, by)
            for (category, district, by), count in counts.items()
            if by == self._day and count is not None
        ]
        return tuple(note for note in notes_on(self._form.profile, targets) if note.whole.by == self._day)

    def put(self, index: Index, rows: Sequence[Sequence[str]]) -> int:
        """Put pasted cells from a place on; give how many could not be read as numbers and were left out."""
        refused = 0
        for down, cells in enumerate(rows):
            for across, text in enumerate(cells):
                place = self.index(index.row() + down, index.column() + across)
                if place.isValid() and not self.setData(place, text):
                    refused += 1
        return refused

    def part(self, category: str | None, district: str | None) -> str:
        """Name a part of the city."""
        if self._form is None:
            return ""
        named = [self._i18n.text(self._form.places.category(category))] if category else []
        named += [self._i18n.text(self._form.places.district(district))] if district else []
        return " · ".join(named) or self._i18n.text(self._form.profile.city)

    # --- Qt

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """The whole city, and a row for each category."""
        return 0 if parent.isValid() else len(self._categories)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """The whole city, and a column for each county."""
        return 0 if parent.isValid() else len(self._districts)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name categories and counties."""
        if role != Qt.ItemDataRole.DisplayRole or self._form is None:
            return None
        across = orientation is Qt.Orientation.Horizontal
        key = self._districts[section] if across else self._categories[section]
        if key is None:
            return self._i18n.tr("steering.whole_city" if across else "steering.all_categories")
        return self.part(None, key) if across else self.part(key, None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the number, how it looks, and where it comes from."""
        count = self._count(index)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return "" if count is None else str(count)
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignCenter)
            case Qt.ItemDataRole.ToolTipRole:
                return self._origin(index)
            case Qt.ItemDataRole.AccessibleTextRole:
                category, district, _by = self._place(index)
                said = "–" if count is None else str(count)
                return self._i18n.tr("steering.target_spoken", part=self.part(category, district), count=said)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a number, or nothing; anything else is refused."""
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not self._is_free(index):
            return False
        if text and not (text.isascii() and text.isdigit() and int(text) <= MOST):
            return False
        self._typed[self._place(index)] = int(text) if text else None
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be typed into, but the goal itself."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self._is_free(index) else flags

    # --- the rest

    def is_typed(self, index: Index) -> bool:
        """Tell whether a cell was changed and is not saved yet."""
        place = self._place(index)
        return place in self._typed and self._typed[place] != self._held().get(place)

    def is_office(self, index: Index) -> bool:
        """Tell whether the office laid down what stands in a cell."""
        row = self._row(index)
        return row is not None and row.origin is Origin.OFFICE

    def _place(self, index: Index) -> tuple[str | None, str | None, date]:
        return self._categories[index.row()], self._districts[index.column()], self._day

    def _is_free(self, index: Index) -> bool:
        """Whether something may stand there: the goal's own number is the profile's."""
        goal = self._form.profile.goal if self._form else None
        return goal is not None and self._place(index) != (None, None, goal.by)

    def _count(self, index: Index) -> int | None:
        place = self._place(index)
        if place in self._typed:
            return self._typed[place]
        if self._form is not None and not self._is_free(index):
            return self._form.profile.goal.count
        return self._held().get(place)

    def _row(self, index: Index) -> TargetRow | None:
        place = self._place(index)
        rows = self._form.rows if self._form else ()
        return next((row for row in rows if (row.target.category, row.target.district, row.target.by) == place), None)

    def _held(self) -> Mapping[tuple[str | None, str | None, date], int]:
        rows = self._form.rows if self._form else ()
        return {(row.target.category, row.target.district, row.target.by): row.target.count for row in rows}

    def _origin(self, index: Index) -> str:
        tr = self._i18n.tr
        if not self._is_free(index):
            return tr("steering.goal_tip")
        row = self._row(index)
        if row is None:
            return ""
        told = tr(f"target.origin.{row.origin.value}")
        return told if row.instead_of is None else tr("target.cli_instead", origin=told, count=row.instead_of)
